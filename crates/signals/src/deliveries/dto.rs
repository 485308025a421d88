//! Request and answer types of preferences and of the delivery log.

use crate::notifications::dto::PersonReference;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_domain::notifications::channels::may_be_short;
use steward_domain::notifications::preferences::{Pace, Preferences};
use steward_domain::notifications::rules::Reason;
use steward_kernel::Instant;
use utoipa::openapi::schema::{AdditionalProperties, Object, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use uuid::Uuid;

const TIME: &str = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

/// What the caller wants to be told.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct PreferencesBody(pub Preferences);

fn time(description: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(TIME))
        .description(Some(description))
}

fn closed(object: ObjectBuilder) -> Object {
    object
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .build()
}

/// An object with one property for each of these reasons.
fn by_reason(
    description: &str,
    reasons: impl Iterator<Item = Reason>,
    value: impl Fn() -> ObjectBuilder,
) -> Object {
    let object = ObjectBuilder::new().description(Some(description));
    let object = reasons.fold(object, |object, reason| {
        object.property(reason.as_str(), value())
    });
    closed(object)
}

/// Written by hand: a derived schema cannot name the properties of a map.
impl PartialSchema for PreferencesBody {
    fn schema() -> RefOr<Schema> {
        let flag = || ObjectBuilder::new().schema_type(Type::Boolean);
        let paces = ["off", "soon", "hourly", "daily"];
        let pace = || {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(paces))
        };
        let quiet = ObjectBuilder::new()
            .property("from", time("Begins"))
            .property("until", time("Ends, also past midnight"))
            .required("from")
            .required("until");
        let quiet = OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(Type::Null))
            .item(closed(quiet))
            .description(Some("No mail in this time of the person's day"));
        let daily = OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(Type::Null))
            .item(time("Time of day"))
            .description(Some("When the daily mail leaves; 08:00 when absent"));
        let all = || Reason::ALL.into_iter();
        let short = all().filter(|reason| may_be_short(*reason));
        let object = ObjectBuilder::new()
            .description(Some(
                "What a person wants to be told; what is left out is as at the start.",
            ))
            .property(
                "in_app",
                by_reason("Whether the inbox shows it.", all(), flag),
            )
            .property(
                "email",
                by_reason("When mail about it is sent.", all(), pace),
            )
            .property(
                "sms",
                by_reason("Whether a short message is sent.", short, flag),
            )
            .property("quiet_hours", quiet)
            .property("daily_at", daily);
        closed(object).into()
    }
}

impl ToSchema for PreferencesBody {
    fn name() -> std::borrow::Cow<'static, str> {
        "NotificationPreferencesInput".into()
    }
}

/// A time of day in which no mail is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuietHours)]
pub struct QuietHoursView {
    /// Begins, `22:00`.
    pub from: String,
    /// Ends, also past midnight.
    pub until: String,
}

/// What a person is told, every reason with what holds for it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NotificationPreferences)]
pub struct PreferencesView {
    /// Whether the inbox shows it, by reason.
    pub in_app: BTreeMap<&'static str, bool>,
    /// Whether a short message is sent, by reason.
    pub sms: BTreeMap<&'static str, bool>,
    /// Whether short messages can be sent to the caller: the organization has a
    /// gateway, and the caller a phone number with its country.
    pub has_sms: bool,
    /// `off`, `soon`, `hourly` or `daily`, by reason.
    pub email: BTreeMap<&'static str, &'static str>,
    /// When no mail is sent.
    pub quiet_hours: Option<QuietHoursView>,
    /// When the daily mail leaves.
    pub daily_at: String,
    /// The zone of these times: the person's, else the organization's.
    pub time_zone: String,
    /// Counts changes; 0 while nothing was chosen.
    pub version: i64,
}

steward_platform::versioned!(PreferencesView);

impl PreferencesView {
    pub(super) fn new(
        preferences: &Preferences,
        time_zone: String,
        has_sms: bool,
        version: i64,
    ) -> Self {
        let email = |reason: &Reason| (reason.as_str(), preferences.email(*reason).as_str());
        let in_app = |reason: &Reason| (reason.as_str(), preferences.in_app(*reason));
        let sms = |reason: &Reason| (reason.as_str(), preferences.sms(*reason));
        let short = Reason::ALL.iter().filter(|reason| may_be_short(**reason));
        Self {
            sms: short.map(sms).collect(),
            has_sms,
            in_app: Reason::ALL.iter().map(in_app).collect(),
            email: Reason::ALL.iter().map(email).collect(),
            quiet_hours: preferences.quiet_hours.map(|quiet| QuietHoursView {
                from: quiet.from.into(),
                until: quiet.until.into(),
            }),
            daily_at: preferences
                .daily_at
                .map_or_else(|| "08:00".to_owned(), Into::into),
            time_zone,
            version,
        }
    }
}

/// A ticket as it is named.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveryTicket)]
pub struct TicketName {
    /// Id.
    pub id: Uuid,
    /// Number such as `INC-000042`; none when it is gone.
    pub number: Option<String>,
}

/// Muted tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct MutedTickets {
    /// At most 500, those muted last first.
    pub data: Vec<TicketName>,
}

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Its time has not come.
    Waiting,
    /// In a mail that is on its way.
    Queued,
    /// The mail server took it.
    Sent,
    /// Given up; it can be sent again.
    Failed,
    /// Not sent, for the reason in `note`.
    Skipped,
}

impl DeliveryState {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// What a delivery goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryChannel {
    /// Mail.
    Email,
    /// Short message.
    Sms,
    /// Chat of a team at Slack.
    Slack,
    /// Chat of a team at Microsoft Teams.
    Teams,
    /// Another program.
    Webhook,
}

impl DeliveryChannel {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Slack => "slack",
            Self::Teams => "teams",
            Self::Webhook => "webhook",
        }
    }
}

/// Query of the export of the delivery log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryExportQuery {
    /// In this state only.
    #[param(inline)]
    pub state: Option<DeliveryState>,
    /// To this person only.
    pub user_id: Option<Uuid>,
    /// About this ticket only.
    pub ticket_id: Option<Uuid>,
    /// By this channel only.
    #[param(inline)]
    pub channel: Option<DeliveryChannel>,
}

impl From<DeliveryExportQuery> for DeliveryQuery {
    fn from(query: DeliveryExportQuery) -> Self {
        Self {
            state: query.state,
            user_id: query.user_id,
            ticket_id: query.ticket_id,
            channel: query.channel,
            per_page: None,
            cursor: None,
        }
    }
}

/// What to send again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryDeliveries {
    /// To this person only.
    pub user_id: Option<Uuid>,
    /// About this ticket only.
    pub ticket_id: Option<Uuid>,
}

/// What was set on its way again.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetriedDeliveries {
    /// How many mails and messages; at most 500 of each at once, so call again until it is 0.
    #[schema(minimum = 0)]
    pub retried: u64,
}

/// Query of the delivery log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// In this state only.
    #[param(inline)]
    pub state: Option<DeliveryState>,
    /// To this person only.
    pub user_id: Option<Uuid>,
    /// About this ticket only. Who reads internal notes of the ticket may ask for it without `job:manage`.
    pub ticket_id: Option<Uuid>,
    /// By this channel only.
    #[param(inline)]
    pub channel: Option<DeliveryChannel>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// `next_cursor` of an earlier answer.
    pub cursor: Option<String>,
}

/// One event that one person is told by one channel.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct DeliveryView {
    /// Id.
    pub id: Uuid,
    /// Who is told; none for a channel of a team.
    pub user: Option<PersonReference>,
    /// `email`, `sms`, `slack`, `teams` or `webhook`.
    pub channel: String,
    /// Name of the channel; none for mail.
    pub channel_name: Option<String>,
    /// Why they are told.
    pub reason: String,
    /// `soon`, `hourly` or `daily`.
    pub pace: String,
    /// About which ticket.
    pub ticket: TicketName,
    /// The event.
    pub event_id: Uuid,
    /// `waiting`, `queued`, `sent`, `failed` or `skipped`.
    pub state: String,
    /// Why it was skipped, or that an own template could not be used.
    pub note: Option<String>,
    /// What the mail server answered when it refused last, or another side at all.
    pub answer: Option<String>,
    /// The mail it is in; its Message-ID begins with it.
    pub mail_id: Option<Uuid>,
    /// To which address it was written.
    pub address: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// Times the mail server was asked.
    pub attempts: i32,
    /// Not before this instant.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Instant,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub settled_at: Option<Instant>,
}

/// A page of the delivery log.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deliveries {
    /// The deliveries.
    pub data: Vec<DeliveryView>,
    /// Send it as `cursor` for the next page.
    pub next_cursor: Option<String>,
}

/// The pace as the table has it.
pub(super) fn pace(word: &str) -> Pace {
    match word {
        "hourly" => Pace::Hourly,
        "daily" => Pace::Daily,
        _ => Pace::Soon,
    }
}
