//! Both engines have the same schema, but for the forks named here.

use std::collections::BTreeSet;
use steward_db::{Executor, FromQueryResult};
use steward_testkit::TestApp;

/// Tables that the engines do differently on purpose, by beginning of the name.
const FORKS: &[&str] = &["ticket_search", "ticket_fts"];

/// Tables without `organization_id`: the organizations themselves, what belongs
/// to a session, and what belongs to the deployment.
const WITHOUT_TENANT: &[&str] = &[
    "organizations",
    "refresh_tokens",
    "dkim_keys",
    "event_bases",
    "event_marks",
    "sign_in_failures",
    "ticks",
];

#[derive(Debug, FromQueryResult)]
struct Column {
    of: String,
    name: String,
    kind: String,
    nullable: bool,
}

#[derive(Debug, FromQueryResult)]
struct Key {
    text: String,
}

const SQLITE_COLUMNS: &str = "
  SELECT m.name AS of, c.name AS name, lower(c.type) AS kind,
         c.\"notnull\" = 0 AND c.pk = 0 AS nullable
  FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table'";

const POSTGRES_COLUMNS: &str = "
  SELECT t.relname::text AS of, a.attname::text AS name,
         format_type(a.atttypid, a.atttypmod) AS kind, NOT a.attnotnull AS nullable
  FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
  WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace
    AND a.attnum > 0 AND NOT a.attisdropped";

/// An index is its table, its name where we gave it one, uniqueness and columns.
const SQLITE_INDEXES: &str = "
  SELECT m.name || ' ' || CASE i.origin WHEN 'c' THEN i.name ELSE '' END
         || CASE i.\"unique\" WHEN 1 THEN ' unique' ELSE '' END
         || CASE i.partial WHEN 1 THEN ' partial' ELSE '' END || ' ('
         || (SELECT group_concat(coalesce(x.name, 'expression') || CASE x.desc WHEN 1 THEN ' desc' ELSE '' END, ', ')
             FROM pragma_index_xinfo(i.name) x WHERE x.key = 1) || ')' AS text
  FROM sqlite_schema m JOIN pragma_index_list(m.name) i WHERE m.type = 'table'";

const POSTGRES_INDEXES: &str = "
  SELECT t.relname || ' ' || CASE WHEN k.oid IS NULL THEN n.relname ELSE '' END
         || CASE WHEN i.indisunique THEN ' unique' ELSE '' END
         || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END || ' ('
         || (SELECT string_agg(
               CASE WHEN i.indkey[at - 1] = 0 THEN 'expression'
                    ELSE pg_get_indexdef(i.indexrelid, at, false) END
               || CASE WHEN i.indoption[at - 1] & 1 = 1 THEN ' desc' ELSE '' END, ', ' ORDER BY at)
             FROM generate_series(1, i.indnkeyatts::integer) AS at) || ')' AS text
  FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
  LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
  WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace";

const SQLITE_REFERENCES: &str = "
  SELECT m.name || ' ' || f.\"from\" || ' -> ' || f.\"table\" || ' ' || f.on_delete AS text
  FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";

const POSTGRES_REFERENCES: &str = "
  SELECT t.relname || ' ' || a.attname || ' -> ' || o.relname || ' '
         || CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL'
                               WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS text
  FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (k.conkey)
  WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace";

/// The token of a migration that an engine's type stands for.
fn class(kind: &str) -> &str {
    match kind {
        "uuid_text" | "uuid" => "{uuid}",
        "timestamp_with_timezone_text" | "timestamp with time zone" => "{instant}",
        "json_text" | "jsonb" => "{json}",
        "blob" | "bytea" => "{bytes}",
        "real" | "double precision" => "real",
        "int" | "integer" => "integer",
        other => other,
    }
}

fn is_ours(table: &str) -> bool {
    let is_fork = FORKS.iter().any(|fork| table.starts_with(fork));
    !is_fork && !table.starts_with("sqlite_") && !table.starts_with("seaql_")
}

async fn columns(t: &TestApp) -> Vec<Column> {
    let sql = match t.engine {
        "sqlite" => SQLITE_COLUMNS,
        _ => POSTGRES_COLUMNS,
    };
    t.app.db.all(sql, Vec::new()).await.expect("a catalog")
}

/// Everything that must be equal, one line each.
async fn catalog(t: &TestApp) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for column in columns(t).await.iter().filter(|c| is_ours(&c.of)) {
        let null = if column.nullable { "" } else { " not null" };
        let kind = class(&column.kind);
        lines.insert(format!("column {} {} {kind}{null}", column.of, column.name));
    }
    let (indexes, references) = match t.engine {
        "sqlite" => (SQLITE_INDEXES, SQLITE_REFERENCES),
        _ => (POSTGRES_INDEXES, POSTGRES_REFERENCES),
    };
    for (what, sql) in [("index", indexes), ("reference", references)] {
        let rows: Vec<Key> = t.app.db.all(sql, Vec::new()).await.expect("a catalog");
        let ours = rows.into_iter().filter(|row| is_ours(&row.text));
        lines.extend(ours.map(|row| format!("{what} {}", row.text)));
    }
    lines
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_indexes_and_references() {
    let apps = steward_testkit::apps().await;
    let mut catalogs = Vec::new();
    for t in &apps {
        let catalog = catalog(t).await;
        for line in [
            "column tickets organization_id {uuid} not null",
            "column tickets resolved_at {instant}",
            "index tickets tickets_by_status (organization_id, status, created_at, id)",
            "index tickets  unique (organization_id, number)",
            "index users  unique (id)",
            "reference tickets requester_id -> users NO ACTION",
        ] {
            assert!(
                catalog.contains(line),
                "{line} on {}: {catalog:#?}",
                t.engine
            );
        }
        catalogs.push(catalog);
    }
    if let [sqlite, postgres] = catalogs.as_slice() {
        let only_sqlite: Vec<_> = sqlite.difference(postgres).collect();
        let only_postgres: Vec<_> = postgres.difference(sqlite).collect();
        assert!(
            only_sqlite.is_empty() && only_postgres.is_empty(),
            "only SQLite: {only_sqlite:#?}\nonly PostgreSQL: {only_postgres:#?}"
        );
    }
}

#[tokio::test]
async fn every_named_fork_exists() {
    let mut names = BTreeSet::new();
    let apps = steward_testkit::apps().await;
    for t in &apps {
        names.extend(columns(t).await.into_iter().map(|c| c.of));
    }
    for fork in FORKS.iter().chain(WITHOUT_TENANT) {
        let exists = names.iter().any(|name| name.starts_with(fork));
        assert!(exists, "{fork} is gone; take it off the list");
    }
}

#[tokio::test]
async fn every_table_of_tenants_names_the_tenant_of_each_row() {
    for t in &steward_testkit::apps().await {
        let columns = columns(t).await;
        let tables: BTreeSet<&str> = columns.iter().map(|c| c.of.as_str()).collect();
        let named: BTreeSet<&str> = columns
            .iter()
            .filter(|c| c.name == "organization_id" && class(&c.kind) == "{uuid}")
            .map(|c| c.of.as_str())
            .collect();
        let missing: Vec<_> = tables
            .difference(&named)
            .filter(|table| is_ours(table) && !WITHOUT_TENANT.contains(table))
            .collect();
        assert!(missing.is_empty(), "{missing:?} on {}", t.engine);
    }
}
