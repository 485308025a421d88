//! Organizations: an operator manages all, an administrator the settings of one.

use crate::support::{Client, PASSWORD, join, login, mails, organization, send, work};
use serde_json::{Value, json};
use steward_kernel::id::OrganizationId;
use steward_testkit::TestApp;

async fn operator(t: &TestApp, organization: OrganizationId) -> Client<'_> {
    let person = join(t, organization, "olga", "end_user").await;
    t.run("UPDATE users SET is_operator = TRUE WHERE username = 'olga'")
        .await;
    person
}

fn names(list: &Value) -> Vec<&str> {
    let rows = list["data"].as_array().expect("rows");
    rows.iter()
        .map(|row| row["name"].as_str().expect("a name"))
        .collect()
}

fn globex(email: &str) -> Value {
    json!({
        "name": "Globex", "time_zone": "Europe/Berlin", "locale": "de",
        "admin": {"email": email, "first_name": "Gil", "last_name": "Globex", "password": PASSWORD}
    })
}

#[tokio::test]
async fn only_an_operator_reaches_other_organizations() {
    for t in &steward_testkit::apps().await {
        let (acme, other) = (
            organization(t, "Acme").await,
            organization(t, "Other").await,
        );
        let admin = join(t, acme, "ines", "admin").await;
        let path = format!("/organizations/{}", other.0);
        for reply in [
            admin.get("/organizations").await,
            admin.get(&path).await,
            admin.get(&format!("/organizations/{}", acme.0)).await,
            admin.patch(&path, "*", json!({"name": "Mine"})).await,
            admin
                .post("/organizations", globex("gil@globex.example"))
                .await,
        ] {
            reply.expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
        let operator = operator(t, acme).await;
        assert_eq!(
            operator.get("/users/me").await.expect(200)["is_operator"],
            true
        );
        assert_eq!(operator.get(&path).await.expect(200)["name"], "Other");
        // An operator manages organizations and nothing inside them.
        operator
            .get("/users")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let token = json!({"name": "script", "permissions": ["ticket:read:own"]});
        let token = operator.post("/api-tokens", token).await.expect(201);
        let bearer = format!("Bearer {}", token["token"].as_str().expect("a token"));
        let headers = [("authorization", bearer.as_str())];
        let reply = send(t, "GET", "/api/v1/organizations", &headers, None).await;
        reply.expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn a_new_organization_starts_with_roles_and_an_administrator() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let operator = operator(t, acme).await;
        let made = operator
            .post("/organizations", globex("gil@globex.example"))
            .await;
        let location = made.headers["location"].to_str().expect("text").to_owned();
        let made = made.expect(201);
        assert_eq!(made["organization"]["domain"], "globex");
        assert_eq!(made["organization"]["time_zone"], "Europe/Berlin");
        assert_eq!(made["admin"]["roles"], json!(["admin"]));
        assert_eq!(made["admin"]["is_operator"], false);
        let id = made["organization"]["id"].as_str().expect("an id");
        assert_eq!(location, format!("/api/v1/organizations/{id}"));
        let gil = login(t, "gil@globex.example").await;
        assert_eq!(gil.get("/organization").await.expect(200)["id"], id);
        assert_eq!(
            gil.get("/users").await.expect(200)["pagination"]["total"],
            1
        );
        let same = operator
            .post("/organizations", globex("gil2@globex.example"))
            .await;
        same.expect_code(409, "RESOURCE_CONFLICT");
        let taken = json!({"name": "Initech",
            "admin": {"email": "gil@globex.example", "first_name": "G", "last_name": "G", "password": PASSWORD}});
        operator
            .post("/organizations", taken)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let list = operator.get("/organizations").await.expect(200);
        assert_eq!(
            names(&list),
            ["Acme", "Globex"],
            "nothing half made on {}",
            t.engine
        );
    }
}

#[tokio::test]
async fn an_administrator_without_a_password_gets_a_link() {
    for t in &steward_testkit::apps().await {
        let operator = operator(t, organization(t, "Acme").await).await;
        let body = json!({"name": "Globex",
            "admin": {"email": "gil@globex.example", "first_name": "Gil", "last_name": "G"}});
        operator.post("/organizations", body).await.expect(201);
        work(t).await;
        let mails = mails(t);
        let mail = mails.iter().find(|m| m.contains("gil@globex.example"));
        assert!(mail.expect("a mail").contains("/set-password#token="));
    }
}

#[tokio::test]
async fn what_is_not_valid_is_named_by_its_field() {
    for t in &steward_testkit::apps().await {
        let operator = operator(t, organization(t, "Acme").await).await;
        for (field, change) in [
            ("name", json!({"name": " "})),
            ("name", json!({"name": "x".repeat(101)})),
            ("domain", json!({"domain": "a b"})),
            ("locale", json!({"locale": "x"})),
            ("colour", json!({"colour": "red"})),
            (
                "admin.email",
                json!({"admin": {"email": "gil", "first_name": "", "last_name": ""}}),
            ),
            (
                "admin.password",
                json!({"admin": {"email": "g@x.example", "first_name": "", "last_name": "", "password": "password1234"}}),
            ),
        ] {
            let mut body = globex("gil@globex.example");
            for (name, value) in change.as_object().expect("an object") {
                body[name] = value.clone();
            }
            let refused = operator.post("/organizations", body).await;
            let refused = refused.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(refused["errors"][0]["field"], field, "{refused}");
        }
        let list = operator.get("/organizations").await.expect(200);
        assert_eq!(names(&list), ["Acme"]);
    }
}

#[tokio::test]
async fn deactivating_an_organization_signs_its_people_out_at_once() {
    for t in &steward_testkit::apps().await {
        let (acme, other) = (
            organization(t, "Acme").await,
            organization(t, "Other").await,
        );
        let operator = operator(t, acme).await;
        let eve = join(t, other, "eve", "admin").await;
        let path = format!("/organizations/{}", other.0);
        let off = operator
            .patch(&path, "*", json!({"is_active": false}))
            .await;
        assert_eq!(off.expect(200)["is_active"], false);
        eve.get("/users/me").await.expect(401);
        let refresh = json!({"refresh": eve.refresh});
        let refresh = send(t, "POST", "/api/v1/auth/refresh", &[], Some(refresh)).await;
        refresh.expect(401);
        let body =
            json!({"email": format!("eve@{}.example", other.0.simple()), "password": PASSWORD});
        let again = send(t, "POST", "/api/v1/auth/login", &[], Some(body.clone())).await;
        again.expect_code(401, "INVALID_CREDENTIALS");

        operator
            .patch(&path, "*", json!({"is_active": true}))
            .await
            .expect(200);
        eve.get("/users/me").await.expect(401);
        send(t, "POST", "/api/v1/auth/login", &[], Some(body))
            .await
            .expect(200);

        let own = format!("/organizations/{}", acme.0);
        let own = operator.patch(&own, "*", json!({"is_active": false})).await;
        own.expect_code(409, "RESOURCE_CONFLICT");
        operator.get("/users/me").await.expect(200);
    }
}

#[tokio::test]
async fn an_administrator_changes_the_settings_of_the_own_organization_only() {
    for t in &steward_testkit::apps().await {
        let (acme, _) = (
            organization(t, "Acme").await,
            organization(t, "Other").await,
        );
        let admin = join(t, acme, "ines", "admin").await;
        let user = join(t, acme, "lea", "end_user").await;
        let seen = user.get("/organization").await;
        let etag = seen.headers["etag"].to_str().expect("text").to_owned();
        assert_eq!(seen.expect(200)["time_zone"], "UTC");
        user.patch("/organization", "*", json!({"name": "Mine"}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let patch = json!({"name": "Acme AG", "time_zone": "Europe/Vienna", "locale": "de-AT"});
        let changed = admin
            .patch("/organization", &etag, patch.clone())
            .await
            .expect(200);
        assert_eq!(
            (&changed["name"], &changed["version"]),
            (&json!("Acme AG"), &json!(2))
        );
        admin
            .patch("/organization", &etag, json!({"locale": "en"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        for beyond in [json!({"is_active": false}), json!({"domain": "x"})] {
            let refused = admin.patch("/organization", "*", beyond).await;
            refused.expect_code(422, "VALIDATION_ERROR");
        }
        let taken = admin
            .patch("/organization", "*", json!({"name": "Other"}))
            .await;
        taken.expect_code(409, "RESOURCE_CONFLICT");
        let told = "SELECT count(*) FROM events WHERE name = 'organization.changed'";
        assert_eq!(t.number(told).await, 1, "{}", t.engine);
    }
}

#[tokio::test]
async fn the_list_is_paged_by_page_and_by_cursor() {
    for t in &steward_testkit::apps().await {
        let operator = operator(t, organization(t, "Acme").await).await;
        for name in ["Beta", "Gamma", "Delta"] {
            organization(t, name).await;
        }
        let first = operator.get("/organizations?per_page=3").await.expect(200);
        assert_eq!(names(&first), ["Acme", "Beta", "Delta"]);
        assert_eq!(first["pagination"]["total"], 4);
        let cursor = first["pagination"]["next_cursor"].as_str().expect("more");
        for rest in [format!("cursor={cursor}"), "page=2".to_owned()] {
            let path = format!("/organizations?per_page=3&{rest}");
            let second = operator.get(&path).await.expect(200);
            assert_eq!(names(&second), ["Gamma"], "{rest}");
            assert_eq!(second["pagination"]["has_next"], false);
        }
        let none = operator
            .get("/organizations?is_active=false")
            .await
            .expect(200);
        assert!(names(&none).is_empty());
        operator.get("/organizations?sort=name").await.expect(400);
    }
}
