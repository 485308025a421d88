//! Teams with their members, departments and sites.

use crate::support::{join, organization};
use serde_json::{Value, json};

fn id(view: &Value) -> String {
    view["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_team_has_leads_and_a_strategy() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "agent").await;
        let team = json!({"name": "Databases", "description": "PostgreSQL"});
        let team = admin.post("/teams", team).await.expect(201);
        assert_eq!(team["assignment_strategy"], Value::Null);
        let path = format!("/teams/{}", id(&team));
        let patch = json!({"assignment_strategy": "least_loaded", "name": " DBA "});
        let changed = admin.patch(&path, "\"1\"", patch).await.expect(200);
        assert_eq!(changed["name"], "DBA");
        assert_eq!(changed["assignment_strategy"], "least_loaded");
        admin
            .patch(&path, "\"1\"", json!({"description": "x"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let by_hand = json!({"assignment_strategy": null});
        let changed = admin.patch(&path, "*", by_hand).await.expect(200);
        assert_eq!(changed["assignment_strategy"], Value::Null);
        assert_eq!(changed["description"], "PostgreSQL");

        for person in [&admin, &lea] {
            let body = json!({"user_id": person.id});
            admin
                .post(&format!("{path}/members"), body)
                .await
                .expect(200);
        }
        let member = format!("{path}/members/{}", lea.id);
        let members = admin
            .patch(&member, "*", json!({"role": "lead"}))
            .await
            .expect(200);
        assert_eq!(members["data"][0]["user"]["id"], lea.id, "leads come first");
        assert_eq!(members["data"][1]["role"], "member");
        let own = lea.get(&format!("/teams?member={}", lea.id)).await;
        assert_eq!(own.expect(200)["pagination"]["total"], 1);
        for (query, total) in [("dba%20post", 1), ("printer", 0), ("%25", 0)] {
            let found = admin.get(&format!("/teams?search={query}")).await;
            assert_eq!(found.expect(200)["pagination"]["total"], total, "{query}");
        }
        admin.delete(&member).await.expect(204);
        admin
            .delete(&member)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        admin
            .patch(&member, "*", json!({"role": "lead"}))
            .await
            .expect(404);
        let members = admin.get(&format!("{path}/members")).await.expect(200);
        assert_eq!(members["data"].as_array().map(Vec::len), Some(1));
    }
}

#[tokio::test]
async fn a_team_is_changed_by_those_who_manage_teams_and_stays_in_its_organization() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "lea", "agent").await;
        let eve = join(t, other, "eve", "admin").await;
        let team = admin.post("/teams", json!({"name": "Databases"})).await;
        let path = format!("/teams/{}", id(&team.expect(201)));
        agent
            .patch(&path, "*", json!({"name": "x"}))
            .await
            .expect(403);
        for reply in [
            eve.get(&path).await,
            eve.get(&format!("{path}/members")).await,
            eve.patch(&path, "*", json!({"name": "x"})).await,
            eve.delete(&format!("{path}/members/{}", admin.id)).await,
        ] {
            reply.expect_code(404, "RESOURCE_NOT_FOUND");
        }
        for (field, value) in [
            ("name", json!("  ")),
            ("name", json!("x".repeat(101))),
            ("description", json!("x".repeat(1001))),
            ("assignment_strategy", json!("dice")),
        ] {
            let reply = admin.patch(&path, "*", json!({field: value})).await;
            assert!(
                matches!(reply.status.as_u16(), 400 | 422),
                "{field} {value}: {}",
                reply.status
            );
        }
    }
}

#[tokio::test]
async fn departments_form_a_tree_without_circles() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "agent").await;
        let top = json!({"name": " IT ", "manager_id": admin.id});
        let top = admin.post("/departments", top).await.expect(201);
        assert_eq!(
            (&top["name"], &top["manager"]["id"]),
            (&json!("IT"), &json!(admin.id))
        );
        let below = json!({"name": "Networks", "parent_id": id(&top)});
        let below = admin.post("/departments", below).await.expect(201);
        assert_eq!(below["parent"]["name"], "IT");
        for field in ["parent_id", "manager_id"] {
            let wrong = json!({"name": "x", field: org.0});
            let reply = admin.post("/departments", wrong).await;
            let problem = reply.expect_code(404, "RESOURCE_NOT_FOUND");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let path = format!("/departments/{}", id(&top));
        for parent in [id(&top), id(&below)] {
            let problem = admin.patch(&path, "*", json!({"parent_id": parent})).await;
            let problem = problem.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], "parent_id");
        }
        admin
            .post("/departments", json!({"name": "IT"}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        admin
            .delete(&path)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let member = json!({"department_id": id(&below)});
        admin
            .patch(&format!("/users/{}", lea.id), "*", member)
            .await
            .expect(200);
        let networks = format!("/departments/{}", id(&below));
        assert_eq!(admin.get(&networks).await.expect(200)["member_count"], 1);
        admin
            .delete(&networks)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let nobody = json!({"department_id": null});
        admin
            .patch(&format!("/users/{}", lea.id), "*", nobody)
            .await
            .expect(200);
        let patch = json!({"parent_id": null, "manager_id": null});
        let free = admin.patch(&networks, "\"1\"", patch).await.expect(200);
        assert_eq!(free["parent"], Value::Null);
        let listed = lea.get("/departments?search=net&sort=-name").await;
        assert_eq!(listed.expect(200)["data"][0]["name"], "Networks");
        lea.patch(&networks, "*", json!({"name": "x"}))
            .await
            .expect(403);
        admin.delete(&networks).await.expect(204);
        admin.delete(&path).await.expect(204);
    }
}

#[tokio::test]
async fn sites_are_kept_where_people_work() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let eve = join(t, other, "eve", "admin").await;
        let site = json!({"name": "Berlin", "address": "Am Ufer 1", "time_zone": "Europe/Berlin"});
        let site = admin.post("/sites", site).await.expect(201);
        let path = format!("/sites/{}", id(&site));
        eve.get(&path).await.expect(404);
        eve.patch(&path, "*", json!({"name": "x"}))
            .await
            .expect(404);
        for (field, value) in [
            ("time_zone", json!("Berlin")),
            ("name", json!("")),
            ("address", json!("x".repeat(501))),
        ] {
            let problem = admin.patch(&path, "*", json!({field: value})).await;
            let problem = problem.expect_refused();
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let work = json!({"site_id": id(&site)});
        let me = format!("/users/{}", admin.id);
        admin.patch(&me, "*", work).await.expect(200);
        admin
            .delete(&path)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        admin
            .patch(&me, "*", json!({"site_id": null}))
            .await
            .expect(200);
        let patch = json!({"time_zone": null});
        let changed = admin.patch(&path, "\"1\"", patch).await.expect(200);
        assert_eq!(
            (&changed["time_zone"], &changed["version"]),
            (&Value::Null, &json!(2))
        );
        admin.delete(&path).await.expect(204);
        assert_eq!(
            admin.get("/sites").await.expect(200)["pagination"]["total"],
            0
        );
    }
}
