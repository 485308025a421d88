//! Search over tickets, people and teams. Tickets: candidates from the database, ranked here, so that
//! both engines give the same order.

use super::list;
use crate::tickets::dto::{SearchHit, SearchQuery, SearchResults, SegmentView, TeamHit, UserHit};
use crate::tickets::store;
use steward_db::{Filter, time::from_db};
use steward_domain::search::query;
use steward_domain::search::words::{self, Found, Segment, Term};
use steward_domain::tickets::{model, policy};
use steward_identity::{teams, users};
use steward_kernel::{Actor, Error, Result};
use steward_platform::{App, clock};

/// Newest matches that are ranked.
const CANDIDATES: u32 = 200;
/// Hits of one answer.
const HITS: usize = 25;
/// People, or teams, of one answer.
const OTHERS: u32 = 10;
/// Characters of an excerpt.
const EXCERPT: usize = 180;

/// What is looked for.
#[derive(Debug, Default)]
struct Kinds {
    tickets: bool,
    users: bool,
    teams: bool,
}

/// Reads `ticket,user`.
fn kinds(text: &str) -> Result<Kinds> {
    let mut kinds = Kinds::default();
    for word in text.split(',') {
        match word {
            "ticket" => kinds.tickets = true,
            "user" => kinds.users = true,
            "team" => kinds.teams = true,
            _ => {
                let message = "name ticket, user or team, with commas between";
                return Err(Error::field("type", "unknown_value", message));
            }
        }
    }
    Ok(kinds)
}

/// The best matches among what the actor may see.
pub(in crate::tickets) async fn search(
    app: &App,
    actor: &Actor,
    input: SearchQuery,
) -> Result<SearchResults> {
    if input.q.chars().count() > 500 {
        return Err(Error::field("q", "length", "write at most 500 characters"));
    }
    let kinds = kinds(input.kinds.as_deref().unwrap_or("ticket"))?;
    let mut results = if kinds.tickets {
        tickets(app, actor, &input).await?
    } else {
        SearchResults::default()
    };
    let plain = input
        .q
        .split_whitespace()
        .filter(|word| !word.contains(':'));
    let plain: Vec<String> = plain.map(str::to_lowercase).collect();
    if kinds.users {
        let found = users::service::find_by_words(app, actor, &plain, OTHERS).await?;
        results.users = found.into_iter().map(user).collect();
    }
    if kinds.teams {
        let most = usize::try_from(OTHERS).unwrap_or(usize::MAX);
        let found = teams::service::find_by_words(app, actor, &plain, most).await?;
        results.teams = found.into_iter().map(team).collect();
    }
    Ok(results)
}

fn user(found: users::service::FoundPerson) -> UserHit {
    UserHit {
        id: found.id,
        name: found.name,
        email: found.email,
    }
}

fn team(found: teams::dto::TeamView) -> TeamHit {
    TeamHit {
        id: found.id,
        name: found.name,
        description: found.description,
    }
}

/// The best tickets among the newest matches.
async fn tickets(app: &App, actor: &Actor, input: &SearchQuery) -> Result<SearchResults> {
    let words = query::parse(&input.q);
    let mut conditions = list::conditions(app, actor, Default::default(), clock::now()).await?;
    list::word_filters(app, actor, &mut conditions, &words).await?;
    let with_internal = policy::sees_internal(actor);
    let mut rows = Vec::new();
    if let Some((kind, number)) = model::parse_number(input.q.trim()) {
        let mut exact = conditions.filter.clone();
        exact.and(
            "t.number = ?",
            steward_db::values![model::format_number(kind, number)],
        );
        rows.extend(
            store::find(&app.db, &exact)
                .await?
                .map(store::MatchRow::from),
        );
    }
    // Filters alone ask for the newest that they leave.
    let found = if !words.terms.is_empty() {
        candidates(app, actor, &words.terms, &conditions.filter).await?
    } else if !words.filters.is_empty() {
        store::newest(&app.db, &conditions.filter, CANDIDATES).await?
    } else {
        Vec::new()
    };
    for row in found {
        if rows.iter().all(|known| known.id != row.id) {
            rows.push(row);
        }
    }
    rows.sort_by_cached_key(|row| std::cmp::Reverse(score(row, &words.terms)));
    let is_capped = rows.len() > HITS;
    rows.truncate(HITS);
    let in_descriptions: Vec<_> = rows
        .iter()
        .map(|row| words::excerpt(&row.description, &words.terms, EXCERPT))
        .collect();
    // Comments are read only of those whose description does not have the words.
    let without = rows.iter().zip(&in_descriptions);
    let without = without.filter(|(_, excerpt)| excerpt.is_none());
    let ids: Vec<_> = without.map(|(row, _)| row.id).collect();
    let said = if ids.is_empty() {
        Vec::new()
    } else {
        store::said(&app.db, &ids, with_internal).await?
    };
    let hit = |(row, excerpt): (store::MatchRow, Option<Vec<Segment>>)| {
        let in_comments = || {
            let own = said.iter().filter(|c| c.ticket_id == row.id);
            own.into_iter()
                .find_map(|c| words::excerpt(&c.body, &words.terms, EXCERPT))
        };
        let excerpt = excerpt.or_else(in_comments);
        SearchHit {
            title_segments: words::excerpt(&row.title, &words.terms, 500)
                .map_or_else(Vec::new, view),
            excerpt: excerpt.map_or_else(Vec::new, view),
            id: row.id,
            number: row.number,
            kind: row.kind,
            title: row.title,
            status: row.status,
            priority: row.priority,
            updated_at: from_db(row.updated_at),
        }
    };
    Ok(SearchResults {
        data: rows.into_iter().zip(in_descriptions).map(hit).collect(),
        is_capped,
        ..SearchResults::default()
    })
}

/// The newest tickets with these words. Beginnings of words are looked for only
/// where the whole words do not give enough: what begins with a common word is
/// dear to find, and whole words rank before it.
async fn candidates(
    app: &App,
    actor: &Actor,
    terms: &[Term],
    narrow: &Filter,
) -> Result<Vec<store::MatchRow>> {
    let search = |terms: Vec<Term>| async move {
        let with_internal = policy::sees_internal(actor);
        let (engine, organization) = (app.db.engine(), actor.organization_id.0);
        let db = &app.db;
        store::search(
            db,
            engine,
            organization,
            &terms,
            with_internal,
            narrow,
            CANDIDATES,
        )
        .await
    };
    if terms.iter().any(|term| term.is_prefix) {
        let whole = |term: &Term| Term {
            is_prefix: false,
            ..term.clone()
        };
        let found = search(terms.iter().map(whole).collect()).await?;
        if u32::try_from(found.len()).is_ok_and(|n| n >= CANDIDATES) {
            return Ok(found);
        }
    }
    search(terms.to_vec()).await
}

/// Words in the title weigh most, whole words more than beginnings, an open
/// ticket more than one that is over; ties stay newest first.
fn score(row: &store::MatchRow, terms: &[Term]) -> u32 {
    let weigh = |text: &str, whole: u32, beginning: u32| -> u32 {
        let points = words::found(text, terms)
            .into_iter()
            .map(|found| match found {
                Found::Whole => whole,
                Found::Beginning => beginning,
                Found::Not => 0,
            });
        points.sum()
    };
    let is_open = row
        .status
        .parse::<model::Status>()
        .is_ok_and(model::Status::is_open);
    weigh(&row.title, 8, 6)
        + weigh(&row.description, 3, 2)
        + weigh(&row.number, 20, 0)
        + u32::from(is_open)
}

fn view(segments: Vec<Segment>) -> Vec<SegmentView> {
    segments
        .into_iter()
        .map(|s| SegmentView {
            text: s.text,
            is_match: s.is_match,
        })
        .collect()
}
