//! Conditions over tickets: one stored form for views, rules, policies and reports.
//!
//! A condition is a tree of groups and tests, read from JSON and checked once
//! ([`check::read`]). Bound to who asks and when ([`predicate::bind`]) it is a
//! predicate of few kinds of atoms, which is evaluated in memory here and
//! becomes SQL in the store of tickets; a test proves that the two agree.
//!
//! What tests of one field cannot say is a part of its own, as CEL text
//! ([`cel`]): it is evaluated in memory only, so a predicate that holds one is
//! widened for SQL and the rest is looked at here, where somebody bounds it.
//!
//! Invariants: every test is true or false, never unknown: of an absent value
//! every positive test is false, so `ne`, `not_in` and the other negations are
//! true. A checked condition cannot fail later. Absent on purpose: conditions
//! over comments and over what changed.

pub mod cel;
pub mod check;
mod field;
pub mod fields;
mod fold;
pub mod model;
pub mod predicate;
pub mod problem;
pub mod schema;
pub mod sentence;
#[cfg(test)]
mod tests;

pub use cel::Cel;
pub use fields::{CustomField, Fields};
pub use fold::same_letters;
pub use model::{Condition, Field, Operator};
pub use predicate::{Context, Fact, Facts, Predicate};
pub use problem::{Place, Problem, refusal};
