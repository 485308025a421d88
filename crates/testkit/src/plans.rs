//! How the database finds its rows: no statement may read a table from end to
//! end, and no page may be sorted before it is cut.

use crate::TestApp;
use sea_orm::{ConnectionTrait, Database, Statement, TransactionTrait};
use std::future::Future;
use steward_db::record;

/// Tables of a few rows per deployment or organization, which may be read whole.
const SMALL: &[&str] = &[
    "organizations",
    "roles",
    "teams",
    "number_sequences",
    "dkim_keys",
    "ticks",
];

/// A statement with the database's plan for it.
#[derive(Debug)]
pub struct Plan {
    /// The statement.
    pub sql: String,
    /// The plan, one step a line.
    pub steps: Vec<String>,
}

impl Plan {
    /// Steps that read a whole table, or a whole index.
    #[must_use]
    pub fn scans(&self) -> Vec<&str> {
        let mut scans = Vec::new();
        for (at, line) in self.steps.iter().enumerate() {
            let step = line.split("  (cost=").next().unwrap_or(line);
            let words: Vec<&str> = step
                .trim_start_matches([' ', '-', '>'])
                .split(' ')
                .collect();
            let table = match words.as_slice() {
                // SQLite: SCAN t, SCAN t USING COVERING INDEX …
                ["SCAN", table, ..] if !step.contains("VIRTUAL TABLE") => *table,
                // PostgreSQL: [Parallel] Seq Scan on tickets t
                [.., "Seq", "Scan", "on", table] | [.., "Seq", "Scan", "on", table, _] => *table,
                // PostgreSQL: Index Scan using tickets_by_status on tickets t
                [.., "Scan", "using", _, "on", table]
                | [.., "Scan", "using", _, "on", table, _]
                    if !self.is_narrowed(at) =>
                {
                    *table
                }
                _ => continue,
            };
            if !self.may_be_read_whole(table) {
                scans.push(line.as_str());
            }
        }
        scans
    }

    /// Whether the index of a step is entered with a condition.
    fn is_narrowed(&self, at: usize) -> bool {
        let rest = self.steps.iter().skip(at + 1);
        rest.take_while(|line| !line.contains("->"))
            .any(|line| line.contains("Index Cond:"))
    }

    fn may_be_read_whole(&self, name: &str) -> bool {
        let is_derived = name.starts_with('(')
            || name == "CONSTANT"
            || self.is_subquery(name)
            || self.sql.contains(&format!("{name} AS ("))
            || self.sql.contains(&format!("{name} AS MATERIALIZED ("));
        is_derived || SMALL.contains(&self.table_of(name).as_str())
    }

    /// Steps that sort rows which an index could have given in order.
    #[must_use]
    pub fn sorts(&self) -> Vec<&str> {
        let sorts = |step: &&str| {
            step.contains("USE TEMP B-TREE FOR ORDER BY")
                || step.trim_start_matches([' ', '-', '>']).starts_with("Sort")
        };
        self.steps
            .iter()
            .map(String::as_str)
            .filter(sorts)
            .collect()
    }

    /// Whether the name stands after a closing parenthesis: `(SELECT …) x`.
    fn is_subquery(&self, name: &str) -> bool {
        self.sql.split(')').skip(1).any(|rest| {
            let rest = rest.trim_start();
            let rest = rest.strip_prefix("AS ").unwrap_or(rest);
            rest.strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    }

    /// SQLite names an alias where it has one: `t` in `FROM tickets t`.
    fn table_of(&self, alias: &str) -> String {
        let words: Vec<&str> = self
            .sql
            .split([' ', '\n', ',', '(', ')'])
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            if let [table, name] = pair
                && *name == alias
                && !["FROM", "JOIN", "AS"].contains(table)
            {
                return (*table).to_owned();
            }
        }
        alias.to_owned()
    }
}

impl TestApp {
    /// Runs `work` and returns its result with the plan of every SELECT in it.
    ///
    /// # Panics
    /// When a statement cannot be explained.
    pub async fn plans<F: Future>(&self, work: F) -> (F::Output, Vec<Plan>) {
        let (output, statements) = record::statements(work).await;
        let connection = Database::connect(&self.app.config.database_url)
            .await
            .expect("the database opens");
        let mut plans = Vec::new();
        for statement in statements {
            let text = statement.sql.trim_start();
            if text.starts_with("SELECT") || text.starts_with("WITH") {
                plans.push(explain(&connection, self.engine, statement).await);
            }
        }
        connection.close().await.expect("closed");
        (output, plans)
    }

    /// Asserts that nothing in `work` reads a table from end to end.
    ///
    /// # Panics
    /// When something does.
    pub async fn assert_uses_indexes<F: Future>(&self, work: F) -> F::Output {
        let (output, plans) = self.plans(work).await;
        for plan in &plans {
            assert!(plan.scans().is_empty(), "on {}: {plan:#?}", self.engine);
        }
        output
    }
}

/// On PostgreSQL with sequential scans switched off, so that the few rows of
/// a test do not hide a missing index.
async fn explain(
    connection: &sea_orm::DatabaseConnection,
    engine: &str,
    statement: Statement,
) -> Plan {
    let tx = connection.begin().await.expect("a transaction");
    let (prefix, column) = match engine {
        "sqlite" => ("EXPLAIN QUERY PLAN ", "detail"),
        _ => {
            tx.execute_unprepared("SET LOCAL enable_seqscan = off")
                .await
                .expect("set");
            ("EXPLAIN ", "QUERY PLAN")
        }
    };
    let explained = Statement {
        sql: format!("{prefix}{}", statement.sql),
        ..statement.clone()
    };
    let rows = tx.query_all_raw(explained).await;
    let rows = rows.unwrap_or_else(|error| panic!("{error}: {}", statement.sql));
    let steps = rows
        .iter()
        .map(|row| row.try_get::<String>("", column).expect("a step"))
        .collect();
    tx.rollback().await.expect("undone");
    Plan {
        sql: statement.sql,
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    fn plan(sql: &str, steps: &[&str]) -> Plan {
        Plan {
            sql: sql.to_owned(),
            steps: steps.iter().map(|s| (*s).to_owned()).collect(),
        }
    }

    #[test]
    fn a_scan_is_found_on_both_engines_and_small_tables_are_excused() {
        let sql = "WITH x AS (SELECT 1) SELECT t.id FROM tickets t JOIN roles r ON r.id = t.id";
        let found = |steps: &[&str]| plan(sql, steps).scans().len();
        let index = "SEARCH t USING INDEX tickets_by_status (organization_id=?)";
        assert_eq!(found(&[index, "SCAN r", "SCAN x", "SCAN CONSTANT ROW"]), 0);
        assert_eq!(found(&["SCAN t"]), 1);
        let union = "SELECT x.id FROM ( SELECT 1 UNION ALL SELECT 2 ) x";
        assert_eq!(plan(union, &["SCAN x"]).scans().len(), 0);
        assert_eq!(plan("SELECT f(x.id) FROM x", &["SCAN x"]).scans().len(), 1);
        assert_eq!(found(&["SCAN t USING COVERING INDEX tickets_by_status"]), 1);
        assert_eq!(found(&["SCAN t VIRTUAL TABLE INDEX 0:M5"]), 0);
        assert_eq!(
            found(&["  ->  Seq Scan on tickets t  (cost=0.00..1.00 rows=1 width=1)"]),
            1
        );
        assert_eq!(
            found(&["Seq Scan on roles  (cost=0.00..1.00 rows=1 width=1)"]),
            0
        );
        let scan = "  ->  Index Scan using tickets_pkey on tickets t  (cost=0.00..1.00)";
        assert_eq!(found(&[scan, "        Filter: (status = 'new')"]), 1);
        assert_eq!(found(&[scan, "        Index Cond: (id = 1)"]), 0);
        assert_eq!(
            found(&[scan, "  ->  Other", "        Index Cond: (id = 1)"]),
            1
        );
    }

    #[test]
    fn a_sort_is_found_on_both_engines() {
        assert_eq!(plan("", &["USE TEMP B-TREE FOR ORDER BY"]).sorts().len(), 1);
        assert_eq!(plan("", &["  ->  Sort  (cost=1..2)"]).sorts().len(), 1);
        assert_eq!(plan("", &["Limit  (cost=1..2)"]).sorts().len(), 0);
    }
}
