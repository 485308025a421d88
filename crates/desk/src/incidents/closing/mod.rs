//! Resolved tickets close by themselves after some working days.

mod jobs;
mod service;
mod store;

pub(crate) use jobs::register as jobs;
pub use service::close_due;
