//! Request and answer types of conditions.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// An operator that a field takes.
#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorView {
    /// The word in `op`.
    pub op: String,
    /// What stands in `value`: `nothing`, `one`, `list`, or `duration` such as `7d`.
    pub takes: String,
    /// Whether it only has a meaning where a person asks.
    pub needs_person: bool,
}

/// A field that a condition can test.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldView {
    /// The word in `field`.
    pub name: String,
    /// English name.
    pub label: String,
    /// `word`, `text`, `tags`, `person`, `team`, `department`, `site`, `number`, `flag` or `instant`.
    #[serde(rename = "type")]
    pub type_: String,
    /// Whether a ticket can be without it.
    pub can_be_empty: bool,
    /// Operators, the usual one first.
    pub operators: Vec<OperatorView>,
    /// What it can be, where that is a fixed list; else empty.
    pub words: Vec<String>,
}

/// Every field that a condition can test.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldList {
    /// In the order in which they are offered.
    pub data: Vec<FieldView>,
}

/// A condition to check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionCheckInput {
    /// The condition: `{"version": 1, "all": [...]}`. Whatever else is sent is
    /// answered with its mistakes.
    pub condition: Value,
    /// Whether it will be used where no person asks, as in a policy: `is_me`
    /// and its like are refused then. False when left out.
    pub without_person: Option<bool>,
    /// Id or number of a ticket to try it on.
    pub ticket: Option<String>,
}

/// One mistake of a condition.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConditionProblem {
    /// Where it stands (JSON Pointer, RFC 6901): `/all/0/value`.
    pub pointer: String,
    /// Stable code such as `unknown_field`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub hint: Option<String>,
    /// The line of a text in CEL, from 1; only where the mistake is in one.
    pub line: Option<u32>,
    /// The character of that line, from 1.
    pub column: Option<u32>,
}

/// What a condition says, or what is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConditionCheckView {
    /// Whether it can be used.
    pub is_valid: bool,
    /// The condition in plain English.
    pub sentence: Option<String>,
    /// Open tickets that it matches now and that the caller sees, at most
    /// 10,000. Of a condition with CEL, at most 5,000 tickets are looked at.
    pub matches: Option<i64>,
    /// Whether there are, or may be, more.
    pub is_capped: bool,
    /// Whether it matches the ticket to try it on.
    pub matches_ticket: Option<bool>,
    /// Texts in CEL that have no answer for that ticket, such as for a value
    /// that it does not have. They count as false.
    pub ticket_errors: Vec<ConditionProblem>,
    /// Every mistake; empty when there is none.
    pub errors: Vec<ConditionProblem>,
}
