//! Queues: filters, orders, totals, search, bulk actions.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};

fn numbers(list: &Value) -> Vec<u32> {
    let data = list["data"].as_array().expect("a list");
    let number = |row: &Value| {
        row["number"]
            .as_str()
            .and_then(|n| n.rsplit('-').next()?.parse().ok())
    };
    data.iter().filter_map(number).collect()
}

async fn report(who: &Client<'_>, title: &str, more: Value) {
    let mut body = json!({"title": title});
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    who.post("/incidents", body).await.expect(201);
}

#[tokio::test]
async fn every_order_walks_every_ticket_once_by_cursor_and_by_page() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        for n in 0..7 {
            let level = ["high", "medium", "low"][n % 3];
            report(
                &agent,
                &format!("fault {n}"),
                json!({"impact": level, "urgency": level}),
            )
            .await;
        }
        agent
            .patch("/tickets/INC-3", "*", json!({"title": "touched"}))
            .await
            .expect(200);
        let orders = [
            ("-created_at", vec![7, 6, 5, 4, 3, 2, 1]),
            ("created_at", vec![1, 2, 3, 4, 5, 6, 7]),
            ("-updated_at", vec![3, 7, 6, 5, 4, 2, 1]),
            ("number", vec![1, 2, 3, 4, 5, 6, 7]),
            ("priority", vec![1, 4, 7, 2, 5, 3, 6]),
            ("-priority", vec![6, 3, 5, 2, 7, 4, 1]),
        ];
        for (sort, expected) in orders {
            let mut walked = Vec::new();
            let mut path = format!("/tickets?per_page=3&sort={sort}");
            loop {
                let page = agent.get(&path).await.expect(200);
                assert_eq!(page["pagination"]["total"], 7);
                walked.extend(numbers(&page));
                let Some(cursor) = page["pagination"]["next_cursor"].as_str() else {
                    break;
                };
                path = format!("/tickets?per_page=3&sort={sort}&cursor={cursor}");
            }
            assert_eq!(walked, expected, "{sort} on {}", t.engine);
            let mut paged = Vec::new();
            for page in 1..=3 {
                paged.extend(numbers(
                    &agent
                        .get(&format!("/tickets?per_page=3&sort={sort}&page={page}"))
                        .await
                        .expect(200),
                ));
            }
            assert_eq!(paged, expected, "{sort} by page on {}", t.engine);
        }
        agent
            .get("/tickets?sort=colour")
            .await
            .expect_code(422, "VALIDATION_ERROR");
        agent
            .get("/tickets?page=401")
            .await
            .expect_code(422, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn filters_narrow_and_totals_agree_with_what_is_listed() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        report(
            &user,
            "VPN drops",
            json!({"category": "Network", "tags": ["vpn", "berlin"]}),
        )
        .await;
        report(
            &user,
            "Printer",
            json!({"impact": "high", "urgency": "high"}),
        )
        .await;
        report(
            &agent,
            "Router",
            json!({"category": "Network", "assignee_id": agent.id}),
        )
        .await;
        agent
            .post("/tickets/INC-1/start", json!({}))
            .await
            .expect(200);
        agent
            .post(
                "/tickets/INC-1/resolve",
                json!({"resolution_note": "fixed"}),
            )
            .await
            .expect(200);
        let cases: &[(&str, &[u32])] = &[
            ("status=open", &[3, 2]),
            ("status=resolved,assigned", &[3, 1]),
            ("priority=critical", &[2]),
            ("assigned_to=me", &[3, 1]),
            ("assigned_to=nobody", &[2]),
            ("assigned_to=priya&status=assigned", &[3]),
            ("requester=lea", &[2, 1]),
            ("category=Network", &[3, 1]),
            ("tag=berlin", &[1]),
            ("kind=incident", &[3, 2, 1]),
            ("kind=task", &[]),
            ("created_after=2020-01-01T00:00:00Z", &[3, 2, 1]),
            ("created_before=2020-01-01T00:00:00Z", &[]),
            ("resolved_after=2020-01-01T00:00:00Z", &[1]),
            ("search=status:open%20printer", &[2]),
            ("search=vpn%20", &[1]),
            ("search=priority:critical", &[2]),
            ("search=assignee:me%20status:resolved", &[1]),
            ("search=tag:vpn", &[1]),
            ("search=category:network%20rou", &[3]),
        ];
        for (query, expected) in cases {
            let list = agent.get(&format!("/tickets?{query}")).await.expect(200);
            assert_eq!(numbers(&list), *expected, "{query} on {}", t.engine);
            assert_eq!(
                list["pagination"]["total"],
                expected.len(),
                "{query} on {}",
                t.engine
            );
        }
        for query in [
            "status=lost",
            "assigned_to=nemo",
            "created_after=today",
            "search=status:lost",
            "search=team:Nobody",
        ] {
            agent
                .get(&format!("/tickets?{query}"))
                .await
                .expect_code(422, "VALIDATION_ERROR");
        }
        let own = user.get("/tickets?status=open").await.expect(200);
        assert_eq!(
            (numbers(&own), &own["pagination"]["total"]),
            (vec![2], &json!(1))
        );
    }
}

#[tokio::test]
async fn folding_the_counts_changes_no_total() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        for n in 0..110 {
            report(&agent, &format!("fault {n}"), json!({})).await;
            if n % 2 == 0 {
                agent
                    .post(&format!("/tickets/INC-{}/start", n + 1), json!({}))
                    .await
                    .expect(200);
            }
        }
        let mut app = t.app.clone();
        app.jobs = std::sync::Arc::new(steward_server::jobs());
        let totals = async || {
            let mut totals = Vec::new();
            for query in [
                "",
                "status=new",
                "status=in_progress",
                "assigned_to=me",
                "assigned_to=nobody",
            ] {
                totals.push(agent.get(&format!("/tickets?{query}")).await.expect(200)["pagination"]["total"].clone());
            }
            totals
        };
        let before = totals().await;
        assert_eq!(
            before,
            [110, 55, 55, 55, 55].map(Value::from),
            "{}",
            t.engine
        );
        let tx = app.db.write("test").await.expect("open");
        let job = steward_platform::jobs::NewJob {
            organization_id: None,
            kind: "ticket_counts.fold",
            payload: json!({}),
            run_at: steward_platform::clock::now(),
            dedupe_key: None,
        };
        steward_platform::jobs::enqueue(&tx, job, steward_platform::clock::now())
            .await
            .expect("written");
        tx.commit().await.expect("kept");
        steward_platform::jobs::drain(&app).await.expect("drained");
        assert_eq!(totals().await, before, "{}", t.engine);
        #[derive(steward_db::FromQueryResult)]
        struct Rows {
            n: i64,
        }
        use steward_db::Executor;
        let rows: Option<Rows> = app
            .db
            .optional("SELECT count(*) AS n FROM ticket_sums", vec![])
            .await
            .expect("read");
        assert_eq!(
            rows.expect("a row").n,
            3,
            "one per combination, and one for the agent's own"
        );
    }
}

#[tokio::test]
async fn search_finds_words_everywhere_the_actor_may_read_and_ranks_titles_first() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        report(
            &user,
            "Café Zürich: printer jam",
            json!({"description": "paper **stuck**"}),
        )
        .await;
        report(
            &user,
            "Something else",
            json!({"description": "the printer in the hall is loud"}),
        )
        .await;
        report(&agent, "Printer order", json!({})).await;
        agent
            .post(
                "/tickets/INC-2/comments",
                json!({"body": "a secret gearbox", "visibility": "internal"}),
            )
            .await
            .expect(201);
        agent
            .post(
                "/tickets/INC-1/comments",
                json!({"body": "new rollers ordered", "visibility": "public"}),
            )
            .await
            .expect(201);

        let found = agent.get("/search?q=printer%20").await.expect(200);
        assert_eq!(
            numbers(&found),
            [3, 1, 2],
            "titles first, then newest: {}",
            t.engine
        );
        let cases: &[(&str, &[u32], &[u32])] = &[
            ("zurich%20", &[1], &[1]),
            ("CAF%C3%89%20jam", &[1], &[1]),
            ("roll", &[1], &[1]),
            ("roll%20", &[], &[]),
            ("printer%20rollers", &[1], &[1]),
            ("gearbox", &[2], &[]),
            ("INC-000003", &[3], &[]),
            ("order", &[3, 1], &[1]),
            ("status:open%20hall", &[2], &[2]),
            ("%22%20OR%20*%20NOT%20(", &[], &[]),
            ("nothing", &[], &[]),
        ];
        for (q, by_agent, by_user) in cases {
            let found = agent.get(&format!("/search?q={q}")).await.expect(200);
            assert_eq!(
                numbers(&found),
                *by_agent,
                "{q} by the agent on {}",
                t.engine
            );
            let found = user.get(&format!("/search?q={q}")).await.expect(200);
            assert_eq!(
                numbers(&found),
                *by_user,
                "{q} by the requester on {}",
                t.engine
            );
        }
        let hit = &agent.get("/search?q=rollers").await.expect(200)["data"][0];
        assert_eq!(
            hit["excerpt"][1],
            json!({"text": "rollers", "is_match": true})
        );

        agent
            .patch("/tickets/INC-1", "*", json!({"title": "Scanner jam"}))
            .await
            .expect(200);
        assert!(numbers(&agent.get("/search?q=zurich").await.expect(200)).is_empty());
        assert_eq!(
            numbers(&agent.get("/search?q=scanner%20rollers").await.expect(200)),
            [1]
        );

        let other = organization(t, "Other").await;
        let spy = join(t, other, "eve", "admin").await;
        assert!(numbers(&spy.get("/search?q=printer").await.expect(200)).is_empty());
    }
}

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
async fn people_and_teams_are_found_on_demand_by_those_who_may_see_them() {
    for t in &steward_testkit::apps().await {
        let (org, other) = (
            organization(t, "Acme").await,
            organization(t, "Other").await,
        );
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let admin = join(t, org, "ines", "admin").await;
        let spy = join(t, other, "priya", "admin").await;
        for name in ["Network", "Workplace"] {
            let team = json!({"name": name, "description": "Lines"});
            admin.post("/teams", team).await.expect(201);
        }
        user.report("priya is not there").await;
        let all = "/search?q=PRIYA&type=ticket,user,team";
        let found = agent.get(all).await.expect(200);
        assert_eq!(
            found["data"].as_array().map(Vec::len),
            Some(1),
            "{}",
            t.engine
        );
        assert_eq!(found["users"].as_array().map(Vec::len), Some(1));
        assert_eq!(found["users"][0]["id"].as_str(), Some(agent.id.as_str()));
        assert_eq!(found["teams"], json!([]));
        let found = agent.get("/search?q=net&type=team").await.expect(200);
        assert_eq!(found["teams"][0]["name"], "Network");
        assert_eq!((&found["data"], &found["users"]), (&json!([]), &json!([])));
        let plain = agent.get("/search?q=priya").await.expect(200);
        assert_eq!(plain["users"], json!([]), "only on demand");
        let none = user
            .get("/search?q=priya%20test&type=user,team")
            .await
            .expect(200);
        assert_eq!(
            none["users"],
            json!([]),
            "an end user does not see the directory"
        );
        let own = spy
            .get("/search?q=priya&type=user,ticket")
            .await
            .expect(200);
        assert_eq!(own["users"][0]["id"].as_str(), Some(spy.id.as_str()));
        assert_eq!(
            (own["users"].as_array().map(Vec::len), &own["data"]),
            (Some(1), &json!([]))
        );
        admin
            .post(&format!("/users/{}/deactivate", agent.id), json!({}))
            .await
            .expect(200);
        let gone = admin.get("/search?q=priya&type=user").await.expect(200);
        assert_eq!(gone["users"], json!([]));
        for wrong in ["type=", "type=user,", "type=role", "type=ticket,%20user"] {
            let reply = admin.get(&format!("/search?q=x&{wrong}")).await;
            reply.expect_code(422, "VALIDATION_ERROR");
        }
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

#[tokio::test]
async fn lists_are_grouped_with_counts_of_what_the_caller_sees() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let omar = join(t, org, "omar", "end_user").await;
        let stranger = join(t, organization(t, "Beta").await, "sam", "admin").await;
        for n in 0..3 {
            report(&user, &format!("fault {n}"), json!({"tags": ["x"]})).await;
        }
        report(&omar, "of Omar", json!({})).await;
        agent
            .post("/tickets/INC-1/start", json!({}))
            .await
            .expect(200);
        for filter in ["", "&tag=x"] {
            let at = |field: &str| format!("/tickets/groups/{field}?status=open{filter}");
            let groups = agent.get(&at("assignee")).await.expect(200);
            let waiting = if filter.is_empty() { 3 } else { 2 };
            let told: Vec<_> = groups["data"]
                .as_array()
                .expect("groups")
                .iter()
                .map(|g| (g["value"].clone(), g["name"].clone(), g["count"].clone()))
                .collect();
            let mine = (json!(agent.id), json!("Priya Test"), json!(1));
            let nobody = (Value::Null, Value::Null, json!(waiting));
            assert_eq!(told.len(), 2, "{} {filter}: {told:?}", t.engine);
            assert_eq!(told[0], nobody, "{}", t.engine);
            assert_eq!((&told[1].0, &told[1].2), (&mine.0, &mine.2));
            assert_eq!(groups["is_capped"], false);
            let by_status = agent.get(&at("status")).await.expect(200);
            assert_eq!(by_status["data"][0]["value"], "new");
            assert_eq!(by_status["data"][1]["value"], "in_progress");
            let by_team = agent.get(&at("team")).await.expect(200);
            assert_eq!(by_team["data"][0]["value"], Value::Null);
        }
        let none = agent.get("/tickets?team=none").await.expect(200);
        assert_eq!(none["pagination"]["total"], 4);
        // A requester's groups are of the own tickets; another organization has none.
        let own = omar.get("/tickets/groups/status").await.expect(200);
        assert_eq!(
            own["data"],
            json!([{"value": "new", "name": "new", "count": 1}])
        );
        let other = stranger.get("/tickets/groups/status").await.expect(200);
        assert_eq!(other["data"], json!([]));
        assert_eq!(agent.get("/tickets/groups/colour").await.status, 404);
        agent
            .get("/tickets/groups/status?per_page=3")
            .await
            .expect_code(400, "MALFORMED_REQUEST");
    }
}
