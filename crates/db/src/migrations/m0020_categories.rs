//! The category tree, and the grants on it for the system roles there are.

use crate::connection::{Engine, engine_of};
use sea_orm_migration::prelude::*;

#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0020_categories"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait of the migration library elides it"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0020_categories.sql")).await?;
        for (grant, roles) in [
            ("category:read:all", "is_system"),
            (
                "category:manage:all",
                "is_system AND name IN ('manager', 'admin')",
            ),
        ] {
            let permissions = match engine_of(manager.get_database_backend()) {
                Engine::Sqlite => format!("json_insert(permissions, '$[#]', '{grant}')"),
                Engine::Postgres => format!("permissions || '[\"{grant}\"]'::jsonb"),
            };
            let sql = format!("UPDATE roles SET permissions = {permissions} WHERE {roles}");
            let connection = manager.get_connection();
            connection.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
