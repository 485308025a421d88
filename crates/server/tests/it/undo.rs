//! A single change of a ticket is taken back by whoever made it.

use crate::support::{Client, add_children, join, organization, work};
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

#[tokio::test]
async fn a_move_to_a_team_that_is_taken_back_counts_as_none() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "admin").await;
        agent.report("VPN drops").await;
        let mut teams = Vec::new();
        for name in ["Desk", "Network"] {
            let team = agent.post("/teams", json!({"name": name})).await;
            teams.push(team.expect(201)["id"].clone());
        }
        let give = async |team: usize| {
            let body = json!({"team_id": teams[team]});
            let given = agent.post("/tickets/INC-1/assign", body).await.expect(200);
            given["reassignment_count"].clone()
        };
        assert_eq!([give(0).await, give(1).await], [0, 1]);
        let undone = agent.post(UNDO, json!({})).await.expect(200);
        assert_eq!(
            (&undone["team"]["name"], &undone["reassignment_count"]),
            (&json!("Desk"), &json!(0)),
            "{}",
            t.engine
        );
        assert_eq!(give(1).await, 1, "the next move counts again");

        let bulk = json!({"tickets": ["INC-1"], "assign": {"team_id": teams[0]}});
        let done = agent.post("/tickets/bulk", bulk).await.expect(200);
        assert_eq!(agent.get(TICKET).await.expect(200)["reassignment_count"], 2);
        let path = format!(
            "/tickets/bulk/{}/undo",
            done["undo_id"].as_str().expect("an id")
        );
        agent.post(&path, json!({})).await.expect(200);
        assert_eq!(agent.get(TICKET).await.expect(200)["reassignment_count"], 1);
    }
}

/// A ticket with the numbers of its children below it.
async fn family(who: &Client<'_>, tree: &[(u8, u8)]) {
    for (child, parent) in tree {
        let body = json!({"parent": format!("INC-{parent}")});
        let path = format!("/tickets/INC-{child}");
        who.patch(&path, "*", body).await.expect(200);
    }
}

/// Status and resolution of the first tickets.
async fn states(who: &Client<'_>, tickets: u8) -> Vec<(String, Value)> {
    let mut states = Vec::new();
    for n in 1..=tickets {
        let ticket = who.get(&format!("/tickets/INC-{n}")).await.expect(200);
        let status = ticket["status"].as_str().expect("a status").to_owned();
        states.push((status, ticket["resolution_note"].clone()));
    }
    states
}

#[tokio::test]
async fn what_was_resolved_with_its_parent_is_put_back_with_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        for n in 1..=6 {
            user.report(&format!("Fault {n}")).await;
        }
        // 2, 3 and 6 are children, 4 a grandchild; 5 is nobody's.
        family(&agent, &[(2, 1), (3, 1), (4, 3), (6, 1)]).await;
        let note = |text: &str| json!({"resolution_note": text, "resolution_code": "solved"});
        for n in [1, 3, 6] {
            let path = format!("/tickets/INC-{n}/start");
            agent.post(&path, json!({})).await.expect(200);
        }
        let own = agent.post("/tickets/INC-6/resolve", note("its own")).await;
        own.expect(200);
        let hold = json!({"reason": "waits for a part"});
        agent.post("/tickets/INC-3/hold", hold).await.expect(200);
        let before = states(&agent, 6).await;

        for is_bulk in [false, true] {
            let undo = if is_bulk {
                let step = json!({"verb": "resolve", "resolution_note": "a new cable"});
                let bulk = json!({"tickets": ["INC-1", "INC-2"], "step": step});
                let done = agent.post("/tickets/bulk", bulk).await.expect(200);
                format!(
                    "/tickets/bulk/{}/undo",
                    done["undo_id"].as_str().expect("an id")
                )
            } else {
                let done = agent
                    .post("/tickets/INC-1/resolve", note("a new cable"))
                    .await;
                done.expect(200);
                UNDO.to_owned()
            };
            let resolved = states(&agent, 6).await;
            for child in [1, 2, 3] {
                assert_eq!(resolved[child].0, "resolved", "{} {is_bulk}", t.engine);
            }
            agent.post(&undo, json!({})).await.expect(200);
            assert_eq!(states(&agent, 6).await, before, "{} {is_bulk}", t.engine);
            let held = agent.get("/tickets/INC-3").await.expect(200);
            assert_eq!(held["hold_reason"], "waits for a part");
        }
        let now = clock::now();
        let report = steward_desk::sla::rebuild(&t.app, true, now).await;
        assert_eq!(report.expect("compared").differences, Vec::<String>::new());

        // A child that somebody touched stays as it is; the others go back.
        let done = agent
            .post("/tickets/INC-1/resolve", note("a new cable"))
            .await;
        done.expect(200);
        let again = json!({"reason": "still drops"});
        user.post("/tickets/INC-2/reopen", again).await.expect(200);
        agent.post(UNDO, json!({})).await.expect(200);
        let after = states(&agent, 6).await;
        assert_eq!(after[1].0, "in_progress");
        assert_eq!((&after[0], &after[2..]), (&before[0], &before[2..]));

        // Of two resolutions only the last is taken back.
        let done = agent
            .post("/tickets/INC-1/resolve", note("a new cable"))
            .await;
        done.expect(200);
        let again = json!({"reason": "still drops"});
        user.post("/tickets/INC-1/reopen", again).await.expect(200);
        let done = agent
            .post("/tickets/INC-1/resolve", note("another cable"))
            .await;
        done.expect(200);
        agent.post(UNDO, json!({})).await.expect(200);
        let after = states(&agent, 6).await;
        let words: Vec<_> = after.iter().map(|(status, _)| status.as_str()).collect();
        let expected = [
            "in_progress",
            "resolved",
            "resolved",
            "resolved",
            "new",
            "resolved",
        ];
        assert_eq!(words, expected, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_large_family_is_put_back_to_its_last_child() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("The network is down").await;
        // More than one transaction resolves and puts back.
        add_children(t, 205).await;
        agent
            .post("/tickets/INC-1/start", json!({}))
            .await
            .expect(200);
        let is = async |status: &str| {
            let sql = format!("SELECT count(*) FROM tickets WHERE status = '{status}'");
            t.number(&sql).await
        };
        let note = json!({"resolution_note": "a new cable", "resolution_code": "solved"});
        let done = agent.post("/tickets/INC-1/resolve", note).await;
        done.expect(200);
        work(t).await;
        assert_eq!(is("resolved").await, 206, "{}", t.engine);
        agent.post(UNDO, json!({})).await.expect(200);
        work(t).await;
        assert_eq!((is("new").await, is("resolved").await), (205, 0));
    }
}
