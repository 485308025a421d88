//! Request and answer types of service levels.

mod calculate;
mod calendars;
mod clocks;
mod policies;
mod recompute;

pub use calculate::*;
pub use calendars::*;
pub use clocks::*;
pub use policies::*;
pub use recompute::*;
