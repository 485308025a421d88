//! What is measured.

use steward_db::Engine;

/// The database under measurement.
#[derive(Debug)]
pub(crate) struct Place {
    /// Its address.
    pub(crate) database: String,
    /// Which it is.
    pub(crate) engine: Engine,
    /// First process of the PostgreSQL cluster; 0 on SQLite.
    pub(crate) postmaster: u32,
    /// Connections.
    pub(crate) workers: usize,
}
