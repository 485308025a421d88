//! Servers that say by themselves when a message came: it is fetched at once,
//! though nobody asks them.

use super::Desk;
use super::imap::{dovecot, put};
use super::imap_server::{Server, settings};
use crate::support::{self, work};
use std::time::Duration;
use steward_signals::mailboxes;
use steward_testkit::TestApp;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longest wait for what must happen.
const PATIENCE: Duration = Duration::from_secs(60);

/// A node that listens, until it is told to stop.
struct Node {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Node {
    #[expect(
        clippy::disallowed_methods,
        reason = "what the server's wiring starts, a test starts itself"
    )]
    fn start(t: &TestApp) -> Self {
        let (app, stop) = (t.app.clone(), CancellationToken::new());
        let stopped = stop.clone();
        let task = tokio::spawn(async move { mailboxes::run(&app, &stopped).await });
        Self { stop, task }
    }

    async fn stop(self) {
        self.stop.cancel();
        let ended = tokio::time::timeout(PATIENCE, self.task).await;
        ended.expect("it stops").expect("without a panic");
    }
}

/// Does the work at hand until something is so. Never asks the server: the tick
/// that does belongs to the worker, which does not run here.
async fn until(t: &TestApp, what: &str, is_so: impl AsyncFn() -> bool) {
    support::until(what, async || {
        work(t).await;
        is_so().await
    })
    .await;
}

async fn has_ticket(t: &TestApp, title: &str) -> bool {
    let sql = format!("SELECT count(*) FROM tickets WHERE title = '{title}'");
    t.number(&sql).await == 1
}

async fn is_announced(desk: &Desk<'_>) -> bool {
    let list = desk.admin.get("/mailboxes").await.expect(200);
    list["data"][0]["imap"]["is_announced"] == true
}

#[tokio::test]
async fn a_message_is_fetched_as_soon_as_the_server_tells_also_after_the_line_was_lost() {
    for t in &steward_testkit::apps().await {
        let server = Server::start(true);
        let desk = Desk::with(t, server.settings()).await;
        let from = desk.address("lea");
        server.deliver(&from, "before", false);
        let (one, other) = (Node::start(t), Node::start(t));
        until(t, "what was there is fetched", async || {
            has_ticket(t, "before").await
        })
        .await;
        assert!(is_announced(&desk).await, "{}", t.engine);
        server.deliver(&from, "told", false);
        until(t, "told", async || has_ticket(t, "told").await).await;
        assert_eq!(server.listeners(), 1, "one of two nodes: {}", t.engine);
        server.hang_up();
        server.deliver(&from, "meanwhile", false);
        until(t, "meanwhile", async || has_ticket(t, "meanwhile").await).await;
        until(t, "one listens again", async || server.listeners() == 1).await;
        server.deliver(&from, "again", false);
        until(t, "again", async || has_ticket(t, "again").await).await;
        one.stop().await;
        other.stop().await;
        until(t, "nobody listens", async || server.listeners() == 0).await;
        assert!(!is_announced(&desk).await, "{}", t.engine);
        let free =
            "SELECT count(*) FROM mailboxes WHERE listener IS NULL AND listener_until IS NULL";
        assert_eq!(t.number(free).await, 1, "{}", t.engine);
        let lines = "SELECT count(*) FROM inbound_mails";
        assert_eq!(t.number(lines).await, 4, "nothing twice: {}", t.engine);
    }
}

#[tokio::test]
async fn a_mailbox_that_is_switched_off_or_whose_server_cannot_tell_is_not_listened_to() {
    for t in &steward_testkit::apps().await {
        let (mute, telling) = (Server::start(false), Server::start(true));
        let desk = Desk::with(t, mute.settings()).await;
        let node = Node::start(t);
        let tried = "SELECT count(*) FROM mailboxes WHERE listener_until IS NULL";
        mute.deliver(&desk.address("lea"), "asked", false);
        until(t, "it lets go", async || {
            mute.logins() > 0 && t.number(tried).await == 1
        })
        .await;
        assert!(!is_announced(&desk).await, "{}", t.engine);
        crate::support::run_job(t, "mailboxes.poll").await;
        work(t).await;
        assert!(has_ticket(t, "asked").await, "{}", t.engine);
        // Another server: tried at once, though the mailbox rests.
        let id = desk.mailbox["id"].as_str().expect("an id");
        let path = format!("/mailboxes/{id}");
        desk.admin
            .patch(&path, "*", telling.settings())
            .await
            .expect(200);
        until(t, "it listens", async || is_announced(&desk).await).await;
        // While it listens, the tick leaves it out.
        until(t, "the work is done", async || {
            t.number("SELECT count(*) FROM jobs WHERE kind = 'mailboxes.fetch'")
                .await
                == 0
        })
        .await;
        crate::support::run_job(t, "mailboxes.poll").await;
        let asked = "SELECT count(*) FROM jobs WHERE kind = 'mailboxes.fetch'";
        assert_eq!(t.number(asked).await, 0, "{}", t.engine);
        desk.admin
            .patch(&path, "*", serde_json::json!({"is_enabled": false}))
            .await
            .expect(200);
        telling.deliver(&desk.address("lea"), "too late", false);
        until(t, "nobody listens", async || telling.listeners() == 0).await;
        assert!(!has_ticket(t, "too late").await, "{}", t.engine);
        node.stop().await;
    }
}

#[tokio::test]
async fn a_real_server_tells() {
    let Some((port, folder)) = dovecot() else {
        return;
    };
    for t in &steward_testkit::apps().await {
        let desk = Desk::with(t, settings(port, "hush", "INBOX")).await;
        let node = Node::start(t);
        until(t, "it listens", async || is_announced(&desk).await).await;
        let looked = "SELECT count(*) FROM mailboxes WHERE imap_checked_at IS NOT NULL";
        until(t, "the first look", async || t.number(looked).await == 1).await;
        let subject = format!("told by Dovecot {}", t.engine);
        put(&desk, &folder, &subject);
        until(t, "told", async || has_ticket(t, &subject).await).await;
        node.stop().await;
    }
}
