//! The values that templates may use.

use super::letter::{Happening, Occasion, Section};
use minijinja::Value;
use std::collections::BTreeMap;
use steward_domain::notifications::templates::{Language, Part};
use steward_platform::rich_text;

/// A value that is offered, with what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offered {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
}

const fn offered(name: &'static str, about: &'static str) -> Offered {
    Offered { name, about }
}

/// What every template may use.
const ALWAYS: &[Offered] = &[
    offered("person.first_name", "First name of the one who reads it"),
    offered("person.last_name", "Their last name"),
    offered("organization", "Name of the organization"),
    offered(
        "preferences_link",
        "The page on which they choose what they get",
    ),
];

/// What the template of a reason may use too.
const OF_REASON: &[Offered] = &[
    offered("actor", "Who did it; none when the product did"),
    offered("comment", "What was said, as typed; none when nothing was"),
    offered("comment_html", "What was said, formatted; in HTML only"),
    offered("ticket.number", "Number of the ticket"),
    offered("ticket.title", "Its title"),
    offered("ticket.status", "Its status, in words"),
    offered("ticket.priority", "Its priority, in words"),
    offered(
        "ticket.link",
        "The page of the ticket that its reader may open",
    ),
];

/// What the template of the letter may use too.
const OF_LETTER: &[Offered] = &[
    offered(
        "tickets",
        "The tickets: {% for ticket in tickets %}…{% endfor %}",
    ),
    offered("ticket.number", "In that loop: number of the ticket"),
    offered("ticket.title", "In that loop: its title"),
    offered("ticket.status", "In that loop: its status, in words"),
    offered("ticket.priority", "In that loop: its priority, in words"),
    offered("ticket.link", "In that loop: the page of the ticket"),
    offered(
        "ticket.items",
        "In that loop: what happened, {% for item in ticket.items %}{{ item }}{% endfor %}",
    ),
];

/// What a template may use.
pub(super) fn offers(is_letter: bool) -> impl Iterator<Item = &'static Offered> {
    let own = if is_letter { OF_LETTER } else { OF_REASON };
    ALWAYS.iter().chain(own)
}

fn map(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::from(pairs.into_iter().collect::<BTreeMap<&'static str, Value>>())
}

fn always(occasion: &Occasion) -> Vec<(&'static str, Value)> {
    let person = [
        ("first_name", Value::from(occasion.first_name.as_str())),
        ("last_name", Value::from(occasion.last_name.as_str())),
    ];
    vec![
        ("person", map(person)),
        ("organization", Value::from(occasion.organization.as_str())),
        (
            "preferences_link",
            Value::from(occasion.preferences_link.as_str()),
        ),
    ]
}

fn ticket(section: &Section, language: Language) -> Vec<(&'static str, Value)> {
    vec![
        ("number", Value::from(section.number.as_str())),
        ("title", Value::from(section.title.as_str())),
        (
            "status",
            Value::from(super::words::status(&section.status, language)),
        ),
        (
            "priority",
            Value::from(super::words::priority(&section.priority, language)),
        ),
        ("link", Value::from(section.link.as_str())),
    ]
}

/// Values of the template of a reason.
pub(super) fn of_happening(
    part: Part,
    occasion: &Occasion,
    section: &Section,
    happening: &Happening,
) -> Value {
    let mut values = always(occasion);
    let said = happening.comment.as_deref();
    values.push(("actor", Value::from(happening.actor.as_deref())));
    values.push(("comment", Value::from(said)));
    if part == Part::Html {
        let html = said.map(|said| Value::from_safe_string(rich_text::mail(said)));
        values.push(("comment_html", Value::from(html)));
    }
    values.push(("ticket", map(ticket(section, occasion.language))));
    map(values)
}

/// Values of the template of the letter; `items` are written already, by ticket.
pub(super) fn of_letter(part: Part, occasion: &Occasion, items: &[Vec<String>]) -> Value {
    let item = |text: &String| match part {
        Part::Html => Value::from_safe_string(text.clone()),
        Part::Subject | Part::Text => Value::from(text.as_str()),
    };
    let tickets = occasion.sections.iter().zip(items).map(|(section, items)| {
        let mut values = ticket(section, occasion.language);
        values.push(("items", items.iter().map(item).collect::<Value>()));
        map(values)
    });
    let mut values = always(occasion);
    values.push(("tickets", tickets.collect::<Value>()));
    map(values)
}
