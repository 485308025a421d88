//! What kind of mail it is: whether a person wrote it to the desk.

use super::bounce;
use super::message::Message;
use crate::tickets::model::vocabulary;

/// More servers than a message passes on its way.
const MAX_HOPS: usize = 50;

vocabulary! {
    /// Why a message is ignored.
    Ignored {
        /// A machine answered for a person (RFC 3834).
        AutoReply = "auto_reply",
        /// It went to many: a list or a newsletter.
        Bulk = "bulk",
        /// It came from the desk itself.
        Loop = "loop",
        /// A mail of the desk could not be delivered.
        Bounce = "bounce",
        /// A filter on its way says that nobody wants it.
        Spam = "spam",
        /// The same message acted already.
        Duplicate = "duplicate",
    }
}

/// What the mailbox says about mail that machines write.
#[derive(Debug, Clone, Copy)]
pub struct Habits<'a> {
    /// Addresses of the desk in lower case.
    pub own: &'a [String],
    /// Whether what monitoring and other machines write on their own counts.
    pub accepts_automatic: bool,
    /// Whether `X-Spam-Flag: YES` is believed.
    pub ignores_spam: bool,
}

/// Why nobody needs to see it, if so.
#[must_use]
pub fn classify(message: &Message, habits: Habits<'_>) -> Option<Ignored> {
    if is_loop(message, habits.own) {
        return Some(Ignored::Loop);
    }
    if bounce::is_bounce(message) {
        return Some(Ignored::Bounce);
    }
    if habits.ignores_spam && is_spam(message) {
        return Some(Ignored::Spam);
    }
    if answers_by_itself(message) {
        return Some(Ignored::AutoReply);
    }
    if habits.accepts_automatic {
        return None;
    }
    if is_generated(message) {
        return Some(Ignored::AutoReply);
    }
    is_bulk(message).then_some(Ignored::Bulk)
}

fn is_loop(message: &Message, own: &[String]) -> bool {
    let from = message.from.as_ref().map(|from| &from.address);
    let is_own = from.is_some_and(|from| own.contains(from));
    let looped = message
        .values("x-loop")
        .any(|value| own.contains(&value.trim().to_lowercase()));
    let is_ours = message.value("x-steward-mail").is_some();
    is_own || looped || is_ours || message.values("received").count() > MAX_HOPS
}

fn is_spam(message: &Message) -> bool {
    let first = |name| message.value(name).map(first_word);
    first("x-spam-flag").as_deref() == Some("yes")
        || first("x-spam-status").as_deref() == Some("yes")
}

/// A notice of absence and the like, which nobody ever wants as a ticket.
fn answers_by_itself(message: &Message) -> bool {
    let word = |name| message.value(name).map(first_word).unwrap_or_default();
    word("auto-submitted") == "auto-replied"
        || word("auto-submitted") == "auto-notified"
        || word("precedence") == "auto_reply"
        || message.value("x-autoreply").is_some()
        || message.value("x-autorespond").is_some()
        || message.value("x-auto-reply-from").is_some()
        || message.value("x-ms-exchange-inbox-rules-loop").is_some()
}

/// Written by a machine on its own.
fn is_generated(message: &Message) -> bool {
    let submitted = message.value("auto-submitted").map(first_word);
    let suppressed = message.value("x-auto-response-suppress");
    let suppressed = suppressed.map(str::to_lowercase).unwrap_or_default();
    let from_nobody = message
        .value("return-path")
        .is_some_and(|path| path.trim() == "<>");
    submitted.is_some_and(|word| word != "no")
        || ["all", "oof", "autoreply"]
            .iter()
            .any(|word| suppressed.contains(word))
        || from_nobody
}

fn is_bulk(message: &Message) -> bool {
    let precedence = message
        .value("precedence")
        .map(first_word)
        .unwrap_or_default();
    let lists = ["list-id", "list-post", "list-unsubscribe"];
    matches!(precedence.as_str(), "bulk" | "junk" | "list")
        || lists.iter().any(|name| message.value(name).is_some())
}

/// `auto-replied; owner=x` says `auto-replied`.
fn first_word(value: &str) -> String {
    let end = |c: char| c == ';' || c == ',' || c == '(' || c.is_whitespace();
    let word = value.trim().split(end).next().unwrap_or_default();
    word.to_lowercase()
}

/// Whether a server that the mailbox trusts says that the sender is who it
/// claims to be: `Authentication-Results` of that server with `dmarc=pass`
/// (RFC 8601). Its own server must remove such headers of others.
#[must_use]
pub fn is_authenticated(message: &Message, trusted: &str) -> bool {
    let mut results = message.values("authentication-results");
    results.any(|value| {
        let mut parts = value.split(';').map(str::trim);
        let server = parts.next().map(first_word).unwrap_or_default();
        server == trusted.trim().to_lowercase()
            && parts.any(|part| first_word(part) == "dmarc=pass")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(headers: &str) -> Message {
        let raw = format!("{headers}\n\ntext").replace('\n', "\r\n");
        Message::read(raw.as_bytes())
    }

    fn kind(headers: &str, accepts_automatic: bool) -> Option<&'static str> {
        let own = ["desk@example.com".to_owned()];
        let habits = Habits {
            own: &own,
            accepts_automatic,
            ignores_spam: true,
        };
        classify(&message(headers), habits).map(Ignored::as_str)
    }

    #[test]
    fn headers_say_what_kind_of_mail_it_is() {
        let cases: &[(&str, Option<&str>, Option<&str>)] = &[
            ("From: lea@example.com", None, None),
            ("From: lea@example.com\nAuto-Submitted: no", None, None),
            (
                "From: a@b.c\nAuto-Submitted: auto-replied; owner=a",
                Some("auto_reply"),
                Some("auto_reply"),
            ),
            (
                "From: a@b.c\nAuto-Submitted: Auto-Generated (cron)",
                Some("auto_reply"),
                None,
            ),
            (
                "From: a@b.c\nX-Auto-Response-Suppress: OOF, AutoReply",
                Some("auto_reply"),
                None,
            ),
            ("From: a@b.c\nX-Auto-Response-Suppress: None", None, None),
            (
                "From: a@b.c\nX-Autoreply: yes",
                Some("auto_reply"),
                Some("auto_reply"),
            ),
            (
                "From: a@b.c\nPrecedence: auto_reply",
                Some("auto_reply"),
                Some("auto_reply"),
            ),
            ("From: a@b.c\nPrecedence: Bulk", Some("bulk"), None),
            ("From: a@b.c\nPrecedence: first-class", None, None),
            ("From: a@b.c\nList-Id: <x.example.com>", Some("bulk"), None),
            (
                "From: a@b.c\nList-Unsubscribe: <mailto:x@b.c>",
                Some("bulk"),
                None,
            ),
            ("From: a@b.c\nReturn-Path: <>", Some("auto_reply"), None),
            ("From: a@b.c\nReturn-Path: <a@b.c>", None, None),
            (
                "From: MAILER-DAEMON@b.c\nReturn-Path: <>",
                Some("bounce"),
                Some("bounce"),
            ),
            (
                "From: x@b.c\nContent-Type: multipart/report; report-type=delivery-status; boundary=x",
                Some("bounce"),
                Some("bounce"),
            ),
            ("From: a@b.c\nX-Spam-Flag: YES", Some("spam"), Some("spam")),
            ("From: a@b.c\nX-Spam-Flag: NO", None, None),
            ("From: Desk@Example.com", Some("loop"), Some("loop")),
            (
                "From: a@b.c\nX-Loop: desk@example.com",
                Some("loop"),
                Some("loop"),
            ),
            ("From: a@b.c\nX-Steward-Mail: 1", Some("loop"), Some("loop")),
        ];
        for (headers, expected, by_machines) in cases {
            assert_eq!(kind(headers, false), *expected, "{headers}");
            assert_eq!(
                kind(headers, true),
                *by_machines,
                "{headers}, machines accepted"
            );
        }
        let hops = "Received: by x\n".repeat(51);
        assert_eq!(kind(&format!("{hops}From: a@b.c"), true), Some("loop"));
    }

    #[test]
    fn only_the_trusted_server_says_who_wrote() {
        let trusted = "mx.example.com";
        for (value, expected) in [
            (
                "mx.example.com; spf=pass; dmarc=pass (p=none) header.from=b.c",
                true,
            ),
            ("MX.example.com 1; dmarc=pass", true),
            ("mx.example.com; spf=pass; dmarc=fail", false),
            ("mx.evil.example; dmarc=pass", false),
            (
                "mx.example.com; spf=pass smtp.mailfrom=\"dmarc=pass\"",
                false,
            ),
        ] {
            let message = message(&format!("From: a@b.c\nAuthentication-Results: {value}"));
            assert_eq!(is_authenticated(&message, trusted), expected, "{value}");
        }
        assert!(!is_authenticated(&message("From: a@b.c"), trusted));
    }
}
