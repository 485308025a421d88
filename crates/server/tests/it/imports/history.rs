//! The history of imported tickets: what a log says, once, in any order.

use super::log::{file, import, import_as, lines, story, with};
use super::{everything, told};
use crate::support::{join, organization};
use serde_json::{Value, json};
use steward_domain::imports::mapping::SERVICENOW;

#[tokio::test]
async fn open_tickets_that_come_in_have_the_clocks_and_reminders_that_are_still_to_come() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let now = steward_platform::clock::now();
        let open = |number: &str, minutes: i64| {
            let at = now - jiff::SignedDuration::from_mins(minutes);
            let at = at.strftime("%d-%m-%Y %H:%M").to_string();
            let mut columns = vec![("number", number)];
            for column in ["opened_at", "sys_created_at", "sys_updated_at"] {
                columns.push((column, at.as_str()));
            }
            for column in ["closed_code", "resolved_by", "resolved_at", "closed_at"] {
                columns.push((column, "?"));
            }
            with(&lines()[0], &columns)
        };
        let log = file(&[open("INC0000021", 10), open("INC0000022", 180)]);
        let (summary, refused) = import(t, "Acme", &log).await;
        assert_eq!(refused, [], "{}", t.engine);
        assert_eq!(summary.tickets_created, 2);
        // Nobody took up either: of the older one that is long passed.
        let sql = "SELECT number || ' ' || cause FROM sla_reminders JOIN tickets ON tickets.id = ticket_id";
        assert_eq!(t.texts(sql).await, ["INC-000001 no_response"]);
        let comes = "SELECT count(*) FROM sla_reminders JOIN tickets ON tickets.id = ticket_id
            WHERE remind_at > created_at";
        assert_eq!(t.number(comes).await, 1);
        let agent = join(t, org, "priya", "agent").await;
        for key in ["INC-000001", "INC-000002"] {
            let sla = agent.get(&format!("/tickets/{key}/sla")).await.expect(200);
            let clocks = sla["clocks"].as_array().expect("clocks");
            assert_eq!(clocks.len(), 2, "{key}");
        }
        // What they passed before they came is not acted on.
        let later = now + jiff::SignedDuration::from_mins(25);
        steward_desk::sla::act(&t.app, later).await.expect("acted");
        let causes = t
            .texts("SELECT cause FROM escalations WHERE cause = 'no_response'")
            .await;
        assert_eq!(causes, ["no_response"]);
        let checked = steward_desk::sla::rebuild(&t.app, true, later).await;
        assert!(checked.expect("compared").differences.is_empty());
    }
}

#[tokio::test]
async fn an_imported_incident_retells_what_happened() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let (summary, refused) = import(t, "Acme", &file(&lines())).await;
        assert_eq!(refused, [], "{}", t.engine);
        assert_eq!((summary.lines_read, summary.lines_imported), (13, 13));
        assert_eq!((summary.tickets_created, summary.tickets_updated), (3, 0));
        assert_eq!(
            (
                summary.people_created,
                summary.teams_created,
                summary.categories_created
            ),
            (6, 2, 4)
        );
        let agent = join(t, org, "priya", "agent").await;

        let vpn = agent.get("/tickets/INC0000011").await.expect(200);
        for (field, value) in [
            ("number", json!("INC-000001")),
            ("external_source", json!("servicenow")),
            ("external_reference", json!("INC0000011")),
            ("title", json!("Drops – Network – VPN")),
            ("status", json!("closed")),
            ("priority", json!("high")),
            ("impact", json!("high")),
            ("source", json!("phone")),
            ("reassignment_count", json!(1)),
            ("reopened_count", json!(1)),
            ("created_at", json!("2021-01-04T07:55:00Z")),
            ("first_response_at", json!("2021-01-04T08:30:00Z")),
            ("resolved_at", json!("2021-01-04T13:00:00Z")),
            ("closed_at", json!("2021-01-09T13:00:00Z")),
            ("updated_at", json!("2021-01-09T13:00:00Z")),
            (
                "resolution_note",
                json!("Close code: code 6\nResolved by: Jonas Weber"),
            ),
        ] {
            assert_eq!(vpn[field], value, "{field}");
        }
        assert_eq!(vpn["requester"]["name"], "Lea Fontaine");
        assert_eq!(vpn["assignee"]["name"], "Jonas Weber");
        assert_eq!(vpn["team"]["name"], "Network");
        assert_eq!(
            (&vpn["category"], &vpn["subcategory"]),
            (&json!("Network"), &json!("VPN"))
        );
        assert_eq!(
            story(&agent, "INC-000001").await,
            [
                "2021-01-04T07:55:00Z Intake 3: external_reference ->INC0000011",
                "2021-01-04T08:00:00Z Intake 3: status ->new",
                "2021-01-04T08:00:00Z Intake 3: priority ->medium",
                "2021-01-04T08:00:00Z Intake 3: team ->Desk",
                "2021-01-04T08:20:00Z Priya Raman: team Desk>Network",
                "2021-01-04T08:20:00Z Priya Raman: reassignment_count ->1",
                "2021-01-04T08:30:00Z Priya Raman: status new>in_progress",
                "2021-01-04T08:30:00Z Priya Raman: assignee ->Jonas Weber",
                "2021-01-04T09:00:00Z Jonas Weber: status in_progress>on_hold",
                "2021-01-04T09:00:00Z Jonas Weber: hold_reason ->Awaiting User Info",
                "2021-01-04T09:00:00Z Jonas Weber: source_update 3>4",
                "2021-01-04T10:00:00Z Jonas Weber: status on_hold>in_progress",
                "2021-01-04T10:00:00Z Jonas Weber: hold_reason Awaiting User Info>-",
                "2021-01-04T10:00:00Z Jonas Weber: priority medium>high",
                "2021-01-04T10:00:00Z Jonas Weber: impact medium>high",
                "2021-01-04T11:00:00Z Jonas Weber: status in_progress>resolved",
                "2021-01-04T12:00:00Z Priya Raman: status resolved>in_progress",
                "2021-01-04T12:00:00Z Priya Raman: reopened_count ->1",
                "2021-01-04T13:00:00Z Jonas Weber: status in_progress>resolved",
                "2021-01-09T13:00:00Z Robot 1: status resolved>closed",
            ],
            "{}",
            t.engine
        );

        let disk = agent.get("/tickets/INC-000002").await.expect(200);
        assert_eq!(disk["status"], "on_hold");
        assert_eq!(disk["hold_reason"], "Awaiting Vendor");
        assert_eq!(disk["title"], "Hardware – Disk");
        assert_eq!(
            (&disk["resolved_at"], &disk["resolution_note"]),
            (&Value::Null, &Value::Null)
        );
        let lost = agent.get("/tickets/INC-000003").await.expect(200);
        assert_eq!(
            lost["requester"]["name"], "Intake 3",
            "who recorded it, when nobody else is known"
        );
        assert_eq!(
            (&lost["team"], &lost["category"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(
            story(&agent, "INC0000013").await[1..],
            [
                "2021-01-06T08:00:00Z -: status ->in_progress",
                "2021-01-06T08:00:00Z -: priority ->critical"
            ]
        );
        assert_eq!(
            agent.report("next").await["number"],
            "INC-000004",
            "numbers stay dense"
        );
    }
}

#[tokio::test]
async fn importing_twice_doubles_nothing() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        import(t, "Acme", &file(&lines())).await;
        let before = everything(t).await;
        let (summary, _) = import(t, "Acme", &file(&lines())).await;
        assert_eq!((summary.lines_skipped, summary.lines_imported), (13, 0));
        assert_eq!(
            (
                summary.tickets_created,
                summary.tickets_updated,
                summary.people_created
            ),
            (0, 0, 0)
        );
        assert_eq!(everything(t).await, before, "{}", t.engine);
        let agent = join(t, org, "priya", "agent").await;
        assert_eq!(
            agent.get("/tickets/INC0000011").await.expect(200)["version"],
            1
        );
    }
}

#[tokio::test]
async fn lines_in_any_order_and_in_any_number_of_files_give_the_same_history() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Whole").await;
        import(t, "Whole", &file(&lines())).await;
        let expected = told(&join(t, org, "ada", "agent").await).await;

        let mut backwards = lines();
        backwards.reverse();
        let org = organization(t, "Backwards").await;
        import(t, "Backwards", &file(&backwards)).await;
        assert_eq!(
            told(&join(t, org, "bob", "agent").await).await,
            expected,
            "backwards on {}",
            t.engine
        );

        let org = organization(t, "Growing").await;
        for n in 1..=lines().len() {
            import(t, "Growing", &file(&lines()[..n])).await;
        }
        assert_eq!(
            told(&join(t, org, "cy", "agent").await).await,
            expected,
            "growing on {}",
            t.engine
        );

        let org = organization(t, "Scattered").await;
        for n in [9, 0, 4, 12, 2, 7, 1, 11, 3, 8, 10, 5, 6] {
            let (summary, _) = import(t, "Scattered", &file(&[lines()[n].clone()])).await;
            assert_eq!(summary.lines_imported, 1);
        }
        assert_eq!(
            told(&join(t, org, "dee", "agent").await).await,
            expected,
            "scattered on {}",
            t.engine
        );
    }
}

#[tokio::test]
async fn what_a_log_says_of_the_end_does_not_count_before_it_is_there() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let mut states = Vec::new();
        for n in 1..=10 {
            let (summary, _) = import(t, "Acme", &file(&lines()[..n])).await;
            assert_eq!(summary.tickets_updated, u64::from(n > 1));
            let view = agent.get("/tickets/INC0000011").await.expect(200);
            let text = |field: &str| view[field].as_str().unwrap_or("-").to_owned();
            states.push([text("status"), text("resolved_at"), text("closed_at")].join(" "));
        }
        assert_eq!(
            states,
            [
                "new - -",
                "new - -",
                "in_progress - -",
                "on_hold - -",
                "on_hold - -",
                "in_progress - -",
                "resolved 2021-01-04T11:00:00Z -",
                "in_progress - -",
                "resolved 2021-01-04T13:00:00Z -",
                "closed 2021-01-04T13:00:00Z 2021-01-09T13:00:00Z",
            ],
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn what_somebody_changed_in_steward_is_not_changed_by_a_log() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        import(t, "Acme", &file(&lines()[..3])).await;
        let note = json!({"body": "called back", "visibility": "public"});
        agent
            .post("/tickets/INC0000011/comments", note)
            .await
            .expect(201);
        let (summary, refused) = import(t, "Acme", &file(&lines()[..5])).await;
        assert_eq!(
            (summary.tickets_updated, refused.len()),
            (1, 0),
            "a comment is no change"
        );

        let changed = agent
            .patch("/tickets/INC0000011", "*", json!({"title": "Mine"}))
            .await
            .expect(200);
        let (summary, refused) = import(t, "Acme", &file(&lines())).await;
        let lines: Vec<u64> = refused.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [7, 8, 9, 10, 11], "only its new lines");
        assert!(
            refused[0].1.contains("INC-000001 was changed in Steward"),
            "{refused:?}"
        );
        assert_eq!((summary.lines_skipped, summary.tickets_created), (5, 2));
        assert_eq!(
            agent.get("/tickets/INC0000011").await.expect(200),
            changed,
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn lines_of_many_tickets_may_be_mixed_through_many_batches() {
    // 300 tickets of 4 lines each: first all first lines, then all second ones.
    let told = &lines()[..4];
    let mut mixed = Vec::new();
    for line in told {
        mixed.extend((1..=300).map(|n| with(line, &[("number", &format!("INC{n:07}"))])));
    }
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let dry = import_as(t, Some("Acme"), SERVICENOW, &file(&mixed), true)
            .await
            .expect("counted");
        let (summary, refused) = import(t, "Acme", &file(&mixed)).await;
        assert_eq!(dry, (summary.clone(), refused));
        assert_eq!((summary.tickets_created, summary.tickets_updated), (300, 0));
        assert_eq!(summary.lines_imported, 1200);
        let page = agent.get("/tickets?status=on_hold").await.expect(200);
        assert_eq!(page["pagination"]["total"], 300, "{}", t.engine);
        let numbers = agent.get("/tickets/INC-000300").await.expect(200);
        assert_eq!(numbers["external_reference"], "INC0000300");
        let first = story(&agent, "INC0000001").await;
        let last = story(&agent, "INC0000300").await;
        assert_eq!(first[1..], last[1..], "{}", t.engine);
        assert_eq!(first.len(), 10);
    }
}
