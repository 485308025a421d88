//! What-if over service levels, and the reports about them.

use crate::support::{Client, join, organization};
use jiff::ToSpan;
use serde_json::{Value, json};
use steward_db::{Executor, time::to_db, values};
use steward_kernel::Instant;
use steward_platform::clock;
use steward_testkit::TestApp;

/// Text as a query parameter.
fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// Moves a resolved ticket's life: hours before now.
async fn lived(t: &TestApp, number: &str, created: i64, started: i64, resolved: i64, now: Instant) {
    let ago = |hours: i64| to_db(now - hours.hours());
    let sql = "UPDATE tickets SET created_at = $2, first_response_at = NULL, resolved_at = $3 WHERE number = $1";
    let done = t
        .app
        .db
        .execute(sql, values![number, ago(created), ago(resolved)]);
    done.await.expect("moved");
    let sql = "UPDATE activities SET at = $2 WHERE ticket_id = (SELECT id FROM tickets WHERE number = $1)";
    let done = t.app.db.execute(sql, values![number, ago(created)]);
    done.await.expect("moved");
    for (status, at) in [("in_progress", started), ("resolved", resolved)] {
        let sql = "UPDATE activities SET at = $3 WHERE field = 'status' AND new_value = $2
            AND ticket_id = (SELECT id FROM tickets WHERE number = $1)";
        let done = t.app.db.execute(sql, values![number, status, ago(at)]);
        done.await.expect("moved");
    }
}

/// Three incidents, resolved after 1, 30 and 300 hours; their clocks rebuilt.
async fn history<'a>(t: &'a TestApp, org: steward_kernel::id::OrganizationId) -> Client<'a> {
    let manager = join(t, org, "mara", "manager").await;
    let lea = join(t, org, "lea", "end_user").await;
    for n in 1..=3 {
        lea.report(&format!("fault {n}")).await;
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
    let now = clock::now();
    lived(t, "INC-000001", 400, 400, 399, now).await;
    lived(t, "INC-000002", 400, 400, 370, now).await;
    lived(t, "INC-000003", 400, 400, 100, now).await;
    steward_desk::sla::rebuild(&t.app, false, now)
        .await
        .expect("rebuilt");
    manager
}

/// All of time.
fn ever(more: Value) -> Value {
    let mut body = json!({"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"});
    let fields = more.as_object().expect("fields").clone();
    body.as_object_mut().expect("fields").extend(fields);
    body
}

fn targets(response: i64, resolution: i64) -> Value {
    let one = json!({"response_minutes": response, "resolution_minutes": resolution});
    json!({"critical": one, "high": one, "medium": one, "low": one})
}

async fn rows(t: &TestApp) -> Vec<i64> {
    let mut all = Vec::new();
    for table in [
        "tickets",
        "activities",
        "sla_clocks",
        "sla_policies",
        "sla_policy_versions",
        "sla_calendar_versions",
        "events",
    ] {
        all.push(t.number(&format!("SELECT count(*) FROM {table}")).await);
    }
    all
}

#[tokio::test]
async fn a_draft_is_compared_with_what_was_and_changes_nothing() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let manager = history(t, org).await;
        let before = rows(t).await;
        let same = manager
            .post("/sla/simulate", ever(json!({})))
            .await
            .expect(200);
        assert_eq!(same["tickets"], 3, "{}", t.engine);
        assert_eq!(
            same["different"], 0,
            "what was is what its own policies say: {same}"
        );
        assert_eq!(same["resolution"]["before"], same["resolution"]["after"]);

        let always = "01900000-0000-7000-8000-00000000a11a";
        let calendars = json!([{"id": always, "hours": {"time_zone": "UTC", "weekly": "24x7"}}]);
        let strict = json!({"condition": {"version": 1, "all": [{"field": "title", "op": "contains", "value": "FAULT 2"}]},
            "calendar_id": always, "targets": targets(60, 29 * 60)});
        let lax = json!({"calendar_id": always, "targets": targets(60 * 500, 60 * 500)});
        let draft = ever(json!({"calendars": calendars, "policies": [strict, lax]}));
        let told = manager.post("/sla/simulate", draft).await.expect(200);
        let after = &told["resolution"]["after"];
        assert_eq!(
            (&after["met"], &after["breached"]),
            (&json!(2), &json!(1)),
            "{told}"
        );
        assert_eq!(told["by_priority"][0]["resolution"]["after"], *after);
        assert_eq!(told["by_team"][0]["key"], Value::Null);
        let differences = told["differences"].as_array().expect("tickets");
        assert_eq!(told["different"], differences.len());
        assert!(
            differences
                .iter()
                .all(|d| d["resolution_before"] != d["resolution_after"]
                    || d["response_before"] != d["response_after"])
        );
        let strict = json!({"calendar_id": always, "targets": targets(0, 0)});
        let draft = ever(json!({"calendars": calendars, "policies": [strict]}));
        let told = manager.post("/sla/simulate", draft).await.expect(200);
        assert_eq!(told["resolution"]["after"]["compliance"], 0.0);
        let none = manager
            .post("/sla/simulate", ever(json!({"policies": []})))
            .await
            .expect(200);
        assert_eq!(none["resolution"]["after"]["compliance"], Value::Null);
        assert_eq!(rows(t).await, before);
    }
}

#[tokio::test]
async fn drafts_are_checked_and_only_for_those_who_manage_service_levels() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let manager = history(t, org).await;
        let calendar = manager.get("/sla/calendars").await.expect(200)["data"][0]["id"].clone();
        let policy = |condition: Value, targets: Value| json!([{"condition": condition, "calendar_id": calendar, "targets": targets}]);
        let wrong =
            json!({"version": 1, "all": [{"field": "prority", "op": "eq", "value": "high"}]});
        let circular =
            json!({"version": 1, "all": [{"field": "sla_response", "op": "eq", "value": "met"}]});
        for (more, field) in [
            (json!({"to": "2019-01-01T00:00:00Z"}), "to"),
            (
                json!({"policies": policy(wrong, targets(1, 1))}),
                "policies.0.condition/all/0/field",
            ),
            (
                json!({"policies": policy(circular, targets(1, 1))}),
                "policies.0.condition/all/0/field",
            ),
            (
                json!({"policies": policy(Value::Null, targets(-1, 1))}),
                "policies.0.targets.critical.response_minutes",
            ),
            (
                json!({"policies": [{"calendar_id": org.0, "targets": targets(1, 1)}]}),
                "policies.0.calendar_id",
            ),
            (
                json!({"calendars": [{"id": org.0, "hours": {"time_zone": "Mars/Olympus", "weekly": "24x7"}}]}),
                "calendars.0.hours.time_zone",
            ),
        ] {
            let refused = manager.post("/sla/simulate", ever(more)).await;
            let problem = refused.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let agent = join(t, org, "priya", "agent").await;
        agent
            .post("/sla/simulate", ever(json!({})))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let other = organization(t, "Other").await;
        let other = join(t, other, "eve", "admin").await;
        let told = other
            .post("/sla/simulate", ever(json!({})))
            .await
            .expect(200);
        assert_eq!(told["tickets"], 0);
    }
}

#[tokio::test]
async fn compliance_is_reported_with_the_tickets_behind_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let manager = history(t, org).await;
        for (path, name) in [
            ("/reports/sla-compliance?from=-60d", "sla-resolution"),
            (
                "/reports/sla-compliance?from=-60d&metric=response",
                "sla-response",
            ),
            (
                "/reports/sla-response?from=-60d&group_by=team",
                "sla-response",
            ),
        ] {
            let view = manager.get(path).await.expect(200);
            assert_eq!(view["name"], name);
            let total = &view["total"];
            assert_eq!(total["tickets"], 3, "{}: {total}", t.engine);
            for (filters, count) in [("filters", "tickets"), ("hit_filters", "hits")] {
                let condition = encoded(total[filters]["condition"].as_str().expect("a condition"));
                let page = manager
                    .get(&format!("/tickets?condition={condition}"))
                    .await
                    .expect(200);
                assert_eq!(
                    page["pagination"]["total"], total[count],
                    "{path} {filters}"
                );
            }
        }
        let view = manager
            .get("/reports/sla-compliance?from=-60d")
            .await
            .expect(200);
        // 1 hour is in time, 300 hours are not; of 30 hours the calendar decides.
        let hits = view["total"]["hits"].as_i64().expect("a number");
        assert!((1..=2).contains(&hits), "{view}");
        manager
            .get("/reports/backlog?metric=response")
            .await
            .expect_code(422, "VALIDATION_ERROR");
        manager
            .get("/reports/sla-compliance?metric=happiness")
            .await
            .expect_code(422, "VALIDATION_ERROR");
    }
}
