//! Answers of lists by groups.

use serde::Serialize;
use utoipa::ToSchema;

/// What a list can be grouped by.
#[derive(ToSchema)]
#[schema(as = GroupField, rename_all = "snake_case")]
#[expect(
    dead_code,
    reason = "describes the domain's enum, which knows no OpenAPI"
)]
pub(in crate::tickets) enum GroupFieldWord {
    /// The status.
    Status,
    /// The priority.
    Priority,
    /// The person who works on it.
    Assignee,
    /// The team that looks after it.
    Team,
}

/// Tickets of a list that have the same in a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketGroup {
    /// The word of a status or priority, the id of a person or team; nothing where the field is empty.
    pub value: Option<String>,
    /// Name of the person or team; the word of a status or priority.
    pub name: Option<String>,
    /// How many tickets.
    pub count: i64,
}

/// Groups of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketGroups {
    /// The largest first, at most 200.
    pub data: Vec<TicketGroup>,
    /// Whether there may be more: only the first 50,000 tickets are read where filters are not counted live.
    pub is_capped: bool,
}
