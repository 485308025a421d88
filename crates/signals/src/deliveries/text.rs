//! The words of mails, in English and German.

use steward_domain::notifications::rules::Reason;

/// Most characters of one text in a mail; more is on the page.
const LONGEST: usize = 20_000;

/// A language of mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
}

impl Language {
    pub(super) fn of(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("de") {
            Self::German
        } else {
            Self::English
        }
    }
}

/// One thing that happened.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) reason: Reason,
    /// Who did it; nobody for the product itself.
    pub(super) actor: Option<String>,
    /// What was said.
    pub(super) comment: Option<String>,
}

/// What happened to one ticket.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) number: String,
    pub(super) title: String,
    pub(super) link: String,
    pub(super) items: Vec<Item>,
}

/// What is said of an event, with and without someone who did it.
const fn words(reason: Reason, language: Language) -> (&'static str, &'static str) {
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

fn item(item: &Item, language: Language) -> String {
    let (did, was) = words(item.reason, language);
    let line = match &item.actor {
        Some(actor) => format!("{actor} {did}"),
        None => was.to_owned(),
    };
    match &item.comment {
        Some(comment) => format!("{line}:\n\n{}\n", quoted(comment)),
        None => format!("{line}.\n"),
    }
}

fn quoted(text: &str) -> String {
    let mut short: String = text.trim().chars().take(LONGEST).collect();
    if text.trim().chars().count() > LONGEST {
        short.push_str(" […]");
    }
    let lines = short.lines().map(|line| format!("> {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Subject of a mail about one ticket, or about several.
pub(super) fn subject(sections: &[Section], language: Language) -> String {
    if let [one] = sections {
        return format!("[{}] {}", one.number, one.title);
    }
    let count = sections.len();
    match language {
        Language::English => format!("News of {count} tickets"),
        Language::German => format!("Neues zu {count} Tickets"),
    }
}

/// Text of a mail: everything that waited, ticket by ticket.
pub(super) fn body(name: &str, sections: &[Section], language: Language) -> String {
    let hello = match language {
        Language::English => "Hello",
        Language::German => "Guten Tag",
    };
    let mut text = format!("{hello} {name},\n");
    for section in sections {
        text.push_str(&format!(
            "\n{}  {}\n{}\n",
            section.number, section.title, section.link
        ));
        for one in &section.items {
            text.push('\n');
            text.push_str(&item(one, language));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_holds_every_text_and_leads_to_the_ticket() {
        let said = |actor: Option<&str>, comment: Option<&str>| Item {
            reason: Reason::Commented,
            actor: actor.map(str::to_owned),
            comment: comment.map(str::to_owned),
        };
        let section = |number: &str, items| Section {
            number: number.to_owned(),
            title: "VPN drops".to_owned(),
            link: format!("https://desk.example/agent/incidents/{number}"),
            items,
        };
        let one = [section(
            "INC-1",
            vec![
                said(Some("Lea"), Some("again\nand again")),
                said(None, None),
            ],
        )];
        let text = body("Priya", &one, Language::English);
        assert_eq!(subject(&one, Language::English), "[INC-1] VPN drops");
        assert_eq!(
            text,
            "Hello Priya,\n\nINC-1  VPN drops\nhttps://desk.example/agent/incidents/INC-1\n\nLea wrote:\n\n> again\n> and again\n\n\
             Something was written.\n"
        );
        let two = [section("INC-1", vec![]), section("INC-2", vec![])];
        assert_eq!(subject(&two, Language::of("de-AT")), "Neues zu 2 Tickets");
        assert!(body("x", &two, Language::of("de")).starts_with("Guten Tag x,"));
        let long = "x".repeat(LONGEST + 1);
        assert!(quoted(&long).ends_with(" […]"));
    }

    #[test]
    fn every_reason_has_words_in_every_language() {
        for reason in Reason::ALL {
            assert_ne!(
                words(reason, Language::English),
                words(reason, Language::German)
            );
        }
    }
}
