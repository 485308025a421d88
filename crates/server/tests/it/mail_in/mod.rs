//! Mail that comes in: what becomes of it, who may what, and that none is
//! lost, none is doubled.

mod crash;
mod day;
mod files;
mod imap;
mod imap_server;
mod listening;
mod matching;
mod nasty;
mod outgoing;
mod senders;

use crate::support::{Client, join, organization, work};
use serde_json::{Value, json};
use steward_platform::clock;
use steward_signals::mailboxes::{Arrival, receive};
use steward_testkit::TestApp;

pub(crate) const DESK: &str = "desk@acme.example";

/// An organization with a mailbox, and who looks after it.
pub(crate) struct Desk<'a> {
    pub(crate) t: &'a TestApp,
    pub(crate) admin: Client<'a>,
    pub(crate) agent: Client<'a>,
    pub(crate) lea: Client<'a>,
    organization: steward_kernel::id::OrganizationId,
    pub(crate) mailbox: Value,
}

impl<'a> Desk<'a> {
    pub(crate) async fn new(t: &'a TestApp) -> Self {
        Self::with(t, json!({})).await
    }

    /// Lea reports INC-1, and the agent is given it: there is something to tell.
    pub(crate) async fn assign_a_report(&self) {
        self.lea.report("VPN drops").await;
        let assign = json!({"assignee_id": self.agent.id});
        let given = self.admin.post("/tickets/INC-1/assign", assign).await;
        given.expect(200);
    }

    /// With a mailbox of these settings.
    pub(crate) async fn with(t: &'a TestApp, settings: Value) -> Self {
        let organization = organization(t, "Acme").await;
        let admin = join(t, organization, "ines", "admin").await;
        let agent = join(t, organization, "priya", "agent").await;
        let lea = join(t, organization, "lea", "end_user").await;
        let mut mailbox = json!({"address": DESK, "sender_name": "Acme desk"});
        for (name, value) in settings.as_object().expect("settings") {
            mailbox[name] = value.clone();
        }
        let mailbox = admin.post("/mailboxes", mailbox).await.expect(201);
        Self {
            t,
            admin,
            agent,
            lea,
            organization,
            mailbox,
        }
    }

    /// The address of someone who joined by this name.
    pub(crate) fn address(&self, name: &str) -> String {
        format!("{name}@{}.example", self.organization.0.simple())
    }

    /// Hands a message over, and returns its line once it was worked on.
    pub(crate) async fn mail(&self, raw: &[u8]) -> Value {
        let stored = receive(&self.t.app, Some(DESK), raw, clock::now()).await;
        let Arrival::Stored(id) = stored.expect("stored") else {
            unreachable!("the message is not stored");
        };
        work(self.t).await;
        self.line(&id.to_string()).await
    }

    /// A text from someone who joined by this name.
    pub(crate) async fn write(&self, name: &str, headers: &str, text: &str) -> Value {
        let from = self.address(name);
        let raw = format!("From: {name} Test <{from}>\nTo: {DESK}\n{headers}\n\n{text}\n");
        self.mail(raw.replace('\n', "\r\n").as_bytes()).await
    }

    pub(crate) async fn line(&self, id: &str) -> Value {
        let path = format!("/inbound-mails/{id}");
        self.admin.get(&path).await.expect(200)["mail"].clone()
    }

    /// Comments of a ticket, oldest first.
    pub(crate) async fn comments(&self, ticket: &str) -> Vec<Value> {
        let path = format!("/tickets/{ticket}/timeline");
        let timeline = self.admin.get(&path).await.expect(200);
        let items = timeline["data"].as_array().expect("items").clone();
        items
            .into_iter()
            .filter(|item| item["type"] == "comment")
            .collect()
    }

    pub(crate) async fn status(&self, ticket: &str) -> String {
        let ticket = self
            .admin
            .get(&format!("/tickets/{ticket}"))
            .await
            .expect(200);
        ticket["status"].as_str().expect("a status").to_owned()
    }
}

/// How a message ended, and why.
#[track_caller]
pub(crate) fn ended(line: &Value) -> (&str, &str) {
    let state = line["state"].as_str().expect("a state");
    (state, line["reason"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn a_mail_opens_a_ticket_of_its_sender_as_the_mailbox_says() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let team = desk
            .admin
            .post("/teams", json!({"name": "Network", "description": ""}))
            .await
            .expect(201);
        desk.admin
            .post("/categories", json!({"name": "VPN"}))
            .await
            .expect(201);
        let path = format!("/mailboxes/{}", desk.mailbox["id"].as_str().expect("an id"));
        let patch = json!({"team_id": team["id"], "category": "VPN"});
        desk.admin.patch(&path, "*", patch).await.expect(200);
        let line = desk
            .write(
                "lea",
                "Subject: Re: VPN drops\nMessage-ID: <1@lea>",
                "It drops.\n\n-- \nLea",
            )
            .await;
        assert_eq!(ended(&line), ("ticket_created", ""), "{line}");
        assert_eq!(line["ticket"]["number"], "INC-000001");
        let ticket = desk.admin.get("/tickets/INC-1").await.expect(200);
        assert_eq!(
            (
                &ticket["title"],
                &ticket["source"],
                &ticket["requester"]["id"],
                &ticket["team"]["name"],
                &ticket["category"]
            ),
            (
                &json!("VPN drops"),
                &json!("email"),
                &json!(desk.lea.id),
                &json!("Network"),
                &json!("VPN")
            ),
            "{}",
            t.engine
        );
        assert_eq!(ticket["description"], "It drops.\n\n--  \nLea");
        let list = desk
            .admin
            .get("/inbound-mails?state=ticket_created")
            .await
            .expect(200);
        assert_eq!(list["data"].as_array().map(Vec::len), Some(1));
        for path in ["/inbound-mails", "/mailboxes"] {
            desk.agent
                .get(path)
                .await
                .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
    }
}

#[tokio::test]
async fn what_no_person_wrote_to_the_desk_is_ignored_with_the_reason() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        for (headers, reason) in [
            ("Auto-Submitted: auto-replied", "auto_reply"),
            ("Precedence: bulk", "bulk"),
            ("X-Spam-Flag: YES", "spam"),
            ("X-Loop: desk@acme.example", "loop"),
            ("Return-Path: <>\nX-Failed-Recipients: x@y.z", "bounce"),
        ] {
            let line = desk
                .write("lea", &format!("Subject: x\n{headers}"), "text")
                .await;
            assert_eq!(
                ended(&line),
                ("ignored", reason),
                "{headers} on {}",
                t.engine
            );
            // Looked at again it is the same.
            let path = format!(
                "/inbound-mails/{}/process",
                line["id"].as_str().expect("an id")
            );
            desk.admin.post(&path, json!({})).await.expect(200);
            work(t).await;
            let again = desk.line(line["id"].as_str().expect("an id")).await;
            assert_eq!(ended(&again), ("ignored", reason));
        }
        assert_eq!(t.rows("tickets").await, 0, "{}", t.engine);
        let raw = format!("From: {DESK}\r\nSubject: round and round\r\n\r\nx");
        assert_eq!(ended(&desk.mail(raw.as_bytes()).await), ("ignored", "loop"));
    }
}

#[tokio::test]
async fn the_same_message_acts_once_however_often_and_wherever_it_comes() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let headers = "Subject: VPN\nMessage-ID: <1@lea>\nDate: Mon, 3 May 2027 10:00:00 +0000";
        let first = desk.write("lea", headers, "It drops.").await;
        let path = format!(
            "/inbound-mails/{}/process",
            first["id"].as_str().expect("an id")
        );
        desk.admin
            .post(&path, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let on_the_way = format!("Received: by another way\n{headers}");
        let second = desk.write("lea", &on_the_way, "It drops.").await;
        assert_eq!(ended(&second), ("ignored", "duplicate"), "{}", t.engine);
        // Some programs use one id for several messages.
        let other = desk.write("lea", headers, "Something else.").await;
        assert_eq!(ended(&other).0, "ticket_created", "{}", t.engine);
        // Two copies at the same time.
        let from = desk.address("lea");
        let raw = format!("From: {from}\r\nMessage-ID: <2@lea>\r\nSubject: twins\r\n\r\nx");
        for _ in 0..2 {
            receive(&t.app, Some(DESK), raw.as_bytes(), clock::now())
                .await
                .expect("stored");
        }
        work(t).await;
        t.run("UPDATE jobs SET run_at = created_at WHERE kind = 'mailboxes.process'")
            .await;
        work(t).await;
        let twins = "SELECT count(*) FROM tickets WHERE title = 'twins'";
        assert_eq!(t.number(twins).await, 1, "{}", t.engine);
        let open = "SELECT count(*) FROM inbound_mails WHERE state IN ('received', 'arriving')";
        assert_eq!(t.number(open).await, 0, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_mailbox_is_one_of_the_deployment_and_keeps_its_password_to_itself() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let other = organization(t, "Bolt").await;
        let other = join(t, other, "bo", "admin").await;
        let same = json!({"address": "DESK@acme.example"});
        other
            .post("/mailboxes", same)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        for wrong in [
            json!({"address": "nowhere"}),
            json!({"address": "a@b.c", "unknown_senders": "create_requester"}),
            json!({"address": "a@b.c", "allowed_domains": ["not a domain"]}),
            json!({"address": "a@b.c", "team_id": desk.mailbox["id"]}),
            json!({"address": "a@b.c", "pigeon": true}),
        ] {
            desk.admin.post("/mailboxes", wrong).await.expect_refused();
        }
        let path = format!("/mailboxes/{}", desk.mailbox["id"].as_str().expect("an id"));
        other
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let imap = json!({"host": "imap.example.com", "port": 993, "security": "tls", "user": "desk",
            "folder": "INBOX", "after_fetching": "mark_seen"});
        desk.admin
            .patch(&path, "*", json!({"imap": imap}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let mut with = imap.clone();
        with["password"] = json!("hush-hush");
        let kept = desk
            .admin
            .patch(&path, "*", json!({"imap": with}))
            .await
            .expect(200);
        assert_eq!(kept["imap"]["has_password"], true);
        assert!(!kept.to_string().contains("hush"));
        let sealed = t.text("SELECT imap_password FROM mailboxes").await;
        assert!(!sealed.contains("hush"));
        // Left out it stays, but it is not sent to another server.
        desk.admin
            .patch(&path, "*", json!({"imap": imap}))
            .await
            .expect(200);
        let mut elsewhere = imap;
        elsewhere["host"] = json!("imap.evil.example");
        desk.admin
            .patch(&path, "*", json!({"imap": elsewhere}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        desk.admin
            .patch(&path, "\"1\"", json!({}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let gone = desk
            .admin
            .patch(&path, "*", json!({"imap": null}))
            .await
            .expect(200);
        assert!(gone["imap"].is_null());
        // One mailbox takes the replies.
        let second = json!({"address": "second@acme.example", "takes_replies": true});
        desk.admin.post("/mailboxes", second).await.expect(201);
        let takes = "SELECT count(*) FROM mailboxes WHERE takes_replies";
        assert_eq!(t.number(takes).await, 1, "{}", t.engine);
        desk.admin.delete(&path).await.expect(204);
        assert_eq!(t.rows("mailboxes").await, 1);
    }
}
