//! Use cases of mailboxes and of mail that comes in.

mod fetch;
mod forget;
mod ledger;
mod listen;
mod mailboxes;
mod matching;
mod outgoing;
mod process;
mod receive;

pub(super) use fetch::{check, fetch, poll};
pub(crate) use forget::forget_raw;
pub(super) use ledger::{get as get_mail, list as list_mails, process as process_again, raw};
pub(super) use listen::{End, let_go, listen, take, unheard};
pub(super) use mailboxes::{create, delete, get, list, update};
pub(crate) use outgoing::envelope;
pub(super) use process::process;
pub(super) use receive::sweep;
pub use receive::{Arrival, receive};

use steward_kernel::{Actor, Error, Result};

/// Refuses who may not look after mailboxes.
fn require(actor: &Actor) -> Result<()> {
    if actor.may_all("mailbox:manage") {
        Ok(())
    } else {
        Err(Error::forbidden("mailbox:manage"))
    }
}
