//! Webhooks: what receivers are told of, in which words, signed how, and when
//! again. After the Standard Webhooks specification
//! (<https://www.standardwebhooks.com>).

pub mod events;
pub mod kinds;
pub mod payload;
pub mod retry;
pub mod rules;
pub mod signature;
