//! Request and answer types of second factors.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The state of one's own second factor.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MfaView {
    /// Whether a code is asked for at sign-in.
    pub(crate) is_enabled: bool,
    /// Whether one of the roles held asks for it.
    pub(crate) is_required: bool,
    /// Recovery codes that have not been used.
    pub(crate) recovery_codes_left: i64,
}

/// The password, asked for again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnrollInput {
    /// The present password.
    #[schema(max_length = 1024, format = "password")]
    pub(crate) password: String,
}

/// What an authenticator needs. It is not shown again.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnrollmentView {
    /// The secret, to type in (base 32).
    pub(crate) secret: String,
    /// The address in the QR code.
    pub(crate) otpauth_uri: String,
    /// The QR code as an SVG image: a `data:` address for the source of an image.
    pub(crate) qr_code: String,
}

/// A code of the authenticator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeInput {
    /// Six digits.
    #[schema(max_length = 64)]
    pub(crate) code: String,
}

/// Password and code, asked for again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordAndCodeInput {
    /// The present password.
    #[schema(max_length = 1024, format = "password")]
    pub(crate) password: String,
    /// A code of the authenticator, or a recovery code.
    #[schema(max_length = 64)]
    pub(crate) code: String,
}

/// Recovery codes. They are not shown again; each works once.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodesView {
    /// The codes.
    pub(crate) recovery_codes: Vec<String>,
}
