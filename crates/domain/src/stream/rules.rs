//! From events to what a listener hears: which ticket, and which of its fields.
//! Never what a field holds: whoever hears of a change asks for the record.

use crate::notifications::events::NotificationEvent;
use crate::tickets::events::TicketEvent;
use crate::tickets::policy;
use crate::visibility::TicketFacts;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::{Actor, Envelope};
use uuid::Uuid;

/// What changed of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// Whether it was reported just now.
    pub is_new: bool,
    /// Fields that everyone who sees the ticket may read.
    pub fields: BTreeSet<String>,
    /// Fields for those who read internal notes.
    pub internal: BTreeSet<String>,
}

/// What happened in an organization, each ticket and each person once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digest {
    /// By ticket.
    pub tickets: BTreeMap<Uuid, News>,
    /// Whose notifications changed.
    pub people: BTreeSet<UserId>,
    /// Records beside tickets, by kind.
    pub records: BTreeSet<(&'static str, Uuid)>,
}

/// Whether listeners hear of events of this name.
#[must_use]
pub fn is_heard(name: &str) -> bool {
    matches!(name, "ticket.created" | "ticket.updated")
        || matches!(name, "notifications.changed")
        || record_of(name).is_some()
        || field_of(name).is_some()
}

/// The field that stands for events which name none.
fn field_of(name: &str) -> Option<(&'static str, bool)> {
    Some(match name {
        "ticket.attachment_added" | "ticket.attachment_removed" => ("attachments", false),
        "ticket.escalated" => ("escalation", true),
        "ticket.unassignable" => ("assignment", true),
        "sla.threshold_reached" | "sla.breached" | "sla.reminded" => ("sla", true),
        "major_incident.declared"
        | "major_incident.changed"
        | "major_incident.stood_down"
        | "major_incident.updated" => ("major_incident", false),
        "major_incident.reviewed" | "major_incident.update_overdue" => ("major_incident", true),
        _ => return None,
    })
}

/// The kind of the record beside tickets that an event of this name is about.
fn record_of(name: &str) -> Option<&'static str> {
    match name.split_once('.') {
        Some(("team", _)) => Some("team"),
        Some(("desk_settings", _)) => Some("desk_settings"),
        _ => None,
    }
}

/// The permissions of which one is enough to read records of a kind.
fn readers_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "team" => &["team:read"],
        "desk_settings" => &["ticket:read", "desk_settings:manage"],
        _ => &[],
    }
}

/// Whether an event is only for those who read internal notes. Of an update that is
/// said of each of its parts instead.
#[must_use]
pub fn is_internal(event: &Envelope) -> bool {
    let is_public = event.payload.get("is_public").and_then(Value::as_bool);
    field_of(&event.name).is_some_and(|(_, is_internal)| is_internal || is_public == Some(false))
}

/// Gathers what happened, by organization.
pub fn gather<'a>(
    events: impl IntoIterator<Item = &'a Envelope>,
) -> BTreeMap<OrganizationId, Digest> {
    let mut digests = BTreeMap::<OrganizationId, Digest>::new();
    for event in events {
        digests.entry(event.organization_id).or_default().add(event);
    }
    digests
}

impl Digest {
    fn add(&mut self, event: &Envelope) {
        match event.name.as_str() {
            "ticket.created" | "ticket.updated" => {
                if let Ok(fact) = serde_json::from_value(event.payload.clone()) {
                    let news = self.tickets.entry(event.aggregate_id).or_default();
                    news.add(&fact);
                }
            }
            "notifications.changed" => {
                let fact = serde_json::from_value(event.payload.clone());
                if let Ok(NotificationEvent::Changed { user_ids }) = fact {
                    self.people.extend(user_ids);
                }
            }
            name => {
                if let Some(kind) = record_of(name) {
                    self.records.insert((kind, event.aggregate_id));
                } else if let Some((field, _)) = field_of(name) {
                    let news = self.tickets.entry(event.aggregate_id).or_default();
                    news.touch(field, is_internal(event));
                }
            }
        }
    }

    /// The records beside tickets that an actor hears of.
    #[must_use]
    pub fn records_heard_by(&self, actor: &Actor) -> Vec<(&'static str, Uuid)> {
        let may = |kind| readers_of(kind).iter().any(|right| actor.may(right));
        let records = self.records.iter().copied();
        records.filter(|(kind, _)| may(kind)).collect()
    }

    /// Someone came to a ticket, went, or began to write.
    pub fn add_presence(&mut self, ticket: Uuid) {
        let news = self.tickets.entry(ticket).or_default();
        news.touch("presence", true);
    }
}

impl News {
    fn add(&mut self, event: &TicketEvent) {
        match event {
            TicketEvent::Created { .. } => self.is_new = true,
            TicketEvent::Updated {
                changes, comment, ..
            } => {
                for change in changes {
                    self.touch(&change.field, change.is_internal);
                }
                if let Some(comment) = comment {
                    self.touch("comments", !comment.is_public);
                }
            }
            TicketEvent::Imported { .. } | TicketEvent::ImportContinued { .. } => {}
        }
    }

    fn touch(&mut self, field: &str, is_internal: bool) {
        let fields = if is_internal {
            &mut self.internal
        } else {
            &mut self.fields
        };
        fields.insert(field.to_owned());
    }

    /// The fields that an actor hears of; `None` when they hear nothing.
    #[must_use]
    pub fn heard_by(&self, actor: &Actor, ticket: &TicketFacts) -> Option<BTreeSet<&str>> {
        if !policy::visibility(actor).sees(ticket) {
            return None;
        }
        let mut fields: BTreeSet<&str> = self.fields.iter().map(String::as_str).collect();
        if policy::sees_internal(actor) {
            fields.extend(self.internal.iter().map(String::as_str));
        }
        (self.is_new || !fields.is_empty()).then_some(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use steward_kernel::{Grant, Instant, PermissionSet};

    fn event(name: &str, ticket: u128, payload: Value) -> Envelope {
        Envelope {
            id: Uuid::nil().into(),
            organization_id: Uuid::from_u128(9).into(),
            name: name.to_owned(),
            version: 1,
            aggregate_id: Uuid::from_u128(ticket),
            actor_id: None,
            at: Instant::UNIX_EPOCH,
            payload,
        }
    }

    fn updated(changes: &Value, comment: &Value) -> Envelope {
        let ticket = json!({
            "ticket_id": Uuid::nil(), "number": "INC-1", "kind": "incident", "title": "a secret",
            "status": "new", "priority": "low", "requester_id": Uuid::from_u128(1), "requested_for_id": null,
            "assignee_id": null, "team_id": null, "watcher_ids": []
        });
        let payload = json!({"type": "updated", "ticket": ticket, "previous_assignee_id": null,
            "changes": changes, "comment": comment});
        event("ticket.updated", 5, payload)
    }

    fn actor(user: u128, grants: &[&str]) -> Actor {
        let grants: Vec<Grant> = grants.iter().map(|g| g.parse().expect("a grant")).collect();
        Actor {
            user_id: Uuid::from_u128(user).into(),
            permissions: grants.iter().collect::<PermissionSet>(),
            ..Actor::system(Uuid::from_u128(9).into())
        }
    }

    fn facts() -> TicketFacts {
        TicketFacts {
            requester_id: Uuid::from_u128(1).into(),
            requested_for_id: None,
            assignee_id: None,
            team_id: None,
            watcher_ids: Vec::new(),
        }
    }

    fn heard(events: &[Envelope], who: &Actor) -> Option<Vec<String>> {
        let digests = gather(events);
        let digest = digests.values().next().expect("one organization");
        let news = digest.tickets.values().next().expect("one ticket");
        let fields = news.heard_by(who, &facts())?;
        Some(fields.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn what_is_internal_is_heard_only_by_those_who_read_it() {
        let requester = actor(1, &["ticket:read:own"]);
        let agent = actor(2, &["ticket:read:all", "ticket:read_internal:all"]);
        let change = |field: &str, is_internal: bool| json!({"field": field, "old": null, "new": "x", "is_internal": is_internal});
        let note = json!({"comment_id": Uuid::nil(), "is_public": false, "mentioned_ids": []});
        let reply = json!({"comment_id": Uuid::nil(), "is_public": true, "mentioned_ids": []});
        let hidden = updated(&json!([change("root_cause", true)]), &note);
        let shown = updated(&json!([change("status", false)]), &reply);
        assert_eq!(heard(std::slice::from_ref(&hidden), &requester), None);
        assert_eq!(
            heard(std::slice::from_ref(&hidden), &agent),
            Some(vec!["comments".to_owned(), "root_cause".to_owned()])
        );
        let both = [hidden, shown];
        assert_eq!(
            heard(&both, &requester),
            Some(vec!["comments".to_owned(), "status".to_owned()])
        );
        let file = |is_public| {
            event(
                "ticket.attachment_added",
                5,
                json!({"is_public": is_public}),
            )
        };
        assert_eq!(heard(&[file(false)], &requester), None);
        assert_eq!(
            heard(&[file(true)], &requester),
            Some(vec!["attachments".to_owned()])
        );
        assert_eq!(
            heard(&[event("sla.breached", 5, json!({}))], &requester),
            None
        );
        assert!(heard(&[event("sla.breached", 5, json!({}))], &agent).is_some());
    }

    #[test]
    fn who_does_not_see_the_ticket_hears_nothing() {
        let shown = updated(
            &json!([{"field": "status", "old": null, "new": null, "is_internal": false}]),
            &Value::Null,
        );
        for grants in [&["ticket:read:own"][..], &[], &["ticket:read:team"]] {
            assert_eq!(
                heard(std::slice::from_ref(&shown), &actor(2, grants)),
                None,
                "{grants:?}"
            );
        }
    }

    #[test]
    fn records_beside_tickets_are_heard_by_those_who_may_read_them() {
        let events = [
            event("team.member_added", 3, json!({"changes": []})),
            event("team.changed", 3, json!({"changes": []})),
            event("desk_settings.changed", 9, json!({"changes": []})),
        ];
        let digests = gather(&events);
        let digest = digests.values().next().expect("one organization");
        assert!(digest.tickets.is_empty());
        let heard = |grants: &[&str]| digest.records_heard_by(&actor(1, grants));
        let team = ("team", Uuid::from_u128(3));
        let settings = ("desk_settings", Uuid::from_u128(9));
        assert_eq!(heard(&["team:read:all"]), [team]);
        assert_eq!(heard(&["ticket:read:own"]), [settings]);
        assert_eq!(heard(&["desk_settings:manage:all"]), [settings]);
        assert_eq!(heard(&[]), []);
        assert!(is_heard("team.created") && !is_heard("role.changed"));
    }

    #[test]
    fn a_person_hears_of_their_notifications() {
        let payload = json!({"type": "changed", "user_ids": [Uuid::from_u128(1)]});
        let digests = gather(&[event("notifications.changed", 1, payload)]);
        let digest = digests.values().next().expect("one organization");
        assert_eq!(digest.people, BTreeSet::from([Uuid::from_u128(1).into()]));
        assert!(is_heard("notifications.changed") && !is_heard("account.signed_in"));
    }
}
