//! Removing everything that belongs to one tenant.
//!
//! The tables are asked for, not listed: a table that comes later and names
//! its tenant is covered on the day it comes.

use crate::{Engine, Executor, FromQueryResult, Tx, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;

#[derive(Debug, FromQueryResult)]
struct Table {
    name: String,
}

/// Every table whose rows name their tenant.
async fn tables(tx: &Tx) -> Result<Vec<String>> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT m.name AS name FROM sqlite_schema m
             JOIN pragma_table_info(m.name) c ON c.name = 'organization_id' WHERE m.type = 'table' ORDER BY m.name"
        }
        Engine::Postgres => {
            "SELECT t.table_name::text AS name FROM information_schema.tables t
             JOIN information_schema.columns c USING (table_schema, table_name)
             WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
               AND c.column_name = 'organization_id' ORDER BY t.table_name"
        }
    };
    let rows: Vec<Table> = tx.all(sql, values![]).await?;
    Ok(rows.into_iter().map(|table| table.name).collect())
}

/// Removes every row that names this tenant, in every table, but not the
/// tenant's own row. Rows point at each other in circles (a person has a
/// department, a department a manager), so no order of tables would do.
/// Returns how many rows are gone.
///
/// Dialect fork: SQLite checks references when the transaction ends, if it is
/// told so; PostgreSQL when the statement ends, so one statement removes all.
///
/// # Errors
/// When the database refuses, for example because a row of another tenant
/// points at one of these; the caller's transaction must then end.
pub async fn erase(tx: &Tx, organization: OrganizationId) -> Result<u64> {
    let tables = tables(tx).await?;
    match tx.engine() {
        Engine::Sqlite => {
            tx.execute("PRAGMA defer_foreign_keys = ON", values![])
                .await?;
            let mut gone = 0;
            for table in tables {
                let sql = format!("DELETE FROM \"{table}\" WHERE organization_id = $1");
                gone += tx.execute(&sql, values![organization.0]).await?;
            }
            Ok(gone)
        }
        Engine::Postgres => {
            let each = tables.iter().enumerate().map(|(n, table)| {
                format!("d{n} AS (DELETE FROM \"{table}\" WHERE organization_id = $1 RETURNING 1)")
            });
            let each: Vec<String> = each.collect();
            let counts = (0..tables.len()).map(|n| format!("(SELECT count(*) FROM d{n})"));
            let counts: Vec<String> = counts.collect();
            let sql = format!(
                "WITH {} SELECT ({})::bigint AS n",
                each.join(", "),
                counts.join(" + ")
            );
            let gone: Option<Gone> = tx.optional(&sql, values![organization.0]).await?;
            Ok(gone.map_or(0, |gone| u64::try_from(gone.n).unwrap_or_default()))
        }
    }
}

#[derive(Debug, FromQueryResult)]
struct Gone {
    n: i64,
}
