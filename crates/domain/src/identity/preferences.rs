//! What people choose of the screens, bounded.

use super::profile::check_locale;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_kernel::{Error, Result};

/// Most lists whose columns are kept.
pub const MAX_LISTS: usize = 50;
/// Most columns of a list.
pub const MAX_COLUMNS: usize = 50;
/// Most pins in the sidebar.
pub const MAX_PINS: usize = 50;
/// Most characters of a pin.
pub const MAX_PIN: usize = 200;

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColorScheme {
    /// As the device is set.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How close rows stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// With much room between them.
    Comfortable,
    /// As usual.
    #[default]
    Normal,
    /// Close.
    Compact,
}

/// What a person chose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Light or dark.
    pub color_scheme: ColorScheme,
    /// How close rows stand.
    pub density: Density,
    /// Language of the screens; that of the person's record when absent.
    pub language: Option<String>,
    /// Columns of lists, in their order, by name of the list.
    pub columns: BTreeMap<String, Vec<String>>,
    /// What is pinned to the sidebar, in its order.
    pub sidebar_pins: Vec<String>,
}

impl Preferences {
    /// Accepts what is within the bounds.
    ///
    /// # Errors
    /// Names the first field that is not.
    pub fn checked(self) -> Result<Self> {
        if let Some(language) = &self.language {
            check_locale(language).map_err(|_| {
                let message = "write a language tag such as en or de-AT";
                Error::field("language", "invalid", message)
            })?;
        }
        check_columns(&self.columns)?;
        if self.sidebar_pins.len() > MAX_PINS {
            let message = format!("pin at most {MAX_PINS}");
            return Err(Error::field("sidebar_pins", "too_many", message));
        }
        let is_pin = |pin: &String| (1..=MAX_PIN).contains(&pin.chars().count());
        if !self.sidebar_pins.iter().all(is_pin) {
            let message = format!("write 1 to {MAX_PIN} characters for each pin");
            return Err(Error::field("sidebar_pins", "length", message));
        }
        Ok(self)
    }
}

fn check_columns(columns: &BTreeMap<String, Vec<String>>) -> Result<()> {
    if columns.len() > MAX_LISTS {
        let message = format!("keep the columns of at most {MAX_LISTS} lists");
        return Err(Error::field("columns", "too_many", message));
    }
    for (list, names) in columns {
        if names.len() > MAX_COLUMNS {
            let message = format!("name at most {MAX_COLUMNS} columns of a list");
            return Err(Error::field("columns", "too_many", message));
        }
        if !is_name(list) || !names.iter().all(|name| is_name(name)) {
            let message =
                "names have 1 to 60 lower-case letters, digits, dots, hyphens or underscores";
            return Err(Error::field("columns", "invalid", message));
        }
    }
    Ok(())
}

fn is_name(text: &str) -> bool {
    let is_allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b);
    (1..=60).contains(&text.len()) && text.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_within_the_bounds_is_accepted() {
        let fine = Preferences {
            language: Some("de-AT".to_owned()),
            columns: BTreeMap::from([("tickets".to_owned(), vec!["custom.room-1".to_owned()])]),
            sidebar_pins: vec!["view:mine".to_owned()],
            ..Preferences::default()
        };
        assert!(fine.clone().checked().is_ok());
        let columns = |list: &str, names: Vec<String>| Preferences {
            columns: BTreeMap::from([(list.to_owned(), names)]),
            ..fine.clone()
        };
        let pins = |sidebar_pins| Preferences {
            sidebar_pins,
            ..fine.clone()
        };
        for (field, wrong) in [
            ("columns", columns("", Vec::new())),
            ("columns", columns("Tickets", Vec::new())),
            ("columns", columns("tickets", vec!["a b".to_owned()])),
            ("columns", columns("tickets", vec!["a".to_owned(); 51])),
            ("columns", columns(&"a".repeat(61), Vec::new())),
            ("sidebar_pins", pins(vec![String::new()])),
            ("sidebar_pins", pins(vec!["x".repeat(201)])),
            ("sidebar_pins", pins(vec!["x".to_owned(); 51])),
            (
                "language",
                Preferences {
                    language: Some("german!".to_owned()),
                    ..fine.clone()
                },
            ),
        ] {
            let error = wrong.checked().expect_err(field);
            assert_eq!(error.errors[0].field, field);
        }
    }

    #[test]
    fn what_an_older_version_kept_reads_with_defaults() {
        let read: Preferences = serde_json::from_str(r#"{"density": "compact"}"#).expect("read");
        assert_eq!(read.density, Density::Compact);
        assert_eq!(read.color_scheme, ColorScheme::Auto);
    }
}
