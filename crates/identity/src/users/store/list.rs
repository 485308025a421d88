//! Pages of the directory.

use super::{SELECT, UserRow};
use steward_db::{Executor, Filter, FromQueryResult, values};
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use uuid::Uuid;

/// Which people are wanted.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Words that names, address or username contain.
    pub(crate) words: Vec<String>,
    pub(crate) is_active: Option<bool>,
    pub(crate) roles: Vec<String>,
    pub(crate) team: Option<Uuid>,
    pub(crate) department: Option<Uuid>,
    pub(crate) site: Option<Uuid>,
}

impl Wanted {
    fn filter(&self, organization: OrganizationId) -> Filter {
        let mut filter = Filter::default();
        filter.and("u.organization_id = ?", values![organization.0]);
        filter.and("u.deleted_at IS NULL", values![]);
        for word in &self.words {
            let pattern = format!("%{}%", literal(word));
            filter.and("u.search_text LIKE ? ESCAPE '!'", values![pattern]);
        }
        if let Some(is_active) = self.is_active {
            filter.and("u.is_active = ?", values![is_active]);
        }
        if !self.roles.is_empty() {
            let mut named = Filter::default();
            named.and_in("r.name", self.roles.iter().map(String::as_str));
            // `and` numbers the parameters anew, so the clause is written with marks.
            let marks = vec!["?"; self.roles.len()].join(", ");
            let clause = format!(
                "EXISTS (SELECT 1 FROM user_roles ur JOIN roles r ON r.id = ur.role_id
                 WHERE ur.user_id = u.id AND r.name IN ({marks}))"
            );
            filter.and(&clause, named.values());
        }
        if let Some(team) = self.team {
            let clause =
                "EXISTS (SELECT 1 FROM team_members tm WHERE tm.user_id = u.id AND tm.team_id = ?)";
            filter.and(clause, values![team]);
        }
        for (column, id) in [
            ("u.department_id", self.department),
            ("u.site_id", self.site),
        ] {
            if let Some(id) = id {
                filter.and(&format!("{column} = ?"), values![id]);
            }
        }
        filter
    }
}

/// `word` with what `LIKE` reads as more than itself escaped by `!`.
fn literal(word: &str) -> String {
    word.replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_")
}

/// A page in the order of `order`, which comes from a fixed list.
pub(crate) async fn page<E: Executor>(
    db: &E,
    organization: OrganizationId,
    wanted: &Wanted,
    order: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<UserRow>> {
    let filter = wanted.filter(organization);
    let sql = format!(
        "{SELECT} WHERE {} ORDER BY {order} LIMIT {limit} OFFSET {offset}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

/// The next people by name, after a row of the same walk.
pub(crate) async fn after<E: Executor>(
    db: &E,
    organization: OrganizationId,
    wanted: &Wanted,
    last: Option<&UserRow>,
    limit: u32,
) -> Result<Vec<UserRow>> {
    let mut filter = wanted.filter(organization);
    if let Some(row) = last {
        let place = values![row.last_name.clone(), row.first_name.clone(), row.id];
        filter.and("(u.last_name, u.first_name, u.id) > (?, ?, ?)", place);
    }
    let sql = format!(
        "{SELECT} WHERE {} ORDER BY u.last_name, u.first_name, u.id LIMIT {limit}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(crate) async fn count<E: Executor>(
    db: &E,
    organization: OrganizationId,
    wanted: &Wanted,
) -> Result<i64> {
    let filter = wanted.filter(organization);
    let sql = format!("SELECT count(*) AS n FROM users u WHERE {}", filter.sql());
    let row = db.optional::<Count>(&sql, filter.values()).await?;
    Ok(row.map_or(0, |c| c.n))
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn wildcards_in_a_search_stand_for_themselves() {
        assert_eq!(literal("100%_a!"), "100!%!_a!!");
    }
}
