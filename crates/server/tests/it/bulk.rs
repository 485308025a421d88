//! Bulk actions: what they could not do, a dry run, undo.

use crate::lists::report;
use crate::support::{join, organization};
use serde_json::{Value, json};

#[tokio::test]
async fn a_bulk_action_names_what_it_could_not_do_and_is_undone_where_nobody_went_on() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        for n in 0..4 {
            report(&user, &format!("fault {n}"), json!({"tags": ["old"]})).await;
        }
        let action = json!({
            "tickets": ["INC-1", "INC-2", "INC-3", "INC-99"],
            "assign": {"assignee_id": agent.id},
            "add_tags": ["vpn"], "remove_tags": ["old"],
        });
        user.post("/tickets/bulk", action.clone()).await.expect(200)["data"]
            .as_array()
            .expect("outcomes")
            .iter()
            .for_each(|o| assert_eq!(o["is_done"], false, "{o}"));
        let result = agent.post("/tickets/bulk", action).await.expect(200);
        assert_eq!(result["done"], 3, "{result}");
        assert_eq!(result["data"][3]["code"], "RESOURCE_NOT_FOUND");
        assert_eq!(result["data"][3]["reason_code"], Value::Null);
        // A value that is not right is named with its field.
        let wrong = json!({"tickets": ["INC-1"], "assign": {"assignee_id": steward_platform::clock::new_id()}});
        let refused = agent.post("/tickets/bulk", wrong).await.expect(200);
        let outcome = &refused["data"][0];
        assert_eq!(outcome["reason_code"], "unknown_value", "{outcome}");
        assert_eq!(outcome["reason_params"], json!({"field": "assignee_id"}));
        // The single ticket says the same.
        let resume = agent.post("/tickets/INC-1/resume", json!({})).await;
        let problem = resume.expect_code(409, "INVALID_STATUS_TRANSITION");
        assert_eq!(problem["reason_code"], "wrong_status", "{problem}");
        assert_eq!(
            problem["reason_params"],
            json!({"verb": "resume", "status": "assigned"})
        );
        let one = agent.get("/tickets/INC-1").await.expect(200);
        assert_eq!(
            (&one["status"], &one["tags"]),
            (&json!("assigned"), &json!(["vpn"]))
        );

        agent
            .patch("/tickets/INC-2", "*", json!({"title": "gone on"}))
            .await
            .expect(200);
        let path = format!(
            "/tickets/bulk/{}/undo",
            result["undo_id"].as_str().expect("an id")
        );
        user.post(&path, json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let undone = agent.post(&path, json!({})).await.expect(200);
        let done: Vec<_> = undone["data"]
            .as_array()
            .expect("outcomes")
            .iter()
            .map(|o| o["is_done"].clone())
            .collect();
        assert_eq!(done, [true, false, true], "{undone}");
        let one = agent.get("/tickets/INC-1").await.expect(200);
        assert_eq!(
            (&one["status"], &one["assignee"], &one["tags"]),
            (&json!("new"), &Value::Null, &json!(["old"]))
        );
        agent
            .post(&path, json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");

        let hold = json!({"tickets": ["INC-2", "INC-4"], "step": {"verb": "hold", "comment": "parts ordered"}});
        let result = agent.post("/tickets/bulk", hold).await.expect(200);
        assert_eq!(
            (&result["data"][0]["is_done"], &result["data"][1]["code"]),
            (&json!(true), &json!("INVALID_STATUS_TRANSITION"))
        );
        agent
            .post("/tickets/bulk", json!({"tickets": []}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        agent
            .post("/tickets/bulk", json!({"tickets": ["INC-1"]}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn a_bulk_action_by_filters_is_tried_first_and_then_done() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        for title in ["VPN one", "VPN two", "Printer"] {
            user.report(title).await;
        }
        for verb in ["start", "resolve"] {
            let body = json!({"resolution_note": "done"});
            let body = if verb == "start" { json!({}) } else { body };
            agent
                .post(&format!("/tickets/INC-2/{verb}"), body)
                .await
                .expect(200);
        }
        let step = json!({"verb": "start"});
        let mut action = json!({"filters": {"search": "vpn"}, "step": step, "dry_run": true});
        let events = "SELECT count(*) || '' FROM events";
        let before = t.text(events).await;
        let tried = agent
            .post("/tickets/bulk", action.clone())
            .await
            .expect(200);
        assert_eq!(
            t.text(events).await,
            before,
            "nothing is left on {}",
            t.engine
        );
        assert_eq!((&tried["done"], &tried["refused"]), (&json!(1), &json!(1)));
        assert_eq!(
            (&tried["is_dry_run"], &tried["undo_id"]),
            (&json!(true), &Value::Null)
        );
        assert_eq!(tried["data"][1]["ticket"], "INC-000002");
        assert_eq!(tried["data"][1]["code"], "INVALID_STATUS_TRANSITION");
        assert_eq!(
            (
                &tried["data"][1]["reason_code"],
                &tried["data"][1]["reason_params"]
            ),
            (
                &json!("wrong_status"),
                &json!({"verb": "start", "status": "resolved"})
            )
        );
        assert_eq!(
            tried["data"][1]["reason"],
            "it is resolved, and only a ticket that is new or assigned can be started"
        );
        assert_eq!(tried["data"][0]["reason_params"], json!({}));
        let seen = agent.get("/tickets/INC-1").await.expect(200);
        assert_eq!(
            (&seen["status"], &seen["version"]),
            (&json!("new"), &json!(1))
        );

        action["dry_run"] = json!(false);
        let done = agent.post("/tickets/bulk", action).await.expect(200);
        assert_eq!(done["data"], tried["data"], "as it was tried");
        assert!(done["undo_id"].is_string());
        let seen = agent.get("/tickets/INC-1").await.expect(200);
        assert_eq!(seen["status"], "in_progress");

        let tags = json!(["x"]);
        for (wrong, field) in [
            (json!({"add_tags": tags}), "tickets"),
            (
                json!({"add_tags": tags, "tickets": ["INC-1"], "filters": {}}),
                "tickets",
            ),
            (json!({"add_tags": tags, "tickets": []}), "tickets"),
            (
                json!({"add_tags": tags, "tickets": vec!["INC-1"; 1001]}),
                "tickets",
            ),
            (
                json!({"add_tags": tags, "filters": {"colour": "red"}}),
                "filters.colour",
            ),
            (
                json!({"add_tags": tags, "filters": {"status": "x"}}),
                "filters.status",
            ),
            // Whether or not there are such tickets.
            (
                json!({"tickets": ["INC-99"], "step": {"verb": "jump"}}),
                "step.verb",
            ),
            (
                json!({"tickets": ["INC-99"], "step": ["start", null, null]}),
                "step",
            ),
            (
                json!({"tickets": ["INC-99"], "patch": {"priority": "high", "priority_reason": " "}}),
                "patch.priority_reason",
            ),
        ] {
            let problem = agent
                .post("/tickets/bulk", wrong)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        }
        // A requester's filters reach no further than the requester.
        let stranger = join(t, org, "mallory", "end_user").await;
        let all = json!({"filters": {}, "step": {"verb": "cancel", "comment": "x"}});
        let none = stranger.post("/tickets/bulk", all).await.expect(200);
        assert_eq!(none["data"], json!([]));
    }
}
