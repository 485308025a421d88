//! How mails are worded: tried, kept, gone back from, and never lost.

use crate::deliveries::{letters, pass, say};
use crate::support::{Client, join, organization};
use serde_json::{Value, json};
use steward_db::{Executor, values};

const COMMENTED: &str = "/notification-templates/commented/email/en";

fn own(text: &str) -> Value {
    json!({"subject": "About {{ ticket.number }}", "text": text, "html": "<i>own</i>{{ comment_html }}"})
}

#[tokio::test]
async fn templates_are_listed_changed_and_reset_and_every_version_is_kept() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        agent
            .get("/notification-templates")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let list = admin.get("/notification-templates").await.expect(200);
        let rows = list["data"].as_array().expect("rows");
        assert_eq!((rows.len(), &rows[0]["matter"]), (118, &json!("letter")));
        assert!(rows.iter().all(|row| row["is_own"] == false));
        let built_in = admin.get(COMMENTED).await.expect(200);
        assert!(built_in["text"].as_str().expect("a text").contains("wrote"));
        let names: Vec<&str> = built_in["variables"]
            .as_array()
            .expect("variables")
            .iter()
            .filter_map(|v| v["name"].as_str())
            .collect();
        assert!(
            names.contains(&"comment") && names.contains(&"ticket.link"),
            "{names:?}"
        );

        let kept = admin
            .put(COMMENTED, "\"0\"", own("{{ comment }} (own)"))
            .await
            .expect(200);
        assert_eq!(
            (&kept["version"], &kept["is_own"]),
            (&json!(1), &json!(true))
        );
        assert_eq!(kept["changed_by"]["name"], "ines Test");
        admin
            .put(COMMENTED, "\"0\"", own("{{ comment }} (late)"))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let reset = admin.delete(COMMENTED).await.expect(200);
        assert_eq!(
            (&reset["version"], &reset["is_own"]),
            (&json!(2), &json!(false))
        );
        assert_eq!(reset["text"], built_in["text"]);
        let again = admin.delete(COMMENTED).await.expect(200);
        assert_eq!(again["version"], 2, "nothing to go back from");
        let versions = admin
            .get(&format!("{COMMENTED}/versions"))
            .await
            .expect(200);
        let found: Vec<(&Value, &Value)> = versions["data"]
            .as_array()
            .expect("versions")
            .iter()
            .map(|v| (&v["version"], &v["is_reset"]))
            .collect();
        assert_eq!(
            found,
            [(&json!(2), &json!(true)), (&json!(1), &json!(false))]
        );
        let other = organization(t, "Other").await;
        let stranger = join(t, other, "sam", "admin").await;
        let theirs = stranger
            .get(&format!("{COMMENTED}/versions"))
            .await
            .expect(200);
        assert_eq!(theirs["data"], json!([]), "{}", t.engine);
        for wrong in [
            "noticed/email/en",
            "commented/pigeon/en",
            "commented/email/fr",
        ] {
            let path = format!("/notification-templates/{wrong}");
            admin
                .get(&path)
                .await
                .expect_code(404, "RESOURCE_NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_written_or_leaves_something_out_is_refused_with_its_place() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        for (body, field, word) in [
            (
                own("a\n{{ nobody }}{{ comment }}"),
                "text",
                "line 2, column 4",
            ),
            (own("{% include 'x' %}{{ comment }}"), "text", "line 1"),
            (own("{{ actor }} wrote"), "text", "leaves out what was said"),
            (own(""), "text", "empty"),
            (json!({"text": "{{ comment }}"}), "subject", "empty"),
            (own(&"x".repeat(20_001)), "text", "20000"),
            (
                json!({"subject": "{{", "text": "{{ comment }}", "html": "{{ comment_html }}"}),
                "subject",
                "line 1",
            ),
            (
                json!({"subject": "x", "text": "{{ comment }}", "html": "{{ comment | upper }}"}),
                "html",
                "leaves out",
            ),
        ] {
            let refused = admin.put(COMMENTED, "*", body).await.expect_refused();
            let error = &refused["errors"][0];
            assert_eq!(error["field"], field, "{refused}");
            let message = error["message"].as_str().expect("a message");
            assert!(message.contains(word), "{word} in {message}");
        }
        let none = "SELECT count(*) FROM notification_templates";
        assert_eq!(t.number(none).await, 0, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_preview_shows_a_ticket_that_its_reader_may_see() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        lea.report("VPN drops").await;
        say(&lea, "it **still** drops", "public").await;
        let path = format!("{COMMENTED}/preview");
        let body = json!({"ticket": "INC-1", "template": own("{{ actor }}: {{ comment }}")});
        let shown = admin.post(&path, body).await.expect(200);
        assert_eq!(shown["ticket"], "INC-000001");
        assert_eq!(shown["subject"], "About INC-000001");
        let text = shown["text"].as_str().expect("a text");
        assert!(text.contains("lea Test: it **still** drops"), "{text}");
        let html = shown["html"].as_str().expect("a page");
        assert!(
            html.contains("<i>own</i>") && html.contains("<strong>still</strong>"),
            "{html}"
        );
        assert_eq!(shown["faults"], json!([]));
        let body = json!({"ticket": "INC-1", "template": own("a\n{{ commnet }}")});
        let shown = admin.post(&path, body).await.expect(200);
        assert_eq!(
            (&shown["faults"][0]["part"], &shown["faults"][0]["line"]),
            (&json!("text"), &json!(2))
        );
        assert!(
            shown["text"]
                .as_str()
                .expect("a text")
                .contains("lea Test wrote")
        );
        admin.post(&path, json!({})).await.expect(200);
        let letter = admin
            .post(
                "/notification-templates/letter/email/de/preview",
                json!({"ticket": "INC-1"}),
            )
            .await
            .expect(200);
        assert!(
            letter["text"]
                .as_str()
                .expect("a text")
                .starts_with("Guten Tag ines")
        );
        let other = organization(t, "Other").await;
        let stranger = join(t, other, "sam", "admin").await;
        stranger
            .post(&path, json!({"ticket": "INC-1"}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

/// Puts a template into the table as an earlier version of the product may have left it.
async fn plant(admin: &Client<'_>, text: &str) {
    admin
        .put(COMMENTED, "*", own("{{ comment }}"))
        .await
        .expect(200);
    let tx = admin.t.app.db.write("test").await.expect("open");
    let sql = "UPDATE notification_templates SET body_text = $1";
    tx.execute(sql, values![text]).await.expect("planted");
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn mails_are_worded_by_the_organization_and_a_broken_template_loses_none() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        lea.report("VPN drops").await;
        admin
            .put(COMMENTED, "*", own("{{ actor }} says {{ comment }}"))
            .await
            .expect(200);
        say(&admin, "the own words", "public").await;
        pass(t, 3).await;
        let sent = letters(t);
        assert_eq!(sent.len(), 1, "{}", t.engine);
        let mail = &sent[0].1;
        for part in [
            "Subject: About INC-000001",
            "multipart/alternative",
            "ines Test says the own words",
            "<i>own</i><p>the own words</p>",
            "/portal/requests/INC-000001",
            "/portal/profile?section=notifications",
        ] {
            assert!(mail.contains(part), "{part} in {mail}");
        }
        plant(&admin, "{{ gone }}").await;
        say(&admin, "the later words", "public").await;
        pass(t, 6).await;
        let sent = letters(t);
        assert_eq!(sent.len(), 2, "{}", t.engine);
        assert!(
            sent.iter()
                .any(|(_, mail)| mail.contains("> the later words"))
        );
        let log = admin.get("/deliveries?state=sent").await.expect(200);
        let note = log["data"][0]["note"].as_str().expect("a note");
        assert!(note.contains("commented/email/en text: line 1"), "{note}");
        assert_eq!(log["data"][1]["note"], Value::Null);
    }
}
