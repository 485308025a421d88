//! The views that everyone who works tickets has, without rows of a table.

use uuid::Uuid;

/// A view that comes with the product.
#[derive(Debug, Clone, Copy)]
pub struct SystemView {
    /// Stable word, for labels in the reader's language.
    pub key: &'static str,
    /// English name.
    pub name: &'static str,
    /// Query parameters of the ticket list.
    pub filters: &'static [(&'static str, &'static str)],
    /// Order of the ticket list.
    pub sort: &'static str,
    number: u128,
}

impl SystemView {
    /// Its id, the same everywhere (UUIDv8, RFC 9562).
    #[must_use]
    pub const fn id(&self) -> Uuid {
        Uuid::from_u128(0x0000_0000_0000_8000_8000_0000_0000_0000 | self.number)
    }
}

/// In the order in which they are offered.
pub const SYSTEM_VIEWS: &[SystemView] = &[
    SystemView {
        key: "my_open",
        name: "My open tickets",
        filters: &[("assigned_to", "me"), ("status", "open")],
        sort: "priority",
        number: 1,
    },
    SystemView {
        key: "unassigned_in_my_teams",
        name: "Unassigned in my teams",
        filters: &[
            ("assigned_to", "nobody"),
            ("status", "open"),
            ("team", "mine"),
        ],
        sort: "created_at",
        number: 2,
    },
    SystemView {
        key: "all_open",
        name: "All open",
        filters: &[("status", "open")],
        sort: "-created_at",
        number: 3,
    },
    SystemView {
        key: "on_hold",
        name: "On hold",
        filters: &[("status", "on_hold")],
        sort: "updated_at",
        number: 4,
    },
    SystemView {
        key: "resolved_last_7_days",
        name: "Resolved last 7 days",
        filters: &[("resolved_after", "-7d")],
        sort: "-updated_at",
        number: 5,
    },
];

/// The view with this id.
#[must_use]
pub fn find(id: Uuid) -> Option<&'static SystemView> {
    SYSTEM_VIEWS.iter().find(|view| view.id() == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_and_keys_are_unique_and_found_again() {
        let ids: BTreeSet<Uuid> = SYSTEM_VIEWS.iter().map(SystemView::id).collect();
        let keys: BTreeSet<&str> = SYSTEM_VIEWS.iter().map(|v| v.key).collect();
        assert_eq!(
            (ids.len(), keys.len()),
            (SYSTEM_VIEWS.len(), SYSTEM_VIEWS.len())
        );
        for view in SYSTEM_VIEWS {
            assert_eq!(find(view.id()).map(|v| v.key), Some(view.key));
            assert_eq!(view.id().get_version_num(), 8);
        }
        assert!(find(Uuid::from_u128(1)).is_none());
    }
}
