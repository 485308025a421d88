//! The category tree: who may, what is refused, and what tickets may name.

use crate::support::{Client, join, organization};
use serde_json::{Value, json};

async fn add(who: &Client<'_>, body: Value) -> Value {
    who.post("/categories", body).await.expect(201)
}

fn id(view: &Value) -> String {
    view["id"].as_str().expect("an id").to_owned()
}

async fn paths(who: &Client<'_>, query: &str) -> Vec<String> {
    let page = who.get(&format!("/categories{query}")).await.expect(200);
    let rows = page["data"].as_array().expect("rows");
    let path = |row: &Value| {
        let names = row["path"].as_array().expect("names");
        let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
        names.join("/")
    };
    rows.iter().map(path).collect()
}

#[tokio::test]
async fn a_tree_is_built_reordered_moved_and_pruned() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "manager").await;
        let reply = admin
            .post("/categories", json!({"name": " Hardware "}))
            .await;
        let location = reply.headers["location"]
            .to_str()
            .expect("a path")
            .to_owned();
        let hardware = reply.expect(201);
        assert_eq!(location, format!("/api/v1/categories/{}", id(&hardware)));
        assert_eq!(
            (&hardware["name"], &hardware["position"]),
            (&json!("Hardware"), &json!(0))
        );
        let software = add(&admin, json!({"name": "Software"})).await;
        let laptop = add(
            &admin,
            json!({"name": "Laptop", "parent_id": id(&hardware)}),
        )
        .await;
        add(&admin, json!({"name": "Battery", "parent_id": id(&laptop)})).await;
        add(&admin, json!({"name": "Access", "position": 0})).await;
        let all = [
            "Access",
            "Hardware",
            "Hardware/Laptop",
            "Hardware/Laptop/Battery",
            "Software",
        ];
        assert_eq!(paths(&admin, "").await, all, "{}", t.engine);
        assert_eq!(paths(&admin, "?per_page=2&page=2").await, all[2..4]);
        assert_eq!(
            paths(&admin, &format!("?parent_id={}", id(&hardware))).await,
            ["Hardware/Laptop"]
        );

        let moved = json!({"parent_id": id(&software)});
        let path = format!("/categories/{}/move", id(&laptop));
        let moved = admin.post(&path, moved).await.expect(200);
        assert_eq!(moved["path"], json!(["Software", "Laptop"]));
        let top = admin
            .post(&path, json!({"parent_id": null, "position": 1}))
            .await
            .expect(200);
        assert_eq!(
            (&top["parent_id"], &top["position"]),
            (&Value::Null, &json!(1))
        );
        let all = ["Access", "Laptop", "Laptop/Battery", "Hardware", "Software"];
        assert_eq!(paths(&admin, "").await, all, "{}", t.engine);

        let path = format!("/categories/{}", id(&software));
        let retired = admin
            .patch(&path, "*", json!({"is_active": false, "name": "Programs"}))
            .await
            .expect(200);
        assert_eq!(
            (&retired["name"], &retired["is_active"]),
            (&json!("Programs"), &json!(false))
        );
        assert_eq!(paths(&admin, "?is_active=false").await, ["Programs"]);

        let with_child = format!("/categories/{}", id(&laptop));
        admin
            .delete(&with_child)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        admin.delete(&path).await.expect(204);
        admin
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn what_would_break_the_tree_is_refused_with_the_field() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let stranger = join(t, other, "eve", "admin").await;
        let foreign = add(&stranger, json!({"name": "Theirs"})).await;
        let top = add(&admin, json!({"name": "Top"})).await;
        let below = add(&admin, json!({"name": "Below", "parent_id": id(&top)})).await;
        for (body, field) in [
            (json!({"name": " "}), "name"),
            (json!({"name": "x".repeat(201)}), "name"),
            (json!({"name": "x", "parent_id": id(&foreign)}), "parent_id"),
            (json!({"name": "x", "position": -1}), "position"),
            (json!({"name": "x", "colour": "red"}), "colour"),
        ] {
            let problem = admin.post("/categories", body).await.expect_refused();
            assert_eq!(problem["errors"][0]["field"], field);
        }
        admin
            .post("/categories", json!({"name": "tOP"}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        add(&admin, json!({"name": "Top", "parent_id": id(&below)})).await;
        let path = format!("/categories/{}", id(&top));
        for (to, code) in [
            (id(&below), "loop"),
            (id(&top), "loop"),
            (id(&foreign), "unknown_value"),
        ] {
            let reply = admin
                .post(&format!("{path}/move"), json!({"parent_id": to}))
                .await;
            let problem = reply.expect_refused();
            assert_eq!(problem["errors"][0]["code"], code);
        }
        let mut parent = id(&below);
        for _ in 3..=8 {
            parent = id(&add(&admin, json!({"name": "Deeper", "parent_id": parent})).await);
        }
        let deepest = json!({"name": "Too deep", "parent_id": parent});
        admin
            .post("/categories", deepest)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        admin
            .patch(&path, "\"7\"", json!({"name": "Late"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        admin
            .get("/categories?colour=red")
            .await
            .expect_code(400, "MALFORMED_REQUEST");
    }
}

#[tokio::test]
async fn everyone_reads_the_tree_managers_change_it_and_other_tenants_find_nothing() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let manager = join(t, org, "tomas", "manager").await;
        let top = add(&manager, json!({"name": "Secret plans"})).await;
        let path = format!("/categories/{}", id(&top));
        for role in ["end_user", "agent", "auditor"] {
            let who = join(t, org, &format!("a-{role}"), role).await;
            assert_eq!(paths(&who, "").await, ["Secret plans"], "{role}");
            who.get(&path).await.expect(200);
            let add = who.post("/categories", json!({"name": "x"})).await;
            add.expect_code(403, "INSUFFICIENT_PERMISSIONS");
            let patch = who.patch(&path, "*", json!({"name": "x"})).await;
            patch.expect_code(403, "INSUFFICIENT_PERMISSIONS");
            let moved = who.post(&format!("{path}/move"), json!({})).await;
            moved.expect_code(403, "INSUFFICIENT_PERMISSIONS");
            who.delete(&path)
                .await
                .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
        let stranger = join(t, other, "eve", "admin").await;
        assert_eq!(paths(&stranger, "").await, Vec::<String>::new());
        stranger
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        stranger
            .patch(&path, "*", json!({"name": "x"}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        stranger
            .post(&format!("{path}/move"), json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        stranger
            .delete(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(
            paths(&manager, "").await,
            ["Secret plans"],
            "nothing changed"
        );
    }
}

#[tokio::test]
async fn tickets_name_categories_of_the_tree_once_there_is_one() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        let report = |body: Value| {
            let mut body = body;
            body["title"] = json!("Fault");
            user.post("/incidents", body)
        };
        let free = report(json!({"category": "Anything"})).await.expect(201);
        assert_eq!(free["category"], "Anything", "without a tree any text does");

        let hardware = add(&admin, json!({"name": "Hardware"})).await;
        let laptop = add(
            &admin,
            json!({"name": "Laptop", "parent_id": id(&hardware)}),
        )
        .await;
        let made = report(json!({"category": "hardware", "subcategory": "LAPTOP"}))
            .await
            .expect(201);
        assert_eq!(
            (&made["category"], &made["subcategory"]),
            (&json!("Hardware"), &json!("Laptop"))
        );
        for (body, field) in [
            (json!({"category": "Anything"}), "category"),
            (json!({"category": "Laptop"}), "category"),
            (
                json!({"category": "Hardware", "subcategory": "Fax"}),
                "subcategory",
            ),
            (json!({"subcategory": "Laptop"}), "category"),
        ] {
            let problem = report(body).await.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let path = format!("/tickets/{}", free["number"].as_str().expect("a number"));
        admin
            .patch(&path, "*", json!({"title": "Still editable"}))
            .await
            .expect(200);
        let wrong = admin
            .patch(&path, "*", json!({"category": "Nothing"}))
            .await;
        let problem = wrong.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["field"], "category");
        let sorted = admin
            .patch(&path, "*", json!({"category": "Hardware"}))
            .await
            .expect(200);
        assert_eq!(sorted["category"], "Hardware");

        let retire = format!("/categories/{}", id(&laptop));
        admin
            .patch(&retire, "*", json!({"is_active": false}))
            .await
            .expect(200);
        let problem = report(json!({"category": "Hardware", "subcategory": "Laptop"})).await;
        let problem = problem.expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["code"], "inactive");
        let kept = admin
            .get(&format!("/tickets/{}", id(&made)))
            .await
            .expect(200);
        assert_eq!(
            kept["subcategory"], "Laptop",
            "tickets keep what they were given"
        );
    }
}

#[tokio::test]
async fn moving_between_teams_counts_as_reassignment() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let mut teams = Vec::new();
        for name in ["Desk", "Network"] {
            let team = admin
                .post("/teams", json!({"name": name}))
                .await
                .expect(201);
            teams.push(id(&team));
        }
        admin.report("Fault").await;
        let mut counts = Vec::new();
        for team in [0, 0, 1, 0] {
            let body = json!({"team_id": teams[team]});
            let view = admin
                .post("/tickets/INC-000001/assign", body)
                .await
                .expect(200);
            counts.push(view["reassignment_count"].as_i64());
        }
        assert_eq!(counts, [Some(0), Some(0), Some(1), Some(2)], "{}", t.engine);
    }
}
