//! What is wrong with a condition, and where.

use steward_kernel::{Error, ErrorCode, FieldError};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands (JSON Pointer, RFC 6901): `/all/0/value`.
    pub pointer: String,
    /// Stable machine code: `unknown_field`, `wrong_type`.
    pub code: &'static str,
    /// Says what is wrong.
    pub message: String,
    /// Says what would be right.
    pub hint: Option<String>,
    /// Where in the text that stands there, when that has a form of its own.
    pub place: Option<Place>,
}

/// A place in a text, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The character of the line.
    pub column: u32,
}

impl Place {
    /// The first character.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place of a line and a character of it, both from 1.
    #[must_use]
    pub fn new(line: usize, column: usize) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            line: number(line),
            column: number(column),
        }
    }
}

/// The refusal of a condition that came in as `field`; a place inside it
/// follows the name: `condition/all/0/value`.
#[must_use]
pub fn refusal(field: &str, problems: Vec<Problem>) -> Error {
    let errors: Vec<FieldError> = problems
        .into_iter()
        .map(|problem| FieldError {
            field: format!("{field}{}", problem.pointer),
            code: problem.code.to_owned(),
            message: told(problem.message, problem.hint, problem.place),
        })
        .collect();
    let first = errors.first();
    let detail = first.map_or_else(String::new, |e| format!("{}: {}", e.field, e.message));
    Error {
        errors,
        ..Error::new(ErrorCode::ValidationError, detail)
    }
}

fn told(message: String, hint: Option<String>, place: Option<Place>) -> String {
    let text = match hint {
        Some(hint) => format!("{message}: {hint}"),
        None => message,
    };
    match place {
        Some(Place { line, column }) => format!("line {line}, column {column}: {text}"),
        None => text,
    }
}

/// The word of `known` that `word` was probably meant to be.
#[must_use]
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let most = (word.len() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Letters to insert, delete, replace or swap with their neighbour.
fn distance(word: &[char], candidate: &str) -> usize {
    let candidate: Vec<char> = candidate.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=candidate.len()).collect();
    let mut previous: Option<char> = None;
    for (row, a) in word.iter().enumerate() {
        let mut line = vec![row + 1];
        let mut left: Option<char> = None;
        for (column, b) in candidate.iter().enumerate() {
            let at = |line: &[usize], i: usize| line.get(i).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&last, column) + usize::from(a != b))
                .min(at(&last, column + 1) + 1)
                .min(at(&line, column) + 1);
            if column > 0 && previous == Some(*b) && left == Some(*a) {
                best = best.min(at(&before_last, column - 1).saturating_add(1));
            }
            line.push(best);
            left = Some(*b);
        }
        before_last = std::mem::replace(&mut last, line);
        previous = Some(*a);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["priority", "status", "team", "created_at"];
        for (word, expected) in [
            ("prority", Some("priority")),
            ("Priority", Some("priority")),
            ("pirority", Some("priority")),
            ("statsu", Some("status")),
            ("createdat", Some("created_at")),
            ("colour", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(did_you_mean(word, known), expected, "{word}");
        }
    }
}
