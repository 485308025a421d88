//! The life of an incident.

use crate::support::{join, organization};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn allowed(ticket: &Value) -> Vec<&str> {
    let actions = ticket["allowed_actions"].as_array().expect("actions");
    actions
        .iter()
        .filter(|a| a["allowed"] == true)
        .filter_map(|a| a["verb"].as_str())
        .collect()
}

#[tokio::test]
async fn an_incident_is_reported_worked_resolved_confirmed_and_its_timeline_tells_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;

        let ticket = user.report("VPN drops").await;
        assert_eq!(ticket["number"], "INC-000001", "{}", t.engine);
        assert_eq!(
            (ticket["priority"].as_str(), ticket["status"].as_str()),
            (Some("high"), Some("new"))
        );
        assert_eq!(ticket["source"], "portal");
        assert_eq!(allowed(&ticket), ["cancel", "comment"]);

        let path = "/tickets/INC-000001";
        let started = agent
            .post(&format!("{path}/start"), json!({}))
            .await
            .expect(200);
        assert_eq!(started["status"], "in_progress");
        assert_eq!(started["assignee"]["id"].as_str(), Some(agent.id.as_str()));
        let note = json!({"body": "looks like the *router*", "visibility": "internal"});
        let noted = agent
            .post(&format!("{path}/comments"), note)
            .await
            .expect(201);
        assert_eq!(
            noted["first_response_at"],
            Value::Null,
            "an internal note is no response"
        );
        let reply = json!({"body": "We are on it", "visibility": "public"});
        let replied = agent
            .post(&format!("{path}/comments"), reply)
            .await
            .expect(201);
        assert!(replied["first_response_at"].is_string());
        agent
            .post(
                &format!("{path}/hold"),
                json!({"reason": "waiting for the vendor"}),
            )
            .await
            .expect(200);
        agent
            .post(&format!("{path}/resume"), json!({}))
            .await
            .expect(200);
        let resolution = json!({"resolution_note": "router replaced"});
        agent
            .post(&format!("{path}/resolve"), resolution)
            .await
            .expect(200);
        let seen = user.get(path).await.expect(200);
        assert_eq!(allowed(&seen), ["confirm", "reopen", "comment", "rate"]);
        user.post(&format!("{path}/reopen"), json!({"reason": "drops again"}))
            .await
            .expect(200);
        agent
            .post(
                &format!("{path}/resolve"),
                json!({"resolution_note": "firmware updated"}),
            )
            .await
            .expect(200);
        let closed = user
            .post(&format!("{path}/confirm"), json!({}))
            .await
            .expect(200);
        assert_eq!(
            (closed["status"].as_str(), closed["reopened_count"].as_i64()),
            (Some("closed"), Some(1))
        );

        let timeline = agent.get(&format!("{path}/timeline")).await.expect(200);
        let items = timeline["data"].as_array().expect("items");
        let statuses: Vec<&str> = items
            .iter()
            .filter(|i| i["field"] == "status")
            .filter_map(|i| i["new"].as_str())
            .collect();
        let expected = "new in_progress on_hold in_progress resolved in_progress resolved closed";
        assert_eq!(statuses.join(" "), expected, "{}", t.engine);
        assert!(items.is_sorted_by_key(|i| i["at"].as_str().expect("an instant").to_owned()));

        agent
            .post(
                &format!("{path}/comments"),
                json!({"body": "late", "visibility": "public"}),
            )
            .await
            .expect_code(409, "TICKET_ALREADY_CLOSED");
    }
}

#[tokio::test]
async fn a_requester_never_reads_internal_notes() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let note = json!({"body": "user seems confused", "visibility": "internal"});
        agent
            .post("/tickets/INC-000001/comments", note)
            .await
            .expect(201);
        let timeline = user.get("/tickets/INC-000001/timeline").await.expect(200);
        assert!(!timeline.to_string().contains("confused"), "{timeline}");
        let timeline = agent.get("/tickets/INC-000001/timeline").await.expect(200);
        assert!(timeline.to_string().contains("confused"), "{timeline}");
        user.post(
            "/tickets/INC-000001/comments",
            json!({"body": "x", "visibility": "internal"}),
        )
        .await
        .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn twenty_creators_at_once_get_twenty_consecutive_numbers() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        let reports = (0..20).map(|n| {
            let user = user.clone();
            async move { user.report(&format!("fault {n}")).await }
        });
        let made = futures::future::join_all(reports).await;
        let numbers: BTreeSet<String> = made
            .iter()
            .map(|m| m["number"].as_str().expect("a number").to_owned())
            .collect();
        let expected: BTreeSet<String> = (1..=20).map(|n| format!("INC-{n:06}")).collect();
        assert_eq!(numbers, expected, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_stale_write_is_refused_and_changes_nothing() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("VPN drops").await;
        let path = "/tickets/INC-000001";
        let changed = agent
            .patch(path, "\"1\"", json!({"impact": "low"}))
            .await
            .expect(200);
        assert_eq!(
            (changed["priority"].as_str(), changed["version"].as_i64()),
            (Some("low"), Some(2))
        );
        agent
            .patch(path, "\"1\"", json!({"title": "mine"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        assert_eq!(agent.get(path).await.expect(200)["title"], "VPN drops");
    }
}

#[tokio::test]
async fn pages_and_cursors_walk_every_ticket_once() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        for n in 0..7 {
            agent.report(&format!("fault {n}")).await;
        }
        let mut seen = Vec::new();
        let mut path = "/tickets?per_page=3".to_owned();
        loop {
            let page = agent.get(&path).await.expect(200);
            assert_eq!(page["pagination"]["total"], 7);
            for row in page["data"].as_array().expect("rows") {
                seen.push(row["number"].as_str().expect("a number").to_owned());
            }
            let Some(cursor) = page["pagination"]["next_cursor"].as_str() else {
                break;
            };
            path = format!("/tickets?per_page=3&cursor={cursor}");
        }
        let expected: Vec<String> = (1..=7).rev().map(|n| format!("INC-{n:06}")).collect();
        assert_eq!(seen, expected, "{}", t.engine);
        let third = agent.get("/tickets?per_page=3&page=3").await.expect(200);
        assert_eq!(third["data"].as_array().map(Vec::len), Some(1));
        assert_eq!(third["pagination"]["has_next"], false);
    }
}
