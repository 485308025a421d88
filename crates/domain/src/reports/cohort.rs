//! The tickets of a report, as conditions.

use super::model::{GroupBy, Report};
use crate::expr::model::{FieldRef, MAX_DEPTH, Node, Operand, Operator, Quantifier, Test};
use crate::expr::{Condition, Field};
use crate::sla::simulation::Outcome;
use crate::tickets::model::Status;
use steward_kernel::{Error, Instant};
use uuid::Uuid;

fn test(field: Field, operator: Operator, operand: Operand) -> Node {
    Node::Test(Test {
        field: FieldRef::Own(field),
        operator,
        operand,
    })
}

fn empty(field: Field) -> Node {
    test(field, Operator::IsEmpty, Operand::Nothing)
}

fn before(field: Field, at: Instant) -> Node {
    test(field, Operator::Before, Operand::At(at))
}

fn from(field: Field, at: Instant) -> Node {
    test(field, Operator::After, Operand::At(at))
}

/// The field in which a report about service levels looks.
const fn sla(report: Report) -> Field {
    match report {
        Report::SlaResponse => Field::SlaResponse,
        _ => Field::SlaResolution,
    }
}

fn outcomes(outcomes: &[Outcome]) -> Operand {
    Operand::Texts(outcomes.iter().map(|o| o.as_str().to_owned()).collect())
}

/// Open at an instant, by what is known today.
fn open_at(at: Instant) -> Vec<Node> {
    let open = Status::ALL.iter().filter(|status| status.is_open());
    let words = open.map(|status| status.as_str().to_owned()).collect();
    let cancelled = Operand::Texts(vec![Status::Cancelled.as_str().to_owned()]);
    let only_closed = vec![empty(Field::ResolvedAt), from(Field::ClosedAt, at)];
    vec![
        test(Field::Status, Operator::Ne, cancelled),
        Node::Group(
            Quantifier::Any,
            vec![
                test(Field::Status, Operator::In, Operand::Texts(words)),
                from(Field::ResolvedAt, at),
                Node::Group(Quantifier::All, only_closed),
            ],
        ),
    ]
}

/// The tickets that the figures of a report are about.
#[must_use]
pub fn cohort(report: Report, start: Instant, end: Instant) -> Vec<Node> {
    match report {
        Report::ResolutionTime | Report::ReopenRate | Report::FirstContactResolution => {
            vec![
                from(Field::ResolvedAt, start),
                before(Field::ResolvedAt, end),
            ]
        }
        Report::ResponseTime => vec![
            from(Field::FirstResponseAt, start),
            before(Field::FirstResponseAt, end),
        ],
        Report::SlaResponse | Report::SlaResolution => vec![
            from(Field::CreatedAt, start),
            before(Field::CreatedAt, end),
            test(
                sla(report),
                Operator::In,
                outcomes(&[Outcome::Met, Outcome::Breached]),
            ),
        ],
        Report::Backlog => {
            let mut parts = vec![before(Field::CreatedAt, end)];
            parts.extend(open_at(end));
            parts
        }
    }
}

/// The tickets that a report must look at: of the backlog also those that
/// left it during the period, for its trend.
#[must_use]
pub fn looked_at(report: Report, start: Instant, end: Instant) -> Vec<Node> {
    if report != Report::Backlog {
        return cohort(report, start, end);
    }
    let mut parts = vec![before(Field::CreatedAt, end)];
    parts.extend(open_at(start));
    parts
}

/// Adds what the caller narrowed the report to.
///
/// # Errors
/// When the condition nests too deep to be a part of another.
pub fn narrowed(mut parts: Vec<Node>, by: Option<&Condition>) -> Result<Condition, Error> {
    if let Some(condition) = by {
        if depth(&condition.root) >= MAX_DEPTH {
            let message = format!("a report takes groups up to {} deep", MAX_DEPTH - 1);
            return Err(Error::field("condition", "too_deep", message));
        }
        parts.push(condition.root.clone());
    }
    // An empty group stands only outermost; it says nothing anyway.
    parts.retain(|part| !matches!(part, Node::Group(_, inner) if inner.is_empty()));
    Ok(Condition {
        root: Node::Group(Quantifier::All, parts),
    })
}

fn depth(node: &Node) -> usize {
    match node {
        Node::Test(_) | Node::Cel(_) => 0,
        Node::Group(_, parts) => 1 + parts.iter().map(depth).max().unwrap_or(0),
    }
}

/// The tickets of one group: `None` is the group without a value.
#[must_use]
pub fn group(by: GroupBy, key: Option<&str>) -> Node {
    let field = by.field();
    match key {
        None => empty(field),
        Some(key) => {
            let id = matches!(by, GroupBy::Team | GroupBy::Assignee)
                .then(|| key.parse::<Uuid>().ok())
                .flatten();
            let operand = id.map_or_else(
                || Operand::Texts(vec![key.to_owned()]),
                |id| Operand::Ids(vec![id]),
            );
            test(field, Operator::Eq, operand)
        }
    }
}

/// The tickets that count as hits.
#[must_use]
pub fn hits(report: Report) -> Vec<Node> {
    let zero = |field| test(field, Operator::Eq, Operand::Number(0));
    match report {
        Report::ReopenRate => vec![test(Field::ReopenedCount, Operator::Gt, Operand::Number(0))],
        Report::FirstContactResolution => vec![
            zero(Field::ReassignmentCount),
            zero(Field::EscalationLevel),
            zero(Field::ReopenedCount),
        ],
        Report::SlaResponse | Report::SlaResolution => {
            vec![test(sla(report), Operator::Eq, outcomes(&[Outcome::Met]))]
        }
        Report::ResolutionTime | Report::ResponseTime | Report::Backlog => Vec::new(),
    }
}
