//! Reckoning the figures of a report, one ticket after another.

use super::model::Report;
use super::window::Window;
use std::collections::BTreeMap;
use steward_kernel::Instant;

/// Upper bounds of the ages of a backlog, in days; the last class is open.
pub const AGE_DAYS: [i64; 4] = [1, 3, 7, 30];
const DAY: u32 = 24 * 3600;

/// What the reports need to know of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its group; none where it has no value.
    pub group: Option<String>,
    /// When it was reported.
    pub created_at: Instant,
    /// First public answer.
    pub first_response_at: Option<Instant>,
    /// Latest resolution, or the closing of one that was never resolved;
    /// none while it is open.
    pub left_at: Option<Instant>,
    /// Times it was reopened.
    pub reopened_count: i32,
    /// Times it went from one team to another.
    pub reassignment_count: i32,
    /// How high it was escalated.
    pub escalation_level: i32,
    /// Whether what was promised to the customer came in time.
    pub is_in_time: bool,
}

/// What was counted of some tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Tally {
    tickets: u32,
    hits: u32,
    seconds: Vec<u32>,
    reported: u32,
    resolved: u32,
}

impl Tally {
    fn add(&mut self, one: (bool, u32)) {
        self.tickets = self.tickets.saturating_add(1);
        self.hits = self.hits.saturating_add(u32::from(one.0));
        self.seconds.push(one.1);
    }
}

/// The figures of some tickets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// How many.
    pub tickets: u32,
    /// How many of them count.
    pub hits: u32,
    /// Their share; none of nothing.
    pub share: Option<f64>,
    /// Mean time or age.
    pub mean_seconds: Option<u64>,
    /// Median.
    pub median_seconds: Option<u32>,
    /// Ninth decile.
    pub p90_seconds: Option<u32>,
    /// Tickets by age.
    pub ages: [u32; 5],
    /// Reported in a step.
    pub reported: u32,
    /// Resolved in a step.
    pub resolved: u32,
}

/// The running sums of a report.
#[derive(Debug, Clone)]
pub struct Sums {
    report: Report,
    window: Window,
    total: Tally,
    groups: BTreeMap<Option<String>, Tally>,
    trend: Vec<Tally>,
}

impl Sums {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(report: Report, window: Window) -> Self {
        let trend = vec![Tally::default(); window.ends.len()];
        Self {
            report,
            window,
            total: Tally::default(),
            groups: BTreeMap::new(),
            trend,
        }
    }

    /// Counts a ticket.
    pub fn add(&mut self, ticket: &Subject) {
        if self.report == Report::Backlog {
            self.add_to_backlog(ticket);
            return;
        }
        let at = match self.report {
            Report::ResponseTime => ticket.first_response_at,
            Report::SlaResponse | Report::SlaResolution => Some(ticket.created_at),
            _ => ticket.left_at,
        };
        let Some((at, place)) = at.and_then(|at| Some((at, self.window.place(at)?))) else {
            return;
        };
        let is_hit = match self.report {
            Report::SlaResponse | Report::SlaResolution => ticket.is_in_time,
            Report::ReopenRate => ticket.reopened_count > 0,
            Report::FirstContactResolution => {
                ticket.reopened_count == 0
                    && ticket.reassignment_count == 0
                    && ticket.escalation_level == 0
            }
            _ => false,
        };
        let one = (is_hit, seconds(ticket.created_at, at));
        self.count(ticket, one);
        if let Some(step) = self.trend.get_mut(place) {
            step.add(one);
        }
    }

    fn count(&mut self, ticket: &Subject, one: (bool, u32)) {
        self.total.add(one);
        self.groups
            .entry(ticket.group.clone())
            .or_default()
            .add(one);
    }

    fn add_to_backlog(&mut self, ticket: &Subject) {
        let window = &self.window;
        if ticket.left_at.is_none_or(|left| left >= window.to) && ticket.created_at < window.to {
            let age = seconds(ticket.created_at, window.to);
            self.count(ticket, (false, age));
        }
        let window = &self.window;
        let first = window.first_end_after(ticket.created_at);
        let gone = ticket.left_at.map(|left| window.first_end_after(left));
        let until = gone.unwrap_or(usize::MAX);
        // Only counted: an age for each ticket and step would be too much to keep.
        for (place, step) in self.trend.iter_mut().enumerate().skip(first) {
            if place >= until {
                break;
            }
            step.tickets = step.tickets.saturating_add(1);
        }
        let reported = window.place(ticket.created_at);
        if let Some(step) = reported.and_then(|place| self.trend.get_mut(place)) {
            step.reported = step.reported.saturating_add(1);
        }
        let resolved = ticket.left_at.and_then(|left| window.place(left));
        if let Some(step) = resolved.and_then(|place| self.trend.get_mut(place)) {
            step.resolved = step.resolved.saturating_add(1);
        }
    }

    /// The figures: of all, of each group, of each step.
    #[must_use]
    pub fn figures(self) -> (Figures, Vec<Group>, Vec<Figures>) {
        let groups = self.groups.into_iter();
        (
            figures(self.total),
            groups.map(|(key, tally)| (key, figures(tally))).collect(),
            self.trend.into_iter().map(figures).collect(),
        )
    }
}

/// A group's value and its figures.
pub type Group = (Option<String>, Figures);

/// Whole seconds from one instant to a later one.
fn seconds(from: Instant, to: Instant) -> u32 {
    let seconds = to.as_second().saturating_sub(from.as_second());
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}

fn figures(mut tally: Tally) -> Figures {
    tally.seconds.sort_unstable();
    let mut ages = [0_u32; 5];
    for seconds in &tally.seconds {
        let days = i64::from(seconds / DAY);
        let class = AGE_DAYS.iter().position(|bound| days < *bound);
        if let Some(count) = ages.get_mut(class.unwrap_or(AGE_DAYS.len())) {
            *count = count.saturating_add(1);
        }
    }
    let timed = u64::try_from(tally.seconds.len()).unwrap_or(u64::MAX);
    let sum: u64 = tally.seconds.iter().copied().map(u64::from).sum();
    let share = f64::from(tally.hits) / f64::from(tally.tickets.max(1));
    Figures {
        tickets: tally.tickets,
        hits: tally.hits,
        share: (tally.tickets > 0).then_some(share),
        mean_seconds: sum.checked_div(timed),
        median_seconds: percentile(&tally.seconds, 50),
        p90_seconds: percentile(&tally.seconds, 90),
        ages,
        reported: tally.reported,
        resolved: tally.resolved,
    }
}

/// The least value that at least so many percent do not exceed.
fn percentile(sorted: &[u32], percent: usize) -> Option<u32> {
    let rank = sorted.len().saturating_mul(percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::model::Step;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    const HOUR: i64 = 3600;

    fn at(hour: i64) -> Instant {
        Instant::from_second(1_767_225_600 + hour * HOUR).expect("in range")
    }

    /// Ten days from hour 0 on.
    fn window() -> Window {
        Window::new(at(0), at(240), Some(Step::Day), &TimeZone::UTC).expect("a window")
    }

    fn ticket(
        created: i64,
        answered: Option<i64>,
        left: Option<i64>,
        group: Option<&str>,
    ) -> Subject {
        Subject {
            group: group.map(str::to_owned),
            created_at: at(created),
            first_response_at: answered.map(at),
            left_at: left.map(at),
            reopened_count: 0,
            reassignment_count: 0,
            escalation_level: 0,
            is_in_time: false,
        }
    }

    fn reckon(
        report: Report,
        tickets: &[Subject],
    ) -> (Figures, Vec<(Option<String>, Figures)>, Vec<Figures>) {
        let mut sums = Sums::new(report, window());
        tickets.iter().for_each(|t| sums.add(t));
        sums.figures()
    }

    #[test]
    fn resolution_time_is_mean_median_and_ninth_decile_of_what_was_resolved() {
        let lengths = [1, 2, 3, 4, 100];
        let mut tickets: Vec<Subject> = lengths
            .iter()
            .map(|hours| ticket(0, None, Some(*hours), Some("high")))
            .collect();
        tickets.push(ticket(0, None, Some(240), Some("high")));
        tickets.push(ticket(-5, None, Some(-1), Some("high")));
        tickets.push(ticket(0, None, None, Some("low")));
        let (total, groups, trend) = reckon(Report::ResolutionTime, &tickets);
        assert_eq!(
            total.tickets, 5,
            "the others were not resolved in the period"
        );
        assert_eq!(total.mean_seconds, Some(22 * 3600));
        assert_eq!(total.median_seconds, Some(3 * 3600));
        assert_eq!(total.p90_seconds, Some(100 * 3600));
        assert_eq!(groups, [(Some("high".to_owned()), total)]);
        let counts: Vec<u32> = trend.iter().map(|f| f.tickets).collect();
        assert_eq!(counts, [4, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
        assert_eq!(trend[1].mean_seconds, None);
        assert_eq!(trend[1].share, None);
    }

    #[test]
    fn response_time_looks_at_first_answers() {
        let tickets = [
            ticket(0, Some(2), None, None),
            ticket(0, None, Some(5), None),
            ticket(-10, Some(30), Some(31), None),
        ];
        let (total, groups, _) = reckon(Report::ResponseTime, &tickets);
        assert_eq!((total.tickets, total.mean_seconds), (2, Some(21 * 3600)));
        assert_eq!(groups[0].0, None);
    }

    #[test]
    fn rates_count_what_was_reopened_and_what_the_first_could_help() {
        let mut tickets = vec![ticket(0, None, Some(1), None); 4];
        tickets[0].reopened_count = 2;
        tickets[1].reassignment_count = 1;
        tickets[2].escalation_level = 1;
        let (reopened, _, _) = reckon(Report::ReopenRate, &tickets);
        assert_eq!((reopened.hits, reopened.share), (1, Some(0.25)));
        let (first, _, _) = reckon(Report::FirstContactResolution, &tickets);
        assert_eq!((first.hits, first.share), (1, Some(0.25)));
    }

    #[test]
    fn compliance_is_the_share_of_what_came_in_time() {
        let mut tickets = vec![ticket(0, None, None, Some("a")); 3];
        tickets.push(ticket(30, None, None, Some("b")));
        tickets[0].is_in_time = true;
        let (total, groups, trend) = reckon(Report::SlaResolution, &tickets);
        assert_eq!((total.tickets, total.hits, total.share), (4, 1, Some(0.25)));
        assert_eq!(groups[1].1.share, Some(0.0));
        assert_eq!((trend[0].tickets, trend[1].tickets), (3, 1));
    }

    #[test]
    fn the_backlog_is_what_was_open_at_the_end_of_each_step() {
        let tickets = [
            ticket(-1000, None, None, Some("a")),
            ticket(10, None, Some(30), Some("a")),
            ticket(25, None, Some(26), Some("a")),
            ticket(239, None, None, Some("b")),
            ticket(200, None, Some(240), Some("b")),
            ticket(240, None, None, Some("b")),
        ];
        let (total, groups, trend) = reckon(Report::Backlog, &tickets);
        assert_eq!(total.tickets, 3);
        assert_eq!(total.ages, [1, 1, 0, 0, 1]);
        assert_eq!(groups.len(), 2);
        let open: Vec<u32> = trend.iter().map(|f| f.tickets).collect();
        assert_eq!(open, [2, 1, 1, 1, 1, 1, 1, 1, 2, 3]);
        let reported: u32 = trend.iter().map(|f| f.reported).sum();
        let resolved: u32 = trend.iter().map(|f| f.resolved).sum();
        assert_eq!((reported, resolved), (4, 2));
    }

    proptest! {
        #[test]
        fn groups_and_steps_add_up(all in proptest::collection::vec(
            (-300_i64..300, proptest::option::of(0_i64..400), proptest::option::of(0_i64..400), 0_usize..4), 0..40
        )) {
            let names = [None, Some("a"), Some("b"), Some("c")];
            let tickets: Vec<Subject> = all
                .into_iter()
                .map(|(created, answered, left, group)| {
                    ticket(created, answered.map(|h| created + h), left.map(|h| created + h), names[group])
                })
                .collect();
            for report in Report::ALL {
                let (total, groups, trend) = reckon(*report, &tickets);
                prop_assert_eq!(groups.iter().map(|g| g.1.tickets).sum::<u32>(), total.tickets);
                let last = trend.last().expect("a step");
                if *report == Report::Backlog {
                    prop_assert_eq!(last.tickets, total.tickets);
                    // What there was, and came, and went, is what there is.
                    for pair in trend.windows(2) {
                        prop_assert_eq!(pair[0].tickets + pair[1].reported, pair[1].tickets + pair[1].resolved);
                    }
                } else {
                    prop_assert_eq!(trend.iter().map(|s| s.tickets).sum::<u32>(), total.tickets);
                }
            }
        }
    }
}
