//! Who is told of an event, and why. The one who acted is never told.

use crate::tickets::events::{Snapshot, TicketEvent};
use crate::tickets::model::Status;
use crate::visibility::TicketFacts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steward_kernel::id::UserId;

/// Why someone is told, the strongest first: a person hears of one event once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A comment names them.
    Mentioned,
    /// The ticket is theirs now.
    Assigned,
    /// The ticket is theirs no more.
    Unassigned,
    /// Someone reported it on their behalf.
    ReportedForYou,
    /// Service is restored.
    Resolved,
    /// It was not resolved after all.
    Reopened,
    /// It waits for something.
    OnHold,
    /// It is over.
    Closed,
    /// It is not needed any more.
    Cancelled,
    /// A service level of it was missed.
    SlaBreached,
    /// It was escalated to them.
    Escalated,
    /// Most of the time of a service level is used up.
    SlaAtRisk,
    /// Someone said something.
    Commented,
}

impl Reason {
    /// Every reason, the strongest first.
    pub const ALL: [Self; 13] = [
        Self::Mentioned,
        Self::Assigned,
        Self::Unassigned,
        Self::ReportedForYou,
        Self::Resolved,
        Self::Reopened,
        Self::OnHold,
        Self::Closed,
        Self::Cancelled,
        Self::SlaBreached,
        Self::Escalated,
        Self::SlaAtRisk,
        Self::Commented,
    ];

    /// The word used in database, API and code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentioned => "mentioned",
            Self::Assigned => "assigned",
            Self::Unassigned => "unassigned",
            Self::ReportedForYou => "reported_for_you",
            Self::Resolved => "resolved",
            Self::Reopened => "reopened",
            Self::OnHold => "on_hold",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::SlaBreached => "sla_breached",
            Self::Escalated => "escalated",
            Self::SlaAtRisk => "sla_at_risk",
            Self::Commented => "commented",
        }
    }

    /// Whether it is an alarm, which waits for nothing else.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::SlaBreached | Self::Escalated)
    }
}

/// Someone to tell, if they may see the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub user_id: UserId,
    /// Why: the strongest reason.
    pub reason: Reason,
    /// Whether it also says something to them, whatever the reason: so they get
    /// it as soon as they want to read what is said.
    pub is_said: bool,
    /// Only if they may read internal notes.
    pub is_internal: bool,
}

/// An event that says itself who is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Addressed {
    /// The ticket.
    pub ticket: Snapshot,
    /// Who is told.
    pub recipient_ids: Vec<UserId>,
}

impl Addressed {
    /// Everyone to tell; `event` is the name of what happened. Such matters are
    /// for those who may read internal notes.
    #[must_use]
    pub fn recipients(&self, event: &str, actor: Option<UserId>) -> Vec<Recipient> {
        let reason = match event {
            "sla.breached" => Reason::SlaBreached,
            "ticket.escalated" => Reason::Escalated,
            _ => Reason::SlaAtRisk,
        };
        let mut told = Told::default();
        told.add_all(Some(reason), self.recipient_ids.iter().copied(), true);
        let all = told.0.into_values();
        all.filter(|recipient| Some(recipient.user_id) != actor)
            .collect()
    }
}

/// The ticket of an event as the visibility predicate wants it.
#[must_use]
pub fn facts(ticket: &Snapshot) -> TicketFacts {
    TicketFacts {
        requester_id: ticket.requester_id,
        requested_for_id: ticket.requested_for_id,
        assignee_id: ticket.assignee_id,
        team_id: ticket.team_id,
        watcher_ids: ticket.watcher_ids.clone(),
    }
}

/// The ticket that an event is about; none for history that is brought in.
#[must_use]
pub fn ticket(event: &TicketEvent) -> Option<&Snapshot> {
    match event {
        TicketEvent::Created { ticket } | TicketEvent::Updated { ticket, .. } => Some(ticket),
        TicketEvent::Imported { .. } | TicketEvent::ImportContinued { .. } => None,
    }
}

/// Everyone to tell of `event`, each once, by id.
#[must_use]
pub fn recipients(event: &TicketEvent, actor: Option<UserId>) -> Vec<Recipient> {
    let mut told = Told::default();
    match event {
        TicketEvent::Imported { .. } | TicketEvent::ImportContinued { .. } => {}
        TicketEvent::Created { ticket } => {
            told.add(ticket.assignee_id, Reason::Assigned, false);
            told.add(Some(ticket.requester_id), Reason::ReportedForYou, false);
            told.add(ticket.requested_for_id, Reason::ReportedForYou, false);
        }
        TicketEvent::Updated {
            ticket,
            previous_assignee_id,
            changes,
            comment,
        } => {
            if changes.iter().any(|c| c.field == "assignee") {
                told.add(ticket.assignee_id, Reason::Assigned, false);
                told.add(*previous_assignee_id, Reason::Unassigned, false);
            }
            for change in changes.iter().filter(|c| c.field == "status") {
                let reason = status_reason(change.old.as_deref(), &ticket.status);
                told.add_all(reason, requesters(ticket), false);
                told.add_all(reason, ticket.watcher_ids.iter().copied(), false);
                told.add_all(reason, ticket.assignee_id, false);
            }
            if let Some(comment) = comment {
                let is_internal = !comment.is_public;
                let mentioned = comment.mentioned_ids.iter().copied();
                told.add_all(Some(Reason::Mentioned), mentioned, is_internal);
                let commented = Some(Reason::Commented);
                if comment.is_public {
                    told.add_all(commented, requesters(ticket), false);
                }
                told.add_all(commented, ticket.assignee_id, is_internal);
                told.add_all(commented, ticket.watcher_ids.iter().copied(), is_internal);
            }
        }
    }
    let all = told.0.into_values();
    all.filter(|recipient| Some(recipient.user_id) != actor)
        .collect()
}

/// What a new status means to people; `None` when it is of no interest.
fn status_reason(old: Option<&str>, new: &str) -> Option<Reason> {
    let was_over = matches!(old, Some("resolved" | "closed"));
    match new.parse().ok()? {
        Status::Resolved => Some(Reason::Resolved),
        Status::OnHold => Some(Reason::OnHold),
        Status::Closed => Some(Reason::Closed),
        Status::Cancelled => Some(Reason::Cancelled),
        _ if was_over => Some(Reason::Reopened),
        _ => None,
    }
}

fn requesters(ticket: &Snapshot) -> impl Iterator<Item = UserId> {
    std::iter::once(ticket.requester_id).chain(ticket.requested_for_id)
}

/// The strongest reason per person.
#[derive(Debug, Default)]
struct Told(BTreeMap<UserId, Recipient>);

impl Told {
    fn add(&mut self, user: Option<UserId>, reason: Reason, is_internal: bool) {
        self.add_all(Some(reason), user, is_internal);
    }

    fn add_all(
        &mut self,
        reason: Option<Reason>,
        users: impl IntoIterator<Item = UserId>,
        is_internal: bool,
    ) {
        let Some(reason) = reason else { return };
        for user_id in users {
            let new = Recipient {
                user_id,
                reason,
                is_said: reason == Reason::Commented,
                is_internal,
            };
            let known = self.0.entry(user_id).or_insert(new);
            let is_said = known.is_said || new.is_said;
            if new.reason < known.reason {
                *known = new;
            }
            known.is_said = is_said;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::events::{CommentAdded, FieldChange};
    use uuid::Uuid;

    fn user(n: u128) -> UserId {
        Uuid::from_u128(n).into()
    }

    const LEA: u128 = 1;
    const OMAR: u128 = 2;
    const PRIYA: u128 = 3;
    const JONAS: u128 = 4;
    const WATCHER: u128 = 5;

    fn snapshot(status: &str) -> Snapshot {
        Snapshot {
            ticket_id: Uuid::nil().into(),
            number: "INC-000001".to_owned(),
            kind: "incident".to_owned(),
            title: "VPN drops".to_owned(),
            status: status.to_owned(),
            priority: "high".to_owned(),
            requester_id: user(LEA),
            requested_for_id: Some(user(OMAR)),
            assignee_id: Some(user(PRIYA)),
            team_id: None,
            watcher_ids: vec![user(WATCHER)],
        }
    }

    fn updated(
        status: &str,
        changes: &[(&str, &str)],
        comment: Option<(bool, &[u128])>,
    ) -> TicketEvent {
        TicketEvent::Updated {
            ticket: snapshot(status),
            previous_assignee_id: Some(user(JONAS)),
            changes: changes
                .iter()
                .map(|(field, old)| FieldChange {
                    field: (*field).to_owned(),
                    old: Some((*old).to_owned()),
                    new: None,
                    is_internal: false,
                })
                .collect(),
            comment: comment.map(|(is_public, mentioned)| CommentAdded {
                comment_id: Uuid::nil().into(),
                is_public,
                mentioned_ids: mentioned.iter().map(|n| user(*n)).collect(),
            }),
        }
    }

    fn told(event: &TicketEvent, actor: u128) -> Vec<(u128, &'static str, bool)> {
        recipients(event, Some(user(actor)))
            .into_iter()
            .map(|r| (r.user_id.0.as_u128(), r.reason.as_str(), r.is_internal))
            .collect()
    }

    #[test]
    fn each_event_tells_exactly_these_people() {
        let created = TicketEvent::Created {
            ticket: snapshot("new"),
        };
        assert_eq!(
            told(&created, LEA),
            [
                (OMAR, "reported_for_you", false),
                (PRIYA, "assigned", false)
            ]
        );

        let given = updated("assigned", &[("assignee", "Jonas")], None);
        assert_eq!(told(&given, PRIYA), [(JONAS, "unassigned", false)]);
        assert_eq!(
            told(&given, LEA),
            [(PRIYA, "assigned", false), (JONAS, "unassigned", false)]
        );

        let resolved = updated("resolved", &[("status", "in_progress")], None);
        assert_eq!(
            told(&resolved, PRIYA),
            [
                (LEA, "resolved", false),
                (OMAR, "resolved", false),
                (WATCHER, "resolved", false)
            ]
        );
        let reopened = updated("in_progress", &[("status", "resolved")], Some((true, &[])));
        assert_eq!(
            told(&reopened, LEA),
            [
                (OMAR, "reopened", false),
                (PRIYA, "reopened", false),
                (WATCHER, "reopened", false)
            ]
        );
        assert_eq!(
            told(
                &updated("in_progress", &[("status", "assigned")], None),
                PRIYA
            ),
            []
        );
        assert_eq!(
            told(&updated("assigned", &[("title", "x")], None), PRIYA),
            []
        );
    }

    #[test]
    fn an_internal_note_reaches_only_those_who_may_read_it_and_never_the_requester_as_such() {
        let note = updated("assigned", &[], Some((false, &[JONAS])));
        assert_eq!(
            told(&note, PRIYA),
            [(JONAS, "mentioned", true), (WATCHER, "commented", true)]
        );
    }

    #[test]
    fn a_person_hears_once_and_the_strongest_reason_wins() {
        let all = updated(
            "resolved",
            &[("status", "in_progress"), ("assignee", "x")],
            Some((true, &[LEA])),
        );
        let told = told(&all, JONAS);
        assert_eq!(told[0], (LEA, "mentioned", false));
        assert_eq!(
            told.iter().filter(|t| t.0 == PRIYA).collect::<Vec<_>>(),
            [&(PRIYA, "assigned", false)]
        );
    }

    #[test]
    fn what_is_said_with_something_stronger_is_known_to_be_said() {
        let hold = updated("on_hold", &[("status", "in_progress")], Some((true, &[])));
        let quiet = updated("on_hold", &[("status", "in_progress")], None);
        for (event, is_said) in [(hold, true), (quiet, false)] {
            let all = recipients(&event, Some(user(PRIYA)));
            let people: Vec<u128> = all.iter().map(|r| r.user_id.0.as_u128()).collect();
            assert_eq!(people, [LEA, OMAR, WATCHER]);
            assert!(all.iter().all(|r| r.reason == Reason::OnHold));
            assert!(all.iter().all(|r| r.is_said == is_said));
        }
    }
}
