//! Full-text search of tickets, in step with its table by the engine itself.
//!
//! Dialect fork: FTS5 with triggers on SQLite, generated `tsvector` columns on
//! PostgreSQL. Texts arrive folded (lower case, no accents), so both engines
//! split and compare the same words.

use crate::connection::{Engine, engine_of};
use sea_orm_migration::prelude::*;

#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_ticket_search"
    }
}

const SQLITE: &[&str] = &[
    "CREATE TABLE ticket_search (
       rowid INTEGER PRIMARY KEY, ticket_id uuid_text NOT NULL UNIQUE REFERENCES tickets(id),
       organization_id uuid_text NOT NULL, created_at timestamp_with_timezone_text NOT NULL,
       scope text NOT NULL, title text NOT NULL, body text NOT NULL, internal text NOT NULL)",
    "CREATE VIRTUAL TABLE ticket_fts USING fts5(scope, title, body, internal,
       content='ticket_search', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER ticket_search_insert AFTER INSERT ON ticket_search BEGIN
       INSERT INTO ticket_fts (rowid, scope, title, body, internal)
         VALUES (new.rowid, new.scope, new.title, new.body, new.internal);
     END",
    "CREATE TRIGGER ticket_search_delete AFTER DELETE ON ticket_search BEGIN
       INSERT INTO ticket_fts (ticket_fts, rowid, scope, title, body, internal)
         VALUES ('delete', old.rowid, old.scope, old.title, old.body, old.internal);
     END",
    "CREATE TRIGGER ticket_search_update AFTER UPDATE ON ticket_search BEGIN
       INSERT INTO ticket_fts (ticket_fts, rowid, scope, title, body, internal)
         VALUES ('delete', old.rowid, old.scope, old.title, old.body, old.internal);
       INSERT INTO ticket_fts (rowid, scope, title, body, internal)
         VALUES (new.rowid, new.scope, new.title, new.body, new.internal);
     END",
];

const POSTGRES: &[&str] = &[
    "CREATE TABLE ticket_search (
       ticket_id uuid PRIMARY KEY REFERENCES tickets(id), organization_id uuid NOT NULL,
       created_at timestamptz NOT NULL, scope text NOT NULL,
       title text NOT NULL, body text NOT NULL, internal text NOT NULL,
       public_words tsvector GENERATED ALWAYS AS
         (to_tsvector('simple', title || ' ' || body)) STORED,
       all_words tsvector GENERATED ALWAYS AS
         (to_tsvector('simple', title || ' ' || body || ' ' || internal)) STORED)",
    "CREATE INDEX ticket_search_public ON ticket_search USING gin (public_words)",
    "CREATE INDEX ticket_search_all ON ticket_search USING gin (all_words)",
    "CREATE INDEX ticket_search_by_creation ON ticket_search (organization_id, created_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait of the migration library elides it"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statements = match engine_of(manager.get_database_backend()) {
            Engine::Sqlite => SQLITE,
            Engine::Postgres => POSTGRES,
        };
        for statement in statements {
            manager
                .get_connection()
                .execute_unprepared(statement)
                .await?;
        }
        Ok(())
    }
}
