//! Texts that agents answer with, and the places in them that a ticket fills.

use steward_kernel::text::check_length;
use steward_kernel::{Error, Result};

/// Most templates of an organization.
pub const MOST: usize = 500;

/// Everything that can stand between `{{` and `}}`.
pub const PLACEHOLDERS: &[&str] = &[
    "ticket.number",
    "ticket.title",
    "requester.first_name",
    "requester.name",
    "agent.first_name",
    "agent.name",
    "team.name",
];

/// A part of a template.
enum Part<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

/// Parts in order. A `{{` that nothing closes is text.
fn parts(body: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some((before, inside)) = rest.split_once("{{") {
        let Some((name, after)) = inside.split_once("}}") else {
            break;
        };
        found.push(Part::Text(before));
        found.push(Part::Placeholder(name.trim()));
        rest = after;
    }
    found.push(Part::Text(rest));
    found
}

/// Checks name and text of a template.
///
/// # Errors
/// Names the field, and what can stand between `{{` and `}}`.
pub fn check(name: &str, body: &str) -> Result<()> {
    if name.trim().is_empty() {
        return Err(Error::field("name", "required", "give it a name"));
    }
    check_length("name", name, 200)?;
    if body.trim().is_empty() {
        return Err(Error::field("body", "required", "write the text"));
    }
    check_length("body", body, 20_000)?;
    for part in parts(body) {
        if let Part::Placeholder(name) = part
            && !PLACEHOLDERS.contains(&name)
        {
            let known = PLACEHOLDERS.join(", ");
            let hint = format!("'{{{{{name}}}}}' is unknown; use one of: {known}");
            return Err(Error::field("body", "unknown_placeholder", hint));
        }
    }
    Ok(())
}

/// The text with its places filled, each once: what a value itself says
/// between `{{` and `}}` stays as it is. What has no value is left empty.
#[must_use]
pub fn render(body: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(body.len());
    for part in parts(body) {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Placeholder(name) => text.push_str(&value(name).unwrap_or_default()),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(name: &str) -> Option<String> {
        match name {
            "ticket.number" => Some("INC-000042".to_owned()),
            "ticket.title" => Some("{{agent.name}}".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn places_are_filled_once() {
        for (body, expected) in [
            ("About {{ticket.number}}:", "About INC-000042:"),
            (
                "{{ ticket.number }}{{ticket.number}}",
                "INC-000042INC-000042",
            ),
            ("{{ticket.title}}", "{{agent.name}}"),
            ("{{team.name}}!", "!"),
            ("a {{ b", "a {{ b"),
            ("a }} b", "a }} b"),
        ] {
            assert_eq!(render(body, value), expected, "{body}");
        }
    }

    #[test]
    fn a_template_names_only_places_that_there_are() {
        for (name, body, field) in [
            ("a", "{{ticket.secret}}", Some("body")),
            ("a", "{{}}", Some("body")),
            ("a", "{{ticket.number", None),
            ("a", " ", Some("body")),
            (" ", "a", Some("name")),
            ("a", "Dear {{requester.first_name}}", None),
        ] {
            let found = check(name, body).err().map(|e| e.errors[0].field.clone());
            assert_eq!(found.as_deref(), field, "{body}");
        }
        assert!(check(&"x".repeat(201), "a").is_err());
        assert!(check("a", &"x".repeat(20_001)).is_err());
    }

    proptest! {
        #[test]
        fn text_without_places_stays_as_it_is(body in "[^{}]{0,40}") {
            prop_assert_eq!(render(&body, value), body);
        }
    }
}
