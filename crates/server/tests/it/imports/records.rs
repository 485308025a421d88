//! What an import makes beside the history: people, counts, other sources.

use super::log::{file, import, import_as, lines};
use crate::support::{join, organization, send};
use serde_json::{Value, json};

#[tokio::test]
async fn nobody_signs_in_as_an_imported_person_and_nobody_is_written_to() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let before = (t.rows("events").await, t.rows("jobs").await);
        import(t, "Acme", &file(&lines())).await;
        let people = admin.get("/users?per_page=100").await.expect(200);
        let imported: Vec<&Value> = people["data"]
            .as_array()
            .expect("people")
            .iter()
            .filter(|p| p["id"].as_str() != Some(admin.id.as_str()))
            .collect();
        assert_eq!(imported.len(), 6);
        for person in imported {
            let email = person["email"].as_str().expect("an address");
            assert!(email.ends_with("@imported.invalid"), "{email}");
            assert_eq!(person["is_active"], false, "{email}");
            for login in [email, person["username"].as_str().expect("a name")] {
                for password in ["", "imported", "violet-tractor-93-moon"] {
                    let body = json!({"email": login, "password": password});
                    let reply = send(t, "POST", "/api/v1/auth/login", &[], Some(body)).await;
                    assert_eq!(reply.status, 401, "{login}");
                }
            }
        }
        let imported = t.rows("events WHERE name = 'ticket.imported'").await;
        assert_eq!(imported, 3, "once for each ticket");
        assert_eq!(t.rows("events").await, before.0 + imported);
        assert_eq!(t.rows("jobs").await, before.1, "nothing to react to");
    }
}

#[tokio::test]
async fn two_organizations_import_the_same_log_without_sharing_anything() {
    for t in &steward_testkit::apps().await {
        let mut seen = Vec::new();
        for name in ["Acme", "Other"] {
            let org = organization(t, name).await;
            let (summary, _) = import(t, name, &file(&lines())).await;
            assert_eq!(
                (summary.tickets_created, summary.people_created),
                (3, 6),
                "{name}"
            );
            let agent = join(t, org, "priya", "agent").await;
            let ticket = agent.get("/tickets/INC0000011").await.expect(200);
            seen.push((agent, ticket["id"].as_str().expect("an id").to_owned()));
        }
        let path = format!("/tickets/{}", seen[0].1);
        seen[1]
            .0
            .get(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let stranger = join(t, organization(t, "Acme").await, "lea", "end_user").await;
        stranger
            .get("/tickets/INC0000011")
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn imported_tickets_are_counted_listed_and_found_like_others() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        for n in [4, 13] {
            import(t, "Acme", &file(&lines()[..n])).await;
        }
        for (query, total) in [
            ("", 3),
            ("?status=closed", 1),
            ("?status=on_hold", 1),
            ("?status=on_hold,in_progress&priority=low,critical", 2),
            ("?category=Network", 1),
            ("?external_reference=INC0000012", 1),
            ("?external_reference=INC-000002", 0),
            ("?search=INC0000013", 1),
            ("?search=drops", 2),
        ] {
            let page = agent.get(&format!("/tickets{query}")).await.expect(200);
            assert_eq!(
                page["pagination"]["total"], total,
                "{query} on {}",
                t.engine
            );
            assert_eq!(
                page["data"].as_array().map(Vec::len),
                usize::try_from(total).ok()
            );
        }
        let page = agent.get("/tickets?category=Network").await.expect(200);
        assert_eq!(page["data"][0]["external_reference"], "INC0000011");
        let names: Vec<String> = agent.get("/categories").await.expect(200)["data"]
            .as_array()
            .expect("categories")
            .iter()
            .map(|c| c["path"].to_string())
            .collect();
        let expected = [
            r#"["Hardware"]"#,
            r#"["Hardware","Disk"]"#,
            r#"["Network"]"#,
            r#"["Network","VPN"]"#,
        ];
        assert_eq!(names, expected, "{}", t.engine);
    }
}

#[tokio::test]
async fn the_documented_example_of_a_mapping_works() {
    let mapping = include_str!("../../../../../docs/examples/helpdesk.toml");
    let csv = include_str!("../../../../../docs/examples/helpdesk.csv");
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let (summary, refused) = import_as(t, None, mapping, csv.as_bytes(), false)
            .await
            .expect("imported");
        assert_eq!(
            (summary.lines_read, summary.tickets_created, refused.len()),
            (2, 2, 0)
        );
        let scanner = admin.get("/tickets/4711").await.expect(200);
        for (field, value) in [
            ("external_source", "helpdesk"),
            ("status", "on_hold"),
            ("hold_reason", "waiting for customer"),
            ("created_at", "2024-07-01T14:00:00Z"),
            ("title", "Scanner is mute"),
            (
                "description",
                "It pulls the paper in,\nand nothing arrives.\n\n- Building: Oslo",
            ),
        ] {
            assert_eq!(scanner[field], value, "{field}");
        }
        let ada = scanner["requester"]["id"].as_str().expect("an id");
        let ada = admin.get(&format!("/users/{ada}")).await.expect(200);
        assert_eq!(ada["email"], "ada@acme.example");
        let badge = admin.get("/tickets/4712").await.expect(200);
        assert_eq!(
            (&badge["status"], &badge["priority"]),
            (&json!("closed"), &json!("low"))
        );
        let again = import_as(t, None, mapping, csv.as_bytes(), false)
            .await
            .expect("imported");
        assert_eq!((again.0.lines_skipped, again.0.tickets_created), (2, 0));
    }
}

#[tokio::test]
async fn a_person_with_an_address_is_the_one_who_has_it() {
    let mapping = include_str!("../../../../../docs/examples/helpdesk.toml");
    let csv = include_str!("../../../../../docs/examples/helpdesk.csv");
    for t in &steward_testkit::apps().await {
        let other = organization(t, "Other").await;
        let theirs = join(t, other, "eve", "end_user").await;
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let address = |c: &Value| c["email"].as_str().expect("an address").to_owned();
        let own = address(&admin.get("/users/me").await.expect(200));
        let foreign = address(&theirs.get("/users/me").await.expect(200));
        let csv = csv
            .replace("Ada Byron <ada@acme.example>", &own)
            .replace("Omar Haddad", &foreign);
        import_as(t, Some("Acme"), mapping, csv.as_bytes(), false)
            .await
            .expect("imported");
        let scanner = admin.get("/tickets/4711").await.expect(200);
        assert_eq!(scanner["requester"]["id"], admin.id.as_str());
        let badge = admin.get("/tickets/4712").await.expect(200);
        let stranger = badge["requester"]["id"].as_str().expect("an id");
        assert_ne!(
            stranger, theirs.id,
            "another organization's account stays theirs"
        );
        let stranger = admin.get(&format!("/users/{stranger}")).await.expect(200);
        assert!(address(&stranger).ends_with("@imported.invalid"));
    }
}
