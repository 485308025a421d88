//! What the API promises, through the real router, on both engines.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that finds something else than it expects should stop there"
)]

mod accounts;
mod announcements;
mod assignment;
mod attachments;
mod background;
mod backup;
mod bulk;
mod categories;
mod cel;
mod channel_messages;
mod contract;
mod crash;
mod custom_fields;
mod deliveries;
mod desk_settings;
mod directory;
mod dkim;
mod docs;
mod doctor;
mod drafts;
mod escalation;
mod example;
mod exports;
mod expressions;
mod http;
mod idempotency;
mod imports;
mod incidents;
mod jobs;
mod lists;
mod mail_in;
mod mail_killed;
mod major;
mod metrics;
mod mfa;
mod nodes;
mod notification_channels;
mod notification_templates;
mod notifications;
mod organization_chart;
mod organizations;
mod passwords;
mod preferences;
mod presence;
mod relations;
mod reply_templates;
mod reports;
mod retention;
mod roles;
mod schema;
mod search;
mod security;
mod sessions;
mod setup;
mod simulation;
mod sla;
mod sla_rules;
mod sla_running;
mod stream;
mod suggestions;
mod support;
mod sweep;
mod system;
mod tickets;
mod tokens;
mod undo;
mod verifier;
mod views;
mod walls;
mod web;
mod webhooks;
