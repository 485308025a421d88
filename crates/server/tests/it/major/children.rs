//! Incidents below a major incident: resolved with it, at once or by a job.

use super::{Cast, PATH, TICKET, cast, post, resolve};
use crate::support::{add_children, organization, run_job};
use serde_json::{Value, json};

#[tokio::test]
async fn child_incidents_are_resolved_with_their_parent_and_tasks_are_not() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let Cast {
            leader,
            agent,
            reporter,
            ..
        } = &cast(t, acme).await;
        for n in 2..=5 {
            reporter.report(&format!("no dial tone {n}")).await;
        }
        let parent = async |child: &str, parent: &str| {
            let path = format!("/tickets/{child}");
            agent
                .patch(&path, "*", json!({"parent": parent}))
                .await
                .expect(200)
        };
        // 2 and 3 are children, 4 a grandchild, 5 a child that is over already.
        parent("INC-000002", "INC-000001").await;
        parent("INC-000003", "INC-000001").await;
        parent("INC-000004", "INC-000003").await;
        parent("INC-000005", "INC-000001").await;
        post(
            agent,
            "/tickets/INC-000005/cancel",
            json!({"reason": "x"}),
            200,
        )
        .await;
        post(agent, "/tickets/INC-000003/start", json!({}), 200).await;
        post(
            agent,
            "/tickets/INC-000003/hold",
            json!({"reason": "see parent"}),
            200,
        )
        .await;
        let task = json!({"title": "call the carrier"});
        post(agent, &format!("{TICKET}/tasks"), task, 201).await;
        post(leader, PATH, json!({}), 201).await;
        let before = leader.get(PATH).await.expect(200);
        assert_eq!(before["children"], json!({"open": 2, "total": 3}));

        resolve(agent, TICKET).await;
        for number in ["INC-000002", "INC-000003", "INC-000004"] {
            let child = reporter
                .get(&format!("/tickets/{number}"))
                .await
                .expect(200);
            assert_eq!(child["status"], "resolved", "{number} on {}", t.engine);
            assert_eq!(child["resolution_code"], "workaround");
            assert_eq!(child["hold_reason"], Value::Null);
            let note = child["resolution_note"].as_str().expect("a note");
            assert!(note.starts_with("Resolved with INC-00000"), "{note}");
            assert!(note.ends_with("the line is back"), "{note}");
            assert!(child["resolved_at"].is_string());
            let timeline = agent
                .get(&format!("/tickets/{number}/timeline"))
                .await
                .expect(200);
            let mut items = timeline["data"].as_array().expect("items").iter();
            let last = items.rfind(|i| i["field"] == "status").expect("a change");
            assert_eq!(last["new"], "resolved");
            assert_eq!(last["actor"]["id"], json!(agent.id));
        }
        let task = agent.get("/tickets/TSK-000001").await.expect(200);
        assert_ne!(task["status"], "resolved");
        let over = agent.get("/tickets/INC-000005").await.expect(200);
        assert_eq!(over["status"], "cancelled");
        let after = leader.get(PATH).await.expect(200);
        assert_eq!(after["children"], json!({"open": 0, "total": 3}));
        // Only the major incident waits for a review.
        post(agent, "/tickets/INC-000002/close", json!({}), 200).await;
    }
}

#[tokio::test]
async fn more_children_than_one_transaction_takes_are_resolved_by_a_job() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let Cast { agent, .. } = &cast(t, acme).await;
        add_children(t, 430).await;
        resolve(agent, TICKET).await;
        let open = "SELECT count(*) AS n FROM tickets WHERE status = 'new'";
        assert_eq!(t.number(open).await, 230, "200 at once on {}", t.engine);
        run_job(t, "ticket_counts.fold").await;
        assert_eq!(t.number(open).await, 0, "the rest by the job");
    }
}
