//! What happened to webhooks themselves. No receiver is told of it.

use serde::Serialize;
use steward_kernel::DomainEvent;
use uuid::Uuid;

/// A fact about a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum WebhookEvent {
    /// It was made.
    Created {
        /// The webhook.
        webhook_id: Uuid,
        /// Its name.
        name: String,
    },
    /// It was changed, switched on or off.
    Updated {
        /// The webhook.
        webhook_id: Uuid,
        /// Its name.
        name: String,
    },
    /// It got a new secret.
    SecretRotated {
        /// The webhook.
        webhook_id: Uuid,
        /// Its name.
        name: String,
    },
    /// It was switched off by the product.
    Disabled {
        /// The webhook.
        webhook_id: Uuid,
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
    /// It was removed.
    Deleted {
        /// The webhook.
        webhook_id: Uuid,
        /// Its name.
        name: String,
    },
}

impl DomainEvent for WebhookEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "webhook.created",
            Self::Updated { .. } => "webhook.updated",
            Self::SecretRotated { .. } => "webhook.secret_rotated",
            Self::Disabled { .. } => "webhook.disabled",
            Self::Deleted { .. } => "webhook.deleted",
        }
    }
}
