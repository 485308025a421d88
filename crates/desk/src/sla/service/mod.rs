//! Use cases of service levels.

pub(super) mod act;
mod asked;
mod book;
pub(super) mod calendars;
mod defaults;
mod draft;
pub(super) mod explain;
mod follow;
mod ledger;
mod moved;
mod past;
pub(super) mod policies;
pub(super) mod rebuild;
pub(super) mod recompute;
mod reminders;
pub(super) mod simulate;

pub(crate) use calendars::default_calendar;
pub(crate) use follow::{Clocks, follow, keep};
pub(crate) use ledger::{OnTicket, chips};
pub(crate) use moved::{Moved, State};
