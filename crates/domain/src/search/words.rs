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
    word.nfkd()
        .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .take(MAX_WORD)
        .collect()
}

/// Words of a text with the bytes where they stand.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> + '_ {
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, _) = rest.find(|(_, c)| inside(*c))?;
            let mut end = text.len();
            while let Some((at, c)) = rest.peek() {
                if !inside(*c) {
                    end = *at;
                    break;
                }
                rest.next();
            }
            let folded = fold_word(text.get(start..end).unwrap_or_default());
            if !folded.is_empty() {
                return Some((start..end, folded));
            }
        }
    })
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
