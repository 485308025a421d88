//! A stretch of time in pieces: long ones in which a zone's offset does not
//! change, where local time runs like real time and whole weeks can be jumped
//! over; and the days around each change, where every local time is looked at.

use super::{DAY, Micros, SECOND};
use jiff::tz::{TimeZone, TimeZoneFollowingTransitions};
use steward_kernel::Instant;

/// Dates before and after a change of the clocks on which it may be felt.
const REACH: i64 = 2;
/// Changes further back than this say nothing about an instant.
const LOOK_BACK: Micros = 10 * DAY;
/// Before and after everything that can be an instant.
const FOREVER: Micros = i64::MAX / 4;

/// Part of a stretch.
#[derive(Debug)]
pub(super) enum Region {
    /// One offset, with no change near.
    Even {
        from: Micros,
        until: Micros,
        offset: Micros,
    },
    /// Around changes.
    Uneven {
        from: Micros,
        until: Micros,
        clock: Vec<Offset>,
    },
}

/// An offset and when it holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offset {
    pub(super) from: Micros,
    pub(super) until: Micros,
    pub(super) offset: Micros,
}

impl Region {
    /// First instant, the first after it, and the offsets that hold.
    pub(super) fn parts(self) -> (Micros, Micros, Vec<Offset>) {
        match self {
            Self::Uneven { from, until, clock } => (from, until, clock),
            Self::Even {
                from,
                until,
                offset,
            } => {
                let always = Offset {
                    from: -FOREVER,
                    until: FOREVER,
                    offset,
                };
                (from, until, vec![always])
            }
        }
    }
}

/// A change of the clocks.
#[derive(Debug, Clone, Copy)]
struct Change {
    at: Micros,
    before: Micros,
    after: Micros,
}

impl Change {
    /// The instants around it that need a closer look.
    fn window(self) -> (Micros, Micros) {
        let (a, b) = (self.at + self.before, self.at + self.after);
        let first = a.min(b).div_euclid(DAY) - REACH;
        let last = a.max(b).div_euclid(DAY) + REACH;
        (first * DAY - self.before, last * DAY - self.after)
    }
}

/// Walks the regions of a stretch, first to last.
pub(super) struct Regions<'z> {
    at: Micros,
    until: Micros,
    offset: Micros,
    next: Option<Change>,
    changes: TimeZoneFollowingTransitions<'z>,
}

impl<'z> Regions<'z> {
    pub(super) fn new(zone: &'z TimeZone, from: Micros, until: Micros) -> Self {
        let start = from.saturating_sub(LOOK_BACK);
        let start = Instant::from_microsecond(start).unwrap_or(Instant::MIN);
        let mut regions = Self {
            at: from,
            until,
            offset: i64::from(zone.to_offset(start).seconds()) * SECOND,
            next: None,
            changes: zone.following(start),
        };
        regions.next = regions.change(regions.offset);
        regions
    }

    /// The next change of the offset; other transitions do not matter here.
    fn change(&mut self, before: Micros) -> Option<Change> {
        loop {
            let transition = self.changes.next()?;
            let after = i64::from(transition.offset().seconds()) * SECOND;
            if after != before {
                return Some(Change {
                    at: transition.timestamp().as_microsecond(),
                    before,
                    after,
                });
            }
        }
    }

    fn even(&mut self, until: Micros) -> Region {
        let from = std::mem::replace(&mut self.at, until);
        Region::Even {
            from,
            until,
            offset: self.offset,
        }
    }

    /// Takes this change and those whose windows touch it.
    fn uneven(&mut self, first: Change) -> Region {
        let mut clock = vec![Offset {
            from: -FOREVER,
            until: first.at,
            offset: first.before,
        }];
        let (mut change, mut end) = (first, first.window().1);
        loop {
            self.offset = change.after;
            self.next = self.change(change.after);
            let touching = self.next.filter(|next| next.window().0 < end);
            clock.push(Offset {
                from: change.at,
                until: touching.map_or(FOREVER, |next| next.at),
                offset: change.after,
            });
            let Some(next) = touching else { break };
            change = next;
            end = end.max(next.window().1);
        }
        let until = end.min(self.until);
        let from = self.at;
        self.at = from.max(until);
        Region::Uneven { from, until, clock }
    }
}

impl Iterator for Regions<'_> {
    type Item = Region;

    fn next(&mut self) -> Option<Region> {
        while self.at < self.until {
            let Some(change) = self.next else {
                return Some(self.even(self.until));
            };
            let (begin, _) = change.window();
            if begin >= self.until {
                return Some(self.even(self.until));
            }
            if begin > self.at {
                return Some(self.even(begin));
            }
            let region = self.uneven(change);
            // A window that ended before the stretch begins says nothing.
            if matches!(&region, Region::Uneven { from, until, .. } if from < until) {
                return Some(region);
            }
        }
        None
    }
}

/// The instant of a local time: the earlier of two, and by the offset before
/// the gap where there is none (RFC 5545).
pub(super) fn instant(clock: &[Offset], local: Micros) -> Micros {
    let found = clock
        .iter()
        .map(|o| (o, local - o.offset))
        .find(|(o, at)| o.from <= *at && *at < o.until);
    if let Some((_, at)) = found {
        return at;
    }
    let pairs = clock.iter().zip(clock.iter().skip(1));
    let gap = pairs
        .filter(|(before, after)| {
            local - before.offset >= before.until && local - after.offset < after.from
        })
        .map(|(before, _)| local - before.offset)
        .next();
    gap.unwrap_or(local)
}

/// The instants whose local date is `day`, in order; none where the zone left
/// the date out, two stretches where the clocks went back over midnight.
pub(super) fn instants_of(clock: &[Offset], day: i64) -> impl Iterator<Item = (Micros, Micros)> {
    clock.iter().filter_map(move |o| {
        let from = (day * DAY - o.offset).max(o.from);
        let until = ((day + 1) * DAY - o.offset).min(o.until);
        (from < until).then_some((from, until))
    })
}
