//! What belongs to a ticket: watchers, mentions, links, parents, tasks, merges, splits.

use crate::support::{join, organization};
use serde_json::{Value, json};

fn numbers(list: &Value) -> Vec<&str> {
    let data = list["data"].as_array().expect("a list");
    data.iter()
        .filter_map(|row| row["number"].as_str())
        .collect()
}

fn bodies(timeline: &Value) -> Vec<&str> {
    let data = timeline["data"].as_array().expect("a list");
    data.iter()
        .filter_map(|item| item["body"].as_str())
        .collect()
}

#[tokio::test]
async fn whoever_is_mentioned_or_added_watches_and_then_sees_the_ticket() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let friend = join(t, org, "omar", "end_user").await;
        user.report("VPN drops").await;
        friend
            .get("/tickets/INC-000001")
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");

        let said = json!({"body": "@Omar has it too", "visibility": "public"});
        agent
            .post("/tickets/INC-000001/comments", said)
            .await
            .expect(201);
        friend.get("/tickets/INC-000001").await.expect(200);
        let watchers = friend.get("/tickets/INC-000001/watchers").await.expect(200);
        assert_eq!(
            (
                &watchers["is_watching"],
                watchers["data"].as_array().expect("list").len()
            ),
            (&json!(true), 1)
        );

        let path = format!("/tickets/INC-000001/watchers/{}", friend.id);
        assert_eq!(friend.delete(&path).await.status, 204);
        friend
            .get("/tickets/INC-000001")
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        user.post(
            "/tickets/INC-000001/watchers",
            json!({"user_id": friend.id}),
        )
        .await
        .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        agent
            .post(
                "/tickets/INC-000001/watchers",
                json!({"user_id": friend.id}),
            )
            .await
            .expect(200);
        friend.get("/tickets/INC-000001").await.expect(200);
        let stranger = json!({"user_id": uuid::Uuid::nil()});
        agent
            .post("/tickets/INC-000001/watchers", stranger)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn links_are_seen_from_both_ends_and_only_where_the_other_end_is_seen() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        agent.report("Core router broken").await;
        let link = json!({"kind": "caused_by", "ticket": "inc-2"});
        let links = agent
            .post("/tickets/INC-000001/links", link.clone())
            .await
            .expect(200);
        assert_eq!(links["data"][0]["ticket"]["number"], "INC-000002");
        assert_eq!(links["data"][0]["is_outgoing"], true, "{}", t.engine);
        let again = agent
            .post("/tickets/INC-000001/links", link.clone())
            .await
            .expect(200);
        assert_eq!(again["data"].as_array().expect("list").len(), 1);
        let back = agent.get("/tickets/INC-000002/links").await.expect(200);
        assert_eq!(
            (
                &back["data"][0]["is_outgoing"],
                &back["data"][0]["ticket"]["number"]
            ),
            (&json!(false), &json!("INC-000001"))
        );
        let seen = user.get("/tickets/INC-000001/links").await.expect(200);
        assert_eq!(
            seen["data"],
            json!([]),
            "the requester does not see the other ticket"
        );
        user.post("/tickets/INC-000001/links", link)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let itself = json!({"kind": "relates_to", "ticket": "INC-000001"});
        agent
            .post("/tickets/INC-000001/links", itself)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let id = links["data"][0]["id"].as_str().expect("an id");
        assert_eq!(
            agent
                .delete(&format!("/tickets/INC-000002/links/{id}"))
                .await
                .status,
            204
        );
        agent
            .delete(&format!("/tickets/INC-000002/links/{id}"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(
            agent.get("/tickets/INC-000001/links").await.expect(200)["data"],
            json!([])
        );
    }
}

#[tokio::test]
async fn parents_make_no_circle_and_tasks_hang_below_their_ticket() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("One").await;
        user.report("Two").await;
        let child = agent
            .patch("/tickets/INC-000002", "*", json!({"parent": "INC-000001"}))
            .await
            .expect(200);
        assert_eq!(child["parent"]["number"], "INC-000001", "{}", t.engine);
        agent
            .patch("/tickets/INC-000001", "*", json!({"parent": "INC-000002"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        agent
            .patch("/tickets/INC-000001", "*", json!({"parent": "INC-000001"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(
            numbers(&agent.get("/tickets?parent=INC-000001").await.expect(200)),
            ["INC-000002"]
        );
        let freed = agent
            .patch("/tickets/INC-000002", "*", json!({"parent": null}))
            .await
            .expect(200);
        assert_eq!(freed["parent"], Value::Null);

        let task = json!({"title": "Order a cable", "assignee_id": agent.id});
        let task = agent
            .post("/tickets/INC-000001/tasks", task)
            .await
            .expect(201);
        assert_eq!(
            (&task["number"], &task["kind"], &task["status"]),
            (&json!("TSK-000001"), &json!("task"), &json!("assigned"))
        );
        assert_eq!(
            numbers(&agent.get("/tickets/INC-000001/tasks").await.expect(200)),
            ["TSK-000001"]
        );
        assert!(numbers(&user.get("/tickets/INC-000001/tasks").await.expect(200)).is_empty());
        let timeline = user.get("/tickets/INC-000001/timeline").await.expect(200);
        assert!(!timeline.to_string().contains("cable"), "{timeline}");
        let timeline = agent.get("/tickets/INC-000001/timeline").await.expect(200);
        assert!(timeline.to_string().contains("cable"), "{timeline}");
        user.post("/tickets/INC-000001/tasks", json!({"title": "x"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn a_merge_moves_words_and_watchers_and_can_be_taken_back() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        let omar = join(t, org, "omar", "end_user").await;
        lea.report("VPN drops").await;
        omar.report("No VPN here").await;
        let say = |text: &str| json!({"body": text, "visibility": "public"});
        omar.post("/tickets/INC-000002/comments", say("it is the tunnel"))
            .await
            .expect(201);

        omar.post("/tickets/INC-000002/merge", json!({"into": "INC-000001"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        agent
            .post("/tickets/INC-000002/merge", json!({"into": "INC-000002"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let stays = agent
            .post("/tickets/INC-000002/merge", json!({"into": "INC-000001"}))
            .await
            .expect(200);
        assert_eq!(stays["number"], "INC-000001");
        let gone = agent.get("/tickets/INC-000002").await.expect(200);
        assert_eq!(
            (&gone["status"], &gone["resolution_code"]),
            (&json!("closed"), &json!("duplicate")),
            "{}",
            t.engine
        );
        assert_eq!(gone["merged_into"]["number"], "INC-000001");
        let timeline = omar.get("/tickets/INC-000001/timeline").await.expect(200);
        assert_eq!(
            bodies(&timeline),
            ["it is the tunnel"],
            "the other requester follows"
        );
        let moved = timeline["data"]
            .as_array()
            .expect("items")
            .iter()
            .find(|i| i["body"].is_string())
            .expect("the comment");
        assert_eq!(moved["merged_from"], "INC-000002");
        assert!(timeline.to_string().contains("merged_from"));
        let found = omar.get("/search?q=tunnel").await.expect(200);
        assert_eq!(
            numbers(&found),
            ["INC-000001"],
            "words are found where they are now"
        );
        agent
            .post("/tickets/INC-000002/merge", json!({"into": "INC-000001"}))
            .await
            .expect_code(409, "TICKET_ALREADY_CLOSED");

        let back = agent.post("/tickets/INC-000002/unmerge", json!({})).await;
        let back = back.expect(200);
        assert_eq!(
            (&back["status"], &back["merged_into"]),
            (&json!("new"), &Value::Null)
        );
        assert!(bodies(&agent.get("/tickets/INC-000001/timeline").await.expect(200)).is_empty());
        assert_eq!(
            bodies(&agent.get("/tickets/INC-000002/timeline").await.expect(200)),
            ["it is the tunnel"]
        );
        agent
            .post("/tickets/INC-000002/unmerge", json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        assert_eq!(
            agent.get("/tickets?status=open").await.expect(200)["pagination"]["total"],
            2
        );
    }
}

#[tokio::test]
async fn a_chain_of_merges_comes_apart_in_the_order_in_which_it_was_made() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        for n in 1..=3 {
            agent.report(&format!("fault {n}")).await;
            let said = json!({"body": format!("said on {n}"), "visibility": "internal"});
            agent
                .post(&format!("/tickets/INC-{n}/comments"), said)
                .await
                .expect(201);
        }
        agent
            .post("/tickets/INC-1/merge", json!({"into": "INC-2"}))
            .await
            .expect(200);
        agent
            .post("/tickets/INC-2/merge", json!({"into": "INC-3"}))
            .await
            .expect(200);
        let all = agent.get("/tickets/INC-3/timeline").await.expect(200);
        assert_eq!(
            bodies(&all),
            ["said on 1", "said on 2", "said on 3"],
            "{}",
            t.engine
        );
        agent
            .post("/tickets/INC-2/unmerge", json!({}))
            .await
            .expect(200);
        assert_eq!(
            bodies(&agent.get("/tickets/INC-2/timeline").await.expect(200)),
            ["said on 1", "said on 2"]
        );
        agent
            .post("/tickets/INC-1/unmerge", json!({}))
            .await
            .expect(200);
        for n in 1..=3 {
            let timeline = agent
                .get(&format!("/tickets/INC-{n}/timeline"))
                .await
                .expect(200);
            assert_eq!(bodies(&timeline), [format!("said on {n}")]);
        }
    }
}

#[tokio::test]
async fn a_split_makes_a_linked_incident_and_never_shows_internal_words_to_the_requester() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let note = json!({"body": "the user is confused", "visibility": "internal"});
        agent
            .post("/tickets/INC-1/comments", note)
            .await
            .expect(201);
        let timeline = agent.get("/tickets/INC-1/timeline").await.expect(200);
        let comment = timeline["data"]
            .as_array()
            .expect("items")
            .iter()
            .find(|i| i["body"].is_string())
            .expect("it")["id"]
            .clone();
        let made = agent
            .post(
                "/tickets/INC-1/split",
                json!({"title": "Training", "comment_id": comment}),
            )
            .await
            .expect(201);
        assert_eq!(made["description"], "the user is confused");
        user.get("/tickets/INC-2")
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let links = agent.get("/tickets/INC-1/links").await.expect(200);
        assert_eq!(
            links["data"][0]["ticket"]["number"], "INC-000002",
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn an_author_changes_a_comment_and_its_earlier_text_is_kept() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        user.post(
            "/tickets/INC-1/comments",
            json!({"body": "frist", "visibility": "public"}),
        )
        .await
        .expect(201);
        let timeline = user.get("/tickets/INC-1/timeline").await.expect(200);
        let id = timeline["data"]
            .as_array()
            .expect("items")
            .iter()
            .find(|i| i["body"].is_string())
            .expect("it")["id"]
            .clone();
        let path = format!("/tickets/INC-1/comments/{}", id.as_str().expect("an id"));
        agent
            .patch(&path, "*", json!({"body": "mine"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        user.patch(&path, "*", json!({"body": "first"}))
            .await
            .expect(200);
        let timeline = user.get("/tickets/INC-1/timeline").await.expect(200);
        assert_eq!(bodies(&timeline), ["first"], "{}", t.engine);
        assert!(timeline["data"].to_string().contains("edited_at"));
        let earlier = agent.get(&format!("{path}/revisions")).await.expect(200);
        assert_eq!(earlier["data"][0]["body"], "frist");
    }
}
