//! The life of a clock as people read it: what was counted, what was not, and
//! by which rule.

use super::clock::{Mode, Terms};
use crate::calendar::{Calendar, Kind as CalendarKind, Micros};
use crate::tickets::model::vocabulary;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use steward_kernel::Instant;
use uuid::Uuid;

vocabulary! {
    /// What a piece of a clock's life was.
    Kind {
        /// It counted.
        Counted = "counted",
        /// It waited for something outside.
        Paused = "paused",
        /// Outside of opening hours.
        Closed = "closed",
        /// On a closed date.
        Holiday = "holiday",
        /// Before it began to count.
        Before = "before",
        /// After it was met or given up.
        After = "after",
    }
}

/// Since when a clock does what, by which terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// From here to the next leg.
    pub at: Instant,
    /// What it does.
    pub mode: Mode,
    /// By what it counts.
    pub terms: Terms,
    /// Whether an operator had it counted by newer versions.
    #[serde(default)]
    pub is_recompute: bool,
}

/// A half-open piece of a clock's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its first instant.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// What it was.
    pub kind: Kind,
    /// The closed date.
    pub holiday: Option<Date>,
    /// Version of the policy it counted by.
    pub policy_version_id: Uuid,
    /// Version of the calendar it counted by.
    pub calendar_version_id: Uuid,
}

impl Piece {
    /// Its length.
    #[must_use]
    pub fn length(&self) -> Micros {
        self.until.as_microsecond() - self.from.as_microsecond()
    }
}

/// The pieces from the first leg until `now`, at most `most` of them. A leg
/// whose calendar is not known counts nothing.
#[must_use]
pub fn pieces<'c>(
    legs: &[Leg],
    calendar: impl Fn(Uuid) -> Option<&'c Calendar>,
    now: Instant,
    most: usize,
) -> Vec<Piece> {
    let ends = legs.iter().skip(1).map(|leg| leg.at).chain([now]);
    let mut pieces: Vec<Piece> = Vec::new();
    for (leg, until) in legs.iter().zip(ends) {
        let room = most.saturating_sub(pieces.len());
        if leg.at >= until || room == 0 {
            continue;
        }
        let piece = |from, until, kind, holiday| Piece {
            from,
            until,
            kind,
            holiday,
            policy_version_id: leg.terms.policy_version_id,
            calendar_version_id: leg.terms.calendar_version_id,
        };
        match (leg.mode, calendar(leg.terms.calendar_version_id)) {
            (Mode::Running, Some(calendar)) => {
                let open = calendar.pieces(leg.at, until, room);
                pieces.extend(open.into_iter().map(|p| match p.kind {
                    CalendarKind::Open => piece(p.from, p.until, Kind::Counted, None),
                    CalendarKind::Closed => piece(p.from, p.until, Kind::Closed, None),
                    CalendarKind::Holiday(d) => piece(p.from, p.until, Kind::Holiday, Some(d)),
                }));
            }
            (Mode::Paused, _) => pieces.push(piece(leg.at, until, Kind::Paused, None)),
            (Mode::Running, None) => pieces.push(piece(leg.at, until, Kind::Closed, None)),
            (Mode::Met | Mode::Cancelled, _) => {
                pieces.push(piece(leg.at, until, Kind::After, None));
            }
        }
    }
    pieces
}
