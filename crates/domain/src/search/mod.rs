//! Words of texts and of queries, the same on both engines.

pub mod query;
pub mod words;
