//! Saved views: what they filter, who shares them, what they count.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};
use steward_db::{Executor, values};
use steward_platform::clock;
use steward_testkit::TestApp;

async fn all(who: &Client<'_>) -> Vec<Value> {
    let list = who.get("/views").await.expect(200);
    list["data"].as_array().expect("views").clone()
}

async fn names(who: &Client<'_>) -> Vec<String> {
    let views = all(who).await;
    views
        .iter()
        .map(|v| v["name"].as_str().expect("a name").to_owned())
        .collect()
}

/// Counts by name of view.
async fn counts(who: &Client<'_>) -> Vec<(String, Option<i64>)> {
    let counts = who.get("/views/counts").await.expect(200);
    let counts = counts["data"].as_array().expect("counts");
    let views = all(who).await;
    assert_eq!(counts.len(), views.len());
    views
        .iter()
        .zip(counts)
        .map(|(view, count)| {
            assert_eq!(view["id"], count["view_id"]);
            assert_eq!(count["is_capped"], false);
            (
                view["name"].as_str().expect("a name").to_owned(),
                count["count"].as_i64(),
            )
        })
        .collect()
}

fn id(view: &Value) -> &str {
    view["id"].as_str().expect("an id")
}

/// The numbers that the ticket list shows for a view's filters and order.
async fn shown(who: &Client<'_>, view: &Value) -> Vec<String> {
    let mut path = "/tickets?".to_owned();
    for (name, value) in view["filters"].as_object().expect("filters") {
        path.push_str(&format!("{name}={}&", value.as_str().expect("text")));
    }
    if let Some(sort) = view["sort"].as_str() {
        path.push_str(&format!("sort={sort}"));
    }
    let page = who.get(&path).await.expect(200);
    let rows = page["data"].as_array().expect("rows");
    rows.iter()
        .map(|r| r["number"].as_str().expect("a number").to_owned())
        .collect()
}

#[tokio::test]
async fn the_five_views_of_the_product_show_and_count_what_they_say() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let team = admin
            .post("/teams", json!({"name": "Network"}))
            .await
            .expect(201);
        let members = format!("/teams/{}/members", id(&team));
        admin
            .post(&members, json!({"user_id": agent.id}))
            .await
            .expect(200);
        for n in 1..=7 {
            user.report(&format!("fault {n}")).await;
        }
        let on = |n: u32, verb: &'static str, body: Value| {
            let agent = agent.clone();
            async move {
                agent
                    .post(&format!("/tickets/INC-{n}/{verb}"), body)
                    .await
                    .expect(200)
            }
        };
        on(1, "start", json!({})).await;
        on(2, "start", json!({})).await;
        on(2, "hold", json!({"reason": "vendor"})).await;
        on(3, "assign", json!({"team_id": team["id"]})).await;
        on(4, "start", json!({})).await;
        on(4, "resolve", json!({"resolution_note": "done"})).await;
        on(5, "cancel", json!({"reason": "twice"})).await;
        let expected = [
            ("My open tickets", Some(2)),
            ("Unassigned in my teams", Some(1)),
            ("All open", Some(5)),
            ("On hold", Some(1)),
            ("Resolved last 7 days", Some(1)),
        ];
        let expected = expected.map(|(name, n)| (name.to_owned(), n));
        assert_eq!(counts(&agent).await, expected, "{}", t.engine);
        let views = all(&agent).await;
        assert_eq!(shown(&agent, &views[0]).await, ["INC-000001", "INC-000002"]);
        assert_eq!(shown(&agent, &views[1]).await, ["INC-000003"]);
        assert_eq!(shown(&agent, &views[4]).await, ["INC-000004"]);
        assert!(
            views
                .iter()
                .all(|v| v["scope"] == "system" && v["key"].is_string())
        );
        assert_eq!(
            names(&user).await,
            Vec::<String>::new(),
            "they are for those who work tickets"
        );

        let path = format!("/views/{}", id(&views[0]));
        agent
            .patch(&path, "*", json!({"name": "x"}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        agent
            .delete(&path)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        user.get(&path).await.expect_code(404, "RESOURCE_NOT_FOUND");
        user.delete(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_view_is_saved_changed_with_its_version_and_deleted() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("VPN drops").await;
        agent.report("Printer").await;
        let input = json!({"name": " Urgent ", "filters": {"priority": "critical,high", "search": "vpn"},
            "sort": "-updated_at", "columns": ["number", "title", "cf_room"], "position": 3});
        let reply = agent.post("/views", input).await;
        let location = reply.headers["location"].to_str().expect("text").to_owned();
        let made = reply.expect(201);
        assert_eq!(location, format!("/api/v1/views/{}", id(&made)));
        assert_eq!(
            (
                &made["name"],
                &made["scope"],
                &made["filters"]["search"],
                &made["columns"][2]
            ),
            (
                &json!("Urgent"),
                &json!("mine"),
                &json!("vpn"),
                &json!("cf_room")
            )
        );
        assert_eq!(shown(&agent, &made).await, ["INC-000001"]);
        assert_eq!(counts(&agent).await.last().expect("one").1, Some(1));

        let path = format!("/views/{}", id(&made));
        let patch = json!({"filters": {"status": "new"}, "sort": null});
        let changed = agent.patch(&path, "\"1\"", patch).await.expect(200);
        assert_eq!(
            (&changed["version"], &changed["sort"]),
            (&json!(2), &Value::Null)
        );
        assert_eq!(
            changed["columns"], made["columns"],
            "what is left out stays"
        );
        assert_eq!(shown(&agent, &changed).await.len(), 2);
        agent
            .patch(&path, "\"1\"", json!({"name": "late"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        assert_eq!(agent.delete(&path).await.status, 204);
        agent
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn what_the_list_refuses_a_view_refuses_too_and_names_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let cases = [
            (json!({"name": " "}), "name"),
            (
                json!({"name": "x", "filters": {"colour": "red"}}),
                "filters.colour",
            ),
            (
                json!({"name": "x", "filters": {"status": "newish"}}),
                "filters.status",
            ),
            (
                json!({"name": "x", "filters": {"page": "2"}}),
                "filters.page",
            ),
            (
                json!({"name": "x", "filters": {"assigned_to": "nobody.knows"}}),
                "filters.assigned_to",
            ),
            (
                json!({"name": "x", "filters": {"created_after": "yesterday"}}),
                "filters.created_after",
            ),
            (
                json!({"name": "x", "filters": {"team": "network"}}),
                "filters.team",
            ),
            (
                json!({"name": "x", "filters": {"parent": "INC-000099"}}),
                "filters",
            ),
            (json!({"name": "x", "sort": "colour"}), "sort"),
            (json!({"name": "x", "columns": ["colour"]}), "columns"),
            (json!({"name": "x", "position": -1}), "position"),
            (json!({"name": "x", "scope": "team"}), "team_id"),
            (json!({"name": "x", "team_id": org.0}), "team_id"),
            (json!({"name": "x", "colour": "red"}), "colour"),
        ];
        for (input, field) in cases {
            let problem = agent
                .post("/views", input.clone())
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field, "{input}");
        }
        assert_eq!(names(&agent).await.len(), 5);
    }
}

#[tokio::test]
async fn sharing_needs_its_permission_and_reaches_team_or_organization() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let mate = join(t, org, "jonas", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let team = admin
            .post("/teams", json!({"name": "Network"}))
            .await
            .expect(201);
        for member in [&agent, &mate] {
            let path = format!("/teams/{}/members", id(&team));
            admin
                .post(&path, json!({"user_id": member.id}))
                .await
                .expect(200);
        }
        let view = |name: &str, scope: &str| match scope {
            "team" => json!({"name": name, "scope": scope, "team_id": team["id"]}),
            _ => json!({"name": name, "scope": scope}),
        };
        agent
            .post("/views", view("private", "mine"))
            .await
            .expect(201);
        let shared = agent
            .post("/views", view("network", "team"))
            .await
            .expect(201);
        assert_eq!(shared["team"]["name"], "Network");
        agent
            .post("/views", view("everyone", "organization"))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        for scope in ["team", "organization"] {
            user.post("/views", view("x", scope))
                .await
                .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
        let public = admin
            .post("/views", view("everyone", "organization"))
            .await
            .expect(201);

        assert_eq!(
            names(&agent).await[5..],
            ["private", "network", "everyone"],
            "{}",
            t.engine
        );
        assert_eq!(names(&mate).await[5..], ["network", "everyone"]);
        assert_eq!(names(&admin).await[5..], ["everyone"]);
        assert_eq!(names(&user).await, ["everyone"]);

        let path = format!("/views/{}", id(&shared));
        mate.patch(&path, "*", json!({"name": "mine now"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        admin
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        user.delete(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let mine = agent
            .patch(&path, "*", json!({"scope": "mine"}))
            .await
            .expect(200);
        assert_eq!(
            (&mine["scope"], &mine["team"]),
            (&json!("mine"), &Value::Null)
        );
        assert_eq!(names(&mate).await[5..], ["everyone"]);
        agent
            .patch(&path, "*", json!({"scope": "organization"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let manager = join(t, org, "tomas", "manager").await;
        let path = format!("/views/{}", id(&public));
        manager
            .patch(&path, "*", json!({"name": "all of us"}))
            .await
            .expect(200);
        assert_eq!(manager.delete(&path).await.status, 204);
    }
}

#[tokio::test]
async fn a_shared_view_counts_for_each_reader_what_that_reader_sees() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, acme, "ines", "admin").await;
        let user = join(t, acme, "lea", "end_user").await;
        let stranger = join(t, other, "root", "admin").await;
        user.report("mine").await;
        for n in 0..4 {
            admin.report(&format!("fault {n}")).await;
        }
        stranger.report("foreign").await;
        let input =
            json!({"name": "open ones", "scope": "organization", "filters": {"status": "open"}});
        let made = admin.post("/views", input).await.expect(201);
        assert_eq!(counts(&admin).await.last().expect("one").1, Some(5));
        assert_eq!(
            counts(&user).await,
            [("open ones".to_owned(), Some(1))],
            "{}",
            t.engine
        );
        assert_eq!(names(&stranger).await.len(), 5);
        let path = format!("/views/{}", id(&made));
        for reply in [
            stranger.get(&path).await,
            stranger.patch(&path, "*", json!({"name": "x"})).await,
            stranger.delete(&path).await,
            stranger.post(&format!("{path}/default"), json!({})).await,
            stranger.delete(&format!("{path}/default")).await,
        ] {
            assert!(!reply.body.to_string().contains("open ones"));
            reply.expect_code(404, "RESOURCE_NOT_FOUND");
        }
        // A filter that came to name something out of sight breaks its own count only.
        let ticket = user.get("/tickets").await.expect(200)["data"][0]["id"].clone();
        let child = json!({"name": "parts", "filters": {"parent": ticket}});
        user.post("/views", child).await.expect(201);
        assert_eq!(counts(&user).await[0], ("parts".to_owned(), Some(0)));
        let shared = json!({"name": "parts of a hidden one", "scope": "organization", "filters": {"parent": "INC-000003"}});
        admin.post("/views", shared).await.expect(201);
        let seen = counts(&user).await;
        assert_eq!(
            seen.last().expect("one"),
            &("parts of a hidden one".to_owned(), None)
        );
    }
}

/// Copies the only ticket, and counts the copies.
async fn multiply(t: &TestApp, copies: i64) {
    let copy = "INSERT INTO tickets (id, organization_id, kind, number, title, description, status, priority, impact,
          urgency, requester_id, tags, source, reopened_count, version, created_at, updated_at)
        SELECT $1, organization_id, kind, $2, title, description, status, priority, impact, urgency, requester_id, tags,
          source, 0, 1, created_at, updated_at FROM tickets WHERE number = 'INC-000001'";
    let count = "INSERT INTO ticket_counts (id, organization_id, kind, status, priority, team_id, is_personal, is_assigned, n)
        SELECT $1, organization_id, kind, status, priority, team_id, is_personal, is_assigned, $2 FROM ticket_counts";
    let tx = t.app.db.write("test").await.expect("open");
    for n in 0..copies {
        let values = values![clock::new_id(), format!("INC-{:06}", n + 2)];
        tx.execute(copy, values).await.expect("copied");
    }
    let values = values![clock::new_id(), copies];
    tx.execute(count, values).await.expect("counted");
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn counts_stop_at_a_thousand_and_say_so() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("fault").await;
        multiply(t, 1004).await;
        let input = json!({"name": "all", "scope": "organization"});
        admin.post("/views", input).await.expect(201);
        for who in [&admin, &user] {
            let counts = who.get("/views/counts").await.expect(200);
            let last = counts["data"]
                .as_array()
                .expect("counts")
                .last()
                .expect("one")
                .clone();
            assert_eq!(
                (&last["count"], &last["is_capped"]),
                (&json!(1000), &json!(true)),
                "{}",
                t.engine
            );
        }
        let counts = admin.get("/views/counts").await.expect(200);
        assert_eq!(counts["data"][0]["count"], 0, "my open tickets");
    }
}

/// Names of the views with which the person's list opens.
async fn defaults(who: &Client<'_>) -> Vec<String> {
    let views = all(who).await;
    let chosen = views.iter().filter(|v| v["is_default"] == true);
    chosen
        .map(|v| v["name"].as_str().expect("a name").to_owned())
        .collect()
}

#[tokio::test]
async fn a_person_has_one_default_view() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let mate = join(t, org, "jonas", "agent").await;
        let made = agent
            .post("/views", json!({"name": "own"}))
            .await
            .expect(201);
        let system = id(&all(&agent).await[2]).to_owned();
        assert_eq!(defaults(&agent).await, Vec::<String>::new());
        agent
            .post(&format!("/views/{system}/default"), json!({}))
            .await
            .expect(200);
        assert_eq!(defaults(&agent).await, ["All open"]);
        let chosen = agent
            .post(&format!("/views/{}/default", id(&made)), json!({}))
            .await
            .expect(200);
        assert_eq!(chosen["is_default"], true);
        assert_eq!(defaults(&agent).await, ["own"], "{}", t.engine);
        assert_eq!(defaults(&mate).await, Vec::<String>::new());
        mate.post(&format!("/views/{}/default", id(&made)), json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        agent
            .delete(&format!("/views/{system}/default"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(
            agent
                .delete(&format!("/views/{}/default", id(&made)))
                .await
                .status,
            204
        );
        assert_eq!(defaults(&agent).await, Vec::<String>::new());
        agent
            .post(&format!("/views/{}/default", id(&made)), json!({}))
            .await
            .expect(200);
        assert_eq!(
            agent.delete(&format!("/views/{}", id(&made))).await.status,
            204
        );
        agent
            .delete(&format!("/views/{}/default", id(&made)))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}
