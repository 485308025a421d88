//! Service levels: how much time an agreement gives, how much of it is used
//! up, and when it is.
//!
//! Invariants: a clock is a projection of its ticket's history, so evaluating
//! it in between changes nothing; what was consumed stays consumed when
//! targets or calendars change; a breach that happened stays recorded.

pub mod arithmetic;
pub mod book;
pub mod calculator;
pub mod clock;
pub mod escalation;
pub mod events;
pub mod explain;
pub mod ledger;
pub mod model;
pub mod pauses;
pub mod reason;
pub mod simulation;
pub mod situation;
