//! Writing by templates that may be broken: by the organization's own, else by
//! the built-in one, else as it is.

use super::defaults;
use super::engine;
use super::letter::{Occasion, Own};
use steward_domain::notifications::templates::{Matter, Part, TemplateKey};

pub(super) struct Writer<'a> {
    own: &'a Own,
    pub(super) occasion: &'a Occasion,
    remarks: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) const fn new(own: &'a Own, occasion: &'a Occasion) -> Self {
        Self {
            own,
            occasion,
            remarks: Vec::new(),
        }
    }

    /// Which templates of the organization could not be used, and why.
    pub(super) fn remarks(self) -> Vec<String> {
        let mut remarks = self.remarks;
        remarks.sort();
        remarks.dedup();
        remarks
    }

    pub(super) const fn key(&self, matter: Matter) -> TemplateKey {
        TemplateKey {
            matter,
            medium: self.occasion.medium,
            language: self.occasion.language,
        }
    }

    /// One part of one template; `holds` says whether everything is in it, and
    /// `bare` is what to write when even the built-in template fails.
    pub(super) fn part(
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
}

/// The beginning of a text, with a mark when it has more than `most` characters.
pub(super) fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    let mut beginning: String = text.chars().take(most).collect();
    if beginning.len() < text.len() {
        beginning.push_str(" […]");
    }
    beginning
}

/// Whether every line of `said` is somewhere in `text`.
pub(super) fn holds_lines(text: &str, said: &str) -> bool {
    let mut lines = said.lines().map(str::trim);
    lines.all(|line| text.contains(line))
}
