//! The calculator: the clock's arithmetic on a calendar given with the question.

use super::dto::{CalculateAnswer, CalculateInput, CalendarHours, WeeklyInput};
use steward_domain::calendar::{Calendar, Holiday, Mistake};
use steward_domain::sla::calculator::{self, Answer, Question};
use steward_domain::sla::pauses::{Pauses, Refusal};
use steward_kernel::{Error, Result};

/// Answers one question.
///
/// # Errors
/// Names the first field that is not valid.
pub fn calculate(input: &CalculateInput) -> Result<CalculateAnswer> {
    let calendar = calendar(&input.calendar)?;
    let pauses = pauses(input)?;
    let question = question(input)?;
    Ok(match calculator::answer(&calendar, &pauses, &question) {
        Answer::Elapsed(seconds) => CalculateAnswer {
            due_at: None,
            elapsed_seconds: Some(seconds),
            remaining_seconds: None,
            state: None,
        },
        Answer::Due { due_at, standing } => CalculateAnswer {
            due_at: Some(due_at),
            elapsed_seconds: standing.map(|s| s.elapsed_seconds),
            remaining_seconds: standing.map(|s| s.remaining_seconds),
            state: standing.map(|s| s.state.into()),
        },
    })
}

/// Reads one question and answers it: for the command line.
///
/// # Errors
/// When the text is no question, or a field is not valid.
pub fn calculate_line(line: &[u8]) -> Result<CalculateAnswer> {
    calculate(&steward_platform::http::read_json(line)?)
}

fn calendar(input: &CalendarHours) -> Result<Calendar> {
    build(&input.time_zone, &input.weekly, &input.holidays).map_err(|mut mistake| {
        mistake.place = format!("calendar.{}", mistake.place);
        invalid(&mistake)
    })
}

/// A mistake as an answer names it.
pub(super) fn invalid(mistake: &Mistake) -> Error {
    Error::field(mistake.place.clone(), "invalid", mistake.problem.clone())
}

/// A calendar ready to count with.
pub(super) fn build(
    time_zone: &str,
    weekly: &WeeklyInput,
    holidays: &[String],
) -> Result<Calendar, Mistake> {
    let mut dates = Vec::with_capacity(holidays.len());
    for (at, text) in holidays.iter().enumerate() {
        let date: Holiday = text.parse().map_err(|problem: &str| Mistake {
            place: format!("holidays[{at}]"),
            problem: problem.to_owned(),
        })?;
        dates.push(date);
    }
    match weekly {
        WeeklyInput::Always(_) => Calendar::always(time_zone, &dates),
        WeeklyInput::Hours(hours) => Calendar::new(time_zone, &hours.days(), &dates),
    }
}

fn pauses(input: &CalculateInput) -> Result<Pauses> {
    let list: Vec<_> = input.pauses.iter().map(|p| (p.from, p.to)).collect();
    Pauses::new(&list).map_err(|refusal| match refusal {
        Refusal::Reversed(at) => {
            Error::field(format!("pauses[{at}].to"), "invalid", refusal.to_string())
        }
        Refusal::TooMany => Error::field("pauses", "too_many", refusal.to_string()),
    })
}

fn question(input: &CalculateInput) -> Result<Question> {
    let required = |field: &str, other: &str| {
        let hint = format!("write {field} together with {other}");
        Error::field(field, "required", hint)
    };
    let excess = |field: &str| {
        let hint = "ask either with start and target_minutes, or with from and to";
        Err(Error::field(field, "invalid", hint))
    };
    if input.from.is_some() || input.to.is_some() {
        for (field, is_given) in [
            ("start", input.start.is_some()),
            ("target_minutes", input.target_minutes.is_some()),
            ("at", input.at.is_some()),
        ] {
            if is_given {
                return excess(field);
            }
        }
        let from = input.from.ok_or_else(|| required("from", "to"))?;
        let to = input.to.ok_or_else(|| required("to", "from"))?;
        if to < from {
            return Err(Error::field("to", "invalid", "to cannot be before from"));
        }
        return Ok(Question::Elapsed { from, to });
    }
    let start = input.start;
    let start = start.ok_or_else(|| required("start", "target_minutes"))?;
    let minutes = input.target_minutes;
    let minutes = minutes.ok_or_else(|| required("target_minutes", "start"))?;
    if minutes < 0 {
        let hint = "a target is not less than 0 minutes";
        return Err(Error::field("target_minutes", "out_of_range", hint));
    }
    Ok(Question::Due {
        start,
        target_seconds: minutes.saturating_mul(60),
        at: input.at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn question() -> Value {
        json!({"calendar": {"time_zone": "Europe/Berlin",
                "weekly": {"monday": [["09:00", "12:00"], ["13:00", "17:00"]], "friday": [["22:00", "06:00"]]},
                "holidays": ["2026-12-25"]},
            "start": "2026-03-27T15:30:00Z", "target_minutes": 240,
            "pauses": [{"from": "2026-03-27T16:00:00Z", "to": "2026-03-30T08:00:00Z"}],
            "at": "2026-03-30T09:00:00Z"})
    }

    fn answer(question: &Value) -> Value {
        match calculate_line(question.to_string().as_bytes()) {
            Ok(answer) => serde_json::to_value(answer).expect("an answer"),
            Err(error) => json!(error.errors.first().map(|e| e.field.clone())),
        }
    }

    #[test]
    fn the_documented_question_is_answered() {
        let expected = json!({"due_at": "2026-03-30T13:00:00Z", "elapsed_seconds": 3600,
            "remaining_seconds": 10_800, "state": "running"});
        assert_eq!(answer(&question()), expected);
        let mut without = question();
        without.as_object_mut().expect("an object").remove("at");
        assert_eq!(answer(&without), json!({"due_at": "2026-03-30T13:00:00Z"}));
        without["calendar"]["weekly"] = json!({});
        assert_eq!(answer(&without), json!({"due_at": null}));
        let elapsed = json!({"calendar": {"time_zone": "UTC", "weekly": "24x7"},
            "from": "2026-03-27T15:30:00Z", "to": "2026-03-27T15:30:10.9Z"});
        assert_eq!(answer(&elapsed), json!({"elapsed_seconds": 10}));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        let cases = [
            (
                "/calendar/time_zone",
                json!("Mars/Olympus"),
                "calendar.time_zone",
            ),
            ("/calendar/weekly", json!("always"), "calendar.weekly"),
            (
                "/calendar/weekly/monday/0/0",
                json!("9:00"),
                "calendar.weekly.monday[0][0]",
            ),
            (
                "/calendar/weekly/monday/1",
                json!(["13:00"]),
                "calendar.weekly.monday[1]",
            ),
            (
                "/calendar/holidays/0",
                json!("Christmas"),
                "calendar.holidays[0]",
            ),
            (
                "/pauses/0/to",
                json!("2026-03-27T15:59:59Z"),
                "pauses[0].to",
            ),
            ("/pauses/0/from", json!("yesterday"), "pauses[0].from"),
            ("/target_minutes", json!(-1), "target_minutes"),
            ("/target_minutes", json!(1.5), "target_minutes"),
            ("/target_minutes", Value::Null, "target_minutes"),
            ("/start", json!("2026-03-27T15:30:00"), "start"),
        ];
        for (place, value, field) in cases {
            let mut wrong = question();
            *wrong.pointer_mut(place).expect("a place") = value;
            assert_eq!(answer(&wrong), json!(field), "{place}");
        }
        let mut more = question();
        more["calendar"]["weekly"]["someday"] = json!([]);
        assert_eq!(answer(&more), json!("calendar.weekly.someday"));
        let mut both = question();
        both["from"] = json!("2026-03-27T15:30:00Z");
        assert_eq!(answer(&both), json!("start"));
    }
}
