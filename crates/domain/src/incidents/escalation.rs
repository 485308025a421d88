//! Escalation: who must know that a ticket does not go well, step by step up.

use crate::tickets::allowed::{AllowedAction, Refused};
use crate::tickets::model::{Status, vocabulary};
use steward_kernel::{Actor, Error, ErrorCode};

vocabulary! {
    /// How high a ticket was escalated.
    Rung {
        /// Level 1.
        TeamLead = "team_lead",
        /// Level 2.
        Manager = "manager",
        /// Level 3.
        Administrator = "administrator",
    }
}

vocabulary! {
    /// What made a ticket escalate.
    Cause {
        /// Someone did it by hand.
        Manual = "manual",
        /// Nobody took it up in time.
        NoResponse = "no_response",
        /// It is critical and takes too long.
        CriticalUnresolved = "critical_unresolved",
        /// It is in progress and nothing was heard of it.
        NoUpdate = "no_update",
        /// Most of the time of its service level is used up.
        SlaAtRisk = "sla_at_risk",
        /// Its service level was missed.
        SlaBreached = "sla_breached",
    }
}

impl Rung {
    /// 1 to 3.
    #[must_use]
    pub const fn level(self) -> u8 {
        match self {
            Self::TeamLead => 1,
            Self::Manager => 2,
            Self::Administrator => 3,
        }
    }

    /// The rung of a level, if it is 1 to 3.
    #[must_use]
    pub fn of(level: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|r| r.level() == level)
    }
}

/// Why an escalation is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The actor lacks the right.
    #[error("this needs the permission ticket:escalate; ask an administrator")]
    NotAllowed,
    /// Closed tickets stay as they are.
    #[error(
        "the ticket is closed; report a new one that refers to it, or ask a manager to reopen it"
    )]
    Closed,
    /// Nobody waits for it any more.
    #[error("a ticket that is {0} cannot be escalated")]
    NotOpen(&'static str),
    /// No such level.
    #[error("the level is 1 (team lead), 2 (manager) or 3 (administrator)")]
    NoSuchLevel,
    /// Escalation goes upward only.
    #[error("the ticket is at level {0} already; escalate it to a higher one")]
    NotUpward(u8),
    /// There is no higher level.
    #[error("the ticket is at the highest level already, with the administrators")]
    AtTheTop,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NotAllowed => return Self::lacking("ticket:escalate"),
            Refusal::Closed => "closed",
            Refusal::NotOpen(_) => "not_open",
            Refusal::NoSuchLevel => "no_such_level",
            Refusal::NotUpward(_) => "not_upward",
            Refusal::AtTheTop => "at_the_top",
        };
        Self::because(code, &refusal)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NotAllowed => ErrorCode::InsufficientPermissions,
            Refusal::Closed => ErrorCode::TicketAlreadyClosed,
            Refusal::NotOpen(_) => ErrorCode::InvalidStatusTransition,
            Refusal::NoSuchLevel => {
                return Self::field("level", "out_of_range", refusal.to_string());
            }
            Refusal::NotUpward(_) | Refusal::AtTheTop => ErrorCode::ResourceConflict,
        };
        Refused::from(refusal).error(code)
    }
}

/// The rung that a ticket at level `now` reaches by hand: the one asked for,
/// or the next.
///
/// # Errors
/// The first reason against it: the right, the status, the level.
pub fn by_hand(actor: &Actor, status: Status, now: u8, wish: Option<u8>) -> Result<Rung, Refusal> {
    if !actor.may("ticket:escalate") {
        return Err(Refusal::NotAllowed);
    }
    rises(status, now)?;
    let Some(wish) = wish else {
        return Rung::of(now.saturating_add(1)).ok_or(Refusal::AtTheTop);
    };
    let rung = Rung::of(wish).ok_or(Refusal::NoSuchLevel)?;
    if wish <= now {
        return Err(Refusal::NotUpward(now));
    }
    Ok(rung)
}

/// The next rung of a ticket, if it can rise.
#[must_use]
pub fn next(status: Status, now: u8) -> Option<Rung> {
    rises(status, now).ok()?;
    Rung::of(now.saturating_add(1))
}

/// Whether a ticket of this status and level can rise at all.
fn rises(status: Status, now: u8) -> Result<(), Refusal> {
    match status {
        Status::New | Status::Assigned | Status::InProgress | Status::OnHold => {}
        Status::Closed => return Err(Refusal::Closed),
        Status::Resolved | Status::Cancelled => return Err(Refusal::NotOpen(status.as_str())),
    }
    if now >= Rung::Administrator.level() {
        return Err(Refusal::AtTheTop);
    }
    Ok(())
}

/// Whether the actor may escalate now, for the ticket's `allowed_actions`.
#[must_use]
pub fn allowed(actor: &Actor, status: Status, now: u8) -> AllowedAction {
    AllowedAction::new("escalate", by_hand(actor, status, now, None).err())
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
    fn by_hand_a_ticket_goes_up_one_or_more_levels_and_never_down() {
        use Refusal::{AtTheTop, NoSuchLevel, NotUpward};
        use Rung::{Administrator, Manager, TeamLead};
        // (level now, level asked for, outcome)
        let table = [
            (0, None, Ok(TeamLead)),
            (1, None, Ok(Manager)),
            (2, None, Ok(Administrator)),
            (3, None, Err(AtTheTop)),
            (0, Some(1), Ok(TeamLead)),
            (0, Some(3), Ok(Administrator)),
            (1, Some(3), Ok(Administrator)),
            (1, Some(1), Err(NotUpward(1))),
            (2, Some(1), Err(NotUpward(2))),
            (3, Some(3), Err(AtTheTop)),
            (0, Some(0), Err(NoSuchLevel)),
            (0, Some(4), Err(NoSuchLevel)),
        ];
        let agent = actor(&["ticket:escalate:all"]);
        for (now, wish, expected) in table {
            let got = by_hand(&agent, Status::InProgress, now, wish);
            assert_eq!(got, expected, "from {now} to {wish:?}");
        }
    }

    #[test]
    fn only_open_tickets_are_escalated_and_only_with_the_right() {
        let agent = actor(&["ticket:escalate:all"]);
        for status in Status::ALL {
            let open = !matches!(
                status,
                Status::Resolved | Status::Closed | Status::Cancelled
            );
            assert_eq!(
                by_hand(&agent, *status, 0, None).is_ok(),
                open,
                "{status:?}"
            );
            let stranger = by_hand(&actor(&[]), *status, 0, None);
            assert_eq!(stranger, Err(Refusal::NotAllowed));
            let action = allowed(&agent, *status, 0);
            assert_eq!(action.refused.is_none(), open, "{action:?}");
        }
        let top = allowed(&agent, Status::New, 3).refused.expect("refused");
        assert_eq!((top.code, top.permission), ("at_the_top", None));
        let stranger = allowed(&actor(&[]), Status::New, 0)
            .refused
            .expect("refused");
        assert_eq!(stranger.code, "insufficient_permissions");
        assert_eq!(stranger.permission, Some("ticket:escalate"));
    }
}
