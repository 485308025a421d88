//! Forward-only migrations, written once for both engines.
//!
//! A migration is a SQL text whose column types are tokens (`{uuid}`,
//! `{instant}`, `{json}`, `{bool}`); [`render`] puts the engine's type in.

mod m0001_foundation;
mod m0002_jobs;
mod m0003_ticket_relations;
mod m0004_ticket_search;
mod m0005_notifications;
mod m0010_second_factors_and_passwords;
mod m0011_mail_and_directory;
mod m0012_roles_and_api_tokens;
mod m0020_categories;
mod m0021_imports;
mod m0030_idempotency;
mod m0040_attachments;
mod m0041_views;
mod m0042_drafts;
mod m0050_priority;
mod m0051_assignment;
mod m0052_major_incidents;
mod m0060_custom_fields;
mod m0061_desk_settings;
mod m0062_reply_templates;
mod m0063_announcements;
mod m0064_presence;
mod m0065_notification_reasons;
mod m0070_service_levels;
mod m0080_reports;
mod m0090_jobs_administration;
mod m0091_organizations;
mod m0092_preferences;
mod m0100_ticket_sums;
mod m0101_open_tickets;
mod m0115_leaner_indexes;
mod m0120_sla_escalation;
mod m0130_ticket_undos;
mod m0140_event_order;
mod m0141_deliveries;
mod m0142_job_lanes;
mod m0150_webhooks;
mod m0155_mail_in;
mod m0156_mail_out;
mod m0160_notification_templates;
mod m0161_notification_channels;
mod m0170_undo_of_families;
mod m0171_sla_before_due;
mod m0180_retention;
mod m0181_dkim;
mod m0182_mail_told;
mod m0185_example_organizations;
mod m0186_view_layouts;
mod m0190_lean_indexes;
mod m0191_one_vector;

use crate::Db;
use crate::connection::{Engine, engine_of};
use sea_orm_migration::prelude::*;
use steward_kernel::{Error, Result};

/// The list of migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_foundation::Migration),
            Box::new(m0002_jobs::Migration),
            Box::new(m0003_ticket_relations::Migration),
            Box::new(m0004_ticket_search::Migration),
            Box::new(m0005_notifications::Migration),
            Box::new(m0010_second_factors_and_passwords::Migration),
            Box::new(m0011_mail_and_directory::Migration),
            Box::new(m0012_roles_and_api_tokens::Migration),
            Box::new(m0020_categories::Migration),
            Box::new(m0021_imports::Migration),
            Box::new(m0030_idempotency::Migration),
            Box::new(m0040_attachments::Migration),
            Box::new(m0041_views::Migration),
            Box::new(m0042_drafts::Migration),
            Box::new(m0050_priority::Migration),
            Box::new(m0051_assignment::Migration),
            Box::new(m0052_major_incidents::Migration),
            Box::new(m0060_custom_fields::Migration),
            Box::new(m0061_desk_settings::Migration),
            Box::new(m0062_reply_templates::Migration),
            Box::new(m0063_announcements::Migration),
            Box::new(m0064_presence::Migration),
            Box::new(m0065_notification_reasons::Migration),
            Box::new(m0070_service_levels::Migration),
            Box::new(m0080_reports::Migration),
            Box::new(m0090_jobs_administration::Migration),
            Box::new(m0091_organizations::Migration),
            Box::new(m0092_preferences::Migration),
            Box::new(m0100_ticket_sums::Migration),
            Box::new(m0101_open_tickets::Migration),
            Box::new(m0115_leaner_indexes::Migration),
            Box::new(m0120_sla_escalation::Migration),
            Box::new(m0130_ticket_undos::Migration),
            Box::new(m0140_event_order::Migration),
            Box::new(m0141_deliveries::Migration),
            Box::new(m0142_job_lanes::Migration),
            Box::new(m0150_webhooks::Migration),
            Box::new(m0155_mail_in::Migration),
            Box::new(m0156_mail_out::Migration),
            Box::new(m0160_notification_templates::Migration),
            Box::new(m0161_notification_channels::Migration),
            Box::new(m0170_undo_of_families::Migration),
            Box::new(m0171_sla_before_due::Migration),
            Box::new(m0180_retention::Migration),
            Box::new(m0181_dkim::Migration),
            Box::new(m0182_mail_told::Migration),
            Box::new(m0185_example_organizations::Migration),
            Box::new(m0186_view_layouts::Migration),
            Box::new(m0190_lean_indexes::Migration),
            Box::new(m0191_one_vector::Migration),
        ]
    }
}

impl Db {
    /// Brings the schema up to this version.
    ///
    /// # Errors
    /// When a statement fails; the failed migration is undone.
    pub async fn migrate(&self) -> Result<()> {
        let _halted = self.halt().await?;
        Migrator::up(self.writer(), None)
            .await
            .map_err(Error::internal)
    }
}

/// Puts the engine's column types into a migration's text.
#[must_use]
pub fn render(sql: &str, engine: Engine) -> String {
    let (uuid, instant, json, boolean) = match engine {
        Engine::Sqlite => (
            "uuid_text",
            "timestamp_with_timezone_text",
            "json_text",
            "boolean",
        ),
        Engine::Postgres => ("uuid", "timestamptz", "jsonb", "boolean"),
    };
    sql.replace("{uuid}", uuid)
        .replace("{instant}", instant)
        .replace("{json}", json)
        .replace("{bool}", boolean)
}

/// Runs the statements of a migration's text, split at `;`.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> std::result::Result<(), DbErr> {
    let engine = engine_of(manager.get_database_backend());
    for statement in render(sql, engine)
        .split(';')
        .filter(|s| !s.trim().is_empty())
    {
        manager
            .get_connection()
            .execute_unprepared(statement)
            .await?;
    }
    Ok(())
}
