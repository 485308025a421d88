//! What an organization tells all of its people.

use crate::tickets::model::vocabulary;
use steward_kernel::text::check_length;
use steward_kernel::{Error, Instant, Result};

vocabulary! {
    /// How much it matters.
    Severity {
        /// Good to know.
        Info = "info",
        /// Something will not work as usual.
        Warning = "warning",
        /// Something is down.
        Outage = "outage",
    }
}

vocabulary! {
    /// Who reads it.
    Audience {
        /// Everyone.
        All = "all",
        /// Those who read internal notes.
        Agents = "agents",
    }
}

/// Checks an announcement as a whole.
///
/// # Errors
/// Names the field that is wrong.
pub fn check(title: &str, body: &str, starts: Instant, ends: Option<Instant>) -> Result<()> {
    if title.trim().is_empty() {
        return Err(Error::field("title", "required", "say what it is about"));
    }
    check_length("title", title, 200)?;
    check_length("body", body, 20_000)?;
    if ends.is_some_and(|ends| ends <= starts) {
        let hint = "it must end after it starts";
        return Err(Error::field("ends_at", "out_of_range", hint));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_has_a_title_and_ends_after_it_starts() {
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        let (one, two) = (at("2026-01-01T10:00:00Z"), at("2026-01-01T11:00:00Z"));
        for (title, body, starts, ends, field) in [
            ("Mail", "", one, None, None),
            ("Mail", "", one, Some(two), None),
            ("Mail", "", one, Some(one), Some("ends_at")),
            ("Mail", "", two, Some(one), Some("ends_at")),
            (" ", "", one, None, Some("title")),
        ] {
            let found = check(title, body, starts, ends).err();
            let found = found.map(|e| e.errors[0].field.clone());
            assert_eq!(found.as_deref(), field, "{title}");
        }
        assert!(check("x", &"x".repeat(20_001), one, None).is_err());
        assert!(check(&"x".repeat(201), "", one, None).is_err());
    }
}
