//! Sign-in, sessions, lockout.

use crate::support::{PASSWORD, join, login, organization, send};
use serde_json::json;

#[tokio::test]
async fn the_printed_curl_lines_work_with_their_slashes() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("ines@{}.example", org.0.simple());
        join(t, org, "ines", "admin").await;
        let body = json!({"email": email.to_uppercase(), "password": PASSWORD});
        let session = send(t, "POST", "/api/v1/users/auth/login/", &[], Some(body))
            .await
            .expect(200);
        assert_eq!(
            (
                session["token_type"].as_str(),
                session["expires_in"].as_i64()
            ),
            (Some("Bearer"), Some(900))
        );
        let bearer = format!("Bearer {}", session["access"].as_str().expect("a token"));
        let headers = [("authorization", bearer.as_str())];
        let me = send(t, "GET", "/api/v1/users/users/me/", &headers, None)
            .await
            .expect(200);
        assert_eq!(me["email"].as_str(), Some(email.as_str()));
        send(t, "GET", "/api/v1/users/users/", &headers, None)
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_its_session() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        let exchange = |token: String| async move {
            send(
                t,
                "POST",
                "/api/v1/auth/refresh",
                &[],
                Some(json!({"refresh": token})),
            )
            .await
        };
        let next = exchange(user.refresh.clone()).await.expect(200);
        exchange(user.refresh.clone())
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        let stolen = next["refresh"].as_str().expect("a token").to_owned();
        exchange(stolen)
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        user.get("/users/me")
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
    }
}

#[tokio::test]
async fn deactivation_counts_from_the_next_request() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let user = join(t, org, "lea", "end_user").await;
        user.get("/users/me").await.expect(200);
        admin
            .post(&format!("/users/{}/deactivate", user.id), json!({}))
            .await
            .expect(200);
        user.get("/users/me")
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        admin
            .post(&format!("/users/{}/deactivate", admin.id), json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[tokio::test]
async fn five_wrong_passwords_lock_and_the_answer_does_not_tell() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        join(t, org, "lea", "end_user").await;
        let attempt = |email: String, password: &'static str| async move {
            let body = json!({"email": email, "password": password});
            send(t, "POST", "/api/v1/auth/login", &[], Some(body)).await
        };
        let mut texts = Vec::new();
        for _ in 0..5 {
            texts.push(
                attempt(email.clone(), "wrong")
                    .await
                    .expect_code(401, "INVALID_CREDENTIALS")["detail"]
                    .clone(),
            );
        }
        texts.push(
            attempt("nobody@example.com".to_owned(), "wrong")
                .await
                .expect_code(401, "INVALID_CREDENTIALS")["detail"]
                .clone(),
        );
        texts.push(
            attempt(email, PASSWORD)
                .await
                .expect_code(401, "INVALID_CREDENTIALS")["detail"]
                .clone(),
        );
        assert!(texts.windows(2).all(|w| w[0] == w[1]), "{texts:?}");
    }
}

#[tokio::test]
async fn browsers_get_httponly_cookies_that_foreign_pages_cannot_use() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        join(t, org, "lea", "end_user").await;
        login(t, &email).await;
        let body = json!({"email": email, "password": PASSWORD});
        let reply = send(
            t,
            "POST",
            "/api/v1/auth/login",
            &[("x-steward-session", "cookie")],
            Some(body),
        )
        .await;
        let cookies: Vec<&str> = reply
            .headers
            .get_all("set-cookie")
            .iter()
            .map(|c| c.to_str().expect("text"))
            .collect();
        assert_eq!(cookies.len(), 2);
        assert!(
            cookies
                .iter()
                .all(|c| c.contains("HttpOnly") && c.contains("SameSite=Strict")),
            "{cookies:?}"
        );
        let cookie = cookies[0].split(';').next().expect("a pair");
        send(t, "GET", "/api/v1/users/me", &[("cookie", cookie)], None)
            .await
            .expect(200);
        let report = Some(json!({"title": "x"}));
        let foreign = [("cookie", cookie), ("sec-fetch-site", "cross-site")];
        send(t, "POST", "/api/v1/incidents", &foreign, report.clone())
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let own = [("cookie", cookie), ("sec-fetch-site", "same-origin")];
        send(t, "POST", "/api/v1/incidents", &own, report)
            .await
            .expect(201);
    }
}

#[tokio::test]
async fn five_wrong_passwords_at_the_same_moment_lock_too() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let email = format!("lea@{}.example", org.0.simple());
        join(t, org, "lea", "end_user").await;
        let attempts = (0..5).map(|_| {
            let body = json!({"email": email, "password": "wrong"});
            send(t, "POST", "/api/v1/auth/login", &[], Some(body))
        });
        for reply in futures::future::join_all(attempts).await {
            reply.expect_code(401, "INVALID_CREDENTIALS");
        }
        let body = json!({"email": email, "password": PASSWORD});
        send(t, "POST", "/api/v1/auth/login", &[], Some(body))
            .await
            .expect_code(401, "INVALID_CREDENTIALS");
    }
}
