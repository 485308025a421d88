//! What an organization's record may hold.

use super::profile::{check_locale, check_time_zone};
use steward_kernel::{Error, Result};

/// What can be changed of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Unique in the deployment.
    pub name: String,
    /// Its domain; unique in the deployment.
    pub domain: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Language tag.
    pub locale: String,
    /// Whether its people can sign in.
    pub is_active: bool,
}

impl Settings {
    /// Brings what differs from `before` into its stored form.
    ///
    /// # Errors
    /// Names the first field that is not valid.
    pub fn checked(mut self, before: Option<&Self>) -> Result<Self> {
        self.name = name(&self.name)?;
        if before.is_none_or(|before| before.domain != self.domain) {
            self.domain = domain(&self.domain)?;
        }
        check_time_zone(&self.time_zone)?;
        check_locale(&self.locale)?;
        Ok(self)
    }

    /// Names of the fields that differ in `other`.
    #[must_use]
    pub fn changed(&self, other: &Self) -> Vec<&'static str> {
        let differences = [
            ("name", self.name != other.name),
            ("domain", self.domain != other.domain),
            ("time_zone", self.time_zone != other.time_zone),
            ("locale", self.locale != other.locale),
            ("is_active", self.is_active != other.is_active),
        ];
        let changed = differences.into_iter().filter(|(_, differs)| *differs);
        changed.map(|(name, _)| name).collect()
    }
}

/// The name without blanks around it.
///
/// # Errors
/// When nothing is left, or more than 100 characters.
pub fn name(text: &str) -> Result<String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::field("name", "length", "write 1 to 100 characters"));
    }
    Ok(name.to_owned())
}

/// The domain in lower case: labels of letters, digits and hyphens, joined by dots (RFC 1035).
///
/// # Errors
/// Gives an example.
pub fn domain(text: &str) -> Result<String> {
    let domain = text.to_lowercase();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if domain.len() <= 253 && domain.split('.').all(is_label) {
        return Ok(domain);
    }
    let message = "write a domain such as example.com";
    Err(Error::field("domain", "invalid", message))
}

/// A domain made of a name, for organizations that give none.
#[must_use]
pub fn domain_of(name: &str) -> String {
    let words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let domain: String = words.join("-").chars().take(63).collect();
    if domain.is_empty() {
        "organization".to_owned()
    } else {
        domain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn domains_are_labels_joined_by_dots() {
        assert_eq!(domain("Example.COM").expect("fine"), "example.com");
        for wrong in ["", ".", "a..b", "a b", "ä.de", "x_y", &"a".repeat(64)] {
            assert!(domain(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_setting_that_was_there_before_stays_valid() {
        let old = Settings {
            name: "Müller".to_owned(),
            domain: "müller".to_owned(),
            time_zone: "UTC".to_owned(),
            locale: "de".to_owned(),
            is_active: true,
        };
        let renamed = Settings {
            name: " Müller AG ".to_owned(),
            ..old.clone()
        };
        let kept = renamed.clone().checked(Some(&old)).expect("fine");
        assert_eq!(kept.changed(&old), ["name"]);
        assert!(renamed.checked(None).is_err(), "a new one must be a domain");
        let wrong = Settings {
            time_zone: "Mars".to_owned(),
            ..old.clone()
        };
        assert!(wrong.checked(Some(&old)).is_err());
    }

    proptest! {
        #[test]
        fn a_domain_made_of_any_name_is_one(name: String) {
            let made = domain_of(&name);
            prop_assert_eq!(domain(&made).ok(), Some(made));
        }
    }
}
