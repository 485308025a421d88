//! Request and answer types of what belongs to a ticket, and of bulk actions.

use super::{AssignInput, Reference, TicketPatch, TicketRowView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who watches a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Watchers {
    /// The people, by name.
    pub data: Vec<Reference>,
    /// Whether the caller is one of them.
    pub is_watching: bool,
}

/// Who should watch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WatcherInput {
    /// The person; the caller when left out.
    pub user_id: Option<Uuid>,
}

/// How two tickets belong together.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkKindInput {
    /// This one says the same as the other.
    Duplicates,
    /// They have to do with each other.
    RelatesTo,
    /// The other is the cause of this one.
    CausedBy,
    /// The other waits for this one.
    Blocks,
}

/// A new link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkInput {
    /// How they belong together.
    pub kind: LinkKindInput,
    /// Id or number of the other ticket.
    pub ticket: String,
}

/// A link, seen from one of its ends.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// Id.
    pub id: Uuid,
    /// `duplicates`, `relates_to`, `caused_by` or `blocks`.
    pub kind: String,
    /// Whether the link reads from this ticket to the other.
    pub is_outgoing: bool,
    /// The other ticket.
    pub ticket: TicketRowView,
    /// When they were linked.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// The links of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Links {
    /// Oldest first.
    pub data: Vec<LinkView>,
}

/// A new task of a ticket.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskInput {
    /// One line.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub title: String,
    /// What is to be done (Markdown).
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// Who should do it.
    pub assignee_id: Option<Uuid>,
    /// The team that should do it; the ticket's own when left out.
    pub team_id: Option<Uuid>,
}

/// The tasks of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tasks {
    /// Oldest first.
    pub data: Vec<TicketRowView>,
}

/// The ticket that stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeInput {
    /// Its id or number.
    pub into: String,
}

/// What is split off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitInput {
    /// One line for the new incident.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub title: String,
    /// What happened (Markdown); the comment's text when left out.
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// The comment that it is about; its author becomes the requester.
    pub comment_id: Option<Uuid>,
}

/// A comment's new text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentPatch {
    /// The text (Markdown).
    #[schema(min_length = 1, max_length = 65536, pattern = r"\S")]
    pub body: String,
}

/// An earlier text of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revision {
    /// The text (Markdown).
    pub body: String,
    /// Until when it stood.
    #[schema(value_type = String, format = DateTime)]
    pub replaced_at: Instant,
}

/// The earlier texts of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revisions {
    /// Oldest first.
    pub data: Vec<Revision>,
}

/// A step of the lifecycle for many tickets.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkStep {
    /// `start`, `hold`, `resume`, `resolve`, `confirm`, `close`, `reopen` or `cancel`.
    #[schema(pattern = "^(start|hold|resume|resolve|confirm|close|reopen|cancel)$")]
    pub verb: String,
    /// A public comment; the reason where one is needed.
    #[schema(max_length = 65536)]
    pub comment: Option<String>,
    /// What was done, for `resolve`.
    #[schema(max_length = 65536)]
    pub resolution_note: Option<String>,
}

/// One action on many tickets.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkInput {
    /// Ids or numbers; this or `filters`.
    #[schema(min_items = 1, max_items = 1000)]
    pub tickets: Option<Vec<String>>,
    /// Query parameters of the ticket list, by name: all that match, at most
    /// 1,000. An empty object matches every ticket that the caller sees.
    pub filters: Option<BTreeMap<String, String>>,
    /// Changes nothing, and answers what would become of each ticket.
    pub dry_run: Option<bool>,
    /// Gives them to someone.
    pub assign: Option<AssignInput>,
    /// Changes fields.
    pub patch: Option<TicketPatch>,
    /// Adds tags.
    #[schema(max_items = 50)]
    pub add_tags: Option<Vec<String>>,
    /// Removes tags.
    #[schema(max_items = 50)]
    pub remove_tags: Option<Vec<String>>,
    /// Takes a step of the lifecycle.
    pub step: Option<BulkStep>,
}

/// What became of one ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkOutcome {
    /// The id or number that was sent; the number where `filters` chose it.
    pub ticket: String,
    /// Whether it was changed (or was so already).
    pub is_done: bool,
    /// Why not.
    pub reason: Option<String>,
    /// Code of the refusal.
    pub code: Option<String>,
    /// Why not, as a stable word: `wrong_status`, `closed` and others; of a
    /// value that is not right, its code.
    pub reason_code: Option<String>,
    /// What the words of `reason_code` need, by name; `field` of a value that is not right.
    pub reason_params: BTreeMap<String, String>,
}

impl BulkOutcome {
    /// It was changed, or would be.
    pub(crate) fn done(ticket: String) -> Self {
        Self {
            ticket,
            is_done: true,
            reason: None,
            code: None,
            reason_code: None,
            reason_params: BTreeMap::new(),
        }
    }
}

/// What became of a bulk action.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResult {
    /// One outcome per ticket, in the order sent.
    pub data: Vec<BulkOutcome>,
    /// How many were done, or would be.
    pub done: i64,
    /// How many were refused, or would be.
    pub refused: i64,
    /// Whether nothing was changed, because it was only asked.
    pub is_dry_run: bool,
    /// Send it to `/tickets/bulk/{id}/undo`; absent when nothing changed.
    pub undo_id: Option<Uuid>,
}

/// What became of an undo.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkUndone {
    /// One outcome per ticket that the action had changed.
    pub data: Vec<BulkOutcome>,
}
