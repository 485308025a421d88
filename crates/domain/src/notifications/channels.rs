//! Channels beside mail: short messages to people, and messages to the chat of
//! a team or to another program.

use super::preferences::GATHER;
use super::rules::Reason;
use super::templates::Medium;
use crate::tickets::events::{Snapshot, TicketEvent};
use crate::tickets::model::{Status, vocabulary};
use steward_kernel::Instant;

vocabulary! {
    /// What a channel is.
    ChannelKind {
        /// Short messages to people's phones.
        Sms = "sms",
        /// An incoming webhook of Slack, or of a chat that reads the same.
        Slack = "slack",
        /// An incoming webhook of Microsoft Teams.
        Teams = "teams",
        /// JSON to an address.
        Webhook = "webhook",
    }
}

impl ChannelKind {
    /// Whether it speaks to a team, not to one person.
    #[must_use]
    pub const fn is_of_team(self) -> bool {
        !matches!(self, Self::Sms)
    }
}

vocabulary! {
    /// Who carries short messages.
    SmsProvider {
        /// Any gateway that takes JSON: `to`, `from`, `text`.
        Http = "http",
        /// Twilio, or a gateway that speaks like it.
        Twilio = "twilio",
    }
}

vocabulary! {
    /// What a team's channel can be told, the strongest first: it hears of one event once.
    Topic {
        /// A service level was missed.
        SlaBreached = "sla_breached",
        /// The ticket was escalated.
        Escalated = "escalated",
        /// Most of the time of a service level is used up.
        SlaAtRisk = "sla_at_risk",
        /// The team has a new ticket.
        Arrived = "arrived",
        /// Service is restored.
        Resolved = "resolved",
        /// It was not resolved after all.
        Reopened = "reopened",
        /// It waits for something.
        OnHold = "on_hold",
        /// It is over.
        Closed = "closed",
        /// It is not needed any more.
        Cancelled = "cancelled",
        /// Someone has it now.
        Assigned = "assigned",
        /// Something was said for all to read.
        Commented = "commented",
    }
}

impl Topic {
    /// The topics of an event that names whom it tells.
    #[must_use]
    pub fn of_named(event: &str) -> Self {
        match event {
            "sla.breached" => Self::SlaBreached,
            "ticket.escalated" => Self::Escalated,
            _ => Self::SlaAtRisk,
        }
    }

    /// Every topic of an event of a ticket, the strongest first.
    #[must_use]
    pub fn of(event: &TicketEvent) -> Vec<Self> {
        let TicketEvent::Updated {
            ticket,
            changes,
            comment,
            ..
        } = event
        else {
            return match event {
                TicketEvent::Created { .. } => vec![Self::Arrived],
                _ => Vec::new(),
            };
        };
        let mut topics = Vec::new();
        for change in changes {
            match change.field.as_str() {
                "team" => topics.push(Self::Arrived),
                "assignee" if ticket.assignee_id.is_some() => topics.push(Self::Assigned),
                "status" => topics.extend(of_status(change.old.as_deref(), ticket)),
                _ => {}
            }
        }
        // A shared channel has readers who may not read internal notes.
        if comment.as_ref().is_some_and(|comment| comment.is_public) {
            topics.push(Self::Commented);
        }
        topics.sort();
        topics.dedup();
        topics
    }
}

impl Topic {
    /// Whether it is an alarm, which waits for nothing else.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::SlaBreached | Self::Escalated)
    }
}

/// When a message leaves: an alarm at once, anything else with what follows
/// about its ticket.
#[must_use]
pub fn gathered_until(is_urgent: bool, now: Instant) -> Instant {
    if is_urgent {
        now
    } else {
        now.checked_add(GATHER).unwrap_or(now)
    }
}

fn of_status(old: Option<&str>, ticket: &Snapshot) -> Option<Topic> {
    let was_over = matches!(old, Some("resolved" | "closed"));
    match ticket.status.parse().ok()? {
        Status::Resolved => Some(Topic::Resolved),
        Status::OnHold => Some(Topic::OnHold),
        Status::Closed => Some(Topic::Closed),
        Status::Cancelled => Some(Topic::Cancelled),
        _ if was_over => Some(Topic::Reopened),
        _ => None,
    }
}

/// Most parts of a short message.
pub const MOST_SEGMENTS: usize = 3;

/// The basic characters of GSM 03.38; each takes one place.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Those of its extension; each takes two.
const EXTENDED: &str = "^{}\\[~]|€";

/// How many messages a phone network makes of a text (3GPP TS 23.038, 23.040):
/// 160 places of GSM's characters in one, 153 in each of several; 70 and 67
/// UTF-16 units when a character is none of GSM's.
#[must_use]
pub fn segments(text: &str) -> usize {
    let places = |c: char| {
        if BASIC.contains(c) {
            Some(1)
        } else {
            EXTENDED.contains(c).then_some(2)
        }
    };
    let gsm: Option<usize> = text.chars().map(places).sum();
    let (length, one, each) = match gsm {
        Some(length) => (length, 160, 153),
        None => (text.encode_utf16().count(), 70, 67),
    };
    if length <= one {
        1
    } else {
        length.div_ceil(each)
    }
}

/// How long a message may be that goes to a program or a chat, in characters:
/// Teams takes 28 KiB, of which a character may be four bytes.
pub const LONGEST_CHAT: usize = 6_000;

/// Whether a message is sent whole.
#[must_use]
pub fn is_whole(medium: Medium, text: &str, link: &str) -> bool {
    match medium {
        Medium::Sms => segments(&format!("{text} {link}")) <= MOST_SEGMENTS,
        Medium::Slack | Medium::Teams | Medium::Webhook => text.chars().count() <= LONGEST_CHAT,
        Medium::Email => true,
    }
}

/// The text as a chat gets it: as it is, or its beginning with a mark.
#[must_use]
pub fn in_chat(text: &str) -> String {
    let mut beginning: String = text.chars().take(LONGEST_CHAT).collect();
    if beginning.len() < text.len() {
        beginning.push_str(" […]");
    }
    beginning
}

/// The text with a link behind it, shortened so that it fits into
/// [`MOST_SEGMENTS`]; the link is never cut.
#[must_use]
pub fn short(text: &str, link: &str) -> String {
    let whole = format!("{text} {link}");
    if segments(&whole) <= MOST_SEGMENTS {
        return whole;
    }
    let chars: Vec<char> = text.chars().collect();
    let (mut low, mut high) = (0, chars.len());
    // The longest beginning that fits, found by halving.
    while low < high {
        let middle = (low + high).div_ceil(2);
        let beginning: String = chars.iter().take(middle).collect();
        if segments(&format!("{beginning}... {link}")) <= MOST_SEGMENTS {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    let beginning: String = chars.iter().take(low).collect();
    format!("{}... {link}", beginning.trim_end())
}

/// Whether a text is a phone number as networks want it (E.164), spaces and
/// the like left out: `+49 151 2345678`.
#[must_use]
pub fn phone(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !" -/().".contains(*c)).collect();
    let bare = match bare.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => bare,
    };
    let digits = bare.strip_prefix('+')?;
    let is_number = (7..=15).contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit())
        && !digits.starts_with('0');
    is_number.then_some(bare)
}

/// Whether a short message may be sent for this: what can wait for a mail
/// cannot be chosen.
#[must_use]
pub const fn may_be_short(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::Mentioned
            | Reason::Assigned
            | Reason::Escalated
            | Reason::SlaBreached
            | Reason::SlaAtRisk
            | Reason::Resolved
            | Reason::Reopened
            | Reason::Commented
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_of_a_short_message_are_counted_as_networks_do() {
        for (text, count) in [
            (String::new(), 1),
            ("x".repeat(160), 1),
            ("x".repeat(161), 2),
            ("x".repeat(306), 2),
            ("x".repeat(307), 3),
            ("ä".repeat(160), 1),
            ("€".repeat(80), 1),
            ("€".repeat(81), 2),
            ("ł".repeat(70), 1),
            ("ł".repeat(71), 2),
            ("ł".repeat(134), 2),
            ("ł".repeat(135), 3),
            ("😀".repeat(35), 1),
            ("😀".repeat(36), 2),
        ] {
            assert_eq!(segments(&text), count, "{text}");
        }
    }

    #[test]
    fn phone_numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("+49 151 2345678", Some("+491512345678")),
            ("0049 (151) 23-45.678", Some("+491512345678")),
            ("+1/555/0100", Some("+15550100")),
            ("0151 2345678", None),
            ("+49", None),
            ("ext. 12", None),
            ("+1234567890123456", None),
            ("+0491512345678", None),
            ("", None),
        ] {
            assert_eq!(phone(text).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn an_alarm_waits_for_nothing() {
        let now = Instant::from_second(1_000).expect("an instant");
        for (topic, until) in [
            (Topic::SlaBreached, 1_000),
            (Topic::Escalated, 1_000),
            (Topic::SlaAtRisk, 1_120),
            (Topic::Commented, 1_120),
        ] {
            let found = gathered_until(topic.is_urgent(), now).as_second();
            assert_eq!(found, until, "{}", topic.as_str());
        }
    }

    proptest! {
        #[test]
        fn a_short_message_fits_and_keeps_its_link(text in ".{0,900}") {
            let link = "https://desk.example/agent/incidents/INC-000042";
            let short = short(&text, link);
            prop_assert!(segments(&short) <= MOST_SEGMENTS, "{}", short);
            prop_assert!(short.ends_with(link));
        }
    }
}
