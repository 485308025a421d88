//! Request and answer types of sign-in.

use super::service::Credentials;
use crate::users::dto::UserView;
use serde::{Deserialize, Serialize};
use steward_kernel::text::check_length;
use steward_kernel::{Error, Result};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, AllOfBuilder, AnyOfBuilder, KnownFormat, ObjectBuilder, Schema,
    SchemaFormat, SchemaType, Type,
};
use utoipa::{PartialSchema, ToSchema};

/// Who signs in: e-mail or username, the password, and a code where one is needed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LoginInput {
    email: Option<String>,
    username: Option<String>,
    password: String,
    mfa_code: Option<String>,
}

const MAX_LOGIN: usize = 254;
const MAX_PASSWORD: usize = 1024;
const MAX_CODE: usize = 64;

impl LoginInput {
    /// Checks bounds, and that there is a name.
    pub(super) fn credentials(self, user_agent: String) -> Result<Credentials> {
        for (field, text, max) in [
            ("email", self.email.as_deref(), MAX_LOGIN),
            ("username", self.username.as_deref(), MAX_LOGIN),
            ("password", Some(self.password.as_str()), MAX_PASSWORD),
            ("mfa_code", self.mfa_code.as_deref(), MAX_CODE),
        ] {
            check_length(field, text.unwrap_or_default(), max)?;
        }
        let login = self.email.or(self.username);
        Ok(Credentials {
            login: login
                .ok_or_else(|| Error::field("email", "required", "send email or username"))?,
            password: self.password,
            mfa_code: self.mfa_code,
            user_agent,
        })
    }
}

/// Written by hand: a derived schema cannot say that one of two names is needed.
impl PartialSchema for LoginInput {
    fn schema() -> RefOr<Schema> {
        let text = |description: &str, max: usize| {
            ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
                .description(Some(description))
                .max_length(Some(max))
        };
        let password = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The password."))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Password)))
            .max_length(Some(MAX_PASSWORD));
        let fields = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("email", text("E-mail address.", MAX_LOGIN))
            .property(
                "username",
                text("Username, in place of the e-mail address.", MAX_LOGIN),
            )
            .property("password", password)
            .required("password")
            .property(
                "mfa_code",
                text("A code of the authenticator, or a recovery code.", MAX_CODE),
            )
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        let named = |name: &str| {
            ObjectBuilder::new()
                .property(name, ObjectBuilder::new().schema_type(Type::String))
                .required(name)
        };
        let either = AnyOfBuilder::new()
            .item(named("email"))
            .item(named("username"));
        AllOfBuilder::new()
            .item(fields)
            .item(either)
            .description(Some(
                "Who signs in: e-mail or username, the password, and a code where one is needed.",
            ))
            .into()
    }
}

impl ToSchema for LoginInput {}

/// A refresh token; browsers send it as a cookie instead.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshInput {
    /// The token of the last answer.
    #[schema(max_length = 200)]
    pub(crate) refresh: Option<String>,
}

/// A signed-in session.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionView {
    /// Access token (JWT).
    pub(crate) access: String,
    /// Refresh token; works once.
    pub(crate) refresh: String,
    /// Always `Bearer`.
    pub(crate) token_type: String,
    /// Seconds until the access token expires.
    pub(crate) expires_in: i64,
    /// Who is signed in.
    pub(crate) user: UserView,
}
