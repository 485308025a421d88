//! Permissions are `resource:action` with a scope (`own`, `team`, `all`).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// How far a grant reaches. Ordered: a wider scope contains the narrower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Records the actor asked for or was asked for on behalf of.
    Own,
    /// Own records and those of the actor's teams.
    Team,
    /// Every record of the organization.
    All,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Own => "own",
            Self::Team => "team",
            Self::All => "all",
        })
    }
}

/// One grant as roles store it: `ticket:read:all`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Grant {
    /// What is acted on, singular: `ticket`, `user`.
    pub resource: String,
    /// The verb: `read`, `assign`.
    pub action: String,
    /// How far it reaches.
    pub scope: Scope,
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.resource, self.action, self.scope)
    }
}

/// Why a text is no grant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a permission; write resource:action:scope with scope own, team or all")]
pub struct InvalidGrant(pub String);

impl FromStr for Grant {
    type Err = InvalidGrant;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidGrant(text.to_owned());
        let word =
            |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let mut parts = text.split(':');
        let (Some(resource), Some(action), Some(scope), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(invalid());
        };
        if !word(resource) || !word(action) {
            return Err(invalid());
        }
        let scope = match scope {
            "own" => Scope::Own,
            "team" => Scope::Team,
            "all" => Scope::All,
            _ => return Err(invalid()),
        };
        Ok(Self {
            resource: resource.to_owned(),
            action: action.to_owned(),
            scope,
        })
    }
}

/// What the roles of one actor add up to: the widest scope per permission.
/// Copies are cheap: they share what they hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PermissionSet(Arc<BTreeMap<String, Scope>>);

impl PermissionSet {
    /// Adds a grant; the wider scope wins.
    pub fn add(&mut self, grant: &Grant) {
        let key = format!("{}:{}", grant.resource, grant.action);
        let held = Arc::make_mut(&mut self.0).entry(key).or_insert(grant.scope);
        *held = (*held).max(grant.scope);
    }

    /// The scope held for `resource:action`, if any.
    #[must_use]
    pub fn scope(&self, permission: &str) -> Option<Scope> {
        self.0.get(permission).copied()
    }

    /// Whether `resource:action` is held at any scope.
    #[must_use]
    pub fn has(&self, permission: &str) -> bool {
        self.0.contains_key(permission)
    }

    /// Every permission with its scope, sorted by name: `("ticket:read", All)`.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Scope)> {
        self.0.iter().map(|(name, scope)| (name.as_str(), *scope))
    }
}

impl<'a> FromIterator<&'a Grant> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = &'a Grant>>(grants: I) -> Self {
        let mut set = Self::default();
        for grant in grants {
            set.add(grant);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_reads_back_as_it_was_written() {
        let grant: Grant = "ticket:read:all".parse().expect("valid");
        assert_eq!(grant.to_string(), "ticket:read:all");
    }

    #[test]
    fn malformed_grants_are_refused() {
        for text in [
            "",
            "ticket",
            "ticket:read",
            "ticket:read:world",
            "Ticket:read:own",
            "a:b:own:x",
            ":read:own",
        ] {
            assert!(text.parse::<Grant>().is_err(), "{text}");
        }
    }

    #[test]
    fn grants_add_up_to_the_widest_scope() {
        let grants: Vec<Grant> = ["ticket:read:own", "ticket:read:all", "ticket:read:team"]
            .iter()
            .map(|g| g.parse().expect("valid"))
            .collect();
        let set: PermissionSet = grants.iter().collect();
        assert_eq!(set.scope("ticket:read"), Some(Scope::All));
        assert!(!set.has("user:read"));
    }
}
