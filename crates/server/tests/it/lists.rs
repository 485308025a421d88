//! Queues: filters, orders, totals.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};

pub(crate) fn numbers(list: &Value) -> Vec<u32> {
    let data = list["data"].as_array().expect("a list");
    let number = |row: &Value| {
        row["number"]
            .as_str()
            .and_then(|n| n.rsplit('-').next()?.parse().ok())
    };
    data.iter().filter_map(number).collect()
}

pub(crate) async fn report(who: &Client<'_>, title: &str, more: Value) {
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

/// Every ticket by an order, page by page: along the cursor, then by number.
async fn walk(agent: &Client<'_>, filters: &str, sort: &str, pages: u32) -> [Vec<u32>; 2] {
    let address = format!("/tickets?per_page=3&sort={sort}{filters}");
    let mut walked = Vec::new();
    let mut path = address.clone();
    loop {
        let page = agent.get(&path).await.expect(200);
        walked.extend(numbers(&page));
        let Some(cursor) = page["pagination"]["next_cursor"].as_str() else {
            break;
        };
        path = format!("{address}&cursor={cursor}");
    }
    let mut paged = Vec::new();
    for page in 1..=pages {
        let page = agent.get(&format!("{address}&page={page}")).await;
        paged.extend(numbers(&page.expect(200)));
    }
    [walked, paged]
}

#[tokio::test]
async fn two_keys_order_what_is_equal_by_the_first() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        for n in 0..8 {
            let level = ["high", "medium", "low"][n % 3];
            let levels = json!({"impact": level, "urgency": level});
            report(&agent, &format!("fault {n}"), levels).await;
        }
        // Two instants, so that the pages of three cut through equal ones; the
        // priorities are 1, 4, 7 critical, 2, 5, 8 medium and 3, 6 low.
        for (instant, which) in [("10", "<="), ("11", ">")] {
            t.run(&format!(
                "UPDATE tickets SET created_at = '2026-01-15T{instant}:00:00+00:00'
                 WHERE number {which} 'INC-000004'"
            ))
            .await;
        }
        let orders = [
            ("-created_at,priority", vec![7, 5, 8, 6, 1, 4, 2, 3]),
            ("-created_at,-priority", vec![6, 8, 5, 7, 3, 2, 4, 1]),
            ("created_at,number", vec![1, 2, 3, 4, 5, 6, 7, 8]),
            ("created_at,-number", vec![4, 3, 2, 1, 8, 7, 6, 5]),
            ("number,-created_at", vec![1, 2, 3, 4, 5, 6, 7, 8]),
            ("priority,created_at", vec![1, 4, 7, 2, 5, 8, 3, 6]),
            ("priority,-created_at", vec![7, 4, 1, 8, 5, 2, 6, 3]),
            ("-priority,created_at", vec![3, 6, 2, 5, 8, 1, 4, 7]),
            ("-priority,-created_at", vec![6, 3, 8, 5, 2, 7, 4, 1]),
        ];
        for (sort, expected) in orders {
            for filters in ["", "&status=open"] {
                for found in walk(&agent, filters, sort, 3).await {
                    assert_eq!(found, expected, "{sort}{filters} on {}", t.engine);
                }
            }
            let some: Vec<u32> = expected.iter().copied().filter(|n| n % 3 == 1).collect();
            for found in walk(&agent, "&priority=critical", sort, 1).await {
                assert_eq!(found, some, "{sort} of one priority on {}", t.engine);
            }
        }
        for sort in [
            "priority,number",
            "next_breach_at,priority",
            "number,number,number",
        ] {
            let refused = agent.get(&format!("/tickets?sort={sort}")).await;
            let problem = refused.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], "sort", "{sort}");
        }
        let path = "/tickets?sort=priority,-created_at";
        let (_, plans) = t.plans(agent.get(path)).await;
        let plan = plans.iter().find(|plan| plan.sql.contains("AS place"));
        let steps = &plan.expect("a branch for each priority").steps;
        let branches = steps.iter().filter(|s| s.contains("tickets_by_priority"));
        assert_eq!(branches.count(), 4, "{steps:#?} on {}", t.engine);
        let page = agent
            .get("/tickets?per_page=3&sort=-created_at,priority")
            .await;
        let page = page.expect(200);
        let cursor = page["pagination"]["next_cursor"].as_str().expect("more");
        let other = format!("/tickets?per_page=3&sort=-created_at&cursor={cursor}");
        let problem = agent.get(&other).await.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["field"], "cursor", "of another order");
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
        agent
            .get("/tickets/groups/status?sort=colour")
            .await
            .expect_code(422, "VALIDATION_ERROR");
    }
}

#[tokio::test]
async fn the_list_of_incidents_holds_no_other_kind() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        report(&agent, "VPN drops", json!({})).await;
        report(&agent, "Replace the disk", json!({})).await;
        let tx = t.app.db.write("test").await.expect("open");
        let sql = "UPDATE tickets SET kind = 'task' WHERE number = 'INC-000002'";
        steward_db::Executor::execute(&tx, sql, Vec::new())
            .await
            .expect("another kind");
        tx.commit().await.expect("kept");

        let list = agent.get("/incidents?search=vpn").await.expect(200);
        assert_eq!(numbers(&list), [1], "{}", t.engine);
        let list = agent.get("/incidents?kind=incident").await.expect(200);
        assert_eq!(numbers(&list), [1], "{}", t.engine);
        let refused = agent.get("/incidents?kind=task").await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "kind");
        let one = agent.get("/incidents/INC-1").await.expect(200);
        assert_eq!(one["title"], "VPN drops");
        agent.get("/incidents/INC-2").await.expect(404);
    }
}
