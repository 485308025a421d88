//! Fields that an organization adds to its tickets: what they may hold.

pub mod conditions;
pub mod model;
pub mod rules;
