//! The port by which mail that came in reaches the desk. Who receives mail
//! decides whose it is and which ticket it answers; the desk, which registers
//! what takes it, does the rest under the same policy as everywhere.

use crate::App;
use futures::future::BoxFuture;
use steward_kernel::{Actor, Instant, Result};
use uuid::Uuid;

/// A file that came with a letter.
#[derive(Debug)]
pub struct Enclosure {
    /// Its name as it was sent.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What someone wrote to the desk.
#[derive(Debug, Default)]
pub struct Letter {
    /// The ticket that it answers; a new one when absent.
    pub ticket: Option<Uuid>,
    /// Title, should a ticket be opened.
    pub title: String,
    /// All of the text.
    pub text: String,
    /// What of it was newly written.
    pub reply: String,
    /// What of it was quoted.
    pub quoted: String,
    /// Its signature.
    pub signature: String,
    /// Files.
    pub enclosures: Vec<Enclosure>,
    /// Team of a ticket that is opened.
    pub team_id: Option<Uuid>,
    /// Category of a ticket that is opened.
    pub category: Option<String>,
    /// Subcategory of a ticket that is opened.
    pub subcategory: Option<String>,
}

/// What the desk did with a letter.
#[derive(Debug)]
pub struct Taken {
    /// The ticket.
    pub ticket_id: Uuid,
    /// The comment that it became; none when it opened the ticket.
    pub comment_id: Option<Uuid>,
    /// What else happened: `resumed`, `reopened`, `follow_up`.
    pub effect: Option<&'static str>,
    /// Files that were not kept, each with the reason.
    pub refused: Vec<String>,
}

/// Takes a letter: `fn(app, sender, letter, now)`. Called with a
/// [`steward_db::Unit`] open, in which everything it writes is one transaction
/// with what the caller writes.
pub type Take = for<'a> fn(&'a App, &'a Actor, Letter, Instant) -> BoxFuture<'a, Result<Taken>>;
