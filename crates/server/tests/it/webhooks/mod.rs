//! Webhooks: what receivers are told, how it ends, and who looks after them.

mod configuration;
mod endings;
mod killed;
mod receiver;
mod replays;
mod rights;
mod signatures;

use crate::support::{Client, join, organization, until};
use jiff::SignedDuration;
use receiver::Receiver;
use serde_json::{Value, json};
use steward_kernel::Instant;
use steward_kernel::id::OrganizationId;
use steward_platform::clock;
use steward_signals::webhooks;
use steward_testkit::TestApp;

/// Applications that may send to this machine.
async fn apps() -> Vec<TestApp> {
    steward_testkit::apps_with(|config| {
        config.outgoing_networks = vec!["127.0.0.0/8".parse().expect("a network")];
    })
    .await
}

/// An organization with an administrator and a webhook of theirs.
struct Setting<'a> {
    org: OrganizationId,
    admin: Client<'a>,
    /// `/webhooks/{id}`
    path: String,
    secret: String,
}

async fn setting<'a>(t: &'a TestApp, receiver: &Receiver, events: &[&str]) -> Setting<'a> {
    let org = organization(t, "Acme").await;
    let admin = join(t, org, "ada", "admin").await;
    let made = make(&admin, &receiver.url(), events).await;
    Setting {
        org,
        path: path_of(&made),
        secret: made["secret"].as_str().expect("a secret").to_owned(),
        admin,
    }
}

async fn make(who: &Client<'_>, url: &str, events: &[&str]) -> Value {
    let body = json!({"name": "Chat", "url": url, "events": events});
    who.post("/webhooks", body).await.expect(201)
}

fn path_of(webhook: &Value) -> String {
    format!("/webhooks/{}", webhook["id"].as_str().expect("an id"))
}

fn after(minutes: i64) -> Instant {
    clock::now()
        .checked_add(SignedDuration::from_mins(minutes))
        .expect("an instant")
}

/// Plans what happened and sends what is due in so many minutes, until nothing is.
async fn pass(t: &TestApp, minutes: i64) {
    plan(t).await;
    while webhooks::send_due(&t.app, after(minutes))
        .await
        .expect("sent")
        > 0
    {}
}

/// Whether the look at events has come to the newest.
async fn is_planned(t: &TestApp) -> bool {
    let marks = t.texts("SELECT position FROM event_marks").await;
    let Some(mark) = marks.first() else {
        return true;
    };
    let newest = t
        .number("SELECT coalesce(max(commit_order), 0) FROM events")
        .await;
    let order = mark
        .split_once('.')
        .and_then(|(order, _)| order.parse().ok());
    order.is_some_and(|order: i64| order >= newest)
}

/// Looks at all that happened. On PostgreSQL an event is seen when no older
/// transaction of the cluster is open any more, of other tests too.
async fn plan(t: &TestApp) {
    until("every event was looked at", async || {
        webhooks::plan(&t.app, clock::now()).await.expect("planned");
        is_planned(t).await
    })
    .await;
}

/// Plans and makes one try of what is due.
async fn once(t: &TestApp, minutes: i64) {
    plan(t).await;
    webhooks::send_due(&t.app, after(minutes))
        .await
        .expect("sent");
}

/// The deliveries, oldest first.
async fn deliveries(who: &Client<'_>, path: &str) -> Vec<Value> {
    let page = who
        .get(&format!("{path}/deliveries?per_page=100"))
        .await
        .expect(200);
    let mut rows = page["data"].as_array().expect("rows").clone();
    rows.reverse();
    rows
}

/// `kind state note` of every delivery, oldest first.
async fn story(who: &Client<'_>, path: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let rows = deliveries(who, path).await;
    rows.iter()
        .map(|row| {
            format!(
                "{} {} {}",
                text(&row["kind"]),
                text(&row["state"]),
                text(&row["note"])
            )
        })
        .collect()
}
