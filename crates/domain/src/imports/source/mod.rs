//! From the cells of a line to what the line says.

mod reader;
#[cfg(test)]
mod tests;

use super::mapping::{Mapping, Names};
use super::model::ImportedLine;
use super::times::TimeFormat;
use jiff::tz::TimeZone;
use reader::Reader;
use std::collections::HashMap;
use steward_kernel::{Error, ErrorCode};

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
