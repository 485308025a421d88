//! Every statement of service levels.

mod clocks;
mod config;
mod history;
mod simulate;

pub(super) use clocks::*;
pub(super) use config::*;
pub(super) use history::*;
pub(super) use simulate::*;
