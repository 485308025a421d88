//! Every statement of mailboxes and of the ledger.

mod mailboxes;
mod mails;
mod matching;

pub(super) use mailboxes::*;
pub(super) use mails::*;
pub(super) use matching::*;
