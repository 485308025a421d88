//! The only crate that knows there are two engines.
//!
//! Owns connections, transactions, migrations and the named dialect forks.
//! Stores write SQL once, with numbered parameters (`$1`), which SQLite and
//! PostgreSQL both take. Deliberately absent: any word of a module.

pub mod backup;
pub mod bulk;
pub mod connection;
pub mod executor;
pub mod filter;
pub mod migrations;
pub mod notice;
mod pool;
pub mod record;
mod resting;
pub mod tenant;
pub mod time;
mod transaction;
pub mod unit;

pub use connection::{Db, Engine, Facts, Tx};
pub use executor::{Executor, Values, collided};
pub use filter::Filter;
pub use pool::PoolState;
pub use sea_orm::{FromQueryResult, Statement, Value};
pub use unit::{Opening, Unit};

/// Collects parameters for a statement: `values![id, name]`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}
