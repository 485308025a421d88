//! How alike two tickets are, from the words of their titles and descriptions.

use crate::search::words;
use std::collections::BTreeSet;

/// Most words of a title that are compared.
const MAX_WORDS: usize = 12;
/// Words shorter than this say nothing.
const MIN_LENGTH: usize = 3;
/// Tickets less alike than this are not shown.
pub const THRESHOLD: f64 = 0.4;

/// What is compared of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its description.
    pub description: &'a str,
    /// Its category.
    pub category: Option<&'a str>,
}

/// The words of a title that say what it is about: each once, the longest
/// first, because they are the rarest.
#[must_use]
pub fn telling_words(title: &str) -> Vec<String> {
    let found: BTreeSet<String> = words::words(title)
        .map(|(_, word)| word)
        .filter(|word| word.chars().count() >= MIN_LENGTH)
        .collect();
    let mut found: Vec<String> = found.into_iter().collect();
    found.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    found.truncate(MAX_WORDS);
    found
}

/// What to compare of a ticket: its title, with the beginning of its
/// description while the title has fewer than two telling words.
#[must_use]
pub fn about(title: &str, description: &str) -> String {
    if telling_words(title).len() >= 2 {
        return title.to_owned();
    }
    let beginning: String = description.chars().take(200).collect();
    format!("{title} {beginning}")
}

/// From 0 to 1: which part of the title's words, weighed by their length, the
/// other ticket's title has (in full) or its description (by half), and a
/// tenth for the same category.
#[must_use]
pub fn similarity(of: &Subject<'_>, to: &Subject<'_>) -> f64 {
    let wanted = telling_words(of.title);
    let set = |text: &str| -> BTreeSet<String> { words::words(text).map(|(_, w)| w).collect() };
    let (title, description) = (set(to.title), set(to.description));
    let weight = |word: &String| f64::from(u32::try_from(word.chars().count()).unwrap_or(0));
    let all: f64 = wanted.iter().map(weight).sum();
    if all == 0.0 {
        return 0.0;
    }
    let shared: f64 = wanted
        .iter()
        .map(|word| {
            if title.contains(word) {
                weight(word)
            } else if description.contains(word) {
                weight(word) / 2.0
            } else {
                0.0
            }
        })
        .sum();
    let same_category = of.category.is_some() && of.category == to.category;
    let category = if same_category { 0.1 } else { 0.0 };
    (0.9 * shared / all + category).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn subject<'a>(title: &'a str, description: &'a str, category: &'a str) -> Subject<'a> {
        Subject {
            title,
            description,
            category: Some(category).filter(|c| !c.is_empty()),
        }
    }

    #[test]
    fn a_short_title_is_helped_by_the_description() {
        assert_eq!(about("VPN drops", "again and again"), "VPN drops");
        assert_eq!(about("Help", "VPN drops"), "Help VPN drops");
        assert!(about("", &"x".repeat(1000)).len() < 300);
    }

    #[test]
    fn the_more_telling_words_are_shared_the_more_alike() {
        let vpn = subject("VPN drops every few minutes", "", "network");
        // From the most to the least alike.
        let others = [
            subject("vpn drops every few minutes", "", "network"),
            subject("VPN drops every few minutes!", "", ""),
            subject("The VPN drops after minutes", "every day", ""),
            subject("Tunnel is gone", "the VPN drops every hour", ""),
            subject("Printer drops paper", "", ""),
            subject("Printer is on fire", "", "network"),
            subject("Printer is on fire", "", ""),
        ];
        let scores: Vec<f64> = others.iter().map(|o| similarity(&vpn, o)).collect();
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
        assert!((scores[0] - 1.0).abs() < 1e-9 && scores[6] == 0.0);
        assert!(scores[2] > THRESHOLD && scores[4] < THRESHOLD, "{scores:?}");
    }

    #[test]
    fn the_longest_words_come_first_each_once_without_short_ones() {
        assert_eq!(
            telling_words("No Wi-Fi at the Müller wifi, Wifi off"),
            ["muller", "wifi", "off", "the"]
        );
        assert!(telling_words("a -- b").is_empty());
    }

    proptest! {
        #[test]
        fn likeness_is_from_0_to_1_and_a_ticket_is_like_itself(a in ".{0,60}", b in ".{0,60}", c in ".{0,60}") {
            let (one, other) = (subject(&a, &b, "x"), subject(&c, &a, "x"));
            let score = similarity(&one, &other);
            prop_assert!((0.0..=1.0).contains(&score));
            let itself = similarity(&one, &one);
            prop_assert!(telling_words(&a).is_empty() || (itself - 1.0).abs() < 1e-9);
        }
    }
}
