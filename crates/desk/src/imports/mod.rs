//! Imports: tickets of another system with their history.
//!
//! A file is streamed line by line; about 500 lines make a transaction, and
//! what is known of a ticket so far is read from the database, so memory does
//! not grow with the file. Invariants: a line leaves its history once,
//! whatever is run again; a bad line costs itself and nothing else; a ticket
//! whose fields somebody changed in Steward is not changed by an import.
//! Deliberately absent: reading from the other system's API.

mod reader;
pub mod service;
mod store;

pub use service::{Order, Progress, Summary, run};
