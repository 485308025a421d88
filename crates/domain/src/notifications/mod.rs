//! Who is told what.

pub mod rules;
