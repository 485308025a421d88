//! Roles, what they grant, and why someone may do something.

use crate::support::{Client, PASSWORD, join, login, organization, send};
use serde_json::{Value, json};
use steward_db::{Executor, values};
use steward_platform::clock;

/// The role of this name.
async fn role(who: &Client<'_>, name: &str) -> Value {
    let list = who.get("/roles").await.expect(200);
    let roles = list["data"].as_array().expect("roles");
    let found = roles.iter().find(|r| r["name"] == name);
    found.expect("a role of this name").clone()
}

fn path(record: &Value) -> String {
    format!("/roles/{}", record["id"].as_str().expect("an id"))
}

/// The grants of a role without one, or with one more.
fn grants(role: &Value, without: &str, with: &[&str]) -> Vec<String> {
    let all = role["permissions"].as_array().expect("grants");
    let kept = all
        .iter()
        .filter_map(|g| g.as_str())
        .filter(|g| *g != without);
    kept.chain(with.iter().copied())
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn every_organization_has_the_ten_system_roles() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let list = admin.get("/roles").await.expect(200);
        let roles = list["data"].as_array().expect("roles");
        let names: Vec<&str> = roles.iter().filter_map(|r| r["name"].as_str()).collect();
        let expected = "admin agent asset_manager auditor cab_member change_manager end_user \
                        incident_manager manager problem_manager";
        assert_eq!(names.join(" "), expected);
        assert!(roles.iter().all(|r| r["is_system"] == true));
        assert!(roles.iter().all(|r| r["has_shipped_description"] == true));
        let agent = role(&admin, "agent").await;
        let own = json!({"description": "Works on what comes in"});
        let changed = admin.patch(&path(&agent), "*", own).await.expect(200);
        assert_eq!(changed["has_shipped_description"], false, "{}", t.engine);
        assert_eq!(role(&admin, "admin").await["member_count"], 1);
    }
}

#[tokio::test]
async fn a_role_is_made_given_changed_and_removed() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        let input =
            json!({"name": "desk_lead", "description": "x", "permissions": ["user:read:all"]});
        let made = admin.post("/roles", input.clone()).await;
        let location = made.headers["location"].to_str().expect("text").to_owned();
        let made = made.expect(201);
        assert_eq!(location, format!("/api/v1{}", path(&made)));
        admin
            .post("/roles", input)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let person = format!("/users/{}", lea.id);
        let both = json!({"roles": ["end_user", "desk_lead"]});
        admin.patch(&person, "*", both).await.expect(200);
        lea.get("/users").await.expect(200);
        admin
            .delete(&path(&made))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");

        let changed = admin
            .patch(
                &path(&made),
                "\"1\"",
                json!({"permissions": ["team:read:all"]}),
            )
            .await
            .expect(200);
        assert_eq!(changed["permissions"], json!(["team:read:all"]));
        lea.get("/users").await.expect(403);
        lea.get("/teams").await.expect(200);
        admin
            .patch(&path(&made), "\"1\"", json!({"description": "y"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let one = json!({"roles": ["end_user"]});
        admin.patch(&person, "*", one).await.expect(200);
        admin.delete(&path(&made)).await.expect(204);
        admin
            .get(&path(&made))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn system_roles_keep_their_names_and_the_admin_what_undoes_a_mistake() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = role(&admin, "agent").await;
        admin
            .delete(&path(&agent))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let named = admin
            .patch(&path(&agent), "*", json!({"name": "worker"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(named["errors"][0]["field"], "name");
        let fewer = grants(&agent, "ticket:cancel:all", &[]);
        admin
            .patch(&path(&agent), "*", json!({"permissions": fewer}))
            .await
            .expect(200);
        let own = role(&admin, "admin").await;
        let refused = grants(&own, "role:manage:all", &[]);
        admin
            .patch(&path(&own), "*", json!({"permissions": refused}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        for (field, value) in [
            ("name", json!("Two Words")),
            ("permissions", json!(["ticket:fly:all"])),
            ("permissions", json!(["user:read:own"])),
            ("permissions", json!("all")),
        ] {
            let mut input = json!({"name": "x", "permissions": []});
            input[field] = value;
            admin.post("/roles", input).await.expect_refused();
        }
    }
}

#[tokio::test]
async fn nobody_gives_rights_they_do_not_hold_or_governs_those_who_hold_more() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let hr = json!({"name": "hr", "permissions":
            ["role:manage:all", "user:read:all", "user:create:all", "user:update:all", "user:deactivate:all"]});
        let hr = admin.post("/roles", hr).await.expect(201);
        let helen = join(t, org, "helen", "hr").await;
        let lea = join(t, org, "lea", "end_user").await;
        let forbidden = "INSUFFICIENT_PERMISSIONS";

        let more = json!({"name": "more", "permissions": ["ticket:read:all"]});
        helen.post("/roles", more).await.expect_code(403, forbidden);
        let own = grants(&hr, "", &["ticket:read:own"]);
        helen
            .patch(&path(&hr), "*", json!({"permissions": own}))
            .await
            .expect_code(403, forbidden);
        let stronger = role(&helen, "admin").await;
        helen
            .patch(&path(&stronger), "*", json!({"permissions": []}))
            .await
            .expect_code(403, forbidden);
        for who in [&helen, &lea] {
            let roles = json!({"roles": ["end_user", "agent"]});
            helen
                .patch(&format!("/users/{}", who.id), "*", roles)
                .await
                .expect_code(403, forbidden);
        }
        let new = json!({"email": "x@example.com", "first_name": "X", "last_name": "Y", "roles": ["admin"]});
        helen.post("/users", new).await.expect_code(403, forbidden);

        let boss = format!("/users/{}", admin.id);
        helen
            .patch(&boss, "*", json!({"email": "mine@example.com"}))
            .await
            .expect_code(403, forbidden);
        for verb in ["deactivate", "activate", "unlock", "reset-mfa"] {
            helen
                .post(&format!("{boss}/{verb}"), json!({}))
                .await
                .expect_code(403, forbidden);
        }
        let colleague =
            json!({"email": "y@example.com", "first_name": "Y", "last_name": "Z", "roles": ["hr"]});
        helen.post("/users", colleague).await.expect(201);
    }
}

#[tokio::test]
async fn a_preview_says_who_gains_or_loses_what_and_saves_nothing() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let priya = join(t, org, "priya", "agent").await;
        let mona = join(t, org, "mona", "agent").await;
        let both = json!({"roles": ["agent", "manager"]});
        admin
            .patch(&format!("/users/{}", mona.id), "*", both)
            .await
            .expect(200);
        let agent = role(&admin, "agent").await;
        let wanted = grants(&agent, "user:read:all", &["team:manage:all"]);
        let preview = admin
            .post(
                &format!("{}/preview", path(&agent)),
                json!({"permissions": wanted}),
            )
            .await
            .expect(200);
        let expected = json!({
            "gained": ["team:manage:all"],
            "lost": ["user:read:all"],
            "people": [{
                "user": {"id": priya.id, "name": "priya Test"},
                "gained": ["team:manage:all"],
                "lost": ["user:read:all"]
            }],
            "is_complete": true
        });
        assert_eq!(preview, expected, "a manager has both anyway");
        assert_eq!(role(&admin, "agent").await, agent);
        priya
            .post(
                &format!("{}/preview", path(&agent)),
                json!({"permissions": []}),
            )
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn why_someone_may_do_something_is_answered_with_the_roles_that_give_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let foreign = join(t, other, "root", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        let person = format!("/users/{}", lea.id);
        let both = json!({"roles": ["agent", "end_user"]});
        admin.patch(&person, "*", both).await.expect(200);
        let why = admin
            .get(&format!("{person}/permissions"))
            .await
            .expect(200);
        let rights = why["data"].as_array().expect("rights");
        let read = rights.iter().find(|r| r["name"] == "ticket:read");
        let read = read.expect("the right");
        assert_eq!(read["scope"], "all");
        let roles = read["roles"].as_array().expect("roles");
        let given: Vec<_> = roles.iter().map(|r| (&r["name"], &r["scope"])).collect();
        let (agent, end_user, all, own) = (
            json!("agent"),
            json!("end_user"),
            json!("all"),
            json!("own"),
        );
        assert_eq!(given, [(&agent, &all), (&end_user, &own)]);
        assert!(read["description"].as_str().is_some_and(|d| !d.is_empty()));
        lea.get(&format!("{person}/permissions")).await.expect(200);
        foreign
            .get(&format!("{person}/permissions"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let words = admin.get("/permissions").await.expect(200);
        assert!(words["data"].as_array().is_some_and(|w| w.len() > 20));
    }
}

#[tokio::test]
async fn roles_stay_in_their_organization_and_need_the_right_to_change_them() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        let foreign = join(t, other, "root", "admin").await;
        let made = json!({"name": "x", "permissions": ["ticket:read:own"]});
        let made = admin.post("/roles", made).await.expect(201);
        let (one, trial) = (path(&made), format!("{}/preview", path(&made)));
        for (who, status) in [(&foreign, 404), (&agent, 403), (&user, 403)] {
            let patch = json!({"description": "mine"});
            who.patch(&one, "*", patch).await.expect(status);
            who.delete(&one).await.expect(status);
            who.post(&trial, json!({"permissions": []}))
                .await
                .expect(status);
        }
        foreign.get(&one).await.expect(404);
        agent.get(&one).await.expect(200);
        for road in ["/roles", "/permissions", &one] {
            user.get(road).await.expect(403);
        }
        agent
            .post("/roles", json!({"name": "y", "permissions": []}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn a_role_that_asks_for_a_second_factor_lets_nobody_on_without() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let priya = join(t, org, "priya", "agent").await;
        let agent = role(&admin, "agent").await;
        admin
            .patch(&path(&agent), "*", json!({"requires_mfa": true}))
            .await
            .expect(200);
        priya.get("/tickets").await.expect_code(401, "MFA_REQUIRED");
        priya
            .post("/incidents", json!({"title": "x"}))
            .await
            .expect_code(401, "MFA_REQUIRED");
        let again = login(t, &format!("priya@{}.example", org.0.simple())).await;
        again.get("/users/me").await.expect(200);
        let state = again.get("/auth/mfa").await.expect(200);
        assert_eq!(
            (&state["is_required"], &state["is_enabled"]),
            (&json!(true), &json!(false))
        );
        let drawn = again.post("/auth/mfa/enroll", json!({"password": PASSWORD}));
        let drawn = drawn.await.expect(200);
        let secret = drawn["secret"].as_str().expect("a secret");
        let code = crate::mfa::code(secret);
        again
            .post("/auth/mfa/confirm", json!({"code": code}))
            .await
            .expect(200);
        priya.get("/tickets").await.expect(200);
    }
}

#[tokio::test]
async fn an_upgrade_brings_missing_roles_and_grants_and_leaves_what_people_changed() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = role(&admin, "agent").await;
        let fewer = grants(&agent, "ticket:cancel:all", &[]);
        admin
            .patch(&path(&agent), "*", json!({"permissions": fewer}))
            .await
            .expect(200);
        // As an older version of the product left it.
        for sql in [
            "DELETE FROM roles WHERE name = 'cab_member'",
            "UPDATE roles SET permissions = '[\"ticket:read:all\"]', default_permissions = '[\"ticket:read:all\"]'
             WHERE name = 'auditor'",
        ] {
            t.app.db.execute(sql, values![]).await.expect("older");
        }
        for _ in 0..2 {
            steward_identity::upgrade(&t.app, clock::now())
                .await
                .expect("upgraded");
        }
        let back = role(&admin, "cab_member").await;
        assert_eq!(back["is_system"], true);
        let auditor = role(&admin, "auditor").await;
        assert_eq!(auditor["version"], 2, "once");
        assert!(auditor["permissions"].to_string().contains("user:read:all"));
        let agent = role(&admin, "agent").await;
        assert!(!agent["permissions"].to_string().contains("ticket:cancel"));
        let reply = send(t, "GET", "/api/v1/roles", &[], None).await;
        reply.expect_code(401, "AUTHENTICATION_REQUIRED");
    }
}
