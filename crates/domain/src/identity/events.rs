//! What happened to people, their rights and their sign-ins. Carries ids, never secrets.

use serde::Serialize;
use steward_kernel::DomainEvent;
use steward_kernel::id::UserId;

/// A fact about an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AccountEvent {
    /// Someone signed in.
    SignedIn {
        /// Who.
        user_id: UserId,
    },
    /// A wrong password or code was given for the account.
    SignInFailed {
        /// Whose account.
        user_id: UserId,
        /// Whether the account is locked now.
        is_locked: bool,
    },
    /// A second factor counts from now on.
    SecondFactorEnabled {
        /// Whose.
        user_id: UserId,
    },
    /// The second factor was removed.
    SecondFactorRemoved {
        /// Whose.
        user_id: UserId,
    },
    /// New recovery codes replaced the old ones.
    RecoveryCodesRenewed {
        /// Whose.
        user_id: UserId,
    },
    /// The password was changed, or first set.
    PasswordChanged {
        /// Whose.
        user_id: UserId,
    },
    /// Fields of the record changed.
    Changed {
        /// Whose.
        user_id: UserId,
        /// Names of the fields.
        fields: Vec<String>,
    },
    /// Roles were given or taken.
    RolesChanged {
        /// Whose.
        user_id: UserId,
        /// Names of the roles given.
        given: Vec<String>,
        /// Names of the roles taken.
        taken: Vec<String>,
    },
    /// The person was added.
    Created {
        /// Who.
        user_id: UserId,
    },
    /// The person can sign in again.
    Activated {
        /// Who.
        user_id: UserId,
    },
    /// The person can no longer sign in.
    Deactivated {
        /// Who.
        user_id: UserId,
    },
    /// A lockout was ended by hand.
    Unlocked {
        /// Whose.
        user_id: UserId,
    },
    /// Sessions were ended by their owner.
    SessionsEnded {
        /// Whose.
        user_id: UserId,
        /// How many.
        count: u64,
    },
}

impl DomainEvent for AccountEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::SignedIn { .. } => "account.signed_in",
            Self::SignInFailed { .. } => "account.sign_in_failed",
            Self::SecondFactorEnabled { .. } => "account.second_factor_enabled",
            Self::SecondFactorRemoved { .. } => "account.second_factor_removed",
            Self::Changed { .. } => "account.changed",
            Self::RolesChanged { .. } => "account.roles_changed",
            Self::Created { .. } => "account.created",
            Self::Activated { .. } => "account.activated",
            Self::Deactivated { .. } => "account.deactivated",
            Self::Unlocked { .. } => "account.unlocked",
            Self::SessionsEnded { .. } => "account.sessions_ended",
            Self::PasswordChanged { .. } => "account.password_changed",
            Self::RecoveryCodesRenewed { .. } => "account.recovery_codes_renewed",
        }
    }
}

/// A fact about a role, a team, a department, a site, an organization, the
/// settings of its desk or an API token: which record, and what happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectoryEvent {
    /// Name of the event: `role.changed`.
    #[serde(skip)]
    pub name: &'static str,
    /// The record.
    pub id: uuid::Uuid,
    /// Fields that changed, grants or members given and taken.
    pub changes: Vec<String>,
}

impl DomainEvent for DirectoryEvent {
    fn name(&self) -> &'static str {
        self.name
    }
}
