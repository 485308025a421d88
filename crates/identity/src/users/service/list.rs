//! Pages of the directory.

use super::{require, views};
use crate::users::dto::{ListQuery, LookupQuery, PersonName, PersonNames, UserView};
use crate::users::store::{self, Wanted};
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Result};
use steward_platform::App;
use steward_platform::http::{Page, Pagination};
use uuid::Uuid;

/// Words of a search that are looked at.
const MAX_WORDS: usize = 10;

/// A page of the directory, by last name unless asked otherwise.
pub(in crate::users) async fn list(
    app: &App,
    actor: &Actor,
    query: ListQuery,
) -> Result<Page<UserView>> {
    require(actor, "user:read")?;
    let request = PageRequest::new(query.page, query.per_page, None)?;
    let Position::Page(page) = request.position else {
        let message = "this list is paged by page";
        return Err(Error::field("cursor", "unsupported", message));
    };
    let order = order(query.sort.as_deref().unwrap_or("last_name"))?;
    let wanted = wanted(query)?;
    let organization = actor.organization_id;
    let limit = i64::from(request.per_page);
    let offset = i64::from(page - 1).saturating_mul(limit);
    let mut rows = store::page(&app.db, organization, &wanted, order, limit + 1, offset).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_next = rows.len() > most;
    rows.truncate(most);
    let total = store::count(&app.db, organization, &wanted).await?;
    Ok(Page {
        data: views(&app.db, actor, rows).await?,
        pagination: Pagination::new(&request, total, has_next, None),
    })
}

/// A person who was found by words.
#[derive(Debug, Clone)]
pub struct FoundPerson {
    /// Id.
    pub id: Uuid,
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// Active people whose names, address or username contain all of the words, by
/// last name; none for who may not see the directory.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_words(
    app: &App,
    actor: &Actor,
    words: &[String],
    limit: u32,
) -> Result<Vec<FoundPerson>> {
    if words.is_empty() || !actor.may("user:read") {
        return Ok(Vec::new());
    }
    let wanted = Wanted {
        words: words.iter().take(MAX_WORDS).cloned().collect(),
        is_active: Some(true),
        ..Wanted::default()
    };
    let order = order("last_name")?;
    let organization = actor.organization_id;
    let rows = store::page(&app.db, organization, &wanted, order, i64::from(limit), 0).await?;
    let found = |row: store::UserRow| FoundPerson {
        id: row.id,
        name: format!("{} {}", row.first_name, row.last_name)
            .trim()
            .to_owned(),
        email: row.email,
    };
    Ok(rows.into_iter().map(found).collect())
}

/// Active people by name, for whoever reports something on their behalf.
pub(in crate::users) async fn lookup(
    app: &App,
    actor: &Actor,
    query: LookupQuery,
) -> Result<PersonNames> {
    require(actor, "ticket:create")?;
    if query.q.chars().count() < 2 {
        let message = "write at least 2 characters";
        return Err(Error::field("q", "too_short", message));
    }
    check_length("q", &query.q, 200)?;
    let words = query.q.split_whitespace().map(str::to_lowercase);
    let wanted = Wanted {
        words: words.take(MAX_WORDS).collect(),
        is_active: Some(true),
        ..Wanted::default()
    };
    if wanted.words.is_empty() {
        return Ok(PersonNames { data: Vec::new() });
    }
    let rows = store::after(&app.db, actor.organization_id, &wanted, None, 10).await?;
    let person = |row: store::UserRow| PersonName {
        id: row.id,
        name: format!("{} {}", row.first_name, row.last_name)
            .trim()
            .to_owned(),
        department: row.department_name,
    };
    Ok(PersonNames {
        data: rows.into_iter().map(person).collect(),
    })
}

fn order(sort: &str) -> Result<&'static str> {
    Ok(match sort {
        "last_name" => "u.last_name, u.first_name, u.id",
        "-last_name" => "u.last_name DESC, u.first_name DESC, u.id DESC",
        "email" => "u.email, u.id",
        "-email" => "u.email DESC, u.id DESC",
        "created_at" => "u.created_at, u.id",
        "-created_at" => "u.created_at DESC, u.id DESC",
        // Those who never signed in come last either way, on both engines.
        "last_login_at" => "u.last_login_at IS NULL, u.last_login_at, u.id",
        "-last_login_at" => "u.last_login_at IS NULL, u.last_login_at DESC, u.id DESC",
        _ => {
            let message = "use last_name, email, created_at or last_login_at, with - in front to turn it round";
            return Err(Error::field("sort", "unknown_value", message));
        }
    })
}

pub(super) fn wanted(query: ListQuery) -> Result<Wanted> {
    let search = query.search.unwrap_or_default();
    check_length("search", &search, 200)?;
    let words: Vec<String> = search
        .split_whitespace()
        .map(str::to_lowercase)
        .take(MAX_WORDS)
        .collect();
    let roles = query.role.unwrap_or_default();
    check_length("role", &roles, 1000)?;
    let roles = roles.split(',').map(str::trim).filter(|r| !r.is_empty());
    Ok(Wanted {
        words,
        is_active: query.is_active,
        roles: roles.map(str::to_owned).collect(),
        team: query.team,
        department: query.department,
        site: query.site,
    })
}
