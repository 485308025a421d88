//! What a person may do with a record now, and why not where it is refused.

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
    /// In English words.
    pub reason: String,
}

impl Refused {
    /// Something about the record stands against it.
    pub fn because(code: &'static str, reason: &impl ToString) -> Self {
        Self {
            code,
            permission: None,
            reason: reason.to_string(),
        }
    }

    /// The person lacks a permission.
    #[must_use]
    pub fn lacking(permission: &'static str) -> Self {
        Self {
            code: "insufficient_permissions",
            permission: Some(permission),
            reason: format!("this needs the permission {permission}; ask an administrator"),
        }
    }
}
