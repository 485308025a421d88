//! Policies and calendars in versions; what was counted stays.

use super::*;

#[tokio::test]
async fn a_new_version_leaves_clocks_alone_until_an_operator_asks() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let done = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        desk.step(&done, Verb::Start, "2026-11-13T10:00:00Z").await;
        desk.step(&done, Verb::Resolve, "2026-11-13T11:00:00Z")
            .await;
        let open = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        let rows = "SELECT consumed_us || mode || coalesce(CAST(due_at AS text), '') || CAST(legs AS text) FROM sla_clocks
            JOIN tickets ON tickets.id = ticket_id WHERE number = 'INC-000001' ORDER BY metric";
        let before = t.texts(rows).await;
        let policies = desk.client.get("/sla/policies").await.expect(200);
        let policy = &policies["data"][0];
        let path = format!("/sla/policies/{}", policy["id"].as_str().expect("an id"));
        let mut targets = policy["targets"].clone();
        targets["low"]["resolution_minutes"] = json!(600);
        let stale = desk
            .client
            .patch(&path, "\"7\"", json!({"targets": targets}))
            .await;
        stale.expect_code(412, "PRECONDITION_FAILED");
        let changed = desk
            .client
            .patch(&path, "\"1\"", json!({"targets": targets}))
            .await
            .expect(200);
        assert_eq!(changed["version"], 2);
        assert_eq!(
            desk.clock(&open, "resolution").await["target_seconds"],
            2880 * 60
        );
        assert!(desk.rebuilt().await.differences.is_empty());
        let preview = desk.client.get("/sla/recomputes/preview").await.expect(200);
        assert_eq!(preview["total"], 2);
        assert_eq!(preview["changes"][0]["ticket"]["number"], json!(open));
        let applied = desk
            .client
            .post("/sla/recomputes", json!({}))
            .await
            .expect(200);
        assert_eq!(
            desk.clock(&open, "resolution").await["target_seconds"],
            600 * 60
        );
        assert!(desk.rebuilt().await.differences.is_empty());
        let undo = format!(
            "/sla/recomputes/{}/undo",
            applied["id"].as_str().expect("an id")
        );
        desk.client.post(&undo, json!({})).await.expect(200);
        assert_eq!(
            desk.clock(&open, "resolution").await["target_seconds"],
            2880 * 60
        );
        desk.client
            .post(&undo, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let clock = desk.clock(&open, "resolution").await;
        assert_eq!(json!(counted(&clock)), clock["elapsed_seconds"]);
        assert_eq!(
            t.texts(rows).await,
            before,
            "closed clocks stay as they are"
        );
        assert!(desk.rebuilt().await.differences.is_empty());
    }
}

#[tokio::test]
async fn clocks_that_ended_stay_byte_for_byte_whatever_is_edited() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let closed = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        desk.step(&closed, Verb::Start, "2026-11-13T10:00:00Z")
            .await;
        desk.step(&closed, Verb::Hold, "2026-11-13T11:00:00Z").await;
        desk.step(&closed, Verb::Resume, "2026-11-16T11:00:00Z")
            .await;
        desk.act("2026-11-20T11:00:00Z").await;
        desk.step(&closed, Verb::Resolve, "2026-11-20T12:00:00Z")
            .await;
        desk.step(&closed, Verb::Close, "2026-11-20T13:00:00Z")
            .await;
        let open = desk.report("low", "medium", "2026-11-20T09:00:00Z").await;
        let id = |column: &str| match t.engine {
            "sqlite" => format!("hex({column})"),
            _ => format!("CAST({column} AS text)"),
        };
        let columns = format!(
            "metric || mode || {} || {} || target_seconds || started_at || as_of
            || consumed_us || coalesce(CAST(due_at AS text), '-') || coalesce(CAST(breached_at AS text), '-')
            || coalesce(CAST(met_at AS text), '-') || fired || coalesce(CAST(fired_before AS text), '-')
            || coalesce(CAST(next_threshold_at AS text), '-') || CAST(legs AS text)",
            id("policy_version_id"),
            id("calendar_version_id")
        );
        let rows = |number: &str| {
            format!(
                "SELECT {columns} FROM sla_clocks JOIN tickets ON tickets.id = ticket_id WHERE number = '{number}' ORDER BY metric"
            )
        };
        let shown = format!(
            "SELECT CAST(sla AS text) || next_breach_at || is_sla_breached || version FROM tickets WHERE number = '{closed}'"
        );
        let before = (t.texts(&rows(&closed)).await, t.text(&shown).await);
        // What comes after the end goes on until now.
        let told = async || {
            let mut clocks = desk.clocks(&closed).await;
            for clock in &mut clocks {
                let intervals = clock["intervals"].as_array_mut().expect("intervals");
                intervals.retain(|interval| interval["kind"] != "after");
            }
            clocks
        };
        let explained = told().await;
        let running = t.texts(&rows(&open)).await;
        assert_eq!((before.0.len(), running.len()), (2, 2), "{}", t.engine);

        let policies = desk.client.get("/sla/policies").await.expect(200);
        let policy = &policies["data"][0];
        let mut targets = policy["targets"].clone();
        targets["low"] = json!({"response_minutes": 1, "resolution_minutes": 2, "next_update_minutes": 3,
            "calendar_id": null});
        let path = format!("/sla/policies/{}", policy["id"].as_str().expect("an id"));
        let change = json!({"targets": targets, "escalation": {"thresholds": [], "before_due": [],
            "no_response": null, "critical_unresolved": null, "no_update": null}});
        desk.client.patch(&path, "*", change).await.expect(200);
        let calendars = desk.client.get("/sla/calendars").await.expect(200);
        for calendar in calendars["data"].as_array().expect("calendars") {
            let path = format!("/sla/calendars/{}", calendar["id"].as_str().expect("an id"));
            let change = json!({"time_zone": "Asia/Tokyo", "weekly": {"sunday": [["00:00", "01:00"]]},
                "holidays": [{"date": "2026-11-13", "name": "x"}]});
            desk.client.patch(&path, "*", change).await.expect(200);
        }
        let after = async || (t.texts(&rows(&closed)).await, t.text(&shown).await);
        assert_eq!(after().await, before, "edited on {}", t.engine);
        desk.client
            .post("/sla/recomputes", json!({}))
            .await
            .expect(200);
        desk.act("2026-11-27T11:00:00Z").await;
        assert_ne!(
            t.texts(&rows(&open)).await,
            running,
            "running ones went over"
        );
        assert_eq!(after().await, before, "recomputed on {}", t.engine);
        assert_eq!(told().await, explained);
        let repaired = sla::rebuild(&t.app, false, at("2026-12-24T00:00:00Z")).await;
        assert_eq!(repaired.expect("repaired").differences, [""; 0]);
        assert_eq!(after().await, before, "rebuilt on {}", t.engine);
    }
}

#[tokio::test]
async fn calendars_are_kept_in_versions_and_guarded() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let list = desk.client.get("/sla/calendars").await.expect(200);
        let names: Vec<_> = list["data"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|c| c["name"].clone())
            .collect();
        assert_eq!(names, ["Day and night", "Office hours"]);
        assert_eq!(list["data"][1]["time_zone"], "Europe/Berlin");
        let hours = json!({"name": "Plant", "time_zone": "Europe/Berlin",
            "weekly": {"friday": [["22:00", "06:00"]]}, "holidays": [{"date": "12-25", "name": "Christmas"}]});
        let made = desk
            .client
            .post("/sla/calendars", hours.clone())
            .await
            .expect(201);
        let path = format!("/sla/calendars/{}", made["id"].as_str().expect("an id"));
        let preview = format!("{path}/preview?from=2026-11-13T12:00:00Z&target_minutes=60");
        let preview = desk.client.get(&preview).await.expect(200);
        assert_eq!(
            preview["openings"][0],
            json!({"from": "2026-11-13T21:00:00Z", "until": "2026-11-14T05:00:00Z"})
        );
        assert_eq!(preview["due_at"], "2026-11-13T22:00:00Z");
        for (field, patch) in [
            ("time_zone", json!({"time_zone": "Mars/Olympus"})),
            (
                "weekly.friday[0][1]",
                json!({"weekly": {"friday": [["22:00", "25:00"]]}}),
            ),
            ("holidays[0]", json!({"holidays": [{"date": "2026-02-30"}]})),
            ("name", json!({"name": " "})),
        ] {
            let refused = desk
                .client
                .patch(&path, "*", patch)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(refused["errors"][0]["field"], field);
        }
        let changed = desk
            .client
            .patch(&path, "\"1\"", json!({"weekly": "24x7"}))
            .await
            .expect(200);
        assert_eq!(
            (&changed["version"], &changed["weekly"]),
            (&json!(2), &json!("24x7"))
        );
        let office = list["data"][1]["id"].as_str().expect("an id");
        let default = desk
            .client
            .delete(&format!("/sla/calendars/{office}"))
            .await;
        default.expect_code(409, "RESOURCE_CONFLICT");
        let night = list["data"][0]["id"].as_str().expect("an id");
        let used = desk.client.delete(&format!("/sla/calendars/{night}")).await;
        used.expect_code(409, "RESOURCE_CONFLICT");
        desk.client.delete(&path).await.expect(204);
        desk.client
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let reader = join(t, desk.agent.organization_id, "reader", "agent").await;
        reader.get("/sla/calendars").await.expect(200);
        reader
            .post("/sla/calendars", hours)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let portal = join(t, desk.agent.organization_id, "portal", "end_user").await;
        portal
            .get("/sla/policies")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let read = desk
            .client
            .post("/sla/holidays/read", json!({"content": file}))
            .await
            .expect(200);
        assert_eq!(
            read["holidays"],
            json!([{"date": "2026-12-25", "name": "Christmas"}])
        );
    }
}
