//! Changing, forgetting and first setting a password, and the mail that goes with it.

use crate::support::{PASSWORD, Reply, client, join, login, mails, organization, send, work};
use serde_json::{Value, json};
use std::sync::Arc;
use steward_db::{Executor, values};
use steward_platform::mail::Mailer;
use steward_platform::{App, jobs};
use steward_testkit::TestApp;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

const NEXT: &str = "copper-lantern-58-ridge";

async fn sign_in(t: &TestApp, email: &str, password: &str) -> Reply {
    let body = json!({"email": email, "password": password});
    send(t, "POST", "/api/v1/auth/login", &[], Some(body)).await
}

async fn request(t: &TestApp, email: &str) -> Reply {
    let path = "/api/v1/auth/password-reset/request";
    send(t, "POST", path, &[], Some(json!({"email": email}))).await
}

async fn confirm(t: &TestApp, token: &str, password: &str) -> Reply {
    let path = "/api/v1/auth/password-reset/confirm";
    let body = json!({"token": token, "new_password": password});
    send(t, "POST", path, &[], Some(body)).await
}

/// The token in the last mail with a link.
fn token(t: &TestApp) -> String {
    let mails = mails(t);
    let mail = mails.iter().rev().find_map(|m| m.split_once("#token="));
    let (_, rest) = mail.expect("a mail with a link");
    rest.split_whitespace().next().expect("a token").to_owned()
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_tells_the_owner() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        let lea = join(t, org, "lea", "end_user").await;
        let elsewhere = login(t, &email).await;
        for (current, new, field, code) in [
            ("wrong", NEXT, "current_password", "wrong"),
            (PASSWORD, "short", "new_password", "length"),
            (PASSWORD, "aaaaaaaaaaaaaaaa", "new_password", "too_weak"),
            (
                PASSWORD,
                "xq-LEA-copper-58-ridge",
                "new_password",
                "personal",
            ),
            (PASSWORD, PASSWORD, "new_password", "reused"),
        ] {
            let body = json!({"current_password": current, "new_password": new});
            let problem = lea
                .post("/users/me/password", body)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field, "{new}");
            assert_eq!(problem["errors"][0]["code"], code, "{new}");
        }
        let body = json!({"current_password": PASSWORD, "new_password": NEXT});
        lea.post("/users/me/password", body).await.expect(204);
        lea.get("/users/me").await.expect(200);
        elsewhere
            .get("/users/me")
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        sign_in(t, &email, PASSWORD)
            .await
            .expect_code(401, "INVALID_CREDENTIALS");
        sign_in(t, &email, NEXT).await.expect(200);
        work(t).await;
        let told = mails(t);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("Subject: Your password was changed"));
        assert!(told[0].contains(&format!("To: {email}")));
    }
}

#[tokio::test]
async fn the_last_five_passwords_are_refused_and_the_one_before_is_not() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let mut all = vec![PASSWORD.to_owned()];
        for n in 1..=5 {
            let (current, new) = (&all[n - 1], format!("{NEXT}-{n}"));
            let body = json!({"current_password": current, "new_password": new});
            lea.post("/users/me/password", body).await.expect(204);
            all.push(new);
        }
        for (n, status) in [(1, 422), (5, 422), (0, 204)] {
            let body = json!({"current_password": all[5], "new_password": all[n]});
            lea.post("/users/me/password", body).await.expect(status);
        }
    }
}

#[tokio::test]
async fn a_forgotten_password_is_set_by_a_link_that_works_once() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        let lea = join(t, org, "lea", "end_user").await;
        for _ in 0..5 {
            sign_in(t, &email, "wrong").await.expect(401);
        }
        request(t, &email.to_uppercase()).await.expect(202);
        work(t).await;
        let token = token(t);
        for (token, password, field) in [
            ("forged", NEXT, "token"),
            (&token, "aaaaaaaaaaaaaaaa", "new_password"),
            (&token, PASSWORD, "new_password"),
        ] {
            let problem = confirm(t, token, password)
                .await
                .expect_code(422, "VALIDATION_ERROR");
            assert_eq!(problem["errors"][0]["field"], field);
        }
        confirm(t, &token, NEXT).await.expect(204);
        lea.get("/users/me")
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        sign_in(t, &email, NEXT).await.expect(200);
        confirm(t, &token, "walnut-harbour-77-kite")
            .await
            .expect_code(422, "VALIDATION_ERROR");
        work(t).await;
        let stored = t.rows("password_links WHERE length(token_hash) = 64").await;
        assert_eq!((stored, t.rows("mails WHERE body <> ''").await), (1, 0));
    }
}

#[tokio::test]
async fn asking_for_a_link_tells_nothing_and_floods_nobody() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        join(t, org, "lea", "end_user").await;
        work(t).await;
        for address in [email.as_str(), "nobody@example.com", "no address"] {
            let before = t.rows("jobs").await;
            let reply = request(t, address).await;
            assert_eq!((reply.status.as_u16(), &reply.body), (202, &Value::Null));
            assert_eq!(t.rows("jobs").await, before + 1, "one job for {address}");
        }
        work(t).await;
        assert_eq!(mails(t).len(), 1, "only for the account that exists");
        for _ in 0..4 {
            request(t, &email).await.expect(202);
            work(t).await;
        }
        assert_eq!(mails(t).len(), 3, "three an hour");
    }
}

#[tokio::test]
async fn a_link_is_useless_after_its_hour_and_after_another_was_used() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        join(t, org, "lea", "end_user").await;
        request(t, &email).await.expect(202);
        work(t).await;
        let first = token(t);
        request(t, &email).await.expect(202);
        work(t).await;
        let second = token(t);
        assert_ne!(first, second);
        let db = &t.app.db;
        let sql = "UPDATE password_links SET expires_at = created_at WHERE token_hash = $1";
        let hash = data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(&second));
        db.execute(sql, values![hash]).await.expect("out of date");
        confirm(t, &second, NEXT)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        confirm(t, &first, NEXT).await.expect(204);
        assert_eq!(t.rows("password_links WHERE used_at IS NULL").await, 0);
    }
}

#[tokio::test]
async fn a_person_without_a_password_is_invited_to_choose_one() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let email = format!("new@{}.example", org.0.simple());
        let body = json!({"email": email, "first_name": "Nele", "last_name": "Neu"});
        let person = admin.post("/users", body).await.expect(201);
        assert_eq!(person["roles"], json!(["end_user"]));
        sign_in(t, &email, "").await.expect(401);
        work(t).await;
        assert!(mails(t)[0].contains("Subject: Your Steward account"));
        confirm(t, &token(t), NEXT).await.expect(204);
        let session = sign_in(t, &email, NEXT).await.expect(200);
        client(t, &session).get("/users/me").await.expect(200);
        let weak = json!({"email": "x@example.com", "first_name": "X", "last_name": "Y", "password": "aaaaaaaaaaaaaaaa"});
        let problem = admin
            .post("/users", weak)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(problem["errors"][0]["code"], "too_weak");
    }
}

/// Takes one mail as an SMTP server would, and returns what was sent.
async fn receive(listener: &TcpListener) -> String {
    let (stream, _) = listener.accept().await.expect("a client");
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut text = String::new();
    let mut in_data = false;
    write.write_all(b"220 test\r\n").await.expect("written");
    while let Some(line) = lines.next_line().await.expect("a line") {
        let answer = match line.as_str() {
            "." if in_data => {
                write.write_all(b"250 taken\r\n").await.expect("written");
                return text;
            }
            _ if in_data => {
                text.push_str(&line);
                text.push('\n');
                continue;
            }
            "DATA" => {
                in_data = true;
                "354 go on\r\n"
            }
            _ => "250 fine\r\n",
        };
        write.write_all(answer.as_bytes()).await.expect("written");
    }
    text
}

#[tokio::test]
async fn mail_waits_for_a_server_that_is_down_and_arrives_once_it_is_up() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        join(t, org, "lea", "end_user").await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let mut config = (*t.app.config).clone();
        config.smtp_url = Some(format!("smtp://{address}"));
        let app = App {
            mailer: Mailer::new(&config).expect("a mailer"),
            config: Arc::new(config),
            jobs: Arc::new(steward_server::jobs()),
            ..t.app.clone()
        };
        request(t, &email).await.expect(202);
        jobs::drain(&app).await.expect("worked");
        assert_eq!(t.rows("mails WHERE sent_at IS NULL").await, 1);
        assert_eq!(t.rows("jobs WHERE last_error IS NOT NULL").await, 1);

        let listener = TcpListener::bind(address).await.expect("the same port");
        let due = "UPDATE jobs SET run_at = created_at";
        t.app.db.execute(due, values![]).await.expect("due now");
        let (mail, ran) = tokio::join!(receive(&listener), jobs::drain(&app));
        ran.expect("worked");
        assert!(mail.contains(&format!("To: {email}")), "{mail}");
        assert!(mail.contains("/set-password#token"), "{mail}");
        assert_eq!(t.rows("mails WHERE sent_at IS NULL").await, 0);
    }
}
