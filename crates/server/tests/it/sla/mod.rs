//! Service levels: the calculator, calendars and policies, the clocks of
//! tickets through their lives, and acting in time.

mod acting;
mod clocks;
mod versions;

use crate::support::{Client, join, organization, work};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use steward_desk::incidents::closing;
use steward_desk::sla;
use steward_desk::tickets::dto::{IncidentInput, TicketPatch};
use steward_desk::tickets::service::{self as tickets, Step};
use steward_domain::tickets::rules::Verb;
use steward_kernel::Actor;
use steward_kernel::id::OrganizationId;
use steward_testkit::TestApp;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// An agent who works at instants that the test chooses.
struct Desk<'a> {
    t: &'a TestApp,
    agent: Actor,
    requester: Actor,
    client: Client<'a>,
}

impl<'a> Desk<'a> {
    async fn new(t: &'a TestApp) -> Self {
        let organization = organization(t, "Northwind").await;
        // Older than its tickets, in the zone of the test.
        t.run("UPDATE organizations SET time_zone = 'Europe/Berlin', created_at = '2020-01-01T00:00:00+00:00'")
            .await;
        let client = join(t, organization, "agent", "manager").await;
        let requester = join(t, organization, "requester", "end_user").await;
        Self {
            agent: actor(t, organization, &client.id).await,
            requester: actor(t, organization, &requester.id).await,
            client,
            t,
        }
    }

    async fn report(&self, impact: &str, urgency: &str, now: &str) -> String {
        let input = json!({"title": "The printer smokes", "impact": impact, "urgency": urgency});
        let input: IncidentInput = serde_json::from_value(input).expect("an incident");
        let made = tickets::report(&self.t.app, &self.requester, input, at(now)).await;
        made.expect("reported").number
    }

    async fn step(&self, key: &str, verb: Verb, now: &str) {
        let step = Step {
            verb,
            comment: Some("because".to_owned()),
            resolution: (verb == Verb::Resolve).then(|| ("solved", "Toner replaced".to_owned())),
        };
        let done = tickets::step(&self.t.app, &self.agent, key, step, None, at(now)).await;
        done.expect("done");
    }

    async fn update(&self, key: &str, patch: Value, now: &str) {
        let patch: TicketPatch = serde_json::from_value(patch).expect("a patch");
        let done = tickets::update(&self.t.app, &self.agent, key, patch, None, at(now)).await;
        done.expect("changed");
    }

    async fn act(&self, now: &str) -> usize {
        sla::act(&self.t.app, at(now)).await.expect("acted")
    }

    async fn rebuilt(&self) -> sla::Report {
        let now = at("2026-12-24T00:00:00Z");
        sla::rebuild(&self.t.app, true, now)
            .await
            .expect("compared")
    }

    async fn clocks(&self, key: &str) -> Vec<Value> {
        let found = self
            .client
            .get(&format!("/tickets/{key}/sla"))
            .await
            .expect(200);
        found["clocks"].as_array().expect("clocks").clone()
    }

    async fn clock(&self, key: &str, metric: &str) -> Value {
        let clocks = self.clocks(key).await;
        let found = clocks.into_iter().find(|c| c["metric"] == metric);
        found.expect("the clock")
    }

    async fn events(&self, name: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM events WHERE name = '{name}'");
        self.t.number(&sql).await
    }
}

async fn actor(t: &TestApp, organization: OrganizationId, id: &str) -> Actor {
    let id = id.parse().expect("an id");
    let mut found = steward_identity::auth::actors(&t.app.db, organization, &[id])
        .await
        .expect("people");
    found.pop().expect("the person")
}

/// Seconds of the counted intervals, which follow each other without gaps.
fn counted(clock: &Value) -> i64 {
    let intervals = clock["intervals"].as_array().expect("intervals");
    let mut total = 0;
    for pair in intervals.windows(2) {
        assert_eq!(pair[0]["until"], pair[1]["from"]);
    }
    for interval in intervals.iter().filter(|i| i["kind"] == "counted") {
        let text = |name: &str| at(interval[name].as_str().expect("an instant"));
        total += text("until").duration_since(text("from")).as_secs();
    }
    total
}
