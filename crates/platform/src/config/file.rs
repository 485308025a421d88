//! Settings from a file: `steward.toml`, whose keys are the variables' names
//! without `STEWARD_`, in lower case.

use super::ConfigError;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file that is read when `STEWARD_CONFIG` names no other, if it is there.
const DEFAULT: &str = "steward.toml";

/// Every setting; a key that is not here is a mistake of the one who wrote it.
pub(super) const NAMES: &[&str] = &[
    "STEWARD_CORS_ORIGINS",
    "STEWARD_DATABASE_URL",
    "STEWARD_DATA_DIR",
    "STEWARD_FILES_URL",
    "STEWARD_LISTEN",
    "STEWARD_MAIL_FROM",
    "STEWARD_MAIL_RETURN_PATH",
    "STEWARD_MAX_ATTACHMENT_BYTES",
    "STEWARD_METRICS_LISTEN",
    "STEWARD_METRICS_TOKEN",
    "STEWARD_OUTGOING_ALLOWED_NETWORKS",
    "STEWARD_PUBLIC_URL",
    "STEWARD_RATE_LIMIT_ADDRESS",
    "STEWARD_RATE_LIMIT_LOGIN",
    "STEWARD_RATE_LIMIT_USER",
    "STEWARD_S3_ACCESS_KEY",
    "STEWARD_S3_ENDPOINT",
    "STEWARD_S3_REGION",
    "STEWARD_S3_SECRET_KEY",
    "STEWARD_SECRET_KEY",
    "STEWARD_SECRET_KEY_PREVIOUS",
    "STEWARD_SMTP_URL",
    "STEWARD_TRUSTED_PROXIES",
];

/// Values of a settings file, by the name of the variable they stand for.
pub(super) type Values = BTreeMap<&'static str, String>;

/// Reads the file that `STEWARD_CONFIG` names, else `steward.toml` of the
/// working directory; without either there are no values.
///
/// # Errors
/// When the named file cannot be read, is no TOML, or has a key or value that
/// is no setting; the sentence names file and key.
pub(super) fn read(named: Option<String>) -> Result<Values, ConfigError> {
    let path = PathBuf::from(named.as_deref().unwrap_or(DEFAULT));
    match std::fs::read_to_string(&path) {
        Ok(text) => values(&path, &text),
        Err(cause) if named.is_none() && cause.kind() == std::io::ErrorKind::NotFound => {
            Ok(Values::new())
        }
        Err(cause) => Err(wrong(&path, format!("cannot be read: {cause}"))),
    }
}

fn wrong(path: &Path, reason: String) -> ConfigError {
    ConfigError::File {
        path: path.to_owned(),
        reason,
    }
}

fn values(path: &Path, text: &str) -> Result<Values, ConfigError> {
    let table: toml::Table = text
        .parse()
        .map_err(|cause: toml::de::Error| wrong(path, cause.to_string()))?;
    table
        .into_iter()
        .map(|(key, value)| {
            let name = NAMES
                .iter()
                .find(|name| key_of(name) == key)
                .ok_or_else(|| {
                    let known: Vec<String> = NAMES.iter().map(|name| key_of(name)).collect();
                    wrong(
                        path,
                        format!("'{key}' is no setting; there are {}", known.join(", ")),
                    )
                })?;
            let text = plain(&value).ok_or_else(|| {
                wrong(
                    path,
                    format!("'{key}' must be a text, a whole number or a list of texts"),
                )
            })?;
            Ok((*name, text))
        })
        .collect()
}

/// `STEWARD_DATA_DIR` is `data_dir` in the file.
fn key_of(name: &str) -> String {
    name.trim_start_matches("STEWARD_").to_lowercase()
}

/// The value as the variable would hold it; a list has commas.
fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(list) => {
            let texts: Option<Vec<&str>> = list.iter().map(toml::Value::as_str).collect();
            texts.map(|texts| texts.join(","))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Values, String> {
        values(Path::new("steward.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn texts_numbers_and_lists_become_what_the_variables_would_hold() {
        let read = of("listen = \"0.0.0.0:8000\"\nrate_limit_user = 100\n\
             cors_origins = [\"https://a.example\", \"https://b.example\"]")
        .expect("readable");
        assert_eq!(read["STEWARD_LISTEN"], "0.0.0.0:8000");
        assert_eq!(read["STEWARD_RATE_LIMIT_USER"], "100");
        assert_eq!(
            read["STEWARD_CORS_ORIGINS"],
            "https://a.example,https://b.example"
        );
    }

    #[test]
    fn what_is_no_setting_is_refused_by_name() {
        for (text, names) in [
            ("lisen = \"x\"", "'lisen' is no setting"),
            ("listen = true", "'listen' must be"),
            ("[listen]\nport = 1", "'listen' must be"),
            ("listen = ", "steward.toml"),
        ] {
            let error = of(text).expect_err(text);
            assert!(
                error.contains("steward.toml") && error.contains(names),
                "{error}"
            );
        }
    }

    #[test]
    fn only_a_file_that_was_named_must_be_there() {
        let missing = std::env::temp_dir().join("steward-no-such-file.toml");
        let error = read(Some(missing.display().to_string())).expect_err("named");
        assert!(error.to_string().contains("steward-no-such-file.toml"));
    }

    #[test]
    fn every_setting_is_described() {
        let page = include_str!("../../../../docs/operating.md");
        for name in NAMES {
            assert!(page.contains(name), "docs/operating.md lacks {name}");
        }
    }
}
