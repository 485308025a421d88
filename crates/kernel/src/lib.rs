//! The words every crate speaks: typed ids, the actor, permissions, errors,
//! pages and the event envelope.
//!
//! Owns no behaviour of a module and does no input or output. Time and ids
//! come in as arguments; only the adapters in `steward-platform` read the
//! system clock or draw random numbers.

pub mod actor;
pub mod error;
pub mod event;
pub mod id;
pub mod page;
pub mod permission;
pub mod text;

pub use actor::Actor;
pub use error::{Error, ErrorCode, FieldError, Reason, Result};
pub use event::{DomainEvent, Envelope};
pub use permission::{Grant, PermissionSet, Scope};

/// An instant on the UTC time line. Stored with microseconds on both engines.
pub type Instant = jiff::Timestamp;
