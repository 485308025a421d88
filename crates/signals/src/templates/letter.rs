//! Writing a mail: each thing that happened by the template of its reason, all
//! of them by that of the letter.

use super::context;
use super::shell;
use super::writer::{Writer, cut, holds_lines};
use std::collections::BTreeMap;
use steward_domain::notifications::templates::{Language, Matter, Medium, Part, TemplateKey};
use steward_platform::rich_text;

/// Most characters of one text in a mail; more is on the page.
const LONGEST: usize = 20_000;

/// The sources of one template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

impl Parts {
    pub(super) fn of(&self, part: Part) -> &str {
        match part {
            Part::Subject => &self.subject,
            Part::Text => &self.text,
            Part::Html => &self.html,
        }
    }
}

/// The templates that an organization wrote itself.
pub(crate) type Own = BTreeMap<TemplateKey, Parts>;

/// One thing that happened.
#[derive(Debug, Clone)]
pub(crate) struct Happening {
    /// What it is to its reader: never the letter.
    pub(crate) matter: Matter,
    /// Who did it; nobody for the product itself.
    pub(crate) actor: Option<String>,
    /// What was said.
    pub(crate) comment: Option<String>,
}

/// What happened to one ticket.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) status: String,
    pub(crate) priority: String,
    pub(crate) link: String,
    pub(crate) items: Vec<Happening>,
}

/// To whom a mail or message is written, and about what.
#[derive(Debug, Clone)]
pub(crate) struct Occasion {
    pub(crate) medium: Medium,
    pub(crate) language: Language,
    /// Of the person who reads it; empty for a team.
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    /// The team that reads it; empty for a person.
    pub(crate) team: String,
    pub(crate) organization: String,
    pub(crate) preferences_link: String,
    pub(crate) sections: Vec<Section>,
}

/// A mail as it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    /// Which templates of the organization could not be used, and why.
    pub(crate) remarks: Vec<String>,
}

/// Writes the mail. What the organization's own templates cannot say, the
/// built-in ones do.
pub(crate) fn write(own: &Own, occasion: &Occasion) -> Letter {
    let mut writer = Writer::new(own, occasion);
    let text = writer.letter(Part::Text);
    let html = writer.letter(Part::Html);
    let subject = writer.subject();
    let remarks = writer.remarks();
    Letter {
        html: shell::page(occasion.language, &subject, &rich_text::clean_mail(&html)),
        text: format!("{}\n", text.trim_end()),
        subject,
        remarks,
    }
}

impl Writer<'_> {
    fn item(&mut self, part: Part, section: &Section, happening: &Happening) -> String {
        let short = Happening {
            comment: happening.comment.as_deref().map(|said| cut(said, LONGEST)),
            ..happening.clone()
        };
        let values = context::of_happening(part, self.occasion, section, &short);
        let said = short.comment.as_deref().unwrap_or_default();
        let formatted = if part == Part::Html {
            rich_text::mail(said)
        } else {
            String::new()
        };
        let holds = |text: &str| match part {
            Part::Subject => !text.is_empty(),
            Part::Text => holds_lines(text, said),
            Part::Html => text.contains(formatted.trim()) || holds_lines(text, &escaped(said)),
        };
        let bare = match part {
            Part::Subject => format!("[{}] {}", section.number, section.title),
            Part::Text => said.to_owned(),
            Part::Html => formatted.clone(),
        };
        let key = self.key(happening.matter);
        self.part(key, part, &values, holds, &bare)
            .trim()
            .to_owned()
    }

    fn items(&mut self, part: Part) -> Vec<Vec<String>> {
        let occasion = self.occasion;
        let sections = occasion.sections.iter();
        let items = sections.map(|section| {
            let items = section.items.iter();
            items.map(|item| self.item(part, section, item)).collect()
        });
        items.collect()
    }

    fn letter(&mut self, part: Part) -> String {
        let items = self.items(part);
        let values = context::of_letter(part, self.occasion, &items);
        let all: Vec<&str> = items.iter().flatten().map(String::as_str).collect();
        let holds = |text: &str| all.iter().all(|item| text.contains(item));
        let bare = all.join("\n\n");
        self.part(self.key(Matter::Letter), part, &values, holds, &bare)
    }

    /// That of the one thing that happened, or of the letter when it is about more.
    fn subject(&mut self) -> String {
        let occasion = self.occasion;
        if let [section] = occasion.sections.as_slice()
            && let [only] = section.items.as_slice()
        {
            return self.item(Part::Subject, section, only);
        }
        let items: Vec<Vec<String>> = vec![Vec::new(); occasion.sections.len()];
        let values = context::of_letter(Part::Subject, occasion, &items);
        let numbers = occasion.sections.iter().map(|s| s.number.as_str());
        let bare = numbers.collect::<Vec<_>>().join(", ");
        let key = self.key(Matter::Letter);
        self.part(key, Part::Subject, &values, |text| !text.is_empty(), &bare)
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#x27;")
        .replace('/', "&#x2f;")
}

#[cfg(test)]
mod tests;
