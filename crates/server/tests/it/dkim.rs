//! Signatures of outgoing mail, and the keys that make them.

use crate::support::{Client, join, organization};
use crate::verifier::verified;
use serde_json::{Value, json};
use std::path::PathBuf;
use steward_kernel::id::OrganizationId;
use steward_testkit::TestApp;

const PATH: &str = "/dkim-keys";

async fn operator(t: &TestApp, org: OrganizationId) -> Client<'_> {
    let who = join(t, org, "olga", "admin").await;
    t.run("UPDATE users SET is_operator = TRUE WHERE username = 'olga'")
        .await;
    who
}

fn one(key: &Value) -> String {
    format!("{PATH}/{}", key["id"].as_str().expect("an id"))
}

async fn rows(who: &Client<'_>) -> Vec<(String, bool)> {
    let list = who.get(PATH).await.expect(200);
    let rows = list["data"].as_array().expect("rows").iter();
    rows.map(|row| {
        let selector = row["selector"].as_str().expect("a text");
        (selector.to_owned(), row["is_active"] == true)
    })
    .collect()
}

#[tokio::test]
async fn of_a_domain_one_key_signs_and_only_operators_see_to_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let olga = operator(t, org).await;
        let none = olga.get(PATH).await.expect(200);
        assert_eq!(
            (&none["sender_domain"], &none["is_signed"]),
            (&json!("example.com"), &json!(false)),
            "{}",
            t.engine
        );
        for (body, field) in [
            (json!({"domain": "localhost"}), "domain"),
            (json!({"domain": "a b.c"}), "domain"),
            (json!({"selector": "a.b"}), "selector"),
            (json!({"selector": ""}), "selector"),
        ] {
            let refused = olga.post(PATH, body).await;
            let refused = refused.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(refused["errors"][0]["field"], field);
        }
        let first = olga
            .post(PATH, json!({"selector": "One"}))
            .await
            .expect(201);
        assert_eq!(
            (&first["domain"], &first["record_name"], &first["is_active"]),
            (
                &json!("example.com"),
                &json!("one._domainkey.example.com"),
                &json!(false)
            )
        );
        let record = first["record_value"].as_str().expect("a record");
        assert!(record.starts_with("v=DKIM1; k=rsa; p=MIIBIjAN"), "{record}");
        olga.post(PATH, json!({"selector": "one"}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let second = olga
            .post(PATH, json!({"selector": "two"}))
            .await
            .expect(201);
        for key in [&first, &second] {
            let on = json!({"is_active": true});
            let on = olga.patch(&one(key), "\"1\"", on).await.expect(200);
            assert_eq!(on["is_active"], true, "{}", t.engine);
        }
        let found = rows(&olga).await;
        let expected = [("two".to_owned(), true), ("one".to_owned(), false)];
        assert_eq!(found, expected, "{}", t.engine);
        assert_eq!(olga.get(PATH).await.expect(200)["is_signed"], true);

        olga.delete_with(&one(&second), "*", json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        olga.patch(&one(&first), "\"1\"", json!({"is_active": true}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        for refused in [
            admin.get(PATH).await,
            admin.post(PATH, json!({})).await,
            admin
                .patch(&one(&second), "*", json!({"is_active": false}))
                .await,
            admin.delete(&one(&first)).await,
        ] {
            refused.expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
        let gone = olga.delete_with(&one(&first), "*", json!({})).await;
        assert_eq!(gone.status.as_u16(), 204, "{}", gone.body);
        olga.delete_with(&one(&first), "*", json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let kept = t.texts("SELECT private_key FROM dkim_keys").await;
        assert!(
            kept.iter().all(|key| key.starts_with("1.")),
            "private keys are sealed: {}",
            t.engine
        );
    }
}

/// The files of the mails, oldest first.
fn files(t: &TestApp) -> Vec<PathBuf> {
    let folder = t.app.config.data_dir.join("mail");
    let entries = std::fs::read_dir(folder).expect("mails");
    let mut files: Vec<PathBuf> = entries.map(|e| e.expect("a file").path()).collect();
    files.sort();
    files
}

#[tokio::test]
async fn what_is_sent_is_signed_as_a_library_of_others_checks_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let olga = operator(t, org).await;
        let priya = join(t, org, "priya", "agent").await;
        olga.report("Grüße,   zwei  Leerzeichen und ein sehr langer Betreff, der umbrochen werden muss, weil er so lang ist")
            .await;
        let assign = json!({"assignee_id": priya.id});
        olga.post("/tickets/INC-1/assign", assign).await.expect(200);
        crate::deliveries::pass(t, 3).await;
        let unsigned = files(t);
        assert_eq!(unsigned.len(), 1, "{}", t.engine);
        let text = std::fs::read_to_string(&unsigned[0]).expect("a mail");
        assert!(!text.contains("DKIM-Signature"), "{text}");

        let key = olga.post(PATH, json!({"selector": "s1"})).await.expect(201);
        crate::deliveries::say(&olga, "Not yet. \n\n.\n", "public").await;
        crate::deliveries::pass(t, 6).await;
        let on = json!({"is_active": true});
        olga.patch(&one(&key), "*", on).await.expect(200);
        let words = "From here on.\n\n\u{1f600} ümlaut \n\n> .dots\n\n.\n\n\n\nend   ";
        crate::deliveries::say(&olga, words, "public").await;
        crate::deliveries::pass(t, 9).await;
        let forgot = json!({"email": format!("priya@{}.example", org.0.simple())});
        crate::support::send(
            t,
            "POST",
            "/api/v1/auth/password-reset/request",
            &[],
            Some(forgot),
        )
        .await;
        crate::support::work(t).await;
        let all = files(t);
        let signed: Vec<&PathBuf> = all
            .iter()
            .filter(|path| {
                let text = std::fs::read_to_string(path).expect("a mail");
                text.contains("\r\nDKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s1;")
            })
            .collect();
        assert_eq!((all.len(), signed.len()), (4, 2), "{}", t.engine);

        let records = json!({key["record_name"].as_str().expect("a name"): key["record_value"]});
        let ask = |path: &PathBuf| json!({"path": path, "records": records});
        let changed = |name: &str, from: &str, to: &str| {
            let text = std::fs::read_to_string(signed[0]).expect("a mail");
            assert!(text.contains(from), "{from} in {text}");
            let path = t.app.config.data_dir.join(name);
            std::fs::write(&path, text.replace(from, to)).expect("written");
            path
        };
        let mut whole = ask(signed[0]);
        whole["covers"] = json!([
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "references",
            "list-unsubscribe",
            "list-unsubscribe-post"
        ]);
        let lines = [
            whole,
            ask(signed[1]),
            ask(&changed("word", "From here on", "From there on")),
            ask(&changed(
                "sender",
                "<steward@example.com>",
                "<eve@example.com>",
            )),
            ask(&changed(
                "added",
                "Message-ID:",
                "Reply-To: eve@example.com\r\nMessage-ID:",
            )),
            json!({"path": signed[0], "records": {}}),
        ];
        let Some(answers) = verified("dkim-verify.sh", &lines) else {
            return;
        };
        assert_eq!(
            answers[..2],
            ["ok", "ok"],
            "{}: {answers:?} {}",
            t.engine,
            std::fs::read_to_string(signed[0]).expect("a mail")
        );
        assert_eq!(answers.len(), lines.len());
        assert!(
            answers[2..].iter().all(|answer| answer != "ok"),
            "{}: {answers:?}",
            t.engine
        );
    }
}
