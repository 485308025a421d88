//! Splitting texts into words that compare alike: lower case, no accents
//! (Unicode NFKD, UAX #15), letters and digits only.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most words of one text that are indexed.
pub const MAX_WORDS: usize = 20_000;
/// Longest word that is indexed, in characters; PostgreSQL ends at 2 KB.
const MAX_WORD: usize = 64;

/// A word as it is compared.
#[must_use]
pub fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        let mut folded = word.to_ascii_lowercase();
        folded.retain(|c| c.is_ascii_alphanumeric());
        folded.truncate(MAX_WORD);
        return folded;
    }
    word.nfkd()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .take(MAX_WORD)
        .collect()
}

/// Words of a text with the bytes where they stand.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    raw_words(text).filter_map(|(range, raw)| {
        let folded = fold_word(raw);
        (!folded.is_empty()).then_some((range, folded))
    })
}

/// Words as they are written.
fn raw_words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(inside)?;
        let rest = text.get(start..)?;
        let end = rest.find(|c| !inside(c)).map_or(text.len(), |n| start + n);
        at = end;
        Some((start..end, text.get(start..end)?))
    })
}

/// How well a term is found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// Not at all.
    Not,
    /// As the beginning of a word.
    Beginning,
    /// As a whole word.
    Whole,
}

/// How well each of the terms is found in a text, in their order.
#[must_use]
pub fn found(text: &str, terms: &[Term]) -> Vec<Found> {
    let mut best = vec![Found::Not; terms.len()];
    for (_, raw) in raw_words(text) {
        // Most words are ASCII, and most are none of the terms: those are
        // compared where they stand.
        let folded = (!raw.is_ascii()).then(|| fold_word(raw));
        for (term, best) in terms.iter().zip(&mut best) {
            let now = folded
                .as_deref()
                .map_or_else(|| term.found_in_ascii(raw), |word| term.found_in(word));
            *best = now.max(*best);
        }
        if best.iter().all(|best| *best == Found::Whole) {
            break;
        }
    }
    best
}

/// A text as it is indexed: its folded words, joined by blanks.
#[must_use]
pub fn fold(text: &str) -> String {
    let folded: Vec<String> = words(text).map(|(_, word)| word).take(MAX_WORDS).collect();
    folded.join(" ")
}

/// A word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Folded.
    pub word: String,
    /// Whether it may be the beginning of a word.
    pub is_prefix: bool,
}

impl Term {
    /// Whether a folded word is meant.
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        if self.is_prefix {
            word.starts_with(&self.word)
        } else {
            word == self.word
        }
    }

    fn found_in(&self, word: &str) -> Found {
        if word == self.word {
            Found::Whole
        } else if self.is_prefix && word.starts_with(&self.word) {
            Found::Beginning
        } else {
            Found::Not
        }
    }

    /// As [`Term::found_in`], of a word that is ASCII but not folded yet.
    fn found_in_ascii(&self, raw: &str) -> Found {
        let raw = raw.get(..MAX_WORD).unwrap_or(raw);
        let Some(beginning) = raw.get(..self.word.len()) else {
            return Found::Not;
        };
        if !beginning.eq_ignore_ascii_case(&self.word) {
            Found::Not
        } else if raw.len() == self.word.len() {
            Found::Whole
        } else if self.is_prefix {
            Found::Beginning
        } else {
            Found::Not
        }
    }
}

/// A piece of a text, highlighted or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The text as written.
    pub text: String,
    /// Whether a term matches here.
    pub is_match: bool,
}

/// Characters shown before the first match of an excerpt.
const BEFORE: usize = 40;

/// About `length` characters of `text` around the first match, cut at words,
/// matches marked; `None` when no term matches.
#[must_use]
pub fn excerpt(text: &str, terms: &[Term], length: usize) -> Option<Vec<Segment>> {
    let matches: Vec<Range<usize>> = words(text)
        .filter(|(_, word)| terms.iter().any(|term| term.matches(word)))
        .map(|(range, _)| range)
        .collect();
    let first = matches.first()?;
    let start = back(text, first.start, BEFORE);
    let end = forth(text, start, length.max(first.end - start));
    let mut segments = Vec::new();
    if start > 0 {
        segments.push(plain("…"));
    }
    let mut at = start;
    for range in matches.into_iter().take_while(|range| range.end <= end) {
        segments.extend(
            text.get(at..range.start)
                .filter(|t| !t.is_empty())
                .map(plain),
        );
        at = range.end;
        segments.extend(text.get(range).map(|text| Segment {
            text: text.to_owned(),
            is_match: true,
        }));
    }
    segments.extend(text.get(at..end).filter(|t| !t.is_empty()).map(plain));
    if end < text.len() {
        segments.push(plain("…"));
    }
    Some(segments)
}

fn plain(text: &str) -> Segment {
    Segment {
        text: text.to_owned(),
        is_match: false,
    }
}

/// Start of a word at most `characters` before `at`.
fn back(text: &str, at: usize, characters: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let Some((start, _)) = before.char_indices().rev().take(characters).last() else {
        return 0;
    };
    if start == 0 {
        return 0;
    }
    let cut = text.get(start..at).unwrap_or_default();
    cut.find(char::is_whitespace)
        .and_then(|blank| cut.get(blank..))
        .map_or(at, |rest| at - rest.trim_start().len())
}

/// End of the word that stands `characters` after `from`.
fn forth(text: &str, from: usize, characters: usize) -> usize {
    let after = text.get(from..).unwrap_or_default();
    let Some((at, _)) = after.char_indices().nth(characters) else {
        return text.len();
    };
    let tail = after.get(at..).unwrap_or_default();
    from + at + tail.find(char::is_whitespace).unwrap_or(tail.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_lose_case_accents_and_punctuation() {
        assert_eq!(
            fold("Zürich: VPN-Ausfall (2×), ﬁle café"),
            "zurich vpn ausfall 2 file cafe"
        );
        assert_eq!(fold("日本語 テスト"), "日本語 テスト");
        assert_eq!(fold("  -- "), "");
    }

    fn term(word: &str, is_prefix: bool) -> Term {
        Term {
            word: word.to_owned(),
            is_prefix,
        }
    }

    fn shown(segments: &[Segment]) -> String {
        segments
            .iter()
            .map(|s| {
                if s.is_match {
                    format!("[{}]", s.text)
                } else {
                    s.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn an_excerpt_marks_what_matches_as_it_was_written() {
        let found = excerpt(
            "The café's VPN drops",
            &[term("cafe", false), term("dro", true)],
            100,
        );
        assert_eq!(shown(&found.expect("found")), "The [café]'s VPN [drops]");
        assert_eq!(excerpt("The VPN", &[term("vp", false)], 100), None);
    }

    #[test]
    fn a_long_text_is_cut_at_words_around_the_first_match() {
        let text = format!("{} needle {}", "hay ".repeat(50), "straw ".repeat(50));
        let found = shown(&excerpt(&text, &[term("needle", false)], 60).expect("found"));
        assert!(
            found.starts_with("…hay") && found.ends_with("straw…"),
            "{found}"
        );
        assert!(
            found.contains("[needle]") && found.chars().count() < 80,
            "{found}"
        );
    }

    proptest! {
        #[test]
        fn terms_are_found_as_among_the_folded_words(
            text in "[ab1Ä. ]{0,12}", word in "[ab1]{1,3}", is_prefix: bool
        ) {
            let term = Term { word, is_prefix };
            let all: Vec<String> = words(&text).map(|(_, word)| word).collect();
            let expected = if all.contains(&term.word) {
                Found::Whole
            } else if all.iter().any(|word| term.matches(word)) {
                Found::Beginning
            } else {
                Found::Not
            };
            prop_assert_eq!(found(&text, &[term]), vec![expected]);
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn an_excerpt_is_found_for_every_word_of_a_text(text in "\\PC{1,80}") {
            for (_, word) in words(&text) {
                let found = excerpt(&text, &[Term { word: word.clone(), is_prefix: false }], 40);
                prop_assert!(found.is_some_and(|s| s.iter().any(|s| s.is_match)), "{word:?}");
            }
        }
    }
}
