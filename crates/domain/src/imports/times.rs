//! Times of a log: text in a stated form, with or without a zone.

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use steward_kernel::Instant;

/// How a log writes times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeFormat {
    /// RFC 3339 (`2026-01-15T10:00:00Z`); without an offset in the stated zone.
    Rfc3339,
    /// A `strptime` pattern such as `%d-%m-%Y %H:%M`.
    Pattern(String),
}

/// A time, and a text of it that does not depend on the zone it was read in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Instant,
    /// The same for the same cell, whatever the organization's zone is by now.
    pub text: String,
}

impl TimeFormat {
    /// `rfc3339` or a `strptime` pattern.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.eq_ignore_ascii_case("rfc3339") {
            Self::Rfc3339
        } else {
            Self::Pattern(text.to_owned())
        }
    }

    /// Reads a time; a local one that does not exist or exists twice is taken
    /// as RFC 5545 does: by the offset before the gap, and the earlier one.
    #[must_use]
    pub fn read(&self, text: &str, zone: &TimeZone) -> Option<Moment> {
        let text = text.trim();
        match self {
            Self::Rfc3339 => match text.parse::<Instant>() {
                Ok(at) => moment(at, at.to_string()),
                Err(_) => local(text.parse().ok()?, zone),
            },
            Self::Pattern(pattern) => {
                let parsed = strtime::parse(pattern, text).ok()?;
                if parsed.offset().is_some() {
                    let at = parsed.to_timestamp().ok()?;
                    return moment(at, at.to_string());
                }
                local(parsed.to_datetime().ok()?, zone)
            }
        }
    }
}

fn local(at: DateTime, zone: &TimeZone) -> Option<Moment> {
    let zoned = at.to_zoned(zone.clone()).ok()?;
    moment(zoned.timestamp(), at.to_string())
}

/// Databases keep microseconds and four-digit years.
fn moment(at: Instant, text: String) -> Option<Moment> {
    let at = Instant::from_microsecond(at.as_microsecond()).ok()?;
    let earliest = -62_135_596_800; // the year 1
    (at.as_second() >= earliest).then_some(Moment { at, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_stated_form_and_zone() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        let cases = [
            (
                "%d-%m-%Y %H:%M",
                "29-02-2016 01:23",
                Some("2016-02-29T00:23:00Z"),
            ),
            (
                "%d-%m-%Y %H:%M",
                " 29-02-2016 01:23 ",
                Some("2016-02-29T00:23:00Z"),
            ),
            ("%d-%m-%Y %H:%M", "29-02-2015 01:23", None),
            ("%d-%m-%Y %H:%M", "2016-02-29 01:23", None),
            ("%d-%m-%Y %H:%M", "29-02-2016 01:23 or so", None),
            ("%d-%m-%Y %H:%M", "29-02-2016 24:61", None),
            ("%d-%m-%Y %H:%M", "", None),
            ("%d.%m.%Y", "01.07.2016", Some("2016-06-30T22:00:00Z")),
            (
                "%Y-%m-%d %H:%M %z",
                "2016-02-29 01:23 +0500",
                Some("2016-02-28T20:23:00Z"),
            ),
            (
                "rfc3339",
                "2016-02-29T01:23:00Z",
                Some("2016-02-29T01:23:00Z"),
            ),
            (
                "rfc3339",
                "2016-02-29 01:23:00+05:00",
                Some("2016-02-28T20:23:00Z"),
            ),
            (
                "rfc3339",
                "2016-02-29T01:23:00",
                Some("2016-02-29T00:23:00Z"),
            ),
            // In the gap of spring the earlier offset holds; in autumn the earlier instant.
            (
                "%d-%m-%Y %H:%M",
                "27-03-2016 02:30",
                Some("2016-03-27T01:30:00Z"),
            ),
            (
                "%d-%m-%Y %H:%M",
                "30-10-2016 02:30",
                Some("2016-10-30T00:30:00Z"),
            ),
        ];
        for (pattern, text, expected) in cases {
            let read = TimeFormat::new(pattern).read(text, &berlin);
            assert_eq!(
                read.map(|m| m.at.to_string()).as_deref(),
                expected,
                "{text} as {pattern}"
            );
        }
    }

    #[test]
    fn the_text_of_a_local_time_is_the_same_in_every_zone() {
        let format = TimeFormat::new("%d-%m-%Y %H:%M");
        let tokyo = TimeZone::get("Asia/Tokyo").expect("a zone");
        let (a, b) = (
            format.read("29-02-2016 01:23", &tokyo).expect("read"),
            format
                .read("29-02-2016 01:23", &TimeZone::UTC)
                .expect("read"),
        );
        assert_ne!(a.at, b.at);
        assert_eq!(a.text, b.text);
    }
}
