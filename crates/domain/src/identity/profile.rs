//! What a person's record may hold.

use steward_kernel::text::check_length;
use steward_kernel::{Error, Instant, Result};
use uuid::Uuid;

/// Most skills of a person.
pub const MAX_SKILLS: usize = 50;
/// Most open tickets that can be allowed.
pub const MAX_OPEN_TICKETS: i32 = 1000;
/// Highest level of experience.
pub const MAX_EXPERIENCE: i32 = 100;

/// What can be changed of a person's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Unique in the organization.
    pub username: String,
    /// Unique in the deployment.
    pub email: String,
    /// Whether the person has shown that the address is theirs.
    pub is_verified: bool,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Telephone number.
    pub phone: Option<String>,
    /// IANA time zone; the organization's when absent.
    pub time_zone: Option<String>,
    /// Language tag; the organization's when absent.
    pub locale: Option<String>,
    /// Who approves for this person.
    pub manager_id: Option<Uuid>,
    /// Department.
    pub department_id: Option<Uuid>,
    /// Site.
    pub site_id: Option<Uuid>,
    /// What the person knows, in lower case.
    pub skills: Vec<String>,
    /// Begin of an absence.
    pub away_from: Option<Instant>,
    /// End of an absence.
    pub away_until: Option<Instant>,
    /// Open tickets at most, for automatic assignment.
    pub max_open_tickets: Option<i32>,
    /// Level of experience, for automatic assignment.
    pub experience: i32,
}

impl Profile {
    /// Brings the fields into their stored form.
    ///
    /// # Errors
    /// Names the first field that is not valid.
    pub fn checked(mut self) -> Result<Self> {
        self.email = email(&self.email)?;
        self.username = username(&self.username)?;
        check_length("first_name", &self.first_name, 100)?;
        check_length("last_name", &self.last_name, 100)?;
        check_length("phone", self.phone.as_deref().unwrap_or_default(), 40)?;
        self.time_zone.as_deref().map_or(Ok(()), check_time_zone)?;
        self.locale.as_deref().map_or(Ok(()), check_locale)?;
        self.skills = skills(&self.skills)?;
        check_absence(self.away_from, self.away_until)?;
        if let Some(number) = self.max_open_tickets {
            check_number("max_open_tickets", number, MAX_OPEN_TICKETS)?;
        }
        check_number("experience", self.experience, MAX_EXPERIENCE)?;
        Ok(self)
    }

    /// What searches look into.
    #[must_use]
    pub fn search_text(&self) -> String {
        search_text(
            &self.first_name,
            &self.last_name,
            &self.email,
            &self.username,
        )
    }

    /// Names of the fields that differ in `other`.
    #[must_use]
    pub fn changed(&self, other: &Self) -> Vec<&'static str> {
        let differences = [
            ("username", self.username != other.username),
            ("email", self.email != other.email),
            ("first_name", self.first_name != other.first_name),
            ("last_name", self.last_name != other.last_name),
            ("phone", self.phone != other.phone),
            ("time_zone", self.time_zone != other.time_zone),
            ("locale", self.locale != other.locale),
            ("manager_id", self.manager_id != other.manager_id),
            ("department_id", self.department_id != other.department_id),
            ("site_id", self.site_id != other.site_id),
            ("skills", self.skills != other.skills),
            ("away_from", self.away_from != other.away_from),
            ("away_until", self.away_until != other.away_until),
            (
                "max_open_tickets",
                self.max_open_tickets != other.max_open_tickets,
            ),
            ("experience", self.experience != other.experience),
        ];
        let changed = differences.into_iter().filter(|(_, differs)| *differs);
        changed.map(|(name, _)| name).collect()
    }
}

/// The address in lower case, when it looks like one.
///
/// # Errors
/// Says what an address looks like.
pub fn email(text: &str) -> Result<String> {
    let email = text.trim().to_lowercase();
    check_length("email", &email, 254)?;
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let is_domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let is_address = email.split_once('@').is_some_and(|(local, domain)| {
        let full = !local.is_empty() && !domain.is_empty();
        full && local.chars().all(is_local) && domain.chars().all(is_domain)
    });
    if is_address {
        Ok(email)
    } else {
        let message = "write an address such as ada@example.com";
        Err(Error::field("email", "invalid", message))
    }
}

/// The username in lower case: letters, digits, dot, hyphen, underscore.
///
/// # Errors
/// Says which characters it may have.
pub fn username(text: &str) -> Result<String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if text.is_empty() || text.chars().count() > 100 || !text.chars().all(is_allowed) {
        let message = "use 1 to 100 letters, digits, dots, hyphens or underscores";
        return Err(Error::field("username", "invalid", message));
    }
    Ok(text.to_lowercase())
}

/// Accepts the name of an IANA time zone.
///
/// # Errors
/// Gives an example.
pub fn check_time_zone(name: &str) -> Result<()> {
    if name.len() <= 64 && jiff::tz::TimeZone::get(name).is_ok() {
        return Ok(());
    }
    let message = "write an IANA time zone such as Europe/Berlin or UTC";
    Err(Error::unknown("time_zone", message))
}

/// Accepts a language tag (BCP 47) such as `en` or `de-AT`.
///
/// # Errors
/// Gives an example.
pub fn check_locale(tag: &str) -> Result<()> {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let is_language =
        (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_alphabetic());
    let is_part =
        |p: &str| (2..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric());
    if tag.len() <= 35 && is_language && parts.all(is_part) {
        return Ok(());
    }
    let message = "write a language tag such as en or de-AT";
    Err(Error::field("locale", "invalid", message))
}

/// Skills in lower case, each once, in the order given.
///
/// # Errors
/// When there are too many, or one is blank or too long.
pub fn skills(given: &[String]) -> Result<Vec<String>> {
    if given.len() > MAX_SKILLS {
        return Err(Error::field("skills", "too_many", "name at most 50 skills"));
    }
    let mut kept: Vec<String> = Vec::with_capacity(given.len());
    for skill in given {
        let skill = skill.trim().to_lowercase();
        if skill.is_empty() || skill.chars().count() > 50 {
            let message = "write 1 to 50 characters for each skill";
            return Err(Error::field("skills", "length", message));
        }
        if !kept.contains(&skill) {
            kept.push(skill);
        }
    }
    Ok(kept)
}

/// An absence ends after it begins.
///
/// # Errors
/// When it does not.
pub fn check_absence(from: Option<Instant>, until: Option<Instant>) -> Result<()> {
    match (from, until) {
        (Some(from), Some(until)) if until <= from => Err(Error::field(
            "away_until",
            "order",
            "the absence must end after it begins",
        )),
        _ => Ok(()),
    }
}

/// Accepts a number from 0 to `max`.
///
/// # Errors
/// Names the bound.
pub fn check_number(field: &str, number: i32, max: i32) -> Result<()> {
    if (0..=max).contains(&number) {
        return Ok(());
    }
    let message = format!("use a number from 0 to {max}");
    Err(Error::field(field, "out_of_range", message))
}

/// What searches look into: names, address and username in lower case.
#[must_use]
pub fn search_text(first_name: &str, last_name: &str, email: &str, username: &str) -> String {
    format!("{first_name} {last_name} {email} {username}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_usernames_are_kept_in_lower_case() {
        assert_eq!(
            email(" Ada.L+x@Example.COM ").expect("fine"),
            "ada.l+x@example.com"
        );
        for wrong in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "a da@example.com",
            "a@b@c",
            "a@b_c",
        ] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
        assert_eq!(username("Ada.L-1_").expect("fine"), "ada.l-1_");
        for wrong in ["", "a b", "ada@example.com", "ä", &"a".repeat(101)] {
            assert!(username(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn zones_and_languages_are_known_ones() {
        for (zone, is_known) in [
            ("Europe/Berlin", true),
            ("UTC", true),
            ("America/Argentina/Buenos_Aires", true),
            ("Berlin", false),
            ("", false),
            ("../etc/passwd", false),
        ] {
            assert_eq!(check_time_zone(zone).is_ok(), is_known, "{zone}");
        }
        for (tag, is_valid) in [
            ("en", true),
            ("de-AT", true),
            ("zh-Hant-TW", true),
            ("e", false),
            ("en_US", false),
            ("english", false),
            ("de-", false),
            ("", false),
        ] {
            assert_eq!(check_locale(tag).is_ok(), is_valid, "{tag}");
        }
    }

    #[test]
    fn skills_are_compared_without_case_and_kept_once() {
        let given = [
            "Network".to_owned(),
            " network ".to_owned(),
            "SQL".to_owned(),
        ];
        assert_eq!(skills(&given).expect("fine"), ["network", "sql"]);
        assert!(skills(&[" ".to_owned()]).is_err());
        assert!(skills(&vec!["x".to_owned(); 51]).is_err());
    }

    #[test]
    fn an_absence_ends_after_it_begins() {
        let at = |s| Instant::from_second(s).ok();
        assert!(check_absence(at(1), at(2)).is_ok());
        assert!(check_absence(None, at(2)).is_ok());
        assert!(check_absence(at(2), at(2)).is_err());
        assert!(check_number("experience", 100, MAX_EXPERIENCE).is_ok());
        assert!(check_number("experience", -1, MAX_EXPERIENCE).is_err());
    }
}
