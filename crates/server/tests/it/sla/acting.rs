//! What is done when an instant comes.

use super::*;

#[tokio::test]
async fn thresholds_and_reminders_act_once_and_escalate() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        // Monday 09:00 in Berlin, high: 30 minutes to answer.
        let key = desk.report("high", "medium", "2026-11-16T08:00:00Z").await;
        assert_eq!(desk.act("2026-11-16T08:22:29Z").await, 0);
        assert_eq!(desk.act("2026-11-16T08:22:30Z").await, 1);
        assert_eq!(desk.events("sla.threshold_reached").await, 1);
        assert_eq!(desk.events("ticket.escalated").await, 0);
        desk.act("2026-11-16T08:27:00Z").await;
        assert_eq!(desk.events("ticket.escalated").await, 1);
        // An outage: breach and "no response" come late, and once.
        for _ in 0..3 {
            desk.act("2026-11-16T10:00:00Z").await;
        }
        assert_eq!(
            (
                desk.events("sla.breached").await,
                desk.events("ticket.escalated").await
            ),
            (1, 3)
        );
        let causes = t
            .texts("SELECT cause FROM escalations ORDER BY level")
            .await;
        assert_eq!(causes, ["sla_at_risk", "sla_breached", "no_response"]);
        let ticket = desk
            .client
            .get(&format!("/tickets/{key}"))
            .await
            .expect(200);
        assert_eq!(ticket["escalation_level"], 3);
        let timeline = desk
            .client
            .get(&format!("/tickets/{key}/timeline"))
            .await
            .expect(200);
        assert!(timeline.to_string().contains("sla_breached"));
        // In progress and quiet for a day.
        desk.step(&key, Verb::Start, "2026-11-16T10:00:00Z").await;
        assert_eq!(t.number("SELECT count(*) FROM sla_reminders").await, 1);
        desk.act("2026-11-17T10:00:01Z").await;
        assert_eq!(t.number("SELECT count(*) FROM sla_reminders").await, 0);
        assert!(desk.rebuilt().await.differences.is_empty());
    }
}

#[tokio::test]
async fn two_nodes_that_look_at_once_act_once() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        for _ in 0..5 {
            desk.report("high", "medium", "2026-11-16T08:00:00Z").await;
        }
        let looks = (0..4).map(|_| sla::act(&t.app, at("2026-11-16T12:00:00Z")));
        for look in futures::future::join_all(looks).await {
            look.expect("acted");
        }
        assert_eq!(desk.events("sla.breached").await, 5, "{}", t.engine);
        let rows = t
            .number("SELECT count(*) FROM sla_clocks WHERE breached_at IS NOT NULL")
            .await;
        assert_eq!(rows, 5);
    }
}

#[tokio::test]
async fn resolved_tickets_close_after_working_days_of_the_default_calendar() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let key = desk.report("low", "medium", "2026-11-13T09:00:00Z").await;
        desk.step(&key, Verb::Start, "2026-11-13T10:00:00Z").await;
        desk.step(&key, Verb::Resolve, "2026-11-13T11:00:00Z").await;
        let list = desk.client.get("/sla/calendars").await.expect(200);
        let office = list["data"][1]["id"].as_str().expect("an id");
        let holiday = json!({"holidays": [{"date": "2026-11-17"}]});
        let path = format!("/sla/calendars/{office}");
        desk.client.patch(&path, "*", holiday).await.expect(200);
        // Five working days: 16, 18, 19, 20 and 23 November.
        let just_before = at("2026-11-23T11:00:00Z") - 1.seconds();
        assert_eq!(
            closing::close_due(&t.app, just_before)
                .await
                .expect("looked"),
            0
        );
        assert_eq!(
            closing::close_due(&t.app, at("2026-11-23T11:00:00Z"))
                .await
                .expect("closed"),
            1
        );
        let ticket = desk
            .client
            .get(&format!("/tickets/{key}"))
            .await
            .expect(200);
        assert_eq!(
            (&ticket["status"], &ticket["closed_at"]),
            (&json!("closed"), &json!("2026-11-23T11:00:00Z"))
        );
        assert!(desk.rebuilt().await.differences.is_empty());
    }
}

#[tokio::test]
async fn what_is_due_is_found_in_an_index_of_its_own() {
    for t in &steward_testkit::apps().await {
        let look = sla::act(&t.app, at("2026-11-23T11:00:00Z"));
        let (done, plans) = t.plans(look).await;
        assert_eq!(done.expect("looked"), 0);
        let text = format!("{plans:?}");
        let is_indexed = text.contains("sla_clocks_due") && text.contains("sla_reminders_due");
        assert!(is_indexed, "{}: {text}", t.engine);
    }
}
