//! Fills a database with as many tickets as wanted.
//!
//! The product's own services write the first 400 (the demonstration); the
//! database then multiplies their rows: every table that belongs to a ticket is
//! copied with new ids, numbers and earlier times, so a copy has the shape of
//! what the services write, whatever columns there are by now.

mod columns;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use service::fill;
