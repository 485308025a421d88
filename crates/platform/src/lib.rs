//! Plumbing shared by every module: the HTTP layer, events, files, jobs, mail, settings,
//! sealed secrets, and the only homes of the system clock, randomness and the environment.

pub mod clock;
pub mod config;
pub mod events;
pub mod files;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod seal;

use std::sync::Arc;

/// What every handler gets: the database and the deployment's settings.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: steward_db::Db,
    /// Settings, read once at the start.
    pub config: Arc<config::Config>,
    /// Attached files.
    pub files: files::FileStore,
    /// Who does which background work.
    pub jobs: Arc<jobs::Registry>,
    /// How mail leaves.
    pub mailer: mail::Mailer,
}
