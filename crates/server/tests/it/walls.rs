//! Walls between tenants and between roles.

use crate::support::{Client, join, organization, send};
use serde_json::json;

/// Every road to a ticket: method and path after the ticket.
const ROADS: &[(&str, &str, &str)] = &[
    ("GET", "", ""),
    ("GET", "/timeline", ""),
    (
        "POST",
        "/comments",
        r#"{"body": "x", "visibility": "public"}"#,
    ),
    (
        "POST",
        "/assign",
        r#"{"assignee_id": "00000000-0000-7000-8000-000000000000"}"#,
    ),
    ("POST", "/start", "{}"),
    ("POST", "/hold", r#"{"reason": "x"}"#),
    ("POST", "/resume", "{}"),
    ("POST", "/resolve", r#"{"resolution_note": "x"}"#),
    ("POST", "/confirm", "{}"),
    ("POST", "/close", "{}"),
    ("POST", "/reopen", r#"{"reason": "x"}"#),
    ("POST", "/cancel", r#"{"reason": "x"}"#),
    ("POST", "/escalate", r#"{"reason": "x"}"#),
    ("PATCH", "", r#"{"title": "x"}"#),
];

async fn walk(who: &Client<'_>, id: &str) -> Vec<(String, u16)> {
    let mut answers = Vec::new();
    for (method, suffix, body) in ROADS {
        let path = format!("/tickets/{id}{suffix}");
        let body = serde_json::from_str(body).unwrap_or_default();
        let reply = match *method {
            "GET" => who.get(&path).await,
            "POST" => who.post(&path, body).await,
            _ => who.patch(&path, "*", body).await,
        };
        assert!(
            !reply.body.to_string().contains("secret"),
            "{method} {path}: {}",
            reply.body
        );
        answers.push((format!("{method} {suffix}"), reply.status.as_u16()));
    }
    answers
}

#[tokio::test]
async fn another_tenant_and_another_requester_find_nothing_by_any_road() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let owner = join(t, acme, "lea", "end_user").await;
        let ticket = owner.report("secret plan").await;
        let id = ticket["id"].as_str().expect("an id");
        let strangers = [
            join(t, other, "root", "admin").await,
            join(t, other, "eve", "auditor").await,
            join(t, acme, "mallory", "end_user").await,
        ];
        for stranger in &strangers {
            for (road, status) in walk(stranger, id).await {
                assert_eq!(status, 404, "{road} on {}", t.engine);
            }
            let list = stranger.get("/tickets").await.expect(200);
            assert_eq!(list["pagination"]["total"], 0);
            assert!(!list.to_string().contains("secret"));
        }
        assert_eq!(
            owner.get(&format!("/tickets/{id}")).await.expect(200)["status"],
            "new",
            "nothing changed"
        );
    }
}

#[tokio::test]
async fn an_auditor_reads_and_changes_nothing() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let owner = join(t, acme, "lea", "end_user").await;
        let ticket = owner.report("plan").await;
        let auditor = join(t, acme, "marta", "auditor").await;
        for (road, status) in walk(&auditor, ticket["id"].as_str().expect("an id")).await {
            let expected = if road.starts_with("GET") { 200 } else { 403 };
            assert_eq!(status, expected, "{road} on {}", t.engine);
        }
        auditor
            .post("/incidents", json!({"title": "x"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn people_and_teams_stay_in_their_organization() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, acme, "ines", "admin").await;
        let foreign = join(t, other, "eve", "end_user").await;
        admin
            .get(&format!("/users/{}", foreign.id))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        admin
            .post(&format!("/users/{}/deactivate", foreign.id), json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(
            admin.get("/users").await.expect(200)["pagination"]["total"],
            1
        );
        let team = admin
            .post("/teams", json!({"name": "Network"}))
            .await
            .expect(201);
        let path = format!("/teams/{}/members", team["id"].as_str().expect("an id"));
        admin
            .post(&path, json!({"user_id": foreign.id}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        foreign
            .get("/users")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        assert_eq!(
            foreign.get("/users/me").await.expect(200)["id"].as_str(),
            Some(foreign.id.as_str())
        );
    }
}

#[tokio::test]
async fn every_documented_operation_but_sign_in_needs_a_sign_in() {
    let document = steward_server::openapi::document();
    for t in &steward_testkit::apps().await {
        for (path, methods) in document["paths"].as_object().expect("paths") {
            let address = path
                .replace("{id}", "00000000-0000-7000-8000-000000000000")
                .replace("{key}", "INC-000001");
            for method in methods.as_object().expect("methods").keys() {
                if path.ends_with("/auth/login") || path.ends_with("/auth/refresh") {
                    continue;
                }
                let body = (method != "get").then(|| json!({}));
                for headers in [&[][..], &[("authorization", "Bearer forged")][..]] {
                    let reply =
                        send(t, &method.to_uppercase(), &address, headers, body.clone()).await;
                    reply.expect_code(401, "AUTHENTICATION_REQUIRED");
                }
            }
        }
    }
}
