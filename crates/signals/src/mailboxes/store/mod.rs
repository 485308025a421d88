//! Every statement of mailboxes and of the ledger.

mod listeners;
mod mailboxes;
mod mails;
mod matching;

pub(super) use listeners::*;
pub(super) use mailboxes::*;
pub(super) use mails::*;
pub(super) use matching::*;
