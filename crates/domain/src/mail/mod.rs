//! Mail that comes in: reading it, what kind of mail it is, to which
//! conversation it belongs, what of it was newly written. Nothing here trusts
//! the message: it is read as a claim, bounded, and never fails to be read.

pub mod bounce;
pub mod classify;
pub mod dkim;
pub mod fold;
pub mod markdown;
pub mod message;
pub mod model;
pub mod thread;
