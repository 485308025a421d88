//! How content a requester is: who says so, when, and until when.

use super::allowed::Refused;
use super::model::Status;
use jiff::SignedDuration;
use steward_kernel::text::check_length;
use steward_kernel::{Error, ErrorCode, Instant};

/// Days in which a rating can be changed.
const CHANGEABLE_DAYS: i64 = 7;

/// What the decision depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Status now.
    pub status: Status,
    /// Whether the actor asked for it, or it was asked for the actor.
    pub is_requester: bool,
    /// Whether the organization asks.
    pub has_survey: bool,
    /// When it was resolved.
    pub resolved_at: Option<Instant>,
    /// When it was first rated.
    pub rated_at: Option<Instant>,
}

/// Why a rating is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Others do not rate.
    #[error("only the requester rates a ticket")]
    NotRequester,
    /// The organization does not ask.
    #[error("your organization does not ask for ratings")]
    NoSurvey,
    /// There is nothing to rate yet.
    #[error("a ticket is rated once it is resolved")]
    NotResolved,
    /// It stands for too long.
    #[error("a rating can be changed for {CHANGEABLE_DAYS} days")]
    TooLate,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NotRequester => "not_requester",
            Refusal::NoSurvey => "no_survey",
            Refusal::NotResolved => "not_resolved",
            Refusal::TooLate => "too_late",
        };
        Self::because(code, &refusal)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NotRequester => ErrorCode::InsufficientPermissions,
            Refusal::NoSurvey | Refusal::TooLate => ErrorCode::ResourceConflict,
            Refusal::NotResolved => ErrorCode::InvalidStatusTransition,
        };
        Refused::from(refusal).error(code)
    }
}

/// Whether the ticket can be rated now. Whoever reopens a ticket and gets it
/// resolved again rates the new resolution.
///
/// # Errors
/// The first reason against it.
pub fn may_rate(facts: &Facts, now: Instant) -> Result<(), Refusal> {
    if !facts.is_requester {
        return Err(Refusal::NotRequester);
    }
    if !matches!(facts.status, Status::Resolved | Status::Closed) {
        return Err(Refusal::NotResolved);
    }
    if !facts.has_survey {
        return Err(Refusal::NoSurvey);
    }
    let is_fixed = |at: Instant| {
        let end = at.saturating_add(SignedDuration::from_hours(24 * CHANGEABLE_DAYS));
        end.is_ok_and(|end| now > end)
    };
    match facts.rated_at {
        Some(at) if facts.resolved_at.is_some_and(|resolved| resolved > at) => Ok(()),
        Some(at) if is_fixed(at) => Err(Refusal::TooLate),
        _ => Ok(()),
    }
}

/// From when a rating counts: a changed one from when it was first given.
#[must_use]
pub fn counts_from(facts: &Facts, now: Instant) -> Instant {
    let first = facts
        .rated_at
        .filter(|at| facts.resolved_at.is_none_or(|resolved| resolved <= *at));
    first.unwrap_or(now)
}

/// A score from 1 to 5 and a comment of at most 4,000 characters.
///
/// # Errors
/// Names the field and the bound.
pub fn check(score: i32, comment: Option<&str>) -> Result<(), Error> {
    if !(1..=5).contains(&score) {
        return Err(Error::field("score", "out_of_range", "must be from 1 to 5"));
    }
    check_length("comment", comment.unwrap_or_default(), 4000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_requester_rates_what_is_resolved_and_changes_it_for_a_week() {
        let facts = Facts {
            status: Status::Resolved,
            is_requester: true,
            has_survey: true,
            resolved_at: Some(at("2026-01-01T10:00:00Z")),
            rated_at: None,
        };
        let (soon, week) = (at("2026-01-02T10:00:00Z"), at("2026-01-09T10:00:00Z"));
        let late = at("2026-01-09T10:00:01Z");
        let rated = Facts {
            rated_at: Some(soon),
            ..facts
        };
        let again = Facts {
            resolved_at: Some(at("2026-01-05T10:00:00Z")),
            ..rated
        };
        for (facts, now, expected) in [
            (facts, soon, Ok(())),
            (facts, at("2027-01-01T10:00:00Z"), Ok(())),
            (rated, week, Ok(())),
            (rated, late, Err(Refusal::TooLate)),
            (again, late, Ok(())),
            (
                Facts {
                    status: Status::Closed,
                    ..facts
                },
                soon,
                Ok(()),
            ),
            (
                Facts {
                    status: Status::InProgress,
                    ..facts
                },
                soon,
                Err(Refusal::NotResolved),
            ),
            (
                Facts {
                    status: Status::Cancelled,
                    ..facts
                },
                soon,
                Err(Refusal::NotResolved),
            ),
            (
                Facts {
                    has_survey: false,
                    ..facts
                },
                soon,
                Err(Refusal::NoSurvey),
            ),
            (
                Facts {
                    is_requester: false,
                    ..facts
                },
                soon,
                Err(Refusal::NotRequester),
            ),
        ] {
            assert_eq!(may_rate(&facts, now), expected, "{facts:?} at {now}");
        }
        assert_eq!(counts_from(&facts, week), week);
        assert_eq!(counts_from(&rated, week), soon);
        assert_eq!(counts_from(&again, week), week);
    }

    #[test]
    fn a_score_is_from_1_to_5() {
        for (score, fits) in [(0, false), (1, true), (5, true), (6, false), (-1, false)] {
            assert_eq!(check(score, None).is_ok(), fits, "{score}");
        }
        assert!(check(3, Some(&"x".repeat(4001))).is_err());
    }
}
