//! Answer types of the example.

use serde::Serialize;
use steward_identity::organizations::dto::OrganizationView;
use utoipa::ToSchema;

/// The example organization.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExampleView {
    /// The organization; null when there is none.
    pub(crate) organization: Option<OrganizationView>,
    /// Whether its tickets are still being written.
    pub(crate) is_being_filled: bool,
}

/// Somebody of the example to sign in as.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExampleSignIn {
    /// E-mail address.
    pub(crate) email: String,
    /// Name.
    pub(crate) name: String,
    /// Name of the role.
    pub(crate) role: String,
}

/// A new example, with how to sign in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExampleMade {
    /// The organization.
    pub(crate) organization: OrganizationView,
    /// Password of everyone in `sign_ins`; it is told only here.
    pub(crate) password: String,
    /// Who has that password, one of each role and more.
    pub(crate) sign_ins: Vec<ExampleSignIn>,
}
