//! Words of the built-in templates, in English and German.

use steward_domain::notifications::channels::Topic;
use steward_domain::notifications::rules::Reason;
use steward_domain::notifications::templates::Language;

/// What is said of an event, with and without someone who did it.
pub(super) const fn sentence(reason: Reason, language: Language) -> (&'static str, &'static str) {
    match (reason, language) {
        (Reason::Mentioned, Language::English) => ("mentioned you", "You were mentioned"),
        (Reason::Mentioned, Language::German) => ("hat Sie erwähnt", "Sie wurden erwähnt"),
        (Reason::Assigned, Language::English) => ("assigned it to you", "It was assigned to you"),
        (Reason::Assigned, Language::German) => {
            ("hat es Ihnen zugewiesen", "Es wurde Ihnen zugewiesen")
        }
        (Reason::Unassigned, Language::English) => {
            ("took it from you", "It is no longer assigned to you")
        }
        (Reason::Unassigned, Language::German) => (
            "hat es Ihnen abgenommen",
            "Es ist Ihnen nicht mehr zugewiesen",
        ),
        (Reason::ReportedForYou, Language::English) => {
            ("reported this for you", "This was reported for you")
        }
        (Reason::ReportedForYou, Language::German) => {
            ("hat dies für Sie gemeldet", "Dies wurde für Sie gemeldet")
        }
        (Reason::Resolved, Language::English) => ("resolved it", "It was resolved"),
        (Reason::Resolved, Language::German) => ("hat es gelöst", "Es wurde gelöst"),
        (Reason::Reopened, Language::English) => ("opened it again", "It was opened again"),
        (Reason::Reopened, Language::German) => {
            ("hat es wieder geöffnet", "Es wurde wieder geöffnet")
        }
        (Reason::OnHold, Language::English) => ("put it on hold", "It was put on hold"),
        (Reason::OnHold, Language::German) => ("hat es zurückgestellt", "Es wurde zurückgestellt"),
        (Reason::Closed, Language::English) => ("closed it", "It was closed"),
        (Reason::Closed, Language::German) => ("hat es geschlossen", "Es wurde geschlossen"),
        (Reason::Cancelled, Language::English) => ("cancelled it", "It was cancelled"),
        (Reason::Cancelled, Language::German) => ("hat es storniert", "Es wurde storniert"),
        (Reason::SlaBreached, Language::English) => {
            ("missed a service level", "A service level was missed")
        }
        (Reason::SlaBreached, Language::German) => (
            "hat ein Service-Level verfehlt",
            "Ein Service-Level wurde verfehlt",
        ),
        (Reason::Escalated, Language::English) => ("escalated it", "It was escalated"),
        (Reason::Escalated, Language::German) => ("hat es eskaliert", "Es wurde eskaliert"),
        (Reason::SlaAtRisk, Language::English) => {
            ("puts a service level at risk", "A service level is at risk")
        }
        (Reason::SlaAtRisk, Language::German) => (
            "gefährdet ein Service-Level",
            "Ein Service-Level ist gefährdet",
        ),
        (Reason::Commented, Language::English) => ("wrote", "Something was written"),
        (Reason::Commented, Language::German) => ("hat geschrieben", "Es wurde etwas geschrieben"),
    }
}

/// What a team is told of an event, with and without someone who did it.
pub(super) const fn sentence_to_team(
    topic: Topic,
    language: Language,
) -> (&'static str, &'static str) {
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

/// A status in words; one that is not known as it is.
pub(super) fn status(word: &str, language: Language) -> &str {
    match (word, language) {
        ("new", Language::English) => "New",
        ("new", Language::German) => "Neu",
        ("assigned", Language::English) => "Assigned",
        ("assigned", Language::German) => "Zugewiesen",
        ("in_progress", Language::English) => "In progress",
        ("in_progress", Language::German) => "In Arbeit",
        ("on_hold", Language::English) => "On hold",
        ("on_hold", Language::German) => "Wartet",
        ("resolved", Language::English) => "Resolved",
        ("resolved", Language::German) => "Gelöst",
        ("closed", Language::English) => "Closed",
        ("closed", Language::German) => "Geschlossen",
        ("cancelled", Language::English) => "Cancelled",
        ("cancelled", Language::German) => "Storniert",
        _ => word,
    }
}

/// A priority in words.
pub(super) fn priority(word: &str, language: Language) -> &str {
    match (word, language) {
        ("critical", Language::English) => "Critical",
        ("critical", Language::German) => "Kritisch",
        ("high", Language::English) => "High",
        ("high", Language::German) => "Hoch",
        ("medium", Language::English) => "Medium",
        ("medium", Language::German) => "Mittel",
        ("low", Language::English) => "Low",
        ("low", Language::German) => "Niedrig",
        _ => word,
    }
}
