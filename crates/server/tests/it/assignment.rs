//! Who of a team gets a ticket.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use steward_db::{Executor, FromQueryResult, values};
use steward_kernel::id::OrganizationId;
use steward_testkit::TestApp;

/// A team with these members, made by an administrator.
async fn team(admin: &Client<'_>, name: &str, members: &[&Client<'_>]) -> String {
    let team = admin.post("/teams", json!({"name": name})).await;
    let id = team.expect(201)["id"].as_str().expect("an id").to_owned();
    for member in members {
        let body = json!({"user_id": member.id});
        let path = format!("/teams/{id}/members");
        admin.post(&path, body).await.expect(200);
    }
    id
}

async fn agents<'a>(t: &'a TestApp, org: OrganizationId, names: &[&str]) -> Vec<Client<'a>> {
    let mut all = Vec::new();
    for name in names {
        all.push(join(t, org, name, "agent").await);
    }
    all
}

/// Reports `count` incidents, then assigns all of them at the same moment.
/// Returns how many each person got.
async fn race(client: &Client<'_>, count: usize, body: &Value) -> BTreeMap<Option<String>, usize> {
    let mut numbers = Vec::new();
    for n in 0..count {
        let ticket = client.report(&format!("fault {n}")).await;
        numbers.push(ticket["number"].as_str().expect("a number").to_owned());
    }
    let assigns = numbers.iter().map(|number| {
        let path = format!("/tickets/{number}/assign");
        async move { client.post(&path, body.clone()).await.expect(200) }
    });
    let mut got = BTreeMap::new();
    for ticket in futures::future::join_all(assigns).await {
        let who = ticket["assignee"]["id"].as_str().map(str::to_owned);
        assert_eq!(ticket["status"] == "assigned", who.is_some());
        *got.entry(who).or_default() += 1;
    }
    got
}

#[tokio::test]
async fn twenty_racing_requests_over_four_members_give_each_five() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let four = agents(t, acme, &["ada", "bob", "cleo", "dan"]).await;
        let network = team(&admin, "Network", &four.iter().collect::<Vec<_>>()).await;
        for strategy in ["round_robin", "least_loaded", "hybrid"] {
            let body = json!({"strategy": strategy, "team_id": network});
            let got = race(&admin, 20, &body).await;
            let expected: BTreeMap<_, _> = four.iter().map(|a| (Some(a.id.clone()), 5)).collect();
            assert_eq!(got, expected, "{strategy} on {}", t.engine);
        }
    }
}

#[tokio::test]
async fn the_least_loaded_counts_open_tickets_of_all_teams_and_no_closed_ones() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let two = agents(t, acme, &["ada", "bob"]).await;
        let network = team(&admin, "Network", &[&two[0], &two[1]]).await;
        let assign = async |number: &str, body: Value| {
            let path = format!("/tickets/{number}/assign");
            admin.post(&path, body).await.expect(200)
        };
        for _ in 0..2 {
            let ticket = admin.report("by hand").await;
            let number = ticket["number"].as_str().expect("a number").to_owned();
            assign(&number, json!({"assignee_id": two[0].id})).await;
        }
        let by_load = json!({"strategy": "least_loaded", "team_id": network});
        let next = admin.report("next").await;
        let number = next["number"].as_str().expect("a number");
        let given = assign(number, by_load.clone()).await;
        assert_eq!(given["assignee"]["id"], json!(two[1].id), "{}", t.engine);
        // Asked again it stays: the ticket itself does not count against its owner.
        let again = assign(number, json!({"strategy": "least_loaded"})).await;
        assert_eq!(again["assignee"]["id"], json!(two[1].id));

        // Cancelled tickets weigh nothing: the first one has room again.
        for number in ["INC-000001", "INC-000002"] {
            let path = format!("/tickets/{number}/cancel");
            let reason = json!({"reason": "not needed"});
            admin.post(&path, reason).await.expect(200);
        }
        let last = admin.report("last").await;
        let given = assign(last["number"].as_str().expect("a number"), by_load).await;
        assert_eq!(given["assignee"]["id"], json!(two[0].id));
    }
}

#[tokio::test]
async fn the_timeline_names_the_strategy_and_the_person() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let one = agents(t, acme, &["ada"]).await;
        let network = team(&admin, "Network", &[&one[0]]).await;
        admin.report("VPN drops").await;
        let body = json!({"strategy": "skill_based", "team_id": network, "comment": "over to you"});
        let reply = admin.post("/tickets/INC-000001/assign", body).await;
        assert_eq!(reply.expect(200)["team"]["name"], "Network");
        let timeline = admin.get("/tickets/INC-000001/timeline").await.expect(200);
        let news: BTreeMap<&str, &Value> = timeline["data"]
            .as_array()
            .expect("items")
            .iter()
            .filter_map(|item| Some((item["field"].as_str()?, &item["new"])))
            .collect();
        assert_eq!(news["assignment_strategy"], "skill_based", "{}", t.engine);
        assert_eq!(news["assignee"], "ada Test");
        assert_eq!(news["status"], "assigned");
    }
}

#[derive(Debug, FromQueryResult)]
struct Event {
    payload: Value,
}

async fn unassignable(t: &TestApp, ticket: &Value) -> Vec<Value> {
    let id: uuid::Uuid = serde_json::from_value(ticket["id"].clone()).expect("an id");
    let sql = "SELECT payload FROM events WHERE name = 'ticket.unassignable' AND aggregate_id = $1 ORDER BY id";
    let rows: Vec<Event> = t.app.db.all(sql, values![id]).await.expect("events");
    rows.into_iter().map(|row| row.payload).collect()
}

#[tokio::test]
async fn a_ticket_that_nobody_can_take_stays_with_the_team_and_deactivated_leads_are_not_told() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let gone = agents(t, acme, &["ada", "bob"]).await;
        let network = team(&admin, "Network", &[&gone[0], &gone[1]]).await;
        let empty = team(&admin, "Empty", &[]).await;
        let lead: uuid::Uuid = gone[0].id.parse().expect("an id");
        let sql = "UPDATE team_members SET role = 'lead' WHERE user_id = $1";
        t.app.db.execute(sql, values![lead]).await.expect("a lead");
        for agent in &gone {
            let path = format!("/users/{}/deactivate", agent.id);
            admin.post(&path, json!({})).await.expect(200);
        }
        let ticket = admin.report("VPN drops").await;
        for (team, recipients) in [(&network, json!([])), (&empty, json!([]))] {
            let body = json!({"strategy": "round_robin", "team_id": team});
            let given = admin.post("/tickets/INC-000001/assign", body).await;
            let given = given.expect(200);
            assert_eq!(given["assignee"], Value::Null, "{}", t.engine);
            assert_eq!(given["status"], "new");
            assert_eq!(given["team"]["id"], json!(team));
            let told = unassignable(t, &ticket).await.pop().expect("an event");
            assert_eq!(told["number"], "INC-000001");
            assert_eq!(told["team_id"], json!(team));
            assert_eq!(told["recipient_ids"], recipients);
        }
        let timeline = admin.get("/tickets/INC-000001/timeline").await.expect(200);
        assert!(timeline.to_string().contains("unassignable"));
    }
}

#[tokio::test]
async fn a_strategy_needs_a_team_and_excludes_a_person() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, acme, "ines", "admin").await;
        let stranger = join(t, other, "eve", "admin").await;
        let foreign = team(&stranger, "Network", &[&stranger]).await;
        admin.report("VPN drops").await;
        let path = "/tickets/INC-000001/assign";
        let refused = async |body: Value, field: &str| {
            let problem = admin.post(path, body.clone()).await;
            // An unknown reference is 404, anything else 422; both name the field.
            assert!(matches!(problem.status.as_u16(), 404 | 422), "{body}");
            assert_eq!(problem.body["errors"][0]["field"], field, "{body}");
        };
        refused(json!({}), "assignee_id").await;
        refused(json!({"strategy": "least_loaded"}), "team_id").await;
        let both = json!({"strategy": "least_loaded", "assignee_id": admin.id});
        refused(both, "strategy").await;
        let theirs = json!({"strategy": "least_loaded", "team_id": foreign});
        refused(theirs, "team_id").await;
        admin
            .post(path, json!({"strategy": "by_dice"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let user = join(t, acme, "lea", "end_user").await;
        user.report("mine").await;
        user.post("/tickets/INC-000002/assign", json!({"strategy": "hybrid"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        stranger
            .post(path, json!({"strategy": "hybrid", "team_id": foreign}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}
