//! Lists of tickets: filters, totals.

use super::order::{cursor, mark, mark_of, order};
use super::view;
use crate::conditions;
use crate::tickets::dto::{TicketQuery, TicketRowView, YesNo};
use crate::tickets::store::{self, Wanted};
use std::str::FromStr;
use steward_db::{Filter, Value, time::to_db, values};
use steward_domain::search::query::{self, Query};
use steward_domain::tickets::model::{GroupField, Kind, Priority, Status};
use steward_domain::tickets::policy;
use steward_domain::views::moments::instant_or_ago;
use steward_domain::visibility::Visibility;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::http::{Page, Pagination};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Rows counted where no live count applies; a longer list says that it is longer.
pub(in crate::tickets) const MOST_COUNTED: u32 = 10_000;
/// Last page that can be asked for by number; a cursor walks on.
const MOST_PAGES: u32 = 400;

/// A page of the incidents that the actor may see.
pub(in crate::tickets) async fn list_incidents(
    app: &App,
    actor: &Actor,
    query: TicketQuery,
) -> Result<Page<TicketRowView>> {
    let incident = Kind::Incident.as_str();
    if query
        .kind
        .as_deref()
        .is_some_and(|kind| kind.trim() != incident)
    {
        let hint = "this list holds incidents; ask /api/v1/tickets for other kinds";
        return Err(Error::field("kind", "unknown_value", hint));
    }
    let kind = Some(incident.to_owned());
    list(app, actor, TicketQuery { kind, ..query }).await
}

/// A page of the tickets that the actor may see.
pub(in crate::tickets) async fn list(
    app: &App,
    actor: &Actor,
    query: TicketQuery,
) -> Result<Page<TicketRowView>> {
    let request = PageRequest::new(query.page, query.per_page, query.cursor.clone())?;
    let order = order(query.sort.as_deref())?;
    let now = clock::now();
    let conditions = conditions(app, actor, query, now).await?;
    let (total, is_total_capped) = conditions.total(app).await?;
    let mut after = None;
    let offset = match &request.position {
        Position::Page(page) if *page > MOST_PAGES => {
            let hint = format!("pages go up to {MOST_PAGES}; walk on with next_cursor");
            return Err(Error::field("page", "out_of_range", hint));
        }
        Position::Page(page) => u64::from(page - 1).saturating_mul(u64::from(request.per_page)),
        Position::Cursor(text) => {
            after = Some(mark_of(order, text)?);
            0
        }
    };
    let limit = request.per_page.saturating_add(1);
    let (filter, after) = (conditions.filter, after.as_ref());
    let mut rows = store::rows(&app.db, &filter, order, after, limit, offset).await?;
    let wanted = usize::try_from(request.per_page).unwrap_or(usize::MAX);
    let has_next = rows.len() > wanted;
    rows.truncate(wanted);
    let last = rows.last().filter(|_| has_next);
    let next_cursor = last.map(|row| cursor(&mark(order, row)));
    let mut pagination = Pagination::new(&request, total, has_next, next_cursor);
    pagination.is_total_capped = is_total_capped;
    Ok(Page {
        data: rows
            .into_iter()
            .map(|row| view::row(actor, row, now))
            .collect(),
        pagination,
    })
}

/// What a query asks for, as SQL.
pub(in crate::tickets) struct Conditions {
    /// Over `tickets t`, with the visibility of the actor.
    pub(in crate::tickets) filter: Filter,
    /// The same over `ticket_counts t`, where live counts know the answer.
    counts: Option<Filter>,
    /// Whether the filter names the person a ticket is assigned to.
    is_personal: bool,
}

impl Conditions {
    /// Rows of the whole list, and whether there are more than were counted.
    pub(in crate::tickets) async fn total(&self, app: &App) -> Result<(i64, bool)> {
        let Some(wanted) = self.wanted() else {
            return self.count_to(app, MOST_COUNTED).await;
        };
        let sums = store::counted(&app.db, &[wanted]).await?;
        Ok((sums.first().copied().unwrap_or(0), false))
    }

    /// Groups of the list, and whether live counts knew all of them.
    pub(in crate::tickets) async fn groups(
        &self,
        app: &App,
        field: GroupField,
    ) -> Result<(Vec<store::GroupRow>, bool)> {
        if let Some(counts) = &self.counts {
            let rows = store::grouped_counts(&app.db, counts, field, self.is_personal).await?;
            return Ok((rows, true));
        }
        Ok((store::grouped(&app.db, &self.filter, field).await?, false))
    }

    /// The question to the live counts, where they know the answer.
    fn wanted(&self) -> Option<Wanted> {
        self.counts.clone().map(|filter| Wanted {
            filter,
            is_personal: self.is_personal,
        })
    }

    async fn count_to(&self, app: &App, most: u32) -> Result<(i64, bool)> {
        let bound = most.saturating_add(1);
        let n = store::bounded_count(&app.db, &self.filter, bound).await?;
        Ok((n.min(i64::from(most)), n > i64::from(most)))
    }

    fn in_statuses(&mut self, statuses: &[Status]) {
        let words = statuses.iter().map(|s| s.as_str());
        if statuses.iter().all(|s| s.is_open()) {
            // Said in these words, so that the indexes of open tickets serve.
            self.filter.and(store::IS_OPEN, values![]);
            if Status::ALL
                .iter()
                .all(|s| !s.is_open() || statuses.contains(s))
            {
                if let Some(counts) = &mut self.counts {
                    counts.and_in("t.status", words);
                }
                return;
            }
        }
        self.both("status", &words.collect::<Vec<_>>());
    }

    /// A condition that live counts know.
    fn both(&mut self, column: &str, words: &[&'static str]) {
        let column = format!("t.{column}");
        self.filter.and_in(&column, words.iter().copied());
        if let Some(counts) = &mut self.counts {
            counts.and_in(&column, words.iter().copied());
        }
    }

    /// Those of a person, or of nobody.
    fn assigned_to(&mut self, person: Option<Uuid>) {
        let Some(person) = person else {
            self.filter.and("t.assignee_id IS NULL", values![]);
            if let Some(counts) = &mut self.counts {
                counts.and("NOT t.is_assigned", values![]);
            }
            return;
        };
        self.is_personal = true;
        self.filter.and("t.assignee_id = ?", values![person]);
        if let Some(counts) = &mut self.counts {
            counts.and("t.assignee_id = ?", values![person]);
        }
    }

    fn without_team(&mut self) {
        self.filter.and("t.team_id IS NULL", values![]);
        if let Some(counts) = &mut self.counts {
            counts.and("t.team_id IS NULL", values![]);
        }
    }

    fn both_ids(&mut self, column: &str, ids: &[Uuid]) {
        let column = format!("t.{column}");
        self.filter.and_in(&column, ids.iter().copied());
        if let Some(counts) = &mut self.counts {
            counts.and_in(&column, ids.iter().copied());
        }
    }

    /// Those whose agreed time has passed, or the others.
    fn breached(&mut self, is_breached: bool) {
        let clause = if is_breached {
            "t.is_sla_breached"
        } else {
            "NOT t.is_sla_breached"
        };
        self.only(clause, values![]);
    }

    /// A condition that live counts do not know.
    fn only(&mut self, clause: &str, values: Vec<Value>) {
        self.filter.and(clause, values);
        self.counts = None;
    }
}

/// Rows of many lists, each counted no further than `most`.
pub(in crate::tickets) async fn totals(
    app: &App,
    lists: &[Conditions],
    most: u32,
) -> Result<Vec<(i64, bool)>> {
    let wanted: Vec<Wanted> = lists.iter().filter_map(Conditions::wanted).collect();
    let mut sums = store::counted(&app.db, &wanted).await?.into_iter();
    let mut totals = Vec::with_capacity(lists.len());
    for list in lists {
        totals.push(match list.counts.as_ref().and_then(|_| sums.next()) {
            Some(n) => (n.min(i64::from(most)), n > i64::from(most)),
            None => list.count_to(app, most).await?,
        });
    }
    Ok(totals)
}

/// Reads a query's filters. The words of `search` may filter too; a parameter
/// of the same meaning adds to them.
pub(in crate::tickets) async fn conditions(
    app: &App,
    actor: &Actor,
    query: TicketQuery,
    now: Instant,
) -> Result<Conditions> {
    let visibility = policy::visibility(actor);
    let mut counts = Filter::default();
    counts.and("t.organization_id = ?", values![actor.organization_id.0]);
    let mut conditions = Conditions {
        filter: store::visible(actor, &visibility),
        counts: (visibility == Visibility::Everything).then_some(counts),
        is_personal: false,
    };
    for (field, text, most) in [
        ("search", &query.search, 500),
        ("external_reference", &query.external_reference, 200),
    ] {
        check_length(field, text.as_deref().unwrap_or_default(), most)?;
    }
    let words = query::parse(query.search.as_deref().unwrap_or_default());
    fields(app, actor, &mut conditions, &query, now).await?;
    search_words(app, actor, &mut conditions, &words).await?;
    Ok(conditions)
}

async fn fields(
    app: &App,
    actor: &Actor,
    to: &mut Conditions,
    query: &TicketQuery,
    now: Instant,
) -> Result<()> {
    if let Some(text) = &query.status {
        to.in_statuses(&statuses(text)?);
    }
    if let Some(text) = &query.priority {
        to.both("priority", &priorities(text)?);
    }
    if let Some(text) = &query.kind {
        to.both("kind", &kinds(text)?);
    }
    if let Some(who) = query.assigned_to.as_deref() {
        let id = if who == "nobody" {
            None
        } else {
            Some(person(app, actor, "assigned_to", who).await?)
        };
        to.assigned_to(id);
    }
    if let Some(team) = query.team.as_deref() {
        match team {
            "none" => to.without_team(),
            _ => to.both_ids("team_id", &teams(actor, team)?),
        }
    }
    for (field, column, who) in [
        ("requester", "t.requester_id = ?", &query.requester),
        (
            "requested_for",
            "t.requested_for_id = ?",
            &query.requested_for,
        ),
        ("watched_by", store::WATCHED_BY, &query.watched_by),
    ] {
        if let Some(who) = who {
            to.only(column, values![person(app, actor, field, who).await?]);
        }
    }
    for (column, text) in [
        ("t.category = ?", &query.category),
        ("t.subcategory = ?", &query.subcategory),
        ("t.external_reference = ?", &query.external_reference),
    ] {
        if let Some(text) = text {
            to.only(column, values![text.clone()]);
        }
    }
    if let Some(answer) = query.sla_breached {
        to.breached(answer == YesNo::True);
    }
    if let Some(tag) = &query.tag {
        tagged(app, to, tag);
    }
    for (field, clause, text) in [
        ("created_after", "t.created_at >= ?", &query.created_after),
        ("created_before", "t.created_at < ?", &query.created_before),
        ("updated_after", "t.updated_at >= ?", &query.updated_after),
        ("updated_before", "t.updated_at < ?", &query.updated_before),
        (
            "resolved_after",
            "t.resolved_at >= ?",
            &query.resolved_after,
        ),
        (
            "resolved_before",
            "t.resolved_at < ?",
            &query.resolved_before,
        ),
    ] {
        if let Some(text) = text {
            to.only(clause, values![to_db(instant(field, text, now)?)]);
        }
    }
    if let Some(key) = &query.parent {
        let parent = super::find(&app.db, actor, key).await?;
        to.only("t.parent_id = ?", values![parent.id]);
    }
    if let Some(text) = &query.condition {
        let condition = conditions::read_text(&app.db, actor, text).await?;
        let (clause, values) =
            store::condition(app.db.engine(), &conditions::bound(actor, &condition, now))?;
        to.only(&clause, values);
    }
    Ok(())
}

fn tagged(app: &App, to: &mut Conditions, tag: &str) {
    let (clause, value) = store::tagged(app.db.engine(), tag);
    to.only(clause, vec![value]);
}

/// Filters and terms written as words: `status:open vpn`.
pub(in crate::tickets) async fn search_words(
    app: &App,
    actor: &Actor,
    to: &mut Conditions,
    words: &Query,
) -> Result<()> {
    word_filters(app, actor, to, words).await?;
    if !words.terms.is_empty() {
        to.counts = None;
        let organization = actor.organization_id.0;
        let with_internal = policy::sees_internal(actor);
        store::search_filter(
            &mut to.filter,
            app.db.engine(),
            organization,
            &words.terms,
            with_internal,
        );
    }
    Ok(())
}

/// The filters of a query in words, without its terms.
pub(in crate::tickets) async fn word_filters(
    app: &App,
    actor: &Actor,
    to: &mut Conditions,
    words: &Query,
) -> Result<()> {
    for (name, value) in &words.filters {
        let in_search = |error: Error| Error {
            errors: error
                .errors
                .into_iter()
                .map(|e| steward_kernel::FieldError {
                    field: "search".to_owned(),
                    ..e
                })
                .collect(),
            ..error
        };
        match *name {
            "is" if value == "breached" => to.breached(true),
            "is" if value == "unassigned" => to.assigned_to(None),
            "is" if value == "mine" => to.assigned_to(Some(actor.user_id.0)),
            "is" => to.in_statuses(&statuses(value).map_err(in_search)?),
            "sla" => to.breached(breached(value).map_err(in_search)?),
            "status" => to.in_statuses(&statuses(value).map_err(in_search)?),
            "priority" => to.both("priority", &priorities(value).map_err(in_search)?),
            "kind" => to.both("kind", &kinds(value).map_err(in_search)?),
            "assignee" if value == "nobody" => to.assigned_to(None),
            "assignee" => {
                let id = person(app, actor, "search", value).await?;
                to.assigned_to(Some(id));
            }
            "requester" => {
                let id = person(app, actor, "search", value).await?;
                to.only("t.requester_id = ?", values![id]);
            }
            "team" => {
                let team = store::team_named(&app.db, actor.organization_id, value).await?;
                let none = || {
                    Error::field(
                        "search",
                        "unknown_value",
                        format!("there is no team '{value}'"),
                    )
                };
                to.both_ids("team_id", &[team.ok_or_else(none)?]);
            }
            "tag" => tagged(app, to, value),
            _ => to.only("lower(t.category) = lower(?)", values![value.clone()]),
        }
    }
    Ok(())
}

/// Statuses, and `open` for all that are neither resolved nor over.
fn statuses(text: &str) -> Result<Vec<Status>> {
    let mut found = Vec::new();
    for word in text.split(',').map(str::trim) {
        if word == "open" {
            found.extend(Status::ALL.iter().copied().filter(|s| s.is_open()));
        } else {
            found.extend(words::<Status>("status", word)?);
        }
    }
    Ok(found)
}

/// `breached` or `kept`, of the agreed time.
fn breached(text: &str) -> Result<bool> {
    match text {
        "breached" => Ok(true),
        "kept" => Ok(false),
        _ => {
            let hint = format!("'{text}' is no state of the agreed time; write breached or kept");
            Err(Error::field("sla", "unknown_value", hint))
        }
    }
}

fn priorities(text: &str) -> Result<Vec<&'static str>> {
    Ok(words::<Priority>("priority", text)?
        .into_iter()
        .map(Priority::as_str)
        .collect())
}

fn kinds(text: &str) -> Result<Vec<&'static str>> {
    Ok(words::<Kind>("kind", text)?
        .into_iter()
        .map(Kind::as_str)
        .collect())
}

fn words<T: FromStr>(field: &str, text: &str) -> Result<Vec<T>> {
    text.split(',')
        .map(|word| {
            let unknown =
                |_| Error::field(field, "unknown_value", format!("'{word}' is no {field}"));
            word.trim().parse().map_err(unknown)
        })
        .collect()
}

/// `me`, an id, or a username of the organization.
async fn person(app: &App, actor: &Actor, field: &str, who: &str) -> Result<Uuid> {
    if who == "me" {
        return Ok(actor.user_id.0);
    }
    if let Ok(id) = who.parse() {
        return Ok(id);
    }
    let name = who.trim_start_matches('@').to_lowercase();
    let found = store::people_named(&app.db, actor.organization_id, &[name]).await?;
    let unknown = || {
        let hint = format!("nobody is called '{who}'; write me, a username or an id");
        Error::field(field, "unknown_value", hint)
    };
    found.first().copied().ok_or_else(unknown)
}

/// `mine`, or a team's id.
fn teams(actor: &Actor, text: &str) -> Result<Vec<Uuid>> {
    if text == "mine" {
        return Ok(actor.teams.iter().map(|team| team.0).collect());
    }
    let wrong = |_| Error::field("team", "invalid", "write mine, none or a team's id");
    text.parse().map(|id| vec![id]).map_err(wrong)
}

fn instant(field: &str, text: &str, now: Instant) -> Result<Instant> {
    instant_or_ago(text, now).ok_or_else(|| {
        let hint = "write an instant such as 2026-01-15T10:00:00Z (RFC 3339), or -7d or -12h for so long ago";
        Error::field(field, "invalid", hint)
    })
}
