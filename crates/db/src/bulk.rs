//! Many rows in few statements, for imports.

use crate::connection::Engine;
use crate::executor::{Executor, Values};
use sea_orm::{FromQueryResult, Value};
use steward_kernel::Result;

/// Rows of one statement, largest first. Few sizes, so that each is prepared
/// once; 128 rows stay far below the most parameters either engine takes.
const SIZES: [usize; 6] = [128, 16, 4, 3, 2, 1];

/// Most values of one `IN` list.
const LIST: usize = 512;

/// Inserts `rows` with few statements: `head` up to the column list, `tail`
/// after the values (`ON CONFLICT DO NOTHING`, or empty).
///
/// # Errors
/// When the database refuses; the caller's transaction must then end.
pub async fn insert_many<E: Executor>(
    db: &E,
    head: &str,
    rows: Vec<Values>,
    tail: &str,
) -> Result<()> {
    for (sql, values) in statements(db.engine(), head, &rows, tail) {
        db.execute(&sql, values).await?;
    }
    Ok(())
}

fn statements(engine: Engine, head: &str, rows: &[Values], tail: &str) -> Vec<(String, Values)> {
    let mut rest = rows;
    let mut statements = Vec::new();
    while let Some(width) = rest.first().map(Vec::len) {
        let fits = SIZES.iter().find(|size| **size <= rest.len());
        let (now, later) = rest.split_at(fits.copied().unwrap_or(1));
        let sql = format!("{head} VALUES {} {tail}", marks(engine, now.len(), width));
        statements.push((sql, now.concat()));
        rest = later;
    }
    statements
}

/// Every row for which a column is one of `items`: `sql` holds `{in}` where the
/// list goes, after the parameters `fixed`.
///
/// # Errors
/// When the database does not answer.
pub async fn select_in<E: Executor, T: FromQueryResult + Send>(
    db: &E,
    sql: &str,
    fixed: Values,
    items: Vec<Value>,
) -> Result<Vec<T>> {
    let mut found = Vec::new();
    for chunk in items.chunks(LIST) {
        // Lists are filled up to a power of two with their last value, so that
        // few different statements are prepared.
        let size = chunk.len().next_power_of_two();
        let first = fixed.len().saturating_add(1);
        let list: Vec<String> = (first..).take(size).map(|n| format!("${n}")).collect();
        let sql = sql.replace("{in}", &format!("({})", list.join(", ")));
        let filler = chunk.last().into_iter().cycle().take(size - chunk.len());
        let values = fixed.iter().chain(chunk).chain(filler).cloned().collect();
        found.extend(db.all::<T>(&sql, values).await?);
    }
    Ok(found)
}

/// `($1, $2), ($3, $4)`. On SQLite `(?, ?), (?, ?)`: it looks numbered
/// parameters up one by one, each through all before it (dialect fork).
fn marks(engine: Engine, rows: usize, width: usize) -> String {
    let mut text = String::new();
    let mut number = 0_usize;
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { "), (" });
        for column in 0..width {
            number += 1;
            let comma = if column == 0 { "" } else { ", " };
            match engine {
                Engine::Sqlite => text.push_str(&format!("{comma}?")),
                Engine::Postgres => text.push_str(&format!("{comma}${number}")),
            }
        }
    }
    text.push(')');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_through_the_rows() {
        let on = |rows, width| marks(Engine::Postgres, rows, width);
        assert_eq!(on(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(on(1, 1), "($1)");
        assert_eq!(marks(Engine::Sqlite, 2, 2), "(?, ?), (?, ?)");
    }
}
