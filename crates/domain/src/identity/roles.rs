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

const END_USER: &[&str] = &["ticket:read:own", "ticket:create:own", "ticket:comment:own"];

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
    "priority_matrix:manage:all",
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
    "team:read:all",
    "team:manage:all",
    "role:manage:all",
    "priority_matrix:manage:all",
    "major_incident:manage:all",
];

const AUDITOR: &[&str] = &[
    "ticket:read:all",
    "ticket:read_internal:all",
    "user:read:all",
    "team:read:all",
];

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
        description: "Works on tickets and manages teams",
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
        name: "auditor",
        description: "Reads everything, changes nothing",
        grants: AUDITOR,
    },
];

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
    fn an_auditor_changes_nothing() {
        let auditor = SYSTEM_ROLES
            .iter()
            .find(|r| r.name == "auditor")
            .expect("exists");
        assert!(auditor.grants.iter().all(|g| g.contains(":read")));
    }
}
