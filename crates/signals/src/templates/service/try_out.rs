//! Trying a template on invented news: can it be written, and does it say everything?

use crate::templates::context;
use crate::templates::engine::{self, Fault};
use crate::templates::letter::{Happening, Occasion, Parts, Section};
use steward_domain::notifications::channels::{MOST_SEGMENTS, segments};
use steward_domain::notifications::rules::Reason;
use steward_domain::notifications::templates::{Language, Matter, Medium, Part, TemplateKey};

const SAID: &str = "The docking station is here, zirconium edition.";
const ITEMS: [&str; 3] = ["zirconium one", "zirconium two", "zirconium three"];
const LEAVES_OUT_COMMENT: &str =
    "it leaves out what was said; show {{ comment }}, or {{ comment_html }} in HTML";
const LEAVES_OUT_ITEMS: &str =
    "it leaves out what happened; show every {{ item }} of every {{ ticket.items }}";
const LEAVES_OUT_MESSAGE_ITEMS: &str =
    "it leaves out what happened; show all of {{ items | join(' ') }}";
const TOO_LONG_FOR_PHONES: &str =
    "it fills more than three short messages by itself; say it in fewer words";
const TOO_LONG: &str = "it makes more than 3,000 characters of one short text; say it in fewer";
/// Most characters that a template may make of a short text.
const LONGEST: usize = 3_000;

/// An example of a value that is offered.
pub(in crate::templates) fn example(name: &str) -> &'static str {
    match name {
        "person.first_name" => "Priya",
        "person.last_name" => "Nair",
        "organization" => "Northwind",
        "preferences_link" => "https://desk.example/agent/profile?section=notifications",
        "team" => "Network",
        "actor" => "Lea Fontaine",
        "comment" => "The docking station is here.",
        "comment_html" => "<p>The docking station is here.</p>",
        "ticket.number" => "INC-000042",
        "ticket.title" => "VPN drops every hour",
        "ticket.status" => "In progress",
        "ticket.priority" => "High",
        "ticket.link" => "https://desk.example/agent/incidents/INC-000042",
        _ => "",
    }
}

/// Invented news for someone.
pub(in crate::templates) fn occasion(
    medium: Medium,
    language: Language,
    sections: usize,
    said: Option<&str>,
) -> Occasion {
    let section = |number: usize| Section {
        number: format!("INC-{:06}", 41 + number),
        title: example("ticket.title").to_owned(),
        status: "in_progress".to_owned(),
        priority: "high".to_owned(),
        link: example("ticket.link").to_owned(),
        items: vec![Happening {
            matter: Matter::Reason(Reason::Commented),
            actor: said.map(|_| example("actor").to_owned()),
            comment: said.map(str::to_owned),
        }],
    };
    Occasion {
        medium,
        language,
        first_name: example("person.first_name").to_owned(),
        last_name: example("person.last_name").to_owned(),
        team: example("team").to_owned(),
        organization: example("organization").to_owned(),
        preferences_link: example("preferences_link").to_owned(),
        sections: (1..=sections).map(section).collect(),
    }
}

/// The first fault of each part.
pub(in crate::templates) fn faults(key: TemplateKey, parts: &Parts) -> Vec<(Part, Fault)> {
    let fault = |part: Part| {
        let found = match key.matter {
            Matter::Letter if key.medium == Medium::Email => {
                fault_of_letter(key, part, parts.of(part))
            }
            Matter::Letter => fault_of_message(key, parts.of(part)),
            Matter::Reason(_) | Matter::Topic(_) => fault_of_item(key, part, parts.of(part)),
        };
        found.map(|fault| (part, fault))
    };
    let parts = key.medium.parts().iter().copied();
    parts.filter_map(fault).collect()
}

/// What is wrong and where, in a sentence.
pub(in crate::templates) fn sentence(fault: &Fault) -> String {
    let hint = fault.hint.map(|hint| format!("; {hint}"));
    let hint = hint.unwrap_or_default();
    let (line, column) = (fault.line, fault.column);
    format!("line {line}, column {column}: {}{hint}", fault.message)
}

fn whole(message: &str) -> Fault {
    Fault {
        line: 1,
        column: 1,
        message: message.to_owned(),
        hint: None,
    }
}

fn fault_of_item(key: TemplateKey, part: Part, source: &str) -> Option<Fault> {
    for said in [Some(SAID), None] {
        let occasion = occasion(key.medium, key.language, 1, said);
        let section = occasion.sections.first()?;
        let values = context::of_happening(part, &occasion, section, section.items.first()?);
        let text = match engine::render(part, source, &values, SAID.len()) {
            Ok(text) => text,
            Err(fault) => return Some(fault),
        };
        if part != Part::Subject && said.is_some_and(|said| !text.contains(said)) {
            return Some(whole(LEAVES_OUT_COMMENT));
        }
        if let Some(fault) = too_long(key.medium, &text) {
            return Some(fault);
        }
    }
    None
}

/// A message must not be full before anything of the ticket is in it.
fn too_long(medium: Medium, text: &str) -> Option<Fault> {
    match medium {
        Medium::Sms => (segments(text) > MOST_SEGMENTS).then(|| whole(TOO_LONG_FOR_PHONES)),
        Medium::Slack | Medium::Teams | Medium::Webhook => {
            (text.chars().count() > LONGEST).then(|| whole(TOO_LONG))
        }
        Medium::Email => None,
    }
}

fn fault_of_message(key: TemplateKey, source: &str) -> Option<Fault> {
    let all: Vec<String> = ITEMS.iter().map(ToString::to_string).collect();
    let occasion = occasion(key.medium, key.language, 1, Some(SAID));
    let section = occasion.sections.first()?;
    for count in [1, all.len()] {
        let items = all.get(..count)?;
        let values = context::of_message(&occasion, section, items);
        let text = match engine::render(Part::Text, source, &values, SAID.len()) {
            Ok(text) => text,
            Err(fault) => return Some(fault),
        };
        if !items.iter().all(|item| text.contains(item)) {
            return Some(whole(LEAVES_OUT_MESSAGE_ITEMS));
        }
        if let Some(fault) = too_long(key.medium, &text) {
            return Some(fault);
        }
    }
    None
}

fn fault_of_letter(key: TemplateKey, part: Part, source: &str) -> Option<Fault> {
    let all: Vec<String> = ITEMS.iter().map(ToString::to_string).collect();
    let (first, rest) = all.split_at(2);
    for items in [vec![first.to_vec(), rest.to_vec()], vec![all.clone()]] {
        let occasion = occasion(key.medium, key.language, items.len(), Some(SAID));
        let values = context::of_letter(part, &occasion, &items);
        let text = match engine::render(part, source, &values, SAID.len()) {
            Ok(text) => text,
            Err(fault) => return Some(fault),
        };
        if part != Part::Subject && !ITEMS.iter().all(|item| text.contains(item)) {
            return Some(whole(LEAVES_OUT_ITEMS));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::defaults;

    #[test]
    fn the_built_in_templates_have_no_fault() {
        for key in TemplateKey::all() {
            assert_eq!(faults(key, &defaults::parts(key)), [], "{key}");
        }
    }

    #[test]
    fn a_template_that_leaves_out_what_was_said_has_a_fault() {
        let read = |matter: &str| TemplateKey::read(matter, "email", "en").expect("a template");
        for (matter, part, source, word) in [
            ("commented", Part::Text, "{{ actor }} wrote.", "comment"),
            ("commented", Part::Html, "{{ comment | upper }}", "comment"),
            ("commented", Part::Text, "{{ comment_html }}", "undefined"),
            (
                "letter",
                Part::Text,
                "{% for t in tickets %}{{ t.items[0] }}{% endfor %}",
                "happened",
            ),
            (
                "letter",
                Part::Html,
                "{{ tickets[0].items | join }}",
                "happened",
            ),
            (
                "letter",
                Part::Subject,
                "{{ tickets[1].number }}",
                "undefined",
            ),
        ] {
            let key = read(matter);
            let mut parts = defaults::parts(key);
            match part {
                Part::Subject => parts.subject = source.to_owned(),
                Part::Text => parts.text = source.to_owned(),
                Part::Html => parts.html = source.to_owned(),
            }
            let found = faults(key, &parts);
            assert_eq!(found.len(), 1, "{source}: {found:?}");
            assert!(found[0].1.message.contains(word), "{source}: {found:?}");
        }
    }

    #[test]
    fn a_message_that_leaves_something_out_or_is_too_long_has_a_fault() {
        for (matter, medium, source, word) in [
            ("commented", "slack", "{{ actor }} wrote.", "comment"),
            ("commented", "sms", "{{ comment_html }}", "undefined"),
            (
                "commented",
                "slack",
                "{{ person.first_name }}{{ comment }}",
                "undefined",
            ),
            ("commented", "sms", "{{ team }}{{ comment }}", "undefined"),
            (
                "arrived",
                "teams",
                "{{ ticket.link }}{{ comment }}",
                "undefined",
            ),
            ("letter", "webhook", "{{ items[0] }}", "happened"),
            ("letter", "slack", "{{ tickets | length }}", "undefined"),
            (
                "letter",
                "sms",
                "{{ 'long ' * 100 }}{{ items | join }}",
                "three short",
            ),
            (
                "assigned",
                "sms",
                "{{ 'ł' * 300 }}{{ comment }}",
                "three short",
            ),
            (
                "closed",
                "teams",
                "{{ 'long ' * 700 }}{{ comment }}",
                "3,000",
            ),
        ] {
            let key = TemplateKey::read(matter, medium, "en").expect("a template");
            let parts = Parts {
                text: source.to_owned(),
                ..Parts::default()
            };
            let found = faults(key, &parts);
            assert_eq!(found.len(), 1, "{source}: {found:?}");
            assert!(found[0].1.message.contains(word), "{source}: {found:?}");
        }
    }
}
