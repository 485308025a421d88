//! What stands around a mail: who it seems to come from, where answers go, to
//! which conversation it belongs, how to hear no more.

use super::store;
use lettre::Address;
use lettre::message::header::{self, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Mailboxes, Message};
use steward_db::Tx;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Result};
use uuid::Uuid;

/// What stands around a mail, beside what every mail has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Name of the sender; that of the settings when absent.
    pub sender_name: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Message-IDs, without brackets, of what was written by mail before, oldest first.
    pub ancestors: Vec<String>,
    /// A POST there means that the reader wants to hear no more (RFC 8058).
    pub unsubscribe_url: Option<String>,
}

/// Notes what stands around a mail that was just written.
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub async fn surround(
    tx: &Tx,
    organization: OrganizationId,
    mail: Uuid,
    envelope: &Envelope,
) -> Result<()> {
    store::insert_envelope(tx, organization, mail, envelope).await
}

fn raw(message: &mut Message, name: &'static str, value: String) {
    let name = HeaderName::new_from_ascii_str(name);
    message
        .headers_mut()
        .insert_raw(HeaderValue::new(name, value));
}

/// Writes the headers.
pub(super) fn apply(message: &mut Message, from: &Address, envelope: &Envelope) -> Result<()> {
    // Nobody's holiday notice answers this, and mail of ours that comes back is known.
    raw(message, "X-Auto-Response-Suppress", "All".to_owned());
    raw(message, "X-Steward-Mail", "1".to_owned());
    if let Some(name) = envelope
        .sender_name
        .as_ref()
        .filter(|name| !name.is_empty())
    {
        let from: Mailboxes = Mailbox::new(Some(name.clone()), from.clone()).into();
        message.headers_mut().set(header::From::from(from));
    }
    if let Some(address) = &envelope.reply_to {
        let address: Address = address.parse().map_err(Error::internal)?;
        let name = envelope.sender_name.clone().filter(|name| !name.is_empty());
        let to: Mailboxes = Mailbox::new(name, address).into();
        message.headers_mut().set(header::ReplyTo::from(to));
    }
    let clean = |id: &&String| {
        !id.contains(|c: char| c.is_whitespace() || c.is_control() || "<>".contains(c))
    };
    let ids: Vec<String> = envelope
        .ancestors
        .iter()
        .filter(clean)
        .map(|id| format!("<{id}>"))
        .collect();
    if let Some(last) = ids.last() {
        let root = message.headers().get::<header::References>();
        let root = root
            .map(|root| format!("{} ", AsRef::<str>::as_ref(&root)))
            .unwrap_or_default();
        let references = format!("{root}{}", ids.join(" "));
        message
            .headers_mut()
            .set(header::References::from(references));
        message
            .headers_mut()
            .set(header::InReplyTo::from(last.clone()));
    }
    if let Some(url) = &envelope.unsubscribe_url {
        raw(message, "List-Unsubscribe", format!("<{url}>"));
        raw(
            message,
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_go_to_the_mailbox_and_mails_join_what_was_written_before() {
        let mut message = Message::builder()
            .from("Steward <steward@example.com>".parse().expect("an address"))
            .to("lea@example.com".parse().expect("an address"))
            .references("<thread-1@example.com>".to_owned())
            .body("text".to_owned())
            .expect("a message");
        let envelope = Envelope {
            sender_name: Some("Acme desk".to_owned()),
            reply_to: Some("desk@acme.example".to_owned()),
            ancestors: vec!["1@lea".to_owned(), "bad id".to_owned(), "2@lea".to_owned()],
            unsubscribe_url: Some("https://desk.example.com/api/v1/unsubscribe/x".to_owned()),
        };
        let from = "steward@example.com".parse().expect("an address");
        apply(&mut message, &from, &envelope).expect("applied");
        let text = String::from_utf8(message.formatted()).expect("text");
        for part in [
            "From: \"Acme desk\" <steward@example.com>\r\n",
            "Reply-To: \"Acme desk\" <desk@acme.example>\r\n",
            "References: <thread-1@example.com> <1@lea> <2@lea>\r\n",
            "In-Reply-To: <2@lea>\r\n",
            "List-Unsubscribe: <https://desk.example.com/api/v1/unsubscribe/x>\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            "X-Steward-Mail: 1\r\n",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
