//! How deliveries end: taken, refused, stalled, given up, and what it does to the webhook.

use super::receiver::{Receiver, Say};
use super::{after, apps, deliveries, make, once, pass, path_of, setting, story};
use crate::support::{join, organization, until};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use steward_db::time::to_db;
use steward_db::{Executor, values};
use steward_platform::outgoing::{Lookup, Options, Outgoing};
use steward_signals::webhooks;
use steward_testkit::TestApp;
use tokio_util::sync::CancellationToken;

async fn set(t: &TestApp, sql: &str, minutes: i64) {
    let done = t.app.db.execute(sql, values![to_db(after(minutes))]).await;
    done.expect("the statement runs");
}

async fn detail(s: &super::Setting<'_>) -> Value {
    let row = deliveries(&s.admin, &s.path).await[0].clone();
    let id = row["id"].as_str().expect("an id");
    let path = format!("{}/deliveries/{id}", s.path);
    s.admin.get(&path).await.expect(200)
}

#[tokio::test]
async fn what_fails_is_tried_again_under_the_same_id_until_it_is_taken() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(500)).await;
        let s = setting(t, &receiver, &["ticket.*"]).await;
        s.admin.report("VPN drops").await;
        once(t, 0).await;
        assert_eq!(
            story(&s.admin, &s.path).await,
            ["ticket.created waiting -"],
            "{}",
            t.engine
        );
        once(t, 0).await;
        assert_eq!(receiver.got().len(), 1, "its time has not come");
        assert_eq!(s.admin.get(&s.path).await.expect(200)["failures"], 1);
        receiver.say(Say::Status(200));
        once(t, 1).await;
        assert_eq!(story(&s.admin, &s.path).await, ["ticket.created sent -"]);
        let got = receiver.got();
        assert_eq!(got.len(), 2);
        assert_eq!(got[0].header("webhook-id"), got[1].header("webhook-id"));
        assert_eq!(got[0].body, got[1].body);
        let shown = s.admin.get(&s.path).await.expect(200);
        assert_eq!(shown["failures"], 0);
        assert!(shown["last_success_at"].is_string() && shown["failing_since"].is_null());
        let detail = detail(&s).await;
        let attempts = detail["attempts"].as_array().expect("attempts");
        let statuses: Vec<&Value> = attempts.iter().map(|a| &a["status"]).collect();
        assert_eq!(statuses, [&json!(500), &json!(200)]);
        assert_eq!(attempts[0]["answer_body"], "said 500\u{fffd}");
        assert_eq!(attempts[0]["request_body"], got[0].body);
        assert_eq!(
            attempts[1]["request_headers"]["webhook-id"],
            detail["delivery"]["id"]
        );
        let body = got[0].json();
        assert_eq!(body["type"], "ticket.created");
        assert_eq!(body["data"]["ticket"]["title"], "VPN drops");
        let api = format!(
            "http://localhost/api/v1/tickets/{}",
            body["data"]["ticket"]["id"].as_str().expect("an id")
        );
        assert_eq!(body["data"]["ticket"]["api_url"], api);
        once(t, 60 * 25).await;
        assert_eq!(receiver.got().len(), 2, "what was taken is over");
    }
}

#[tokio::test]
async fn redirects_are_failures_and_huge_answers_are_cut() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Redirect).await;
        let s = setting(t, &receiver, &["ticket.created"]).await;
        s.admin.report("VPN drops").await;
        once(t, 0).await;
        assert_eq!(story(&s.admin, &s.path).await, ["ticket.created waiting -"]);
        assert!(
            receiver.got().iter().all(|got| got.path == "/hook"),
            "not followed"
        );
        let attempt = detail(&s).await["attempts"][0].clone();
        assert_eq!(
            (&attempt["status"], &attempt["answer_headers"]["location"]),
            (&json!(307), &json!("/trap"))
        );
        receiver.say(Say::Huge);
        once(t, 1).await;
        assert_eq!(story(&s.admin, &s.path).await, ["ticket.created sent -"]);
        let body = detail(&s).await["attempts"][1]["answer_body"].clone();
        assert_eq!(body.as_str().map(str::len), Some(4096));
    }
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_switched_off_at_once_and_administrators_are_told() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(500)).await;
        let s = setting(t, &receiver, &["ticket.*"]).await;
        let agent = join(t, s.org, "priya", "agent").await;
        s.admin.report("first").await;
        once(t, 0).await;
        s.admin.report("second").await;
        receiver.say(Say::Status(410));
        once(t, 0).await;
        assert_eq!(
            story(&s.admin, &s.path).await,
            [
                "ticket.created skipped disabled",
                "ticket.created failed gone"
            ],
            "{}",
            t.engine
        );
        let shown = s.admin.get(&s.path).await.expect(200);
        assert_eq!(
            (&shown["is_enabled"], &shown["disabled_reason"]),
            (&json!(false), &json!("gone"))
        );
        s.admin.report("third").await;
        pass(t, 0).await;
        assert_eq!(receiver.got().len(), 2, "nothing more is sent");
        assert_eq!(
            story(&s.admin, &s.path).await[2],
            "ticket.created skipped disabled"
        );
        let inbox = s.admin.get("/notifications").await.expect(200);
        let notice = &inbox["data"][0];
        assert_eq!(
            (&notice["reason"], &notice["webhook"]["name"]),
            (&json!("webhook_disabled"), &json!("Chat"))
        );
        assert_eq!(
            (&notice["ticket"], inbox["data"].as_array().map(Vec::len)),
            (&Value::Null, Some(1))
        );
        assert_eq!(
            agent.get("/notifications").await.expect(200)["data"],
            json!([])
        );
    }
}

#[tokio::test]
async fn a_day_of_failures_ends_a_delivery_and_five_days_end_the_webhook() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(503)).await;
        let s = setting(t, &receiver, &["ticket.*"]).await;
        s.admin.report("first").await;
        once(t, 0).await;
        set(
            t,
            "UPDATE webhook_deliveries SET first_try_at = $1",
            -60 * 24,
        )
        .await;
        once(t, 1).await;
        assert_eq!(
            story(&s.admin, &s.path).await,
            ["ticket.created failed given_up"],
            "{}",
            t.engine
        );
        assert_eq!(s.admin.get(&s.path).await.expect(200)["is_enabled"], true);
        set(t, "UPDATE webhooks SET failing_since = $1", -60 * 24 * 5).await;
        s.admin.report("second").await;
        once(t, 0).await;
        let shown = s.admin.get(&s.path).await.expect(200);
        assert_eq!(
            (&shown["is_enabled"], &shown["disabled_reason"]),
            (&json!(false), &json!("failing"))
        );
        assert_eq!(
            story(&s.admin, &s.path).await[1],
            "ticket.created skipped disabled"
        );
        let inbox = s.admin.get("/notifications").await.expect(200);
        assert_eq!(inbox["data"][0]["reason"], "webhook_disabled");
        // Switched on again it begins anew.
        receiver.say(Say::Status(200));
        let on = s
            .admin
            .patch(&s.path, "*", json!({"is_enabled": true}))
            .await
            .expect(200);
        assert_eq!(
            (&on["failures"], &on["failing_since"]),
            (&json!(0), &Value::Null)
        );
        s.admin.report("third").await;
        once(t, 0).await;
        assert_eq!(story(&s.admin, &s.path).await[2], "ticket.created sent -");
    }
}

#[tokio::test]
async fn a_receiver_may_ask_for_time() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Later(600)).await;
        let s = setting(t, &receiver, &["ticket.*"]).await;
        s.admin.report("first").await;
        once(t, 0).await;
        let next = deliveries(&s.admin, &s.path).await[0]["next_try_at"].clone();
        let next: steward_kernel::Instant =
            next.as_str().expect("a time").parse().expect("an instant");
        assert!(
            next > after(9) && next <= after(10),
            "{next} on {}",
            t.engine
        );
    }
}

#[tokio::test]
async fn who_stalls_times_out_and_a_name_that_turns_inward_is_refused() {
    for t in &mut apps().await {
        let receiver = Receiver::start(Say::Stall).await;
        let lookups = Arc::new(AtomicUsize::new(0));
        let count = lookups.clone();
        // The first look-up leads to the receiver, every later one into a private network.
        let lookup: Lookup = Arc::new(move |_| {
            let address = match count.fetch_add(1, Ordering::SeqCst) {
                0 => "127.0.0.1",
                _ => "10.0.0.1",
            };
            Ok(vec![address.parse().expect("an address")])
        });
        let options = Options {
            lookup: Some(lookup),
            patience: Duration::from_millis(100),
            ..Options::default()
        };
        t.app.outgoing = Outgoing::with(&t.app.config.outgoing_networks, options);
        let t = &*t;
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let url = format!("http://hooks.example.com:{}/hook", receiver.port());
        let path = path_of(&make(&admin, &url, &["ticket.*"]).await);
        admin.report("first").await;
        once(t, 0).await;
        once(t, 1).await;
        let row = deliveries(&admin, &path).await[0].clone();
        let id = row["id"].as_str().expect("an id");
        let detail = admin
            .get(&format!("{path}/deliveries/{id}"))
            .await
            .expect(200);
        let kinds: Vec<&Value> = (0..2)
            .map(|n| &detail["attempts"][n]["error_kind"])
            .collect();
        assert_eq!(
            kinds,
            [&json!("timed_out"), &json!("address_refused")],
            "{}",
            t.engine
        );
        assert!(
            !detail.to_string().contains("10.0.0.1"),
            "the operator's network is not told"
        );
        assert_eq!(
            (receiver.got().len(), lookups.load(Ordering::SeqCst)),
            (1, 2)
        );
        receiver.release();
    }
}

#[tokio::test]
async fn a_slow_receiver_holds_up_no_other() {
    for t in &mut apps().await {
        // However slow this machine is, who stalls is not given up meanwhile.
        let options = Options {
            patience: Duration::from_secs(600),
            ..Options::default()
        };
        t.app.outgoing = Outgoing::with(&t.app.config.outgoing_networks, options);
        let t = &*t;
        let slow = Receiver::start(Say::Stall).await;
        let quick = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &slow, &["ticket.*"]).await;
        make(&s.admin, &quick.url(), &["ticket.*"]).await;
        let stop = CancellationToken::new();
        let test = async {
            for n in 0..10 {
                s.admin.report(&format!("number {n}")).await;
            }
            until("the quick one has all", async || quick.got().len() == 10).await;
            until("the slow one has its share", async || slow.got().len() == 4).await;
            slow.release();
            until("the slow one has all", async || slow.got().len() == 10).await;
            let done = "SELECT count(*) FROM webhook_deliveries WHERE state = 'sent'";
            until("all is settled", async || t.number(done).await == 20).await;
            stop.cancel();
        };
        tokio::join!(webhooks::run(&t.app, &stop), test);
    }
}

#[tokio::test]
async fn who_sends_is_woken_by_what_happens_and_by_what_is_sent_again() {
    use futures::FutureExt;
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["*"]).await;
        let is_woken = || t.app.db.deliveries_arrived().now_or_never().is_some();
        while is_woken() {}
        s.admin.get("/tickets").await.expect(200);
        assert!(!is_woken(), "reading is no news: {}", t.engine);
        s.admin.report("VPN drops").await;
        assert!(is_woken(), "an event is: {}", t.engine);
        once(t, 0).await;
        while is_woken() {}
        let sent = &deliveries(&s.admin, &s.path).await[0];
        let id = sent["id"].as_str().expect("an id");
        let again = format!("{}/deliveries/{id}/replay", s.path);
        s.admin.post(&again, json!({})).await.expect(200);
        assert!(is_woken(), "what is sent again is: {}", t.engine);
    }
}

#[tokio::test]
async fn of_several_nodes_one_plans_and_each_delivery_is_sent_once() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["*"]).await;
        for n in 0..12 {
            s.admin.report(&format!("number {n}")).await;
        }
        let stop = CancellationToken::new();
        let nodes: Vec<_> = (0..3).map(|_| t.app.clone()).collect();
        let nodes = nodes.iter().map(|app| webhooks::run(app, &stop));
        let test = async {
            let done = "SELECT count(*) FROM webhook_deliveries WHERE state = 'sent'";
            until("all is sent", async || t.number(done).await == 12).await;
            stop.cancel();
        };
        tokio::join!(futures::future::join_all(nodes), test);
        let mut ids: Vec<String> = receiver
            .got()
            .iter()
            .map(|got| got.header("webhook-id").to_owned())
            .collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), receiver.got().len()), (12, 12), "{}", t.engine);
    }
}

#[tokio::test]
async fn old_deliveries_are_forgotten() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["*"]).await;
        s.admin.report("old").await;
        once(t, 0).await;
        set(
            t,
            "UPDATE webhook_deliveries SET created_at = $1",
            -60 * 24 * 31,
        )
        .await;
        s.admin.report("new").await;
        once(t, 0).await;
        crate::support::run_job(t, "retention.daily").await;
        assert_eq!(
            (
                t.rows("webhook_deliveries").await,
                t.rows("webhook_attempts").await
            ),
            (1, 1)
        );
    }
}
