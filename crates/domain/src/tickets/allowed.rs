//! What a person may do with a record now, and why not where it is refused.

use steward_kernel::{Error, ErrorCode};

/// A verb with the answer whether it would be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedAction {
    /// Word of the verb, as in the API's path.
    pub verb: &'static str,
    /// Why it would be refused now; none where it would be accepted.
    pub refused: Option<Refused>,
}

impl AllowedAction {
    /// The answer for a verb.
    #[must_use]
    pub fn new(verb: &'static str, refusal: Option<impl Into<Refused>>) -> Self {
        Self {
            verb,
            refused: refusal.map(Into::into),
        }
    }
}

/// Why an action is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// A stable word, for programs and for other languages.
    pub code: &'static str,
    /// The permission that is missing.
    pub permission: Option<&'static str>,
    /// What else its words need, by name.
    pub params: Vec<(&'static str, &'static str)>,
    /// In English words.
    pub reason: String,
}

impl Refused {
    /// Something about the record stands against it.
    pub fn because(code: &'static str, reason: &impl ToString) -> Self {
        Self {
            code,
            permission: None,
            params: Vec::new(),
            reason: reason.to_string(),
        }
    }

    /// With what its words need.
    #[must_use]
    pub fn with(mut self, params: &[(&'static str, &'static str)]) -> Self {
        self.params.extend(params);
        self
    }

    /// As the answer to who tried it nevertheless.
    #[must_use]
    pub fn error(self, code: ErrorCode) -> Error {
        let permission = self.permission.map(|permission| ("permission", permission));
        Error::new(code, self.reason).because(self.code, permission.into_iter().chain(self.params))
    }

    /// The person lacks a permission.
    #[must_use]
    pub fn lacking(permission: &'static str) -> Self {
        Self {
            code: "insufficient_permissions",
            permission: Some(permission),
            params: Vec::new(),
            reason: format!("this needs the permission {permission}; ask an administrator"),
        }
    }
}
