//! Types of calendars.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Opening hours by weekday, or day and night.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum WeeklyInput {
    /// Day and night.
    Always(AlwaysWord),
    /// By weekday.
    Hours(Box<WeeklyHours>),
}

/// Day and night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum AlwaysWord {
    /// The only word.
    #[serde(rename = "24x7")]
    Always,
}

/// Pairs of local times, `["09:00", "17:00"]`. One whose end is not after its
/// start runs past midnight; `24:00` is the end of the day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WeeklyHours {
    /// Begin on Monday.
    #[schema(max_items = 48, value_type = Vec<Vec<String>>)]
    pub monday: Vec<(String, String)>,
    /// Begin on Tuesday.
    #[schema(max_items = 48, value_type = Vec<Vec<String>>)]
    pub tuesday: Vec<(String, String)>,
    /// Begin on Wednesday.
    #[schema(max_items = 48, value_type = Vec<Vec<String>>)]
    pub wednesday: Vec<(String, String)>,
    /// Begin on Thursday.
    #[schema(max_items = 48, value_type = Vec<Vec<String>>)]
    pub thursday: Vec<(String, String)>,
    /// Begin on Friday.
    #[schema(max_items = 48, value_type = Vec<Vec<String>>)]
    pub friday: Vec<(String, String)>,
    /// Begin on Saturday.
    #[schema(max_items = 48, value_type = Vec<Vec<String>>)]
    pub saturday: Vec<(String, String)>,
    /// Begin on Sunday.
    #[schema(max_items = 48, value_type = Vec<Vec<String>>)]
    pub sunday: Vec<(String, String)>,
}

impl WeeklyHours {
    /// Monday first.
    #[must_use]
    pub fn days(&self) -> [Vec<(String, String)>; 7] {
        [
            self.monday.clone(),
            self.tuesday.clone(),
            self.wednesday.clone(),
            self.thursday.clone(),
            self.friday.clone(),
            self.saturday.clone(),
            self.sunday.clone(),
        ]
    }
}

impl<'de> Deserialize<'de> for WeeklyInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WeeklyVisitor)
    }
}

/// Says what is wrong inside, which an untagged enum would not.
struct WeeklyVisitor;

impl<'de> Visitor<'de> for WeeklyVisitor {
    type Value = WeeklyInput;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("\"24x7\", or an object of weekdays with pairs of times")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<WeeklyInput, E> {
        match text {
            "24x7" => Ok(WeeklyInput::Always(AlwaysWord::Always)),
            _ => Err(E::invalid_value(serde::de::Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WeeklyInput, A::Error> {
        let hours = WeeklyHours::deserialize(MapAccessDeserializer::new(map))?;
        Ok(WeeklyInput::Hours(Box::new(hours)))
    }
}

/// A closed date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayInput {
    /// `2026-12-25`, or `12-25` for every year.
    #[schema(pattern = "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$")]
    pub date: String,
    /// What it is called.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub name: String,
}

/// A calendar of opening hours.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Whether it is the organization's default.
    pub is_default: bool,
    /// IANA name of its zone.
    pub time_zone: String,
    /// Opening hours.
    pub weekly: WeeklyInput,
    /// Closed dates.
    pub holidays: Vec<HolidayInput>,
    /// Counts its versions; the `ETag`. Running clocks keep the version they have.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When this version was made.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(CalendarView);

/// A new calendar.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarInput {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: String,
    /// IANA name of its zone: `Europe/Berlin`.
    #[schema(min_length = 1, max_length = 64)]
    pub time_zone: String,
    /// Opening hours by weekday, or `24x7`.
    pub weekly: WeeklyInput,
    /// Closed dates.
    #[serde(default)]
    #[schema(max_items = 5000)]
    pub holidays: Vec<HolidayInput>,
    /// Makes it the organization's default.
    #[serde(default)]
    pub is_default: bool,
}

/// Fields to change; what is left out stays. Makes a new version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarPatch {
    /// Name.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    pub name: Option<String>,
    /// IANA name of its zone: `Europe/Berlin`.
    #[schema(min_length = 1, max_length = 64)]
    pub time_zone: Option<String>,
    /// Opening hours by weekday, or `24x7`.
    pub weekly: Option<WeeklyInput>,
    /// Closed dates, all of them.
    #[schema(max_items = 5000)]
    pub holidays: Option<Vec<HolidayInput>>,
    /// `true` makes it the organization's default; the default before it stays a calendar.
    pub is_default: Option<bool>,
}

/// What to show of a calendar.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarPreviewQuery {
    /// Begins here; now when left out.
    #[param(value_type = Option<String>, format = DateTime)]
    pub from: Option<Instant>,
    /// Also answers when a target of so many minutes would be due.
    #[param(minimum = 0, maximum = 52_704_000)]
    pub target_minutes: Option<i64>,
}

/// A stretch in which a calendar is open.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningView {
    /// Opens.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// Closes.
    #[schema(value_type = String, format = DateTime)]
    pub until: Instant,
}

/// What a calendar does next.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarPreview {
    /// The next openings, at most 20, of the 60 days from `from`.
    pub openings: Vec<OpeningView>,
    /// When the target would be due; null when it was not asked for, or when
    /// the open time never suffices.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Instant>,
}

/// An iCalendar file with holidays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayFile {
    /// The text of the file (`.ics`).
    #[schema(min_length = 1, max_length = 1_000_000)]
    pub content: String,
}

/// All-day events of a file, as dates.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolidayFileView {
    /// The dates, those that recur for the years around now.
    pub holidays: Vec<HolidayInput>,
    /// Events that are no holidays: at a time of day, cancelled, not readable.
    pub skipped: usize,
}

/// Every calendar, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Calendars {
    /// The calendars.
    pub data: Vec<CalendarView>,
}
