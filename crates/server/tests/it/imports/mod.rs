//! Imports: what a log says is what Steward shows, whatever is run how often.

mod history;
mod log;
mod records;
mod runs;

use crate::support::Client;
use log::story;
use serde_json::Value;
use std::collections::BTreeMap;
use steward_testkit::TestApp;

const INCIDENTS: [&str; 3] = ["INC0000011", "INC0000012", "INC0000013"];

const TABLES: [&str; 12] = [
    "organizations",
    "users",
    "user_roles",
    "teams",
    "categories",
    "tickets",
    "activities",
    "ticket_search",
    "ticket_counts",
    "events",
    "import_records",
    "import_lines",
];

async fn everything(t: &TestApp) -> BTreeMap<&'static str, i64> {
    let mut counts = BTreeMap::new();
    for table in TABLES {
        counts.insert(table, t.rows(table).await);
    }
    counts
}

/// The ticket without what differs from organization to organization.
async fn shown(who: &Client<'_>, ticket: &str) -> Value {
    let mut view = who.get(&format!("/tickets/{ticket}")).await.expect(200);
    for field in ["requester", "assignee", "team"] {
        view[field] = view[field]["name"].clone();
    }
    for field in ["id", "number", "version"] {
        view[field] = Value::Null;
    }
    for clock in view["sla"].as_array_mut().into_iter().flatten() {
        clock["as_of"] = Value::Null;
    }
    view
}

/// Everything about the three incidents, for comparison.
async fn told(who: &Client<'_>) -> Vec<(Value, Vec<String>)> {
    let mut all = Vec::new();
    for ticket in INCIDENTS {
        all.push((shown(who, ticket).await, story(who, ticket).await));
    }
    all
}
