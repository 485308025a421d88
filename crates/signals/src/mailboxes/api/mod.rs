//! Handlers of mailboxes and of the ledger.

pub(super) mod mailboxes;
pub(super) mod mails;
