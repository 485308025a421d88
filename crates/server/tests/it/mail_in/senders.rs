//! Who may write to the desk.

use super::{DESK, Desk, ended};
use crate::support::{join, organization, work};
use serde_json::json;
use steward_platform::clock;
use steward_signals::mailboxes::{Arrival, receive};

#[tokio::test]
async fn strangers_are_refused_in_silence_and_can_be_let_in_later() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let raw = b"From: Max <max@new.example>\r\nSubject: Hello\r\n\r\nHelp!";
        let line = desk.mail(raw).await;
        assert_eq!(ended(&line), ("refused", "unknown_sender"), "{}", t.engine);
        assert_eq!(t.rows("mails").await, 0, "nobody is answered");
        let path = format!("/mailboxes/{}", desk.mailbox["id"].as_str().expect("an id"));
        let opens =
            json!({"unknown_senders": "create_requester", "allowed_domains": ["new.example"]});
        desk.admin.patch(&path, "*", opens).await.expect(200);
        let id = line["id"].as_str().expect("an id").to_owned();
        desk.admin
            .post(&format!("/inbound-mails/{id}/process"), json!({}))
            .await
            .expect(200);
        work(t).await;
        let line = desk.line(&id).await;
        assert_eq!(
            ended(&line),
            ("ticket_created", "requester_added"),
            "{line}"
        );
        let ticket = desk.admin.get("/tickets/INC-1").await.expect(200);
        assert_eq!(ticket["requester"]["name"], "Max", "{}", t.engine);
        // Only from the domains that are named, and nobody of another organization.
        let line = desk
            .mail(b"From: eve@evil.example\r\nSubject: x\r\n\r\nx")
            .await;
        assert_eq!(ended(&line), ("refused", "unknown_sender"), "{}", t.engine);
        let other = organization(t, "Bolt").await;
        join(t, other, "bo", "end_user").await;
        let bo = format!(
            "From: bo@{}.example\r\nSubject: x\r\n\r\nx",
            other.0.simple()
        );
        assert_eq!(
            ended(&desk.mail(bo.as_bytes()).await),
            ("refused", "unknown_sender")
        );
    }
}

#[tokio::test]
async fn who_lost_the_right_or_the_account_is_refused() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        join(t, desk.organization, "aud", "auditor").await;
        let line = desk.write("aud", "Subject: x", "x").await;
        assert_eq!(ended(&line), ("refused", "not_allowed"), "{}", t.engine);
        let path = format!("/users/{}/deactivate", desk.lea.id);
        desk.admin.post(&path, json!({})).await;
        let line = desk.write("lea", "Subject: x", "x").await;
        assert_eq!(ended(&line), ("refused", "inactive_sender"), "{}", t.engine);
        assert_eq!(
            ended(&desk.mail(b"Subject: x\r\n\r\nx").await),
            ("refused", "no_sender")
        );
        assert_eq!(t.rows("tickets").await, 0, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_mailbox_can_ask_for_the_word_of_its_server() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::with(t, json!({"trusted_server": "mx.acme.example"})).await;
        let line = desk.write("lea", "Subject: x", "x").await;
        assert_eq!(
            ended(&line),
            ("refused", "not_authenticated"),
            "{}",
            t.engine
        );
        let said = "Subject: x\nAuthentication-Results: mx.acme.example; dmarc=pass";
        assert_eq!(
            ended(&desk.write("lea", said, "x").await).0,
            "ticket_created",
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn one_sender_cannot_flood_the_desk() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        desk.write("lea", "Subject: first", "x").await;
        let from = desk.address("lea");
        for n in 0..60 {
            let id = uuid::Uuid::from_u128(n);
            let as_if = format!(
                "INSERT INTO inbound_mails (id, organization_id, mailbox_id, mailbox_address, route, state, size_bytes,
                   sha256, received_at, settled_at, sender, ticket_id)
                 SELECT '{id}', organization_id, mailbox_id, '{DESK}', 'command', 'comment_added', 1, '', received_at,
                   settled_at, '{from}', ticket_id FROM inbound_mails WHERE subject = 'first'"
            );
            t.run(&as_if).await;
        }
        assert_eq!(t.rows("inbound_mails").await, 61, "{}", t.engine);
        let line = desk.write("lea", "Subject: too much", "x").await;
        assert_eq!(ended(&line), ("refused", "too_many"), "{}", t.engine);
    }
}

#[tokio::test]
async fn mail_finds_its_mailbox_by_argument_by_headers_or_because_it_is_the_only_one() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let take = async |address: Option<&str>, raw: &str| {
            receive(&t.app, address, raw.as_bytes(), clock::now())
                .await
                .expect("an answer")
        };
        assert_eq!(
            take(Some("nobody@acme.example"), "x").await,
            Arrival::NoMailbox
        );
        assert!(matches!(take(None, "no headers").await, Arrival::Stored(_)));
        desk.admin
            .post("/mailboxes", json!({"address": "it@acme.example"}))
            .await
            .expect(201);
        assert_eq!(take(None, "Subject: x\r\n\r\n").await, Arrival::NoMailbox);
        let Arrival::Stored(id) =
            take(None, "To: x@y.z\r\nDelivered-To: it@acme.example\r\n\r\nx").await
        else {
            panic!("not stored on {}", t.engine);
        };
        work(t).await;
        assert_eq!(
            desk.line(&id.to_string()).await["mailbox_address"],
            "it@acme.example"
        );
        let path = format!("/mailboxes/{}", desk.mailbox["id"].as_str().expect("an id"));
        desk.admin
            .patch(&path, "*", json!({"is_enabled": false}))
            .await
            .expect(200);
        assert_eq!(take(Some(DESK), "x").await, Arrival::Disabled);
        let large = vec![b'x'; steward_domain::mail::model::MAX_BYTES + 1];
        let arrival = receive(&t.app, Some("it@acme.example"), &large, clock::now()).await;
        let Arrival::TooLarge(id) = arrival.expect("an answer") else {
            panic!("taken on {}", t.engine);
        };
        let line = desk.line(&id.to_string()).await;
        assert_eq!(ended(&line), ("refused", "too_large"), "{}", t.engine);
        let path = format!("/inbound-mails/{id}/process");
        desk.admin
            .post(&path, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}
