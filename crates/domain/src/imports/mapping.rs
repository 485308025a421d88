//! Mappings: which column of a log means which field, as a TOML document.
//!
//! The log of ServiceNow is one of them and comes with the program.

use crate::tickets::model::{Level, Priority, ResolutionCode, Source, Status};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;
use steward_kernel::{Error, ErrorCode};

/// The mapping of a ServiceNow incident log.
pub const SERVICENOW: &str = include_str!("servicenow.toml");

/// One column, or several of which the first that says something counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Names {
    One(String),
    Several(Vec<String>),
}

impl Names {
    pub(super) fn iter(&self) -> std::slice::Iter<'_, String> {
        match self {
            Self::One(name) => std::slice::from_ref(name).iter(),
            Self::Several(names) => names.iter(),
        }
    }
}

/// Columns by the field they fill.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    pub(super) external_id: Names,
    pub(super) status: Names,
    pub(super) updated_at: Option<Names>,
    pub(super) created_at: Option<Names>,
    pub(super) revision: Option<Names>,
    pub(super) actor: Option<Names>,
    pub(super) opened_by: Option<Names>,
    pub(super) requester: Option<Names>,
    pub(super) people: Option<Names>,
    pub(super) title: Option<Names>,
    pub(super) description: Option<Names>,
    pub(super) priority: Option<Names>,
    pub(super) impact: Option<Names>,
    pub(super) urgency: Option<Names>,
    pub(super) assignee: Option<Names>,
    pub(super) team: Option<Names>,
    pub(super) category: Option<Names>,
    pub(super) subcategory: Option<Names>,
    pub(super) source: Option<Names>,
    pub(super) hold_reason: Option<Names>,
    pub(super) reassignment_count: Option<Names>,
    pub(super) reopened_count: Option<Names>,
    pub(super) resolved_at: Option<Names>,
    pub(super) closed_at: Option<Names>,
    pub(super) resolution_code: Option<Names>,
    pub(super) resolution_note: Option<Names>,
}

/// Columns to make a title of, for logs without one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Title {
    pub(super) from: Vec<String>,
}

/// Words of the log by field, each with Steward's word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Words {
    status: BTreeMap<String, String>,
    priority: BTreeMap<String, String>,
    impact: BTreeMap<String, String>,
    urgency: BTreeMap<String, String>,
    source: BTreeMap<String, String>,
    resolution_code: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    system: String,
    time_zone: Option<String>,
    #[serde(default = "rfc3339")]
    date_format: String,
    #[serde(default = "comma")]
    delimiter: char,
    #[serde(default = "blank")]
    unknown: Vec<String>,
    columns: Columns,
    #[serde(default)]
    title: Title,
    #[serde(default)]
    details: BTreeMap<String, String>,
    #[serde(default)]
    resolution: BTreeMap<String, String>,
    #[serde(default)]
    values: Words,
}

fn rfc3339() -> String {
    "rfc3339".to_owned()
}

const fn comma() -> char {
    ','
}

fn blank() -> Vec<String> {
    vec![String::new()]
}

/// The log's words for the values of one field.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary<T>(HashMap<String, T>);

impl<T: Copy + FromStr> Vocabulary<T> {
    fn new(field: &str, own: &[(&str, T)], words: BTreeMap<String, String>) -> Result<Self, Error> {
        let mut map: HashMap<String, T> = own.iter().map(|(w, v)| ((*w).to_owned(), *v)).collect();
        for (theirs, ours) in words {
            let value = ours.parse().map_err(|_| {
                let known: Vec<&str> = own.iter().map(|(word, _)| *word).collect();
                wrong(format!(
                    "values.{field}: '{ours}' is no {field}; use one of {}",
                    known.join(", ")
                ))
            })?;
            map.insert(theirs.trim().to_lowercase(), value);
        }
        Ok(Self(map))
    }

    /// The value of a word of the log, in any case.
    pub(super) fn read(&self, text: &str) -> Option<T> {
        self.0.get(&text.to_lowercase()).copied()
    }
}

/// A mapping that can be used.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Name of the other system; part of what identifies its records.
    pub system: String,
    /// Zone of times without an offset; the organization's when absent.
    pub time_zone: Option<String>,
    /// Between the cells of a line.
    pub delimiter: char,
    pub(super) date_format: String,
    pub(super) unknown: Vec<String>,
    pub(super) columns: Columns,
    pub(super) title: Title,
    pub(super) details: BTreeMap<String, String>,
    pub(super) resolution: BTreeMap<String, String>,
    pub(super) status: Vocabulary<Status>,
    pub(super) priority: Vocabulary<Priority>,
    pub(super) impact: Vocabulary<Level>,
    pub(super) urgency: Vocabulary<Level>,
    pub(super) source: Vocabulary<Source>,
    pub(super) resolution_code: Vocabulary<ResolutionCode>,
}

impl FromStr for Mapping {
    type Err = Error;

    /// Reads a TOML document.
    fn from_str(text: &str) -> Result<Self, Error> {
        let document: Document =
            toml::from_str(text).map_err(|cause| wrong(cause.to_string().trim_end().to_owned()))?;
        Self::checked(document)
    }
}

impl Mapping {
    fn checked(document: Document) -> Result<Self, Error> {
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
        let system = document.system;
        if system.is_empty() || system.len() > 50 || !system.chars().all(word) {
            return Err(wrong(
                "system: write 1 to 50 lower-case letters, digits, '-' or '_'".to_owned(),
            ));
        }
        if document.columns.updated_at.is_none() && document.columns.created_at.is_none() {
            return Err(wrong(
                "columns: name updated_at, created_at or both".to_owned(),
            ));
        }
        if let Some(zone) = &document.time_zone {
            jiff::tz::TimeZone::get(zone).map_err(|_| {
                wrong(format!(
                    "time_zone: '{zone}' is no IANA zone such as Europe/Berlin"
                ))
            })?;
        }
        if ['"', '\n', '\r'].contains(&document.delimiter) {
            return Err(wrong(
                "delimiter: use a character such as , or ;".to_owned(),
            ));
        }
        let unknown = document.unknown.iter().map(|t| t.trim().to_lowercase());
        let words = document.values;
        macro_rules! vocabulary {
            ($field:ident, $type:ty) => {{
                let own: Vec<(&str, $type)> =
                    <$type>::ALL.iter().map(|v| (v.as_str(), *v)).collect();
                Vocabulary::new(stringify!($field), &own, words.$field)?
            }};
        }
        Ok(Self {
            system,
            time_zone: document.time_zone,
            delimiter: document.delimiter,
            date_format: document.date_format,
            unknown: unknown.collect(),
            columns: document.columns,
            title: document.title,
            details: document.details,
            resolution: document.resolution,
            status: vocabulary!(status, Status),
            priority: vocabulary!(priority, Priority),
            impact: vocabulary!(impact, Level),
            urgency: vocabulary!(urgency, Level),
            source: vocabulary!(source, Source),
            resolution_code: vocabulary!(resolution_code, ResolutionCode),
        })
    }
}

fn wrong(detail: String) -> Error {
    Error::new(
        ErrorCode::ValidationError,
        format!("the mapping cannot be used: {detail}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mapping_of_servicenow_can_be_used() {
        let mapping: Mapping = SERVICENOW.parse().expect("valid");
        assert_eq!(mapping.system, "servicenow");
        assert_eq!(mapping.status.read("awaiting VENDOR"), Some(Status::OnHold));
        assert_eq!(mapping.status.read("lost"), None);
    }

    #[test]
    fn a_mapping_that_cannot_be_used_says_why() {
        let columns = "[columns]\nexternal_id = \"id\"\nstatus = \"s\"\ncreated_at = \"c\"\n";
        let cases = [
            ("", "system"),
            (columns, "system"),
            (&format!("system = \"A b\"\n{columns}"), "lower-case"),
            ("system = \"a\"\n[columns]\nstatus = \"s\"\n", "external_id"),
            (
                "system = \"a\"\n[columns]\nexternal_id = \"i\"\nstatus = \"s\"\n",
                "updated_at, created_at",
            ),
            (
                &format!("system = \"a\"\ntime_zone = \"Berlin\"\n{columns}"),
                "Europe/Berlin",
            ),
            (
                &format!("system = \"a\"\ndelimiter = '\"'\n{columns}"),
                "delimiter",
            ),
            (
                &format!("system = \"a\"\n{columns}colour = \"c\"\n"),
                "colour",
            ),
            (
                &format!("system = \"a\"\n{columns}[values.status]\nopen = \"opened\"\n"),
                "in_progress",
            ),
        ];
        for (text, hint) in cases {
            let error = text.parse::<Mapping>().expect_err(text).to_string();
            assert!(error.contains(hint), "{hint} in: {error}");
        }
    }
}
