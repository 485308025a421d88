//! A question about business time and its answer, without any ticket.

use super::arithmetic::{due, elapsed, state};
use super::model::State;
use super::pauses::Pauses;
use crate::calendar::{Calendar, SECOND};
use steward_kernel::Instant;

/// What is asked.
#[derive(Debug)]
pub enum Question {
    /// When is a target reached, and how does it stand at an instant?
    Due {
        /// Start of the clock.
        start: Instant,
        /// Business time to be used up.
        target_seconds: i64,
        /// The instant of the state, if it is wanted.
        at: Option<Instant>,
    },
    /// How much business time lies between two instants?
    Elapsed {
        /// From here.
        from: Instant,
        /// Up to here.
        to: Instant,
    },
}

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// To [`Question::Due`].
    Due {
        /// None when the open time never suffices.
        due_at: Option<Instant>,
        /// At the instant asked for.
        standing: Option<Standing>,
    },
    /// To [`Question::Elapsed`], in whole seconds.
    Elapsed(i64),
}

/// How a clock stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whole seconds used up.
    pub elapsed_seconds: i64,
    /// Seconds left; less than nothing once the target has passed.
    pub remaining_seconds: i64,
    /// The state.
    pub state: State,
}

/// Answers a question.
#[must_use]
pub fn answer(calendar: &Calendar, pauses: &Pauses, question: &Question) -> Answer {
    match question {
        Question::Elapsed { from, to } => {
            Answer::Elapsed(elapsed(calendar, *from, *to, pauses) / SECOND)
        }
        Question::Due {
            start,
            target_seconds,
            at,
        } => {
            let target = target_seconds.saturating_mul(SECOND);
            let standing = at.map(|at| {
                let used = elapsed(calendar, *start, at, pauses);
                Standing {
                    elapsed_seconds: used / SECOND,
                    remaining_seconds: target_seconds.saturating_sub(used / SECOND),
                    state: standing_state(used, target, *start, at, pauses),
                }
            });
            Answer::Due {
                due_at: due(calendar, *start, target, pauses),
                standing,
            }
        }
    }
}

/// Before its start a clock has not breached, even if it is given no time.
fn standing_state(used: i64, target: i64, start: Instant, at: Instant, pauses: &Pauses) -> State {
    if at < start {
        return State::Running;
    }
    state(used, target, pauses.cover(at))
}
