//! Request and answer types of mailboxes and of the ledger.

pub mod mailboxes;
pub mod mails;
