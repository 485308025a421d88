//! The one HTTP layer: extractors, answers, problems, and the layers around
//! the whole router.

mod address;
pub mod conditional;
pub mod context;
pub mod csv;
pub mod download;
mod etag;
pub mod extract;
pub mod fields;
pub mod gate;
pub mod idempotency;
pub mod layers;
pub mod limits;
pub mod merge;
pub mod metrics;
mod nul;
mod origin;
pub mod page;
pub mod problem;
pub mod respond;
pub mod settings;
mod strict;
pub mod upload;

pub use conditional::IfMatch;
pub use context::Context;
pub use csv::CsvFile;
pub use download::Download;
pub use extract::{Body, Path, Query, parse as read_json};
pub use page::{Page, Pagination};
pub use problem::{Problem, reason_params};
pub use respond::{Created, Found, NoContent, Versioned};
pub use upload::Upload;

/// What a handler returns.
pub type Answer<T> = std::result::Result<T, Problem>;
