//! The ledger of mail that came in.

use crate::deliveries::dto::TicketName;
use crate::mailboxes::store::MailRow;
use serde::{Deserialize, Serialize};
use steward_db::time::from_db;
use steward_domain::mail::fold::Folded;
use steward_domain::mail::message::Message;
use steward_kernel::Instant;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// How a message ended, or that it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InboundMailState {
    /// It is stored and waits to be worked on.
    Received,
    /// It opened a ticket.
    TicketCreated,
    /// It became a comment.
    CommentAdded,
    /// It is none that a person wrote to the desk.
    Ignored,
    /// Its sender may not do what it asks for.
    Refused,
    /// It could not be worked on.
    Failed,
}

impl InboundMailState {
    pub(in crate::mailboxes) const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::TicketCreated => "ticket_created",
            Self::CommentAdded => "comment_added",
            Self::Ignored => "ignored",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// Query of the ledger.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MailQuery {
    /// Only those that ended so.
    #[param(inline)]
    pub state: Option<InboundMailState>,
    /// Only those of one mailbox.
    pub mailbox_id: Option<Uuid>,
    /// Only those about one ticket.
    pub ticket_id: Option<Uuid>,
    /// Only those from one address.
    #[param(max_length = 320)]
    pub sender: Option<String>,
    /// Rows in a page.
    #[param(minimum = 1, maximum = 100)]
    pub per_page: Option<u32>,
    /// `next_cursor` of an earlier answer.
    pub cursor: Option<String>,
}

/// A message that came in, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InboundMail)]
pub struct InboundMailView {
    /// Id.
    pub id: Uuid,
    /// The mailbox.
    pub mailbox_id: Uuid,
    /// Its address when the message came.
    pub mailbox_address: String,
    /// `command` (`steward mail receive`) or `imap`.
    pub route: String,
    /// `received`, `ticket_created`, `comment_added`, `ignored`, `refused` or `failed`.
    pub state: String,
    /// Why, in a word: of what is ignored `auto_reply`, `bulk`, `loop`, `bounce`, `spam`, `duplicate`.
    pub reason: Option<String>,
    /// Why, in a sentence.
    pub detail: Option<String>,
    /// By what the ticket was found: `in_reply_to`, `references`, `subject`.
    pub matched_by: Option<String>,
    /// What else happened to the ticket: `resumed`, `reopened`, `follow_up`.
    pub effect: Option<String>,
    /// The ticket.
    pub ticket: Option<TicketName>,
    /// The comment that it became.
    pub comment_id: Option<Uuid>,
    /// Address of who wrote it, as it claims.
    pub sender: Option<String>,
    /// Name of who wrote it, as it claims.
    pub sender_name: Option<String>,
    /// Subject.
    pub subject: Option<String>,
    /// Message-ID.
    pub message_id: Option<String>,
    /// Size of all of it.
    pub size_bytes: i64,
    /// Files that were not kept, each with the reason.
    pub refused_files: Vec<String>,
    /// When the message itself was removed, because it was older than the organization keeps them.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub raw_removed_at: Option<Instant>,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Instant,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub settled_at: Option<Instant>,
}

impl From<MailRow> for InboundMailView {
    fn from(row: MailRow) -> Self {
        let number = row.number;
        let refused = row.refused_files.map(serde_json::from_value);
        Self {
            id: row.id,
            mailbox_id: row.mailbox_id,
            mailbox_address: row.mailbox_address,
            route: row.route,
            state: row.state,
            reason: row.reason,
            detail: row.detail,
            matched_by: row.matched_by,
            effect: row.effect,
            ticket: row.ticket_id.map(|id| TicketName { id, number }),
            comment_id: row.comment_id,
            sender: row.sender.filter(|text| !text.is_empty()),
            sender_name: row.sender_name,
            subject: row.subject,
            message_id: row.message_id,
            size_bytes: row.size_bytes,
            refused_files: refused.and_then(Result::ok).unwrap_or_default(),
            raw_removed_at: row.raw_removed_at.map(from_db),
            received_at: from_db(row.received_at),
            settled_at: row.settled_at.map(from_db),
        }
    }
}

/// Messages, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboundMails {
    /// The page.
    pub data: Vec<InboundMailView>,
    /// Asks for what follows; absent at the end.
    pub next_cursor: Option<String>,
}

/// A header of a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailHeader {
    /// Name, in lower case.
    pub name: String,
    /// Value on one line.
    pub value: String,
}

/// A file of a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailFile {
    /// Name as sent.
    pub name: String,
    /// Size.
    pub size_bytes: i64,
}

/// A message with what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboundMailDetail {
    /// The line of the ledger.
    pub mail: InboundMailView,
    /// Headers, in order; at most 200.
    pub headers: Vec<MailHeader>,
    /// What was written.
    pub text: String,
    /// What was quoted.
    pub quoted: String,
    /// The signature.
    pub signature: String,
    /// Its files.
    pub files: Vec<MailFile>,
    /// Where the message is as it came; nowhere when it was removed, and nothing above is known then.
    pub raw_path: Option<String>,
}

impl InboundMailDetail {
    /// Of a message that is not there any more.
    pub(in crate::mailboxes) fn removed(mail: InboundMailView) -> Self {
        let nothing = Self::new(mail, Message::default(), Folded::default());
        Self {
            raw_path: None,
            ..nothing
        }
    }

    pub(in crate::mailboxes) fn new(
        mail: InboundMailView,
        message: Message,
        folded: Folded,
    ) -> Self {
        let bounded = |text: String| text.chars().take(100_000).collect();
        let headers = message.headers.into_iter().take(200);
        let files = message.files.into_iter().take(200);
        Self {
            raw_path: Some(format!("/api/v1/inbound-mails/{}/raw", mail.id)),
            mail,
            headers: headers
                .map(|(name, value)| MailHeader { name, value })
                .collect(),
            text: bounded(folded.reply),
            quoted: bounded(folded.quoted),
            signature: bounded(folded.signature),
            files: files
                .map(|file| MailFile {
                    size_bytes: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
                    name: file.name,
                })
                .collect(),
        }
    }
}

/// The bytes of a message. Only its schema is used.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct RawMail(pub Vec<u8>);
