//! Words of mailboxes and of the ledger of mail.

use crate::tickets::model::vocabulary;

/// Most bytes of one message.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;
/// Most files that are taken out of one message.
pub const MAX_FILES: usize = 50;
/// Longest text that becomes a description or a comment, in characters.
pub const MAX_TEXT: usize = 60_000;
/// Most messages of one sender that act on tickets within an hour.
pub const MAX_PER_SENDER: i64 = 60;
/// Most people that one mailbox adds within an hour.
pub const MAX_NEW_PEOPLE: i64 = 20;
/// Most mailboxes of an organization.
pub const MAX_MAILBOXES: usize = 50;

vocabulary! {
    /// What a mailbox does with mail of someone whom the organization does not know.
    UnknownSender {
        /// It is kept in the ledger and nothing is answered.
        Refuse = "refuse",
        /// A requester with this address is added.
        CreateRequester = "create_requester",
    }
}

vocabulary! {
    /// How a message ended, or that it waits.
    Outcome {
        /// It is stored and waits to be worked on.
        Received = "received",
        /// It opened a ticket.
        TicketCreated = "ticket_created",
        /// It became a comment.
        CommentAdded = "comment_added",
        /// It is none that a person wrote to the desk.
        Ignored = "ignored",
        /// Its sender may not do what it asks for.
        Refused = "refused",
        /// It could not be worked on.
        Failed = "failed",
    }
}

impl Outcome {
    /// Whether a message that ended so did something to a ticket, so that it
    /// must not do it again.
    #[must_use]
    pub const fn acted(self) -> bool {
        matches!(self, Self::TicketCreated | Self::CommentAdded)
    }
}

vocabulary! {
    /// By what a message was matched to a ticket.
    MatchedBy {
        /// The header `In-Reply-To`.
        InReplyTo = "in_reply_to",
        /// The header `References`.
        References = "references",
        /// A number in brackets in the subject.
        Subject = "subject",
    }
}

vocabulary! {
    /// How a message reached the product.
    Route {
        /// `steward mail receive`.
        Command = "command",
        /// Fetched from an IMAP server.
        Imap = "imap",
    }
}

vocabulary! {
    /// How a connection to a mail server is secured.
    Security {
        /// TLS from the first byte.
        Tls = "tls",
        /// TLS after a command in the clear.
        Starttls = "starttls",
        /// Not at all: for a server on the same machine.
        None = "none",
    }
}

vocabulary! {
    /// What happens to a fetched message on its server.
    Afterwards {
        /// It is marked as read.
        Seen = "mark_seen",
        /// It is moved to another folder.
        Move = "move",
    }
}
