//! Major incidents: who may do what with them, and when the next word to the
//! stakeholders is due.

use crate::tickets::allowed::{AllowedAction, Refused};
use crate::tickets::model::{Status, vocabulary};
use std::time::Duration;
use steward_kernel::{Actor, Error, ErrorCode, Instant};

vocabulary! {
    /// Whether a ticket's review is written, where it needs one.
    ReviewState {
        /// It must be written before the ticket closes.
        Pending = "pending",
        /// It is written.
        Completed = "completed",
    }
}

/// Minutes between two stakeholder updates when nobody says.
pub const DEFAULT_CADENCE: u32 = 30;
/// Fewest minutes between two stakeholder updates.
pub const MIN_CADENCE: u32 = 5;
/// Most minutes between two stakeholder updates.
pub const MAX_CADENCE: u32 = 1440;

/// What can be done about a major incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Make an incident a major one.
    Declare,
    /// Change commander, cadence or headline.
    Change,
    /// It is no major incident after all.
    StandDown,
    /// Tell the stakeholders.
    Update,
    /// Write the post-incident review.
    Review,
}

impl Command {
    const ALL: [Self; 5] = [
        Self::Declare,
        Self::Change,
        Self::StandDown,
        Self::Update,
        Self::Review,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Declare => "declare_major",
            Self::Change => "change_major",
            Self::StandDown => "stand_down",
            Self::Update => "post_update",
            Self::Review => "review",
        }
    }
}

/// What the decision depends on besides the actor's rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Status of the incident.
    pub status: Status,
    /// Whether it is a major incident now.
    pub is_major: bool,
    /// Whether the actor commands it.
    pub is_commander: bool,
}

/// Why a command is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The actor lacks the right.
    #[error("this needs the permission major_incident:manage; ask an administrator")]
    NotAllowed,
    /// It is one already.
    #[error("it is a major incident already; change that one")]
    AlreadyMajor,
    /// It is none.
    #[error("it is no major incident; declare it first")]
    NotMajor,
    /// Nobody waits for it any more.
    #[error("an incident that is {0} cannot be declared a major one")]
    NotOpen(&'static str),
    /// It stays as it is.
    #[error("the incident is {0} and stays as it is")]
    Over(&'static str),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NotAllowed => return Self::lacking("major_incident:manage"),
            Refusal::AlreadyMajor => "already_major",
            Refusal::NotMajor => "not_major",
            Refusal::NotOpen(_) => "not_open",
            Refusal::Over(_) => "over",
        };
        Self::because(code, &refusal)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NotAllowed => ErrorCode::InsufficientPermissions,
            Refusal::AlreadyMajor | Refusal::NotMajor => ErrorCode::ResourceConflict,
            Refusal::NotOpen(_) => ErrorCode::InvalidStatusTransition,
            Refusal::Over(_) => ErrorCode::TicketAlreadyClosed,
        };
        Refused::from(refusal).error(code)
    }
}

/// Whether the actor may do it now.
///
/// # Errors
/// The first reason against it: the right, then the incident.
pub fn decide(actor: &Actor, facts: &Facts, command: Command) -> Result<(), Refusal> {
    let commands = matches!(command, Command::Update | Command::Review) && facts.is_commander;
    if !commands && !actor.may("major_incident:manage") {
        return Err(Refusal::NotAllowed);
    }
    if command == Command::Declare {
        if facts.is_major {
            return Err(Refusal::AlreadyMajor);
        }
        if !facts.status.is_open() {
            return Err(Refusal::NotOpen(facts.status.as_str()));
        }
        return Ok(());
    }
    if !facts.is_major {
        return Err(Refusal::NotMajor);
    }
    if matches!(facts.status, Status::Closed | Status::Cancelled) {
        return Err(Refusal::Over(facts.status.as_str()));
    }
    Ok(())
}

/// A command with its answer for this actor now.
#[must_use]
pub fn allowed(actor: &Actor, facts: &Facts, command: Command) -> AllowedAction {
    AllowedAction::new(command.word(), decide(actor, facts, command).err())
}

/// Every command with its answer for this actor now.
#[must_use]
pub fn allowed_actions(actor: &Actor, facts: &Facts) -> Vec<AllowedAction> {
    Command::ALL
        .map(|command| allowed(actor, facts, command))
        .to_vec()
}

/// When the stakeholders must hear again.
#[must_use]
pub fn next_update_due(last: Instant, cadence_minutes: u32) -> Instant {
    let wait = Duration::from_secs(u64::from(cadence_minutes).saturating_mul(60));
    last.checked_add(wait).unwrap_or(Instant::MAX)
}

/// A due at which the cadence changed: counted anew from the last update.
#[must_use]
pub fn moved_due(due: Instant, old_cadence: u32, new_cadence: u32) -> Instant {
    let back = Duration::from_secs(u64::from(old_cadence).saturating_mul(60));
    let last = due.checked_sub(back).unwrap_or(due);
    next_update_due(last, new_cadence)
}

/// A cadence is 5 minutes to a day.
///
/// # Errors
/// Names the field and the bounds.
pub fn check_cadence(minutes: u32) -> Result<u32, Error> {
    if (MIN_CADENCE..=MAX_CADENCE).contains(&minutes) {
        return Ok(minutes);
    }
    let message = format!("must be from {MIN_CADENCE} to {MAX_CADENCE}");
    Err(Error::field("cadence_minutes", "out_of_range", message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use steward_kernel::{Grant, PermissionSet};

    fn actor(grants: &[&str]) -> Actor {
        let grants: Vec<Grant> = grants.iter().map(|g| g.parse().expect("valid")).collect();
        Actor {
            user_id: uuid::Uuid::nil().into(),
            organization_id: uuid::Uuid::nil().into(),
            session_id: None,
            permissions: grants.iter().collect::<PermissionSet>(),
            teams: Vec::new(),
            roles: Vec::new(),
            is_operator: false,
        }
    }

    #[test]
    fn what_may_be_done_follows_this_table() {
        use Status::{Assigned, Cancelled, Closed, InProgress, New, OnHold, Resolved};
        // (status, is it major, declare change stand_down update review)
        let table = [
            (New, false, "y----"),
            (Assigned, false, "y----"),
            (InProgress, false, "y----"),
            (OnHold, false, "y----"),
            (Resolved, false, "-----"),
            (Closed, false, "-----"),
            (Cancelled, false, "-----"),
            (New, true, "-yyyy"),
            (Assigned, true, "-yyyy"),
            (InProgress, true, "-yyyy"),
            (OnHold, true, "-yyyy"),
            (Resolved, true, "-yyyy"),
            (Closed, true, "-----"),
            (Cancelled, true, "-----"),
        ];
        let manager = actor(&["major_incident:manage:all"]);
        let nobody = actor(&[]);
        let words = |who: &Actor, facts: &Facts| -> String {
            let may = |c: Command| {
                if decide(who, facts, c).is_ok() {
                    'y'
                } else {
                    '-'
                }
            };
            Command::ALL.map(may).iter().collect()
        };
        for (status, is_major, expected) in table {
            for is_commander in [false, true] {
                let facts = Facts {
                    status,
                    is_major,
                    is_commander,
                };
                assert_eq!(words(&manager, &facts), expected, "{facts:?}");
                // Who only commands it writes to the stakeholders and reviews.
                let own = if is_commander {
                    format!("---{}", &expected[3..])
                } else {
                    "-----".to_owned()
                };
                assert_eq!(words(&nobody, &facts), own, "{facts:?}");
                for (action, may) in allowed_actions(&manager, &facts)
                    .iter()
                    .zip(expected.chars())
                {
                    assert_eq!(action.refused.is_none(), may == 'y', "{action:?}");
                }
            }
        }
    }

    #[test]
    fn a_major_incident_closes_after_its_review_and_is_not_cancelled() {
        use crate::tickets::rules::{self, Verb};
        let admin = actor(&[
            "ticket:close:all",
            "ticket:reopen:all",
            "ticket:resolve:all",
            "ticket:cancel:all",
        ]);
        // (status, verb, is major, review pending, outcome)
        let table = [
            (
                Status::Resolved,
                Verb::Close,
                true,
                true,
                Err(rules::Refusal::ReviewPending),
            ),
            (
                Status::Resolved,
                Verb::Confirm,
                true,
                true,
                Err(rules::Refusal::ReviewPending),
            ),
            (
                Status::Resolved,
                Verb::Close,
                true,
                false,
                Ok(Status::Closed),
            ),
            (
                Status::Resolved,
                Verb::Confirm,
                true,
                false,
                Ok(Status::Closed),
            ),
            (
                Status::Resolved,
                Verb::Reopen,
                true,
                true,
                Ok(Status::InProgress),
            ),
            (
                Status::InProgress,
                Verb::Resolve,
                true,
                true,
                Ok(Status::Resolved),
            ),
            (
                Status::InProgress,
                Verb::Cancel,
                true,
                true,
                Err(rules::Refusal::Major),
            ),
            (
                Status::InProgress,
                Verb::Cancel,
                true,
                false,
                Err(rules::Refusal::Major),
            ),
            (
                Status::InProgress,
                Verb::Cancel,
                false,
                false,
                Ok(Status::Cancelled),
            ),
        ];
        for (status, verb, is_major, is_review_pending, expected) in table {
            for is_requester in [false, true] {
                let facts = rules::Facts {
                    status,
                    is_requester,
                    has_assignee: true,
                    is_major,
                    is_review_pending,
                    is_reopen_late: false,
                };
                assert_eq!(rules::transition(&admin, &facts, verb), expected);
            }
        }
    }

    #[test]
    fn the_next_update_is_due_one_cadence_after_the_last_and_never_overflows() {
        let at = |text: &str| text.parse::<Instant>().expect("an instant");
        assert_eq!(
            next_update_due(at("2026-11-23T23:45:00Z"), 30),
            at("2026-11-24T00:15:00Z")
        );
        assert_eq!(next_update_due(Instant::MAX, 30), Instant::MAX);
        assert_eq!(
            moved_due(at("2026-11-24T00:15:00Z"), 30, 60),
            at("2026-11-24T00:45:00Z")
        );
    }

    #[test]
    fn a_cadence_is_five_minutes_to_a_day() {
        for (minutes, fine) in [
            (0, false),
            (4, false),
            (5, true),
            (1440, true),
            (1441, false),
        ] {
            assert_eq!(check_cadence(minutes).is_ok(), fine, "{minutes}");
        }
    }
}
