//! Names of the keys that sign mail.

use steward_kernel::{Error, Result};

/// Most keys of a deployment: old ones wait for mail that is on its way.
pub const MOST_KEYS: usize = 20;

fn is_label(text: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    (1..=63).contains(&text.len())
        && is_edge(text.chars().next())
        && is_edge(text.chars().next_back())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// A domain in lower case.
///
/// # Errors
/// When it is none.
pub fn domain(text: &str) -> Result<String> {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    let is_domain = text.len() <= 253 && text.contains('.') && text.split('.').all(is_label);
    if is_domain {
        return Ok(text);
    }
    let hint = "write the domain of the sender, such as example.com";
    Err(Error::field("domain", "invalid", hint))
}

/// A selector in lower case (RFC 6376 §3.1); one label, so that it is one record.
///
/// # Errors
/// When it is none.
pub fn selector(text: &str) -> Result<String> {
    let text = text.trim().to_lowercase();
    if is_label(&text) {
        return Ok(text);
    }
    let hint = "use letters, digits and hyphens, at most 63";
    Err(Error::field("selector", "invalid", hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_name_with_a_dot() {
        for (text, expected) in [
            ("Example.com", Some("example.com")),
            (" mail.example.co.uk. ", Some("mail.example.co.uk")),
            ("xn--bcher-kva.example", Some("xn--bcher-kva.example")),
            ("localhost", None),
            ("", None),
            ("a..b", None),
            ("-a.b", None),
            ("a b.c", None),
            ("ex\u{e4}mple.com", None),
            ("a.b\nc.d", None),
        ] {
            assert_eq!(domain(text).ok().as_deref(), expected, "{text:?}");
        }
        assert!(domain(&format!("{}.com", "a".repeat(64))).is_err());
        assert!(domain(&format!("{}com", "a.".repeat(130))).is_err());
    }

    #[test]
    fn a_selector_is_one_label() {
        for (text, expected) in [
            ("Steward-2026", Some("steward-2026")),
            ("s1", Some("s1")),
            ("a.b", None),
            ("", None),
            ("-a", None),
            ("a_b", None),
            ("a;p=", None),
        ] {
            assert_eq!(selector(text).ok().as_deref(), expected, "{text:?}");
        }
    }
}
