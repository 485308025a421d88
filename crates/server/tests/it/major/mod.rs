//! Major incidents: command, status feed, children, review.

mod children;
mod refusals;

use crate::support::{Client, join, organization, run_job};
use serde_json::{Value, json};
use steward_db::{Executor, time::to_db, values};
use steward_kernel::Instant;
use steward_kernel::id::OrganizationId;
use steward_platform::clock;
use steward_testkit::TestApp;

const PATH: &str = "/incidents/INC-000001/major";
const TICKET: &str = "/tickets/INC-000001";

struct Cast<'a> {
    leader: Client<'a>,
    agent: Client<'a>,
    reporter: Client<'a>,
    colleague: Client<'a>,
}

/// An organization whose first incident was reported by `reporter`.
async fn cast<'a>(t: &'a TestApp, acme: OrganizationId) -> Cast<'a> {
    let cast = Cast {
        leader: join(t, acme, "mona", "incident_manager").await,
        agent: join(t, acme, "priya", "agent").await,
        reporter: join(t, acme, "lea", "end_user").await,
        colleague: join(t, acme, "omar", "end_user").await,
    };
    cast.reporter.report("private words of Lea").await;
    cast
}

async fn post(client: &Client<'_>, path: &str, body: Value, status: u16) -> Value {
    client.post(path, body).await.expect(status)
}

/// Starts and resolves a ticket.
async fn resolve(client: &Client<'_>, path: &str) -> Value {
    post(client, &format!("{path}/start"), json!({}), 200).await;
    let note = json!({"resolution_note": "the line is back", "resolution_code": "workaround"});
    post(client, &format!("{path}/resolve"), note, 200).await
}

fn review() -> Value {
    json!({
        "outcome": "two hours without telephones",
        "timeline_notes": "07:10 the first call",
        "root_cause": "a cable was cut",
        "lessons": "order a second line",
        "actions": [{"title": "order it", "due_on": "2027-01-31"}, {"title": "tell the board"}],
    })
}

fn allowed<'a>(view: &'a Value, verb: &str) -> Option<&'a str> {
    let actions = view["allowed_actions"].as_array().expect("actions");
    let action = actions
        .iter()
        .find(|a| a["verb"] == verb)
        .expect("the verb");
    assert_eq!(action["allowed"] == true, action["reason"].is_null());
    action["reason"].as_str()
}

fn minutes_between(view: &Value, from: &str, to: &str) -> i64 {
    let at = |name: &str| -> Instant { serde_json::from_value(view[name].clone()).expect(name) };
    at(to).duration_since(at(from)).as_mins()
}

#[tokio::test]
async fn a_major_incident_is_declared_told_about_resolved_reviewed_and_closed() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let Cast {
            leader,
            agent,
            reporter,
            colleague,
        } = &cast(t, acme).await;

        // The incident itself tells who may declare it, so that nobody is offered it in vain.
        let before = leader.get(TICKET).await.expect(200);
        assert_eq!(allowed(&before, "declare_major"), None);
        let refused = agent.get(TICKET).await.expect(200);
        assert!(
            allowed(&refused, "declare_major").is_some_and(|r| r.contains("major_incident:manage"))
        );
        let body = json!({"headline": "Telephones are down", "commander_id": agent.id, "cadence_minutes": 45});
        let reply = leader.post(PATH, body).await;
        assert!(
            reply.headers["location"]
                .to_str()
                .expect("text")
                .ends_with("/major")
        );
        let tag = reply.headers["etag"].to_str().expect("text").to_owned();
        assert!(tag.starts_with("\"1-"), "version and digest: {tag}");
        let declared = reply.expect(201);
        assert_eq!(declared["is_major"], true, "{}", t.engine);
        assert_eq!(declared["commander"]["id"], json!(agent.id));
        assert_eq!(declared["review_state"], "pending");
        assert_eq!(
            minutes_between(&declared, "declared_at", "next_update_due_at"),
            45
        );
        assert_eq!(agent.get(PATH).await.expect(200)["version"], 1);
        let ticket = agent.get(TICKET).await.expect(200);
        assert_eq!(
            (&ticket["is_major"], &ticket["review_state"]),
            (&json!(true), &json!("pending"))
        );
        let again = leader.get(TICKET).await.expect(200);
        assert!(allowed(&again, "declare_major").is_some_and(|r| r.contains("already")));

        // The commander tells the stakeholders; the due moves on.
        let said = post(
            agent,
            &format!("{PATH}/updates"),
            json!({"body": "We **found** the cut"}),
            201,
        )
        .await;
        assert!(
            said["body_html"]
                .as_str()
                .expect("html")
                .contains("<strong>found</strong>")
        );
        let now = agent.get(PATH).await.expect(200);
        assert_eq!(now["version"], 2);
        assert!(now["next_update_due_at"].as_str() > declared["next_update_due_at"].as_str());
        let change = json!({"cadence_minutes": 15, "commander_id": leader.id});
        let changed = leader.patch(PATH, "\"2\"", change).await.expect(200);
        assert_eq!(changed["commander"]["id"], json!(leader.id));
        let moved = |view: &Value| -> Instant {
            serde_json::from_value(view["next_update_due_at"].clone()).expect("a due")
        };
        assert_eq!(moved(&now).duration_since(moved(&changed)).as_mins(), 30);

        // Everyone in the organization reads headline and updates, nobody else the ticket.
        for who in [colleague, reporter] {
            let feed = who.get("/major-incidents?state=active").await.expect(200);
            assert_eq!(feed["pagination"]["total"], 1);
            let row = &feed["data"][0];
            assert_eq!(row["headline"], "Telephones are down");
            assert_eq!(row["state"], "active");
            assert_eq!(row["latest_update"]["body"], "We **found** the cut");
            assert!(row["next_update_due_at"].is_string());
            assert!(!feed.to_string().contains("private"), "{feed}");
            let updates = who.get(&format!("{PATH}/updates")).await.expect(200);
            assert_eq!(updates["data"][0]["id"], said["id"]);
        }
        colleague
            .get(TICKET)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        colleague
            .get(PATH)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");

        let resolved = resolve(agent, TICKET).await;
        assert!(
            allowed(&resolved, "close")
                .expect("refused")
                .contains("review")
        );
        assert_eq!(
            leader.get(PATH).await.expect(200)["next_update_due_at"],
            Value::Null
        );
        for (who, verb) in [(agent, "close"), (reporter, "confirm")] {
            let refused = who.post(&format!("{TICKET}/{verb}"), json!({})).await;
            let problem = refused.expect_code(409, "RESOURCE_CONFLICT");
            let detail = problem["detail"].as_str().expect("a detail");
            assert!(detail.contains("major/review"), "{detail}");
        }
        let reviewed = leader
            .put(&format!("{PATH}/review"), "\"3\"", review())
            .await;
        let reviewed = reviewed.expect(200);
        assert_eq!(reviewed["review_state"], "completed");
        assert_eq!(reviewed["review"]["root_cause"], "a cable was cut");
        assert_eq!(reviewed["review"]["actions"][0]["due_on"], "2027-01-31");
        assert_eq!(reviewed["review"]["reviewed_by"]["id"], json!(leader.id));
        let mine = reporter.get(PATH).await.expect(200);
        assert_eq!(
            mine["review"],
            Value::Null,
            "the review is not for requesters"
        );
        let closed = post(reporter, &format!("{TICKET}/confirm"), json!({}), 200).await;
        assert_eq!(closed["status"], "closed");
        leader
            .put(&format!("{PATH}/review"), "*", review())
            .await
            .expect_code(409, "TICKET_ALREADY_CLOSED");
        let feed = colleague
            .get("/major-incidents?state=resolved")
            .await
            .expect(200);
        assert_eq!(feed["data"][0]["state"], "resolved");
        let active = colleague
            .get("/major-incidents?state=active")
            .await
            .expect(200);
        assert_eq!(active["pagination"]["total"], 0);

        let timeline = agent.get(&format!("{TICKET}/timeline")).await.expect(200);
        let fields: Vec<&str> = timeline["data"]
            .as_array()
            .expect("items")
            .iter()
            .filter_map(|i| i["field"].as_str())
            .collect();
        for field in [
            "is_major",
            "commander",
            "cadence_minutes",
            "stakeholder_update",
            "review",
        ] {
            assert!(fields.contains(&field), "{field} in {fields:?}");
        }
    }
}

#[tokio::test]
async fn what_was_declared_in_error_is_stood_down_and_can_be_declared_again() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let Cast {
            leader,
            agent,
            colleague,
            reporter,
        } = &cast(t, acme).await;
        let declared = post(leader, PATH, json!({}), 201).await;
        assert_eq!(declared["commander"]["id"], json!(leader.id));
        assert_eq!(declared["headline"], "private words of Lea");
        assert_eq!(
            minutes_between(&declared, "declared_at", "next_update_due_at"),
            30
        );
        leader
            .post(PATH, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        reporter
            .post(&format!("{TICKET}/cancel"), json!({"reason": "x"}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        reporter.report("another").await;
        agent
            .post(&format!("{TICKET}/merge"), json!({"into": "INC-000002"}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");

        let reason = json!({"reason": "only one floor"});
        leader
            .delete_with(PATH, "\"7\"", reason.clone())
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let blank = leader.delete_with(PATH, "*", json!({"reason": " "})).await;
        blank.expect_code(422, "VALIDATION_ERROR");
        let done = leader.delete_with(PATH, "\"1\"", reason).await;
        assert_eq!(done.status.as_u16(), 204, "{}", t.engine);
        let after = leader.get(PATH).await.expect(200);
        assert_eq!(
            (&after["is_major"], &after["review_state"]),
            (&json!(false), &Value::Null)
        );
        assert_eq!(after["stand_down_reason"], "only one floor");
        assert_eq!(after["stood_down_by"]["id"], json!(leader.id));
        assert_eq!(after["next_update_due_at"], Value::Null);
        let feed = colleague.get("/major-incidents").await.expect(200);
        assert_eq!(feed["pagination"]["total"], 0);
        colleague
            .get(&format!("{PATH}/updates"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");

        let again = post(leader, PATH, json!({"headline": "Again"}), 201).await;
        assert_eq!(
            (&again["version"], &again["stand_down_reason"]),
            (&json!(3), &Value::Null)
        );
        let reason = json!({"reason": "no"});
        let done = leader.delete_with(PATH, "*", reason).await;
        assert_eq!(done.status.as_u16(), 204);
        resolve(agent, TICKET).await;
        let closed = post(agent, &format!("{TICKET}/close"), json!({}), 200).await;
        assert_eq!(closed["status"], "closed", "no review is needed");
        leader
            .post(PATH, json!({}))
            .await
            .expect_code(409, "INVALID_STATUS_TRANSITION");
    }
}

#[tokio::test]
async fn feeds_are_walked_by_page_and_by_cursor() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let Cast {
            leader, colleague, ..
        } = &cast(t, acme).await;
        post(leader, PATH, json!({}), 201).await;
        for n in 0..5 {
            post(
                leader,
                &format!("{PATH}/updates"),
                json!({"body": n.to_string()}),
                201,
            )
            .await;
        }
        for n in 2..5 {
            leader.report("more").await;
            post(
                leader,
                &format!("/incidents/INC-{n:06}/major"),
                json!({}),
                201,
            )
            .await;
        }
        let updates = format!("{PATH}/updates");
        for (path, name, expected) in [
            (updates.as_str(), "body", "4 3 2 1 0"),
            (
                "/major-incidents",
                "number",
                "INC-000004 INC-000003 INC-000002 INC-000001",
            ),
        ] {
            let mut seen = Vec::new();
            let mut next = format!("{path}?per_page=2");
            loop {
                let page = colleague.get(&next).await.expect(200);
                for row in page["data"].as_array().expect("rows") {
                    seen.push(row[name].as_str().expect(name).to_owned());
                }
                let Some(cursor) = page["pagination"]["next_cursor"].as_str() else {
                    break;
                };
                next = format!("{path}?per_page=2&cursor={cursor}");
            }
            assert_eq!(seen.join(" "), expected, "{}", t.engine);
            let beyond = colleague.get(&format!("{path}?page=401")).await;
            beyond.expect_code(422, "VALIDATION_ERROR");
            let second = colleague.get(&format!("{path}?per_page=2&page=2")).await;
            assert_eq!(second.expect(200)["data"][0][name], json!(seen[2]));
        }
    }
}

#[tokio::test]
async fn the_commander_is_reminded_once_per_due() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let Cast { leader, agent, .. } = &cast(t, acme).await;
        post(leader, PATH, json!({}), 201).await;
        let reminders = "SELECT count(*) AS n FROM events WHERE name = 'major_incident.update_overdue' AND actor_id IS NULL";
        let remind = async || {
            run_job(t, "major_incidents.remind").await;
            t.number(reminders).await
        };
        let overdue = async || {
            let sql = "UPDATE major_incidents SET next_update_due_at = $1";
            t.app
                .db
                .execute(sql, values![to_db(clock::now())])
                .await
                .expect("due");
        };
        assert_eq!(remind().await, 0, "not due yet");
        overdue().await;
        assert_eq!(remind().await, 1, "{}", t.engine);
        assert_eq!(remind().await, 1, "once");
        post(
            leader,
            &format!("{PATH}/updates"),
            json!({"body": "still at it"}),
            201,
        )
        .await;
        assert_eq!(remind().await, 1, "told in time");
        overdue().await;
        assert_eq!(remind().await, 2, "the next due is another one");
        resolve(agent, TICKET).await;
        let sql = "UPDATE major_incidents SET overdue_told_at = NULL";
        t.app.db.execute(sql, values![]).await.expect("forgotten");
        assert_eq!(remind().await, 2, "nobody waits once it is resolved");
    }
}
