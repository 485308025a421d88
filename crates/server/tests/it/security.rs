//! Attempts to get in that must fail.

use crate::support::{PASSWORD, join, organization, send};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};
use steward_platform::clock;
use steward_testkit::TestApp;

/// HMAC (RFC 2104) with a hash of this block size.
fn hmac<D: Digest>(block: usize, key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut padded = if key.len() > block {
        D::digest(key).to_vec()
    } else {
        key.to_vec()
    };
    padded.resize(block, 0);
    let mixed = |with: u8| -> Vec<u8> { padded.iter().map(|b| b ^ with).collect() };
    let inner = D::new().chain_update(mixed(0x36)).chain_update(text);
    let outer = D::new()
        .chain_update(mixed(0x5c))
        .chain_update(inner.finalize());
    outer.finalize().to_vec()
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    format!("{}.{}", part(header), part(claims))
}

fn hs256(key: &str, header: &Value, claims: &Value) -> String {
    let text = unsigned(header, claims);
    let mac = hmac::<Sha256>(64, key.as_bytes(), text.as_bytes());
    format!("{text}.{}", BASE64URL_NOPAD.encode(&mac))
}

/// The claims of a token that we made.
fn claims(bearer: &str) -> Value {
    let part = bearer.split('.').nth(1).expect("three parts");
    let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

async fn status(t: &TestApp, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let reply = send(t, "GET", "/api/v1/users/me", &headers, None).await;
    reply.status.as_u16()
}

#[tokio::test]
async fn only_a_token_signed_by_us_with_our_algorithm_for_us_and_for_now_counts() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let lea = join(t, acme, "lea", "end_user").await;
        let ines = join(t, acme, "ines", "admin").await;
        let key = &t.app.config.secret_key;
        let own = claims(&lea.bearer);
        let with = |name: &str, value: Value| {
            let mut changed = own.clone();
            changed[name] = value;
            changed
        };
        let header = json!({"alg": "HS256", "typ": "JWT"});
        assert_eq!(
            status(t, &hs256(key, &header, &own)).await,
            200,
            "{}",
            t.engine
        );

        let past = clock::now().as_second() - 1;
        let hs512 = {
            let text = unsigned(&json!({"alg": "HS512", "typ": "JWT"}), &own);
            let mac = hmac::<Sha512>(128, key.as_bytes(), text.as_bytes());
            format!("{text}.{}", BASE64URL_NOPAD.encode(&mac))
        };
        let genuine = lea.bearer.trim_start_matches("Bearer ");
        let signature = genuine.rsplit('.').next().expect("a part");
        let forged = [
            (
                "no algorithm",
                format!("{}.", unsigned(&json!({"alg": "none"}), &own)),
            ),
            (
                "odd case",
                format!("{}.", unsigned(&json!({"alg": "nOnE"}), &own)),
            ),
            ("another algorithm", hs512),
            (
                "a header that lies",
                hs256(key, &json!({"alg": "RS256", "typ": "JWT"}), &own),
            ),
            (
                "a key of their own",
                hs256("0123456789abcdef0123456789abcdef", &header, &own),
            ),
            ("an empty key", hs256("", &header, &own)),
            (
                "a key by its file",
                hs256(
                    "",
                    &json!({"alg": "HS256", "kid": "../../../../dev/null"}),
                    &own,
                ),
            ),
            (
                "a key in the header",
                hs256(
                    "x",
                    &json!({"alg": "HS256", "jwk": {"kty": "oct", "k": "eA"}}),
                    &own,
                ),
            ),
            (
                "another signature",
                format!(
                    "{}.{signature}",
                    unsigned(&header, &with("sub", json!(ines.id)))
                ),
            ),
            ("no signature", unsigned(&header, &own)),
            (
                "another issuer",
                hs256(key, &header, &with("iss", json!("else"))),
            ),
            (
                "another audience",
                hs256(key, &header, &with("aud", json!("else"))),
            ),
            (
                "out of date",
                hs256(key, &header, &with("exp", json!(past))),
            ),
            ("no end", hs256(key, &header, &with("exp", Value::Null))),
            (
                "the session of another",
                hs256(key, &header, &with("sub", json!(ines.id))),
            ),
            ("not three parts", "a.b".to_owned()),
            ("nothing", String::new()),
        ];
        for (what, token) in forged {
            assert_eq!(status(t, &token).await, 401, "{what} on {}", t.engine);
        }
    }
}

#[tokio::test]
async fn cookies_are_for_https_alone_where_it_is_served() {
    let https = |config: &mut steward_platform::config::Config| {
        config.public_url = "https://desk.example.com".to_owned();
    };
    for t in &steward_testkit::apps_with(https).await {
        let acme = organization(t, "Acme").await;
        join(t, acme, "lea", "end_user").await;
        let email = format!("lea@{}.example", acme.0.simple());
        let body = json!({"email": email, "password": PASSWORD});
        let headers = [("x-steward-session", "cookie")];
        let reply = send(t, "POST", "/api/v1/auth/login", &headers, Some(body)).await;
        let cookies = reply.headers.get_all("set-cookie");
        let cookies: Vec<&str> = cookies.iter().map(|c| c.to_str().expect("text")).collect();
        assert_eq!(cookies.len(), 2);
        for cookie in cookies {
            for flag in ["; Secure", "; HttpOnly", "; SameSite=Strict"] {
                assert!(cookie.contains(flag), "{flag} in {cookie}");
            }
        }
    }
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_refused_in_the_same_words() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        join(t, acme, "lea", "end_user").await;
        let mut told = Vec::new();
        for email in [
            format!("lea@{}.example", acme.0.simple()),
            "nobody@example.com".to_owned(),
        ] {
            let body = json!({"email": email, "password": "violet-tractor-94-moon"});
            let reply = send(t, "POST", "/api/v1/auth/login", &[], Some(body)).await;
            let names: Vec<String> = reply.headers.keys().map(ToString::to_string).collect();
            let mut problem = reply.expect_code(401, "INVALID_CREDENTIALS");
            problem["request_id"] = Value::Null;
            told.push((names, problem));
        }
        assert_eq!(told[0], told[1], "{}", t.engine);
        let mut told = Vec::new();
        for email in [
            format!("lea@{}.example", acme.0.simple()),
            "nobody@example.com".to_owned(),
        ] {
            let body = json!({"email": email});
            let path = "/api/v1/auth/password-reset/request";
            let reply = send(t, "POST", path, &[], Some(body)).await;
            told.push((reply.status.as_u16(), reply.text().into_owned()));
        }
        assert_eq!(told[0], told[1], "{}", t.engine);
    }
}

/// Texts that a careless statement or page would run.
const ODD: &[&str] = &[
    "'; DROP TABLE tickets; --",
    "\" OR 1=1 --",
    "%' OR '1'='1",
    "$1",
    "?",
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://example.com\")",
    "../../etc/passwd",
    "a\r\nSet-Cookie: x=y",
];

#[tokio::test]
async fn odd_texts_are_kept_and_found_as_they_are_and_run_nowhere() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let agent = join(t, acme, "priya", "agent").await;
        for text in ODD {
            let report = json!({"title": text, "description": text});
            let made = agent.post("/incidents", report).await.expect(201);
            let id = made["id"].as_str().expect("an id");
            let read = agent.get(&format!("/tickets/{id}")).await;
            assert!(!read.headers.contains_key("set-cookie"));
            let read = read.expect(200);
            let kept = read["title"].as_str().expect("a title");
            assert!(
                text.contains(kept.trim()) || kept == *text,
                "{kept:?} of {text:?}"
            );
            let html = read["description_html"].as_str().unwrap_or_default();
            assert!(!html.contains("<script"), "{html}");
            let coded: String = text.bytes().map(|b| format!("%{b:02X}")).collect();
            for path in [
                format!("/tickets?search={coded}"),
                format!("/search?q={coded}&type=ticket,user,team"),
                format!("/users?search={coded}"),
                format!("/tickets/{coded}"),
                format!("/tickets?status={coded}"),
                format!("/tickets?sort={coded}"),
            ] {
                let reply = agent.get(&path).await;
                assert!(
                    reply.status.as_u16() < 500,
                    "{path} on {}: {}",
                    t.engine,
                    reply.body
                );
                assert!(!reply.headers.contains_key("set-cookie"));
            }
        }
        let count = i64::try_from(ODD.len()).expect("a few");
        assert_eq!(t.number("SELECT count(*) FROM tickets").await, count);
    }
}
