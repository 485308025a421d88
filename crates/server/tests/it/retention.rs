//! How long what came in and what was sent is kept.

use crate::mail_in::{Desk, ended};
use crate::support::{join, organization, run_job};
use jiff::SignedDuration;
use serde_json::{Value, json};
use steward_db::{Executor, time::to_db, values};
use steward_platform::clock;
use steward_testkit::TestApp;

const PATH: &str = "/retention-settings";

/// Moves instants of a table so many days into the past.
async fn age(t: &TestApp, statement: &str, days: i64) {
    let at = clock::now()
        .checked_sub(SignedDuration::from_hours(24 * days))
        .expect("an instant");
    let tx = t.app.db.write("test").await.expect("open");
    tx.execute(statement, values![to_db(at)])
        .await
        .expect("aged");
    tx.commit().await.expect("kept");
}

const OLD_MAIL: &str =
    "UPDATE inbound_mails SET received_at = $1, settled_at = $1 WHERE settled_at IS NOT NULL";

fn id(line: &Value) -> String {
    line["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn settings_have_defaults_bounds_and_belong_to_one_organization() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let found = admin.get(PATH).await.expect(200);
        for (field, days) in [
            ("inbound_mail_days", 365),
            ("delivery_days", 365),
            ("webhook_delivery_days", 30),
            ("version", 0),
        ] {
            assert_eq!(found[field], days, "{field} {}", t.engine);
        }
        for (body, field) in [
            (json!({"inbound_mail_days": -1}), "inbound_mail_days"),
            (json!({"delivery_days": 3651}), "delivery_days"),
            (
                json!({"webhook_delivery_days": "x"}),
                "webhook_delivery_days",
            ),
            (json!({"other_days": 1}), "other_days"),
        ] {
            let refused = admin.patch(PATH, "*", body).await;
            assert!(refused.status.is_client_error(), "{}", refused.body);
            assert!(refused.text().contains(field), "{}", refused.body);
        }
        let kept = admin
            .patch(PATH, "\"0\"", json!({"delivery_days": 0}))
            .await
            .expect(200);
        assert_eq!(
            (&kept["delivery_days"], &kept["version"]),
            (&json!(0), &json!(1))
        );
        admin
            .patch(PATH, "\"0\"", json!({"delivery_days": 1}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        for reply in [
            agent.get(PATH).await,
            agent.patch(PATH, "*", json!({"delivery_days": 1})).await,
        ] {
            reply.expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
        let other = organization(t, "Other").await;
        let stranger = join(t, other, "sam", "admin").await;
        assert_eq!(stranger.get(PATH).await.expect(200)["delivery_days"], 365);
    }
}

#[tokio::test]
async fn an_old_message_goes_and_its_line_stays_and_says_so() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let opened = desk
            .write("lea", "Subject: VPN\nMessage-ID: <1@lea>", "It drops.")
            .await;
        let ignored = desk
            .write("lea", "Subject: x\nPrecedence: bulk", "news")
            .await;
        age(t, OLD_MAIL, 366).await;
        let young = desk
            .write("lea", "Subject: y\nPrecedence: bulk", "new news")
            .await;
        let raw = |line: &Value| format!("/inbound-mails/{}/raw", id(line));
        let again = |line: &Value| format!("/inbound-mails/{}/process", id(line));
        for line in [&opened, &ignored] {
            assert!(desk.admin.get(&raw(line)).await.text().contains("lea Test"));
        }
        run_job(t, "retention.daily").await;

        for line in [&opened, &ignored] {
            let path = format!("/inbound-mails/{}", id(line));
            let found = desk.admin.get(&path).await.expect(200);
            assert!(found["mail"]["raw_removed_at"].is_string(), "{found}");
            assert_eq!(
                (&found["text"], &found["raw_path"], &found["headers"]),
                (&json!(""), &Value::Null, &json!([])),
                "{}",
                t.engine
            );
            assert_eq!(found["mail"]["subject"], line["subject"]);
            let gone = desk.admin.get(&raw(line)).await;
            let gone = gone.expect_code(404, "RESOURCE_NOT_FOUND");
            let detail = gone["detail"].as_str().expect("a text");
            assert!(detail.contains("was removed on"), "{detail}");
        }
        let refused = desk.admin.post(&again(&ignored), json!({})).await;
        let refused = refused.expect_code(409, "RESOURCE_CONFLICT");
        let detail = refused["detail"].as_str().expect("a text");
        assert!(detail.contains("send it again"), "{detail}");
        assert_eq!(ended(&desk.line(&id(&ignored)).await), ("ignored", "bulk"));

        // What is young is whole, and what was said is with the ticket.
        assert!(
            desk.admin
                .get(&raw(&young))
                .await
                .text()
                .contains("new news")
        );
        desk.admin.post(&again(&young), json!({})).await.expect(200);
        let ticket = desk.admin.get("/tickets/INC-1").await.expect(200);
        assert_eq!(ticket["description"], "It drops.", "{}", t.engine);
        // An answer still finds its ticket, and a copy is still known.
        let copy = desk
            .write("lea", "Subject: VPN\nMessage-ID: <1@lea>", "It drops.")
            .await;
        assert_eq!(ended(&copy), ("ignored", "duplicate"), "{}", t.engine);
        let going = "SELECT count(*) FROM inbound_mails WHERE raw_state = 'removed'";
        assert_eq!(t.number(going).await, 2, "{}", t.engine);
    }
}

#[tokio::test]
async fn nothing_goes_that_is_kept_for_good_or_has_not_ended() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let line = desk
            .write("lea", "Subject: x\nPrecedence: bulk", "news")
            .await;
        let waits = steward_signals::mailboxes::receive(
            &t.app,
            Some(crate::mail_in::DESK),
            b"From: a@b.c\r\nSubject: waits\r\n\r\nx\r\n",
            clock::now(),
        );
        waits.await.expect("stored");
        t.run("DELETE FROM jobs WHERE kind = 'mailboxes.process'")
            .await;
        age(t, OLD_MAIL, 4000).await;
        age(t, "UPDATE inbound_mails SET received_at = $1", 4000).await;
        let keep = json!({"inbound_mail_days": 0});
        desk.admin.patch(PATH, "*", keep).await.expect(200);
        run_job(t, "retention.daily").await;
        let gone = "SELECT count(*) FROM inbound_mails WHERE raw_state <> 'kept'";
        assert_eq!(t.number(gone).await, 0, "{}", t.engine);
        let keep = json!({"inbound_mail_days": 1});
        desk.admin.patch(PATH, "*", keep).await.expect(200);
        run_job(t, "retention.daily").await;
        assert_eq!(t.number(gone).await, 1, "only what has ended: {}", t.engine);
        assert!(desk.line(&id(&line)).await["raw_removed_at"].is_string());
    }
}

#[tokio::test]
async fn what_a_crash_left_half_removed_is_removed_by_the_next_round() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let line = desk
            .write("lea", "Subject: x\nPrecedence: bulk", "news")
            .await;
        // The line says that it goes, and the file is still there.
        age(
            t,
            "UPDATE inbound_mails SET raw_state = 'going', raw_removed_at = $1",
            1,
        )
        .await;
        let again = format!("/inbound-mails/{}/process", id(&line));
        desk.admin
            .post(&again, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        run_job(t, "retention.daily").await;
        let gone = "SELECT count(*) FROM inbound_mails WHERE raw_state = 'removed'";
        assert_eq!(t.number(gone).await, 1, "{}", t.engine);
        let file: uuid::Uuid = id(&line).parse().expect("an id");
        assert!(t.app.files.read(file, None).await.is_err());
    }
}

#[tokio::test]
async fn the_log_of_what_was_sent_goes_with_its_mails_and_what_waits_stays() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        desk.assign_a_report().await;
        crate::deliveries::pass(t, 3).await;
        assert_eq!(t.rows("deliveries").await, 1, "{}", t.engine);
        assert_eq!(t.rows("mail_envelopes").await, 1, "{}", t.engine);
        let old = [
            "UPDATE deliveries SET created_at = $1, settled_at = $1",
            "UPDATE mails SET created_at = $1, sent_at = $1",
        ];
        for statement in old {
            age(t, statement, 400).await;
        }
        crate::deliveries::say(&desk.lea, "still waits", "public").await;
        crate::support::work(t).await;
        age(t, "UPDATE deliveries SET created_at = $1", 400).await;
        run_job(t, "retention.daily").await;
        let left = t.texts("SELECT state FROM deliveries").await;
        assert_eq!(left, ["waiting"], "{}", t.engine);
        assert_eq!(t.rows("mails").await, 0, "{}", t.engine);
        assert_eq!(t.rows("mail_envelopes").await, 0, "{}", t.engine);
        // It is sent all the same, and nobody is told twice of what was forgotten.
        crate::deliveries::pass(t, 9).await;
        let left = t.texts("SELECT state FROM deliveries").await;
        assert_eq!(left, ["sent"], "{}", t.engine);
        assert_eq!(crate::deliveries::letters(t).len(), 2, "{}", t.engine);
    }
}
