//! Request and answer types of service levels.

mod calculate;
mod calendars;
mod clocks;
mod escalation;
mod policies;
mod recompute;
mod simulate;

pub use calculate::*;
pub use calendars::*;
pub use clocks::*;
pub use escalation::*;
pub use policies::*;
pub use recompute::*;
pub use simulate::*;
