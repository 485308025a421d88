//! The calculator, and the clock of a ticket through its life.

use super::*;

#[tokio::test]
async fn the_calculator_answers_as_documented() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let question = json!({"calendar": {"time_zone": "Europe/Berlin",
                "weekly": {"monday": [["09:00", "12:00"], ["13:00", "17:00"]], "friday": [["22:00", "06:00"]]},
                "holidays": ["2026-12-25"]},
            "start": "2026-03-27T15:30:00Z", "target_minutes": 240,
            "pauses": [{"from": "2026-03-27T16:00:00Z", "to": "2026-03-30T08:00:00Z"}],
            "at": "2026-03-30T09:00:00Z"});
        let answer = desk
            .client
            .post("/sla/calculate", question.clone())
            .await
            .expect(200);
        assert_eq!(
            answer,
            json!({"due_at": "2026-03-30T13:00:00Z", "elapsed_seconds": 3600, "remaining_seconds": 10_800, "state": "running"})
        );
        let mut wrong = question;
        wrong["calendar"]["weekly"]["monday"][0][0] = json!("nine");
        let refused = desk.client.post("/sla/calculate", wrong).await;
        let refused = refused.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(
            refused["errors"][0]["field"],
            "calendar.weekly.monday[0][0]"
        );
    }
}

#[tokio::test]
async fn a_ticket_over_a_weekend_is_explained_to_the_second_and_told_of_once() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        // Friday 10:00 in Berlin; low: 120 minutes to answer, 2880 to resolve.
        let key = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        assert_eq!(
            desk.clock(&key, "response").await["due_at"],
            "2026-11-13T11:00:00Z"
        );
        desk.step(&key, Verb::Start, "2026-11-13T10:00:00Z").await;
        desk.step(&key, Verb::Hold, "2026-11-13T12:00:00Z").await;
        let held = desk.clock(&key, "resolution").await;
        assert_eq!(
            (&held["state"], &held["due_at"]),
            (&json!("paused"), &Value::Null)
        );
        desk.step(&key, Verb::Resume, "2026-11-16T09:00:00Z").await;
        // Raised twice on Monday: high has 480 minutes, critical 240 day and night.
        let raise =
            |priority: &str| json!({"priority": priority, "priority_reason": "The board prints"});
        desk.update(&key, raise("high"), "2026-11-16T10:00:00Z")
            .await;
        let high = desk.clock(&key, "resolution").await;
        assert_eq!(
            (&high["due_at"], counted(&high) >= 4 * 3600),
            (&json!("2026-11-16T14:00:00Z"), true)
        );
        desk.update(&key, raise("critical"), "2026-11-16T10:30:00Z")
            .await;
        // 4.5 of 4 hours are used up at once: all thresholds come due.
        for now in [
            "2026-11-16T10:30:01Z",
            "2026-11-16T10:30:01Z",
            "2026-11-16T10:31:00Z",
        ] {
            desk.act(now).await;
        }
        assert_eq!(desk.events("sla.breached").await, 1);
        desk.step(&key, Verb::Resolve, "2026-11-16T11:00:00Z").await;
        desk.step(&key, Verb::Reopen, "2026-11-17T11:00:00Z").await;
        desk.act("2026-11-17T11:00:01Z").await;
        desk.step(&key, Verb::Resolve, "2026-11-17T11:30:00Z").await;
        desk.act("2026-11-18T11:00:01Z").await;
        assert_eq!(desk.events("sla.breached").await, 1, "{}: once", t.engine);
        let resolution = desk.clock(&key, "resolution").await;
        // 3 h on Friday, 1.5 h and half an hour on Monday, half an hour on Tuesday.
        assert_eq!(resolution["elapsed_seconds"], 11 * 1800);
        assert_eq!(counted(&resolution), 11 * 1800);
        assert_eq!(
            (&resolution["state"], &resolution["breached_at"]),
            (&json!("breached"), &json!("2026-11-16T10:30:00Z"))
        );
        let response = desk.clock(&key, "response").await;
        assert_eq!(
            (&response["state"], &response["met_at"]),
            (&json!("met"), &json!("2026-11-13T10:00:00Z"))
        );
        assert_eq!(counted(&response), 3600);
        let report = desk.rebuilt().await;
        assert_eq!(
            (report.clocks, report.differences),
            (2, Vec::<String>::new()),
            "{}",
            t.engine
        );
        // The ticket shows it, and lists find it.
        let shown = desk
            .client
            .get(&format!("/tickets/{key}"))
            .await
            .expect(200);
        assert_eq!(shown["sla"].as_array().map(Vec::len), Some(2));
        let list = desk
            .client
            .get("/tickets?sla_breached=true&sort=next_breach_at")
            .await
            .expect(200);
        assert_eq!(list["data"][0]["number"], json!(key));
        let none = desk
            .client
            .get("/tickets?sla_breached=false")
            .await
            .expect(200);
        assert_eq!(none["data"].as_array().map(Vec::len), Some(0));
        work(t).await;
        let told = desk.client.get("/notifications").await.expect(200);
        let reasons = told["data"].as_array().expect("a list").iter();
        let breached = reasons.filter(|n| n["reason"] == "sla_breached").count();
        assert_eq!(breached, 1, "{told}");
    }
}
