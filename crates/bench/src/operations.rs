//! What is measured: the requests of a working day.

use crate::Failure;
use crate::client::{Call, Client};
use serde_json::json;
use uuid::Uuid;

/// What requests are made from, read from the running server.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// Tickets of the organization.
    pub(crate) tickets: u64,
    /// The team with the most open tickets.
    pub(crate) team: Uuid,
    /// Tickets in progress.
    pub(crate) in_progress: Vec<String>,
    /// Leads to the page behind the last one that has a number.
    pub(crate) cursor: String,
    /// Number of the last page, up to 400.
    pub(crate) last_page: u64,
}

impl Facts {
    /// Asks the server.
    pub(crate) async fn ask(client: &mut Client) -> Result<Self, Failure> {
        let all = client
            .json(&Call::get("/api/v1/tickets?per_page=25"))
            .await?;
        let tickets = all["pagination"]["total"].as_u64().ok_or("no total")?;
        let last_page = (tickets / 25).min(400);
        let path = format!("/api/v1/tickets?per_page=25&page={}", last_page - 1);
        let deep = client.json(&Call::get(path)).await?;
        let cursor = deep["pagination"]["next_cursor"]
            .as_str()
            .ok_or("no cursor")?;
        let mut in_progress = Vec::new();
        let mut team = None;
        for page in 1..=4 {
            let path = format!("/api/v1/tickets?status=in_progress&per_page=100&page={page}");
            let found = client.json(&Call::get(path)).await?;
            for row in found["data"].as_array().into_iter().flatten() {
                in_progress.extend(row["number"].as_str().map(str::to_owned));
                let id = row["team"]["id"].as_str().and_then(|id| id.parse().ok());
                team = team.or(id);
            }
        }
        Ok(Self {
            tickets,
            team: team.ok_or("no ticket of a team is in progress")?,
            in_progress,
            cursor: cursor.to_owned(),
            last_page,
        })
    }
}

/// Draws of one connection.
#[derive(Debug)]
pub(crate) struct Draw {
    state: u64,
    /// Which connection.
    pub(crate) worker: usize,
    /// How many connections.
    pub(crate) workers: usize,
    /// Requests of the connection so far.
    pub(crate) turn: usize,
}

impl Draw {
    /// Of one of several connections.
    pub(crate) fn new(worker: usize, workers: usize) -> Self {
        let seed = u64::try_from(worker).unwrap_or(0).wrapping_add(0x9e37_79b9);
        Self {
            state: seed.wrapping_mul(0x2545_f491_4f6c_dd1d),
            worker,
            workers,
            turn: 0,
        }
    }

    /// From 0 up to `end`, without it (xorshift).
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) % end.max(1)
    }

    fn number(&mut self, facts: &Facts) -> String {
        format!("INC-{:06}", self.below(facts.tickets) + 1)
    }

    /// The turn's ticket in progress; no two connections have the same.
    fn in_progress(&self, facts: &Facts) -> String {
        let count = facts.in_progress.len().max(1);
        let at = (self.turn * self.workers + self.worker) % count;
        facts.in_progress.get(at).cloned().unwrap_or_default()
    }
}

/// One kind of request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    /// Its name in the tables.
    pub(crate) name: &'static str,
    /// Most CPU that it may cost, in milliseconds, where there is a bar.
    pub(crate) bar: Option<f64>,
    /// Whether it changes something.
    pub(crate) writes: bool,
    /// Share of a hundred requests of the mixed load.
    pub(crate) share: u64,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Get,
    Queue,
    QueueByPriority,
    LastPage,
    Cursor,
    Counts,
    RareWord,
    CommonWord,
    Prefix,
    Comment,
    Transition,
    Create,
}

const fn read(name: &'static str, bar: f64, share: u64, kind: Kind) -> Operation {
    Operation {
        name,
        bar: Some(bar),
        writes: false,
        share,
        kind,
    }
}

const fn write(name: &'static str, bar: f64, share: u64, kind: Kind) -> Operation {
    Operation {
        name,
        bar: Some(bar),
        writes: true,
        share,
        kind,
    }
}

/// Reads first: what writes add must not change what reads cost.
pub(crate) const OPERATIONS: &[Operation] = &[
    read("read one", 0.2, 30, Kind::Get),
    read("queue: open of a team, newest first", 0.5, 15, Kind::Queue),
    read(
        "queue: open and unassigned, by priority",
        0.5,
        10,
        Kind::QueueByPriority,
    ),
    read("last page that has a number", 0.5, 2, Kind::LastPage),
    read("page behind a cursor, as deep", 0.5, 8, Kind::Cursor),
    read("counters of all views", 1.0, 10, Kind::Counts),
    read("search: rare word", 2.0, 4, Kind::RareWord),
    read("search: common word", 5.0, 4, Kind::CommonWord),
    read("search: beginning of a word", 5.0, 2, Kind::Prefix),
    write("comment", 0.5, 8, Kind::Comment),
    write("transition", 0.8, 4, Kind::Transition),
    write("create", 0.8, 3, Kind::Create),
];

impl Operation {
    /// The requests of one turn.
    pub(crate) fn calls(&self, facts: &Facts, draw: &mut Draw) -> Vec<Call> {
        draw.turn += 1;
        match self.kind {
            Kind::Get => vec![Call::get(format!("/api/v1/tickets/{}", draw.number(facts)))],
            Kind::Queue => {
                let path = format!(
                    "/api/v1/tickets?status=open&team={}&per_page=25",
                    facts.team
                );
                vec![Call::get(path)]
            }
            Kind::QueueByPriority => vec![Call::get(
                "/api/v1/tickets?status=open&assigned_to=nobody&sort=priority&per_page=25",
            )],
            Kind::LastPage => {
                let path = format!("/api/v1/tickets?per_page=25&page={}", facts.last_page);
                vec![Call::get(path)]
            }
            Kind::Cursor => {
                let path = format!("/api/v1/tickets?per_page=25&cursor={}", facts.cursor);
                vec![Call::get(path)]
            }
            Kind::Counts => vec![Call::get("/api/v1/views/counts")],
            Kind::RareWord => {
                let word = draw.below(facts.tickets) + 1;
                vec![Call::get(format!("/api/v1/search?q=nb{word:06}"))]
            }
            Kind::CommonWord => vec![Call::get("/api/v1/search?q=the")],
            Kind::Prefix => {
                let word = draw.below(facts.tickets / 100);
                vec![Call::get(format!("/api/v1/search?q=nb{word:04}*"))]
            }
            Kind::Comment => {
                // A closed ticket takes none.
                let path = format!("/api/v1/tickets/{}/comments", draw.in_progress(facts));
                let body = "The cable was replaced; please try again and tell us what you see.";
                vec![Call::post(
                    path,
                    &json!({"body": body, "visibility": "public"}),
                )]
            }
            Kind::Transition => {
                let number = draw.in_progress(facts);
                let hold = json!({"reason": "waits for the spare part"});
                vec![
                    Call::post(format!("/api/v1/tickets/{number}/hold"), &hold),
                    Call::post(format!("/api/v1/tickets/{number}/resume"), &json!({})),
                ]
            }
            Kind::Create => vec![Call::post(
                "/api/v1/incidents",
                &json!({
                    "title": format!("Printer on floor {} does not answer", draw.below(9)),
                    "description": "Since this morning nothing is printed. The display shows **offline**.",
                    "impact": "medium", "urgency": "high", "tags": ["printer"],
                }),
            )],
        }
    }
}
