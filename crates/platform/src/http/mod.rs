//! The one HTTP layer: extractors, answers, problems, and the layers around
//! the whole router.

pub mod download;
pub mod extract;
pub mod layers;
pub mod merge;
pub mod page;
pub mod precondition;
pub mod problem;
pub mod respond;
pub mod upload;

pub use download::Download;
pub use extract::{Body, Path, Query};
pub use page::{Page, Pagination};
pub use precondition::IfMatch;
pub use problem::Problem;
pub use respond::{Created, Found, NoContent};
pub use upload::Upload;

/// What a handler returns.
pub type Answer<T> = std::result::Result<T, Problem>;
