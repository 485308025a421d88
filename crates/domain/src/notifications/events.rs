//! What happened to notifications.

use serde::{Deserialize, Serialize};
use steward_kernel::DomainEvent;
use steward_kernel::id::UserId;

/// A fact about the notifications of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum NotificationEvent {
    /// They got some, or read some.
    Changed {
        /// Whose.
        user_ids: Vec<UserId>,
    },
}

impl DomainEvent for NotificationEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "notifications.changed",
        }
    }
}
