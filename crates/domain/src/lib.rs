//! The pure half of every module: types, rules, events, policies.
//!
//! Cannot name a database, a socket or a clock; time comes in as an argument.

pub mod announcements;
pub mod assignment;
pub mod attachments;
pub mod calendar;
pub mod categories;
pub mod custom_fields;
pub mod desk_settings;
pub mod drafts;
pub mod expr;
pub mod identity;
pub mod imports;
pub mod incidents;
pub mod mail;
pub mod notifications;
pub mod reply_templates;
pub mod reports;
pub mod retention;
pub mod search;
pub mod sla;
pub mod stream;
pub mod tickets;
pub mod views;
pub mod visibility;
pub mod webhooks;
