//! Words of short messages and of messages to a team, in English and German.

use steward_domain::notifications::channels::Topic;
use steward_domain::notifications::templates::Language;

/// What happened, with and without someone who did it.
pub(super) const fn sentence(topic: Topic, language: Language) -> (&'static str, &'static str) {
    match (topic, language) {
        (Topic::SlaBreached, Language::English) => {
            ("missed a service level", "A service level was missed")
        }
        (Topic::SlaBreached, Language::German) => (
            "hat ein Service-Level verfehlt",
            "Ein Service-Level wurde verfehlt",
        ),
        (Topic::Escalated, Language::English) => ("escalated it", "It was escalated"),
        (Topic::Escalated, Language::German) => ("hat es eskaliert", "Es wurde eskaliert"),
        (Topic::SlaAtRisk, Language::English) => {
            ("puts a service level at risk", "A service level is at risk")
        }
        (Topic::SlaAtRisk, Language::German) => (
            "gefährdet ein Service-Level",
            "Ein Service-Level ist gefährdet",
        ),
        (Topic::Arrived, Language::English) => ("brought it to the team", "It came to the team"),
        (Topic::Arrived, Language::German) => ("hat es dem Team gebracht", "Es kam zum Team"),
        (Topic::Resolved, Language::English) => ("resolved it", "It was resolved"),
        (Topic::Resolved, Language::German) => ("hat es gelöst", "Es wurde gelöst"),
        (Topic::Reopened, Language::English) => ("opened it again", "It was opened again"),
        (Topic::Reopened, Language::German) => {
            ("hat es wieder geöffnet", "Es wurde wieder geöffnet")
        }
        (Topic::OnHold, Language::English) => ("put it on hold", "It was put on hold"),
        (Topic::OnHold, Language::German) => ("hat es zurückgestellt", "Es wurde zurückgestellt"),
        (Topic::Closed, Language::English) => ("closed it", "It was closed"),
        (Topic::Closed, Language::German) => ("hat es geschlossen", "Es wurde geschlossen"),
        (Topic::Cancelled, Language::English) => ("cancelled it", "It was cancelled"),
        (Topic::Cancelled, Language::German) => ("hat es storniert", "Es wurde storniert"),
        (Topic::Assigned, Language::English) => ("assigned it", "It was assigned"),
        (Topic::Assigned, Language::German) => ("hat es zugewiesen", "Es wurde zugewiesen"),
        (Topic::Commented, Language::English) => ("wrote", "Something was written"),
        (Topic::Commented, Language::German) => ("hat geschrieben", "Es wurde etwas geschrieben"),
    }
}

/// What a test says.
pub(super) const fn trial(language: Language) -> &'static str {
    match language {
        Language::English => "This is a test from Steward. The channel works.",
        Language::German => "Dies ist ein Test von Steward. Der Kanal funktioniert.",
    }
}
