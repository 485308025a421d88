//! Handlers of departments and sites.

pub(super) mod departments;
pub(super) mod sites;
