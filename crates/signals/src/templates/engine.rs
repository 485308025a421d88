//! Jinja templates in a closed room: no files, no other templates, and an end
//! in time and size. HTML is escaped here and made harmless by who sends it.

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};
use std::sync::LazyLock;
use steward_domain::notifications::templates::Part;

/// Steps that every template may take, beside those for what it shows. A step
/// also pays for 64 bytes of text.
const STEPS: u64 = 20_000;
const RECURSION: usize = 30;

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Line, from 1.
    pub(super) line: usize,
    /// Column in characters, from 1.
    pub(super) column: usize,
    /// What is wrong.
    pub(super) message: String,
    /// What would be right, where it is known.
    pub(super) hint: Option<&'static str>,
}

static ROOM: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut room = Environment::new();
    room.set_undefined_behavior(UndefinedBehavior::Strict);
    room.set_recursion_limit(RECURSION);
    room.set_debug(true);
    room.set_auto_escape_callback(|name| match name {
        "html" => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    room.remove_filter("safe");
    room.add_filter("quote", quote);
    room
});

/// Lines of a text as mail quotes them.
fn quote(text: String) -> String {
    let lines = text.lines().map(|line| format!("> {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes `source` with these values; `size` is how many bytes of text are in them.
///
/// # Errors
/// The first thing that is wrong with it.
pub(super) fn render(
    part: Part,
    source: &str,
    values: &Value,
    size: usize,
) -> Result<String, Fault> {
    let mut room = ROOM.clone();
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    room.set_fuel(Some(STEPS.saturating_add(size / 4)));
    let template = room.template_from_named_str(part.as_str(), source);
    let template = template.map_err(|error| fault(&error, source))?;
    let text = template.render(values.clone());
    let text = text.map_err(|error| fault(&error, source))?;
    Ok(match part {
        Part::Subject => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Part::Text | Part::Html => text,
    })
}

fn fault(error: &Error, source: &str) -> Fault {
    let start = error.range().map(|range| range.start);
    let line = error.line().unwrap_or(1);
    let before = start.and_then(|start| source.get(..start));
    let column = before.map_or(1, |before| {
        let line = before.rsplit('\n').next().unwrap_or(before);
        line.chars().count() + 1
    });
    let known = error.kind().to_string();
    let message = match error.detail() {
        Some(detail) => format!("{known}: {detail}"),
        None => known,
    };
    Fault {
        line,
        column,
        message,
        hint: hint(error.kind()),
    }
}

fn hint(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::SyntaxError => Some(
            "close every {{ with }}, every {% if %} with {% endif %}, every {% for %} with {% endfor %}",
        ),
        ErrorKind::UndefinedError => Some("use only the values that are offered"),
        ErrorKind::UnknownFilter => Some(
            "among the filters are quote, upper, lower, title, trim, truncate, default, length, join, first, last",
        ),
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => {
            Some("values have no functions; use filters, as in {{ ticket.title | upper }}")
        }
        ErrorKind::OutOfFuel => Some("it does too much: use fewer loops and shorter texts"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn values() -> Value {
        let ticket = BTreeMap::from([("title", Value::from("<b>VPN</b>\r\nBcc: x"))]);
        let values = BTreeMap::from([
            ("name", Value::from("Lea & Omar")),
            ("ticket", Value::from(ticket)),
            ("said", Value::from("one\ntwo")),
            ("html", Value::from_safe_string("<b>one</b>".to_owned())),
        ]);
        Value::from(values)
    }

    fn written(part: Part, source: &str) -> Result<String, Fault> {
        render(part, source, &values(), 100)
    }

    #[test]
    fn each_part_is_escaped_as_it_must_be() {
        for (part, source, expected) in [
            (Part::Text, "{{ name }}", "Lea & Omar"),
            (
                Part::Html,
                "{{ name }}{{ html }}",
                "Lea &amp; Omar<b>one</b>",
            ),
            (
                Part::Subject,
                "Re:\n{{ ticket.title }}",
                "Re: <b>VPN</b> Bcc: x",
            ),
            (Part::Text, "{{ said | quote }}", "> one\n> two"),
        ] {
            assert_eq!(written(part, source).as_deref(), Ok(expected), "{source}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (source, line, column, word) in [
            ("a\nb {{ nobody }}", 2, 6, "undefined"),
            ("{{ ticket.nothing }}", 1, 4, "undefined"),
            ("a\n\n{% if name %}", 3, 12, "syntax"),
            ("x {{ name | shout }}", 1, 13, "shout"),
            ("{{ name | safe }}", 1, 11, "safe"),
            ("ü {{ nobody }}", 1, 6, "undefined"),
        ] {
            let fault = written(Part::Text, source).expect_err(source);
            assert!(fault.message.contains(word), "{source}: {fault:?}");
            assert_eq!(
                (fault.line, fault.column),
                (line, column),
                "{source}: {fault:?}"
            );
        }
    }

    #[test]
    fn a_template_reaches_nothing_outside_and_comes_to_an_end() {
        for source in [
            "{% include 'text' %}",
            "{% extends 'text' %}",
            "{% import 'text' as x %}",
            "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
            "{{ 'x' * 100000000 }}",
            "{% set x = 'xxxxxxxxxxxxxxxx' %}{% for a in range(40) %}{{ x * 100000 }}{% endfor %}",
            "{{ name.__class__ }}",
        ] {
            assert!(written(Part::Text, source).is_err(), "{source}");
        }
        let doubled = "{% set x = x ~ x %}".repeat(40);
        let doubled = format!("{{% set x = said %}}{doubled}{{{{ x }}}}");
        assert!(written(Part::Text, &doubled).is_err());
    }
}
