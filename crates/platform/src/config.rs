//! Settings from `STEWARD_…` variables and, behind them, a `steward.toml`. A
//! wrong one stops the start with a sentence that names it and says what would
//! be right.

mod file;

use crate::files::FileSettings;
use crate::http::settings::{HttpSettings, each, network};
use ipnet::IpNet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Settings of one process.
#[derive(Clone)]
pub struct Config {
    /// `STEWARD_DATABASE_URL`
    pub database_url: String,
    /// `STEWARD_DATA_DIR`: the SQLite file and the secret key live here.
    pub data_dir: PathBuf,
    /// `STEWARD_LISTEN`
    pub listen: SocketAddr,
    /// `STEWARD_PUBLIC_URL`: how browsers reach this server.
    pub public_url: String,
    /// `STEWARD_SECRET_KEY`: signs access tokens and seals secrets.
    pub secret_key: String,
    /// Rate limits, proxies, other sites, metrics.
    pub http: HttpSettings,
    /// `STEWARD_SECRET_KEY_PREVIOUS`: opens what was sealed before the key was changed.
    pub previous_secret_key: Option<String>,
    /// `STEWARD_SMTP_URL`: the mail server; without it mail becomes files in the data directory.
    pub smtp_url: Option<String>,
    /// `STEWARD_MAIL_FROM`: the sender of every mail.
    pub mail_from: String,
    /// `STEWARD_MAIL_RETURN_PATH`: where mail that cannot be delivered comes back; `{mail}` in it
    /// is the mail's id.
    pub mail_return_path: Option<String>,
    /// `STEWARD_OUTGOING_ALLOWED_NETWORKS`: addresses that are not public and may be sent to.
    pub outgoing_networks: Vec<IpNet>,
    /// `STEWARD_FILES_URL` and what belongs to it.
    pub files: FileSettings,
}

/// Leaves secrets out.
impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config")
            .field("data_dir", &self.data_dir)
            .field("listen", &self.listen)
            .field("public_url", &self.public_url)
            .field("mail_from", &self.mail_from)
            .finish_non_exhaustive()
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value that cannot be read.
    #[error("{name} is '{value}': {hint}")]
    Value {
        /// The variable.
        name: &'static str,
        /// What it holds.
        value: String,
        /// What would be right.
        hint: &'static str,
    },
    /// A settings file that cannot be used.
    #[error("the settings file {path} cannot be used: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        reason: String,
    },
    /// The data directory or the key in it cannot be read or made.
    #[error("the data directory {path} cannot be used: {source}")]
    DataDir {
        /// The path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Config {
    /// Reads the environment, then the settings file (`STEWARD_CONFIG`, else
    /// `steward.toml` if it is there); makes the data directory and the secret
    /// key when absent.
    ///
    /// # Errors
    /// Names the setting that is wrong.
    #[expect(clippy::disallowed_methods, reason = "this is the environment's home")]
    pub fn from_env() -> Result<Self, ConfigError> {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let file = file::read(variable("STEWARD_CONFIG"))?;
        Self::from_lookup(|name| variable(name).or_else(|| file.get(name).cloned()))
    }

    /// As [`Config::from_env`], from any source of values.
    ///
    /// # Errors
    /// Names the setting that is wrong.
    pub fn from_lookup(get: impl Fn(&'static str) -> Option<String>) -> Result<Self, ConfigError> {
        let listen_text = get("STEWARD_LISTEN").unwrap_or_else(|| "127.0.0.1:8000".to_owned());
        let listen: SocketAddr = listen_text.parse().map_err(|_| ConfigError::Value {
            name: "STEWARD_LISTEN",
            value: listen_text,
            hint: "write an address and a port, such as 127.0.0.1:8000",
        })?;
        let data_dir = PathBuf::from(get("STEWARD_DATA_DIR").unwrap_or_else(|| "data".to_owned()));
        let unusable = |source| ConfigError::DataDir {
            path: data_dir.clone(),
            source,
        };
        std::fs::create_dir_all(&data_dir).map_err(unusable)?;
        let database_url = get("STEWARD_DATABASE_URL")
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("steward.db").display()));
        if !["sqlite:", "postgres://", "postgresql://"]
            .iter()
            .any(|p| database_url.starts_with(p))
        {
            return Err(ConfigError::Value {
                name: "STEWARD_DATABASE_URL",
                value: database_url,
                hint: "use sqlite:PATH or postgres://USER@HOST/NAME",
            });
        }
        let secret_key = match get("STEWARD_SECRET_KEY") {
            Some(key) if key.len() < 32 => {
                return Err(ConfigError::Value {
                    name: "STEWARD_SECRET_KEY",
                    value: "(hidden)".to_owned(),
                    hint: "use at least 32 characters",
                });
            }
            Some(key) => key,
            None => kept_key(&data_dir).map_err(unusable)?,
        };
        let public_url = get("STEWARD_PUBLIC_URL")
            .unwrap_or_else(|| format!("http://localhost:{}", listen.port()));
        Ok(Self {
            files: FileSettings::from_lookup(&get, &data_dir)?,
            database_url,
            data_dir: data_dir.clone(),
            listen,
            public_url,
            secret_key,
            http: HttpSettings::from_lookup(&get)?,
            previous_secret_key: get("STEWARD_SECRET_KEY_PREVIOUS"),
            smtp_url: smtp_url(get("STEWARD_SMTP_URL"))?,
            mail_from: mail_from(get("STEWARD_MAIL_FROM"))?,
            mail_return_path: mail_return_path(get("STEWARD_MAIL_RETURN_PATH"))?,
            outgoing_networks: each("STEWARD_OUTGOING_ALLOWED_NETWORKS", &get, network)?,
        })
    }
}

fn smtp_url(value: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(url) = value else { return Ok(None) };
    let is_known = url.starts_with("smtp://") || url.starts_with("smtps://");
    let read = lettre::AsyncSmtpTransport::<lettre::Tokio1Executor>::from_url(&url);
    if !is_known || read.is_err() {
        return Err(ConfigError::Value {
            name: "STEWARD_SMTP_URL",
            value: "(hidden)".to_owned(),
            hint: "write smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:587?tls=required, \
                   with special characters of the password percent-encoded",
        });
    }
    Ok(Some(url))
}

fn mail_from(value: Option<String>) -> Result<String, ConfigError> {
    let address = value.unwrap_or_else(|| "Steward <steward@localhost>".to_owned());
    match address.parse::<lettre::message::Mailbox>() {
        Ok(_) => Ok(address),
        Err(_) => Err(ConfigError::Value {
            name: "STEWARD_MAIL_FROM",
            value: address,
            hint: "write an address such as Service desk <desk@example.com>",
        }),
    }
}

fn mail_return_path(value: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(address) = value else {
        return Ok(None);
    };
    let example = address.replace("{mail}", &uuid::Uuid::nil().simple().to_string());
    match example.parse::<lettre::Address>() {
        Ok(_) if example != address => Ok(Some(address)),
        _ => Err(ConfigError::Value {
            name: "STEWARD_MAIL_RETURN_PATH",
            value: address,
            hint: "write an address with {mail} in it, such as desk+{mail}@example.com",
        }),
    }
}

fn kept_key(data_dir: &Path) -> std::io::Result<String> {
    let path = data_dir.join("secret.key");
    if let Ok(key) = std::fs::read_to_string(&path) {
        return Ok(key.trim().to_owned());
    }
    let key = crate::clock::random_token();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(&path)?, key.as_bytes())?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &'static str, value: &'static str) -> Result<Config, ConfigError> {
        let dir = std::env::temp_dir().join("steward-config-test");
        Config::from_lookup(move |asked| match asked {
            "STEWARD_DATA_DIR" => Some(dir.display().to_string()),
            _ if asked == name => Some(value.to_owned()),
            _ => None,
        })
    }

    #[test]
    fn a_wrong_setting_is_named_with_what_would_be_right() {
        let text = read("STEWARD_LISTEN", "here")
            .expect_err("refused")
            .to_string();
        assert!(
            text.contains("STEWARD_LISTEN") && text.contains("127.0.0.1:8000"),
            "{text}"
        );
        let text = read("STEWARD_DATABASE_URL", "mysql://x")
            .expect_err("refused")
            .to_string();
        assert!(text.contains("postgres://"), "{text}");
        let text = read("STEWARD_SMTP_URL", "mail.example.com:25")
            .expect_err("refused")
            .to_string();
        assert!(text.contains("smtps://") && !text.contains("mail.example.com"));
        let text = read("STEWARD_MAIL_FROM", "desk")
            .expect_err("refused")
            .to_string();
        assert!(text.contains("STEWARD_MAIL_FROM is 'desk'"), "{text}");
        for wrong in ["desk@example.com", "{mail}", "desk {mail}@example.com"] {
            let text = read("STEWARD_MAIL_RETURN_PATH", wrong)
                .expect_err("refused")
                .to_string();
            assert!(text.contains("desk+{mail}@example.com"), "{text}");
        }
        let right = read("STEWARD_MAIL_RETURN_PATH", "desk+{mail}@example.com");
        assert!(right.is_ok());
        let text = read("STEWARD_SECRET_KEY", "short")
            .expect_err("refused")
            .to_string();
        assert!(
            text.contains("32 characters") && !text.contains("short"),
            "{text}"
        );
    }

    #[test]
    fn the_secret_key_is_made_once_and_kept() {
        let first = read("x", "y").expect("readable");
        let second = read("x", "y").expect("readable");
        assert_eq!(first.secret_key, second.secret_key);
        assert!(first.secret_key.len() >= 32);
    }
}
