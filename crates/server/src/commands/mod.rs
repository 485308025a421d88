//! Commands for whoever runs a deployment.

pub mod backup;
pub mod doctor;
mod folder;
pub mod mail;
pub mod restore;
pub mod sla;

/// Why a command did not do its work.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
