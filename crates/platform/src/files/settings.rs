//! Where files are kept and how large they may be.

use crate::config::ConfigError;
use std::fmt;
use std::path::{Path, PathBuf};

/// Largest attachment when nothing else is set: 25 MiB.
pub const DEFAULT_MAX_BYTES: u64 = 25 * 1024 * 1024;
const MOST_BYTES: u64 = 5 * 1024 * 1024 * 1024;

/// Settings of the file store.
#[derive(Debug, Clone)]
pub struct FileSettings {
    /// `STEWARD_MAX_ATTACHMENT_BYTES`
    pub max_attachment_bytes: u64,
    /// `STEWARD_FILES_URL`
    pub place: Place,
}

/// Where files are kept.
#[derive(Debug, Clone)]
pub enum Place {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket of an S3-compatible service.
    Bucket(Bucket),
}

/// A bucket and how to reach it.
#[derive(Clone)]
pub struct Bucket {
    /// Name of the bucket.
    pub name: String,
    /// Put before every key; may be empty.
    pub prefix: String,
    /// `STEWARD_S3_ENDPOINT`; AWS itself when absent.
    pub endpoint: Option<String>,
    /// `STEWARD_S3_REGION`
    pub region: String,
    /// `STEWARD_S3_ACCESS_KEY`
    pub access_key: String,
    /// `STEWARD_S3_SECRET_KEY`
    pub secret_key: String,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("prefix", &self.prefix)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

impl FileSettings {
    /// The folder `files` of the data directory, with the default bound.
    #[must_use]
    pub fn in_data_dir(data_dir: &Path) -> Self {
        Self {
            max_attachment_bytes: DEFAULT_MAX_BYTES,
            place: Place::Folder(data_dir.join("files")),
        }
    }

    pub(crate) fn from_lookup(
        get: impl Fn(&'static str) -> Option<String>,
        data_dir: &Path,
    ) -> Result<Self, ConfigError> {
        let mut settings = Self::in_data_dir(data_dir);
        if let Some(text) = get("STEWARD_MAX_ATTACHMENT_BYTES") {
            let bytes = text.parse().ok().filter(|n| (1..=MOST_BYTES).contains(n));
            settings.max_attachment_bytes = bytes.ok_or(ConfigError::Value {
                name: "STEWARD_MAX_ATTACHMENT_BYTES",
                value: text,
                hint: "write a number of bytes from 1 to 5368709120",
            })?;
        }
        if let Some(url) = get("STEWARD_FILES_URL") {
            settings.place = Place::Bucket(bucket(&url, get)?);
        }
        Ok(settings)
    }
}

fn bucket(
    address: &str,
    get: impl Fn(&'static str) -> Option<String>,
) -> Result<Bucket, ConfigError> {
    let wrong = || ConfigError::Value {
        name: "STEWARD_FILES_URL",
        value: address.to_owned(),
        hint: "use s3://BUCKET or s3://BUCKET/PREFIX; without it files stay in the data directory",
    };
    let (name, prefix) = address
        .strip_prefix("s3://")
        .map(|rest| rest.split_once('/').unwrap_or((rest, "")))
        .ok_or_else(wrong)?;
    if name.is_empty() || name.contains(['?', '#', '@', ':']) {
        return Err(wrong());
    }
    let needed = |variable: &'static str| {
        get(variable).ok_or(ConfigError::Value {
            name: variable,
            value: String::new(),
            hint: "set it, because STEWARD_FILES_URL names a bucket",
        })
    };
    let endpoint = get("STEWARD_S3_ENDPOINT");
    if let Some(text) = &endpoint {
        let usable = url::Url::parse(text).is_ok_and(|u| matches!(u.scheme(), "http" | "https"));
        if !usable {
            return Err(ConfigError::Value {
                name: "STEWARD_S3_ENDPOINT",
                value: text.clone(),
                hint: "write an address such as https://s3.example.com",
            });
        }
    }
    Ok(Bucket {
        name: name.to_owned(),
        prefix: prefix.trim_matches('/').to_owned(),
        endpoint,
        region: get("STEWARD_S3_REGION").unwrap_or_else(|| "us-east-1".to_owned()),
        access_key: needed("STEWARD_S3_ACCESS_KEY")?,
        secret_key: needed("STEWARD_S3_SECRET_KEY")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<FileSettings, ConfigError> {
        let get = |name: &'static str| {
            let found = pairs.iter().find(|(n, _)| *n == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        FileSettings::from_lookup(get, Path::new("data"))
    }

    #[test]
    fn without_settings_files_stay_in_the_data_directory() {
        let settings = read(&[]).expect("usable");
        assert_eq!(settings.max_attachment_bytes, DEFAULT_MAX_BYTES);
        assert!(matches!(settings.place, Place::Folder(p) if p == Path::new("data/files")));
    }

    #[test]
    fn a_bucket_takes_its_prefix_and_hides_its_keys() {
        let settings = read(&[
            ("STEWARD_FILES_URL", "s3://desk/a/b/"),
            ("STEWARD_S3_ENDPOINT", "http://127.0.0.1:9000"),
            ("STEWARD_S3_ACCESS_KEY", "id"),
            ("STEWARD_S3_SECRET_KEY", "hush"),
        ])
        .expect("usable");
        let Place::Bucket(bucket) = settings.place else {
            unreachable!("a bucket was asked for")
        };
        assert_eq!(
            (bucket.name.as_str(), bucket.prefix.as_str()),
            ("desk", "a/b")
        );
        assert!(!format!("{bucket:?}").contains("hush"));
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let key = ("STEWARD_S3_ACCESS_KEY", "id");
        let cases: &[(&[(&str, &str)], &str)] = &[
            (
                &[("STEWARD_MAX_ATTACHMENT_BYTES", "25MB")],
                "STEWARD_MAX_ATTACHMENT_BYTES",
            ),
            (
                &[("STEWARD_MAX_ATTACHMENT_BYTES", "0")],
                "STEWARD_MAX_ATTACHMENT_BYTES",
            ),
            (&[("STEWARD_FILES_URL", "/srv/files")], "STEWARD_FILES_URL"),
            (&[("STEWARD_FILES_URL", "s3:///x")], "STEWARD_FILES_URL"),
            (
                &[("STEWARD_FILES_URL", "s3://desk")],
                "STEWARD_S3_ACCESS_KEY",
            ),
            (
                &[("STEWARD_FILES_URL", "s3://desk"), key],
                "STEWARD_S3_SECRET_KEY",
            ),
            (
                &[
                    ("STEWARD_FILES_URL", "s3://desk"),
                    key,
                    ("STEWARD_S3_ENDPOINT", "minio:9000"),
                ],
                "STEWARD_S3_ENDPOINT",
            ),
        ];
        for (pairs, name) in cases {
            let text = read(pairs).expect_err("refused").to_string();
            assert!(text.starts_with(name), "{text}");
        }
    }
}
