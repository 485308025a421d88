//! From text to a tree, with places. The parser is the crate's second one,
//! which is hidden in its documentation: the first, of ANTLR, is thirty times
//! slower and has had inputs that cost gigabytes.

use super::{MAX_SOURCE, Mistake};
use crate::expr::problem::Place;
use cel::IdedExpr;
use cel::common::ast::SourceInfo;
use cel::parser::{ParseError, PrattParser};
use std::sync::Arc;

/// Deepest nesting that the parser follows.
const MAX_RECURSION: u16 = 48;
/// Mistakes of form that are told at once.
const MOST_TOLD: usize = 5;

fn parser() -> PrattParser {
    PrattParser::new().max_recursion_depth(MAX_RECURSION)
}

/// Reads the form of a text.
pub(super) fn parse(text: &str) -> Result<IdedExpr, Vec<Mistake>> {
    let whole = |code, message: String, hint: &str| {
        vec![Mistake {
            code,
            message,
            hint: Some(hint.to_owned()),
            place: Place::START,
        }]
    };
    if text.len() > MAX_SOURCE {
        let message = format!("use at most {MAX_SOURCE} bytes");
        return Err(whole("too_long", message, "spread it over several parts"));
    }
    if text.trim().is_empty() || text.contains('\0') {
        let message = "this text is empty or holds a zero character".to_owned();
        return Err(whole("empty", message, "write ticket.priority == 'high'"));
    }
    parser().parse(text).map_err(|found| {
        let told = found.errors.iter().take(MOST_TOLD);
        told.map(|error| malformed(text, error)).collect()
    })
}

fn malformed(text: &str, error: &ParseError) -> Mistake {
    let is_deep = error.msg.contains("recursion limit");
    let (code, message) = if is_deep {
        (
            "too_deep",
            "this is nested too deep to be followed".to_owned(),
        )
    } else {
        let said = error.msg.trim_start_matches("Syntax error: ");
        ("malformed", format!("this is no CEL: {said}"))
    };
    let (line, byte) = error.pos;
    Mistake {
        code,
        message,
        hint: None,
        place: in_characters(text, line, byte),
    }
}

/// The parser counts bytes of a line, people count characters.
fn in_characters(text: &str, line: isize, byte: isize) -> Place {
    let line = usize::try_from(line).unwrap_or(1).max(1);
    let byte = usize::try_from(byte).unwrap_or(1).max(1);
    let before = text.split('\n').nth(line - 1).unwrap_or_default();
    let in_front = before.char_indices().take_while(|(at, _)| at + 1 < byte);
    Place::new(line, in_front.count() + 1)
}

/// Where the parts of a text stand.
pub(super) struct Places(Option<Arc<SourceInfo>>);

impl Places {
    /// The parser tells places only beside an error: the text is read again
    /// with one behind it. The numbers of its parts are the same.
    pub(super) fn of(text: &str) -> Self {
        let spoilt = format!("{text}\n)");
        let errors = match parser().parse(&spoilt) {
            Ok(_) => Vec::new(),
            Err(found) => found.errors,
        };
        Self(errors.into_iter().find_map(|error| error.source_info))
    }

    /// The byte at which the token of a part begins.
    pub(super) fn offset(&self, id: u64) -> Option<usize> {
        let (start, _) = self.0.as_ref()?.offset_for(id)?;
        usize::try_from(start).ok()
    }
}

/// The place of a byte.
pub(super) fn place(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or_default();
    let last = before.rsplit('\n').next().unwrap_or_default();
    Place::new(before.matches('\n').count() + 1, last.chars().count() + 1)
}
