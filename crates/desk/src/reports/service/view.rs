//! Figures as they are answered, and as CSV.

use super::Order;
use crate::reports::dto::{
    FiguresView, GroupView, MeasureView, ReportSummary, ReportView, StepView,
};
use crate::reports::store;
use std::collections::BTreeMap;
use steward_domain::expr::Condition;
use steward_domain::expr::model::Node;
use steward_domain::reports::cohort;
use steward_domain::reports::csv::{Cell, table};
use steward_domain::reports::model::Report;
use steward_domain::reports::sums::Figures;
use steward_kernel::{Actor, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// Most groups that are answered.
const MAX_GROUPS: usize = 200;

type Sums = (Figures, Vec<(Option<String>, Figures)>, Vec<Figures>);

/// What a report is.
pub(super) fn summary(report: Report) -> ReportSummary {
    let measure = |m: &steward_domain::reports::model::Measure| MeasureView {
        name: m.name.to_owned(),
        unit: m.unit.to_owned(),
        definition: m.definition.to_owned(),
    };
    ReportSummary {
        name: report.as_str().to_owned(),
        title: report.title().to_owned(),
        definition: report.definition().to_owned(),
        measures: report.measures().iter().map(measure).collect(),
    }
}

/// The figures with names, definitions and the way to the tickets.
pub(super) async fn view(app: &App, actor: &Actor, order: Order, sums: Sums) -> Result<ReportView> {
    let (total, mut groups, trend) = sums;
    groups.sort_by_key(|(key, figures)| (std::cmp::Reverse(figures.tickets), key.clone()));
    let is_capped = groups.len() > MAX_GROUPS;
    groups.truncate(MAX_GROUPS);
    let ids: Vec<Uuid> = groups
        .iter()
        .filter_map(|(key, _)| key.as_ref()?.parse().ok())
        .collect();
    let names = store::names(&app.db, actor, order.by, &ids).await?;
    let label = |key: &Option<String>| {
        let id = key.as_ref().and_then(|key| key.parse::<Uuid>().ok());
        id.and_then(|id| names.get(&id).cloned())
            .or_else(|| key.clone())
    };
    let (from, to) = (order.window.from, order.window.to);
    let mut group_views = Vec::with_capacity(groups.len());
    for (key, figures) in groups {
        let part = cohort::group(order.by, key.as_deref());
        group_views.push(GroupView {
            label: label(&key),
            key,
            figures: figures_view(&order, figures, (from, to), Some(part), false)?,
        });
    }
    let mut steps = Vec::with_capacity(trend.len());
    for ((begin, end), figures) in order.window.steps().zip(trend) {
        steps.push(StepView {
            from: begin,
            to: end,
            figures: figures_view(&order, figures, (begin, end), None, true)?,
        });
    }
    let total = figures_view(&order, total, (from, to), None, false)?;
    let summary = summary(order.report);
    Ok(ReportView {
        name: summary.name,
        title: summary.title,
        definition: summary.definition,
        measures: summary.measures,
        from,
        to,
        time_zone: order.time_zone,
        step: order.window.step.as_str().to_owned(),
        group_by: order.by.as_str().to_owned(),
        total,
        groups: group_views,
        is_capped,
        trend: steps,
    })
}

fn figures_view(
    order: &Order,
    figures: Figures,
    (from, to): (Instant, Instant),
    group: Option<Node>,
    is_step: bool,
) -> Result<FiguresView> {
    let report = order.report;
    let mut parts = cohort::cohort(report, from, to);
    parts.extend(group);
    let hits = cohort::hits(report);
    let hit_filters = if hits.is_empty() {
        None
    } else {
        let parts = parts.iter().cloned().chain(hits).collect();
        Some(filters(order, parts)?)
    };
    let is_rate = hit_filters.is_some();
    let is_backlog = report == Report::Backlog;
    Ok(FiguresView {
        tickets: figures.tickets,
        hits: is_rate.then_some(figures.hits),
        share: figures.share.filter(|_| is_rate),
        mean_seconds: figures.mean_seconds.filter(|_| !is_rate),
        median_seconds: figures.median_seconds.filter(|_| !is_rate),
        p90_seconds: figures.p90_seconds.filter(|_| !is_rate),
        ages: (is_backlog && !is_step).then(|| figures.ages.into()),
        reported: (is_backlog && is_step).then_some(figures.reported),
        resolved: (is_backlog && is_step).then_some(figures.resolved),
        filters: filters(order, parts)?,
        hit_filters,
    })
}

/// Parameters of the ticket list for these parts of a condition.
fn filters(order: &Order, parts: Vec<Node>) -> Result<BTreeMap<String, String>> {
    let condition: Condition = cohort::narrowed(parts, order.condition.as_ref())?;
    let text = condition.to_json().to_string();
    Ok([("condition".to_owned(), text)].into())
}

/// One line for all, each group and each step.
pub(in crate::reports) fn csv(view: &ReportView) -> String {
    let text = |text: &str| Cell::Text(text.to_owned());
    let measures: Vec<&str> = view.measures.iter().map(|m| m.name.as_str()).collect();
    let mut head = vec![text("part"), text("from"), text("to"), text(&view.group_by)];
    for name in &measures {
        match *name {
            "ages" => {
                head.extend(["under_1d", "under_3d", "under_7d", "under_30d", "older"].map(text))
            }
            name => head.push(text(name)),
        }
    }
    let mut rows = vec![head];
    let mut row = |part: &str, from: Instant, to: Instant, key: Cell, figures: &FiguresView| {
        let mut cells = vec![
            text(part),
            text(&from.to_string()),
            text(&to.to_string()),
            key,
        ];
        measures
            .iter()
            .for_each(|name| cells.extend(figure(figures, name)));
        rows.push(cells);
    };
    row("total", view.from, view.to, Cell::Empty, &view.total);
    for group in &view.groups {
        let label = group.label.as_deref().map_or(Cell::Empty, text);
        row("group", view.from, view.to, label, &group.figures);
    }
    for step in &view.trend {
        row("step", step.from, step.to, Cell::Empty, &step.figures);
    }
    table(&rows)
}

fn figure(figures: &FiguresView, name: &str) -> Vec<Cell> {
    let whole = |n: Option<u32>| vec![n.map_or(Cell::Empty, |n| Cell::Number(n.into()))];
    match name {
        "tickets" => whole(Some(figures.tickets)),
        "hits" => whole(figures.hits),
        "share" => vec![figures.share.map_or(Cell::Empty, Cell::Number)],
        "mean_seconds" => whole(figures.mean_seconds.and_then(|n| u32::try_from(n).ok())),
        "median_seconds" => whole(figures.median_seconds),
        "p90_seconds" => whole(figures.p90_seconds),
        "reported" => whole(figures.reported),
        "resolved" => whole(figures.resolved),
        _ => match &figures.ages {
            Some(ages) => ages.iter().map(|n| Cell::Number((*n).into())).collect(),
            None => vec![Cell::Empty; 5],
        },
    }
}
