//! People's records and roles; departments, sites, teams.

use crate::support::{join, login, organization};
use serde_json::{Value, json};

#[tokio::test]
async fn a_record_is_changed_field_by_field_and_null_takes_away() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        let path = format!("/users/{}", lea.id);
        let patch = json!({
            "first_name": "Léa", "phone": "+49 30 1234", "time_zone": "Europe/Berlin", "locale": "de-AT",
            "manager_id": admin.id, "skills": ["Network", "network", "SQL"], "away_from": "2026-12-24T00:00:00Z",
            "away_until": "2027-01-02T00:00:00Z", "max_open_tickets": 7, "experience": 3
        });
        let person = admin.patch(&path, "\"1\"", patch).await.expect(200);
        assert_eq!(person["name"], "Léa Test");
        assert_eq!(
            person["manager"],
            json!({"id": admin.id, "name": "ines Test"})
        );
        assert_eq!(person["skills"], json!(["network", "sql"]));
        assert_eq!(person["away_until"], "2027-01-02T00:00:00Z");
        let numbers = (
            &person["max_open_tickets"],
            &person["experience"],
            &person["version"],
        );
        assert_eq!(numbers, (&json!(7), &json!(3), &json!(2)));

        admin
            .patch(&path, "\"1\"", json!({"phone": "1"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let patch =
            json!({"phone": null, "manager_id": null, "away_from": null, "max_open_tickets": null});
        let person = admin.patch(&path, "\"2\"", patch).await.expect(200);
        for field in ["phone", "manager", "away_from", "max_open_tickets"] {
            assert_eq!(person[field], Value::Null, "{field}");
        }
        assert_eq!(person["time_zone"], "Europe/Berlin");
        let same = admin.patch(&path, "*", json!({"experience": 3})).await;
        assert_eq!(same.expect(200)["version"], 3, "nothing changed");
    }
}

#[tokio::test]
async fn wrong_values_are_refused_with_the_name_of_their_field() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        let foreign = join(t, other, "eve", "end_user").await;
        let nobody = "00000000-0000-7000-8000-000000000000";
        let path = format!("/users/{}", lea.id);
        for (field, value) in [
            ("email", json!("lea")),
            ("email", json!(null)),
            ("username", json!("lea@example.com")),
            ("first_name", json!("x".repeat(101))),
            ("phone", json!("1".repeat(41))),
            ("time_zone", json!("Berlin")),
            ("locale", json!("german")),
            ("manager_id", json!(nobody)),
            ("manager_id", json!(foreign.id)),
            ("manager_id", json!(lea.id)),
            ("department_id", json!(nobody)),
            ("site_id", json!(nobody)),
            ("skills", json!([" "])),
            ("max_open_tickets", json!(-1)),
            ("experience", json!(101)),
            ("roles", json!(["wizard"])),
            ("shoe_size", json!(42)),
        ] {
            let problem = admin
                .patch(&path, "*", json!({field: value}))
                .await
                .expect_refused();
            let named = problem["errors"][0]["field"].as_str();
            // What has the wrong type is named by the body as a whole.
            let is_named = named == Some(field) || value.is_null();
            assert!(is_named, "{field}: {problem}");
        }
        let backwards =
            json!({"away_from": "2026-12-24T00:00:00Z", "away_until": "2026-12-23T00:00:00Z"});
        admin
            .patch(&path, "*", backwards)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let taken = format!("ines@{}.example", org.0.simple());
        admin
            .patch(&path, "*", json!({"email": taken}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let unchanged = admin.get(&path).await.expect(200);
        assert_eq!(unchanged["version"], 1);
    }
}

#[tokio::test]
async fn nobody_reports_to_someone_below_them() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let middle = join(t, org, "mona", "end_user").await;
        let lea = join(t, org, "lea", "end_user").await;
        for (person, boss, status) in [
            (&middle, &admin, 200),
            (&lea, &middle, 200),
            (&admin, &lea, 422),
            (&middle, &lea, 422),
        ] {
            let path = format!("/users/{}", person.id);
            let reply = admin.patch(&path, "*", json!({"manager_id": boss.id}));
            reply.await.expect(status);
        }
    }
}

#[tokio::test]
async fn people_change_their_own_record_but_not_what_others_decide() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let lea = join(t, org, "lea", "end_user").await;
        let agent = join(t, org, "priya", "agent").await;
        let foreign = join(t, other, "root", "admin").await;
        let patch = json!({"phone": "+49 30 1", "time_zone": "Europe/Paris", "skills": ["excel"]});
        let me = lea.patch("/users/me", "\"1\"", patch).await.expect(200);
        assert_eq!(me["time_zone"], "Europe/Paris");
        for field in [
            "manager_id",
            "roles",
            "email",
            "experience",
            "max_open_tickets",
        ] {
            let problem = lea
                .patch("/users/me", "*", json!({field: null}))
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        let path = format!("/users/{}", lea.id);
        for (who, status) in [(&lea, 403), (&agent, 403), (&foreign, 404)] {
            let reply = who.patch(&path, "*", json!({"experience": 9})).await;
            reply.expect(status);
            for verb in ["deactivate", "activate", "unlock", "reset-mfa"] {
                let reply = who.post(&format!("{path}/{verb}"), json!({})).await;
                reply.expect(status);
            }
        }
    }
}

#[tokio::test]
async fn the_directory_is_searched_filtered_and_sorted() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        for (name, role) in [("priya", "agent"), ("jonas", "agent"), ("lea", "end_user")] {
            join(t, org, name, role).await;
        }
        let jonas = admin.get("/users?search=jonas").await.expect(200);
        let jonas = jonas["data"][0]["id"].as_str().expect("an id").to_owned();
        admin
            .patch(
                &format!("/users/{jonas}"),
                "*",
                json!({"last_name": "Ärmel%"}),
            )
            .await
            .expect(200);
        let path = format!("/users/{jonas}/deactivate");
        admin.post(&path, json!({})).await.expect(200);
        let team = admin.post("/teams", json!({"name": "Network"})).await;
        let team = team.expect(201)["id"].as_str().expect("an id").to_owned();
        admin
            .post(&format!("/teams/{team}/members"), json!({"user_id": jonas}))
            .await
            .expect(200);
        let domain = org.0.simple().to_string();
        for (query, expected) in [
            ("search=PRIYA".to_owned(), "priya"),
            ("search=test%20ines".to_owned(), "ines"),
            (format!("search=lea@{domain}"), "lea"),
            ("search=%C3%84RMEL".to_owned(), "jonas"),
            ("search=%25".to_owned(), "jonas"),
            ("search=_".to_owned(), ""),
            ("is_active=false".to_owned(), "jonas"),
            ("role=agent&sort=email".to_owned(), "jonas priya"),
            (
                "role=agent,admin&is_active=true&sort=-email".to_owned(),
                "priya ines",
            ),
            (format!("team={team}"), "jonas"),
            (format!("department={team}"), ""),
            ("sort=-created_at".to_owned(), "lea jonas priya ines"),
            ("sort=email&per_page=2&page=2".to_owned(), "lea priya"),
        ] {
            let list = admin.get(&format!("/users?{query}")).await.expect(200);
            let rows = list["data"].as_array().expect("rows");
            let names: Vec<&str> = rows.iter().filter_map(|r| r["username"].as_str()).collect();
            assert_eq!(names.join(" "), expected, "{query} on {}", t.engine);
        }
        let total = admin.get("/users?role=agent").await.expect(200);
        assert_eq!(total["pagination"]["total"], 2);
        for query in ["sort=shoe_size", "per_page=0"] {
            let reply = admin.get(&format!("/users?{query}")).await;
            reply.expect_code(422, "VALIDATION_ERROR");
        }
        let reply = admin.get("/users?is_active=perhaps").await;
        reply.expect_code(400, "MALFORMED_REQUEST");
    }
}

#[tokio::test]
async fn new_roles_count_from_the_next_request() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        lea.get("/users").await.expect(403);
        let path = format!("/users/{}", lea.id);
        let given = admin
            .patch(&path, "*", json!({"roles": ["agent", "end_user"]}))
            .await
            .expect(200);
        assert_eq!(given["roles"], json!(["agent", "end_user"]));
        lea.get("/users").await.expect(200);
        let none = admin.patch(&path, "*", json!({"roles": []})).await;
        assert_eq!(none.expect(200)["roles"], json!([]));
        lea.get("/users").await.expect(403);
    }
}

#[tokio::test]
async fn the_last_active_administrator_stays_one() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let ines = join(t, org, "ines", "admin").await;
        let path = format!("/users/{}", ines.id);
        ines.patch(&path, "*", json!({"roles": ["agent"]}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let second = join(t, org, "tomas", "admin").await;
        let theirs = format!("/users/{}", second.id);
        ines.post(&format!("{theirs}/deactivate"), json!({}))
            .await
            .expect(200);
        ines.patch(&path, "*", json!({"roles": ["agent"]}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        ines.post(&format!("{theirs}/activate"), json!({}))
            .await
            .expect(200);
        let second = login(t, &format!("tomas@{}.example", org.0.simple())).await;
        let (one, other) = tokio::join!(
            ines.patch(&theirs, "*", json!({"roles": ["agent"]})),
            second.patch(&path, "*", json!({"roles": ["agent"]})),
        );
        let done = [one, other].iter().filter(|r| r.status == 200).count();
        assert_eq!(done, 1, "of two who depose each other one remains");
    }
}
