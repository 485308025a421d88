//! Every statement of channels and their messages.

mod channels;
mod messages;
mod words;

pub(super) use channels::*;
pub(crate) use messages::forget;
pub(super) use messages::*;
pub(super) use words::*;
