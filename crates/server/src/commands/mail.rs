//! `steward mail receive`: one message on standard input, for any mail server.
//! Answers with the codes of sysexits.h, which mail servers understand.

use super::Failure;
use std::io::Read;
use steward_domain::mail::model::MAX_BYTES;
use steward_kernel::Instant;
use steward_platform::App;
use steward_signals::mailboxes::{self, Arrival};

/// How the command ends; the number is its exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// The message is stored.
    Ok = 0,
    /// `EX_DATAERR`: it is too large. The mail server returns it.
    TooLarge = 65,
    /// `EX_NOUSER`: there is no such mailbox. The mail server returns it.
    NoMailbox = 67,
    /// `EX_TEMPFAIL`: not now. The mail server keeps it and tries again.
    TryAgain = 75,
}

impl From<Status> for std::process::ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Ok => 0,
            Status::TooLarge => 65,
            Status::NoMailbox => 67,
            Status::TryAgain => 75,
        })
    }
}

/// Reads a message and stores it. Returns what to tell the mail server, and a
/// sentence for its log.
///
/// # Errors
/// When the message cannot be read or stored: it should be handed over again.
pub async fn receive(
    app: &App,
    mailbox: Option<&str>,
    input: impl Read,
    now: Instant,
) -> Result<(Status, String), Failure> {
    // One byte more tells that there is more; the rest is not read.
    let most = u64::try_from(MAX_BYTES)?.saturating_add(1);
    let mut raw = Vec::new();
    input.take(most).read_to_end(&mut raw)?;
    let arrival = mailboxes::receive(app, mailbox, &raw, now).await?;
    let whom = mailbox.unwrap_or("anyone in its headers");
    Ok(match arrival {
        Arrival::Stored(id) => (Status::Ok, format!("stored as {id}")),
        Arrival::TooLarge(id) => {
            let text =
                format!("{id} has more than {MAX_BYTES} bytes; its beginning is in the ledger");
            (Status::TooLarge, text)
        }
        Arrival::NoMailbox => (Status::NoMailbox, format!("there is no mailbox for {whom}")),
        Arrival::Disabled => {
            let text = format!("the mailbox for {whom} is switched off");
            (Status::TryAgain, text)
        }
    })
}
