//! Use cases of reports.

mod view;

pub(super) use view::csv;

use super::dto::{ReportList, ReportQuery, ReportView};
use super::store::{self, BATCH, SubjectRow, Walk};
use crate::{conditions, tickets};
use jiff::tz::TimeZone;
use std::str::FromStr;
use steward_db::Filter;
use steward_db::time::from_db;
use steward_domain::expr::Condition;
use steward_domain::reports::cohort;
use steward_domain::reports::model::{GroupBy, Report, Step};
use steward_domain::reports::sums::{Subject, Sums};
use steward_domain::reports::window::Window;
use steward_domain::sla::model::Metric;
use steward_domain::sla::simulation::Outcome;
use steward_domain::tickets::model::Status;
use steward_domain::views::moments::instant_or_ago;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;

const PERMISSION: &str = "report:read";

/// Longest condition that a report is narrowed to, so that it still fits into
/// the ticket list's parameter together with the report's own.
const MAX_CONDITION: usize = 3000;

/// A report as it was asked for.
struct Order {
    report: Report,
    window: Window,
    time_zone: String,
    by: GroupBy,
    condition: Option<Condition>,
}

fn authorize(actor: &Actor) -> Result<()> {
    if actor.may(PERMISSION) {
        Ok(())
    } else {
        Err(Error::forbidden(PERMISSION))
    }
}

/// Every report.
pub(super) fn list(actor: &Actor) -> Result<ReportList> {
    authorize(actor)?;
    Ok(ReportList {
        data: Report::ALL
            .iter()
            .map(|report| view::summary(*report))
            .collect(),
    })
}

/// The figures of a report.
pub(super) async fn get(
    app: &App,
    actor: &Actor,
    name: &str,
    query: ReportQuery,
    now: Instant,
) -> Result<ReportView> {
    authorize(actor)?;
    let report = named(name, query.metric.as_deref())?;
    let order = order(app, actor, report, query, now).await?;
    let mut sums = Sums::new(report, order.window.clone());
    read(app, actor, &order, now, |subject| sums.add(&subject)).await?;
    view::view(app, actor, order, sums.figures()).await
}

/// The report of a name; `sla-compliance` is one of two, by its metric.
fn named(name: &str, metric: Option<&str>) -> Result<Report> {
    let metric = metric
        .map(|text| word::<Metric>("metric", text))
        .transpose()?;
    match (name, metric) {
        ("sla-compliance", None | Some(Metric::Resolution)) => Ok(Report::SlaResolution),
        ("sla-compliance", Some(Metric::Response)) => Ok(Report::SlaResponse),
        (_, Some(_)) => {
            let message = "only sla-compliance takes a metric, response or resolution";
            Err(Error::field("metric", "unknown_value", message))
        }
        _ => name.parse().map_err(|_| Error::not_found("report", name)),
    }
}

async fn order(
    app: &App,
    actor: &Actor,
    report: Report,
    query: ReportQuery,
    now: Instant,
) -> Result<Order> {
    let instant = |field: &str, text: &str| {
        let hint = "write an instant such as 2026-01-15T10:00:00Z (RFC 3339), or -30d or -12h for so long ago";
        instant_or_ago(text, now).ok_or_else(|| Error::field(field, "invalid", hint))
    };
    let from = instant("from", query.from.as_deref().unwrap_or("-30d"))?;
    let to = query.to.map_or(Ok(now), |text| instant("to", &text))?;
    let step = query
        .step
        .map(|text| word::<Step>("step", &text))
        .transpose()?;
    let by = query
        .group_by
        .map(|text| word::<GroupBy>("group_by", &text));
    let condition = match query.condition {
        Some(text) if text.chars().count() > MAX_CONDITION => {
            let message = format!("use at most {MAX_CONDITION} characters");
            return Err(Error::field("condition", "too_long", message));
        }
        Some(text) => Some(conditions::read_text(&app.db, actor, &text).await?),
        None => None,
    };
    let time_zone = store::time_zone(&app.db, actor).await?;
    let zone = TimeZone::get(&time_zone).unwrap_or(TimeZone::UTC);
    Ok(Order {
        report,
        window: Window::new(from, to, step, &zone)?,
        time_zone,
        by: by.transpose()?.unwrap_or(GroupBy::Priority),
        condition,
    })
}

fn word<T: FromStr>(field: &str, text: &str) -> Result<T> {
    let unknown = |_| Error::field(field, "unknown_value", format!("'{text}' is no {field}"));
    text.parse().map_err(unknown)
}

/// Hands every ticket that the report must look at to `each`.
async fn read(
    app: &App,
    actor: &Actor,
    order: &Order,
    now: Instant,
    mut each: impl FnMut(Subject),
) -> Result<()> {
    let (from, to) = (order.window.from, order.window.to);
    let parts = cohort::looked_at(order.report, from, to);
    let condition = cohort::narrowed(parts, order.condition.as_ref())?;
    let mut filter: Filter = tickets::service::visible_tickets(actor);
    let (clause, values) =
        tickets::condition(app.db.engine(), &conditions::bound(actor, &condition, now))?;
    filter.and(&clause, values);
    let walk = match order.report {
        Report::Backlog | Report::SlaResponse | Report::SlaResolution => Walk::Creation,
        Report::ResponseTime => Walk::Response,
        _ => Walk::Resolution,
    };
    let mut after = None;
    loop {
        let rows = store::subjects(&app.db, &filter, (order.report, order.by), walk, after).await?;
        let is_last = rows.len() < BATCH;
        after = rows.last().and_then(|row| walk.place(row));
        rows.into_iter().map(subject).for_each(&mut each);
        if is_last || after.is_none() {
            return Ok(());
        }
    }
}

fn subject(row: SubjectRow) -> Subject {
    let is_open = row.status.parse().is_ok_and(Status::is_open);
    let left_at = row.resolved_at.or(row.closed_at).filter(|_| !is_open);
    let word = row.group_word.filter(|word| !word.is_empty());
    Subject {
        group: word.or_else(|| row.group_id.map(|id| id.to_string())),
        created_at: from_db(row.created_at),
        first_response_at: row.first_response_at.map(from_db),
        left_at: left_at.map(from_db),
        reopened_count: row.reopened_count,
        reassignment_count: row.reassignment_count,
        escalation_level: row.escalation_level,
        is_in_time: row.outcome.as_deref() == Some(Outcome::Met.as_str()),
    }
}
