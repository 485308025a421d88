//! A single change of a ticket is taken back by whoever made it.

use crate::support::{join, organization};
use serde_json::{Value, json};
use steward_db::{Executor, time::to_db, values};
use steward_platform::clock;

const TICKET: &str = "/tickets/INC-1";
const UNDO: &str = "/tickets/INC-1/undo";

#[tokio::test]
async fn steps_assignments_and_fields_are_put_back() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let before = user.report("VPN drops").await;
        let facts = |ticket: &Value| {
            [
                "title",
                "status",
                "assignee",
                "priority",
                "impact",
                "tags",
                "requester",
                "hold_reason",
                "resolved_at",
                "resolution_code",
                "resolution_note",
                "parent",
            ]
            .map(|field| ticket[field].clone())
        };

        let patch =
            json!({"title": "Other", "impact": "low", "tags": ["a"], "requester_id": agent.id});
        agent.patch(TICKET, "*", patch).await.expect(200);
        let undone = agent.post(UNDO, json!({})).await.expect(200);
        assert_eq!(facts(&undone), facts(&before), "{}", t.engine);

        let mine = json!({"assignee_id": agent.id});
        agent.post("/tickets/INC-1/assign", mine).await.expect(200);
        let undone = agent.post(UNDO, json!({})).await.expect(200);
        assert_eq!(facts(&undone), facts(&before));

        agent
            .post("/tickets/INC-1/start", json!({}))
            .await
            .expect(200);
        let hold = json!({"reason": "waiting for a part"});
        let held = agent.post("/tickets/INC-1/hold", hold).await.expect(200);
        let resume = agent.post("/tickets/INC-1/resume", json!({})).await;
        assert!(resume.expect(200)["hold_reason"].is_null());
        let undone = agent.post(UNDO, json!({})).await.expect(200);
        assert_eq!(facts(&undone), facts(&held), "the reason is back too");
        agent
            .post("/tickets/INC-1/resume", json!({}))
            .await
            .expect(200);

        let note = json!({"resolution_note": "a new cable", "resolution_code": "workaround"});
        let resolved = agent.post("/tickets/INC-1/resolve", note).await.expect(200);
        let again = json!({"reason": "still drops"});
        let reopened = user.post("/tickets/INC-1/reopen", again).await.expect(200);
        assert_eq!(reopened["reopened_count"], 1);
        let undone = user.post(UNDO, json!({})).await.expect(200);
        assert_eq!(facts(&undone), facts(&resolved));
        assert_eq!(undone["reopened_count"], 0);

        // The timeline tells both, and what was said stays.
        let timeline = agent.get("/tickets/INC-1/timeline").await.expect(200);
        let items = timeline["data"].as_array().expect("items");
        assert!(items.iter().any(|item| item["body"] == "still drops"));
        let last = items.iter().rev().find(|item| item["field"] == "status");
        assert_eq!(last.expect("a change")["new"], "resolved");
    }
}

#[tokio::test]
async fn only_the_author_takes_back_and_only_what_nobody_has_touched_since() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Beta").await;
        let agent = join(t, org, "priya", "agent").await;
        let colleague = join(t, org, "jonas", "agent").await;
        let stranger = join(t, other, "sam", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let refused = "RESOURCE_CONFLICT";
        agent.post(UNDO, json!({})).await.expect_code(409, refused);

        agent
            .post("/tickets/INC-1/start", json!({}))
            .await
            .expect(200);
        colleague
            .post(UNDO, json!({}))
            .await
            .expect_code(409, refused);
        stranger
            .post(UNDO, json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let word = json!({"body": "I see it too", "visibility": "public"});
        user.post("/tickets/INC-1/comments", word).await.expect(201);
        agent.post(UNDO, json!({})).await.expect_code(409, refused);
        assert_eq!(agent.get(TICKET).await.expect(200)["status"], "in_progress");

        agent
            .patch(TICKET, "*", json!({"title": "Other"}))
            .await
            .expect(200);
        agent.post(UNDO, json!({})).await.expect(200);
        agent.post(UNDO, json!({})).await.expect_code(409, refused);

        // Ten minutes later it stays.
        agent
            .patch(TICKET, "*", json!({"title": "Other"}))
            .await
            .expect(200);
        let long_ago = clock::now() - std::time::Duration::from_secs(601);
        t.app
            .db
            .execute(
                "UPDATE ticket_undos SET created_at = $1",
                values![to_db(long_ago)],
            )
            .await
            .expect("updated");
        agent.post(UNDO, json!({})).await.expect_code(409, refused);
        assert_eq!(agent.get(TICKET).await.expect(200)["title"], "Other");
    }
}
