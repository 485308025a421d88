//! The search row of a ticket and the queries over it.
//!
//! Both engines index folded words. Candidates are the newest matches that the
//! actor sees; their order by relevance is decided in [`super::super::service`].

use super::TicketRow;
use chrono::{DateTime, Utc};
use steward_db::{Engine, Executor, Filter, FromQueryResult, Tx, values};
use steward_domain::search::words::{Term, fold};
use steward_kernel::Result;
use uuid::Uuid;

/// Characters of words kept per column; PostgreSQL's vectors end at 1 MiB.
const MAX_TEXT: u32 = 100_000;

/// The one word by which an organization's rows are found inside the index.
pub(super) fn scope(organization: Uuid) -> String {
    format!("o{}", organization.simple())
}

fn text(row: &TicketRow) -> (String, String) {
    let there = row.external_reference.as_deref();
    (
        title(&row.number, &row.title, there),
        fold(&row.description),
    )
}

/// Words of the title; a ticket is found by its numbers too.
pub(super) fn title(number: &str, title: &str, external_reference: Option<&str>) -> String {
    let there = external_reference.unwrap_or_default();
    fold(&format!("{number} {title} {there}"))
}

pub(in crate::tickets) async fn search_insert(tx: &Tx, row: &TicketRow) -> Result<()> {
    let (title, body) = text(row);
    tx.execute(
        "INSERT INTO ticket_search (ticket_id, organization_id, created_at, scope, title, body, internal)
         VALUES ($1, $2, $3, $4, $5, $6, '')",
        values![
            row.id,
            row.organization_id,
            row.created_at,
            scope(row.organization_id),
            title,
            body
        ],
    )
    .await
    .map(drop)
}

/// Adds a comment's words.
pub(in crate::tickets) async fn search_add(
    tx: &Tx,
    ticket: Uuid,
    body: &str,
    is_public: bool,
) -> Result<()> {
    let column = if is_public { "body" } else { "internal" };
    let sql = format!(
        "UPDATE ticket_search SET {column} = substr({column} || ' ' || $2, 1, {MAX_TEXT}) WHERE ticket_id = $1"
    );
    tx.execute(&sql, values![ticket, fold(body)])
        .await
        .map(drop)
}

#[derive(Debug, FromQueryResult)]
struct Said {
    body: String,
    visibility: String,
}

/// Writes the row again from the ticket and its comments.
pub(in crate::tickets) async fn search_rewrite(tx: &Tx, row: &TicketRow) -> Result<()> {
    let sql = "SELECT body, visibility FROM comments WHERE ticket_id = $1 ORDER BY created_at, id";
    let said: Vec<Said> = tx.all(sql, values![row.id]).await?;
    let (title, mut body) = text(row);
    let mut internal = String::new();
    for comment in said {
        let column = if comment.visibility == "public" {
            &mut body
        } else {
            &mut internal
        };
        column.push(' ');
        column.push_str(&fold(&comment.body));
    }
    let sql = format!(
        "UPDATE ticket_search SET title = $2, body = substr($3, 1, {MAX_TEXT}),
           internal = substr($4, 1, {MAX_TEXT}) WHERE ticket_id = $1"
    );
    tx.execute(&sql, values![row.id, title, body, internal])
        .await
        .map(drop)
}

/// Narrows `tickets t` to those in which every term occurs.
///
/// Dialect fork: FTS5 `MATCH` over the external index, `@@` over the vectors.
pub(in crate::tickets) fn search_filter(
    filter: &mut Filter,
    engine: Engine,
    organization: Uuid,
    terms: &[Term],
    with_internal: bool,
) {
    if terms.is_empty() {
        return;
    }
    match engine {
        Engine::Sqlite => filter.and(
            "t.id IN (SELECT s.ticket_id FROM ticket_fts JOIN ticket_search s ON s.rowid = ticket_fts.rowid
               WHERE ticket_fts MATCH ?)",
            values![fts(organization, terms, with_internal, Join::All)],
        ),
        Engine::Postgres => {
            let inside = "t.id IN (SELECT s.ticket_id FROM ticket_search s
                   WHERE s.organization_id = ? AND s.words @@ to_tsquery('simple', ?))";
            let text = tsquery(terms, with_internal, Join::All);
            filter.and(inside, values![organization, text]);
        }
    }
}

/// How the terms of a query belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    All,
    Any,
}

fn fts(organization: Uuid, terms: &[Term], with_internal: bool, join: Join) -> String {
    let columns = if with_internal {
        "title body internal"
    } else {
        "title body"
    };
    let words: Vec<String> = terms
        .iter()
        .map(|t| format!("\"{}\"{}", t.word, if t.is_prefix { "*" } else { "" }))
        .collect();
    format!(
        "scope : {} AND {{{columns}}} : ({})",
        scope(organization),
        words.join(if join == Join::All { " AND " } else { " OR " })
    )
}

/// Public words have the weight `A`.
fn tsquery(terms: &[Term], with_internal: bool, join: Join) -> String {
    let word = |term: &Term| {
        let marks = match (term.is_prefix, with_internal) {
            (true, true) => ":*",
            (true, false) => ":*A",
            (false, true) => "",
            (false, false) => ":A",
        };
        format!("'{}'{marks}", term.word)
    };
    let words: Vec<String> = terms.iter().map(word).collect();
    words.join(if join == Join::All { " & " } else { " | " })
}

/// A match, before it is ranked.
#[derive(Debug, FromQueryResult)]
pub(in crate::tickets) struct MatchRow {
    pub(in crate::tickets) id: Uuid,
    pub(in crate::tickets) number: String,
    pub(in crate::tickets) kind: String,
    pub(in crate::tickets) title: String,
    pub(in crate::tickets) description: String,
    pub(in crate::tickets) status: String,
    pub(in crate::tickets) priority: String,
    pub(in crate::tickets) category: Option<String>,
    pub(in crate::tickets) resolution_note: Option<String>,
    pub(in crate::tickets) created_at: DateTime<Utc>,
    pub(in crate::tickets) updated_at: DateTime<Utc>,
}

const MATCH: &str =
    "t.id, t.number, t.kind, t.title, t.description, t.status, t.priority, t.category,
    t.resolution_note, t.created_at, t.updated_at";

impl From<TicketRow> for MatchRow {
    fn from(row: TicketRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            kind: row.kind,
            title: row.title,
            description: row.description,
            status: row.status,
            priority: row.priority,
            category: row.category,
            resolution_note: row.resolution_note,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// The newest tickets under a filter, as if every one matched.
pub(in crate::tickets) async fn newest<E: Executor>(
    db: &E,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<MatchRow>> {
    let sql = format!(
        "SELECT {MATCH} FROM tickets t WHERE {} ORDER BY t.created_at DESC, t.id DESC LIMIT {limit}",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}

/// The newest tickets of an organization in which every term occurs, filtered
/// by `narrow` over `tickets t`.
pub(in crate::tickets) async fn search<E: Executor>(
    db: &E,
    engine: Engine,
    organization: Uuid,
    terms: &[Term],
    with_internal: bool,
    narrow: &Filter,
    limit: u32,
) -> Result<Vec<MatchRow>> {
    let text = match engine {
        Engine::Sqlite => fts(organization, terms, with_internal, Join::All),
        Engine::Postgres => tsquery(terms, with_internal, Join::All),
    };
    matches(db, engine, organization, text, narrow, limit).await
}

/// As [`search`] for tickets in whose public texts one of the terms occurs.
pub(in crate::tickets) async fn search_any<E: Executor>(
    db: &E,
    engine: Engine,
    organization: Uuid,
    terms: &[Term],
    narrow: &Filter,
    limit: u32,
) -> Result<Vec<MatchRow>> {
    let text = match engine {
        Engine::Sqlite => fts(organization, terms, false, Join::Any),
        Engine::Postgres => tsquery(terms, false, Join::Any),
    };
    matches(db, engine, organization, text, narrow, limit).await
}

/// Dialect fork: SQLite walks the index from the newest row; PostgreSQL's
/// planner chooses between the word index and the order of creation.
async fn matches<E: Executor>(
    db: &E,
    engine: Engine,
    organization: Uuid,
    text: String,
    narrow: &Filter,
    limit: u32,
) -> Result<Vec<MatchRow>> {
    let mut filter = narrow.clone();
    let sql = match engine {
        Engine::Sqlite => {
            filter.and("ticket_fts MATCH ?", values![text]);
            format!(
                "SELECT {MATCH} FROM ticket_fts CROSS JOIN ticket_search s ON s.rowid = ticket_fts.rowid
                 CROSS JOIN tickets t ON t.id = s.ticket_id WHERE {} ORDER BY ticket_fts.rowid DESC LIMIT {limit}",
                filter.sql()
            )
        }
        Engine::Postgres => {
            filter.and("s.organization_id = ?", values![organization]);
            filter.and("s.words @@ to_tsquery('simple', ?)", values![text]);
            format!(
                "SELECT {MATCH} FROM ticket_search s JOIN tickets t ON t.id = s.ticket_id
                 WHERE {} ORDER BY s.created_at DESC LIMIT {limit}",
                filter.sql()
            )
        }
    };
    db.all(&sql, filter.values()).await
}

/// A comment in which the matched words may stand.
#[derive(Debug, FromQueryResult)]
pub(in crate::tickets) struct SaidRow {
    pub(in crate::tickets) ticket_id: Uuid,
    pub(in crate::tickets) body: String,
}

/// Comments of the tickets, newest first, at most 500.
pub(in crate::tickets) async fn said<E: Executor>(
    db: &E,
    tickets: &[Uuid],
    with_internal: bool,
) -> Result<Vec<SaidRow>> {
    let mut filter = Filter::default();
    filter.and_in("ticket_id", tickets.iter().copied());
    if !with_internal {
        filter.and("visibility = 'public'", values![]);
    }
    let sql = format!(
        "SELECT ticket_id, body FROM comments WHERE {} ORDER BY created_at DESC, id DESC LIMIT 500",
        filter.sql()
    );
    db.all(&sql, filter.values()).await
}
