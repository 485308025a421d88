//! The process is killed in the middle of the work: what it acknowledged is
//! there once, and numbers have no gap.

use crate::support::until;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use steward_platform::config::Config;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const EMAIL: &str = "ines@example.com";
const PASSWORD: &str = crate::support::PASSWORD;
const CLIENTS: usize = 6;

/// How often the process is killed, and how many reports it has acknowledged
/// by then. `STEWARD_TEST_CRASHES=10x100` asks for more than the usual.
#[expect(clippy::disallowed_methods, reason = "a test reads its own setting")]
fn size() -> (usize, Option<usize>) {
    let Ok(text) = std::env::var("STEWARD_TEST_CRASHES") else {
        return (5, None);
    };
    let (rounds, target) = text.split_once('x').expect("ROUNDSxREPORTS");
    let number = |text: &str| text.parse().expect("ROUNDSxREPORTS");
    (number(rounds), Some(number(target)))
}

/// A running `steward serve`; killed when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(config: &Config) -> Self {
        let mut child = steward(config, &["serve"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                let at = line
                    .find("127.0.0.1:")
                    .filter(|_| line.contains("listening"))?;
                Some(line[at..].trim().to_owned())
            })
            .expect("the server listens");
        // The pipe must be emptied, or the server would wait to write its log.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) fn steward(config: &Config, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_steward"));
    let networks = config.outgoing_networks.iter().map(ToString::to_string);
    let networks: Vec<String> = networks.collect();
    command
        .args(arguments)
        .env("STEWARD_DATABASE_URL", &config.database_url)
        .env("STEWARD_DATA_DIR", &config.data_dir)
        .env("STEWARD_LISTEN", "127.0.0.1:0")
        .env("STEWARD_OUTGOING_ALLOWED_NETWORKS", networks.join(","))
        .env("NO_COLOR", "1")
        .env("STEWARD_LOG", "steward_server=info");
    command
}

pub(crate) fn make_admin(config: &Config) {
    let arguments = [
        "admin",
        "create",
        "--email",
        EMAIL,
        "--organization",
        "Acme",
        "--password-stdin",
    ];
    let mut child = steward(config, &arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("a pipe");
    writeln!(input, "{PASSWORD}").expect("written");
    drop(input);
    assert!(child.wait().expect("done").success());
}

/// One request on a connection of its own; none when the answer did not come whole.
pub(crate) async fn ask(
    address: &str,
    line: &str,
    headers: &str,
    body: &Value,
) -> Option<(u16, Value)> {
    let body = body.to_string();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}

pub(crate) async fn sign_in(address: &str) -> String {
    let login = json!({"email": EMAIL, "password": PASSWORD});
    let answer = ask(address, "POST /api/v1/auth/login", "", &login).await;
    let (status, session) = answer.expect("an answer");
    assert_eq!(status, 200, "{session}");
    let token = session["access"].as_str().expect("a token");
    format!("Authorization: Bearer {token}\r\n")
}

/// What became of the reports of one round, by title; every second has a key.
struct Sent {
    title: String,
    key: Option<String>,
    is_acknowledged: bool,
}

fn key_header(bearer: &str, key: Option<&String>) -> String {
    let key = key.map(|key| format!("Idempotency-Key: {key}\r\n"));
    format!("{bearer}{}", key.unwrap_or_default())
}

/// Reports one after the other until the server is gone.
async fn report_until_killed(
    address: &str,
    bearer: &str,
    name: String,
    acknowledged: &AtomicUsize,
) -> Vec<Sent> {
    let mut all = Vec::new();
    for n in 0.. {
        let title = format!("{name} {n}");
        let key = (n % 2 == 0).then(|| title.replace(' ', "-"));
        let headers = key_header(bearer, key.as_ref());
        let body = json!({"title": title});
        let answer = ask(address, "POST /api/v1/incidents", &headers, &body).await;
        let is_acknowledged = matches!(answer, Some((201, _)));
        all.push(Sent {
            title,
            key,
            is_acknowledged,
        });
        if !is_acknowledged {
            break;
        }
        acknowledged.fetch_add(1, Ordering::SeqCst);
    }
    all
}

/// Every ticket's number by its title.
async fn tickets(address: &str, bearer: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut page = String::new();
    loop {
        let line = format!("GET /api/v1/tickets?per_page=100&fields=title,number{page}");
        let (status, list) = ask(address, &line, bearer, &json!({}))
            .await
            .expect("a list");
        assert_eq!(status, 200, "{list}");
        for row in list["data"].as_array().expect("rows") {
            let text = |name: &str| row[name].as_str().expect("a text").to_owned();
            found.entry(text("title")).or_default().push(text("number"));
        }
        match list["pagination"]["next_cursor"].as_str() {
            Some(cursor) => page = format!("&cursor={cursor}"),
            None => return found,
        }
    }
}

fn check(sent: &[Sent], found: &BTreeMap<String, Vec<String>>) {
    for report in sent {
        let times = found.get(&report.title).map_or(0, Vec::len);
        let allowed = if report.is_acknowledged { 1..=1 } else { 0..=1 };
        assert!(
            allowed.contains(&times),
            "{} is there {times} times",
            report.title
        );
    }
    let mut numbers: Vec<&String> = found.values().flatten().collect();
    numbers.sort();
    let dense: Vec<String> = (1..=numbers.len()).map(|n| format!("INC-{n:06}")).collect();
    assert!(
        numbers.iter().copied().eq(dense.iter()),
        "a gap in {numbers:?}"
    );
}

/// What came of the rounds.
#[derive(Debug, Default)]
struct Figures {
    sent: usize,
    acknowledged: usize,
    stored: usize,
}

impl Figures {
    fn add(&mut self, round: &Self) {
        self.sent += round.sent;
        self.acknowledged += round.acknowledged;
        // The list holds the tickets of all rounds.
        self.stored = round.stored;
    }
}

async fn round(config: &Config, name: &str, target: usize) -> Figures {
    let mut server = Server::start(config);
    let address = server.address.clone();
    let bearer = sign_in(&address).await;
    let acknowledged = AtomicUsize::new(0);
    let clients = (0..CLIENTS).map(|client| {
        report_until_killed(&address, &bearer, format!("{name} {client}"), &acknowledged)
    });
    let kill = async {
        let enough = async || acknowledged.load(Ordering::SeqCst) >= target;
        until("enough is acknowledged", enough).await;
        server.kill();
    };
    let (sent, ()) = futures::future::join(futures::future::join_all(clients), kill).await;
    let sent: Vec<Sent> = sent.into_iter().flatten().collect();

    let server = Server::start(config);
    let bearer = sign_in(&server.address).await;
    check(&sent, &tickets(&server.address, &bearer).await);
    for report in sent
        .iter()
        .filter(|r| !r.is_acknowledged && r.key.is_some())
    {
        let headers = key_header(&bearer, report.key.as_ref());
        let body = json!({"title": report.title});
        let line = "POST /api/v1/incidents";
        let (status, ticket) = ask(&server.address, line, &headers, &body)
            .await
            .expect("an answer");
        assert_eq!(status, 201, "{ticket}");
    }
    let found = tickets(&server.address, &bearer).await;
    check(&sent, &found);
    for report in sent.iter().filter(|r| r.key.is_some()) {
        let times = found.get(&report.title).map_or(0, Vec::len);
        assert_eq!(
            times, 1,
            "{} was sent until it was acknowledged",
            report.title
        );
    }
    Figures {
        sent: sent.len(),
        acknowledged: sent.iter().filter(|report| report.is_acknowledged).count(),
        stored: found.values().map(Vec::len).sum(),
    }
}

#[tokio::test]
async fn a_killed_server_has_lost_and_doubled_nothing_that_it_acknowledged() {
    let (rounds, target) = size();
    for place in steward_testkit::places().await {
        make_admin(&place.config);
        let mut figures = Figures::default();
        for n in 0..rounds {
            let name = format!("{} {n}", place.engine);
            let round = round(&place.config, &name, target.unwrap_or(10 + 7 * n)).await;
            figures.add(&round);
        }
        println!("{}: {rounds} kills, {figures:?}", place.engine);
    }
}
