//! CEL text as a part of a condition, for what tests of one field cannot say.
//!
//! Everything that knows the crate `cel` is in here. A text is read, checked
//! and bounded once ([`Cel::read`]): unknown names, types that do not fit and
//! texts that could take long are refused with their place, so evaluation has
//! no budget of its own. It sees one ticket and the given `now`, nothing else.
//!
//! Language: <https://github.com/google/cel-spec/blob/master/doc/langdef.md>,
//! of it what [`check`] lets through; `lower()` is ours.

#[cfg(test)]
mod agreement_tests;
mod calls;
mod check;
mod eval;
mod kinds;
mod parse;
#[cfg(test)]
mod tests;

use super::fields::Fields;
use super::model::FieldRef;
use super::predicate::Facts;
use super::problem::{Place, Problem, did_you_mean};
use ::cel::IdedExpr;
use std::collections::BTreeSet;
use std::sync::Arc;
use steward_kernel::Instant;

/// Longest text, in bytes.
pub const MAX_SOURCE: usize = 2048;
/// Most elements of a list that is written out.
pub const MAX_ELEMENTS: usize = 50;
/// Comprehensions (`exists`, `all`, `filter` …) inside each other.
pub const MAX_LOOPS: usize = 2;

/// A checked expression that says yes or no of a ticket.
#[derive(Debug, Clone)]
pub struct Cel {
    text: String,
    program: Arc<IdedExpr>,
    fields: BTreeSet<FieldRef>,
}

impl PartialEq for Cel {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Cel {}

impl Cel {
    /// Reads and checks a text that stands at `pointer` of a condition.
    ///
    /// # Errors
    /// Every mistake, each with its line and column.
    pub fn read(text: &str, fields: &Fields, pointer: &str) -> Result<Self, Vec<Problem>> {
        let place = |mistake: Mistake| mistake.at(pointer);
        let refused = |all: Vec<Mistake>| -> Vec<Problem> { all.into_iter().map(place).collect() };
        let program = parse::parse(text).map_err(refused)?;
        match check::check(&program, fields) {
            Ok(fields) => Ok(Self {
                text: text.to_owned(),
                program: Arc::new(program),
                fields,
            }),
            Err(found) => {
                let places = parse::Places::of(text);
                let told = found.into_iter().map(|wrong| wrong.told(text, &places));
                let mut told: Vec<Mistake> = told.collect();
                told.sort_by_key(|mistake| mistake.place);
                Err(told.into_iter().map(place).collect())
            }
        }
    }

    /// The text as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The fields that it looks at.
    #[must_use]
    pub const fn fields(&self) -> &BTreeSet<FieldRef> {
        &self.fields
    }

    /// Whether it is true of a ticket.
    ///
    /// # Errors
    /// Says why it has no answer: a value that it needs is absent, a division
    /// by zero.
    pub fn answer(&self, facts: &Facts, now: Instant) -> Result<bool, String> {
        eval::answer(&self.program, &self.fields, facts, now)
    }

    /// Whether it is true of a ticket; what has no answer is not.
    #[must_use]
    pub fn matches(&self, facts: &Facts, now: Instant) -> bool {
        self.answer(facts, now).unwrap_or(false)
    }
}

/// One thing that is wrong with a text.
struct Mistake {
    code: &'static str,
    message: String,
    hint: Option<String>,
    place: Place,
}

impl Mistake {
    fn at(self, pointer: &str) -> Problem {
        Problem {
            pointer: pointer.to_owned(),
            code: self.code,
            message: self.message,
            hint: self.hint,
            place: Some(self.place),
        }
    }
}
