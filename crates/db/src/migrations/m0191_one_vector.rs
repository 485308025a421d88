//! One vector of words for each ticket on PostgreSQL, in which public words carry the weight `A`:
//! two vectors were twice the work of every comment. Its index keeps little aside, since whoever
//! fills that up pays for all. And what belongs to a new ticket may be written before it, so that
//! its number is drawn late. Without statistics of the new column, which a rewritten table does
//! not get by itself, common words would be searched the slow way. SQLite has one index of words
//! already.

use crate::connection::{Engine, engine_of};
use sea_orm_migration::prelude::*;

#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0191_one_vector"
    }
}

const POSTGRES: &str = "
    ALTER TABLE ticket_search DROP COLUMN public_words, DROP COLUMN all_words,
      ADD COLUMN words tsvector GENERATED ALWAYS AS
        (setweight(to_tsvector('simple', title || ' ' || body), 'A') || to_tsvector('simple', internal)) STORED;
    CREATE INDEX ticket_search_words ON ticket_search USING gin (words) WITH (gin_pending_list_limit = 512);
    ALTER TABLE activities ALTER CONSTRAINT activities_ticket_id_fkey DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE sla_clocks ALTER CONSTRAINT sla_clocks_ticket_id_fkey DEFERRABLE INITIALLY DEFERRED;
    ALTER TABLE sla_reminders ALTER CONSTRAINT sla_reminders_ticket_id_fkey DEFERRABLE INITIALLY DEFERRED;
    ANALYZE ticket_search";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait of the migration library elides it"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match engine_of(manager.get_database_backend()) {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => super::run(manager, POSTGRES).await,
        }
    }
}
