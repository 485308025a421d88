//! The query of the ticket list.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Yes or no, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Yes.
    True,
    /// No.
    False,
}

/// Query of the ticket list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TicketQuery {
    /// Number of the page, from 1.
    #[param(minimum = 1, maximum = 400)]
    pub page: Option<u32>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// `next_cursor` of an earlier answer, in place of `page`.
    pub cursor: Option<String>,
    /// `created_at`, `updated_at`, `number`, `priority` or `next_breach_at`; `-` in front reverses.
    /// A second key behind a comma orders what is equal by `created_at`, `updated_at` or
    /// `number`; `priority` takes `created_at` as its second.
    #[param(
        pattern = r"^(-?(created_at|updated_at|number)(,-?(created_at|updated_at|number|priority|next_breach_at))?|-?priority(,-?created_at)?|-?next_breach_at)$"
    )]
    pub sort: Option<String>,
    /// Words that must all occur, and filters in words: `status:open vpn`.
    #[param(max_length = 500)]
    pub search: Option<String>,
    /// Statuses, separated by commas; `open` for all that are neither resolved nor over.
    #[param(
        pattern = "^ *(open|new|assigned|in_progress|on_hold|resolved|closed|cancelled) *(, *(open|new|assigned|in_progress|on_hold|resolved|closed|cancelled) *)*$"
    )]
    pub status: Option<String>,
    /// Priorities, separated by commas.
    #[param(pattern = "^ *(critical|high|medium|low) *(, *(critical|high|medium|low) *)*$")]
    pub priority: Option<String>,
    /// Kinds, separated by commas.
    #[param(
        pattern = "^ *(incident|service_request|problem|change|task) *(, *(incident|service_request|problem|change|task) *)*$"
    )]
    pub kind: Option<String>,
    /// `me`, `nobody`, a username or a person's id.
    pub assigned_to: Option<String>,
    /// `me`, a username or a person's id.
    pub requester: Option<String>,
    /// `me`, a username or a person's id.
    pub requested_for: Option<String>,
    /// `me`, a username or a person's id.
    pub watched_by: Option<String>,
    /// `mine` for the caller's teams, `none` for tickets without one, or a team's id.
    pub team: Option<String>,
    /// Category, exactly.
    pub category: Option<String>,
    /// Subcategory, exactly.
    pub subcategory: Option<String>,
    /// One of the ticket's tags, exactly.
    pub tag: Option<String>,
    /// Whether a service level of the ticket was missed.
    #[param(inline)]
    pub sla_breached: Option<YesNo>,
    /// Id or number of the ticket that these are parts of.
    pub parent: Option<String>,
    /// Reported at this instant (RFC 3339) or later; `-7d` or `-12h` for so long ago.
    pub created_after: Option<String>,
    /// Reported before this instant.
    pub created_before: Option<String>,
    /// Changed at this instant or later.
    pub updated_after: Option<String>,
    /// Changed before this instant.
    pub updated_before: Option<String>,
    /// Resolved at this instant or later.
    pub resolved_after: Option<String>,
    /// Resolved before this instant.
    pub resolved_before: Option<String>,
    /// The number in the system it was imported from.
    #[param(max_length = 200)]
    pub external_reference: Option<String>,
    /// A condition as JSON text; for those who may read internal notes.
    #[param(max_length = 4000)]
    pub condition: Option<String>,
}
