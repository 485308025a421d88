//! Drafts: two tabs, one owner, bounds.

use crate::support::{Client, Reply, join, organization, send};
use serde_json::{Value, json};
use steward_db::{Executor, values};
use steward_kernel::Instant;
use steward_platform::clock;
use steward_testkit::TestApp;

/// PUT of a text; `if_match` empty means: not sent.
async fn keep(who: &Client<'_>, context: &str, if_match: &str, text: &str) -> Reply {
    let mut headers = vec![("authorization", who.bearer.as_str())];
    if !if_match.is_empty() {
        headers.push(("if-match", if_match));
    }
    let body = json!({"content": {"body": text}});
    send(
        who.t,
        "PUT",
        &format!("/api/v1/drafts/{context}"),
        &headers,
        Some(body),
    )
    .await
}

fn etag(reply: &Reply) -> String {
    reply.headers["etag"].to_str().expect("text").to_owned()
}

async fn text(who: &Client<'_>, context: &str) -> String {
    let draft = who.get(&format!("/drafts/{context}")).await.expect(200);
    draft["content"]["body"].as_str().expect("text").to_owned()
}

#[tokio::test]
async fn two_tabs_do_not_overwrite_each_other_silently() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let ticket = agent.report("VPN drops").await;
        let context = "reply:INC-000001";
        let begun = keep(&agent, context, "", "one").await;
        let first = etag(&begun);
        let canonical = format!("reply:{}", ticket["id"].as_str().expect("an id"));
        assert_eq!(
            begun.headers["location"],
            format!("/api/v1/drafts/{canonical}")
        );
        assert_eq!(begun.expect(201)["context"], canonical);

        keep(&agent, context, "", "other tab, knows nothing")
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let replaced = keep(&agent, &canonical, &first, "one two").await;
        let second = etag(&replaced);
        replaced.expect(200);
        keep(&agent, context, &first, "other tab, knows the first")
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        assert_eq!(text(&agent, context).await, "one two", "{}", t.engine);

        let path = format!("/api/v1/drafts/{context}");
        let headers = |tag| [("authorization", agent.bearer.as_str()), ("if-match", tag)];
        send(t, "DELETE", &path, &headers(&first), None)
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let gone = send(t, "DELETE", &path, &headers(&second), None).await;
        assert_eq!(gone.status, 204);
        agent
            .get(&format!("/drafts/{context}"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        keep(&agent, context, &second, "sent meanwhile")
            .await
            .expect_code(412, "PRECONDITION_FAILED");

        keep(&agent, context, "", "new").await.expect(201);
        for remembered in [first, second] {
            keep(&agent, context, &remembered, "from before")
                .await
                .expect_code(412, "PRECONDITION_FAILED");
        }
        keep(&agent, context, "*", "on purpose").await.expect(200);
    }
}

#[tokio::test]
async fn one_of_many_tabs_that_begin_at_once_wins() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        let tabs = (0..8).map(|n| {
            let user = user.clone();
            async move {
                keep(&user, "new_incident", "", &format!("tab {n}"))
                    .await
                    .status
                    .as_u16()
            }
        });
        let mut answers = futures::future::join_all(tabs).await;
        answers.sort_unstable();
        assert_eq!(
            answers,
            [201, 412, 412, 412, 412, 412, 412, 412],
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn a_draft_is_its_owners_alone_and_needs_a_ticket_in_sight() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let user = join(t, org, "lea", "end_user").await;
        let agent = join(t, org, "priya", "agent").await;
        let ticket = user.report("VPN drops").await;
        let id = ticket["id"].as_str().expect("an id");
        keep(&user, &format!("reply:{id}"), "", "mine")
            .await
            .expect(201);
        keep(&user, "new_incident", "", "next").await.expect(201);
        let list = user.get("/drafts").await.expect(200);
        let contexts: Vec<&Value> = list["data"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|d| &d["context"])
            .collect();
        assert_eq!(
            contexts,
            [&json!("new_incident"), &json!(format!("reply:{id}"))]
        );

        let strangers = [
            join(t, other, "root", "admin").await,
            join(t, org, "mallory", "end_user").await,
        ];
        for who in strangers.iter().chain([&agent]) {
            for context in [format!("reply:{id}"), "new_incident".to_owned()] {
                who.get(&format!("/drafts/{context}"))
                    .await
                    .expect_code(404, "RESOURCE_NOT_FOUND");
                who.delete(&format!("/drafts/{context}"))
                    .await
                    .expect_code(404, "RESOURCE_NOT_FOUND");
            }
            assert_eq!(who.get("/drafts").await.expect(200), json!({"data": []}));
        }
        for stranger in &strangers {
            keep(stranger, &format!("reply:{id}"), "", "x")
                .await
                .expect_code(404, "RESOURCE_NOT_FOUND");
        }
        keep(&agent, &format!("reply:{id}"), "", "the agent's own")
            .await
            .expect(201);
        assert_eq!(text(&user, &format!("reply:{id}")).await, "mine");
        for odd in ["reply", "note:INC-000001", "reply:INC-000099", "reply:x"] {
            keep(&user, odd, "", "x")
                .await
                .expect_code(404, "RESOURCE_NOT_FOUND");
        }
    }
}

/// Copies the only draft.
async fn multiply(t: &TestApp, copies: usize) {
    let copy = "INSERT INTO drafts (id, organization_id, user_id, context, content, version, created_at, updated_at)
        SELECT $1, organization_id, user_id, $2, content, 1, created_at, updated_at FROM drafts
        WHERE context = 'new_incident'";
    let tx = t.app.db.write("test").await.expect("open");
    for _ in 0..copies {
        let id = clock::new_id();
        let values = values![id, format!("reply:{id}")];
        tx.execute(copy, values).await.expect("copied");
    }
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn drafts_are_bounded_in_size_and_number_and_go_after_ninety_days() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        let overhead = json!({"body": ""}).to_string().len();
        let fits = "x".repeat(65_536 - overhead);
        let kept = keep(&user, "new_incident", "", &fits).await;
        let tag = etag(&kept);
        kept.expect(201);
        let problem = keep(&user, "new_incident", &tag, &format!("{fits}x"))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["field"], "content");
        let headers = [("authorization", user.bearer.as_str())];
        let odd = json!({"content": "text", "colour": "red"});
        send(t, "PUT", "/api/v1/drafts/new_incident", &headers, Some(odd))
            .await
            .expect_code(422, "VALIDATION_ERROR");

        user.report("VPN drops").await;
        multiply(t, 198).await;
        keep(&user, "reply:INC-1", "", "the last one")
            .await
            .expect(201);
        let problem = keep(&user, "internal:INC-1", "", "one too many")
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        assert!(problem["detail"].as_str().expect("text").contains("200"));
        let days = |n: i64| {
            let now: Instant = clock::now();
            now.checked_add(jiff::SignedDuration::from_hours(24 * n))
                .expect("a time")
        };
        steward_desk::drafts::sweep(&t.app, days(89))
            .await
            .expect("swept");
        let list = user.get("/drafts").await.expect(200);
        assert_eq!(list["data"].as_array().map(Vec::len), Some(200));
        steward_desk::drafts::sweep(&t.app, days(91))
            .await
            .expect("swept");
        assert_eq!(user.get("/drafts").await.expect(200), json!({"data": []}));
    }
}
