//! Sessions listed and ended; lockouts and their end.

use crate::support::{Client, PASSWORD, client, join, login, organization, send};
use serde_json::{Value, json};
use steward_db::{Executor, values};
use steward_kernel::Instant;
use steward_platform::clock;
use steward_testkit::TestApp;

async fn sessions(who: &Client<'_>) -> Vec<Value> {
    let list = who.get("/auth/sessions").await.expect(200);
    list["data"].as_array().expect("sessions").clone()
}

#[tokio::test]
async fn sessions_are_listed_with_their_agent_and_ended_one_by_one() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        let lea = join(t, org, "lea", "end_user").await;
        let body = json!({"email": email, "password": PASSWORD});
        let agent = [("user-agent", "Curl/8.0")];
        let session = send(t, "POST", "/api/v1/auth/login", &agent, Some(body)).await;
        let elsewhere = client(t, &session.expect(200));
        let open = sessions(&lea).await;
        assert_eq!(open.len(), 2);
        assert_eq!(open.iter().filter(|s| s["is_current"] == true).count(), 1);
        let other = open.iter().find(|s| s["is_current"] == false);
        let other = other.expect("the other session");
        assert_eq!(other["user_agent"], "Curl/8.0");

        let path = format!("/auth/sessions/{}", other["id"].as_str().expect("an id"));
        let mallory = join(t, org, "mallory", "admin").await;
        mallory
            .delete(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        lea.delete(&path).await.expect(204);
        lea.delete(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        elsewhere
            .get("/users/me")
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        assert_eq!(sessions(&lea).await.len(), 1);
    }
}

#[tokio::test]
async fn all_other_sessions_end_at_once_and_their_refresh_tokens_too() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        let lea = join(t, org, "lea", "end_user").await;
        let ines = join(t, org, "ines", "admin").await;
        let others = [login(t, &email).await, login(t, &email).await];
        lea.delete("/auth/sessions").await.expect(204);
        for other in &others {
            other.get("/users/me").await.expect(401);
            let body = Some(json!({"refresh": other.refresh}));
            let reply = send(t, "POST", "/api/v1/auth/refresh", &[], body).await;
            reply.expect_code(401, "AUTHENTICATION_REQUIRED");
        }
        lea.get("/users/me").await.expect(200);
        ines.get("/users/me").await.expect(200);
    }
}

#[tokio::test]
async fn a_used_session_lives_on_but_not_for_ever() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let end = |open: &[Value]| -> Instant {
            let text = open[0]["expires_at"].as_str().expect("an instant");
            text.parse().expect("an instant")
        };
        let days_ago = |days: i64| {
            let ago = clock::now().as_second() - days * 24 * 3600;
            steward_db::time::to_db(Instant::from_second(ago).expect("an instant"))
        };
        let mut refresh = lea.refresh.clone();
        for (age, days_left) in [(10, 14), (85, 5)] {
            let sql = "UPDATE sessions SET created_at = $1";
            let aged = t.app.db.execute(sql, values![days_ago(age)]);
            aged.await.expect("aged");
            let body = Some(json!({"refresh": refresh}));
            let session = send(t, "POST", "/api/v1/auth/refresh", &[], body).await;
            let session = session.expect(200);
            refresh = session["refresh"].as_str().expect("a token").to_owned();
            let left = end(&sessions(&lea).await).as_second() - clock::now().as_second();
            let days = (left + 3600) / (24 * 3600);
            assert_eq!(days, days_left, "a session of {age} days");
        }
    }
}

async fn attempt(t: &TestApp, email: &str, password: &str) -> u16 {
    let body = json!({"email": email, "password": password});
    let reply = send(t, "POST", "/api/v1/auth/login", &[], Some(body)).await;
    reply.status.as_u16()
}

/// Minutes until the lock of `user` ends, as an administrator sees it.
async fn locked_minutes(admin: &Client<'_>, user: &str) -> Option<i64> {
    let person = admin.get(&format!("/users/{user}")).await.expect(200);
    let until: Instant = person["sign_in"]["locked_until"].as_str()?.parse().ok()?;
    Some((until.as_second() - clock::now().as_second() + 59) / 60)
}

#[tokio::test]
async fn the_first_lock_takes_15_minutes_the_next_30_and_an_administrator_ends_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let lea = join(t, org, "lea", "end_user").await;
        for minutes in [15, 30, 30] {
            for _ in 0..5 {
                assert_eq!(attempt(t, &email, "wrong").await, 401);
            }
            assert_eq!(locked_minutes(&admin, &lea.id).await, Some(minutes));
            assert_eq!(attempt(t, &email, PASSWORD).await, 401, "locked");
            let over = "UPDATE users SET locked_until = created_at WHERE locked_until IS NOT NULL";
            t.app.db.execute(over, values![]).await.expect("over");
        }
        for _ in 0..5 {
            attempt(t, &email, "wrong").await;
        }
        let path = format!("/users/{}/unlock", lea.id);
        agent
            .post(&path, json!({}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let person = admin.post(&path, json!({})).await.expect(200);
        assert_eq!(person["sign_in"]["locked_until"], Value::Null);
        assert_eq!(attempt(t, &email, PASSWORD).await, 200);
        for _ in 0..5 {
            attempt(t, &email, "wrong").await;
        }
        let minutes = locked_minutes(&admin, &lea.id).await;
        assert_eq!(minutes, Some(15), "a sign-in starts the count anew");
        let seen = agent.get(&format!("/users/{}", lea.id)).await.expect(200);
        assert_eq!(
            seen["sign_in"],
            Value::Null,
            "only for those who manage accounts"
        );
    }
}
