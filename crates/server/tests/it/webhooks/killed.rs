//! The process is killed while deliveries are under way: none is lost, and each
//! ends once.

use super::receiver::{Receiver, Say};
use crate::crash::{Server, ask, make_admin, sign_in};
use crate::support::until;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use steward_platform::config::Config;

const ROUNDS: usize = 3;
const REPORTS: usize = 12;

async fn post(address: &str, bearer: &str, path: &str, body: Value) -> Option<(u16, Value)> {
    ask(address, &format!("POST /api/v1{path}"), bearer, &body).await
}

/// Every delivery of the webhook: its event by its id, with its state.
async fn all(address: &str, bearer: &str, webhook: &str) -> BTreeMap<String, (String, String)> {
    let mut found = BTreeMap::new();
    let mut page = String::new();
    loop {
        let line = format!("GET /api/v1/webhooks/{webhook}/deliveries?per_page=100{page}");
        let (status, list) = ask(address, &line, bearer, &json!({}))
            .await
            .expect("a list");
        assert_eq!(status, 200, "{list}");
        for row in list["data"].as_array().expect("rows") {
            let text = |name: &str| row[name].as_str().expect("a text").to_owned();
            found.insert(text("id"), (text("event_id"), text("state")));
        }
        match list["next_cursor"].as_str() {
            Some(cursor) => page = format!("&cursor={cursor}"),
            None => return found,
        }
    }
}

async fn round(config: &Config, receiver: &Receiver, n: usize) -> usize {
    let mut server = Server::start(config);
    let bearer = sign_in(&server.address).await;
    let mut acknowledged = 0;
    let before = receiver.got().len();
    for report in 0..REPORTS {
        let body = json!({"title": format!("round {n} report {report}")});
        let answer = post(&server.address, &bearer, "/incidents", body).await;
        acknowledged += usize::from(matches!(answer, Some((201, _))));
    }
    // Some were taken, and the next are held by the receiver.
    until("some have come", async || receiver.got().len() > before + n).await;
    server.kill();
    acknowledged
}

#[tokio::test]
async fn a_killed_server_loses_no_delivery_and_ends_each_once() {
    for mut place in steward_testkit::places().await {
        place.config.outgoing_networks = vec!["127.0.0.0/8".parse().expect("a network")];
        make_admin(&place.config);
        let receiver = Receiver::start(Say::Status(200)).await;
        let webhook = {
            let server = Server::start(&place.config);
            let bearer = sign_in(&server.address).await;
            let body = json!({"name": "Chat", "url": receiver.url(), "events": ["ticket.created"]});
            let (status, made) = post(&server.address, &bearer, "/webhooks", body)
                .await
                .expect("an answer");
            assert_eq!(status, 201, "{made}");
            made["id"].as_str().expect("an id").to_owned()
        };
        let mut reports = 0;
        for n in 0..ROUNDS {
            reports += round(&place.config, &receiver, n).await;
        }
        let server = Server::start(&place.config);
        let bearer = sign_in(&server.address).await;
        let is_over = async || {
            let rows = all(&server.address, &bearer, &webhook).await;
            rows.len() >= reports && rows.values().all(|(_, state)| state != "waiting")
        };
        until("every delivery has ended", is_over).await;
        let rows = all(&server.address, &bearer, &webhook).await;
        let mut events: Vec<&String> = rows.values().map(|(event, _)| event).collect();
        events.sort();
        events.dedup();
        assert_eq!(events.len(), rows.len(), "one delivery an event");
        assert_eq!(rows.len(), reports, "none is lost on {}", place.engine);
        assert!(rows.values().all(|(_, state)| state == "sent"), "{rows:?}");
        let mut seen = BTreeMap::<String, usize>::new();
        for got in receiver.got() {
            *seen.entry(got.header("webhook-id").to_owned()).or_default() += 1;
        }
        assert!(rows.keys().eq(seen.keys()), "the receiver has each");
        let twice = seen.values().filter(|times| **times > 1).count();
        println!(
            "{}: {ROUNDS} kills, {reports} deliveries, {twice} came twice",
            place.engine
        );
    }
}
