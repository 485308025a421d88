//! How the priority of incidents is decided.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};

fn row(high: &str, medium: &str, low: &str) -> Value {
    json!({"high": high, "medium": medium, "low": low})
}

/// The documented matrix.
fn documented() -> Value {
    json!({
        "high": row("critical", "high", "medium"),
        "medium": row("high", "medium", "low"),
        "low": row("medium", "low", "low"),
    })
}

/// The new values of one field in a ticket's timeline, oldest first.
async fn history(client: &Client<'_>, number: &str, field: &str) -> Vec<(Value, Value)> {
    let timeline = client
        .get(&format!("/tickets/{number}/timeline"))
        .await
        .expect(200);
    let items = timeline["data"].as_array().expect("items").clone();
    items
        .into_iter()
        .filter(|item| item["field"] == field)
        .map(|item| (item["old"].clone(), item["new"].clone()))
        .collect()
}

#[tokio::test]
async fn an_organization_replaces_its_priority_matrix_and_new_priorities_follow_it() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let manager = join(t, acme, "tomas", "manager").await;
        let agent = join(t, acme, "priya", "agent").await;
        let other = join(t, organization(t, "Other").await, "eve", "admin").await;

        let start = agent.get("/priority-matrix").await.expect(200);
        assert_eq!(start["cells"], documented(), "{}", t.engine);
        assert_eq!(
            (start["version"].as_i64(), start["is_default"].as_bool()),
            (Some(0), Some(true))
        );
        let before = agent.report("reported before").await;
        assert_eq!(before["priority"], "high");

        let mut cells = documented();
        cells["high"]["medium"] = json!("low");
        let body = json!({"cells": cells});
        let reply = manager.put("/priority-matrix", "\"0\"", body.clone()).await;
        let tag = reply.headers["etag"].to_str().expect("text").to_owned();
        assert!(tag.starts_with("\"1-"), "version and digest: {tag}");
        let changed = reply.expect(200);
        assert_eq!(changed["cells"], cells);
        assert_eq!(changed["is_default"], false);
        assert_eq!(agent.get("/priority-matrix").await.expect(200), changed);
        manager
            .put("/priority-matrix", "\"0\"", body)
            .await
            .expect_code(412, "PRECONDITION_FAILED");

        assert_eq!(agent.report("reported after").await["priority"], "low");
        // Who has a priority keeps it until impact or urgency are touched.
        let path = "/tickets/INC-000001";
        let titled = agent.patch(path, "*", json!({"title": "renamed"})).await;
        assert_eq!(titled.expect(200)["priority"], "high");
        let touched = agent.patch(path, "*", json!({"urgency": "medium"})).await;
        assert_eq!(touched.expect(200)["priority"], "low");

        let elsewhere = other.get("/priority-matrix").await.expect(200);
        assert_eq!(elsewhere["cells"], documented(), "another tenant's");
        assert_eq!(other.report("elsewhere").await["priority"], "high");
    }
}

#[tokio::test]
async fn a_matrix_has_exactly_nine_cells_and_needs_the_permission() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let whole = json!({"cells": documented()});
        for role in ["agent", "end_user", "auditor", "incident_manager"] {
            let who = join(t, acme, role, role).await;
            who.put("/priority-matrix", "*", whole.clone())
                .await
                .expect_code(403, "INSUFFICIENT_PERMISSIONS");
            who.get("/priority-matrix").await.expect(200);
        }
        let mut short = whole.clone();
        short["cells"]["low"] = json!({"high": "low", "medium": "low"});
        let mut wide = whole.clone();
        wide["cells"]["low"]["none"] = json!("low");
        let mut odd = whole.clone();
        odd["cells"]["low"]["low"] = json!("urgent");
        for body in [short, wide, odd, json!({}), json!({"cells": null})] {
            let reply = admin.put("/priority-matrix", "*", body.clone()).await;
            reply.expect_code(422, "VALIDATION_ERROR");
        }
        let matrix = admin.get("/priority-matrix").await.expect(200);
        assert_eq!(matrix["version"], 0, "nothing was kept");
    }
}

#[tokio::test]
async fn a_priority_set_by_hand_says_why_survives_impact_and_is_given_back() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let agent = join(t, acme, "priya", "agent").await;
        let user = join(t, acme, "lea", "end_user").await;
        user.report("VPN drops").await;
        let path = "/tickets/INC-000001";
        let patch = async |body: Value| agent.patch(path, "*", body).await;

        let refused = patch(json!({"priority": "critical"})).await;
        let problem = refused.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["field"], "priority_reason");
        patch(json!({"priority_reason": "press"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        patch(json!({"priority": "urgent", "priority_reason": "press"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let endless = json!({"priority": "low", "priority_reason": "x".repeat(1001)});
        patch(endless).await.expect_code(422, "VALIDATION_ERROR");

        let set = patch(json!({"priority": "critical", "priority_reason": "press is here"}));
        let set = set.await.expect(200);
        assert_eq!(set["priority"], "critical", "{}", t.engine);
        assert_eq!(set["priority_is_manual"], true);
        assert_eq!(set["priority_reason"], "press is here");
        let seen = user.get(path).await.expect(200);
        assert_eq!(seen["priority_is_manual"], true);
        assert_eq!(seen["priority_reason"], Value::Null, "not for requesters");
        let kept = patch(json!({"impact": "low"})).await.expect(200);
        assert_eq!(
            (&kept["impact"], &kept["priority"]),
            (&json!("low"), &set["priority"])
        );

        let back = patch(json!({"priority": null})).await.expect(200);
        assert_eq!(back["priority"], "low", "low impact, medium urgency");
        assert_eq!(back["priority_is_manual"], false);
        assert_eq!(back["priority_reason"], Value::Null);

        let pair = |old: &str, new: &str| (json!(old), json!(new));
        assert_eq!(
            history(&agent, "INC-000001", "priority").await,
            [pair("high", "critical"), pair("critical", "low")]
        );
        assert_eq!(
            history(&agent, "INC-000001", "priority_reason").await,
            [
                (Value::Null, json!("press is here")),
                (json!("press is here"), Value::Null)
            ]
        );
        let theirs = user.get(&format!("{path}/timeline")).await.expect(200);
        assert!(!theirs.to_string().contains("press"), "{theirs}");
        user.patch(path, "*", json!({"priority": null}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn an_assessment_gives_levels_priority_and_reasons_and_keeps_nothing() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let user = join(t, acme, "lea", "end_user").await;
        let assess = async |body: Value| user.post("/incidents/assess", body).await.expect(200);

        // What is sent, then impact, urgency and priority.
        let table = [
            (json!({}), ["low", "low", "low"]),
            (json!({"affected_users": 10}), ["low", "low", "low"]),
            (json!({"affected_users": 11}), ["medium", "low", "low"]),
            (json!({"affected_users": 100}), ["medium", "low", "low"]),
            (json!({"affected_users": 101}), ["high", "low", "medium"]),
            (
                json!({"business_criticality": "critical"}),
                ["high", "low", "medium"],
            ),
            (
                json!({"business_criticality": "high"}),
                ["medium", "low", "low"],
            ),
            (
                json!({"business_criticality": "low"}),
                ["low", "low", "low"],
            ),
            (json!({"critical_service": true}), ["high", "low", "medium"]),
            (json!({"work_stopped": true}), ["low", "high", "medium"]),
            (json!({"deadline_minutes": 239}), ["low", "high", "medium"]),
            (json!({"deadline_minutes": 240}), ["low", "medium", "low"]),
            (json!({"deadline_minutes": 1439}), ["low", "medium", "low"]),
            (json!({"deadline_minutes": 1440}), ["low", "low", "low"]),
            (
                json!({"productivity": "significantly_reduced"}),
                ["low", "high", "medium"],
            ),
            (
                json!({"productivity": "significantly_reduced", "has_workaround": true}),
                ["low", "medium", "low"],
            ),
            (
                json!({"affected_users": 101, "work_stopped": true}),
                ["high", "high", "critical"],
            ),
        ];
        for (body, [impact, urgency, priority]) in table {
            let got = assess(body.clone()).await;
            let levels = [&got["impact"], &got["urgency"], &got["priority"]];
            assert_eq!(
                levels,
                [impact, urgency, priority],
                "{body} on {}",
                t.engine
            );
            for part in ["impact", "urgency", "priority"] {
                let reasons = got["reasons"][part].as_array().expect("reasons");
                assert!(!reasons.is_empty(), "{part} of {body}");
            }
        }
        let got = assess(json!({"affected_users": 120, "work_stopped": true})).await;
        assert_eq!(
            got["reasons"]["impact"],
            json!(["120 users are affected, more than 100"])
        );
        assert_eq!(got["reasons"]["urgency"], json!(["work has stopped"]));
        assert_eq!(
            got["reasons"]["priority"],
            json!(["high impact with high urgency is critical in the priority matrix"])
        );

        // The priority is the organization's own.
        let admin = join(t, acme, "ines", "admin").await;
        let mut cells = documented();
        cells["high"]["high"] = json!("medium");
        let replaced = admin.put("/priority-matrix", "*", json!({"cells": cells}));
        replaced.await.expect(200);
        let worst = json!({"affected_users": 101, "work_stopped": true});
        assert_eq!(assess(worst).await["priority"], "medium");
        assert_eq!(
            user.get("/tickets").await.expect(200)["pagination"]["total"],
            0
        );
    }
}

#[tokio::test]
async fn an_assessment_refuses_what_it_cannot_weigh_and_who_may_not_report() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let user = join(t, acme, "lea", "end_user").await;
        for body in [
            json!({"affected_users": -1}),
            json!({"affected_users": 1_000_000_001}),
            json!({"deadline_minutes": -1}),
            json!({"deadline_minutes": 1_000_000_001}),
            json!({"business_criticality": "huge"}),
            json!({"productivity": "gone"}),
            json!({"work_stopped": "yes"}),
            json!({"users": 5}),
        ] {
            let reply = user.post("/incidents/assess", body.clone()).await;
            reply.expect_code(422, "VALIDATION_ERROR");
        }
        let auditor = join(t, acme, "marta", "auditor").await;
        auditor
            .post("/incidents/assess", json!({}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}
