//! Two server processes on one PostgreSQL: what one does is heard at the other.

use crate::crash::{Server, ask, make_admin, sign_in};
use serde_json::json;
use std::time::{Duration, Instant};
use steward_platform::config::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An open stream of a process.
struct Ear {
    stream: TcpStream,
    text: String,
}

impl Ear {
    async fn open(server: &Server, bearer: &str, since: Option<&str>) -> Self {
        let since = since.map(|id| format!("Last-Event-ID: {id}\r\n"));
        let request = format!(
            "GET /api/v1/stream HTTP/1.1\r\nHost: {}\r\n{bearer}{}\r\n",
            server.address,
            since.unwrap_or_default()
        );
        let mut stream = TcpStream::connect(&server.address)
            .await
            .expect("connected");
        stream.write_all(request.as_bytes()).await.expect("asked");
        let text = String::new();
        let mut ear = Self { stream, text };
        ear.until("event: ready").await;
        ear
    }

    /// Reads until `word` has come; returns how long it took.
    async fn until(&mut self, word: &str) -> Duration {
        let start = Instant::now();
        let mut bytes = [0_u8; 16 * 1024];
        while !self.text.contains(word) {
            let read = tokio::time::timeout(Duration::from_secs(60), self.stream.read(&mut bytes));
            let count = read
                .await
                .unwrap_or_else(|_| unreachable!("no {word} in {}", self.text));
            let count = count.expect("read");
            assert_ne!(count, 0, "the stream ended without {word}: {}", self.text);
            self.text
                .push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        start.elapsed()
    }

    /// The id of the last message.
    fn last_id(&self) -> String {
        let lines = self.text.lines().rev();
        let id = lines.filter_map(|line| line.strip_prefix("id: ")).next();
        id.expect("a message with an id").to_owned()
    }
}

async fn report(server: &Server, bearer: &str, title: &str) -> String {
    let body = json!({"title": title});
    let answer = ask(&server.address, "POST /api/v1/incidents", bearer, &body).await;
    let (status, ticket) = answer.expect("an answer");
    assert_eq!(status, 201, "{ticket}");
    ticket["number"].as_str().expect("a number").to_owned()
}

async fn both(config: &Config) {
    make_admin(config);
    let first = Server::start(config);
    let mut second = Server::start(config);
    let bearer = sign_in(&first.address).await;
    let mut ear = Ear::open(&second, &bearer, None).await;
    let mut waits = Vec::new();
    for n in 0..9 {
        let number = report(&first, &bearer, &format!("heard {n}")).await;
        waits.push(ear.until(&number).await);
    }
    waits.sort();
    println!("heard at the other node after {waits:?}");
    assert!(
        waits[4] < Duration::from_secs(1),
        "usually within a second: {waits:?}"
    );

    // The second process is killed; what happens meanwhile is told when it is back.
    let last = ear.last_id();
    second.kill();
    let mut missed = Vec::new();
    for n in 0..25 {
        missed.push(report(&first, &bearer, &format!("missed {n}")).await);
    }
    let second = Server::start(config);
    let mut ear = Ear::open(&second, &bearer, Some(&last)).await;
    for number in &missed {
        ear.until(number).await;
    }
    assert!(!ear.text.contains("event: reset"), "nothing was torn");
    let number = report(&first, &bearer, "heard again").await;
    ear.until(&number).await;
}

#[tokio::test]
async fn what_one_node_does_is_heard_at_the_other_also_after_a_restart() {
    for place in steward_testkit::places().await {
        if place.engine == "postgres" {
            both(&place.config).await;
        }
    }
}
