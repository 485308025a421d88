//! Fetching from IMAP servers: a small one of our own whose every answer the
//! test knows, and a real Dovecot where the test command has started one
//! (`STEWARD_TEST_IMAP`).

use super::Desk;
use super::imap_server::{Server, settings};
use crate::support::{run_job, work};
use serde_json::json;

async fn fetch(desk: &Desk<'_>) -> Vec<String> {
    run_job(desk.t, "mailboxes.poll").await;
    work(desk.t).await;
    desk.t.texts("SELECT state || ' ' || coalesce(subject, '') FROM inbound_mails ORDER BY received_at, id").await
}

#[tokio::test]
async fn new_mail_of_a_server_is_stored_once_and_only_then_marked_there() {
    for t in &steward_testkit::apps().await {
        let server = Server::start(false);
        let desk = Desk::with(t, settings(server.port, "hush", "INBOX")).await;
        let from = desk.address("lea");
        server.deliver(&from, "old", true);
        server.deliver(&from, "first", false);
        assert_eq!(
            fetch(&desk).await,
            ["ticket_created first"],
            "what was read before is old: {}",
            t.engine
        );
        assert_eq!(server.unseen(), 0);
        assert_eq!(fetch(&desk).await.len(), 1, "nothing new");
        // Also what someone has read there meanwhile.
        server.deliver(&from, "second", true);
        server.deliver(&from, "third", false);
        assert_eq!(fetch(&desk).await.len(), 3, "{}", t.engine);
        // Stopped between announcing and storing: it comes with the next look.
        t.run("UPDATE inbound_mails SET state = 'arriving' WHERE subject = 'third'")
            .await;
        t.run("UPDATE mailboxes SET imap_last_uid = 3").await;
        fetch(&desk).await;
        let arriving = "SELECT count(*) FROM inbound_mails WHERE state = 'arriving'";
        assert_eq!(t.number(arriving).await, 0, "{}", t.engine);
        let third = "SELECT count(*) FROM inbound_mails WHERE subject = 'third'";
        assert_eq!(t.number(third).await, 1, "{}", t.engine);
        // The server numbers anew: nothing acts twice, and nothing new is missed.
        {
            let mut folder = server.folder.lock().expect("unpoisoned");
            folder.validity = 8;
            folder
                .messages
                .iter_mut()
                .for_each(|m| m.is_seen = m.raw.contains("old"));
        }
        server.deliver(&from, "fourth", false);
        fetch(&desk).await;
        let titles = t
            .texts("SELECT title FROM tickets WHERE title <> 'third' ORDER BY title")
            .await;
        assert_eq!(titles, ["first", "fourth", "second"], "{}", t.engine);
        let mailbox = desk.admin.get("/mailboxes").await.expect(200);
        let imap = &mailbox["data"][0]["imap"];
        assert!(
            imap["error"].is_null() && !imap["checked_at"].is_null(),
            "{imap}"
        );
    }
}

#[tokio::test]
async fn mail_is_moved_when_the_mailbox_says_so() {
    for t in &steward_testkit::apps().await {
        let server = Server::start(false);
        let mut wanted = settings(server.port, "hush", "INBOX");
        wanted["imap"]["after_fetching"] = json!("move");
        wanted["imap"]["move_to"] = json!("Done");
        let desk = Desk::with(t, wanted).await;
        server.deliver(&desk.address("lea"), "first", false);
        assert_eq!(fetch(&desk).await, ["ticket_created first"], "{}", t.engine);
        let folder = server.folder.lock().expect("unpoisoned");
        assert_eq!((folder.messages.len(), folder.archive.len()), (0, 1));
    }
}

#[tokio::test]
async fn what_the_server_says_stands_with_the_mailbox() {
    for t in &steward_testkit::apps().await {
        let server = Server::start(false);
        let desk = Desk::with(t, settings(server.port, "wrong", "INBOX")).await;
        let id = desk.mailbox["id"].as_str().expect("an id").to_owned();
        let check = async || {
            desk.admin
                .post(&format!("/mailboxes/{id}/check"), json!({}))
                .await
                .expect(200)
        };
        let said = check().await;
        assert!(
            said["error"]
                .as_str()
                .is_some_and(|e| e.contains("wrong password")),
            "{said}"
        );
        fetch(&desk).await;
        let mailbox = desk
            .admin
            .get(&format!("/mailboxes/{id}"))
            .await
            .expect(200);
        assert!(
            mailbox["imap"]["error"]
                .as_str()
                .is_some_and(|e| e.contains("wrong password")),
            "{mailbox}"
        );
        for (change, part) in [
            (settings(server.port, "hush", "Nowhere"), "no such folder"),
            (settings(9, "hush", "INBOX"), "cannot be reached"),
        ] {
            desk.admin
                .patch(&format!("/mailboxes/{id}"), "*", change)
                .await
                .expect(200);
            let said = check().await;
            assert!(
                said["error"].as_str().is_some_and(|e| e.contains(part)),
                "{said}"
            );
        }
        server.deliver("x@y.z", "one", false);
        desk.admin
            .patch(
                &format!("/mailboxes/{id}"),
                "*",
                settings(server.port, "hush", "INBOX"),
            )
            .await
            .expect(200);
        let said = check().await;
        assert_eq!(
            (&said["is_reached"], &said["messages"]),
            (&json!(true), &json!(1)),
            "{said}"
        );
        desk.admin
            .patch(&format!("/mailboxes/{id}"), "*", json!({"imap": null}))
            .await
            .expect(200);
        let none = desk
            .admin
            .post(&format!("/mailboxes/{id}/check"), json!({}))
            .await;
        none.expect_code(409, "RESOURCE_CONFLICT");
    }
}

/// The real server that the test command has started, if it has: port and folder.
#[expect(clippy::disallowed_methods, reason = "a test reads its own setting")]
pub(super) fn dovecot() -> Option<(u16, String)> {
    let Ok(place) = std::env::var("STEWARD_TEST_IMAP") else {
        eprintln!("STEWARD_TEST_IMAP is not set: a real IMAP server is left out of this run");
        return None;
    };
    let (port, folder) = place.split_once(':').expect("PORT:MAILDIR");
    Some((port.parse().expect("a port"), folder.to_owned()))
}

/// Puts a message into the folder of the real server, as any delivery agent would.
pub(super) fn put(desk: &Desk<'_>, folder: &str, subject: &str) {
    let place = desk.t.app.config.data_dir.display().to_string();
    let name = format!("{}.{}", place.replace('/', "_"), subject.replace(' ', "_"));
    let from = desk.address("lea");
    let raw = format!("From: {from}\r\nSubject: {subject}\r\n\r\n\r\nHello.\r\n");
    std::fs::write(format!("{folder}/tmp/{name}"), raw).expect("written");
    std::fs::rename(
        format!("{folder}/tmp/{name}"),
        format!("{folder}/new/{name}"),
    )
    .expect("delivered");
}

#[tokio::test]
async fn a_real_server_is_read_like_our_own() {
    let Some((port, folder)) = dovecot() else {
        return;
    };
    for t in &steward_testkit::apps().await {
        let desk = Desk::with(t, settings(port, "hush", "INBOX")).await;
        let subject = format!("by Dovecot {}", t.engine);
        put(&desk, &folder, &subject);
        let found = fetch(&desk).await;
        let wanted = format!("ticket_created {subject}");
        assert!(found.contains(&wanted), "{found:?}");
        assert_eq!(
            fetch(&desk).await.len(),
            found.len(),
            "nothing twice: {}",
            t.engine
        );
    }
}
