//! Killed at any moment: nothing that was taken is lost, nothing is done twice.

use super::DESK;
use crate::crash::{Server, steward};
use crate::support::until;
use serde_json::json;
use std::io::Write;
use std::process::Stdio;
use std::time::Duration;
use steward_platform::config::Config;

const MESSAGES: usize = 24;

/// Hands a message over to the command, which may be killed on its way.
fn hand_over(config: &Config, number: usize, killed_after: Option<Duration>) -> bool {
    let mut child = steward(config, &["mail", "receive", "--mailbox", DESK])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    let message = format!(
        "From: ines@example.com\r\nMessage-ID: <{number}@example.com>\r\nSubject: message {number}\r\n\r\nNumber {number}."
    );
    let mut input = child.stdin.take().expect("a pipe");
    // It may be gone already.
    drop(input.write_all(message.as_bytes()));
    drop(input);
    if let Some(after) = killed_after {
        std::thread::sleep(after);
        drop(child.kill());
    }
    child.wait().expect("gone").success()
}

#[tokio::test]
async fn killed_at_any_moment_no_message_is_lost_and_none_acts_twice() {
    for place in steward_testkit::places().await {
        let config = place.config.clone();
        crate::crash::make_admin(&config);
        let mut server = Server::start(&config);
        let headers = crate::crash::sign_in(&server.address).await;
        let mailbox = json!({"address": DESK});
        let made = crate::crash::ask(
            &server.address,
            "POST /api/v1/mailboxes",
            &headers,
            &mailbox,
        )
        .await;
        assert_eq!(made.expect("an answer").0, 201);
        for number in 0..MESSAGES {
            // As a mail server does, it is handed over until it was taken.
            let mut wait = u64::try_from(number * 7 % 60).expect("few");
            while !hand_over(
                &config,
                number,
                (number % 3 != 0 && wait < 400).then(|| Duration::from_millis(wait)),
            ) {
                wait += 150;
            }
            if number % 6 == 5 {
                server.kill();
                server = Server::start(&config);
            }
        }
        let t = place.open().await;
        // What the killed ones had taken comes due when their lease is over: now.
        t.run("UPDATE jobs SET run_at = created_at WHERE kind = 'mailboxes.process'")
            .await;
        until("every message has ended", async || {
            t.number("SELECT count(*) FROM inbound_mails WHERE state = 'received'")
                .await
                == 0
        })
        .await;
        server.kill();
        let titles = t.texts("SELECT title FROM tickets ORDER BY title").await;
        let mut expected: Vec<String> = (0..MESSAGES).map(|n| format!("message {n}")).collect();
        expected.sort();
        assert_eq!(titles, expected, "each opened one ticket: {}", t.engine);
        let acted = "SELECT count(*) FROM inbound_mails WHERE state = 'ticket_created'";
        assert_eq!(t.number(acted).await, i64::try_from(MESSAGES).expect("few"));
        let others =
            "SELECT count(*) FROM inbound_mails WHERE state NOT IN ('ticket_created', 'arriving')
            AND NOT (state = 'ignored' AND reason = 'duplicate')";
        assert_eq!(t.number(others).await, 0, "{}", t.engine);
    }
}
