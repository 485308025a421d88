//! What a person wants to be told, by which channel, and when.

use super::channels::{gathered_until, may_be_short};
use super::rules::Reason;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_kernel::{Error, Instant, Result};

/// How long a mail or a message waits for more to say.
pub const GATHER: SignedDuration = SignedDuration::from_mins(2);
/// What is older than this is not worth a mail any more.
pub const TOO_OLD: SignedDuration = SignedDuration::from_hours(24);

/// When the daily mail is sent unless a person chose otherwise.
const DAILY_AT: Time = Time::constant(8, 0, 0, 0);

/// When mail about something is sent at the start: only what waits for the
/// person, and what they wait for.
const fn start(reason: Reason) -> Pace {
    match reason {
        Reason::Mentioned
        | Reason::Assigned
        | Reason::ReportedForYou
        | Reason::Resolved
        | Reason::Reopened
        | Reason::Escalated
        | Reason::SlaBreached
        | Reason::Commented => Pace::Soon,
        Reason::Unassigned
        | Reason::OnHold
        | Reason::Closed
        | Reason::Cancelled
        | Reason::SlaAtRisk => Pace::Off,
    }
}

/// When mail about something is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Never.
    Off,
    /// After two minutes, together with what else happened to the ticket.
    Soon,
    /// With the next full hour, everything in one mail.
    Hourly,
    /// Once a day, everything in one mail.
    Daily,
}

impl Pace {
    /// The sooner, the more.
    const fn haste(self) -> u8 {
        match self {
            Self::Off => 0,
            Self::Daily => 1,
            Self::Hourly => 2,
            Self::Soon => 3,
        }
    }

    /// The word used in database, API and code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Soon => "soon",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
        }
    }
}

/// A time of day, `22:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime(Time);

impl TryFrom<String> for ClockTime {
    type Error = String;

    fn try_from(text: String) -> std::result::Result<Self, String> {
        let time = Time::strptime("%H:%M", &text).ok();
        time.filter(|_| text.len() == 5)
            .map(Self)
            .ok_or_else(|| format!("'{text}' is no time of day such as 22:00"))
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.0.strftime("%H:%M").to_string()
    }
}

/// When a person wants no mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// From this time of day,
    pub from: ClockTime,
    /// to this one, also past midnight.
    pub until: ClockTime,
}

/// What a person chose; what is left out is as at the start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// Whether the inbox shows it, by reason.
    pub in_app: BTreeMap<Reason, bool>,
    /// When mail is sent, by reason.
    pub email: BTreeMap<Reason, Pace>,
    /// Whether a short message is sent, by reason; never at the start.
    pub sms: BTreeMap<Reason, bool>,
    /// When no mail is sent; it waits until they are over.
    pub quiet_hours: Option<QuietHours>,
    /// When the daily mail is sent; 08:00 when absent.
    pub daily_at: Option<ClockTime>,
}

impl Preferences {
    /// Accepts what makes sense.
    ///
    /// # Errors
    /// When quiet hours begin and end at the same time.
    pub fn checked(self) -> Result<Self> {
        if self
            .quiet_hours
            .is_some_and(|quiet| quiet.from == quiet.until)
        {
            let message = "begin and end at different times";
            return Err(Error::field("quiet_hours", "invalid", message));
        }
        match self
            .sms
            .iter()
            .find(|(reason, is_on)| **is_on && !may_be_short(**reason))
        {
            Some((reason, _)) => Err(Error::field(
                "sms",
                "invalid",
                format!("no short message is sent for '{}'", reason.as_str()),
            )),
            None => Ok(self),
        }
    }

    /// Without what is as at the start: so that better beginnings of a later
    /// version reach everyone who did not choose otherwise.
    #[must_use]
    pub fn lean(mut self) -> Self {
        self.in_app.retain(|_, is_on| !*is_on);
        self.email.retain(|reason, pace| *pace != start(*reason));
        self.sms.retain(|_, is_on| *is_on);
        self.daily_at = self.daily_at.filter(|at| at.0 != DAILY_AT);
        self
    }

    /// Whether the inbox shows it.
    #[must_use]
    pub fn in_app(&self, reason: Reason) -> bool {
        self.in_app.get(&reason).copied().unwrap_or(true)
    }

    /// When mail about it is sent.
    #[must_use]
    pub fn email(&self, reason: Reason) -> Pace {
        let chosen = self.email.get(&reason).copied();
        chosen.unwrap_or_else(|| start(reason))
    }

    /// When mail about it is sent that also says something (`is_said`): as soon
    /// as the person wants to hear of the one or the other.
    #[must_use]
    pub fn email_of(&self, reason: Reason, is_said: bool) -> Pace {
        let own = self.email(reason);
        let said = self.email(Reason::Commented);
        if is_said && said.haste() > own.haste() {
            said
        } else {
            own
        }
    }

    /// Whether a short message is sent about it.
    #[must_use]
    pub fn sms(&self, reason: Reason) -> bool {
        may_be_short(reason) && self.sms.get(&reason).copied().unwrap_or(false)
    }

    /// When a short message leaves: an alarm at once, other things with what
    /// follows about their ticket; never in quiet hours.
    #[must_use]
    pub fn sms_due(&self, is_urgent: bool, zone: &TimeZone, now: Instant) -> Instant {
        self.after_quiet_hours(gathered_until(is_urgent, now), zone)
    }

    /// When mail of this pace leaves, in the person's zone; `None` when never.
    #[must_use]
    pub fn due(&self, pace: Pace, zone: &TimeZone, now: Instant) -> Option<Instant> {
        let local = zone.to_datetime(now);
        let at = match pace {
            Pace::Off => return None,
            Pace::Soon => now.checked_add(GATHER).unwrap_or(now),
            Pace::Hourly => next_hour(local, zone, now),
            Pace::Daily => next(self.daily_at.map_or(DAILY_AT, |at| at.0), zone, now),
        };
        Some(self.after_quiet_hours(at, zone))
    }

    fn after_quiet_hours(&self, at: Instant, zone: &TimeZone) -> Instant {
        let Some(QuietHours { from, until }) = self.quiet_hours else {
            return at;
        };
        let time = zone.to_datetime(at).time();
        let is_quiet = if from.0 < until.0 {
            from.0 <= time && time < until.0
        } else {
            from.0 <= time || time < until.0
        };
        if is_quiet {
            next(until.0, zone, at)
        } else {
            at
        }
    }
}

fn next_hour(local: DateTime, zone: &TimeZone, now: Instant) -> Instant {
    let begun = local.date().at(local.hour(), 0, 0, 0);
    let hour = begun.checked_add(1.hour()).unwrap_or(begun);
    instant(hour, zone).filter(|at| *at > now).unwrap_or(now)
}

/// The next instant at which clocks of the zone show this time.
fn next(time: Time, zone: &TimeZone, now: Instant) -> Instant {
    let today = zone.to_datetime(now).date();
    let days = [Some(today), today.tomorrow().ok()];
    let mut instants = days.into_iter().flatten();
    instants
        .find_map(|day| instant(day.to_datetime(time), zone).filter(|at| *at > now))
        .unwrap_or(now)
}

/// A time that clocks skip is the one an hour later.
fn instant(local: DateTime, zone: &TimeZone) -> Option<Instant> {
    zone.to_ambiguous_zoned(local)
        .compatible()
        .ok()
        .map(|zoned| zoned.timestamp())
}

/// Whether someone who muted a ticket hears of it all the same.
#[must_use]
pub fn breaks_through(reason: Reason) -> bool {
    matches!(reason, Reason::Mentioned | Reason::Assigned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("a zone")
    }

    fn quiet(from: &str, until: &str) -> Preferences {
        let time = |text: &str| ClockTime::try_from(text.to_owned()).expect("a time");
        Preferences {
            quiet_hours: Some(QuietHours {
                from: time(from),
                until: time(until),
            }),
            ..Preferences::default()
        }
    }

    #[test]
    fn mail_leaves_when_the_person_wants_it() {
        let plain = Preferences::default();
        let night = quiet("22:00", "07:00");
        let noon = quiet("12:00", "13:00");
        for (preferences, pace, now, due) in [
            (
                &plain,
                Pace::Soon,
                "2026-11-27T10:00:00Z",
                "2026-11-27T10:02:00Z",
            ),
            (
                &plain,
                Pace::Hourly,
                "2026-11-27T10:00:01Z",
                "2026-11-27T11:00:00Z",
            ),
            (
                &plain,
                Pace::Daily,
                "2026-11-27T06:59:00Z",
                "2026-11-27T07:00:00Z",
            ),
            (
                &plain,
                Pace::Daily,
                "2026-11-27T07:00:00Z",
                "2026-11-28T07:00:00Z",
            ),
            (
                &night,
                Pace::Soon,
                "2026-11-27T20:57:00Z",
                "2026-11-27T20:59:00Z",
            ),
            (
                &night,
                Pace::Soon,
                "2026-11-27T20:58:00Z",
                "2026-11-28T06:00:00Z",
            ),
            (
                &night,
                Pace::Soon,
                "2026-11-28T02:00:00Z",
                "2026-11-28T06:00:00Z",
            ),
            (
                &noon,
                Pace::Hourly,
                "2026-11-27T10:30:00Z",
                "2026-11-27T12:00:00Z",
            ),
            // The night in which clocks go forward, and 02:30 is skipped.
            (
                &quiet("01:00", "02:30"),
                Pace::Soon,
                "2026-03-29T00:10:00Z",
                "2026-03-29T01:30:00Z",
            ),
        ] {
            let found = preferences.due(pace, &berlin(), at(now));
            assert_eq!(found, Some(at(due)), "{pace:?} {now}");
        }
        assert_eq!(
            plain.due(Pace::Off, &berlin(), at("2026-11-27T10:00:00Z")),
            None
        );
    }

    #[test]
    fn words_of_preferences_are_checked() {
        let read = |text: &str| serde_json::from_str::<Preferences>(text);
        let all = r#"{"email":{"commented":"daily"},"in_app":{"closed":false},"quiet_hours":{"from":"22:00","until":"07:00"}}"#;
        let read_all = read(all).expect("read");
        assert_eq!(read_all.email(Reason::Commented), Pace::Daily);
        assert_eq!(read_all.email(Reason::Assigned), Pace::Soon);
        assert!(!read_all.in_app(Reason::Closed) && read_all.in_app(Reason::Assigned));
        for wrong in [
            r#"{"email":{"noticed":"soon"}}"#,
            r#"{"email":{"assigned":"often"}}"#,
            r#"{"daily_at":"24:00"}"#,
            r#"{"daily_at":"8:00"}"#,
            r#"{"sound":true}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(quiet("07:00", "07:00").checked().is_err());
    }

    #[test]
    fn what_is_said_is_sent_as_soon_as_the_person_wants_to_read_it() {
        use Pace::{Daily, Hourly, Off, Soon};
        for (on_hold, commented, is_said, expected) in [
            (Off, Soon, true, Soon),
            (Off, Soon, false, Off),
            (Daily, Hourly, true, Hourly),
            (Soon, Off, true, Soon),
            (Off, Off, true, Off),
            (Hourly, Daily, true, Hourly),
        ] {
            let chosen = Preferences {
                email: [(Reason::OnHold, on_hold), (Reason::Commented, commented)].into(),
                ..Preferences::default()
            };
            let found = chosen.email_of(Reason::OnHold, is_said);
            assert_eq!(found, expected, "{on_hold:?} {commented:?} {is_said}");
        }
    }

    #[test]
    fn only_what_differs_from_the_start_is_kept() {
        let read = |text: &str| serde_json::from_str::<Preferences>(text).expect("read");
        let everything = r#"{"in_app":{"assigned":true,"closed":false},
            "email":{"assigned":"soon","closed":"off","commented":"daily"},
            "sms":{"assigned":false,"mentioned":true},"daily_at":"08:00"}"#;
        let kept =
            r#"{"in_app":{"closed":false},"email":{"commented":"daily"},"sms":{"mentioned":true}}"#;
        assert_eq!(read(everything).lean(), read(kept));
        let later = read(r#"{"daily_at":"08:01"}"#);
        assert_eq!(later.clone().lean(), later);
    }

    #[test]
    fn short_messages_are_chosen_and_wait_for_the_end_of_quiet_hours() {
        let plain = Preferences::default();
        assert!(Reason::ALL.iter().all(|reason| !plain.sms(*reason)));
        let read = |text: &str| serde_json::from_str::<Preferences>(text).expect("read");
        let on = read(r#"{"sms":{"assigned":true}}"#)
            .checked()
            .expect("allowed");
        assert!(on.sms(Reason::Assigned) && !on.sms(Reason::Commented));
        assert!(read(r#"{"sms":{"closed":true}}"#).checked().is_err());
        let night = quiet("22:00", "07:00");
        for (now, due) in [
            ("2026-11-27T20:59:00Z", "2026-11-27T20:59:00Z"),
            ("2026-11-27T21:00:00Z", "2026-11-28T06:00:00Z"),
        ] {
            assert_eq!(night.sms_due(true, &berlin(), at(now)), at(due), "{now}");
        }
    }

    proptest! {
        #[test]
        fn leaving_out_what_is_as_at_the_start_changes_nothing(
            in_app in prop::collection::vec(any::<bool>(), Reason::ALL.len()),
            email in prop::collection::vec(prop::sample::select(vec![Pace::Off, Pace::Soon, Pace::Hourly, Pace::Daily]),
                Reason::ALL.len()),
        ) {
            let all = Preferences {
                in_app: Reason::ALL.into_iter().zip(in_app).collect(),
                email: Reason::ALL.into_iter().zip(email).collect(),
                ..Preferences::default()
            };
            let lean = all.clone().lean();
            for reason in Reason::ALL {
                prop_assert_eq!(lean.email(reason), all.email(reason));
                prop_assert_eq!(lean.in_app(reason), all.in_app(reason));
            }
            prop_assert_eq!(lean.clone().lean(), lean);
        }

        #[test]
        fn mail_never_leaves_before_it_is_written_nor_in_quiet_hours(
            second in 1_700_000_000_i64..1_900_000_000,
            from in 0_i8..24,
            hours in 1_i8..24,
            pace in prop::sample::select(vec![Pace::Soon, Pace::Hourly, Pace::Daily]),
        ) {
            let now = Instant::from_second(second).expect("an instant");
            let until = (from + hours) % 24;
            let preferences = quiet(&format!("{from:02}:00"), &format!("{until:02}:00"));
            let zone = TimeZone::get("America/New_York").expect("a zone");
            let due = preferences.due(pace, &zone, now).expect("some time");
            prop_assert!(due > now);
            let hour = zone.to_datetime(due).hour();
            let is_quiet = if from < until { (from..until).contains(&hour) } else { hour >= from || hour < until };
            // An hour that clocks skip or repeat is not worth a rule.
            let is_change = zone.to_datetime(due).date().month() == 3 || zone.to_datetime(due).date().month() == 11;
            prop_assert!(!is_quiet || is_change, "{due}");
        }
    }
}
