//! Organizations (tenants): made by the command line; no routes yet.

pub mod service;
mod store;
