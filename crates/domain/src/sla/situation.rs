//! What a ticket's state means for its clocks.

use super::clock::Mode;
use super::model::Metric;
use crate::tickets::model::Status;

/// What the clocks need to know of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// Status now.
    pub status: Status,
    /// Whether someone who works it has answered.
    pub is_answered: bool,
    /// Whether it went into another ticket.
    pub is_merged: bool,
}

/// What a clock does in a situation.
#[must_use]
pub const fn mode(metric: Metric, of: Situation) -> Mode {
    let over = matches!(of.status, Status::Resolved | Status::Closed);
    match (metric, of.status) {
        (Metric::Response, _) if of.is_answered => Mode::Met,
        _ if of.is_merged => Mode::Cancelled,
        (_, Status::Cancelled) => Mode::Cancelled,
        // A resolution is an answer too; of a ticket that is over nobody waits for news.
        _ if over => Mode::Met,
        (_, Status::OnHold) => Mode::Paused,
        _ => Mode::Running,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_metric_stops_for_its_own_reason() {
        use Metric::{NextUpdate, Resolution, Response};
        let table = [
            (Status::New, false, [Mode::Running; 3]),
            (
                Status::InProgress,
                true,
                [Mode::Met, Mode::Running, Mode::Running],
            ),
            (Status::OnHold, false, [Mode::Paused; 3]),
            (
                Status::OnHold,
                true,
                [Mode::Met, Mode::Paused, Mode::Paused],
            ),
            (Status::Resolved, false, [Mode::Met; 3]),
            (Status::Closed, true, [Mode::Met; 3]),
            (
                Status::Cancelled,
                true,
                [Mode::Met, Mode::Cancelled, Mode::Cancelled],
            ),
            (Status::Cancelled, false, [Mode::Cancelled; 3]),
        ];
        for (status, is_answered, expected) in table {
            let of = Situation {
                status,
                is_answered,
                is_merged: false,
            };
            let got = [Response, Resolution, NextUpdate].map(|m| mode(m, of));
            assert_eq!(got, expected, "{of:?}");
            let merged = Situation {
                is_merged: true,
                ..of
            };
            assert_eq!(mode(Resolution, merged), Mode::Cancelled);
        }
    }
}
