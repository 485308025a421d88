//! What holds for every request and answer.

use crate::support::{Reply, dispatch, join, organization, send};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use serde_json::json;
use std::net::SocketAddr;
use steward_platform::config::Config;
use steward_testkit::TestApp;

/// A request from an address.
async fn from(t: &TestApp, address: &str, method: &str, path: &str, forwarded: &str) -> Reply {
    let peer: SocketAddr = format!("{address}:4000").parse().expect("an address");
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .extension(ConnectInfo(peer));
    if !forwarded.is_empty() {
        request = request.header("x-forwarded-for", forwarded);
    }
    let body = r#"{"email": "nobody@example.com", "password": "wrong"}"#;
    let body = if method == "POST" {
        Body::from(body)
    } else {
        Body::empty()
    };
    dispatch(t, request.body(body).expect("a request")).await
}

fn low_limits(config: &mut Config) {
    config.http.limits.user = 3;
    config.http.limits.address = 5;
    config.http.limits.login = 2;
}

#[tokio::test]
async fn a_person_over_the_limit_gets_429_with_the_time_to_wait() {
    for t in &steward_testkit::apps_with(low_limits).await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let omar = join(t, org, "omar", "end_user").await;
        let reply = lea.get("/users/me").await;
        assert_eq!(reply.headers["x-ratelimit-limit"], "3");
        assert_eq!(reply.headers["x-ratelimit-remaining"], "2");
        assert_eq!(reply.headers["ratelimit-policy"], "\"user\";q=3;w=60");
        assert!(reply.headers.contains_key("ratelimit"));
        assert!(reply.headers.contains_key("x-ratelimit-reset"));
        for _ in 0..2 {
            lea.get("/users/me").await.expect(200);
        }
        let reply = lea.get("/users/me").await;
        let wait: u64 = reply.headers["retry-after"]
            .to_str()
            .expect("text")
            .parse()
            .expect("seconds");
        assert!((1..=21).contains(&wait));
        assert_eq!(reply.headers["x-ratelimit-remaining"], "0");
        assert!(reply.headers.contains_key("x-content-type-options"));
        reply.expect_code(429, "RATE_LIMIT_EXCEEDED");
        omar.get("/users/me").await.expect(200);
    }
}

#[tokio::test]
async fn an_address_is_limited_and_more_strictly_on_sign_in() {
    for t in &steward_testkit::apps_with(low_limits).await {
        for _ in 0..2 {
            from(t, "192.0.2.1", "POST", "/api/v1/auth/login", "")
                .await
                .expect_code(401, "INVALID_CREDENTIALS");
        }
        let refused = from(t, "192.0.2.1", "POST", "/api/v1/users/auth/login/", "").await;
        assert!(refused.headers.contains_key("retry-after"));
        refused.expect_code(429, "RATE_LIMIT_EXCEEDED");
        for _ in 0..2 {
            from(t, "192.0.2.1", "GET", "/api/v1/nothing", "")
                .await
                .expect_code(404, "RESOURCE_NOT_FOUND");
        }
        from(t, "192.0.2.1", "GET", "/api/v1/nothing", "")
            .await
            .expect_code(429, "RATE_LIMIT_EXCEEDED");
        from(t, "192.0.2.2", "GET", "/api/v1/nothing", "")
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn forwarded_addresses_count_behind_a_trusted_proxy_only() {
    let behind_proxy = |config: &mut Config| {
        config.http.limits.address = 1;
        config.http.trusted_proxies = vec!["10.0.0.0/8".parse().expect("a network")];
    };
    for t in &steward_testkit::apps_with(behind_proxy).await {
        for (peer, forwarded, status) in [
            ("10.0.0.1", "198.51.100.1", 404),
            ("10.0.0.1", "198.51.100.1", 429),
            ("10.0.0.1", "198.51.100.2", 404),
            ("10.0.0.1", "203.0.113.7, 198.51.100.2", 429),
            ("192.0.2.9", "198.51.100.3", 404),
            ("192.0.2.9", "198.51.100.4", 429),
        ] {
            let reply = from(t, peer, "GET", "/api/v1/nothing", forwarded).await;
            assert_eq!(reply.status, status, "{peer} for {forwarded}");
        }
    }
}

#[tokio::test]
async fn a_reader_who_has_the_answer_already_gets_304() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("VPN drops").await;
        for path in [
            "/api/v1/tickets/INC-000001",
            "/api/v1/tickets",
            "/api/v1/users/me",
        ] {
            let bearer = ("authorization", agent.bearer.as_str());
            let first = send(t, "GET", path, &[bearer], None).await;
            let tag = first.headers["etag"].to_str().expect("text").to_owned();
            first.expect(200);
            let known = [bearer, ("if-none-match", tag.as_str())];
            let again = send(t, "GET", path, &known, None).await;
            assert_eq!(again.status, 304, "{path}");
            assert_eq!(again.headers["etag"].to_str().expect("text"), tag);
            assert!(again.body.is_null());
            let other = [bearer, ("if-none-match", "\"0-0000000000000000\"")];
            send(t, "GET", path, &other, None).await.expect(200);
        }
    }
}

#[tokio::test]
async fn the_tag_of_an_answer_guards_a_write_and_is_old_after_it() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("VPN drops").await;
        let path = "/tickets/INC-000001";
        let read = agent.get(path).await;
        let tag = read.headers["etag"].to_str().expect("text").to_owned();
        agent
            .patch(path, &tag, json!({"title": "b"}))
            .await
            .expect(200);
        agent
            .patch(path, &tag, json!({"title": "c"}))
            .await
            .expect_code(412, "PRECONDITION_FAILED");
        let known = [
            ("authorization", agent.bearer.as_str()),
            ("if-none-match", &tag),
        ];
        let now = send(t, "GET", "/api/v1/tickets/INC-000001", &known, None).await;
        assert_eq!(now.expect(200)["title"], "b");
    }
}

#[tokio::test]
async fn sparse_fields_leave_the_others_out_of_lists_and_records() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        agent.report("VPN drops").await;
        let list = agent
            .get("/tickets?per_page=5&fields=id,number,title")
            .await
            .expect(200);
        let row = list["data"][0].as_object().expect("a row");
        assert_eq!(row.len(), 3);
        assert_eq!(row["number"], "INC-000001");
        assert_eq!(list["pagination"]["per_page"], 5);
        let one = agent
            .get("/tickets/INC-000001?fields=title")
            .await
            .expect(200);
        assert_eq!(one, json!({"title": "VPN drops"}));
        let problem = agent
            .get("/tickets?fields=id,colour")
            .await
            .expect_code(400, "MALFORMED_REQUEST");
        let message = problem["errors"][0]["message"].as_str().expect("a text");
        assert!(
            message.contains("colour") && message.contains("number"),
            "{message}"
        );
        agent
            .get("/tickets?fields=")
            .await
            .expect_code(400, "MALFORMED_REQUEST");
        let me = agent.get("/users/users/me?fields=email").await.expect(200);
        assert_eq!(me.as_object().expect("a person").len(), 1, "aliases too");
    }
}

#[tokio::test]
async fn other_sites_may_call_when_they_are_listed() {
    let listed = |config: &mut Config| {
        config.http.cors_origins = vec!["https://portal.example".to_owned()];
    };
    for t in &steward_testkit::apps_with(listed).await {
        let preflight = |origin: &'static str| async move {
            let headers = [
                ("origin", origin),
                ("access-control-request-method", "POST"),
                (
                    "access-control-request-headers",
                    "authorization,idempotency-key",
                ),
            ];
            send(t, "OPTIONS", "/api/v1/incidents", &headers, None).await
        };
        let reply = preflight("https://portal.example").await;
        assert_eq!(
            reply.headers["access-control-allow-origin"],
            "https://portal.example"
        );
        assert!(
            !reply
                .headers
                .contains_key("access-control-allow-credentials")
        );
        let reply = preflight("https://evil.example").await;
        assert!(!reply.headers.contains_key("access-control-allow-origin"));
        let headers = [("origin", "https://portal.example")];
        let reply = send(t, "GET", "/api/v1/tickets", &headers, None).await;
        assert_eq!(
            reply.headers["access-control-allow-origin"],
            "https://portal.example"
        );
        assert_eq!(
            reply.status, 401,
            "errors can be read by the listed site too"
        );
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_413() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let large = json!({"title": "x".repeat(1024 * 1024)});
        agent
            .post("/incidents", large.clone())
            .await
            .expect_code(413, "ATTACHMENT_TOO_LARGE");
        agent
            .post_once("/incidents", "k", large)
            .await
            .expect_code(413, "ATTACHMENT_TOO_LARGE");
    }
}

#[tokio::test]
async fn a_nul_character_is_a_character_wherever_text_comes_in() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ada", "admin").await;
        let ticket = admin.report("a\0b\0").await;
        assert_eq!(ticket["title"], "a\u{fffd}b\u{fffd}", "{}", t.engine);
        let only = json!({"title": "\0", "body": "\0\0"});
        admin.post("/announcements", only).await.expect(201);
        for path in [
            "/search?q=x%00y",
            "/tickets?search=x%00y",
            "/tickets?tag=x%00",
            "/tickets/groups/status?search=%00",
            "/users?search=%00",
            "/users/lookup?search=%00",
            "/categories?search=%00",
            "/deliveries?search=%00",
            "/api-tokens?search=%00",
        ] {
            let status = admin.get(path).await.status.as_u16();
            assert!(
                matches!(status, 200 | 400 | 422),
                "{path} on {}: {status}",
                t.engine
            );
        }
        for path in [
            "/tickets/%00",
            "/tickets/INC-000001%00",
            "/drafts/x%00",
            "/users/%00",
            "/tickets/groups/%00",
        ] {
            let reply = admin.get(path).await;
            reply.expect_code(404, "RESOURCE_NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let https = |config: &mut Config| config.public_url = "https://desk.example.com".to_owned();
    for t in &steward_testkit::apps_with(https).await {
        for (method, path, status) in [
            ("GET", "/api/v1/tickets", 401),
            ("GET", "/api/v1/nothing", 404),
            ("GET", "/nothing", 404),
            ("DELETE", "/api/v1/auth/login", 405),
            ("DELETE", "/healthz", 405),
            ("GET", "/healthz", 200),
            ("GET", "/api/openapi.json", 200),
            ("GET", "/api/docs", 200),
            ("GET", "/", 200),
        ] {
            let reply = send(t, method, path, &[], None).await;
            assert_eq!(reply.status, status, "{path}");
            for name in [
                "content-security-policy",
                "referrer-policy",
                "strict-transport-security",
                "x-content-type-options",
                "x-frame-options",
                "x-request-id",
            ] {
                assert!(reply.headers.contains_key(name), "{name} on {path}");
            }
            let policy = reply.headers["content-security-policy"]
                .to_str()
                .expect("text");
            let scripts = policy
                .split(';')
                .find(|p| p.contains("script-src"))
                .unwrap_or("");
            assert!(!scripts.contains("unsafe-inline"), "{path}: {policy}");
            if status >= 400 {
                assert_eq!(
                    reply.headers["content-type"], "application/problem+json",
                    "{path}"
                );
                assert_eq!(reply.body["status"], status);
                assert_eq!(reply.body["instance"], path);
            }
            assert_eq!(reply.headers.contains_key("allow"), status == 405);
        }
    }
}

#[tokio::test]
async fn https_is_demanded_only_where_it_is_served() {
    for t in &steward_testkit::apps().await {
        let reply = send(t, "GET", "/healthz", &[], None).await;
        assert!(!reply.headers.contains_key("strict-transport-security"));
    }
}

#[tokio::test]
async fn a_request_id_is_kept_when_it_is_sane_and_replaced_otherwise() {
    for t in &steward_testkit::apps().await {
        let with = |id: &'static str| async move {
            let reply = send(t, "GET", "/api/v1/nothing", &[("x-request-id", id)], None).await;
            let header = reply.headers["x-request-id"]
                .to_str()
                .expect("text")
                .to_owned();
            assert_eq!(reply.body["request_id"], header);
            header
        };
        assert_eq!(with("trace-7").await, "trace-7");
        assert_ne!(with("<script>").await, "<script>");
    }
}

#[tokio::test]
async fn a_write_with_a_cookie_must_prove_that_it_comes_from_our_pages() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let token = lea.bearer.trim_start_matches("Bearer ");
        let cookie = format!("steward_access={token}");
        let post = |more: Vec<(&'static str, &'static str)>| {
            let cookie = cookie.clone();
            async move {
                let mut headers = vec![("cookie", cookie.as_str()), ("host", "desk.example")];
                headers.extend(more);
                let body = Some(json!({"title": "x"}));
                send(t, "POST", "/api/v1/incidents", &headers, body)
                    .await
                    .status
                    .as_u16()
            }
        };
        assert_eq!(post(vec![("sec-fetch-site", "same-origin")]).await, 201);
        assert_eq!(post(vec![("origin", "https://desk.example")]).await, 201);
        assert_eq!(
            post(vec![("origin", "http://localhost")]).await,
            201,
            "the public URL"
        );
        for foreign in [
            vec![],
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
            vec![("sec-fetch-site", "none")],
            vec![("origin", "https://evil.example")],
            vec![("origin", "null")],
        ] {
            assert_eq!(post(foreign.clone()).await, 403, "{foreign:?}");
        }
        send(t, "GET", "/api/v1/users/me", &[("cookie", &cookie)], None)
            .await
            .expect(200);
    }
}
