//! Settings of the HTTP layer.

use crate::config::ConfigError;
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// Requests a minute; 0 is off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitSettings {
    /// `STEWARD_RATE_LIMIT_USER`: of a signed-in person.
    pub user: u32,
    /// `STEWARD_RATE_LIMIT_ADDRESS`: of an address.
    pub address: u32,
    /// `STEWARD_RATE_LIMIT_LOGIN`: attempts to sign in from an address.
    pub login: u32,
}

/// Settings of the HTTP layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSettings {
    /// Rate limits.
    pub limits: LimitSettings,
    /// `STEWARD_TRUSTED_PROXIES`: whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
    /// `STEWARD_CORS_ORIGINS`: other sites whose scripts may call the API.
    pub cors_origins: Vec<String>,
    /// `STEWARD_METRICS_TOKEN`: opens `/metrics`.
    pub metrics_token: Option<String>,
    /// `STEWARD_METRICS_LISTEN`: serves `/metrics` on an address of its own.
    pub metrics_listen: Option<SocketAddr>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            limits: LimitSettings {
                user: 30_000,
                address: 60_000,
                login: 120,
            },
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            metrics_token: None,
            metrics_listen: None,
        }
    }
}

impl HttpSettings {
    /// Reads the settings.
    ///
    /// # Errors
    /// Names the one that is wrong.
    pub fn from_lookup(get: impl Fn(&'static str) -> Option<String>) -> Result<Self, ConfigError> {
        let default = Self::default();
        let rate = |name, default| match get(name) {
            None => Ok(default),
            Some(value) => value.parse().map_err(|_| ConfigError::Value {
                name,
                value,
                hint: "write requests per minute as a whole number, or 0 for no limit",
            }),
        };
        let limits = LimitSettings {
            user: rate("STEWARD_RATE_LIMIT_USER", default.limits.user)?,
            address: rate("STEWARD_RATE_LIMIT_ADDRESS", default.limits.address)?,
            login: rate("STEWARD_RATE_LIMIT_LOGIN", default.limits.login)?,
        };
        let metrics_token = get("STEWARD_METRICS_TOKEN");
        if metrics_token.as_ref().is_some_and(|t| t.len() < 16) {
            return Err(ConfigError::Value {
                name: "STEWARD_METRICS_TOKEN",
                value: "(hidden)".to_owned(),
                hint: "use at least 16 characters",
            });
        }
        let metrics_listen = get("STEWARD_METRICS_LISTEN")
            .map(|value| {
                value.parse().map_err(|_| ConfigError::Value {
                    name: "STEWARD_METRICS_LISTEN",
                    value,
                    hint: "write an address and a port, such as 127.0.0.1:9100",
                })
            })
            .transpose()?;
        Ok(Self {
            limits,
            trusted_proxies: each("STEWARD_TRUSTED_PROXIES", &get, network)?,
            cors_origins: each("STEWARD_CORS_ORIGINS", &get, origin)?,
            metrics_token,
            metrics_listen,
        })
    }
}

pub(crate) type Reader<T> = fn(&str) -> Result<T, &'static str>;

/// Reads a list with commas.
pub(crate) fn each<T>(
    name: &'static str,
    get: impl Fn(&'static str) -> Option<String>,
    read: Reader<T>,
) -> Result<Vec<T>, ConfigError> {
    let text = get(name).unwrap_or_default();
    let words = text.split(',').map(str::trim).filter(|w| !w.is_empty());
    words
        .map(|word| {
            read(word).map_err(|hint| ConfigError::Value {
                name,
                value: word.to_owned(),
                hint,
            })
        })
        .collect()
}

/// Reads an address or a network.
pub(crate) fn network(text: &str) -> Result<IpNet, &'static str> {
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "list addresses or networks, such as 127.0.0.1,10.0.0.0/8")
}

/// The origin of a page as browsers send it: scheme, host and port, no path.
fn origin(text: &str) -> Result<String, &'static str> {
    let hint = "list origins such as https://portal.example.com, without a path; * is not possible";
    let (scheme, host) = text.split_once("://").ok_or(hint)?;
    let is_host = !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    if matches!(scheme, "http" | "https") && is_host {
        Ok(text.to_ascii_lowercase())
    } else {
        Err(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &'static str, value: &'static str) -> Result<HttpSettings, ConfigError> {
        HttpSettings::from_lookup(|asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn nothing_set_means_the_defaults() {
        let none = HttpSettings::from_lookup(|_| None).expect("readable");
        assert_eq!(none, HttpSettings::default());
    }

    #[test]
    fn lists_and_numbers_are_read() {
        let proxies = read("STEWARD_TRUSTED_PROXIES", "10.0.0.0/8, ::1").expect("readable");
        assert_eq!(proxies.trusted_proxies.len(), 2);
        let cors = read(
            "STEWARD_CORS_ORIGINS",
            "https://a.example,http://localhost:5173",
        );
        assert_eq!(cors.expect("readable").cors_origins.len(), 2);
        let user = read("STEWARD_RATE_LIMIT_USER", "60").expect("readable");
        assert_eq!(user.limits.user, 60);
    }

    #[test]
    fn a_wrong_value_is_named() {
        for (name, value) in [
            ("STEWARD_RATE_LIMIT_LOGIN", "many"),
            ("STEWARD_TRUSTED_PROXIES", "proxy"),
            ("STEWARD_CORS_ORIGINS", "*"),
            ("STEWARD_CORS_ORIGINS", "https://a.example/path"),
            ("STEWARD_METRICS_TOKEN", "short"),
            ("STEWARD_METRICS_LISTEN", "9100"),
        ] {
            let text = read(name, value).expect_err("refused").to_string();
            assert!(text.contains(name), "{text}");
        }
    }
}
