//! Names of what conditions refer to.

use std::collections::BTreeMap;
use steward_db::{Executor, Filter, FromQueryResult, values};
use steward_domain::expr::model::Type;
use steward_kernel::{Actor, Result};
use uuid::Uuid;

/// Ids bound to one statement.
const AT_ONCE: usize = 1000;

#[derive(Debug, FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// Names of people, teams, departments and sites of the organization; ids of
/// nothing are left out. People who left still have theirs.
pub(super) async fn names<E: Executor>(
    db: &E,
    actor: &Actor,
    references: &BTreeMap<Type, Vec<Uuid>>,
) -> Result<BTreeMap<(Type, Uuid), String>> {
    let mut names = BTreeMap::new();
    for (kind, ids) in references {
        let (table, name) = match kind {
            Type::Person => ("users", "first_name || ' ' || last_name"),
            Type::Team => ("teams", "name"),
            Type::Department => ("departments", "name"),
            Type::Site => ("sites", "name"),
            Type::Word | Type::Text | Type::Tags | Type::Number | Type::Flag | Type::Instant => {
                continue;
            }
        };
        for some in ids.chunks(AT_ONCE) {
            let mut filter = Filter::default();
            filter.and("organization_id = ?", values![actor.organization_id.0]);
            filter.and_in("id", some.iter().copied());
            let sql = format!(
                "SELECT id, {name} AS name FROM {table} WHERE {}",
                filter.sql()
            );
            let rows: Vec<Named> = db.all(&sql, filter.values()).await?;
            names.extend(
                rows.into_iter()
                    .map(|row| ((*kind, row.id), row.name.trim().to_owned())),
            );
        }
    }
    Ok(names)
}
