//! The values that templates may use.

use super::letter::{Happening, Occasion, Section};
use minijinja::Value;
use std::collections::BTreeMap;
use steward_domain::notifications::templates::{Language, Matter, Medium, Part, TemplateKey};
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

const PERSON: &[Offered] = &[
    offered("person.first_name", "First name of the one who reads it"),
    offered("person.last_name", "Their last name"),
];

const TEAM: &[Offered] = &[offered("team", "Name of the team that reads it")];

const ORGANIZATION: &[Offered] = &[offered("organization", "Name of the organization")];

const PREFERENCES: &[Offered] = &[offered(
    "preferences_link",
    "The page on which they choose what they get",
)];

/// What the template of a reason or topic may use too.
const HAPPENED: &[Offered] = &[
    offered("actor", "Who did it; none when the product did"),
    offered("comment", "What was said, as typed; none when nothing was"),
];

const HAPPENED_HTML: &[Offered] = &[offered(
    "comment_html",
    "What was said, formatted; in HTML only",
)];

const TICKET: &[Offered] = &[
    offered("ticket.number", "Number of the ticket"),
    offered("ticket.title", "Its title"),
    offered("ticket.status", "Its status, in words"),
    offered("ticket.priority", "Its priority, in words"),
];

const TICKET_LINK: &[Offered] = &[offered(
    "ticket.link",
    "The page of the ticket that its reader may open",
)];

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

/// What the template of a message may use too.
const ITEMS: &[Offered] = &[offered(
    "items",
    "What happened: {% for item in items %}{{ item }}{% endfor %}",
)];

/// What a template may use.
pub(super) fn offers(key: TemplateKey) -> impl Iterator<Item = &'static Offered> {
    let groups: &[&'static [Offered]] = match (key.medium, key.matter) {
        (Medium::Email, Matter::Letter) => &[PERSON, ORGANIZATION, PREFERENCES, OF_LETTER],
        (Medium::Email, _) => &[
            PERSON,
            ORGANIZATION,
            PREFERENCES,
            HAPPENED,
            HAPPENED_HTML,
            TICKET,
            TICKET_LINK,
        ],
        (Medium::Sms, Matter::Letter) => &[PERSON, ORGANIZATION, TICKET, ITEMS],
        (Medium::Sms, _) => &[PERSON, ORGANIZATION, HAPPENED, TICKET],
        (_, Matter::Letter) => &[TEAM, ORGANIZATION, TICKET, ITEMS],
        _ => &[TEAM, ORGANIZATION, HAPPENED, TICKET],
    };
    groups.iter().flat_map(|group| group.iter())
}

fn map(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::from(pairs.into_iter().collect::<BTreeMap<&'static str, Value>>())
}

fn always(occasion: &Occasion) -> Vec<(&'static str, Value)> {
    let person = [
        ("first_name", Value::from(occasion.first_name.as_str())),
        ("last_name", Value::from(occasion.last_name.as_str())),
    ];
    let mut values = vec![("organization", Value::from(occasion.organization.as_str()))];
    if occasion.medium.is_of_team() {
        values.push(("team", Value::from(occasion.team.as_str())));
    } else {
        values.push(("person", map(person)));
    }
    if occasion.medium == Medium::Email {
        let link = Value::from(occasion.preferences_link.as_str());
        values.push(("preferences_link", link));
    }
    values
}

/// A message shows the link of its ticket by itself, so that it is never cut.
fn ticket(section: &Section, medium: Medium, language: Language) -> Vec<(&'static str, Value)> {
    let mut values = vec![
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
    ];
    if medium == Medium::Email {
        values.push(("link", Value::from(section.link.as_str())));
    }
    values
}

/// Values of the template of a reason or topic.
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
    values.push((
        "ticket",
        map(ticket(section, occasion.medium, occasion.language)),
    ));
    map(values)
}

/// Values of the template of the letter; `items` are written already, by ticket.
pub(super) fn of_letter(part: Part, occasion: &Occasion, items: &[Vec<String>]) -> Value {
    let item = |text: &String| match part {
        Part::Html => Value::from_safe_string(text.clone()),
        Part::Subject | Part::Text => Value::from(text.as_str()),
    };
    let tickets = occasion.sections.iter().zip(items).map(|(section, items)| {
        let mut values = ticket(section, occasion.medium, occasion.language);
        values.push(("items", items.iter().map(item).collect::<Value>()));
        map(values)
    });
    let mut values = always(occasion);
    values.push(("tickets", tickets.collect::<Value>()));
    map(values)
}

/// Values of the template of a message; `items` are written already.
pub(super) fn of_message(occasion: &Occasion, section: &Section, items: &[String]) -> Value {
    let mut values = always(occasion);
    let about = ticket(section, occasion.medium, occasion.language);
    values.push(("ticket", map(about)));
    let items = items.iter().map(|text| Value::from(text.as_str()));
    values.push(("items", items.collect::<Value>()));
    map(values)
}
