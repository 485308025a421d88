//! Fetching from IMAP servers: a small one of our own whose every answer the
//! test knows, and a real Dovecot where the test command has started one
//! (`STEWARD_TEST_IMAP`).

use super::Desk;
use crate::support::{run_job, work};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

#[derive(Clone)]
struct Message {
    uid: u32,
    raw: String,
    is_seen: bool,
}

#[derive(Default)]
struct Folder {
    validity: u32,
    messages: Vec<Message>,
    archive: Vec<Message>,
}

/// A server with one folder, for as long as the test runs.
#[derive(Clone)]
struct Server {
    folder: Arc<Mutex<Folder>>,
    port: u16,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let server = Self {
            folder: Arc::new(Mutex::new(Folder {
                validity: 7,
                ..Folder::default()
            })),
            port: listener.local_addr().expect("an address").port(),
        };
        let folder = Arc::clone(&server.folder);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A client that goes away is no failure of the server.
                drop(serve(stream, &folder));
            }
        });
        server
    }

    fn deliver(&self, from: &str, subject: &str, is_seen: bool) {
        let mut folder = self.folder.lock().expect("unpoisoned");
        let uid = folder.messages.iter().map(|m| m.uid).max().unwrap_or(0) + 1;
        let raw = format!(
            "From: {from}\r\nMessage-ID: <{subject}@server>\r\nSubject: {subject}\r\n\r\nHello.\r\n"
        );
        folder.messages.push(Message { uid, raw, is_seen });
    }

    fn unseen(&self) -> usize {
        let folder = self.folder.lock().expect("unpoisoned");
        folder.messages.iter().filter(|m| !m.is_seen).count()
    }
}

fn serve(mut stream: TcpStream, folder: &Mutex<Folder>) -> std::io::Result<()> {
    stream.write_all(b"* OK ready\r\n")?;
    for line in BufReader::new(stream.try_clone()?).lines() {
        let line = line?;
        let mut folder = folder.lock().expect("unpoisoned");
        let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
        let mut out = Vec::new();
        let word = |n: usize| command.split(' ').nth(n).unwrap_or_default();
        let mut result = "OK done";
        if command.starts_with("LOGIN") {
            if !command.contains("hush") {
                result = "NO [AUTHENTICATIONFAILED] wrong password";
            }
        } else if command.starts_with("SELECT") {
            if command.contains("Nowhere") {
                result = "NO no such folder";
            } else {
                let next = folder.messages.iter().map(|m| m.uid).max().unwrap_or(0) + 1;
                write!(
                    out,
                    "* {} EXISTS\r\n* OK [UIDVALIDITY {}] valid\r\n* OK [UIDNEXT {next}] next\r\n",
                    folder.messages.len(),
                    folder.validity
                )?;
            }
        } else if command.starts_with("UID SEARCH") {
            let found: Vec<String> = if command.contains("UNSEEN") {
                folder
                    .messages
                    .iter()
                    .filter(|m| !m.is_seen)
                    .map(|m| m.uid.to_string())
                    .collect()
            } else {
                let from: u32 = word(3).trim_end_matches(":*").parse().expect("a number");
                let last = folder.messages.iter().map(|m| m.uid).max();
                // As the standard says, the last message is always in `n:*`.
                let wanted = |uid: u32| uid >= from || Some(uid) == last;
                folder
                    .messages
                    .iter()
                    .filter(|m| wanted(m.uid))
                    .map(|m| m.uid.to_string())
                    .collect()
            };
            write!(out, "* SEARCH {}\r\n", found.join(" "))?;
        } else if command.starts_with("UID FETCH") {
            let uid: u32 = word(2).parse().expect("a number");
            if let Some(message) = folder.messages.iter().find(|m| m.uid == uid) {
                if command.contains("RFC822.SIZE") {
                    write!(
                        out,
                        "* 1 FETCH (UID {uid} RFC822.SIZE {})\r\n",
                        message.raw.len()
                    )?;
                } else {
                    write!(
                        out,
                        "* 1 FETCH (UID {uid} BODY[] {{{}}}\r\n{})\r\n",
                        message.raw.len(),
                        message.raw
                    )?;
                }
            }
        } else if command.starts_with("UID STORE") {
            let uid: u32 = word(2).parse().expect("a number");
            folder
                .messages
                .iter_mut()
                .filter(|m| m.uid == uid)
                .for_each(|m| m.is_seen = true);
        } else if command.starts_with("UID MOVE") {
            let uid: u32 = word(2).parse().expect("a number");
            let (moved, rest) = folder
                .messages
                .clone()
                .into_iter()
                .partition(|m| m.uid == uid);
            folder.messages = rest;
            folder.archive.extend::<Vec<Message>>(moved);
        }
        drop(folder);
        write!(out, "{tag} {result}\r\n")?;
        stream.write_all(&out)?;
        if command.starts_with("LOGOUT") {
            break;
        }
    }
    Ok(())
}

fn settings(port: u16, password: &str, folder: &str) -> Value {
    json!({"imap": {"host": "127.0.0.1", "port": port, "security": "none", "user": "desk", "password": password,
        "folder": folder, "after_fetching": "mark_seen"}})
}

async fn fetch(desk: &Desk<'_>) -> Vec<String> {
    run_job(desk.t, "mailboxes.poll").await;
    work(desk.t).await;
    desk.t.texts("SELECT state || ' ' || coalesce(subject, '') FROM inbound_mails ORDER BY received_at, id").await
}

#[tokio::test]
async fn new_mail_of_a_server_is_stored_once_and_only_then_marked_there() {
    for t in &steward_testkit::apps().await {
        let server = Server::start();
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
        let server = Server::start();
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
        let server = Server::start();
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

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test reads its own setting")]
async fn a_real_server_is_read_like_our_own() {
    let Ok(place) = std::env::var("STEWARD_TEST_IMAP") else {
        eprintln!("STEWARD_TEST_IMAP is not set: a real IMAP server is left out of this run");
        return;
    };
    let (port, folder) = place.split_once(':').expect("PORT:MAILDIR");
    for t in &steward_testkit::apps().await {
        let desk = Desk::with(t, settings(port.parse().expect("a port"), "hush", "INBOX")).await;
        // A message put into the folder as any delivery agent would.
        let name = format!(
            "{}.steward",
            t.app
                .config
                .data_dir
                .display()
                .to_string()
                .replace('/', "_")
        );
        let from = desk.address("lea");
        let raw = format!(
            "From: {from}\r\nSubject: by Dovecot {}\r\n\r\n\r\nHello.\r\n",
            t.engine
        );
        std::fs::write(format!("{folder}/new/{name}"), raw).expect("delivered");
        let found = fetch(&desk).await;
        let wanted = format!("ticket_created by Dovecot {}", t.engine);
        assert!(found.contains(&wanted), "{found:?}");
        assert_eq!(
            fetch(&desk).await.len(),
            found.len(),
            "nothing twice: {}",
            t.engine
        );
    }
}
