//! From the cells of a line to what the line says.

use super::mapping::{Mapping, Names};
use super::model::{Detail, ImportedLine, MAX_NAME, Outcome, Person};
use super::times::{Moment, TimeFormat};
use crate::incidents::rules::PriorityMatrix;
use crate::tickets::model::{Level, ResolutionCode, Source as Channel, Status};
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use steward_kernel::{Error, ErrorCode};
use uuid::Uuid;

/// Why a line is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

/// Places of columns in a line.
type Places = Vec<usize>;

/// A mapping with the columns of one file.
#[derive(Debug, Clone)]
pub struct Source {
    mapping: Mapping,
    zone: TimeZone,
    format: TimeFormat,
    header: Vec<String>,
    places: HashMap<&'static str, Places>,
    title: Places,
    details: Vec<(String, String, usize)>,
    resolution: Vec<(String, usize)>,
}

/// What tells one change of a ticket from another: texts of the log, not what
/// they are mapped to, so that another mapping does not double a history.
const IDENTITY: &[&str] = &[
    "actor",
    "status",
    "priority",
    "impact",
    "urgency",
    "assignee",
    "team",
    "category",
    "subcategory",
    "reassignment_count",
    "reopened_count",
];

impl Source {
    /// Finds the mapping's columns in the first line of a file.
    ///
    /// # Errors
    /// Names every column that is missing.
    pub fn new(mapping: Mapping, header: &[String], zone: TimeZone) -> Result<Self, Error> {
        let mut finder = Finder {
            header,
            missing: Vec::new(),
        };
        let places = finder.columns(&mapping);
        let title = mapping.title.from.iter();
        let title = title.filter_map(|name| finder.place(name)).collect();
        let mut labelled = |table: &std::collections::BTreeMap<String, String>| {
            let pairs = table
                .iter()
                .filter_map(|(label, name)| Some((label.clone(), finder.place(name)?)));
            pairs.collect::<Vec<_>>()
        };
        let (details, resolution) = (labelled(&mapping.details), labelled(&mapping.resolution));
        if !finder.missing.is_empty() {
            return Err(Error::new(
                ErrorCode::ValidationError,
                format!(
                    "the first line does not name the columns {}; it names {}",
                    finder.missing.join(", "),
                    shorten(&header.join(", "), 200)
                ),
            ));
        }
        let details = details
            .into_iter()
            .map(|(label, place)| (field_name(&label), label, place))
            .map(|(field, label, place)| (label, field, place));
        Ok(Self {
            format: TimeFormat::new(&mapping.date_format),
            details: details.collect(),
            header: header.to_vec(),
            mapping,
            zone,
            places,
            title,
            resolution,
        })
    }

    /// Name of the other system.
    #[must_use]
    pub fn system(&self) -> &str {
        &self.mapping.system
    }

    /// What a line says.
    ///
    /// # Errors
    /// The first reason why it cannot be used, with the column.
    pub fn line(&self, cells: &[String]) -> Result<ImportedLine, Refusal> {
        if cells.len() != self.header.len() {
            return Err(Refusal(format!(
                "{} columns where the first line names {}",
                cells.len(),
                self.header.len()
            )));
        }
        Reader {
            source: self,
            cells,
        }
        .line()
    }
}

struct Finder<'a> {
    header: &'a [String],
    missing: Vec<String>,
}

impl Finder<'_> {
    fn place(&mut self, name: &str) -> Option<usize> {
        let place = self.header.iter().position(|h| h.trim() == name);
        if place.is_none() && !self.missing.iter().any(|m| m == name) {
            self.missing.push(name.to_owned());
        }
        place
    }

    fn places(&mut self, names: &Names) -> Places {
        names.iter().filter_map(|name| self.place(name)).collect()
    }

    fn columns(&mut self, mapping: &Mapping) -> HashMap<&'static str, Places> {
        let columns = &mapping.columns;
        let mut places = HashMap::new();
        places.insert("external_id", self.places(&columns.external_id));
        places.insert("status", self.places(&columns.status));
        macro_rules! optional {
            ($($field:ident)+) => {$(
                if let Some(names) = &columns.$field {
                    places.insert(stringify!($field), self.places(names));
                }
            )+};
        }
        optional! {
            updated_at created_at revision actor opened_by requester people title description priority
            impact urgency assignee team category subcategory source hold_reason reassignment_count
            reopened_count resolved_at closed_at resolution_code resolution_note
        }
        places
    }
}

/// Reads the fields of one line.
struct Reader<'a> {
    source: &'a Source,
    cells: &'a [String],
}

impl<'a> Reader<'a> {
    fn line(&self) -> Result<ImportedLine, Refusal> {
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
            fingerprint: self.fingerprint(&change, revision),
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

    fn fingerprint(&self, change: &Moment, revision: Option<i64>) -> Uuid {
        let mut hash = Sha256::new();
        let mut part = |text: &str| {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        };
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

fn field_name(label: &str) -> String {
    let lower = label.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join("_")
}

fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(max.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::mapping::SERVICENOW;
    use crate::tickets::model::Priority;

    const HEADER: &str = "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at";
    const LINE: &str = "INC7,Awaiting User Info,TRUE,2,1,9,TRUE,Lea Fontaine,?,02-05-2016 08:00,Intake 3,02-05-2016 08:04,Priya Raman,03-05-2016 14:30,Phone,Oslo,Network,VPN,Drops,?,1 - High,2 - Medium,2 - High,Group N,Jonas Weber,FALSE,FALSE,Send Email,?,?,?,?,Solved (Work Around),Priya Raman,04-05-2016 09:00,09-05-2016 09:00";

    fn cells(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn servicenow() -> Source {
        let mapping = SERVICENOW.parse().expect("valid");
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        Source::new(mapping, &cells(HEADER), zone).expect("all columns")
    }

    /// The example line with some cells replaced.
    fn with(changes: &[(&str, &str)]) -> Vec<String> {
        let mut line = cells(LINE);
        for (column, value) in changes {
            let place = HEADER.split(',').position(|h| h == *column);
            line[place.expect("a column")] = (*value).to_owned();
        }
        line
    }

    #[test]
    fn a_line_of_servicenow_says_what_the_ticket_was() {
        let line = servicenow().line(&cells(LINE)).expect("a good line");
        let name = |p: &Option<Person>| p.as_ref().map(Person::shown).unwrap_or_default();
        assert_eq!(line.external_id, "INC7");
        assert_eq!(line.at.to_string(), "2016-05-03T12:30:00Z");
        assert_eq!(line.created_at.to_string(), "2016-05-02T06:00:00Z");
        assert_eq!(
            (line.revision, line.reassignment_count, line.reopened_count),
            (Some(9), 2, 1)
        );
        assert_eq!(
            (line.status, line.priority),
            (Status::OnHold, Priority::High)
        );
        assert_eq!((line.impact, line.urgency), (Level::High, Level::Medium));
        assert_eq!(line.hold_reason.as_deref(), Some("Awaiting User Info"));
        assert_eq!(line.requester.shown(), "Lea Fontaine");
        assert_eq!(
            name(&line.opened_by),
            "Intake 3",
            "the next column when one is unknown"
        );
        assert_eq!(name(&line.actor), "Priya Raman");
        assert_eq!(name(&line.assignee), "Jonas Weber");
        assert_eq!(line.team.as_deref(), Some("Group N"));
        assert_eq!(
            (line.title.as_str(), line.has_own_title),
            ("Drops – Network – VPN", false)
        );
        assert_eq!(line.source, Channel::Phone);
        assert!(
            line.description().contains("- Location: Oslo\n"),
            "{}",
            line.description()
        );
        assert_eq!(line.outcome.resolution_code.as_deref(), Some("workaround"));
        let note = line.outcome.resolution_note.expect("a note");
        assert_eq!(
            note,
            "Close code: Solved (Work Around)\nResolved by: Priya Raman"
        );
    }

    #[test]
    fn every_state_and_level_of_servicenow_has_its_word() {
        let source = servicenow();
        let cases: &[(&str, &[(&str, &str)])] = &[
            (
                "incident_state",
                &[
                    ("New", "new"),
                    ("Active", "in_progress"),
                    ("Awaiting User Info", "on_hold"),
                    ("Awaiting Problem", "on_hold"),
                    ("Awaiting Vendor", "on_hold"),
                    ("Awaiting Evidence", "on_hold"),
                    ("Resolved", "resolved"),
                    ("Closed", "closed"),
                ],
            ),
            (
                "priority",
                &[
                    ("1 - Critical", "critical"),
                    ("2 - High", "high"),
                    ("3 - Moderate", "medium"),
                    ("4 - Low", "low"),
                    ("?", "high"),
                ],
            ),
            (
                "impact",
                &[("1 - High", "high"), ("3 - Low", "low"), ("?", "medium")],
            ),
            (
                "urgency",
                &[("2 - Medium", "medium"), ("3 - Low", "low"), ("", "medium")],
            ),
        ];
        for (column, words) in cases {
            for (theirs, ours) in *words {
                let line = source.line(&with(&[(column, theirs)])).expect(theirs);
                let got = match *column {
                    "incident_state" => line.status.as_str(),
                    "priority" => line.priority.as_str(),
                    "impact" => line.impact.as_str(),
                    _ => line.urgency.as_str(),
                };
                assert_eq!(got, *ours, "{column} {theirs}");
            }
        }
    }

    #[test]
    fn a_line_that_cannot_be_used_is_refused_with_column_and_reason() {
        let long = "x".repeat(201);
        let cases: &[(&str, &str, &str)] = &[
            ("number", "", "number: missing"),
            ("number", "?", "number: missing"),
            (
                "incident_state",
                "-100",
                "incident_state: '-100' is no known state",
            ),
            ("incident_state", "?", "incident_state: missing"),
            ("sys_updated_at", "?", "sys_updated_at: missing"),
            (
                "sys_updated_at",
                "31-02-2016 10:00",
                "is no time of the form %d-%m-%Y %H:%M",
            ),
            (
                "opened_at",
                "yesterday",
                "opened_at: 'yesterday' is no time",
            ),
            ("closed_at", "2016", "closed_at: '2016' is no time"),
            ("sys_mod_count", "-1", "sys_mod_count: '-1' is no number"),
            ("reopen_count", "many", "reopen_count: 'many' is no number"),
            ("reassignment_count", "99999999999", "is too large"),
            ("priority", "9", "priority: '9' is no known priority"),
            (
                "impact",
                "huge",
                "impact: 'huge' is not high, medium or low",
            ),
            ("category", &long, "category: longer than 200"),
            (
                "assignment_group",
                &long,
                "assignment_group: longer than 100",
            ),
            ("caller_id", &long, "caller_id: a name of more than 100"),
            ("incident_state", "\u{1b}[2J", "\\u{1b}"),
        ];
        for (column, value, reason) in cases {
            let refusal = servicenow()
                .line(&with(&[(column, value)]))
                .expect_err(column);
            assert!(refusal.0.contains(reason), "{reason} in: {refusal}");
        }
        let mut short = cells(LINE);
        short.pop();
        let refusal = servicenow().line(&short).expect_err("short");
        assert_eq!(refusal.0, "35 columns where the first line names 36");
    }

    #[test]
    fn what_is_unknown_is_left_out_or_taken_from_the_next_column() {
        let line = with(&[
            ("caller_id", "?"),
            ("sys_created_by", "?"),
            ("assigned_to", "?"),
            ("assignment_group", "?"),
            ("u_symptom", "?"),
            ("category", "?"),
            ("subcategory", "?"),
            ("opened_at", "?"),
            ("sys_created_at", "?"),
            ("contact_type", "Carrier pigeon"),
        ]);
        let line = servicenow().line(&line).expect("a good line");
        assert_eq!(line.requester.name, "Unknown person");
        assert_eq!(
            (line.assignee, line.team, line.category),
            (None, None, None)
        );
        assert_eq!(line.title, "Incident INC7");
        assert_eq!(line.created_at, line.at);
        assert_eq!(line.source, Channel::Api);
    }

    #[test]
    fn the_fingerprint_tells_changes_apart_and_ignores_how_it_ended() {
        let source = servicenow();
        let print = |changes: &[(&str, &str)]| {
            let line = source.line(&with(changes)).expect("a good line");
            line.fingerprint
        };
        let first = print(&[]);
        for (column, value) in [
            ("closed_at", "?"),
            ("resolved_at", "?"),
            ("closed_code", "?"),
            ("resolved_by", "?"),
            ("made_sla", "FALSE"),
        ] {
            assert_eq!(print(&[(column, value)]), first, "{column}");
        }
        for (column, value) in [
            ("sys_updated_at", "03-05-2016 14:31"),
            ("sys_mod_count", "10"),
            ("sys_updated_by", "Jonas Weber"),
            ("incident_state", "Awaiting Vendor"),
            ("assigned_to", "?"),
            ("assignment_group", "Group M"),
            ("subcategory", "Wireless"),
        ] {
            assert_ne!(print(&[(column, value)]), first, "{column}");
        }
    }

    #[test]
    fn missing_columns_are_named_all_at_once() {
        let mapping = SERVICENOW.parse().expect("valid");
        let header = cells("number,incident_state,colour");
        let error = Source::new(mapping, &header, TimeZone::UTC).expect_err("not a log");
        for part in ["sys_updated_at", "assigned_to", "u_symptom", "colour"] {
            assert!(error.detail.contains(part), "{part} in: {error}");
        }
    }

    #[test]
    fn another_system_is_read_by_its_mapping() {
        let mapping = r#"
            system = "helpdesk"
            date_format = "%d.%m.%Y %H:%M"
            delimiter = ";"
            unknown = ["", "n/a"]
            [columns]
            external_id = "No"
            status = "State"
            created_at = "Opened"
            title = "Subject"
            description = "Text"
            requester = "From"
            priority = "Prio"
            [values.status]
            "Waiting" = "on_hold"
            "Done" = "closed"
            [values.priority]
            "A" = "critical"
            [details]
            "Room no." = "Room"
        "#;
        let header = "No;State;Opened;Subject;Text;From;Prio;Room".split(';');
        let header: Vec<String> = header.map(str::to_owned).collect();
        let mapping = mapping.parse().expect("valid");
        let source = Source::new(mapping, &header, TimeZone::UTC).expect("all columns");
        let cells =
            "17;waiting;01.02.2020 10:00;Fax is mute;No tone;Ada Byron <ada@acme.example>;a;n/a";
        let cells: Vec<String> = cells.split(';').map(str::to_owned).collect();
        let line = source.line(&cells).expect("a good line");
        assert_eq!(
            (line.status, line.priority),
            (Status::OnHold, Priority::Critical)
        );
        assert_eq!(line.hold_reason.as_deref(), Some("waiting"));
        assert_eq!(line.requester.email.as_deref(), Some("ada@acme.example"));
        assert_eq!(
            (line.title.as_str(), line.has_own_title),
            ("Fax is mute", true)
        );
        assert_eq!(line.description(), "No tone");
        assert_eq!(line.at, line.created_at);
    }
}
