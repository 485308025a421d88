//! Who is told what.

pub mod bundles;
pub mod channels;
pub mod events;
pub mod preferences;
pub mod rules;
pub mod templates;
