//! Request and answer types of notification templates.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who changed it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplateAuthor)]
pub struct AuthorView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

/// One template in the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationTemplateRow)]
pub struct TemplateRowView {
    /// What it speaks of: a reason such as `assigned`, of a team's channel a topic such as `arrived`, or `letter`
    /// for the mail or message around all that happened.
    pub matter: &'static str,
    /// `email`, `sms`, `slack`, `teams` or `webhook`
    pub medium: &'static str,
    /// `en` or `de`
    pub language: &'static str,
    /// Whether the organization wrote its own.
    pub is_own: bool,
    /// Counts changes; 0 while there was none.
    pub version: i64,
    /// When it was changed last.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub changed_at: Option<Instant>,
    /// By whom.
    pub changed_by: Option<AuthorView>,
}

/// Every template.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationTemplates {
    /// Medium by medium: the letter first, then reasons or topics from the strongest.
    pub data: Vec<TemplateRowView>,
}

/// A value that a template may use.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplateVariable)]
pub struct VariableView {
    /// As it is written between `{{` and `}}`.
    pub name: &'static str,
    /// What it says.
    pub about: &'static str,
    /// For example.
    pub example: String,
}

/// One template with its sources.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationTemplate)]
pub struct TemplateView {
    /// What it speaks of.
    pub matter: &'static str,
    /// `email`, `sms`, `slack`, `teams` or `webhook`
    pub medium: &'static str,
    /// `en` or `de`
    pub language: &'static str,
    /// Whether the organization wrote its own.
    pub is_own: bool,
    /// Template of the subject, one line; of mail only.
    pub subject: Option<String>,
    /// Template of the plain text.
    pub text: String,
    /// Template of the HTML, without the page around it; of mail only.
    pub html: Option<String>,
    /// The values that it may use.
    pub variables: Vec<VariableView>,
    /// When it was changed last.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub changed_at: Option<Instant>,
    /// By whom.
    pub changed_by: Option<AuthorView>,
    /// Counts changes; 0 while there was none.
    pub version: i64,
}

steward_platform::versioned!(TemplateView);

/// The sources of a template.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NotificationTemplateInput)]
pub struct TemplateInput {
    /// Template of the subject, one line; needed for mail, and only there.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub subject: Option<String>,
    /// Template of the plain text; that of a message has at most 2,000 characters.
    #[schema(min_length = 1, max_length = 20000, pattern = r"\S")]
    pub text: String,
    /// Template of the HTML, without the page around it; needed for mail, and only there.
    #[schema(min_length = 1, max_length = 20000, pattern = r"\S")]
    pub html: Option<String>,
}

/// What to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TemplatePreviewInput)]
pub struct PreviewInput {
    /// Number or id of a ticket that the caller sees; an invented one when absent.
    #[schema(max_length = 40)]
    pub ticket: Option<String>,
    /// What is being written; what is kept when absent.
    pub template: Option<TemplateInput>,
}

/// What is wrong with a part of a template.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplateFault)]
pub struct FaultView {
    /// `subject`, `text` or `html`
    pub part: &'static str,
    /// Line, from 1.
    #[schema(minimum = 1)]
    pub line: usize,
    /// Column, from 1.
    #[schema(minimum = 1)]
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What would be right, where it is known.
    pub hint: Option<&'static str>,
}

/// How long a message is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplatePreviewLength)]
pub struct LengthView {
    /// Characters.
    pub characters: usize,
    /// Short messages that networks make of it; of `sms` only.
    pub segments: Option<usize>,
    /// Most of them.
    pub most_segments: Option<usize>,
    /// Whether its end was cut off.
    pub is_cut: bool,
}

/// A mail or message as it would be sent; a part that has a fault is written by the built-in template.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplatePreview)]
pub struct PreviewView {
    /// Number of the ticket.
    pub ticket: String,
    /// The subject; of mail only.
    pub subject: Option<String>,
    /// The plain text.
    pub text: String,
    /// The page; of mail only.
    pub html: Option<String>,
    /// The page of the ticket that a team's message leads to, under its text.
    pub link: Option<String>,
    /// How long a message is.
    pub length: Option<LengthView>,
    /// What is wrong, the first fault of each part.
    pub faults: Vec<FaultView>,
}

/// One version of a template.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplateVersion)]
pub struct VersionView {
    /// Its number.
    pub version: i64,
    /// Whether it only says that the built-in template holds again.
    pub is_reset: bool,
    /// Template of the subject; of mail only.
    pub subject: Option<String>,
    /// Template of the plain text.
    pub text: String,
    /// Template of the HTML; of mail only.
    pub html: Option<String>,
    /// When it was kept.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Instant,
    /// By whom.
    pub changed_by: Option<AuthorView>,
}

/// Versions of a template.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateVersions {
    /// At most 50, the newest first.
    pub data: Vec<VersionView>,
}
