//! Escalation of tickets by hand.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};
use steward_db::{Executor, FromQueryResult, values};
use steward_testkit::TestApp;

const PATH: &str = "/tickets/INC-000001";

#[derive(Debug, FromQueryResult)]
struct Event {
    payload: Value,
}

/// To whom and to how many people the ticket was escalated, oldest first.
async fn told(t: &TestApp) -> Vec<(String, Vec<Value>)> {
    let sql = "SELECT payload FROM events WHERE name = 'ticket.escalated' ORDER BY id";
    let rows: Vec<Event> = t.app.db.all(sql, values![]).await.expect("events");
    rows.into_iter()
        .map(|row| {
            assert_eq!(row.payload["cause"], "manual");
            assert_eq!(row.payload["number"], "INC-000001");
            let rung = row.payload["rung"].as_str().expect("a rung").to_owned();
            let who = row.payload["recipient_ids"].as_array().expect("people");
            (rung, who.clone())
        })
        .collect()
}

async fn escalate(client: &Client<'_>, level: Option<u8>) -> Value {
    let mut body = json!({"reason": "the vendor does not answer"});
    if let Some(level) = level {
        body["level"] = json!(level);
    }
    let reply = client.post(&format!("{PATH}/escalate"), body).await;
    reply.expect(200)
}

fn action(ticket: &Value) -> Value {
    let actions = ticket["allowed_actions"].as_array().expect("actions");
    let found = actions.iter().find(|a| a["verb"] == "escalate");
    found.expect("the action").clone()
}

#[tokio::test]
async fn a_ticket_climbs_from_the_lead_to_the_managers_to_the_administrators() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let manager = join(t, acme, "tomas", "manager").await;
        let lead = join(t, acme, "ada", "agent").await;
        let agent = join(t, acme, "priya", "agent").await;
        let user = join(t, acme, "lea", "end_user").await;
        join(t, organization(t, "Other").await, "eve", "admin").await;
        let team = admin.post("/teams", json!({"name": "Network"})).await;
        let team = team.expect(201)["id"].as_str().expect("an id").to_owned();
        let member = json!({"user_id": lead.id});
        let path = format!("/teams/{team}/members");
        admin.post(&path, member).await.expect(200);
        let sql = "UPDATE team_members SET role = 'lead'";
        t.app.db.execute(sql, values![]).await.expect("a lead");
        let ticket = user.report("VPN drops").await;
        assert_eq!(ticket["escalation_level"], 0);
        assert_eq!(action(&ticket)["allowed"], false);
        let body = json!({"team_id": team});
        agent
            .post(&format!("{PATH}/assign"), body)
            .await
            .expect(200);

        for level in 1..=3 {
            let now = escalate(&agent, None).await;
            assert_eq!(now["escalation_level"], level, "{}", t.engine);
            assert_eq!(now["status"], "new", "escalation changes no status");
            assert_eq!(action(&now)["allowed"], level < 3);
        }
        assert_eq!(
            told(t).await,
            [
                ("team_lead".to_owned(), vec![json!(lead.id)]),
                ("manager".to_owned(), vec![json!(manager.id)]),
                ("administrator".to_owned(), vec![json!(admin.id)]),
            ]
        );
        let top = agent.get(PATH).await.expect(200);
        assert!(action(&top)["reason"].is_string(), "{top}");
        let again = json!({"reason": "still nothing"});
        agent
            .post(&format!("{PATH}/escalate"), again)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");

        // Who works on it reads why; the requester sees the level only.
        let timeline = async |who: &Client<'_>| {
            let timeline = who.get(&format!("{PATH}/timeline")).await.expect(200);
            timeline["data"].clone()
        };
        let seen = timeline(&agent).await;
        let levels: Vec<_> = seen
            .as_array()
            .expect("items")
            .iter()
            .filter(|i| i["field"] == "escalation_level")
            .map(|i| format!("{}{}", i["old"], i["new"]).replace('"', ""))
            .collect();
        assert_eq!(levels, ["01", "12", "23"]);
        assert!(seen.to_string().contains("vendor"));
        let seen = timeline(&user).await.to_string();
        assert!(seen.contains("escalation_level") && !seen.contains("vendor"));
    }
}

#[tokio::test]
async fn a_level_can_be_skipped_and_an_empty_one_passes_the_ticket_on() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let agent = join(t, acme, "priya", "agent").await;
        agent.report("VPN drops").await;
        // No team, no manager: the administrators hear of it.
        assert_eq!(escalate(&agent, Some(2)).await["escalation_level"], 2);
        assert_eq!(
            told(t).await,
            [("manager".to_owned(), vec![json!(admin.id)])],
            "{}",
            t.engine
        );
        let refused = async |body: Value, status: u16, code: &str| {
            let reply = agent.post(&format!("{PATH}/escalate"), body).await;
            reply.expect_code(status, code);
        };
        let reason = "x";
        for level in [1, 2] {
            let body = json!({"reason": reason, "level": level});
            refused(body, 409, "RESOURCE_CONFLICT").await;
        }
        for level in [json!(0), json!(4), json!(-1), json!("high")] {
            let body = json!({"reason": reason, "level": level});
            refused(body, 422, "VALIDATION_ERROR").await;
        }
        for reason in [" ".to_owned(), "x".repeat(1001)] {
            let body = json!({"reason": reason});
            refused(body, 422, "VALIDATION_ERROR").await;
        }
        refused(json!({}), 422, "VALIDATION_ERROR").await;
        let body = json!({"reason": "not needed"});
        agent
            .post(&format!("{PATH}/cancel"), body)
            .await
            .expect(200);
        let body = json!({"reason": reason});
        refused(body, 409, "INVALID_STATUS_TRANSITION").await;
        assert_eq!(told(t).await.len(), 1, "refusals tell nobody");
    }
}

#[tokio::test]
async fn two_who_escalate_at_once_from_the_same_version_do_it_once() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let agent = join(t, acme, "priya", "agent").await;
        agent.report("VPN drops").await;
        let tries = (0..5).map(|_| {
            let agent = agent.clone();
            async move {
                let body = json!({"reason": "no answer", "level": 1});
                let reply = agent.post(&format!("{PATH}/escalate"), body).await;
                reply.status.as_u16()
            }
        });
        let mut answers = futures::future::join_all(tries).await;
        answers.sort_unstable();
        assert_eq!(answers, [200, 409, 409, 409, 409], "{}", t.engine);
        assert_eq!(told(t).await.len(), 1);
    }
}
