//! The first organization of a deployment.

use crate::support::{PASSWORD, Reply, login, organization, send};
use serde_json::{Value, json};
use steward_identity::organizations::service::setup_code;
use steward_testkit::TestApp;

fn body(t: &TestApp, email: &str) -> Value {
    json!({
        "code": setup_code(&t.app.config), "name": "Acme", "time_zone": "Europe/Berlin", "locale": "de",
        "admin": {"email": email, "first_name": "Ines", "last_name": "A", "password": PASSWORD}
    })
}

async fn set_up(t: &TestApp, body: Value) -> Reply {
    send(t, "POST", "/api/v1/setup", &[], Some(body)).await
}

async fn needed(t: &TestApp) -> Value {
    let reply = send(t, "GET", "/api/v1/setup", &[], None).await;
    reply.expect(200)["needed"].clone()
}

#[tokio::test]
async fn who_knows_the_code_makes_the_first_organization_once() {
    for t in &steward_testkit::apps().await {
        assert_eq!(needed(t).await, true, "{}", t.engine);
        let made = set_up(t, body(t, "ines@acme.example")).await.expect(201);
        assert_eq!(made["organization"]["name"], "Acme");
        assert_eq!(made["admin"]["is_operator"], true);
        assert_eq!(needed(t).await, false);
        let ines = login(t, "ines@acme.example").await;
        ines.get("/organizations").await.expect(200);
        ines.get("/roles").await.expect(200);
        let again = set_up(t, body(t, "eve@acme.example")).await;
        again.expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[tokio::test]
async fn a_wrong_code_or_a_field_that_is_not_valid_makes_nothing() {
    for t in &steward_testkit::apps().await {
        for code in ["", "AAAAA-AAAAA-AAAAA-AAAAA", "x"] {
            let mut wrong = body(t, "ines@acme.example");
            wrong["code"] = json!(code);
            set_up(t, wrong)
                .await
                .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        }
        for (field, change) in [
            ("name", json!({"name": ""})),
            ("locale", json!({"locale": "!"})),
            (
                "admin.password",
                json!({"admin": {"email": "i@a.example", "first_name": "", "last_name": "", "password": "short"}}),
            ),
        ] {
            let mut wrong = body(t, "ines@acme.example");
            for (name, value) in change.as_object().expect("an object") {
                wrong[name] = value.clone();
            }
            let refused = set_up(t, wrong).await.expect_code(422, "VALIDATION_ERROR");
            assert_eq!(refused["errors"][0]["field"], field, "{refused}");
        }
        assert_eq!(needed(t).await, true);
        assert_eq!(
            t.number("SELECT count(*) FROM users").await,
            0,
            "{}",
            t.engine
        );
        let mut plain = body(t, "ines@acme.example");
        let typed = setup_code(&t.app.config).to_lowercase().replace('-', " ");
        plain["code"] = json!(typed);
        set_up(t, plain).await.expect(201);
    }
}

#[tokio::test]
async fn of_many_at_once_exactly_one_wins() {
    for t in &steward_testkit::apps().await {
        let tries = (0..8).map(|n| set_up(t, body(t, &format!("ines{n}@acme.example"))));
        let replies = futures::future::join_all(tries).await;
        let mut statuses: Vec<u16> = replies.iter().map(|r| r.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(
            statuses,
            [201, 409, 409, 409, 409, 409, 409, 409],
            "{}",
            t.engine
        );
        assert_eq!(t.number("SELECT count(*) FROM organizations").await, 1);
        assert_eq!(t.number("SELECT count(*) FROM users").await, 1);
    }
}

#[tokio::test]
async fn an_organization_of_the_command_line_ends_it_too() {
    for t in &steward_testkit::apps().await {
        organization(t, "Acme").await;
        assert_eq!(needed(t).await, false);
        set_up(t, body(t, "eve@acme.example"))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
    }
}

#[test]
fn the_code_depends_on_the_secret_key_and_on_nothing_else() {
    let config = |key: &str| {
        let key = key.to_owned();
        let dir = std::env::temp_dir().join("steward-setup-test");
        steward_platform::config::Config::from_lookup(move |name| match name {
            "STEWARD_SECRET_KEY" => Some(key.clone()),
            "STEWARD_DATA_DIR" => Some(dir.display().to_string()),
            _ => None,
        })
        .expect("settings")
    };
    let one = setup_code(&config("a key of at least 32 characters..."));
    assert_eq!(
        one,
        setup_code(&config("a key of at least 32 characters..."))
    );
    assert_ne!(
        one,
        setup_code(&config("another key of 32 characters......"))
    );
    assert_eq!(one.len(), 23, "{one}");
}
