//! Reports: their figures, the tickets behind them, and who may read them.

use crate::support::{Client, join, organization};
use jiff::ToSpan;
use serde_json::{Value, json};
use steward_db::{Executor, time::to_db, values};
use steward_kernel::Instant;
use steward_platform::clock;
use steward_testkit::TestApp;

const NAMES: [&str; 5] = [
    "resolution-time",
    "response-time",
    "backlog",
    "reopen-rate",
    "first-contact-resolution",
];

/// Text as a query parameter.
fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// Moves a ticket's life: hours before now.
async fn lived(
    t: &TestApp,
    number: &str,
    created: i64,
    answered: Option<i64>,
    resolved: Option<i64>,
    now: Instant,
) {
    let ago = |hours: i64| to_db(now - hours.hours());
    let sql = "UPDATE tickets SET created_at = $2, first_response_at = $3, resolved_at = $4 WHERE number = $1";
    let values = values![number, ago(created), answered.map(ago), resolved.map(ago)];
    t.app.db.execute(sql, values).await.expect("moved");
}

/// Six incidents of several priorities, teams and categories: four resolved
/// (one of them before the last 30 days), one cancelled, one open.
async fn history<'a>(
    t: &'a TestApp,
    org: steward_kernel::id::OrganizationId,
) -> (Client<'a>, Instant) {
    let manager = join(t, org, "mara", "manager").await;
    let lea = join(t, org, "lea", "end_user").await;
    let team = manager
        .post("/teams", json!({"name": "=Network"}))
        .await
        .expect(201);
    for n in 1..=6 {
        lea.report(&format!("fault {n}")).await;
    }
    manager
        .post("/tickets/INC-1/assign", json!({"team_id": team["id"]}))
        .await
        .expect(200);
    let high = json!({"impact": "high", "urgency": "high"});
    manager.patch("/tickets/INC-2", "*", high).await.expect(200);
    for n in 1..=4 {
        let path = format!("/tickets/INC-{n}");
        manager
            .post(&format!("{path}/start"), json!({}))
            .await
            .expect(200);
        let note = json!({"resolution_note": "done"});
        manager
            .post(&format!("{path}/resolve"), note)
            .await
            .expect(200);
    }
    manager
        .post("/tickets/INC-3/reopen", json!({"reason": "again"}))
        .await
        .expect(200);
    let note = json!({"resolution_note": "done again"});
    manager
        .post("/tickets/INC-3/resolve", note)
        .await
        .expect(200);
    manager
        .post("/tickets/INC-5/cancel", json!({"reason": "twice"}))
        .await
        .expect(200);
    let now = clock::now();
    lived(t, "INC-000001", 100, Some(99), Some(90), now).await;
    lived(t, "INC-000002", 100, Some(97), Some(80), now).await;
    lived(t, "INC-000003", 100, None, Some(70), now).await;
    lived(t, "INC-000004", 5000, Some(4999), Some(4000), now).await;
    lived(t, "INC-000005", 100, None, None, now).await;
    lived(t, "INC-000006", 50, None, None, now).await;
    t.run("UPDATE tickets SET category = '=cmd()' WHERE number = 'INC-000002'")
        .await;
    t.run("UPDATE tickets SET category = '' WHERE number = 'INC-000003'")
        .await;
    (manager, now)
}

#[tokio::test]
async fn figures_are_reckoned_from_the_tickets_of_the_period() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let (manager, _) = history(t, org).await;
        let total = |view: &Value| view["total"].clone();
        let view = manager.get("/reports/resolution-time").await.expect(200);
        assert_eq!(total(&view)["tickets"], 3, "{}", t.engine);
        assert_eq!(total(&view)["mean_seconds"], 20 * 3600);
        assert_eq!(total(&view)["median_seconds"], 20 * 3600);
        assert_eq!(total(&view)["p90_seconds"], 30 * 3600);
        assert_eq!(total(&view)["share"], Value::Null);
        assert!(
            view["measures"][1]["definition"]
                .as_str()
                .expect("words")
                .starts_with("MTTR")
        );
        let view = manager
            .get("/reports/response-time?group_by=team")
            .await
            .expect(200);
        assert_eq!(total(&view)["tickets"], 2);
        assert_eq!(total(&view)["mean_seconds"], 2 * 3600);
        let labels: Vec<&Value> = view["groups"]
            .as_array()
            .expect("groups")
            .iter()
            .map(|g| &g["label"])
            .collect();
        assert_eq!(labels, [&Value::Null, &json!("=Network")]);
        let view = manager
            .get("/reports/reopen-rate?from=-1000d")
            .await
            .expect(200);
        assert_eq!(
            (&total(&view)["tickets"], &total(&view)["hits"]),
            (&json!(4), &json!(1))
        );
        assert_eq!(total(&view)["share"], 0.25);
        let view = manager
            .get("/reports/first-contact-resolution")
            .await
            .expect(200);
        assert_eq!(total(&view)["tickets"], 3);
        assert_eq!(total(&view)["hits"], 2);
        let view = manager.get("/reports/backlog").await.expect(200);
        assert_eq!(total(&view)["tickets"], 1, "the cancelled one is left out");
        assert_eq!(total(&view)["ages"], json!([0, 1, 0, 0, 0]));
        let steps = view["trend"].as_array().expect("steps");
        let sum = |name: &str| {
            steps
                .iter()
                .map(|s| s["figures"][name].as_i64().expect("a number"))
                .sum::<i64>()
        };
        assert_eq!((sum("reported"), sum("resolved")), (4, 3));
        let only = encoded(
            &json!({"version": 1, "any": [{"field": "priority", "op": "eq", "value": "critical"}]})
                .to_string(),
        );
        let view = manager
            .get(&format!("/reports/resolution-time?condition={only}"))
            .await
            .expect(200);
        assert_eq!(total(&view)["tickets"], 1);
    }
}

/// That the ticket list shows as many tickets as a figure says.
async fn same(who: &Client<'_>, filters: &Value, expected: &Value, what: &str) {
    let condition = encoded(filters["condition"].as_str().expect("a condition"));
    let page = who
        .get(&format!("/tickets?condition={condition}"))
        .await
        .expect(200);
    assert_eq!(&page["pagination"]["total"], expected, "{what}: {filters}");
}

#[tokio::test]
async fn the_ticket_list_shows_the_tickets_behind_every_figure() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let (manager, now) = history(t, org).await;
        let period = format!(
            "from={}&to={}&step=month",
            now - 2000.hours(),
            now - 60.hours()
        );
        let period = period.replace(':', "%3A");
        for name in NAMES {
            for by in ["priority", "team", "category", "kind", "assignee", "source"] {
                let path = format!("/reports/{name}?{period}&group_by={by}");
                let view = manager.get(&path).await.expect(200);
                let mut all = vec![view["total"].clone()];
                for part in ["groups", "trend"] {
                    let parts = view[part].as_array().expect("parts");
                    all.extend(parts.iter().map(|p| p["figures"].clone()));
                }
                let mut in_groups = 0;
                for group in view["groups"].as_array().expect("groups") {
                    in_groups += group["figures"]["tickets"].as_i64().expect("a number");
                }
                assert_eq!(view["total"]["tickets"], in_groups);
                for figures in &all {
                    let what = format!("{} {path}", t.engine);
                    same(&manager, &figures["filters"], &figures["tickets"], &what).await;
                    if !figures["hit_filters"].is_null() {
                        same(&manager, &figures["hit_filters"], &figures["hits"], &what).await;
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn an_export_is_a_table_without_formulas() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let (manager, _) = history(t, org).await;
        let reply = manager
            .get("/reports/resolution-time/export?group_by=category")
            .await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(
            reply.headers["content-disposition"],
            "attachment; filename=\"resolution-time.csv\""
        );
        let text = reply.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "\"part\",\"from\",\"to\",\"category\",\"tickets\",\"mean_seconds\",\"median_seconds\",\"p90_seconds\""
        );
        assert!(
            lines[1].starts_with("\"total\"") && lines[1].ends_with(",,3,72000,72000,108000"),
            "{}",
            lines[1]
        );
        assert!(
            lines
                .iter()
                .any(|line| line.contains("\"'=cmd()\",1,72000")),
            "{text}"
        );
        let reply = manager.get("/reports/backlog/export").await;
        let head = reply.text().lines().next().expect("a head").to_owned();
        assert!(
            head.contains("\"under_1d\",\"under_3d\",\"under_7d\",\"under_30d\",\"older\""),
            "{head}"
        );
    }
}

#[tokio::test]
async fn reports_are_for_those_who_may_read_them_and_of_their_own_tenant() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let (manager, _) = history(t, org).await;
        for role in ["agent", "end_user", "incident_manager"] {
            let who = join(t, org, &format!("x{role}").replace('_', ""), role).await;
            for path in ["/reports", "/reports/backlog", "/reports/backlog/export"] {
                who.get(path)
                    .await
                    .expect_code(403, "INSUFFICIENT_PERMISSIONS");
            }
        }
        let auditor = join(t, org, "otto", "auditor").await;
        let list = auditor.get("/reports").await.expect(200);
        let names: Vec<&str> = list["data"]
            .as_array()
            .expect("reports")
            .iter()
            .map(|r| r["name"].as_str().expect("a name"))
            .collect();
        for name in NAMES {
            assert!(names.contains(&name));
        }
        auditor.get("/reports/backlog").await.expect(200);
        let other = organization(t, "Other").await;
        let other = join(t, other, "eve", "admin").await;
        for name in NAMES {
            let view = other
                .get(&format!("/reports/{name}?from=-3000d"))
                .await
                .expect(200);
            assert_eq!(view["total"]["tickets"], 0, "{name}");
            assert_eq!(view["groups"], json!([]));
        }
        manager
            .get("/reports/happiness")
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        for (query, field) in [
            ("from=yesterday", "from"),
            ("to=soon", "to"),
            ("from=-1d&to=-2d", "to"),
            ("step=year", "step"),
            ("step=day&from=-3000d", "step"),
            ("group_by=colour", "group_by"),
            ("condition=x", "condition"),
        ] {
            let refused = manager.get(&format!("/reports/backlog?{query}")).await;
            let problem = refused.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field, "{query}");
        }
        manager
            .get("/reports/backlog?colour=red")
            .await
            .expect_code(400, "MALFORMED_REQUEST");
    }
}
