//! Plumbing shared by every module: the HTTP layer, events, files, jobs, mail, requests
//! to the outside, settings, sealed secrets, and the only homes of the system clock,
//! randomness and the environment.

pub mod clock;
pub mod config;
pub mod events;
pub mod files;
pub mod http;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod outgoing;
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
    /// How requests leave to addresses that people configured.
    pub outgoing: outgoing::Outgoing,
    /// Who hears of events as they happen.
    pub live: Arc<live::Hub>,
    /// Rate limits of this process.
    pub limits: Arc<http::limits::Limits>,
}

impl App {
    /// An application on an open database.
    ///
    /// # Errors
    /// When the attached files cannot be reached.
    pub fn new(
        db: steward_db::Db,
        config: config::Config,
        jobs: jobs::Registry,
    ) -> steward_kernel::Result<Self> {
        Ok(Self {
            live: Arc::default(),
            limits: Arc::new(http::limits::Limits::new(&config.http.limits)),
            mailer: mail::Mailer::new(&config)?,
            outgoing: outgoing::Outgoing::new(&config.outgoing_networks),
            files: files::FileStore::open(&config.files)?,
            db,
            config: Arc::new(config),
            jobs: Arc::new(jobs),
        })
    }
}
