//! The system roles: fixed names, editable grants.

/// A role that every organization starts with.
#[derive(Debug)]
pub struct SystemRole {
    /// Fixed name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// `resource:action:scope`.
    pub grants: &'static [&'static str],
}

const END_USER: &[&str] = &[
    "ticket:read:own",
    "ticket:create:own",
    "ticket:comment:own",
    "category:read:all",
];

const AGENT: &[&str] = &[
    "ticket:read:all",
    "ticket:create:all",
    "ticket:read_internal:all",
    "ticket:comment:all",
    "ticket:comment_internal:all",
    "ticket:assign:all",
    "ticket:escalate:all",
    "ticket:work:all",
    "ticket:update:all",
    "ticket:resolve:all",
    "ticket:close:all",
    "ticket:reopen:all",
    "ticket:cancel:all",
    "view:share:team",
    "user:read:all",
    "team:read:all",
    "category:read:all",
    "sla:read:all",
];

const INCIDENT_MANAGER: &[&str] = &[
    "ticket:read:all",
    "ticket:create:all",
    "ticket:read_internal:all",
    "ticket:comment:all",
    "ticket:comment_internal:all",
    "ticket:assign:all",
    "ticket:escalate:all",
    "ticket:work:all",
    "ticket:update:all",
    "ticket:resolve:all",
    "ticket:close:all",
    "ticket:reopen:all",
    "ticket:cancel:all",
    "user:read:all",
    "team:read:all",
    "major_incident:manage:all",
    "announcement:manage:all",
    "sla:read:all",
];

const MANAGER: &[&str] = &[
    "ticket:read:all",
    "ticket:create:all",
    "ticket:read_internal:all",
    "ticket:comment:all",
    "ticket:comment_internal:all",
    "ticket:assign:all",
    "ticket:escalate:all",
    "ticket:work:all",
    "ticket:update:all",
    "ticket:resolve:all",
    "ticket:close:all",
    "ticket:reopen:all",
    "ticket:reopen_closed:all",
    "ticket:cancel:all",
    "view:share:all",
    "attachment:delete:all",
    "user:read:all",
    "team:read:all",
    "team:manage:all",
    "category:read:all",
    "category:manage:all",
    "priority_matrix:manage:all",
    "reply_template:manage:all",
    "announcement:manage:all",
    "report:read:all",
    "sla:read:all",
    "sla:manage:all",
];

const ADMIN: &[&str] = &[
    "ticket:read:all",
    "ticket:create:all",
    "ticket:read_internal:all",
    "ticket:comment:all",
    "ticket:comment_internal:all",
    "ticket:assign:all",
    "ticket:escalate:all",
    "ticket:work:all",
    "ticket:update:all",
    "ticket:resolve:all",
    "ticket:close:all",
    "ticket:reopen:all",
    "ticket:reopen_closed:all",
    "ticket:cancel:all",
    "view:share:all",
    "attachment:delete:all",
    "user:read:all",
    "user:create:all",
    "user:deactivate:all",
    "user:update:all",
    "team:read:all",
    "team:manage:all",
    "category:read:all",
    "category:manage:all",
    "role:manage:all",
    "department:manage:all",
    "site:manage:all",
    "organization:update:all",
    "job:manage:all",
    "mailbox:manage:all",
    "webhook:manage:all",
    "system:read:all",
    "priority_matrix:manage:all",
    "custom_field:manage:all",
    "desk_settings:manage:all",
    "reply_template:manage:all",
    "notification_template:manage:all",
    "notification_channel:manage:all",
    "announcement:manage:all",
    "major_incident:manage:all",
    "report:read:all",
    "sla:read:all",
    "sla:manage:all",
];

/// What the role `admin` cannot lose: without it nobody could give it back.
pub const ADMIN_KEEPS: &[&str] = &["role:manage:all", "user:read:all", "user:update:all"];

const AUDITOR: &[&str] = &[
    "ticket:read:all",
    "ticket:read_internal:all",
    "user:read:all",
    "team:read:all",
    "category:read:all",
    "report:read:all",
    "sla:read:all",
];

/// The grants of a system role after an upgrade of the product: what the new
/// defaults add is added, what they dropped is dropped, and what an
/// administrator has changed stays changed. None when nothing is to do.
#[must_use]
pub fn upgraded(granted: &[String], old: &[String], new: &[&str]) -> Option<Vec<String>> {
    let added = new.iter().filter(|g| !old.iter().any(|o| o == *g));
    let kept = granted
        .iter()
        .filter(|g| new.contains(&g.as_str()) || !old.contains(g));
    let mut grants: Vec<String> = kept.cloned().collect();
    for grant in added {
        if !grants.iter().any(|g| g == grant) {
            grants.push((*grant).to_owned());
        }
    }
    let is_known = old.len() == new.len() && old.iter().all(|o| new.contains(&o.as_str()));
    (!is_known || grants != granted).then_some(grants)
}

/// Every system role.
pub const SYSTEM_ROLES: &[SystemRole] = &[
    SystemRole {
        name: "end_user",
        description: "Reports faults and follows own tickets",
        grants: END_USER,
    },
    SystemRole {
        name: "agent",
        description: "Works on tickets",
        grants: AGENT,
    },
    SystemRole {
        name: "manager",
        description: "Works on tickets, manages teams and categories",
        grants: MANAGER,
    },
    SystemRole {
        name: "admin",
        description: "Everything in the organization",
        grants: ADMIN,
    },
    SystemRole {
        name: "incident_manager",
        description: "Works on tickets, leads major incidents",
        grants: INCIDENT_MANAGER,
    },
    SystemRole {
        name: "problem_manager",
        description: "Works on tickets, leads the search for causes",
        grants: AGENT,
    },
    SystemRole {
        name: "change_manager",
        description: "Works on tickets, schedules changes",
        grants: AGENT,
    },
    SystemRole {
        name: "asset_manager",
        description: "Works on tickets, looks after assets",
        grants: AGENT,
    },
    SystemRole {
        name: "cab_member",
        description: "Advises on changes",
        grants: END_USER,
    },
    SystemRole {
        name: "auditor",
        description: "Reads everything, changes nothing",
        grants: AUDITOR,
    },
];

/// Whether a description is the one that came with the role of this name.
#[must_use]
pub fn is_shipped_description(name: &str, description: &str) -> bool {
    let mut roles = SYSTEM_ROLES.iter();
    roles.any(|role| role.name == name && role.description == description)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_grant_is_well_formed_and_admin_holds_them_all() {
        let names = |role: &SystemRole| -> BTreeSet<String> {
            role.grants
                .iter()
                .map(|g| g.parse::<steward_kernel::Grant>().expect(g))
                .map(|g| format!("{}:{}", g.resource, g.action))
                .collect()
        };
        let admin = SYSTEM_ROLES
            .iter()
            .find(|r| r.name == "admin")
            .map(names)
            .expect("admin exists");
        for role in SYSTEM_ROLES {
            assert!(names(role).is_subset(&admin), "{}", role.name);
        }
    }

    #[test]
    fn an_upgrade_adds_and_drops_defaults_and_leaves_what_people_chose() {
        let texts = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        for (granted, old, new, expected) in [
            (&["a", "b"][..], &["a", "b"][..], &["a", "b"][..], None),
            (
                &["a", "b"],
                &["a", "b"],
                &["a", "b", "c"],
                Some(&["a", "b", "c"][..]),
            ),
            (&["a"], &["a", "b"], &["a", "b", "c"], Some(&["a", "c"])),
            (&["a", "x"], &["a", "b"], &["b"], Some(&["x"])),
            (&["a"], &[], &["a", "b"], Some(&["a", "b"])),
            (&["a"], &["a", "b"], &["a", "b"], None),
        ] {
            let found = upgraded(&texts(granted), &texts(old), new);
            assert_eq!(found, expected.map(texts), "{granted:?} {old:?} {new:?}");
        }
    }

    #[test]
    fn an_auditor_changes_nothing() {
        let auditor = SYSTEM_ROLES
            .iter()
            .find(|r| r.name == "auditor")
            .expect("exists");
        assert!(auditor.grants.iter().all(|g| g.contains(":read")));
    }
}
