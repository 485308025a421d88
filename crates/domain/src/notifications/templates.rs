//! Which templates of notifications there are, and how large they may be.

use super::rules::Reason;
use crate::tickets::model::vocabulary;
use std::fmt;

/// Most characters of a subject's template.
pub const LONGEST_SUBJECT: usize = 500;
/// Most characters of a text's template.
pub const LONGEST_BODY: usize = 20_000;

vocabulary! {
    /// What a template writes for.
    Medium {
        /// Mail: subject, text and HTML.
        Email = "email",
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
    /// One thing that happened.
    Reason(Reason),
    /// The letter around all that happened.
    Letter,
}

impl Matter {
    /// The word used in database, API and code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reason(reason) => reason.as_str(),
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

    /// Most characters of its template.
    #[must_use]
    pub const fn longest(self) -> usize {
        match self {
            Self::Subject => LONGEST_SUBJECT,
            Self::Text | Self::Html => LONGEST_BODY,
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
        let reason = || {
            let known = Reason::ALL.into_iter().find(|r| r.as_str() == matter);
            known.map(Matter::Reason)
        };
        let letter = (matter == Matter::Letter.as_str()).then_some(Matter::Letter);
        Some(Self {
            matter: letter.or_else(reason)?,
            medium: medium.parse().ok()?,
            language: language.parse().ok()?,
        })
    }

    /// Every template: the letter first, then the reasons from the strongest.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let reasons = Reason::ALL.into_iter().map(Matter::Reason);
        let matters = std::iter::once(Matter::Letter).chain(reasons);
        matters
            .flat_map(|matter| {
                Medium::ALL.iter().flat_map(move |medium| {
                    Language::ALL.iter().map(move |language| Self {
                        matter,
                        medium: *medium,
                        language: *language,
                    })
                })
            })
            .collect()
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
        assert_eq!((names.len(), all.len()), (28, 28));
        for key in all {
            let (matter, medium) = (key.matter.as_str(), key.medium.as_str());
            let read = TemplateKey::read(matter, medium, key.language.as_str());
            assert_eq!(read, Some(key));
        }
        for (matter, medium, language) in [
            ("noticed", "email", "en"),
            ("letter", "pigeon", "en"),
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
