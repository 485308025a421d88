//! Categories: a tree per organization that incidents are sorted into.

pub mod rules;
