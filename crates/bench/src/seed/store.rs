//! Statements of the multiplication, over the catalogs of both engines.

use super::columns::{Column, Plan};
use steward_db::{Engine, Executor, FromQueryResult, values};
use steward_kernel::{Error, Result};

#[derive(Debug, FromQueryResult)]
struct Text {
    x: Option<String>,
}

#[derive(Debug, FromQueryResult)]
struct Number {
    n: i64,
}

/// The single number that a query names `n`.
pub(super) async fn number<E: Executor>(db: &E, sql: &str) -> Result<i64> {
    let row: Option<Number> = db.optional(sql, values![]).await?;
    row.map(|row| row.n)
        .ok_or_else(|| Error::internal(format!("nothing is selected by {sql}")))
}

/// The texts that a query names `x`.
pub(super) async fn texts<E: Executor>(db: &E, sql: &str) -> Result<Vec<String>> {
    let rows: Vec<Text> = db.all(sql, values![]).await?;
    Ok(rows.into_iter().filter_map(|row| row.x).collect())
}

/// Tickets that are there.
pub(super) async fn tickets<E: Executor>(db: &E) -> Result<i64> {
    number(db, "SELECT count(*) AS n FROM tickets").await
}

/// The first eight digits of a table's smallest id.
pub(super) async fn prefix<E: Executor>(db: &E, engine: Engine, table: &str) -> Result<i64> {
    let digits = match engine {
        Engine::Sqlite => "hex(min(id))",
        Engine::Postgres => "min(CAST(id AS text))",
    };
    let sql = format!("SELECT substr({digits}, 1, 8) AS x FROM {table}");
    let found = texts(db, &sql).await?;
    let digits = found.first().map_or("", String::as_str);
    i64::from_str_radix(digits, 16).map_err(Error::internal)
}

#[derive(Debug, FromQueryResult)]
struct ColumnRow {
    owner: String,
    name: String,
    kind: String,
    target: Option<String>,
}

/// Every stored column of every table.
pub(super) async fn columns<E: Executor>(db: &E, engine: Engine) -> Result<Vec<Column>> {
    let sql = match engine {
        Engine::Sqlite => {
            "SELECT t.name AS owner, c.name AS name, lower(c.type) AS kind,
               (SELECT f.\"table\" FROM pragma_foreign_key_list(t.name) f WHERE f.\"from\" = c.name LIMIT 1) AS target
             FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'ticket_fts%' AND c.hidden = 0 AND c.name <> 'rowid'
             ORDER BY t.name, c.cid"
        }
        Engine::Postgres => {
            "SELECT CAST(c.table_name AS text) AS owner, CAST(c.column_name AS text) AS name,
               CAST(c.data_type AS text) AS kind,
               (SELECT CAST(x.confrelid::regclass AS text) FROM pg_constraint x
                  JOIN pg_attribute a ON a.attrelid = x.conrelid AND a.attnum = x.conkey[1]
                WHERE x.contype = 'f' AND x.conrelid = c.table_name::text::regclass AND a.attname = c.column_name LIMIT 1) AS target
             FROM information_schema.columns c
             WHERE c.table_schema = 'public' AND c.is_generated = 'NEVER' ORDER BY c.table_name, c.ordinal_position"
        }
    };
    let rows: Vec<ColumnRow> = db.all(sql, values![]).await?;
    let column = |row: ColumnRow| Column {
        table: row.owner,
        name: row.name,
        type_: row.kind,
        references: row.target,
    };
    Ok(rows.into_iter().map(column).collect())
}

/// What stands between bulk inserts and speed, as statements that take it
/// away and bring it back.
pub(super) struct Aside {
    pub(super) drop: Vec<String>,
    pub(super) make: Vec<String>,
}

/// Indexes that no constraint needs, and SQLite's triggers of the word index.
pub(super) async fn aside<E: Executor>(db: &E, engine: Engine, tables: &[String]) -> Result<Aside> {
    let list: Vec<String> = tables.iter().map(|table| format!("'{table}'")).collect();
    let list = list.join(", ");
    let (names, texts_) = match engine {
        Engine::Sqlite => (
            format!("SELECT 'DROP ' || type || ' ' || name AS x FROM sqlite_master
               WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ({list}) ORDER BY name"),
            format!("SELECT sql AS x FROM sqlite_master
               WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ({list}) ORDER BY name"),
        ),
        Engine::Postgres => {
            let free = format!(
                "FROM pg_indexes WHERE schemaname = 'public' AND tablename IN ({list})
                   AND NOT EXISTS (SELECT 1 FROM pg_constraint x WHERE x.conname = indexname) ORDER BY indexname");
            (
                format!("SELECT 'DROP INDEX ' || indexname AS x {free}"),
                format!("SELECT indexdef AS x {free}"),
            )
        }
    };
    Ok(Aside {
        drop: texts(db, &names).await?,
        make: texts(db, &texts_).await?,
    })
}

/// Runs a statement without parameters.
pub(super) async fn run<E: Executor>(db: &E, sql: &str) -> Result<u64> {
    db.execute(sql, values![]).await
}

/// Gives the templates the highest numbers: their copies are older.
pub(super) fn renumber(engine: Engine, shift: i64) -> [String; 2] {
    let padded = |number: &str| match engine {
        Engine::Sqlite => format!("printf('%06d', {number})"),
        Engine::Postgres => {
            format!("lpad(({number})::text, greatest(6, length(({number})::text)), '0')")
        }
    };
    let new = format!(
        "substr(number, 1, 4) || {}",
        padded(&format!("CAST(substr(number, 5) AS integer) + {shift}"))
    );
    [
        format!(
            "UPDATE ticket_search SET title = replace(title,
               (SELECT lower(number) FROM tickets t WHERE t.id = ticket_id),
               (SELECT lower({new}) FROM tickets t WHERE t.id = ticket_id))"
        ),
        format!("UPDATE tickets SET number = {new}"),
    ]
}

/// Copies of the people with their roles and teams, `crowds - 1` times.
pub(super) fn people(plan: &Plan, columns: &[Column]) -> Vec<String> {
    let range = plan.numbers((1, plan.crowds - 1));
    let mut statements = Vec::new();
    for table in ["users", "user_roles", "team_members"] {
        let own: Vec<&Column> = columns.iter().filter(|c| c.table == table).collect();
        let value = |c: &&Column| match c.name.as_str() {
            "id" | "user_id" => plan.person(&format!("s.{}", c.name)),
            "email" | "username" => format!("'p' || c.k || '.' || s.{}", c.name),
            name => format!("s.{name}"),
        };
        let names: Vec<&str> = own.iter().map(|c| c.name.as_str()).collect();
        let values: Vec<String> = own.iter().map(value).collect();
        statements.push(format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {range} CROSS JOIN {table}_template s",
            names.join(", "),
            values.join(", ")
        ));
    }
    statements
}

/// Counts every ticket anew.
pub(super) fn recount() -> [&'static str; 4] {
    [
        "DELETE FROM ticket_counts",
        "DELETE FROM ticket_sums",
        "INSERT INTO ticket_sums (organization_id, kind, status, priority, team_id, is_personal, is_assigned, n)
         SELECT organization_id, kind, status, priority, team_id, false, assignee_id IS NOT NULL, count(*)
         FROM tickets GROUP BY organization_id, kind, status, priority, team_id, assignee_id IS NOT NULL",
        "INSERT INTO ticket_sums (organization_id, kind, status, priority, team_id, is_personal, is_assigned, assignee_id, n)
         SELECT organization_id, kind, status, priority, team_id, true, true, assignee_id, count(*)
         FROM tickets WHERE assignee_id IS NOT NULL
         GROUP BY organization_id, kind, status, priority, team_id, assignee_id",
    ]
}
