//! Words of messages that are about no ticket, in English and German.

use steward_domain::notifications::templates::Language;

/// What a test says.
pub(super) const fn trial(language: Language) -> &'static str {
    match language {
        Language::English => "This is a test from Steward. The channel works.",
        Language::German => "Dies ist ein Test von Steward. Der Kanal funktioniert.",
    }
}
