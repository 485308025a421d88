//! Comparing letters without case, the same in memory and in both databases.
//!
//! Each letter stands for itself and every letter whose simple lower case is
//! the same (so `K`, `k` and the Kelvin sign are one; `ß` and `ss` are not).
//! No database folds so by itself: a pattern names the letters of each place.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The letter that stands for all of its cases.
#[must_use]
pub(super) fn fold(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Letters other than the folded one that fold to it.
static UPPER: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut upper: HashMap<char, Vec<char>> = HashMap::new();
    for c in '\u{0}'..=char::MAX {
        let folded = fold(c);
        if folded != c {
            upper.entry(folded).or_default().push(c);
        }
    }
    upper
});

/// Every letter that compares equal to `c`, the folded one first.
#[must_use]
pub fn same_letters(c: char) -> Vec<char> {
    let folded = fold(c);
    let mut all = vec![folded];
    all.extend(UPPER.get(&folded).into_iter().flatten());
    all
}

/// A text whose letters are folded.
#[must_use]
pub(super) fn fold_text(text: &str) -> String {
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_the_same_whatever_their_case() {
        for (a, b) in [("Über", "üBER"), ("ΣΊΣΥΦΟΣ", "σίσυφοσ"), ("\u{212a}", "k")]
        {
            assert_eq!(fold_text(a), fold_text(b), "{a} {b}");
        }
        for (a, b) in [("ß", "ss"), ("é", "e"), ("İ", "i")] {
            assert_ne!(fold_text(a), fold_text(b), "{a} {b}");
        }
    }

    #[test]
    fn the_letters_of_a_place_are_exactly_those_that_fold_alike() {
        for c in ['k', 'ß', 'ÿ', 'σ', '1', '*', 'ж', 'İ', 'ǆ'] {
            let all = same_letters(c);
            for other in '\u{0}'..='\u{2fff}' {
                assert_eq!(all.contains(&other), fold(other) == fold(c), "{c} {other}");
            }
        }
    }
}
