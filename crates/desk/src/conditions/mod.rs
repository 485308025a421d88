//! Conditions over tickets, as lists, reports, policies and rules hold them.
//!
//! The rules are in `steward_domain::expr`, the SQL is in the store of tickets;
//! what people see while they build one is in `expressions`.

mod service;

pub(crate) use service::{authorize, bound, known_fields, read, read_text};
