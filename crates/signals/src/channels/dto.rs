//! Request and answer types of channels.

use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// The team of a channel.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChannelTeam)]
pub struct TeamView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

/// A channel; addresses and secrets are not shown again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationChannel)]
pub struct ChannelView {
    /// Id.
    pub id: Uuid,
    /// `sms`, `slack`, `teams` or `webhook`
    pub kind: String,
    /// Name.
    pub name: String,
    /// Whose tickets it hears of; none for short messages.
    pub team: Option<TeamView>,
    /// What it is told.
    pub topics: Vec<String>,
    /// The host of its address.
    pub host: String,
    /// `http` or `twilio`; of short messages.
    pub provider: Option<String>,
    /// What short messages come from.
    pub from: Option<String>,
    /// The account at Twilio.
    pub account: Option<String>,
    /// Whether a secret is kept.
    pub has_secret: bool,
    /// Whether anything is sent.
    pub is_active: bool,
    /// Counts changes.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it was changed last.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(ChannelView);

/// Channels of the organization.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationChannels {
    /// By name.
    pub data: Vec<ChannelView>,
}

/// What a channel is.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKindInput {
    /// Short messages to people's phones.
    Sms,
    /// An incoming webhook of Slack.
    Slack,
    /// An incoming webhook of Microsoft Teams.
    Teams,
    /// JSON to an address.
    Webhook,
}

/// Who carries short messages.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProviderInput {
    /// A gateway that takes JSON.
    Http,
    /// Twilio, or one that speaks like it.
    Twilio,
}

/// A new channel.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NotificationChannelInput)]
pub struct ChannelInput {
    /// What it is.
    pub kind: ChannelKindInput,
    /// Name.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub name: String,
    /// Whose tickets it hears of; needed but for short messages.
    pub team_id: Option<Uuid>,
    /// What it is told: `arrived`, `assigned`, `commented`, `resolved`, `reopened`, `on_hold`, `closed`, `cancelled`,
    /// `escalated`, `sla_at_risk`, `sla_breached`. Nothing when absent.
    #[serde(default)]
    #[schema(max_items = 11)]
    pub topics: Vec<String>,
    /// Its address; of Twilio when absent with that provider.
    #[schema(max_length = 2000, pattern = "^https?://")]
    pub url: Option<String>,
    /// Who carries short messages.
    #[schema(inline)]
    pub provider: Option<ProviderInput>,
    /// What short messages come from: a number or a name.
    #[schema(max_length = 20, pattern = "^[ -~]*$")]
    pub from: Option<String>,
    /// The account at Twilio.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9]*$")]
    pub account: Option<String>,
    /// Token of the gateway.
    #[schema(max_length = 500, pattern = "^[ -~]*$")]
    pub secret: Option<String>,
    /// Whether anything is sent; off when absent.
    #[serde(default)]
    pub is_active: bool,
}

/// What to change of a channel; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = NotificationChannelPatch)]
pub struct ChannelPatch {
    /// Name.
    #[schema(min_length = 1, max_length = 100, pattern = r"\S")]
    pub name: Option<String>,
    /// Whose tickets it hears of.
    pub team_id: Option<Uuid>,
    /// What it is told.
    #[schema(max_items = 11)]
    pub topics: Option<Vec<String>>,
    /// Its address.
    #[schema(max_length = 2000, pattern = "^https?://")]
    pub url: Option<String>,
    /// Who carries short messages. With another one than before, address, account and secret of the old
    /// one are forgotten and those of the new one must come along.
    #[schema(inline)]
    pub provider: Option<ProviderInput>,
    /// What short messages come from.
    #[schema(max_length = 20, pattern = "^[ -~]*$")]
    pub from: Option<String>,
    /// The account at Twilio.
    #[schema(max_length = 100, pattern = "^[A-Za-z0-9]*$")]
    pub account: Option<String>,
    /// Token of the gateway.
    #[schema(max_length = 500, pattern = "^[ -~]*$")]
    pub secret: Option<String>,
    /// Whether anything is sent.
    pub is_active: Option<bool>,
}

/// A test.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChannelTestInput)]
pub struct TestInput {
    /// To which phone a short message goes, `+49 151 2345678`; the caller's own when absent.
    #[schema(max_length = 40)]
    pub to: Option<String>,
}

/// How a test ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChannelTest)]
pub struct TestView {
    /// Whether it was taken.
    pub is_sent: bool,
    /// What the other side answered.
    pub answer: String,
}
