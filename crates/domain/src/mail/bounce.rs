//! Notices that a mail could not be delivered (RFC 3464).

use super::message::Message;
use super::thread::{self, OwnId};
use uuid::Uuid;

/// What a mail server says of a mail of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// The mail that it is about.
    pub mail_id: Uuid,
    /// Whether it was given up, not only delayed.
    pub is_final: bool,
    /// What the server said.
    pub diagnostic: String,
}

/// Whether a mail server says that a mail could not be delivered.
#[must_use]
pub fn is_bounce(message: &Message) -> bool {
    let kind = message
        .value("content-type")
        .unwrap_or_default()
        .to_lowercase();
    let is_report = kind.starts_with("multipart/report") && kind.contains("delivery-status");
    let from = message.from.as_ref().map(|from| from.address.as_str());
    let local = from.and_then(|a| a.split('@').next()).unwrap_or_default();
    let is_daemon = matches!(local, "mailer-daemon" | "postmaster");
    let from_nobody = message
        .value("return-path")
        .is_some_and(|path| path.trim() == "<>");
    is_report || message.value("x-failed-recipients").is_some() || (is_daemon && from_nobody)
}

/// What a notice says, when it names a mail of ours.
#[must_use]
pub fn read(message: &Message) -> Option<Bounce> {
    let texts = || message.reports.iter().chain([&message.text]);
    let mail_id = texts()
        .find_map(|text| own_mail(text))
        .or_else(|| addressed(message))?;
    let status = message
        .reports
        .iter()
        .find(|text| field(text, "action").is_some());
    let action = status.and_then(|text| field(text, "action"));
    let diagnostic =
        status.and_then(|text| field(text, "diagnostic-code").or_else(|| field(text, "status")));
    let is_final = action.is_none_or(|action| action.to_lowercase().starts_with("failed"));
    let first_line = || {
        let line = message.text.lines().find(|line| !line.trim().is_empty());
        line.unwrap_or("it came back").to_owned()
    };
    Some(Bounce {
        mail_id,
        is_final,
        diagnostic: diagnostic
            .unwrap_or_else(first_line)
            .chars()
            .take(500)
            .collect(),
    })
}

/// The mail of ours whose Message-ID a text has in a header.
fn own_mail(text: &str) -> Option<Uuid> {
    let id = field(text, "message-id")?;
    match thread::own(id.trim().trim_matches(['<', '>'])) {
        Some(OwnId::Mail(id)) => Some(id),
        _ => None,
    }
}

/// The mail whose own return address a notice was sent to: `desk+<32 digits>@…`.
fn addressed(message: &Message) -> Option<Uuid> {
    const HEADERS: [&str; 5] = [
        "delivered-to",
        "x-original-to",
        "envelope-to",
        "x-envelope-to",
        "to",
    ];
    let values = HEADERS.iter().flat_map(|name| message.values(name));
    let is_break = |c: char| !c.is_ascii_hexdigit() && !"+@".contains(c);
    let mut words = values.flat_map(|value| value.split(is_break));
    words.find_map(tagged)
}

fn tagged(word: &str) -> Option<Uuid> {
    let (_, tag) = word.split_once('@')?.0.rsplit_once('+')?;
    (tag.len() == 32).then(|| Uuid::try_parse(tag).ok())?
}

/// A field of headers or of a report, with what is folded below it.
fn field(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines();
    let value = lines.find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then_some(value)
    })?;
    let folded = lines.take_while(|line| line.starts_with([' ', '\t']));
    let parts: Vec<&str> = std::iter::once(value)
        .chain(folded)
        .map(str::trim)
        .collect();
    Some(parts.join(" ").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01934b5e-0000-7000-8000-000000000001";

    fn dsn(action: &str) -> Message {
        let raw = format!(
            "From: MAILER-DAEMON@mx.example.com\nReturn-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"x\"\n\n\
             --x\nContent-Type: text/plain\n\nI'm sorry.\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n\
             Final-Recipient: rfc822; lea@example.com\nAction: {action}\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such\n user here\n\
             --x\nContent-Type: text/rfc822-headers\n\nFrom: desk@example.com\nMessage-ID: <{ID}@example.com>\n--x--\n"
        );
        Message::read(raw.replace('\n', "\r\n").as_bytes())
    }

    #[test]
    fn a_notice_names_our_mail_and_the_servers_answer() {
        let message = dsn("failed");
        assert!(is_bounce(&message));
        let bounce = read(&message).expect("ours");
        assert_eq!(bounce.mail_id.to_string(), ID);
        assert!(bounce.is_final);
        assert_eq!(bounce.diagnostic, "smtp; 550 5.1.1 no such user here");
        assert!(!read(&dsn("delayed")).expect("ours").is_final);
    }

    #[test]
    fn a_notice_that_names_no_mail_is_known_by_its_address() {
        let tag = ID.replace('-', "");
        for (header, is_known) in [
            (format!("To: <desk+{tag}@example.com>"), true),
            (
                format!("To: desk@example.com\r\nDelivered-To: desk+{tag}@example.com"),
                true,
            ),
            (
                format!("To: \"Desk\" <Desk+{}@Example.com>", tag.to_uppercase()),
                true,
            ),
            (format!("To: desk+{}@example.com", &tag[1..]), false),
            (format!("To: {tag}@example.com"), false),
            (format!("X-Other: desk+{tag}@example.com"), false),
        ] {
            let raw = format!(
                "From: MAILER-DAEMON@b.c\r\nReturn-Path: <>\r\n{header}\r\n\r\nNo such user.\r\n"
            );
            let message = Message::read(raw.as_bytes());
            let bounce = read(&message).filter(|_| is_bounce(&message));
            let found = bounce.as_ref().map(|bounce| bounce.mail_id.to_string());
            assert_eq!(found.as_deref(), is_known.then_some(ID), "{header}");
            let words = bounce.map(|bounce| bounce.diagnostic);
            assert_eq!(words.as_deref(), is_known.then_some("No such user."));
        }
    }

    #[test]
    fn a_notice_about_a_mail_of_others_is_about_nothing() {
        let raw = "From: postmaster@b.c\r\nReturn-Path: <>\r\n\r\nMessage-ID: <x@y.z>\r\n";
        let message = Message::read(raw.as_bytes());
        assert!(is_bounce(&message) && read(&message).is_none());
    }
}
