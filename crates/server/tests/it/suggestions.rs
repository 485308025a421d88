//! Suggestions while typing and beside a ticket.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};

async fn numbers(who: &Client<'_>, title: &str) -> Vec<String> {
    let body = json!({"title": title});
    let answer = who.post("/incidents/suggestions", body).await.expect(200);
    of(&answer)
}

fn of(answer: &Value) -> Vec<String> {
    let rows = answer["similar"].as_array().expect("rows").iter();
    rows.map(|row| row["number"].as_str().expect("a number").to_owned())
        .collect()
}

#[tokio::test]
async fn who_types_sees_own_similar_tickets_and_what_is_down_for_all() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        let max = join(t, org, "max", "end_user").await;
        lea.report("Printer on floor three is jammed").await;
        lea.report("VPN drops every few minutes").await;
        max.report("VPN drops every few minutes").await;
        let title = "vpn drops after some minutes";
        assert_eq!(numbers(&lea, title).await, ["INC-000002"], "{}", t.engine);
        assert_eq!(numbers(&max, title).await, ["INC-000003"], "{}", t.engine);
        assert_eq!(
            numbers(&admin, title).await,
            ["INC-000003", "INC-000002"],
            "{}",
            t.engine
        );
        for nothing in ["", "a -- b", "coffee machine is cold"] {
            assert!(numbers(&lea, nothing).await.is_empty(), "{nothing}");
        }

        let declared = json!({"headline": "VPN is down", "commander_id": admin.id});
        admin
            .post("/incidents/INC-3/major", declared)
            .await
            .expect(201);
        let body = json!({"title": "x"});
        let answer = lea.post("/incidents/suggestions", body).await.expect(200);
        assert_eq!(answer["major_incidents"][0]["headline"], "VPN is down");
        assert_eq!(of(&answer).len(), 0);
        let long = json!({"title": "x".repeat(501)});
        lea.post("/incidents/suggestions", long)
            .await
            .expect_code(422, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn an_agent_reads_what_solved_the_same_before() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let max = join(t, org, "max", "end_user").await;
        let stranger = join(t, other, "eve", "admin").await;
        stranger.report("Outlook loses the mailbox password").await;
        lea.report("Outlook loses the mailbox password").await;
        agent
            .post("/tickets/INC-1/start", json!({}))
            .await
            .expect(200);
        let note = json!({"resolution_note": "clear the stored credentials"});
        agent.post("/tickets/INC-1/resolve", note).await.expect(200);
        max.report("Outlook: mailbox password lost").await;
        max.report("Outlook mailbox password").await;
        agent
            .post("/tickets/INC-3/merge", json!({"into": "INC-2"}))
            .await
            .expect(200);

        let beside = "/incidents/INC-000002/suggestions";
        let answer = agent.get(beside).await.expect(200);
        assert_eq!(of(&answer), ["INC-000001"], "{}", t.engine);
        let first = &answer["similar"][0];
        assert_eq!(first["resolution_note"], "clear the stored credentials");
        let score = first["score"].as_f64().expect("a number");
        assert!((0.4..=1.0).contains(&score), "{score}");
        // Who may see the ticket sees no more beside it than anywhere else.
        assert_eq!(of(&max.get(beside).await.expect(200)), Vec::<String>::new());
        for who in [&lea, &stranger] {
            who.get(beside).await.expect_code(404, "RESOURCE_NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn the_most_alike_come_first_and_no_more_than_five() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("Scanner sends blurred documents").await;
        for n in 0..8 {
            agent.report(&format!("Scanner sends {n} documents")).await;
        }
        let found = numbers(&agent, "Scanner sends blurred documents").await;
        assert_eq!(found.len(), 5);
        assert_eq!(found[0], "INC-000001", "{}", t.engine);
        assert_eq!(found[1], "INC-000009", "newest first among equals");
    }
}
