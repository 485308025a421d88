//! What a receiver is sent: `{type, timestamp, data}`. Thin: which ticket, what
//! of it changed, and where the rest can be asked for. What only some may read
//! is left out for those who may not.

use super::kinds::PING;
use crate::tickets::events::TicketEvent;
use serde_json::{Map, Value, json};
use steward_kernel::{Envelope, Instant};

/// Characters of one text; longer ones are cut.
const MOST_TEXT: usize = 1_000;
/// Changes of one event.
const MOST_CHANGES: usize = 50;

/// What of events beside updates is handed on; everything else stays inside.
const KEPT: &[&str] = &[
    "agreement",
    "attachment_id",
    "cause",
    "commander_id",
    "due_at",
    "escalation_id",
    "headline",
    "is_public",
    "metric",
    "percent",
    "minutes_before",
    "rung",
    "strategy",
    "team_id",
    "update_id",
];

/// The body that tells of `event` under the name `kind` to someone who may see
/// its ticket. `public_url` is how people reach the server.
#[must_use]
pub fn payload(event: &Envelope, kind: &str, reads_internal: bool, public_url: &str) -> Value {
    let mut data = Map::new();
    data.insert("event_id".to_owned(), json!(event.id));
    data.insert("actor_id".to_owned(), json!(event.actor_id));
    data.insert("ticket".to_owned(), ticket(event, public_url));
    let update = serde_json::from_value(event.payload.clone()).ok();
    if let Some(TicketEvent::Updated {
        changes, comment, ..
    }) = update
    {
        let seen = changes.iter().filter(|c| reads_internal || !c.is_internal);
        let seen = seen.take(MOST_CHANGES).map(
            |c| json!({"field": c.field, "old": cut(c.old.as_deref()), "new": cut(c.new.as_deref())}),
        );
        data.insert("changes".to_owned(), Value::Array(seen.collect()));
        let comment = comment.filter(|comment| reads_internal || comment.is_public);
        let comment = comment.map(|c| json!({"id": c.comment_id, "is_public": c.is_public}));
        data.insert("comment".to_owned(), comment.unwrap_or(Value::Null));
    } else {
        for name in KEPT {
            if let Some(value) = event.payload.get(*name) {
                data.insert((*name).to_owned(), bounded(value));
            }
        }
    }
    json!({"type": kind, "timestamp": event.at, "data": data})
}

/// The body that tries a webhook.
#[must_use]
pub fn ping(webhook: &str, now: Instant) -> Value {
    json!({"type": PING, "timestamp": now, "data": {"webhook": webhook}})
}

/// The ticket as it was after the event, as far as the event says so.
fn ticket(event: &Envelope, public_url: &str) -> Value {
    let snapshot = event.payload.get("ticket");
    let mut ticket = Map::new();
    ticket.insert("id".to_owned(), json!(event.aggregate_id));
    let number = snapshot.unwrap_or(&event.payload).get("number");
    ticket.insert("number".to_owned(), number.cloned().unwrap_or(Value::Null));
    for name in [
        "kind",
        "title",
        "status",
        "priority",
        "requester_id",
        "requested_for_id",
        "assignee_id",
        "team_id",
    ] {
        if let Some(value) = snapshot.and_then(|snapshot| snapshot.get(name)) {
            ticket.insert(name.to_owned(), bounded(value));
        }
    }
    let base = public_url.trim_end_matches('/');
    let api = format!("{base}/api/v1/tickets/{}", event.aggregate_id);
    ticket.insert("api_url".to_owned(), json!(api));
    if let Some(number) = number.and_then(Value::as_str) {
        let page = format!("{base}/agent/incidents/{number}");
        ticket.insert("html_url".to_owned(), json!(page));
    }
    Value::Object(ticket)
}

fn bounded(value: &Value) -> Value {
    match value {
        Value::String(text) => json!(cut(Some(text))),
        other => other.clone(),
    }
}

fn cut(text: Option<&str>) -> Option<String> {
    let text = text?;
    match text.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => text.get(..end).map(|head| format!("{head}…")),
        None => Some(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn event(name: &str, payload: Value) -> Envelope {
        Envelope {
            id: Uuid::from_u128(1).into(),
            organization_id: Uuid::from_u128(2).into(),
            name: name.to_owned(),
            version: 1,
            aggregate_id: Uuid::from_u128(5),
            actor_id: Some(Uuid::from_u128(3).into()),
            at: "2026-01-15T10:00:00Z".parse().expect("an instant"),
            payload,
        }
    }

    fn snapshot() -> Value {
        json!({"ticket_id": Uuid::from_u128(5), "number": "INC-000001", "kind": "incident", "title": "VPN",
            "status": "new", "priority": "low", "requester_id": Uuid::from_u128(7), "requested_for_id": null,
            "assignee_id": null, "team_id": null, "watcher_ids": [Uuid::from_u128(8)]})
    }

    fn updated() -> Envelope {
        let change = |field: &str, is_internal: bool| json!({"field": field, "old": null, "new": "x".repeat(5_000), "is_internal": is_internal});
        let note = json!({"comment_id": Uuid::from_u128(4), "is_public": false, "mentioned_ids": [Uuid::from_u128(9)]});
        event(
            "ticket.updated",
            json!({"type": "updated", "ticket": snapshot(), "previous_assignee_id": null,
                "changes": [change("title", false), change("root_cause", true)], "comment": note}),
        )
    }

    #[test]
    fn a_receiver_gets_what_its_person_may_read_and_no_more() {
        let all = payload(
            &updated(),
            "ticket.commented",
            true,
            "https://desk.example/",
        );
        assert_eq!(all["type"], "ticket.commented");
        assert_eq!(all["timestamp"], "2026-01-15T10:00:00Z");
        let data = &all["data"];
        assert_eq!(data["changes"][1]["field"], "root_cause");
        assert_eq!(data["comment"]["is_public"], false);
        assert_eq!(data["ticket"]["number"], "INC-000001");
        let page = "https://desk.example/agent/incidents/INC-000001";
        assert_eq!(data["ticket"]["html_url"], page);
        assert_eq!(data["ticket"]["watcher_ids"], Value::Null);
        assert_eq!(data["actor_id"], json!(Uuid::from_u128(3)));
        let some = payload(&updated(), "ticket.updated", false, "https://desk.example");
        let data = &some["data"];
        assert_eq!(data["changes"].as_array().map(Vec::len), Some(1));
        assert_eq!(data["comment"], Value::Null);
        assert!(!some.to_string().contains("root_cause"));
    }

    #[test]
    fn long_texts_are_cut() {
        let all = payload(&updated(), "ticket.updated", true, "https://desk.example");
        let new = all["data"]["changes"][0]["new"].as_str().expect("a text");
        assert_eq!(new.chars().count(), MOST_TEXT + 1);
        assert!(all.to_string().len() < 16 * 1024);
    }

    #[test]
    fn other_events_hand_on_only_what_is_known() {
        let reached = json!({"type": "breached", "ticket": snapshot(), "agreement": "sla", "metric": "resolution",
            "percent": 100, "due_at": "2026-01-15T10:00:00Z", "recipient_ids": [Uuid::from_u128(9)], "secret": "x"});
        let body = payload(
            &event("sla.breached", reached),
            "sla.breached",
            true,
            "http://d",
        );
        assert_eq!(body["data"]["percent"], 100);
        assert_eq!(body["data"]["ticket"]["title"], "VPN");
        assert_eq!(body["data"]["recipient_ids"], Value::Null);
        assert_eq!(body["data"]["secret"], Value::Null);
        let declared = json!({"type": "major_declared", "ticket_id": Uuid::from_u128(5), "number": "INC-000001",
            "headline": "Mail is down", "commander_id": Uuid::from_u128(9)});
        let name = "major_incident.declared";
        let body = payload(&event(name, declared), name, false, "http://d");
        assert_eq!(body["data"]["headline"], "Mail is down");
        assert_eq!(body["data"]["ticket"]["number"], "INC-000001");
    }
}
