//! To which conversation a message belongs.

use super::message::Message;
use super::model::MatchedBy;
use crate::tickets::model;
use uuid::Uuid;

/// Most ids of a message that are looked up.
const MAX_IDS: usize = 50;

/// A Message-ID that the product made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnId {
    /// The first mail of a ticket's conversation, which nobody has.
    Thread(Uuid),
    /// A mail that was sent.
    Mail(Uuid),
}

/// Reads a Message-ID, without its brackets, that the product may have made:
/// `thread-<ticket>@…` or `<mail>@…`.
#[must_use]
pub fn own(id: &str) -> Option<OwnId> {
    let (local, _) = id.split_once('@')?;
    // Others write ids of 32 digits without hyphens; ours have them.
    let read = |text: &str| (text.len() == 36).then(|| text.parse().ok()).flatten();
    match local.strip_prefix("thread-") {
        Some(ticket) => read(ticket).map(OwnId::Thread),
        None => read(local).map(OwnId::Mail),
    }
}

/// Message-IDs that a message names, the most telling first: those it answers,
/// then its ancestors from the nearest.
#[must_use]
pub fn ancestors(message: &Message) -> Vec<(MatchedBy, String)> {
    let mut found: Vec<(MatchedBy, String)> = Vec::new();
    let mut add = |by: MatchedBy, id: &str| {
        if found.len() < MAX_IDS && !found.iter().any(|(_, known)| known == id) {
            found.push((by, id.to_owned()));
        }
    };
    for id in message.values("in-reply-to").flat_map(ids) {
        add(MatchedBy::InReplyTo, id);
    }
    let mut references: Vec<&str> = message.values("references").flat_map(ids).collect();
    references.reverse();
    for id in references {
        add(MatchedBy::References, id);
    }
    found
}

/// What stands between angle brackets; programs that forget them separate by blanks.
fn ids(value: &str) -> Vec<&str> {
    let bracketed: Vec<&str> = value
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(id, _)| id.trim()))
        .collect();
    let all = if bracketed.is_empty() {
        value.split_whitespace().collect()
    } else {
        bracketed
    };
    all.into_iter()
        .filter(|id| id.contains('@') && id.len() <= 998)
        .collect()
}

/// Numbers of tickets that stand in brackets in a subject: `Re: [INC-000042] VPN`.
#[must_use]
pub fn numbers(subject: &str) -> Vec<String> {
    let inside = subject.split('[').skip(1);
    let inside = inside.filter_map(|rest| rest.split_once(']').map(|(text, _)| text.trim()));
    let numbers = inside.filter_map(|text| {
        let (kind, number) = model::parse_number(text)?;
        Some(model::format_number(kind, number))
    });
    numbers.take(5).collect()
}

/// A subject as the title of a ticket: without `Re:`, `Fwd:` and the like.
#[must_use]
pub fn title(subject: &str) -> String {
    const PREFIXES: &[&str] = &[
        "re", "aw", "antw", "fw", "fwd", "wg", "tr", "sv", "vs", "rv", "r",
    ];
    let mut rest = subject.trim();
    while let Some((prefix, after)) = rest.split_once(':') {
        let word = prefix
            .trim()
            .trim_end_matches(|c: char| "[]()0123456789".contains(c));
        if !PREFIXES.contains(&word.to_lowercase().as_str()) || after.trim().is_empty() {
            break;
        }
        rest = after.trim();
    }
    if rest.is_empty() {
        return "(no subject)".to_owned();
    }
    rest.chars().take(500).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICKET: &str = "01934b5e-0000-7000-8000-000000000001";

    fn message(headers: &str) -> Message {
        Message::read(
            format!("{headers}\n\ntext")
                .replace('\n', "\r\n")
                .as_bytes(),
        )
    }

    #[test]
    fn ids_of_ours_are_known_by_their_form() {
        let id: Uuid = TICKET.parse().expect("an id");
        assert_eq!(
            own(&format!("thread-{TICKET}@example.com")),
            Some(OwnId::Thread(id))
        );
        assert_eq!(own(&format!("{TICKET}@example.com")), Some(OwnId::Mail(id)));
        for other in [
            "thread-x@example.com",
            "01934b5e000070008000000000000001@x",
            "a@b",
            "",
            TICKET,
        ] {
            assert_eq!(own(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_answered_comes_first_then_the_nearest_ancestor() {
        let message = message("In-Reply-To: <c@x>\nReferences: <a@x> <b@x>\n <c@x>");
        let found = ancestors(&message);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(by, id)| (by.as_str(), id.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("in_reply_to", "c@x"),
                ("references", "b@x"),
                ("references", "a@x")
            ]
        );
    }

    #[test]
    fn broken_ids_are_left_out_and_many_are_bounded() {
        let many: String = (0..500).map(|n| format!("<{n}@x> ")).collect();
        let found = ancestors(&message(&format!(
            "In-Reply-To: Your message of Monday <>\nReferences: {many}"
        )));
        assert_eq!(found.len(), MAX_IDS);
        assert_eq!(found[0].1, "499@x");
        assert_eq!(ancestors(&message("In-Reply-To: a@x"))[0].1, "a@x");
    }

    #[test]
    fn a_number_counts_only_in_brackets() {
        for (subject, expected) in [
            ("Re: [INC-000042] VPN", vec!["INC-000042"]),
            ("AW: WG: [inc-42] VPN", vec!["INC-000042"]),
            ("INC-000042 VPN", vec![]),
            ("[x] [INC-7] [INC-8", vec!["INC-000007"]),
            ("[INC-000042", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(numbers(subject), expected, "{subject}");
        }
    }

    #[test]
    fn a_title_is_the_subject_without_what_programs_put_before_it() {
        for (subject, expected) in [
            ("Re: AW: [2] VPN", "[2] VPN"),
            ("Fwd: Re[2]: VPN: again", "VPN: again"),
            ("Error: disk full", "Error: disk full"),
            ("Re:", "Re:"),
            ("  ", "(no subject)"),
        ] {
            assert_eq!(title(subject), expected, "{subject}");
        }
    }
}
