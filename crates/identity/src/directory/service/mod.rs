//! Use cases of the directory, one file per record.

pub(super) mod departments;
pub(super) mod sites;
