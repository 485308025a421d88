//! The kinds of news that webhooks can listen for, and the filter that says
//! which.
//!
//! A stored event has one name; an update of a ticket has closer names beside
//! it (`ticket.resolved`). One happening is told once to a webhook, under the
//! closest name for which it listens.

use crate::stream::rules::is_internal;
use crate::tickets::events::{FieldChange, TicketEvent};
use crate::tickets::model::Status;
use steward_kernel::{Envelope, Error, Result};

/// Every kind, by group.
pub const KINDS: &[&str] = &[
    "ticket.created",
    "ticket.resolved",
    "ticket.reopened",
    "ticket.on_hold",
    "ticket.closed",
    "ticket.cancelled",
    "ticket.assigned",
    "ticket.commented",
    "ticket.updated",
    "ticket.escalated",
    "ticket.unassignable",
    "ticket.attachment_added",
    "ticket.attachment_removed",
    "sla.threshold_reached",
    "sla.breached",
    "sla.reminded",
    "major_incident.declared",
    "major_incident.changed",
    "major_incident.updated",
    "major_incident.update_overdue",
    "major_incident.stood_down",
    "major_incident.reviewed",
];

/// Groups, for `ticket.*`.
pub const GROUPS: &[&str] = &["ticket", "sla", "major_incident"];

/// Sent to try a webhook; nobody has to listen for it.
pub const PING: &str = "webhook.ping";

/// Most words of a filter.
pub const MOST_WORDS: usize = 30;

/// Whether anything is told of events of this name.
#[must_use]
pub fn is_told(event: &str) -> bool {
    KINDS.contains(&event)
}

/// The kinds that an event is of, the closest first. Without `reads_internal`
/// only by what requesters may read; then it may be of none.
#[must_use]
pub fn kinds(event: &Envelope, reads_internal: bool) -> Vec<&'static str> {
    if !reads_internal && is_internal(event) {
        return Vec::new();
    }
    if event.name == "ticket.updated" {
        return serde_json::from_value(event.payload.clone())
            .map(|fact| updated(&fact, reads_internal))
            .unwrap_or_default();
    }
    KINDS
        .iter()
        .copied()
        .filter(|kind| *kind == event.name)
        .collect()
}

fn updated(fact: &TicketEvent, reads_internal: bool) -> Vec<&'static str> {
    let TicketEvent::Updated {
        changes, comment, ..
    } = fact
    else {
        return Vec::new();
    };
    let mut kinds = Vec::new();
    let mut seen = changes
        .iter()
        .filter(|change| reads_internal || !change.is_internal)
        .peekable();
    let is_changed = seen.peek().is_some();
    let seen: Vec<&FieldChange> = seen.collect();
    kinds.extend(
        seen.iter()
            .filter(|change| change.field == "status")
            .filter_map(|change| of_status(change)),
    );
    if seen
        .iter()
        .any(|c| c.field == "assignee" || c.field == "team")
    {
        kinds.push("ticket.assigned");
    }
    let is_commented = comment
        .as_ref()
        .is_some_and(|comment| reads_internal || comment.is_public);
    if is_commented {
        kinds.push("ticket.commented");
    }
    if is_changed || is_commented {
        kinds.push("ticket.updated");
    }
    kinds
}

fn of_status(change: &FieldChange) -> Option<&'static str> {
    let was_over = matches!(change.old.as_deref(), Some("resolved" | "closed"));
    match change.new.as_deref()?.parse().ok()? {
        Status::Resolved => Some("ticket.resolved"),
        Status::Closed => Some("ticket.closed"),
        Status::Cancelled => Some("ticket.cancelled"),
        Status::OnHold => Some("ticket.on_hold"),
        _ if was_over => Some("ticket.reopened"),
        _ => None,
    }
}

/// What a webhook listens for: kinds, whole groups (`ticket.*`), or all (`*`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFilter(Vec<String>);

impl EventFilter {
    /// Reads what a caller sends; each word once, in the order given.
    ///
    /// # Errors
    /// When there is no word, too many, or one that is no kind.
    pub fn checked(words: &[String]) -> Result<Self> {
        if words.is_empty() {
            let message = "name at least one event, such as ticket.created, ticket.* or *";
            return Err(Error::field("events", "required", message));
        }
        if words.len() > MOST_WORDS {
            let message = format!("name at most {MOST_WORDS} events; use * for all");
            return Err(Error::field("events", "too_long", message));
        }
        let mut kept: Vec<String> = Vec::new();
        for word in words {
            if !is_word(word) {
                let message = format!(
                    "'{word}' is no event; use *, {} or one of: {}",
                    groups(),
                    KINDS.join(", ")
                );
                return Err(Error::field("events", "unknown_value", message));
            }
            if !kept.contains(word) {
                kept.push(word.clone());
            }
        }
        Ok(Self(kept))
    }

    /// As stored: what is not known any more means nothing.
    #[must_use]
    pub const fn stored(words: Vec<String>) -> Self {
        Self(words)
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// The first of these kinds for which it listens.
    #[must_use]
    pub fn closest(&self, kinds: &[&'static str]) -> Option<&'static str> {
        kinds.iter().copied().find(|kind| self.hears(kind))
    }

    fn hears(&self, kind: &str) -> bool {
        let group = kind.split_once('.').map_or(kind, |(group, _)| group);
        self.0.iter().any(|word| {
            word == "*" || word == kind || word.strip_suffix(".*").is_some_and(|of| of == group)
        })
    }
}

fn is_word(word: &str) -> bool {
    let is_group = |of: &str| GROUPS.contains(&of);
    word == "*" || KINDS.contains(&word) || word.strip_suffix(".*").is_some_and(is_group)
}

fn groups() -> String {
    let groups: Vec<String> = GROUPS.iter().map(|group| format!("{group}.*")).collect();
    groups.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use steward_kernel::Instant;
    use uuid::Uuid;

    fn event(name: &str, payload: Value) -> Envelope {
        Envelope {
            id: Uuid::nil().into(),
            organization_id: Uuid::nil().into(),
            name: name.to_owned(),
            version: 1,
            aggregate_id: Uuid::nil(),
            actor_id: None,
            at: Instant::UNIX_EPOCH,
            payload,
        }
    }

    fn update(changes: &[(&str, &str, &str, bool)], comment: Option<bool>) -> Envelope {
        let changes: Vec<Value> = changes
            .iter()
            .map(|(field, old, new, hidden)| {
                json!({"field": field, "old": old, "new": new, "is_internal": hidden})
            })
            .collect();
        let comment = comment.map(
            |public| json!({"comment_id": Uuid::nil(), "is_public": public, "mentioned_ids": []}),
        );
        let ticket = json!({"ticket_id": Uuid::nil(), "number": "INC-1", "kind": "incident", "title": "t",
            "status": "new", "priority": "low", "requester_id": Uuid::nil(), "requested_for_id": null,
            "assignee_id": null, "team_id": null, "watcher_ids": []});
        event(
            "ticket.updated",
            json!({"type": "updated", "ticket": ticket, "previous_assignee_id": null,
                "changes": changes, "comment": comment}),
        )
    }

    #[test]
    fn an_update_has_its_closest_name_first() {
        let status = |old, new| update(&[("status", old, new, false)], None);
        let cases: &[(Envelope, bool, &[&str])] = &[
            (
                status("new", "resolved"),
                false,
                &["ticket.resolved", "ticket.updated"],
            ),
            (
                status("resolved", "closed"),
                false,
                &["ticket.closed", "ticket.updated"],
            ),
            (
                status("resolved", "in_progress"),
                false,
                &["ticket.reopened", "ticket.updated"],
            ),
            (
                status("new", "on_hold"),
                false,
                &["ticket.on_hold", "ticket.updated"],
            ),
            (
                status("new", "cancelled"),
                false,
                &["ticket.cancelled", "ticket.updated"],
            ),
            (status("new", "in_progress"), false, &["ticket.updated"]),
            (
                update(
                    &[
                        ("status", "new", "assigned", false),
                        ("assignee", "", "a", false),
                    ],
                    Some(true),
                ),
                false,
                &["ticket.assigned", "ticket.commented", "ticket.updated"],
            ),
            (
                update(&[], Some(true)),
                false,
                &["ticket.commented", "ticket.updated"],
            ),
            // What is internal names nothing for those who do not read it.
            (update(&[], Some(false)), false, &[]),
            (
                update(&[], Some(false)),
                true,
                &["ticket.commented", "ticket.updated"],
            ),
            (update(&[("root_cause", "", "x", true)], None), false, &[]),
            (
                update(&[("root_cause", "", "x", true)], None),
                true,
                &["ticket.updated"],
            ),
            (
                update(&[("title", "a", "b", false)], Some(false)),
                false,
                &["ticket.updated"],
            ),
            (event("sla.breached", json!({})), false, &[]),
            (event("sla.breached", json!({})), true, &["sla.breached"]),
            (
                event("ticket.attachment_added", json!({"is_public": false})),
                false,
                &[],
            ),
            (
                event("ticket.attachment_added", json!({"is_public": true})),
                false,
                &["ticket.attachment_added"],
            ),
            (event("account.signed_in", json!({})), true, &[]),
            (event("ticket.imported", json!({})), true, &[]),
            (
                event("ticket.updated", json!({"type": "nonsense"})),
                true,
                &[],
            ),
        ];
        for (event, reads_internal, expected) in cases {
            let found = kinds(event, *reads_internal);
            assert_eq!(&found, expected, "{} {}", event.name, event.payload);
        }
    }

    #[test]
    fn a_filter_hears_kinds_groups_or_all() {
        let filter = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            EventFilter::checked(&words)
        };
        let resolved = ["ticket.resolved", "ticket.updated"];
        for (words, expected) in [
            (&["*"][..], Some("ticket.resolved")),
            (&["ticket.*"], Some("ticket.resolved")),
            (&["ticket.updated"], Some("ticket.updated")),
            (
                &["ticket.updated", "ticket.resolved"],
                Some("ticket.resolved"),
            ),
            (&["sla.*", "ticket.created"], None),
        ] {
            let filter = filter(words).expect("known words");
            assert_eq!(filter.closest(&resolved), expected, "{words:?}");
        }
        let twice = filter(&["*", "sla.*", "*"]).expect("known words");
        assert_eq!(twice.words(), ["*", "sla.*"]);
        for wrong in [
            "",
            "ticket",
            "ticket.",
            "ticket.nonsense",
            "*.created",
            "account.*",
            "webhook.ping",
            ".*",
        ] {
            let refused = filter(&[wrong]).expect_err(wrong);
            assert_eq!(refused.errors[0].field, "events", "{wrong}");
        }
        assert!(filter(&[]).is_err());
        assert!(EventFilter::checked(&vec!["*".to_owned(); MOST_WORDS + 1]).is_err());
    }

    #[test]
    fn every_kind_is_of_a_group() {
        for kind in KINDS {
            assert!(
                GROUPS
                    .iter()
                    .any(|group| kind.starts_with(&format!("{group}.")))
            );
        }
    }
}
