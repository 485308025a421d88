//! What a line of another system's log says, whatever that system was.

use crate::tickets::model::{Level, Priority, ResolutionCode, Source, Status};
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use uuid::Uuid;

/// Most characters of an external id, a person's or a team's name.
pub const MAX_NAME: usize = 200;

/// A person as the other system names them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person {
    /// Their name there; part of what identifies them when they have no address.
    pub name: String,
    /// Their address, in lower case.
    pub email: Option<String>,
}

impl Person {
    /// Reads `Ada Byron`, `ada@example.com` or `Ada Byron <ada@example.com>`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>').and_then(|t| t.rsplit_once('<')) {
            Some((name, address)) => (name.trim(), address.trim()),
            None => ("", text),
        };
        if is_address(address) {
            let local = address.split('@').next().unwrap_or(address);
            let name = if name.is_empty() { local } else { name };
            return Some(Self {
                name: name.to_owned(),
                email: Some(address.to_lowercase()),
            });
        }
        (!text.is_empty()).then(|| Self {
            name: text.to_owned(),
            email: None,
        })
    }

    /// What identifies the person in the other system.
    #[must_use]
    pub fn external_id(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.name)
    }

    /// First and last name: the last word is the last name.
    #[must_use]
    pub fn names(&self) -> (String, String) {
        let words: Vec<&str> = self.name.split_whitespace().collect();
        match words.split_last() {
            Some((last, first)) if !first.is_empty() => (first.join(" "), (*last).to_owned()),
            _ => (words.join(" "), String::new()),
        }
    }

    /// First and last name as shown.
    #[must_use]
    pub fn shown(&self) -> String {
        let (first, last) = self.names();
        format!("{first} {last}").trim().to_owned()
    }
}

fn is_address(text: &str) -> bool {
    let part = |s: &str, extra: &str| {
        !s.is_empty()
            && s.chars()
                .all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
    };
    text.len() <= 254
        && text
            .split_once('@')
            .is_some_and(|(local, domain)| part(local, "._%+-") && part(domain, ".-"))
}

/// Something the log says that Steward has no field for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// As shown in the description.
    pub label: String,
    /// As the timeline names it: the label in lower case with `_`.
    pub field: String,
    /// What the log says.
    pub value: String,
}

/// How it ended. A log repeats it on every line of a ticket, the early ones
/// too, so it counts only once the ticket is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// When it was resolved.
    pub resolved_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// How it was resolved.
    pub resolution_code: Option<String>,
    /// What was done.
    pub resolution_note: Option<String>,
}

impl Outcome {
    /// The code as the vocabulary's word.
    #[must_use]
    pub fn code(&self) -> Option<ResolutionCode> {
        self.resolution_code.as_deref()?.parse().ok()
    }
}

/// One line: the whole ticket as of one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedLine {
    /// The ticket's number in the other system.
    pub external_id: String,
    /// When the change was made.
    pub at: Instant,
    /// The other system's count of changes, which orders equal times.
    pub revision: Option<i64>,
    /// Tells this change from every other of the same system, in every run.
    pub fingerprint: Uuid,
    /// Who made the change.
    pub actor: Option<Person>,
    /// When it was reported.
    pub created_at: Instant,
    /// Who recorded it.
    pub opened_by: Option<Person>,
    /// Whom it is for.
    pub requester: Person,
    /// People the line names in other places.
    pub others: Vec<Person>,
    /// Status.
    pub status: Status,
    /// What it waits for, when on hold.
    pub hold_reason: Option<String>,
    /// Priority.
    pub priority: Priority,
    /// Impact.
    pub impact: Level,
    /// Urgency.
    pub urgency: Level,
    /// Who works on it.
    pub assignee: Option<Person>,
    /// The team that looks after it.
    pub team: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Subcategory.
    pub subcategory: Option<String>,
    /// One line.
    pub title: String,
    /// Whether the log gives the title; else it was made from other cells,
    /// whose changes are told by themselves.
    pub has_own_title: bool,
    /// What happened, as the log tells it.
    pub description: Option<String>,
    /// What has no field of its own.
    pub details: Vec<Detail>,
    /// How it came in.
    pub source: Source,
    /// Times it went to another team.
    pub reassignment_count: i32,
    /// Times it was reopened.
    pub reopened_count: i32,
    /// How it ended.
    pub outcome: Outcome,
}

impl ImportedLine {
    /// Where the line stands among those of its ticket.
    #[must_use]
    pub fn order(&self) -> (Instant, i64) {
        (self.at, self.revision.unwrap_or(0))
    }

    /// Description with the details as a list (Markdown).
    #[must_use]
    pub fn description(&self) -> String {
        let list: Vec<String> = self
            .details
            .iter()
            .map(|d| format!("- {}: {}", d.label, one_line(&d.value)))
            .collect();
        let own = self.description.as_deref().unwrap_or_default().trim();
        match (own.is_empty(), list.is_empty()) {
            (_, true) => own.to_owned(),
            (true, false) => list.join("\n"),
            (false, false) => format!("{own}\n\n{}", list.join("\n")),
        }
    }

    /// Everyone the line names.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        std::iter::once(&self.requester)
            .chain(&self.actor)
            .chain(&self.opened_by)
            .chain(&self.assignee)
            .chain(&self.others)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_from_names_and_addresses() {
        let cases = [
            ("Caller 2403", "Caller", "2403", None),
            ("Opened by  8", "Opened by", "8", None),
            ("Madonna", "Madonna", "", None),
            ("Ada@Example.com", "Ada", "", Some("ada@example.com")),
            (
                "Ada Byron <ada@example.com>",
                "Ada",
                "Byron",
                Some("ada@example.com"),
            ),
            ("printer @ 2nd floor", "printer @ 2nd", "floor", None),
        ];
        for (text, first, last, email) in cases {
            let person = Person::read(text).expect(text);
            assert_eq!(
                person.names(),
                (first.to_owned(), last.to_owned()),
                "{text}"
            );
            assert_eq!(person.email.as_deref(), email, "{text}");
        }
        assert_eq!(Person::read("  "), None);
    }
}
