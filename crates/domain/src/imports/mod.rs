//! Imports: what another system's log says, as values.
//!
//! A [`source::Source`] turns the cells of one line into a neutral
//! [`model::ImportedLine`]; [`history`] says what changed from line to line.
//! Nothing here reads a file or a database.

pub mod addresses;
pub mod history;
pub mod mapping;
pub mod model;
pub mod record;
pub mod source;
pub mod times;
