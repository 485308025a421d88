//! What changed from line to line, and what a ticket has become by then.

use super::model::{ImportedLine, Outcome};
use crate::tickets::model::Status;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_kernel::Instant;

/// Field of the item that a line leaves which changed nothing Steward keeps.
pub const SOURCE_UPDATE: &str = "source_update";

/// Field of the item that says where a ticket came from.
pub const EXTERNAL_REFERENCE: &str = "external_reference";

/// Fields in the order in which the timeline tells them; details come last.
const ORDER: &[&str] = &[
    "status",
    "hold_reason",
    "priority",
    "impact",
    "urgency",
    "team",
    "assignee",
    "requester",
    "category",
    "subcategory",
    "title",
    "description",
    "reassignment_count",
    "reopened_count",
];

/// Fields that the first line tells; of the others the first change tells the
/// value before.
const FIRST: &[&str] = &["status", "hold_reason", "priority", "team", "assignee"];

/// Fields whose history is told, with their values, as of one line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Snapshot(BTreeMap<String, String>);

/// One changed field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Name of the field.
    pub field: String,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

impl From<&ImportedLine> for Snapshot {
    fn from(line: &ImportedLine) -> Self {
        let text = |s: &str| Some(s.to_owned());
        let count = |n: i32| (n != 0).then(|| n.to_string());
        let fields = [
            ("status", text(line.status.as_str())),
            ("hold_reason", line.hold_reason.clone()),
            ("priority", text(line.priority.as_str())),
            ("impact", text(line.impact.as_str())),
            ("urgency", text(line.urgency.as_str())),
            ("team", line.team.clone()),
            ("assignee", line.assignee.as_ref().map(|p| p.shown())),
            ("requester", Some(line.requester.shown())),
            ("category", line.category.clone()),
            ("subcategory", line.subcategory.clone()),
            ("title", text(&line.title).filter(|_| line.has_own_title)),
            ("description", line.description.clone()),
            ("reassignment_count", count(line.reassignment_count)),
            ("reopened_count", count(line.reopened_count)),
        ];
        let named = fields
            .into_iter()
            .filter_map(|(field, value)| Some((field.to_owned(), value?)));
        let details = line
            .details
            .iter()
            .map(|d| (d.field.clone(), d.value.clone()));
        // A detail never hides a field of the same name.
        Self(details.chain(named).collect())
    }
}

impl Snapshot {
    /// What the first line of a ticket tells.
    #[must_use]
    pub fn opening(&self) -> Vec<Change> {
        let told = FIRST.iter().filter_map(|field| {
            Some(Change {
                field: (*field).to_owned(),
                old: None,
                new: Some(self.0.get(*field)?.clone()),
            })
        });
        told.collect()
    }

    /// The fields that differ in `after`, in the order in which they are told.
    #[must_use]
    pub fn changes(&self, after: &Self) -> Vec<Change> {
        let details = self.0.keys().chain(after.0.keys());
        let details = details.filter(|field| !ORDER.contains(&field.as_str()));
        let details: std::collections::BTreeSet<&str> = details.map(String::as_str).collect();
        let fields = ORDER.iter().copied().chain(details);
        let changed = fields.filter(|field| self.0.get(*field) != after.0.get(*field));
        changed
            .map(|field| Change {
                field: field.to_owned(),
                old: self.0.get(field).cloned(),
                new: after.0.get(field).cloned(),
            })
            .collect()
    }

    /// Takes changes back.
    pub fn undo(&mut self, changes: &[Change]) {
        for change in changes.iter().filter(|c| c.field != SOURCE_UPDATE) {
            match &change.old {
                Some(old) => self.0.insert(change.field.clone(), old.clone()),
                None => self.0.remove(&change.field),
            };
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> Status {
        let word = self.0.get("status");
        word.and_then(|w| w.parse().ok()).unwrap_or(Status::New)
    }
}

/// The snapshots behind a told history: `latest` is the last of them.
#[must_use]
pub fn unfold(latest: Snapshot, told: &[Vec<Change>]) -> Vec<Snapshot> {
    let mut snapshot = latest;
    let mut snapshots = Vec::with_capacity(told.len());
    for changes in told.iter().rev() {
        let mut before = snapshot.clone();
        before.undo(changes);
        snapshots.push(std::mem::replace(&mut snapshot, before));
    }
    snapshots.reverse();
    snapshots
}

/// Instants that follow from the states of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestones {
    /// When it first left the state `new`.
    pub taken_up_at: Option<Instant>,
    /// When it last became resolved.
    pub resolved_at: Option<Instant>,
    /// When it last became closed.
    pub closed_at: Option<Instant>,
}

impl Milestones {
    fn pass(&mut self, before: Option<Status>, after: Status, at: Instant) {
        if after != Status::New {
            self.taken_up_at.get_or_insert(at);
        }
        if before != Some(after) {
            match after {
                Status::Resolved => self.resolved_at = Some(at),
                Status::Closed => self.closed_at = Some(at),
                _ => {}
            }
        }
    }
}

/// What an imported ticket is as of its latest line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Fields as of the latest line; absent before the first.
    pub snapshot: Option<Snapshot>,
    /// The latest line's count of changes.
    pub revision: Option<i64>,
    /// What follows from the states passed.
    pub milestones: Milestones,
    /// How it ended, by the latest line.
    pub outcome: Outcome,
}

impl Progress {
    /// Goes on to the next line; returns what the timeline tells of it, which
    /// is never nothing.
    pub fn pass(&mut self, snapshot: Snapshot, at: Instant, revision: Option<i64>) -> Vec<Change> {
        let status = snapshot.status();
        let mut changes = match &self.snapshot {
            None => snapshot.opening(),
            Some(before) => before.changes(&snapshot),
        };
        if changes.is_empty() {
            changes.push(Change {
                field: SOURCE_UPDATE.to_owned(),
                old: self.revision.map(|n| n.to_string()),
                new: revision.map(|n| n.to_string()),
            });
        }
        let before = self.snapshot.as_ref().map(Snapshot::status);
        self.milestones.pass(before, status, at);
        self.snapshot = Some(snapshot);
        self.revision = revision;
        changes
    }

    /// When it was resolved, if it is: what the log says when that lies in the
    /// history known so far, else when the state changed.
    #[must_use]
    pub fn resolved_at(&self, latest: Instant) -> Option<Instant> {
        let is_over = matches!(self.status(), Status::Resolved | Status::Closed);
        let said = self.outcome.resolved_at.filter(|at| *at <= latest);
        said.or(self.milestones.resolved_at).filter(|_| is_over)
    }

    /// When it was closed, if it is; as [`Progress::resolved_at`].
    #[must_use]
    pub fn closed_at(&self, latest: Instant) -> Option<Instant> {
        let said = self.outcome.closed_at.filter(|at| *at <= latest);
        said.or(self.milestones.closed_at)
            .filter(|_| self.status() == Status::Closed)
    }

    /// When someone first took it up; never before it was reported.
    #[must_use]
    pub fn first_response_at(&self, created_at: Instant) -> Option<Instant> {
        self.milestones.taken_up_at.map(|at| at.max(created_at))
    }

    /// The latest status.
    #[must_use]
    pub fn status(&self) -> Status {
        self.snapshot.as_ref().map_or(Status::New, Snapshot::status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn snapshot(fields: &[(&str, &str)]) -> Snapshot {
        let fields = fields.iter();
        Snapshot(
            fields
                .map(|(f, v)| ((*f).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    fn at(second: i64) -> Instant {
        Instant::from_second(second).expect("in range")
    }

    fn told(changes: &[Change]) -> Vec<String> {
        let text = |v: &Option<String>| v.clone().unwrap_or_else(|| "-".to_owned());
        let line = |c: &Change| format!("{} {}>{}", c.field, text(&c.old), text(&c.new));
        changes.iter().map(line).collect()
    }

    #[test]
    fn every_line_tells_something() {
        let mut progress = Progress::default();
        let first = snapshot(&[
            ("status", "new"),
            ("team", "A"),
            ("symptom", "1"),
            ("impact", "low"),
        ]);
        let changes = progress.pass(first.clone(), at(1), Some(0));
        assert_eq!(told(&changes), ["status ->new", "team ->A"]);
        assert_eq!(
            told(&progress.pass(first, at(2), Some(3))),
            ["source_update 0>3"]
        );
        let next = snapshot(&[
            ("status", "on_hold"),
            ("hold_reason", "User"),
            ("symptom", "2"),
        ]);
        assert_eq!(
            told(&progress.pass(next, at(3), Some(4))),
            [
                "status new>on_hold",
                "hold_reason ->User",
                "impact low>-",
                "team A>-",
                "symptom 1>2"
            ]
        );
    }

    #[test]
    fn an_outcome_from_the_future_does_not_count_yet() {
        let mut progress = Progress::default();
        progress.outcome.resolved_at = Some(at(50));
        progress.outcome.closed_at = Some(at(90));
        for (second, status, resolved, closed) in [
            (10, "new", None, None),
            (20, "resolved", Some(20), None),
            (30, "in_progress", None, None),
            (40, "resolved", Some(40), None),
            (50, "resolved", Some(50), None),
            (80, "closed", Some(50), Some(80)),
            (90, "closed", Some(50), Some(90)),
        ] {
            progress.pass(snapshot(&[("status", status)]), at(second), None);
            let seconds = |i: Option<Instant>| i.map(Instant::as_second);
            assert_eq!(
                seconds(progress.resolved_at(at(second))),
                resolved,
                "{second}"
            );
            assert_eq!(seconds(progress.closed_at(at(second))), closed, "{second}");
        }
        assert_eq!(progress.first_response_at(at(5)), Some(at(20)));
        assert_eq!(progress.first_response_at(at(25)), Some(at(25)));
    }

    fn snapshots() -> impl Strategy<Value = Vec<Snapshot>> {
        let field =
            prop::sample::select(vec!["hold_reason", "team", "assignee", "symptom", "title"]);
        let fields = prop::collection::btree_map(field, "[ab]", 0..5);
        let status = prop::sample::select(Status::ALL.to_vec());
        let one = (status, fields).prop_map(|(status, fields)| {
            let fields = fields.into_iter().map(|(f, v)| (f.to_owned(), v));
            let status = ("status".to_owned(), status.as_str().to_owned());
            Snapshot(fields.chain([status]).collect())
        });
        prop::collection::vec(one, 1..8)
    }

    proptest! {
        #[test]
        fn a_told_history_unfolds_to_the_lines_it_was_told_from(lines in snapshots()) {
            let mut progress = Progress::default();
            let told: Vec<Vec<Change>> = lines
                .iter()
                .zip(1..)
                .map(|(line, n)| progress.pass(line.clone(), at(n), Some(n)))
                .collect();
            prop_assert!(told.iter().all(|changes| !changes.is_empty()));
            let latest = progress.snapshot.expect("passed a line");
            prop_assert_eq!(unfold(latest, &told), lines);
        }
    }
}
