//! Every statement of service levels.

mod clocks;
mod config;
mod history;

pub(super) use clocks::*;
pub(super) use config::*;
pub(super) use history::*;
