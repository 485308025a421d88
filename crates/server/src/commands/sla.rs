//! `steward sla calculate`, one question and one answer a line, and `steward
//! rebuild sla`.

use super::Failure;
use serde_json::{Value, json};
use std::io::{BufRead, Read, Write};
use steward_desk::sla;
use steward_kernel::{Error, ErrorCode, Instant};
use steward_platform::App;

/// Longest line, as long as the longest body over HTTP.
const LONGEST: usize = 1024 * 1024;

/// Answers each line in order; blank lines are passed over.
///
/// # Errors
/// At the end, when a line could not be answered; at once, when reading or
/// writing fails.
pub fn calculate(mut questions: impl BufRead, mut answers: impl Write) -> Result<(), Failure> {
    let mut refused = 0_usize;
    let mut line = Vec::new();
    loop {
        line.clear();
        let most = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        if questions.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let answer = if line.len() == LONGEST && line.last() != Some(&b'\n') {
            skip_line(&mut questions)?;
            let detail = "a line has at most 1 MiB";
            Err(Error::new(ErrorCode::MalformedRequest, detail))
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            sla::calculate_line(line.trim_ascii())
        };
        match answer {
            Ok(answer) => serde_json::to_writer(&mut answers, &answer)?,
            Err(error) => {
                refused += 1;
                serde_json::to_writer(&mut answers, &json!({"error": describe(&error)}))?;
            }
        }
        answers.write_all(b"\n")?;
    }
    answers.flush()?;
    match refused {
        0 => Ok(()),
        n => Err(format!("{n} lines could not be answered").into()),
    }
}

/// Works out all clocks again and tells what differs from the kept ones; with
/// `is_check` nothing is changed.
///
/// # Errors
/// When the database does not answer; with `is_check` when anything differs.
pub async fn rebuild(app: &App, is_check: bool, now: Instant) -> Result<(), Failure> {
    let report = sla::rebuild(app, is_check, now).await?;
    for line in &report.differences {
        println!("{line}");
    }
    let (tickets, clocks, n) = (report.tickets, report.clocks, report.differences.len());
    println!("{tickets} tickets, {clocks} clocks, {n} differences");
    if is_check && n > 0 {
        return Err(
            "the kept clocks are not what the history says; run `steward rebuild sla`".into(),
        );
    }
    Ok(())
}

fn skip_line(questions: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let read = questions.fill_buf()?;
        let end = read.iter().position(|b| *b == b'\n');
        let length = read.len();
        questions.consume(end.map_or(length, |at| at + 1));
        if end.is_some() || length == 0 {
            return Ok(());
        }
    }
}

fn describe(error: &Error) -> Value {
    json!({"code": error.code, "detail": error.detail, "errors": error.errors})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_answered_in_order_and_a_bad_one_fails_at_the_end() {
        let good = r#"{"calendar":{"time_zone":"UTC","weekly":"24x7"},"start":"2026-03-27T15:30:00Z","target_minutes":1}"#;
        let long = format!("{{\"x\":\"{}\"}}", "y".repeat(LONGEST));
        let input = format!("{good}\n\nnonsense\n{long}\n{good}");
        let mut output = Vec::new();
        let outcome = calculate(input.as_bytes(), &mut output);
        let lines: Vec<Value> = output
            .split(|b| *b == b'\n')
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_slice(l).expect("JSON"))
            .collect();
        let due = json!({"due_at": "2026-03-27T15:31:00Z"});
        assert_eq!((&lines[0], &lines[3], lines.len()), (&due, &due, 4));
        assert_eq!(lines[1]["error"]["code"], "MALFORMED_REQUEST");
        assert!(
            lines[2]["error"]["detail"]
                .as_str()
                .is_some_and(|d| d.contains("1 MiB"))
        );
        assert_eq!(
            outcome.expect_err("two bad lines").to_string(),
            "2 lines could not be answered"
        );
        let mut output = Vec::new();
        assert!(calculate(good.as_bytes(), &mut output).is_ok());
    }
}
