//! Reading what a test compares with.

use super::{cut, problem, shown};
use crate::expr::model::{
    FieldRef, MAX_LIST, MAX_MINUTES, MAX_NUMBER, MAX_TEXT, Operand, Takes, Type,
};
use crate::expr::problem::{Problem, did_you_mean};
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// Reads the value of a test of `field`.
pub(super) fn read(
    value: &Value,
    at: &str,
    field: &FieldRef,
    takes: Takes,
    words: &[String],
) -> Result<Operand, Vec<Problem>> {
    if takes == Takes::Duration {
        return minutes(value, at)
            .map(Operand::Minutes)
            .map_err(|p| vec![p]);
    }
    let one = |value: &Value| [(at.to_owned(), value.clone())].to_vec();
    let items = if takes == Takes::List {
        list(value, at).map_err(|p| vec![p])?
    } else {
        one(value)
    };
    match field.value_type() {
        Type::Word | Type::Text | Type::Tags => {
            let read = items.iter().map(|(at, item)| text(item, at, field, words));
            all(read).map(Operand::Texts)
        }
        Type::Person | Type::Team | Type::Department | Type::Site => {
            all(items.iter().map(|(at, item)| id(item, at))).map(Operand::Ids)
        }
        Type::Number => number(value, at).map(Operand::Number).map_err(|p| vec![p]),
        Type::Flag => value.as_bool().map(Operand::Flag).ok_or_else(|| {
            vec![wrong_type(
                at,
                "yes or no is asked here",
                "write true or false",
            )]
        }),
        Type::Instant => instant(value, at).map(Operand::At).map_err(|p| vec![p]),
    }
}

/// Every value, or every mistake.
fn all<T>(read: impl Iterator<Item = Result<T, Problem>>) -> Result<Vec<T>, Vec<Problem>> {
    let mut values = Vec::new();
    let mut problems = Vec::new();
    for item in read {
        match item {
            Ok(value) => values.push(value),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(values)
    } else {
        Err(problems)
    }
}

fn wrong_type(at: &str, message: &str, hint: &str) -> Problem {
    problem(at, "wrong_type", message, Some(hint))
}

fn list(value: &Value, at: &str) -> Result<Vec<(String, Value)>, Problem> {
    let items = value
        .as_array()
        .ok_or_else(|| wrong_type(at, "this operator takes a list", "write [...]"))?;
    if items.is_empty() {
        return Err(problem(
            at,
            "empty",
            "this list is empty",
            Some("name at least one value"),
        ));
    }
    if items.len() > MAX_LIST {
        let message = format!("a list has at most {MAX_LIST} values");
        return Err(problem(at, "too_many", message, None));
    }
    let place = |(i, item): (usize, &Value)| (format!("{at}/{i}"), item.clone());
    Ok(items.iter().enumerate().map(place).collect())
}

fn text(value: &Value, at: &str, field: &FieldRef, words: &[String]) -> Result<String, Problem> {
    let text = value
        .as_str()
        .ok_or_else(|| wrong_type(at, "a text is asked here", "write it in quotation marks"))?;
    if text.chars().count() > MAX_TEXT {
        let message = format!("use at most {MAX_TEXT} characters");
        return Err(problem(at, "too_long", message, None));
    }
    if text.is_empty() || text.contains('\0') {
        let hint = if field.can_be_empty() {
            Some("use is_empty for what is not there")
        } else {
            None
        };
        return Err(problem(
            at,
            "empty",
            "this text is empty or holds a zero character",
            hint,
        ));
    }
    if field.value_type() == Type::Word
        && !words.is_empty()
        && !words.iter().any(|word| word == text)
    {
        let near = did_you_mean(text, words.iter().map(String::as_str));
        let hint = near.map_or_else(
            || format!("known are {}", words.join(", ")),
            |near| format!("did you mean {near}?"),
        );
        let message = format!("'{}' is no {}", cut(text), field.name());
        return Err(problem(at, "unknown_value", message, Some(&hint)));
    }
    Ok(text.to_owned())
}

fn id(value: &Value, at: &str) -> Result<Uuid, Problem> {
    let id = value.as_str().and_then(|text| text.parse().ok());
    id.ok_or_else(|| wrong_type(at, "an id is asked here", "write a UUID in quotation marks"))
}

fn number(value: &Value, at: &str) -> Result<i64, Problem> {
    let number = value.as_i64().ok_or_else(|| {
        wrong_type(
            at,
            "a whole number is asked here",
            "write it without quotation marks",
        )
    })?;
    if !(-MAX_NUMBER..=MAX_NUMBER).contains(&number) {
        let message = format!("{} is out of range", shown(value));
        let hint = format!("write -{MAX_NUMBER} to {MAX_NUMBER}");
        return Err(problem(at, "out_of_range", message, Some(&hint)));
    }
    Ok(number)
}

/// An instant, to the microsecond that databases keep.
fn instant(value: &Value, at: &str) -> Result<Timestamp, Problem> {
    let hint = "write an instant such as 2026-01-15T10:00:00Z";
    let read = value
        .as_str()
        .and_then(|text| text.parse::<Timestamp>().ok());
    let read = read.ok_or_else(|| wrong_type(at, "an instant is asked here", hint))?;
    let bounds = Timestamp::UNIX_EPOCH.as_second()..=LAST;
    if !bounds.contains(&read.as_second()) || read.subsec_nanosecond() % 1000 != 0 {
        let message = "instants go from 1970 to 2200, to the microsecond";
        return Err(problem(at, "out_of_range", message, Some(hint)));
    }
    Ok(read)
}

/// The end of the year 2200.
const LAST: i64 = 7_289_654_399;

/// `30m`, `12h`, `7d` or `2w`.
fn minutes(value: &Value, at: &str) -> Result<i64, Problem> {
    let hint = "write a number and m, h, d or w, such as 30m, 12h, 7d";
    let wrong = || wrong_type(at, "a length of time is asked here", hint);
    let text = value.as_str().ok_or_else(wrong)?;
    let unit = text.chars().next_back().ok_or_else(wrong)?;
    let each = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        'w' => 7 * 24 * 60,
        _ => return Err(wrong()),
    };
    let digits = text.strip_suffix(unit).unwrap_or_default();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let minutes = digits.parse::<i64>().ok().and_then(|n| n.checked_mul(each));
    minutes
        .filter(|m| (1..=MAX_MINUTES).contains(m))
        .ok_or_else(|| {
            problem(
                at,
                "out_of_range",
                "this is not between 1 minute and 10 years",
                Some(hint),
            )
        })
}
