//! Which templates of notifications there are, and how large they may be.

use super::channels::{ChannelKind, Topic, may_be_short};
use super::rules::Reason;
use crate::tickets::model::vocabulary;
use std::fmt;

/// Most characters of a subject's template.
pub const LONGEST_SUBJECT: usize = 500;
/// Most characters of a text's template.
pub const LONGEST_BODY: usize = 20_000;
/// Most characters of a message's template.
pub const LONGEST_MESSAGE: usize = 2_000;

vocabulary! {
    /// What a template writes for.
    Medium {
        /// Mail: subject, text and HTML.
        Email = "email",
        /// Short messages to people's phones.
        Sms = "sms",
        /// A team's chat in Slack.
        Slack = "slack",
        /// A team's chat in Microsoft Teams.
        Teams = "teams",
        /// A team's program that takes JSON: its `text`.
        Webhook = "webhook",
    }
}

impl From<ChannelKind> for Medium {
    fn from(kind: ChannelKind) -> Self {
        match kind {
            ChannelKind::Sms => Self::Sms,
            ChannelKind::Slack => Self::Slack,
            ChannelKind::Teams => Self::Teams,
            ChannelKind::Webhook => Self::Webhook,
        }
    }
}

impl Medium {
    /// Whether a team reads it, and nobody knows who that is.
    #[must_use]
    pub const fn is_of_team(self) -> bool {
        matches!(self, Self::Slack | Self::Teams | Self::Webhook)
    }

    /// The parts that are written for it.
    #[must_use]
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Email => &Part::ALL,
            Self::Sms | Self::Slack | Self::Teams | Self::Webhook => &[Part::Text],
        }
    }

    /// Most characters of the template of a part.
    #[must_use]
    pub const fn longest(self, part: Part) -> usize {
        match (self, part) {
            (_, Part::Subject) => LONGEST_SUBJECT,
            (Self::Email, Part::Text | Part::Html) => LONGEST_BODY,
            _ => LONGEST_MESSAGE,
        }
    }

    /// What it can speak of: the letter first, then the rest from the strongest.
    #[must_use]
    pub fn matters(self) -> Vec<Matter> {
        let mut matters = vec![Matter::Letter];
        let reasons = Reason::ALL.into_iter();
        match self {
            Self::Email => matters.extend(reasons.map(Matter::Reason)),
            Self::Sms => {
                let short = reasons.filter(|reason| may_be_short(*reason));
                matters.extend(short.map(Matter::Reason));
            }
            Self::Slack | Self::Teams | Self::Webhook => {
                matters.extend(Topic::ALL.iter().copied().map(Matter::Topic));
            }
        }
        matters
    }
}

vocabulary! {
    /// A language in which people are written to.
    Language {
        /// English, also for everyone whose language is not here.
        English = "en",
        /// German.
        German = "de",
    }
}

impl Language {
    /// The language of a locale such as `de-AT`.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("de") {
            Self::German
        } else {
            Self::English
        }
    }
}

/// What a template speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// One thing that happened, to one person.
    Reason(Reason),
    /// One thing that happened, to a team.
    Topic(Topic),
    /// The letter or message around all that happened.
    Letter,
}

impl Matter {
    /// The word used in database, API and code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reason(reason) => reason.as_str(),
            Self::Topic(topic) => topic.as_str(),
            Self::Letter => "letter",
        }
    }
}

/// A part of a mail that is written by a template of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// One line.
    Subject,
    /// Plain text.
    Text,
    /// HTML, for the inside of the page.
    Html,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Subject, Self::Text, Self::Html];

    /// The word used in API and code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Text => "text",
            Self::Html => "html",
        }
    }
}

/// Names one template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemplateKey {
    /// What it speaks of.
    pub matter: Matter,
    /// What it writes for.
    pub medium: Medium,
    /// In which language.
    pub language: Language,
}

impl TemplateKey {
    /// The template with these words in its address, if there is one.
    #[must_use]
    pub fn read(matter: &str, medium: &str, language: &str) -> Option<Self> {
        let medium: Medium = medium.parse().ok()?;
        let mut matters = medium.matters().into_iter();
        Some(Self {
            matter: matters.find(|known| known.as_str() == matter)?,
            medium,
            language: language.parse().ok()?,
        })
    }

    /// Every template, medium by medium: the letter first, then the rest from
    /// the strongest.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for medium in Medium::ALL.iter().copied() {
            for matter in medium.matters() {
                all.extend(Language::ALL.iter().map(|language| Self {
                    matter,
                    medium,
                    language: *language,
                }));
            }
        }
        all
    }
}

impl fmt::Display for TemplateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (matter, medium) = (self.matter.as_str(), self.medium.as_str());
        write!(f, "{matter}/{medium}/{}", self.language.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_template_has_an_address_of_its_own_that_leads_back() {
        let all = TemplateKey::all();
        let names: BTreeSet<String> = all.iter().map(ToString::to_string).collect();
        // Two languages of 13 reasons, 8 reasons, three times 11 topics, and a letter of each.
        assert_eq!((names.len(), all.len()), (118, 118));
        for key in all {
            let (matter, medium) = (key.matter.as_str(), key.medium.as_str());
            let read = TemplateKey::read(matter, medium, key.language.as_str());
            assert_eq!(read, Some(key));
        }
        for (matter, medium, language) in [
            ("noticed", "email", "en"),
            ("letter", "pigeon", "en"),
            ("arrived", "email", "en"),
            ("closed", "sms", "en"),
            ("mentioned", "slack", "en"),
            ("letter", "email", "fr"),
        ] {
            assert_eq!(TemplateKey::read(matter, medium, language), None);
        }
    }

    #[test]
    fn a_locale_has_one_of_the_languages() {
        for (locale, language) in [("de-AT", "de"), ("DE", "de"), ("en", "en"), ("fr", "en")] {
            assert_eq!(Language::of(locale).as_str(), language, "{locale}");
        }
    }
}
