//! Request and answer types of presence.

use crate::tickets::dto::Reference;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What someone does with a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivityWord {
    /// Has it open.
    Viewing,
    /// Writes an answer or a note.
    Typing,
}

impl ActivityWord {
    /// As the table has it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Viewing => "viewing",
            Self::Typing => "typing",
        }
    }
}

/// A heartbeat.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PresenceInput {
    /// What the caller does.
    pub activity: ActivityWord,
}

/// Someone who has a ticket open.
#[derive(Debug, Serialize, ToSchema)]
pub struct Present {
    /// Who.
    pub user: Reference,
    /// `viewing` or `typing`.
    pub activity: String,
    /// The last heartbeat.
    #[schema(value_type = String, format = DateTime)]
    pub seen_at: Instant,
}

/// Who else has a ticket open.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresentList {
    /// Everyone but the caller who was seen within 45 seconds, by name.
    pub data: Vec<Present>,
}

/// Who else has one of several tickets open.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketPresence {
    /// Id of the ticket.
    pub ticket_id: Uuid,
    /// Everyone but the caller, by name.
    pub people: Vec<Present>,
}

/// Presence on several tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresenceList {
    /// The tickets that someone else has open.
    pub data: Vec<TicketPresence>,
}

/// Query of presence.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PresenceQuery {
    /// 1 to 100 ids of tickets, separated by commas. What the caller does not
    /// see is left out.
    #[param(pattern = "^[0-9a-fA-F-]{36}(,[0-9a-fA-F-]{36}){0,99}$")]
    pub ids: String,
}
