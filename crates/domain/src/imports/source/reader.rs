//! The fields of one line.

use super::{IDENTITY, Refusal, Source, shorten};
use crate::imports::model::{Detail, ImportedLine, MAX_NAME, Outcome, Person};
use crate::imports::times::Moment;
use crate::incidents::rules::PriorityMatrix;
use crate::tickets::model::{Level, ResolutionCode, Source as Channel, Status};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Reads the fields of one line.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) cells: &'a [String],
}

impl<'a> Reader<'a> {
    pub(super) fn line(&self) -> Result<ImportedLine, Refusal> {
        let external_id = self.text("external_id", MAX_NAME)?;
        let external_id = external_id.ok_or_else(|| self.missing("external_id"))?;
        let created = self.moment("created_at")?;
        let updated = self.moment("updated_at")?;
        let has_update = self.source.places.contains_key("updated_at");
        let change = if has_update {
            updated.ok_or_else(|| self.missing("updated_at"))?
        } else {
            created.clone().ok_or_else(|| self.missing("created_at"))?
        };
        let revision = self.number("revision")?;
        let status_text = self.text("status", MAX_NAME)?;
        let status_text = status_text.ok_or_else(|| self.missing("status"))?;
        let status = self.source.mapping.status.read(&status_text);
        let status =
            status.ok_or_else(|| self.wrong("status", &status_text, "is no known state"))?;
        let impact = self.level("impact")?;
        let urgency = self.level("urgency")?;
        let mapping = &self.source.mapping;
        let priority = match self.known("priority") {
            None => PriorityMatrix::default().priority(impact, urgency),
            Some(text) => mapping
                .priority
                .read(text)
                .ok_or_else(|| self.wrong("priority", text, "is no known priority"))?,
        };
        let reason = self.text("hold_reason", 1000)?;
        let hold_reason = Some(reason.unwrap_or(status_text)).filter(|_| status == Status::OnHold);
        let opened_by = self.person("opened_by")?;
        let actor = self.person("actor")?;
        let requester = self.person("requester")?.or_else(|| opened_by.clone());
        let own_title = self.text("title", 500)?;
        let count = |field| -> Result<i32, Refusal> {
            let n = self.number(field)?.unwrap_or(0);
            i32::try_from(n).map_err(|_| self.wrong(field, &n.to_string(), "is too large"))
        };
        Ok(ImportedLine {
            fingerprint: self.fingerprint(&external_id, &change, revision),
            at: change.at,
            revision,
            created_at: created.map_or(change.at, |m| m.at),
            requester: requester.unwrap_or_else(|| Person {
                name: "Unknown person".to_owned(),
                email: None,
            }),
            opened_by,
            actor,
            others: self.people()?,
            status,
            hold_reason,
            priority,
            impact,
            urgency,
            assignee: self.person("assignee")?,
            team: self.text("team", 100)?,
            category: self.text("category", MAX_NAME)?,
            subcategory: self.text("subcategory", MAX_NAME)?,
            has_own_title: own_title.is_some(),
            title: own_title.unwrap_or_else(|| self.made_title(&external_id)),
            description: self.text("description", 60_000)?,
            details: self.details()?,
            source: self
                .known("source")
                .and_then(|text| mapping.source.read(text))
                .unwrap_or(Channel::Api),
            reassignment_count: count("reassignment_count")?,
            reopened_count: count("reopened_count")?,
            outcome: self.outcome()?,
            external_id,
        })
    }

    fn outcome(&self) -> Result<Outcome, Refusal> {
        let code = self.known("resolution_code");
        let code = code.and_then(|text| self.source.mapping.resolution_code.read(text));
        let mut note = self.text("resolution_note", 60_000)?;
        let labelled = self.source.resolution.iter();
        let lines = labelled
            .filter_map(|(label, place)| Some(format!("{label}: {}", self.cell(*place)?)))
            .collect::<Vec<_>>();
        if note.is_none() && !lines.is_empty() {
            note = Some(shorten(&lines.join("\n"), 2000));
        }
        Ok(Outcome {
            resolved_at: self.moment("resolved_at")?.map(|m| m.at),
            closed_at: self.moment("closed_at")?.map(|m| m.at),
            resolution_code: code.map(|c: ResolutionCode| c.as_str().to_owned()),
            resolution_note: note,
        })
    }

    fn details(&self) -> Result<Vec<Detail>, Refusal> {
        let mut details = Vec::new();
        for (label, field, place) in &self.source.details {
            if let Some(value) = self.cell(*place) {
                if value.chars().count() > 1000 {
                    return Err(Refusal(format!(
                        "{}: longer than 1000 characters",
                        self.name(*place)
                    )));
                }
                details.push(Detail {
                    label: label.clone(),
                    field: field.clone(),
                    value: value.to_owned(),
                });
            }
        }
        Ok(details)
    }

    fn made_title(&self, external_id: &str) -> String {
        let parts: Vec<&str> = self
            .source
            .title
            .iter()
            .filter_map(|place| self.cell(*place))
            .collect();
        if parts.is_empty() {
            return format!("Incident {external_id}");
        }
        shorten(&parts.join(" – "), 500)
    }

    fn people(&self) -> Result<Vec<Person>, Refusal> {
        let places = self.source.places.get("people");
        places
            .into_iter()
            .flatten()
            .filter_map(|place| self.cell(*place).map(|text| (*place, text)))
            .filter_map(|(place, text)| self.read_person(place, text).transpose())
            .collect()
    }

    fn person(&self, field: &str) -> Result<Option<Person>, Refusal> {
        match self.first(field) {
            Some((place, text)) => self.read_person(place, text),
            None => Ok(None),
        }
    }

    fn read_person(&self, place: usize, text: &str) -> Result<Option<Person>, Refusal> {
        let person = Person::read(text);
        if person.as_ref().is_some_and(|p| {
            let (first, last) = p.names();
            first.chars().count() > 100 || last.chars().count() > 100
        }) {
            return Err(Refusal(format!(
                "{}: a name of more than 100 characters",
                self.name(place)
            )));
        }
        Ok(person)
    }

    fn level(&self, field: &'static str) -> Result<Level, Refusal> {
        let mapping = &self.source.mapping;
        let words = if field == "impact" {
            &mapping.impact
        } else {
            &mapping.urgency
        };
        match self.known(field) {
            None => Ok(Level::Medium),
            Some(text) => words
                .read(text)
                .ok_or_else(|| self.wrong(field, text, "is not high, medium or low")),
        }
    }

    fn number(&self, field: &str) -> Result<Option<i64>, Refusal> {
        let Some(text) = self.known(field) else {
            return Ok(None);
        };
        match text.parse::<i64>() {
            Ok(n) if n >= 0 => Ok(Some(n)),
            _ => Err(self.wrong(field, text, "is no number from 0")),
        }
    }

    fn moment(&self, field: &str) -> Result<Option<Moment>, Refusal> {
        let Some(text) = self.known(field) else {
            return Ok(None);
        };
        let read = self.source.format.read(text, &self.source.zone);
        let form = &self.source.mapping.date_format;
        read.map(Some)
            .ok_or_else(|| self.wrong(field, text, &format!("is no time of the form {form}")))
    }

    fn text(&self, field: &str, max: usize) -> Result<Option<String>, Refusal> {
        let Some((place, text)) = self.first(field) else {
            return Ok(None);
        };
        if text.chars().count() > max {
            return Err(Refusal(format!(
                "{}: longer than {max} characters",
                self.name(place)
            )));
        }
        Ok(Some(text.to_owned()))
    }

    /// The first column of a field that says something.
    fn first(&self, field: &str) -> Option<(usize, &'a str)> {
        let places = self.source.places.get(field)?;
        places
            .iter()
            .find_map(|place| Some((*place, self.cell(*place)?)))
    }

    fn known(&self, field: &str) -> Option<&'a str> {
        self.first(field).map(|(_, text)| text)
    }

    fn cell(&self, place: usize) -> Option<&'a str> {
        let text = self.cells.get(place)?.trim();
        let unknown = &self.source.mapping.unknown;
        let says_nothing = text.is_empty() || unknown.iter().any(|u| u.eq_ignore_ascii_case(text));
        (!says_nothing).then_some(text)
    }

    fn name(&self, place: usize) -> &str {
        self.source.header.get(place).map_or("", |name| name.trim())
    }

    fn column(&self, field: &str) -> &str {
        let place = self.first(field).map(|(place, _)| place);
        let places = self.source.places.get(field);
        let place = place.or_else(|| places.and_then(|p| p.first().copied()));
        place.map_or("", |p| self.name(p))
    }

    fn missing(&self, field: &str) -> Refusal {
        Refusal(format!("{}: missing", self.column(field)))
    }

    fn wrong(&self, field: &str, text: &str, why: &str) -> Refusal {
        let shown: String = shorten(text, 40).escape_debug().collect();
        Refusal(format!("{}: '{shown}' {why}", self.column(field)))
    }

    fn fingerprint(&self, external_id: &str, change: &Moment, revision: Option<i64>) -> Uuid {
        let mut hash = Sha256::new();
        let mut part = |text: &str| {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        };
        part(external_id);
        part(&change.text);
        part(&revision.unwrap_or(0).to_string());
        for field in IDENTITY {
            part(self.known(field).unwrap_or_default());
        }
        let digest = hash.finalize();
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        Uuid::from_bytes(bytes)
    }
}
