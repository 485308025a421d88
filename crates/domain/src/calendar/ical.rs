//! Holidays from iCalendar files (RFC 5545): all-day events as dates.
//!
//! Rules are expanded when a file is read, in a window around now; what is kept
//! are dates, so that zones and libraries do not matter later.

use super::date::{civil, day_of};
use icalendar::parser::{Component, read_components, unfold};
use jiff::civil::Date;
use rrule::RRuleSet;
use std::collections::{BTreeMap, BTreeSet};

/// Longest file.
pub const MAX_BYTES: usize = 1_000_000;
/// Years before and after this one for which rules are expanded.
const YEARS: (i16, i16) = (1, 10);
/// Most dates of one rule.
const MAX_DATES: u16 = 4000;
/// Longest all-day event.
const MAX_DAYS: i64 = 31;
/// Deepest nesting of components; the parser calls itself for each.
const MAX_DEPTH: usize = 8;

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays {
    /// Dates with the names of their events.
    pub dates: BTreeMap<Date, String>,
    /// Events that are no holidays: at a time of day, cancelled, not readable.
    pub skipped: usize,
}

/// Why a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too long.
    #[error("the file is longer than 1 MB")]
    TooLong,
    /// No iCalendar file.
    #[error("this is not an iCalendar file (it begins with BEGIN:VCALENDAR)")]
    NotReadable,
    /// No holidays in it.
    #[error("the file has no all-day events of these years")]
    Empty,
    /// Too many.
    #[error("the file has more than 5,000 dates")]
    TooMany,
}

/// Reads the all-day events of a file; rules are expanded around `today`.
///
/// # Errors
/// When it is no such file, or has no or too many of them.
pub fn read(text: &str, today: Date) -> Result<Holidays, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooLong);
    }
    let text = unfold(text.trim_start_matches('\u{feff}'));
    if !is_shallow(&text) {
        return Err(Refusal::NotReadable);
    }
    let components = read_components(&text).map_err(|_| Refusal::NotReadable)?;
    let calendars = components.iter().filter(|c| c.name == "VCALENDAR");
    let events: Vec<&Component<'_>> = calendars
        .flat_map(|c| &c.components)
        .filter(|c| c.name == "VEVENT")
        .collect();
    if events.is_empty() {
        return Err(Refusal::NotReadable);
    }
    let moved: BTreeSet<(String, i64)> = events.iter().filter_map(|e| instance(e)).collect();
    let mut found = Holidays::default();
    for event in events {
        match dates(event, &moved, today) {
            Some(dates) => {
                let name = summary(event);
                for day in dates {
                    let (year, month, date) = civil(day);
                    let year = i16::try_from(year).unwrap_or(i16::MAX);
                    if let Ok(date) = Date::new(year, month, date) {
                        found.dates.entry(date).or_insert_with(|| name.clone());
                    }
                }
            }
            None => found.skipped += 1,
        }
    }
    match found.dates.len() {
        0 => Err(Refusal::Empty),
        n if n > super::MAX_HOLIDAYS => Err(Refusal::TooMany),
        _ => Ok(found),
    }
}

fn is_shallow(text: &str) -> bool {
    let mut depth = 0_usize;
    for line in text.lines() {
        let is = |word: &str| {
            line.get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        if is("BEGIN:") {
            depth += 1;
        } else if is("END:") {
            depth = depth.saturating_sub(1);
        }
        if depth > MAX_DEPTH {
            return false;
        }
    }
    true
}

fn value<'a>(event: &'a Component<'_>, name: &str) -> Option<&'a str> {
    event.find_prop(name).map(|p| p.val.as_str().trim())
}

/// Days since 1970-01-01 of `20261225`.
fn day(text: &str) -> Option<i64> {
    let is_date = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_date {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to);
    let year = number(0, 4)?.parse().ok()?;
    let month = number(4, 6)?.parse().ok()?;
    let date = Date::new(year, month, number(6, 8)?.parse().ok()?).ok()?;
    Some(day_of(date))
}

/// The occurrence of a rule that this event stands for.
fn instance(event: &Component<'_>) -> Option<(String, i64)> {
    let uid = value(event, "UID")?;
    Some((uid.to_owned(), day(value(event, "RECURRENCE-ID")?)?))
}

fn summary(event: &Component<'_>) -> String {
    let text = value(event, "SUMMARY").unwrap_or_default();
    let text = text
        .replace("\\n", " ")
        .replace("\\N", " ")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\");
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// The dates of an all-day event within the window.
fn dates(
    event: &Component<'_>,
    moved: &BTreeSet<(String, i64)>,
    today: Date,
) -> Option<BTreeSet<i64>> {
    let start = day(value(event, "DTSTART")?)?;
    if value(event, "STATUS").is_some_and(|s| s.eq_ignore_ascii_case("CANCELLED")) {
        return None;
    }
    let end = value(event, "DTEND").and_then(day).unwrap_or(start + 1);
    let length = (end - start).clamp(1, MAX_DAYS);
    let first = Date::new(today.year() - YEARS.0, 1, 1).map_or(start, day_of);
    let last = Date::new(today.year() + YEARS.1, 12, 31).map_or(start, day_of);
    let mut starts = match value(event, "RRULE") {
        Some(rule) => expand(start, rule, (first - MAX_DAYS, last))?,
        None => BTreeSet::from([start]),
    };
    for (name, adds) in [("RDATE", true), ("EXDATE", false)] {
        let all = event.properties.iter().filter(|p| p.name == name);
        for listed in all.flat_map(|p| p.val.as_str().split(',')) {
            let Some(day) = listed.trim().get(..8).and_then(day) else {
                continue;
            };
            if adds {
                starts.insert(day);
            } else {
                starts.remove(&day);
            }
        }
    }
    if event.find_prop("RECURRENCE-ID").is_none() {
        let uid = value(event, "UID").unwrap_or_default().to_owned();
        starts.retain(|day| !moved.contains(&(uid.clone(), *day)));
    }
    let all = starts.into_iter().flat_map(|day| day..day + length);
    Some(all.filter(|day| (first..=last).contains(day)).collect())
}

/// The starts of a rule within a window. Rules finer than a day are refused:
/// an all-day event has none.
fn expand(start: i64, rule: &str, (first, last): (i64, i64)) -> Option<BTreeSet<i64>> {
    let rule = rule.to_ascii_uppercase();
    let mut parts = Vec::new();
    for part in rule.split(';').filter(|part| !part.is_empty()) {
        let (name, text) = part.split_once('=')?;
        match name {
            "FREQ" if !["DAILY", "WEEKLY", "MONTHLY", "YEARLY"].contains(&text) => return None,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => return None,
            // All days are dates without a time here.
            "UNTIL" => parts.push(format!("UNTIL={}T235959Z", text.get(..8)?)),
            _ => parts.push(part.to_owned()),
        }
    }
    let (year, month, date) = civil(start);
    let text = format!(
        "DTSTART:{year:04}{month:02}{date:02}T000000Z\nRRULE:{}",
        parts.join(";")
    );
    let set: RRuleSet = text.parse().ok()?;
    let mut found = BTreeSet::new();
    // The list is bounded, and so is the search for its next date.
    for at in set.all(MAX_DATES).dates {
        let day = at.timestamp().div_euclid(86_400);
        if day > last {
            break;
        }
        if day >= first {
            found.insert(day);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(events: &str) -> String {
        let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n");
        text.replace('\n', "\r\n")
    }

    fn event(lines: &str) -> String {
        format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\n")
    }

    fn read_dates(events: &str) -> Vec<String> {
        let today = jiff::civil::date(2026, 6, 1);
        let found = read(&file(events), today).expect("holidays");
        let texts = found.dates.iter().map(|(d, name)| format!("{d} {name}"));
        texts.collect()
    }

    #[test]
    fn all_day_events_become_dates_with_names() {
        let events = event(
            "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christmas\\, both days",
        ) + &event("DTSTART:20261224T120000Z\nSUMMARY:A lunch")
            + &event("DTSTART;VALUE=DATE:20261231\nSTATUS:CANCELLED\nSUMMARY:Not this one")
            + &event("DTSTART;VALUE=DATE:20100101\nSUMMARY:Long ago");
        let today = jiff::civil::date(2026, 6, 1);
        let found = read(&file(&events), today).expect("holidays");
        assert_eq!(found.skipped, 2);
        assert_eq!(
            read_dates(&events),
            [
                "2026-12-25 Christmas, both days",
                "2026-12-26 Christmas, both days"
            ]
        );
    }

    #[test]
    fn rules_are_expanded_around_today() {
        let fourth = event(
            "DTSTART;VALUE=DATE:20001123\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\nSUMMARY:Thanks",
        );
        let dates = read_dates(&fourth);
        assert_eq!((dates.len(), dates[0].as_str()), (12, "2025-11-27 Thanks"));
        let until = event(
            "DTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;UNTIL=20270501\nEXDATE;VALUE=DATE:20260501\nRDATE;VALUE=DATE:20260504\nSUMMARY:May",
        );
        assert_eq!(
            read_dates(&until),
            ["2025-05-01 May", "2026-05-04 May", "2027-05-01 May"]
        );
        let moved = event("DTSTART;VALUE=DATE:20260501\nRRULE:FREQ=YEARLY;COUNT=2\nSUMMARY:May")
            + &event(
                "RECURRENCE-ID;VALUE=DATE:20270501\nDTSTART;VALUE=DATE:20270503\nSUMMARY:Moved",
            );
        assert_eq!(read_dates(&moved), ["2026-05-01 May", "2027-05-03 Moved"]);
    }

    #[test]
    fn what_is_no_calendar_of_holidays_is_refused_and_never_runs_on() {
        let today = jiff::civil::date(2026, 6, 1);
        assert_eq!(read("hello", today), Err(Refusal::NotReadable));
        assert_eq!(read("", today), Err(Refusal::NotReadable));
        assert_eq!(
            read(&"x".repeat(MAX_BYTES + 1), today),
            Err(Refusal::TooLong)
        );
        let deep = "BEGIN:VEVENT\n".repeat(50_000);
        assert_eq!(read(&file(&deep), today), Err(Refusal::NotReadable));
        for rule in [
            "FREQ=SECONDLY",
            "FREQ=DAILY;BYHOUR=1,2",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=NEVER",
            "x",
        ] {
            let events = event(&format!(
                "DTSTART;VALUE=DATE:20260101\nRRULE:{rule}\nSUMMARY:x"
            ));
            let found = read(&file(&events), today);
            assert!(matches!(found, Err(Refusal::Empty)), "{rule}: {found:?}");
        }
        // Without an end: as far as the window goes.
        let daily = event("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY\nSUMMARY:x");
        assert!(read(&file(&daily), today).expect("dates").dates.len() > 3000);
    }
}
