//! Reply templates: managed by few, filled for those who answer.

use crate::support::{join, organization};
use serde_json::{Value, json};

fn names(list: &Value) -> Vec<&str> {
    let rows = list["data"].as_array().expect("rows").iter();
    rows.map(|row| row["name"].as_str().expect("a name"))
        .collect()
}

#[tokio::test]
async fn a_template_is_filled_from_the_ticket_and_the_agent() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let manager = join(t, org, "mia", "manager").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let stranger = join(t, other, "eve", "admin").await;
        let title = "{{agent.name}} *drops*";
        user.report(title).await;
        let body = "Dear {{ requester.first_name }},\n{{ticket.number}} ({{ticket.title}}){{team.name}}\n{{agent.name}}";
        let template = json!({"name": "Welcome", "body": body});
        let template = manager.post("/reply-templates", template).await.expect(201);
        let id = template["id"].as_str().expect("an id");
        let render = format!("/tickets/INC-1/reply-templates/{id}/render");
        let filled = agent.post(&render, json!({})).await.expect(200);
        let expected = format!("Dear lea,\nINC-000001 ({title})\npriya Test");
        assert_eq!(filled["text"], expected, "{}", t.engine);
        user.post(&render, json!({}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        stranger
            .post(&render, json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let path = format!("/reply-templates/{id}");
        manager
            .patch(&path, "\"1\"", json!({"is_active": false}))
            .await
            .expect(200);
        agent
            .post(&render, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[tokio::test]
async fn templates_of_a_team_are_its_members_and_kinds_narrow_the_list() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let inside = join(t, org, "priya", "agent").await;
        let outside = join(t, org, "omar", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let team = json!({"name": "Network", "description": ""});
        let team = admin.post("/teams", team).await.expect(201);
        let id = team["id"].as_str().expect("an id");
        let member = json!({"user_id": inside.id});
        admin
            .post(&format!("/teams/{id}/members"), member)
            .await
            .expect(200);
        for template in [
            json!({"name": "b all", "body": "x"}),
            json!({"name": "A network", "body": "x", "team_id": id}),
            json!({"name": "c task", "body": "x", "kind": "task"}),
        ] {
            admin.post("/reply-templates", template).await.expect(201);
        }
        let list = "/reply-templates";
        assert_eq!(
            names(&inside.get(list).await.expect(200)),
            ["A network", "b all", "c task"]
        );
        assert_eq!(
            names(&outside.get(list).await.expect(200)),
            ["b all", "c task"]
        );
        let incidents = "/reply-templates?kind=incident&per_page=1&page=2";
        let found = inside.get(incidents).await.expect(200);
        assert_eq!(names(&found), ["b all"], "{}", t.engine);
        assert_eq!(found["pagination"]["total"], 2);
        user.get(list)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let all = admin.get(list).await.expect(200);
        let theirs = all["data"][0]["id"].as_str().expect("an id").to_owned();
        outside
            .get(&format!("/reply-templates/{theirs}"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        outside
            .post("/reply-templates", json!({"name": "mine", "body": "x"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        // A team that goes takes its templates along.
        admin.delete(&format!("/teams/{id}")).await;
    }
}

#[tokio::test]
async fn templates_are_checked_when_they_are_saved() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let first = json!({"name": "Welcome", "body": "x"});
        let first = admin.post("/reply-templates", first).await.expect(201);
        admin
            .post(
                "/reply-templates",
                json!({"name": " WELCOME ", "body": "x"}),
            )
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        for (template, field) in [
            (json!({"name": "x", "body": "{{ticket.password}}"}), "body"),
            (json!({"name": "x", "body": "  "}), "body"),
            (json!({"name": " ", "body": "x"}), "name"),
            (json!({"name": "x", "body": "x", "scope": "team"}), "scope"),
        ] {
            let problem = admin
                .post("/reply-templates", template)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let nobody = json!({"name": "x", "body": "x", "team_id": admin.id});
        admin
            .post("/reply-templates", nobody)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let path = format!("/reply-templates/{}", first["id"].as_str().expect("an id"));
        let same = json!({"name": "welcome", "body": "y", "kind": "incident"});
        let changed = admin.patch(&path, "\"1\"", same).await.expect(200);
        assert_eq!(
            (&changed["name"], &changed["kind"]),
            (&json!("welcome"), &json!("incident"))
        );
        let changed = admin
            .patch(&path, "\"2\"", json!({"kind": null}))
            .await
            .expect(200);
        assert_eq!(changed["kind"], Value::Null);
        admin
            .patch(&path, "\"1\"", json!({"name": "z"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        assert_eq!(admin.delete(&path).await.status, 204);
        admin
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}
