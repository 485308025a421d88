//! The vocabulary of permissions: what can be granted, and what it means.

use steward_kernel::{Error, Grant, PermissionSet, Result, Scope};

/// Something that a role can grant.
#[derive(Debug, Clone, Copy)]
pub struct Permission {
    /// `resource:action`
    pub name: &'static str,
    /// What it lets people do.
    pub description: &'static str,
    /// How far it can reach.
    pub scopes: &'static [Scope],
}

const ANY: &[Scope] = &[Scope::Own, Scope::Team, Scope::All];
const ALL: &[Scope] = &[Scope::All];
const SHARED: &[Scope] = &[Scope::Team, Scope::All];

const fn of(name: &'static str, scopes: &'static [Scope], description: &'static str) -> Permission {
    Permission {
        name,
        description,
        scopes,
    }
}

/// Every permission, by resource.
pub const PERMISSIONS: &[Permission] = &[
    of("ticket:read", ANY, "See tickets, their comments and files"),
    of("ticket:create", ANY, "Report incidents and make requests"),
    of("ticket:comment", ANY, "Write public comments"),
    of("ticket:read_internal", ANY, "Read internal notes"),
    of("ticket:comment_internal", ANY, "Write internal notes"),
    of("ticket:assign", ANY, "Give tickets to people and teams"),
    of("ticket:escalate", ANY, "Escalate tickets"),
    of(
        "ticket:work",
        ANY,
        "Start, hold and take up work; file tickets for others",
    ),
    of(
        "ticket:update",
        ANY,
        "Change fields, tags, links and watchers",
    ),
    of("ticket:resolve", ANY, "Resolve tickets"),
    of("ticket:close", ANY, "Close resolved tickets"),
    of("ticket:reopen", ANY, "Open resolved tickets again"),
    of("ticket:reopen_closed", ANY, "Open closed tickets again"),
    of("ticket:cancel", ANY, "Cancel tickets"),
    of(
        "attachment:delete",
        ALL,
        "Delete files that others attached",
    ),
    of(
        "user:read",
        ALL,
        "See the directory: people, departments, sites, roles",
    ),
    of(
        "view:share",
        SHARED,
        "Share saved views with one's teams, or with everyone",
    ),
    of("category:read", ALL, "See the tree of categories"),
    of("category:manage", ALL, "Change the tree of categories"),
    of(
        "custom_field:manage",
        ALL,
        "Add, change and remove custom fields of tickets",
    ),
    of(
        "desk_settings:manage",
        ALL,
        "Change when tickets close, reopen and ask for a rating",
    ),
    of(
        "reply_template:manage",
        ALL,
        "Add, change and remove reply templates",
    ),
    of(
        "mailbox:manage",
        ALL,
        "Change mailboxes, read all mail that came in and have it worked on again",
    ),
    of(
        "notification_template:manage",
        ALL,
        "Change how notifications are worded",
    ),
    of(
        "notification_channel:manage",
        ALL,
        "Set up how people and teams are told beside mail",
    ),
    of(
        "announcement:manage",
        ALL,
        "Write announcements to the organization",
    ),
    of(
        "priority_matrix:manage",
        ALL,
        "Change how impact and urgency make a priority",
    ),
    of("sla:read", ALL, "See calendars and service-level policies"),
    of(
        "sla:manage",
        ALL,
        "Change calendars and service-level policies",
    ),
    of(
        "major_incident:manage",
        ALL,
        "Declare, lead and review major incidents",
    ),
    of("report:read", ALL, "See reports and export them"),
    of("user:create", ALL, "Add people"),
    of(
        "user:update",
        ALL,
        "Change people's records, unlock accounts, reset second factors",
    ),
    of(
        "user:deactivate",
        ALL,
        "Stop people from signing in, or let them again",
    ),
    of("team:read", ALL, "See teams and their members"),
    of(
        "team:manage",
        ALL,
        "Add, change and remove teams and their members",
    ),
    of("role:manage", ALL, "Change roles and who holds them"),
    of(
        "department:manage",
        ALL,
        "Add, change and remove departments",
    ),
    of("site:manage", ALL, "Add, change and remove sites"),
    of(
        "organization:update",
        ALL,
        "Change name, time zone and language of the organization",
    ),
    of(
        "job:manage",
        ALL,
        "See background work, try again or drop what was given up",
    ),
    of(
        "webhook:manage",
        ALL,
        "Add, change and remove webhooks, see what they sent",
    ),
    of("system:read", ALL, "See how the deployment is"),
];

/// The entry of `resource:action`, if there is one.
#[must_use]
pub fn find(name: &str) -> Option<&'static Permission> {
    PERMISSIONS.iter().find(|p| p.name == name)
}

/// Reads grants as a caller sends them. Several of one permission add up to the widest.
///
/// # Errors
/// Names the first that is not in the vocabulary, with the scopes it could have.
pub fn read(texts: &[String]) -> Result<PermissionSet> {
    if texts.len() > 200 {
        let message = "name at most 200 permissions";
        return Err(Error::field("permissions", "too_many", message));
    }
    let mut set = PermissionSet::default();
    for text in texts {
        let grant: Grant = text.parse().map_err(|_| {
            let message = format!("'{text}' is not of the form resource:action:scope");
            Error::field("permissions", "invalid", message)
        })?;
        let name = format!("{}:{}", grant.resource, grant.action);
        let none = || Error::unknown("permissions", format!("there is no permission {name}"));
        let known = find(&name).ok_or_else(none)?;
        if !known.scopes.contains(&grant.scope) {
            let scopes: Vec<String> = known.scopes.iter().map(ToString::to_string).collect();
            let message = format!("{name} can be granted for: {}", scopes.join(", "));
            return Err(Error::unknown("permissions", message));
        }
        set.add(&grant);
    }
    Ok(set)
}

/// Grants as roles store them, sorted: `ticket:read:all`.
#[must_use]
pub fn texts(set: &PermissionSet) -> Vec<String> {
    set.iter()
        .map(|(name, scope)| format!("{name}:{scope}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::roles::SYSTEM_ROLES;
    use std::collections::BTreeSet;

    #[test]
    fn every_grant_of_a_system_role_is_in_the_vocabulary_and_the_admin_holds_all_of_it() {
        for role in SYSTEM_ROLES {
            let grants: Vec<String> = role.grants.iter().map(ToString::to_string).collect();
            let set = read(&grants).unwrap_or_else(|e| panic!("{}: {e}", role.name));
            if role.name == "admin" {
                for permission in PERMISSIONS {
                    assert_eq!(
                        set.scope(permission.name),
                        Some(Scope::All),
                        "{}",
                        permission.name
                    );
                }
            }
        }
    }

    #[test]
    fn names_are_unique_and_described() {
        let names: BTreeSet<&str> = PERMISSIONS.iter().map(|p| p.name).collect();
        assert_eq!(names.len(), PERMISSIONS.len());
        assert!(
            PERMISSIONS
                .iter()
                .all(|p| !p.description.is_empty() && !p.scopes.is_empty())
        );
    }

    #[test]
    fn grants_outside_the_vocabulary_are_refused_with_what_would_be_right() {
        for (text, expected) in [
            ("ticket:read", "resource:action:scope"),
            ("ticket:fly:all", "no permission ticket:fly"),
            ("user:read:own", "can be granted for: all"),
        ] {
            let error = read(&[text.to_owned()]).expect_err(text);
            assert!(error.detail.contains(expected), "{error}");
        }
        let both = ["ticket:read:own".to_owned(), "ticket:read:team".to_owned()];
        assert_eq!(texts(&read(&both).expect("fine")), ["ticket:read:team"]);
    }
}
