//! Indexes over columns that are mostly empty hold only the rows that have something there, so
//! that most writes leave them alone.

use sea_orm_migration::prelude::*;

#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0190_lean_indexes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait of the migration library elides it"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0190_lean_indexes.sql")).await
    }
}
