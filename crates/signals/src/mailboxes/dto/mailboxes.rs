//! Mailboxes.

use crate::notifications::dto::PersonReference as Reference;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use steward_platform::http::merge::{nullable, present};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a mailbox does with mail of someone whom the organization does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnknownSenders {
    /// Keep it in the ledger; nothing is answered.
    Refuse,
    /// Add a requester with the address, if its domain is allowed.
    CreateRequester,
}

/// How the connection to a mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionSecurity {
    /// TLS from the first byte (usually port 993).
    Tls,
    /// TLS after a command in the clear (usually port 143).
    Starttls,
    /// Not at all: only for a server on the same machine.
    None,
}

/// What happens to a fetched message on its server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AfterFetching {
    /// It is marked as read.
    MarkSeen,
    /// It is moved to the folder `move_to`.
    Move,
}

/// From where mail is fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImapInput {
    /// Name or address of the server.
    #[schema(min_length = 1, max_length = 253, pattern = r"^[A-Za-z0-9.:_-]+$")]
    pub host: String,
    /// Port.
    #[schema(minimum = 1, maximum = 65535)]
    pub port: u16,
    /// How the connection is secured.
    pub security: ConnectionSecurity,
    /// Name to sign in with.
    #[schema(
        min_length = 1,
        max_length = 254,
        pattern = r"^[^\x00-\x1F\x7F-\x9F]+$"
    )]
    pub user: String,
    /// Password; left out, the one that is kept stays. It is never shown.
    #[serde(default, skip_serializing)]
    #[schema(
        min_length = 1,
        max_length = 1000,
        pattern = r"^[^\x00-\x1F\x7F-\x9F]+$"
    )]
    pub password: Option<String>,
    /// Folder that is read.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\x00-\x1F\x7F-\x9F]+$"
    )]
    pub folder: String,
    /// What happens to a message once it is stored here.
    pub after_fetching: AfterFetching,
    /// Where it is moved.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\x00-\x1F\x7F-\x9F]+$"
    )]
    pub move_to: Option<String>,
}

/// From where mail is fetched, and how that went.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImapView {
    /// Name or address of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured.
    pub security: ConnectionSecurity,
    /// Name to sign in with.
    pub user: String,
    /// Whether a password is kept.
    pub has_password: bool,
    /// Folder that is read.
    pub folder: String,
    /// What happens to a message once it is stored here.
    pub after_fetching: AfterFetching,
    /// Where it is moved.
    pub move_to: Option<String>,
    /// Whether its server announces new mail at this moment (IDLE); else it is asked every minute.
    pub is_announced: bool,
    /// When it was last read.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub checked_at: Option<Instant>,
    /// Why it could not be read last.
    pub error: Option<String>,
}

/// An address whose mail becomes tickets.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mailbox)]
pub struct MailboxView {
    /// Id.
    pub id: Uuid,
    /// The address, in lower case; unique in the deployment.
    pub address: String,
    /// Name under which mail is sent when replies go here.
    pub sender_name: String,
    /// Whether it takes mail.
    pub is_enabled: bool,
    /// Whether replies to the organization's mails go here: one mailbox at most.
    pub takes_replies: bool,
    /// What it does with mail of strangers.
    pub unknown_senders: UnknownSenders,
    /// Domains whose people are added; `*` is any.
    pub allowed_domains: Vec<String>,
    /// Whether mail that machines write on their own counts.
    pub accepts_automatic: bool,
    /// Whether `X-Spam-Flag: YES` is believed.
    pub ignores_spam: bool,
    /// Only mail counts of which this server says `dmarc=pass` in `Authentication-Results`.
    pub trusted_server: Option<String>,
    /// Team of tickets that it opens.
    pub team: Option<Reference>,
    /// Category of tickets that it opens.
    pub category: Option<String>,
    /// Subcategory of tickets that it opens.
    pub subcategory: Option<String>,
    /// From where mail is fetched; nothing when a mail server hands it over.
    pub imap: Option<ImapView>,
    /// Counts changes; the `ETag`.
    pub version: i64,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

steward_platform::versioned!(MailboxView);

/// Mailboxes by address.
#[derive(Debug, Serialize, ToSchema)]
pub struct Mailboxes {
    /// All of the organization, at most 50.
    pub data: Vec<MailboxView>,
}

/// A new mailbox.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailboxInput {
    /// The address; unique in the deployment.
    #[schema(
        min_length = 3,
        max_length = 254,
        pattern = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$"
    )]
    pub address: String,
    /// Name under which mail is sent when replies go here.
    #[schema(max_length = 100)]
    pub sender_name: Option<String>,
    /// Whether it takes mail; yes when left out.
    pub is_enabled: Option<bool>,
    /// Whether replies go here; when left out, if no other mailbox takes them.
    pub takes_replies: Option<bool>,
    /// What it does with mail of strangers; `refuse` when left out.
    pub unknown_senders: Option<UnknownSenders>,
    /// Domains whose people are added; `*` is any.
    #[schema(max_items = 50)]
    pub allowed_domains: Option<Vec<String>>,
    /// Whether mail that machines write on their own counts; no when left out.
    pub accepts_automatic: Option<bool>,
    /// Whether `X-Spam-Flag: YES` is believed; yes when left out.
    pub ignores_spam: Option<bool>,
    /// A server whose `dmarc=pass` mail must have.
    #[schema(min_length = 1, max_length = 253)]
    pub trusted_server: Option<String>,
    /// Team of tickets that it opens.
    pub team_id: Option<Uuid>,
    /// Category of tickets that it opens.
    #[schema(min_length = 1, max_length = 200)]
    pub category: Option<String>,
    /// Subcategory of tickets that it opens.
    #[schema(min_length = 1, max_length = 200)]
    pub subcategory: Option<String>,
    /// From where mail is fetched.
    pub imap: Option<ImapInput>,
}

/// Parts of a mailbox to change; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailboxPatch {
    /// The address.
    #[serde(default, deserialize_with = "present")]
    #[schema(
        nullable = false,
        min_length = 3,
        max_length = 254,
        pattern = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$"
    )]
    pub address: Option<String>,
    /// Name under which mail is sent when replies go here.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_length = 100)]
    pub sender_name: Option<String>,
    /// Whether it takes mail.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    pub is_enabled: Option<bool>,
    /// Whether replies go here.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    pub takes_replies: Option<bool>,
    /// What it does with mail of strangers.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = UnknownSenders)]
    pub unknown_senders: Option<UnknownSenders>,
    /// Domains whose people are added; `*` is any.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, max_items = 50)]
    pub allowed_domains: Option<Vec<String>>,
    /// Whether mail that machines write on their own counts.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    pub accepts_automatic: Option<bool>,
    /// Whether `X-Spam-Flag: YES` is believed.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    pub ignores_spam: Option<bool>,
    /// A server whose `dmarc=pass` mail must have; `null` for none.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 253)]
    pub trusted_server: Option<Option<String>>,
    /// Team of tickets that it opens.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Uuid>)]
    pub team_id: Option<Option<Uuid>>,
    /// Category of tickets that it opens.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    pub category: Option<Option<String>>,
    /// Subcategory of tickets that it opens.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    pub subcategory: Option<Option<String>>,
    /// From where mail is fetched; `null` when a mail server hands it over.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<ImapInput>)]
    pub imap: Option<Option<ImapInput>>,
}

/// What the server of a mailbox said.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxCheck {
    /// Whether we were let in and the folder could be opened.
    pub is_reached: bool,
    /// Messages in the folder.
    pub messages: Option<u32>,
    /// What went wrong.
    pub error: Option<String>,
}
