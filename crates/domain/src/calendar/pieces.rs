//! A stretch of time as people read it: open, closed, holiday.

use super::model::Calendar;
use super::region::{Offset, Regions, instants_of};
use super::walk::dates;
use super::{DAY, Micros, date};
use jiff::civil::Date;
use steward_kernel::Instant;

/// What a piece of time is in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Within opening hours.
    Open,
    /// Outside of them.
    Closed,
    /// On a closed date.
    Holiday(Date),
}

/// A half-open piece of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its first instant.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// What it is.
    pub kind: Kind,
}

impl Calendar {
    /// The stretch without gaps, at most `most` pieces of it.
    #[must_use]
    pub fn pieces(&self, from: Instant, until: Instant, most: usize) -> Vec<Piece> {
        let (from, until) = (from.as_microsecond(), until.as_microsecond());
        let mut pieces = Pieces {
            list: Vec::new(),
            most,
        };
        for region in Regions::new(&self.zone, from, until) {
            let (from, until, clock) = region.parts();
            // A week at a time, so that a bounded answer costs bounded work.
            let mut at = from;
            while at < until && !pieces.is_full() {
                let end = until.min(at.saturating_add(7 * DAY));
                self.append(&mut pieces, (at, end), &clock);
                at = end;
            }
        }
        pieces.list.truncate(most);
        pieces.list
    }

    fn append(&self, to: &mut Pieces, (from, until): (Micros, Micros), clock: &[Offset]) {
        let open = self.uneven(from, until, clock);
        let mut marked: Vec<(Micros, Micros, Kind)> =
            open.into_iter().map(|(a, b)| (a, b, Kind::Open)).collect();
        let (first, last) = dates(from, until, clock);
        let mut holiday = self.holidays.next_from(first);
        while let Some(day) = holiday.filter(|day| *day <= last) {
            if let Some(kind) = date::date(day).map(Kind::Holiday) {
                let stretches = instants_of(clock, day);
                marked.extend(stretches.map(|(a, b)| (a.max(from), b.min(until), kind)));
            }
            holiday = self.holidays.next_from(day + 1);
        }
        marked.retain(|(a, b, _)| a < b);
        marked.sort_unstable_by_key(|(a, _, _)| *a);
        let mut at = from;
        for (a, b, kind) in marked {
            to.push(at, a, Kind::Closed);
            to.push(a, b, kind);
            at = b;
        }
        to.push(at, until, Kind::Closed);
    }
}

/// Pieces so far; neighbours of a kind become one.
struct Pieces {
    list: Vec<Piece>,
    most: usize,
}

impl Pieces {
    fn is_full(&self) -> bool {
        self.list.len() > self.most
    }

    fn push(&mut self, from: Micros, until: Micros, kind: Kind) {
        if from >= until {
            return;
        }
        let (Ok(from), Ok(until)) = (
            Instant::from_microsecond(from),
            Instant::from_microsecond(until),
        ) else {
            return;
        };
        let is_full = self.is_full();
        match self.list.last_mut() {
            Some(last) if last.kind == kind && last.until == from => last.until = until,
            _ if !is_full => self.list.push(Piece { from, until, kind }),
            _ => {}
        }
    }
}
