//! Writing a mail: each thing that happened by the template of its reason, all
//! of them by that of the letter.

use super::context;
use super::defaults;
use super::engine;
use super::shell;
use std::collections::BTreeMap;
use steward_domain::notifications::rules::Reason;
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
    pub(crate) reason: Reason,
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

/// To whom a mail is written, and about what.
#[derive(Debug, Clone)]
pub(crate) struct Occasion {
    pub(crate) language: Language,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
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
    let mut writer = Writer {
        own,
        occasion,
        remarks: Vec::new(),
    };
    let text = writer.letter(Part::Text);
    let html = writer.letter(Part::Html);
    let subject = writer.subject();
    let mut remarks = writer.remarks;
    remarks.sort();
    remarks.dedup();
    Letter {
        html: shell::page(occasion.language, &subject, &rich_text::clean_mail(&html)),
        text: format!("{}\n", text.trim_end()),
        subject,
        remarks,
    }
}

/// The text as far as mails show it.
pub(super) fn shortened(text: &str) -> String {
    let text = text.trim();
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push_str(" […]");
    }
    short
}

struct Writer<'a> {
    own: &'a Own,
    occasion: &'a Occasion,
    remarks: Vec<String>,
}

impl Writer<'_> {
    fn key(&self, matter: Matter) -> TemplateKey {
        TemplateKey {
            matter,
            medium: Medium::Email,
            language: self.occasion.language,
        }
    }

    /// One part of one template; `holds` says whether everything is in it, and
    /// `bare` is what to write when even the built-in template fails.
    fn part(
        &mut self,
        key: TemplateKey,
        part: Part,
        values: &minijinja::Value,
        holds: impl Fn(&str) -> bool,
        bare: &str,
    ) -> String {
        let size = bare.len();
        if let Some(own) = self.own.get(&key) {
            let remark = match engine::render(part, own.of(part), values, size) {
                Ok(text) if holds(&text) => return text,
                Ok(_) => "leaves out what was said".to_owned(),
                Err(fault) => format!(
                    "line {}, column {}: {}",
                    fault.line, fault.column, fault.message
                ),
            };
            self.remarks
                .push(format!("{key} {}: {remark}", part.as_str()));
        }
        let source = defaults::parts(key);
        engine::render(part, source.of(part), values, size).unwrap_or_else(|fault| {
            tracing::error!(template = %key, ?fault, "a built-in template fails");
            bare.to_owned()
        })
    }

    fn item(&mut self, part: Part, section: &Section, happening: &Happening) -> String {
        let short = Happening {
            comment: happening.comment.as_deref().map(shortened),
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
        let key = self.key(Matter::Reason(happening.reason));
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

/// Whether every line of `said` is somewhere in `text`.
fn holds_lines(text: &str, said: &str) -> bool {
    let mut lines = said.lines().map(str::trim);
    lines.all(|line| text.contains(line))
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
