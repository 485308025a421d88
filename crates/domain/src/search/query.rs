//! Queries in words: `status:open priority:high assignee:me vpn dro`.

use super::words::{Term, words};

/// Names that filter; any other `name:value` is searched as text.
pub const FILTERS: &[&str] = &[
    "is",
    "status",
    "priority",
    "kind",
    "sla",
    "assignee",
    "requester",
    "team",
    "tag",
    "category",
];

/// Most terms of one query; more only cost time.
const MAX_TERMS: usize = 16;

/// What a query asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Filters by name, in the order written.
    pub filters: Vec<(&'static str, String)>,
    /// Words that must all occur.
    pub terms: Vec<Term>,
}

/// Reads a query. Values with blanks stand in quotes: `team:"Service desk"`.
/// A word with `*` behind it is a beginning, and so is the last word while it
/// is being typed (no blank behind it).
#[must_use]
pub fn parse(text: &str) -> Query {
    let mut query = Query::default();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = token_end(rest);
        let token = rest.get(..end).unwrap_or_default();
        rest = rest.get(end..).unwrap_or_default();
        let is_last = rest.is_empty();
        rest = rest.trim_start();
        if let Some((name, value)) = filter(token) {
            query.filters.push((name, value));
        } else {
            let is_prefix = token.ends_with('*') || (is_last && !token.ends_with('"'));
            let mut found: Vec<Term> = words(token)
                .map(|(_, word)| Term {
                    word,
                    is_prefix: false,
                })
                .collect();
            if let Some(last) = found.last_mut() {
                last.is_prefix = is_prefix;
            }
            query.terms.extend(found);
        }
    }
    query.terms.truncate(MAX_TERMS);
    query
}

/// First blank outside quotes.
fn token_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c.is_whitespace() && !quoted {
            return at;
        }
    }
    text.len()
}

fn filter(token: &str) -> Option<(&'static str, String)> {
    let (name, value) = token.split_once(':')?;
    let name = FILTERS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(name))?;
    let value = value.trim_matches('"').trim();
    (!value.is_empty()).then(|| (*name, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(query: &Query) -> Vec<String> {
        query
            .terms
            .iter()
            .map(|t| format!("{}{}", t.word, if t.is_prefix { "*" } else { "" }))
            .collect()
    }

    #[test]
    fn filters_and_words_are_told_apart() {
        let query = parse(
            r#"status:open vpn team:"Service desk" https://x.example SLA:breached is:mine dro"#,
        );
        let expected = [
            ("status", "open".to_owned()),
            ("team", "Service desk".to_owned()),
            ("sla", "breached".to_owned()),
            ("is", "mine".to_owned()),
        ];
        assert_eq!(query.filters, expected);
        assert_eq!(terms(&query), ["vpn", "https", "x", "example", "dro*"]);
    }

    #[test]
    fn a_finished_word_is_whole_and_a_star_makes_a_beginning() {
        assert_eq!(terms(&parse("vpn ")), ["vpn"]);
        assert_eq!(terms(&parse("vp* drops ")), ["vp*", "drops"]);
        assert_eq!(terms(&parse("\"vpn\"")), ["vpn"]);
        assert_eq!(terms(&parse("status:")), ["status*"]);
        assert_eq!(parse("  "), Query::default());
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_gives_only_plain_words(text in "\\PC{0,80}") {
            for term in parse(&text).terms {
                prop_assert!(!term.word.is_empty() && term.word.chars().all(char::is_alphanumeric));
            }
        }
    }
}
