//! Second factors: enrolment, sign-in, recovery, reset.

use crate::support::{Client, PASSWORD, client, join, organization, send};
use serde_json::{Value, json};
use steward_db::{Executor, values};
use steward_kernel::id::OrganizationId;
use steward_platform::clock;
use steward_testkit::TestApp;

/// The code of the present step for a secret in base 32.
pub(crate) fn code(secret: &str) -> String {
    let secret = data_encoding::BASE32_NOPAD
        .decode(secret.as_bytes())
        .expect("base 32");
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::new(secret.into()))
        .with_account_name("x")
        .build()
        .expect("an authenticator");
    let now = u64::try_from(clock::now().as_second()).expect("after 1970");
    totp.generate(now).to_string()
}

/// Lets the present step be used again, so that tests need not wait for the next.
async fn forget_used_steps(t: &TestApp) {
    t.app
        .db
        .execute("UPDATE mfa_factors SET last_step = 0", values![])
        .await
        .expect("updated");
}

async fn sign_in(
    t: &TestApp,
    org: OrganizationId,
    name: &str,
    code: Option<&str>,
) -> crate::support::Reply {
    let email = format!("{name}@{}.example", org.0.simple());
    let mut body = json!({"email": email, "password": PASSWORD});
    if let Some(code) = code {
        body["mfa_code"] = json!(code);
    }
    send(t, "POST", "/api/v1/auth/login", &[], Some(body)).await
}

/// Switches the second factor on; returns the secret and the recovery codes.
async fn enroll(who: &Client<'_>) -> (String, Vec<String>) {
    let drawn = who
        .post("/auth/mfa/enroll", json!({"password": PASSWORD}))
        .await
        .expect(200);
    let secret = drawn["secret"].as_str().expect("a secret").to_owned();
    let given = who
        .post("/auth/mfa/confirm", json!({"code": code(&secret)}))
        .await
        .expect(200);
    let codes = given["recovery_codes"].as_array().expect("codes");
    let codes = codes.iter().map(|c| c.as_str().expect("a text").to_owned());
    (secret, codes.collect())
}

#[tokio::test]
async fn a_second_factor_is_asked_for_once_confirmed_and_each_code_works_once() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let drawn = lea
            .post("/auth/mfa/enroll", json!({"password": PASSWORD}))
            .await
            .expect(200);
        let secret = drawn["secret"].as_str().expect("a secret");
        let uri = drawn["otpauth_uri"].as_str().expect("an address");
        assert!(uri.starts_with("otpauth://totp/Steward:lea%40"), "{uri}");
        assert!(uri.contains(&format!("secret={secret}")), "{uri}");
        let image = drawn["qr_code"].as_str().expect("an image");
        assert!(image.starts_with("data:image/svg+xml;base64,"));
        sign_in(t, org, "lea", None).await.expect(200);

        let refused = lea.post("/auth/mfa/confirm", json!({"code": "abc"})).await;
        assert_eq!(
            refused.expect_code(422, "VALIDATION_ERROR")["errors"][0]["field"],
            "code"
        );
        let first = code(secret);
        let given = lea
            .post("/auth/mfa/confirm", json!({"code": first}))
            .await
            .expect(200);
        assert_eq!(given["recovery_codes"].as_array().map(Vec::len), Some(10));
        assert_eq!(lea.get("/users/me").await.expect(200)["mfa_enabled"], true);

        sign_in(t, org, "lea", None)
            .await
            .expect_code(401, "MFA_REQUIRED");
        sign_in(t, org, "lea", Some(&first))
            .await
            .expect_code(401, "INVALID_CREDENTIALS");
        forget_used_steps(t).await;
        let now = code(secret);
        sign_in(t, org, "lea", Some(&now)).await.expect(200);
        sign_in(t, org, "lea", Some(&now))
            .await
            .expect_code(401, "INVALID_CREDENTIALS");
    }
}

#[tokio::test]
async fn a_recovery_code_works_once_and_new_ones_replace_the_old() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let (secret, codes) = enroll(&lea).await;
        let typed = codes[0].to_uppercase().replace('-', " ");
        sign_in(t, org, "lea", Some(&typed)).await.expect(200);
        sign_in(t, org, "lea", Some(&codes[0]))
            .await
            .expect_code(401, "INVALID_CREDENTIALS");
        let state = lea.get("/auth/mfa").await.expect(200);
        assert_eq!(state["recovery_codes_left"], 9);
        forget_used_steps(t).await;
        let body = json!({"password": PASSWORD, "code": code(&secret)});
        let renewed = lea.post("/auth/mfa/recovery-codes", body).await.expect(200);
        sign_in(t, org, "lea", Some(&codes[1]))
            .await
            .expect_code(401, "INVALID_CREDENTIALS");
        let fresh = renewed["recovery_codes"][0].as_str();
        sign_in(t, org, "lea", fresh).await.expect(200);
    }
}

#[tokio::test]
async fn five_wrong_codes_lock_the_account_and_a_right_password_between_does_not_help() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let (secret, codes) = enroll(&lea).await;
        for _ in 0..5 {
            sign_in(t, org, "lea", None)
                .await
                .expect_code(401, "MFA_REQUIRED");
            sign_in(t, org, "lea", Some("000 000 0"))
                .await
                .expect_code(401, "INVALID_CREDENTIALS");
        }
        forget_used_steps(t).await;
        for right in [code(&secret), codes[0].clone()] {
            sign_in(t, org, "lea", Some(&right))
                .await
                .expect_code(401, "INVALID_CREDENTIALS");
        }
        sign_in(t, org, "lea", None)
            .await
            .expect_code(401, "INVALID_CREDENTIALS");
        lea.post("/auth/mfa/enroll", json!({"password": PASSWORD}))
            .await
            .expect_code(401, "ACCOUNT_LOCKED");
    }
}

#[tokio::test]
async fn changing_the_second_factor_needs_the_password_and_a_code() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let wrong = lea
            .post("/auth/mfa/enroll", json!({"password": "wrong"}))
            .await
            .expect_code(422, "VALIDATION_ERROR");
        assert_eq!(wrong["errors"][0]["field"], "password");
        lea.post("/auth/mfa/confirm", json!({"code": "123456"}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let (secret, _) = enroll(&lea).await;
        lea.post("/auth/mfa/enroll", json!({"password": PASSWORD}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        forget_used_steps(t).await;
        for (password, code) in [("wrong", code(&secret)), (PASSWORD, "000000x".to_owned())] {
            lea.post(
                "/auth/mfa/disable",
                json!({"password": password, "code": code}),
            )
            .await
            .expect_code(422, "VALIDATION_ERROR");
        }
        let body = json!({"password": PASSWORD, "code": code(&secret)});
        let person = lea.post("/auth/mfa/disable", body).await.expect(200);
        assert_eq!(person["mfa_enabled"], false);
        sign_in(t, org, "lea", None).await.expect(200);
    }
}

#[tokio::test]
async fn an_administrator_resets_a_lost_second_factor_and_nobody_else_does() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = join(t, org, "priya", "agent").await;
        let foreign = join(t, other, "root", "admin").await;
        let lea = join(t, org, "lea", "end_user").await;
        enroll(&lea).await;
        let path = format!("/users/{}/reset-mfa", lea.id);
        agent
            .post(&path, json!({}))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        foreign
            .post(&path, json!({}))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let person = admin.post(&path, json!({})).await.expect(200);
        assert_eq!(person["mfa_enabled"], false);
        lea.get("/users/me")
            .await
            .expect_code(401, "AUTHENTICATION_REQUIRED");
        let session = sign_in(t, org, "lea", None).await.expect(200);
        let state: Value = client(t, &session).get("/auth/mfa").await.expect(200);
        assert_eq!(
            state,
            json!({"is_enabled": false, "is_required": false, "recovery_codes_left": 0})
        );
    }
}

#[tokio::test]
async fn what_is_stored_of_a_second_factor_does_not_give_it_away() {
    #[derive(Debug, steward_db::FromQueryResult)]
    struct Stored {
        secret: String,
    }
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let lea = join(t, org, "lea", "end_user").await;
        let (secret, codes) = enroll(&lea).await;
        let db = &t.app.db;
        let secrets: Vec<Stored> = db
            .all("SELECT secret FROM mfa_factors", values![])
            .await
            .expect("rows");
        let hashes: Vec<Stored> = db
            .all(
                "SELECT code_hash AS secret FROM mfa_recovery_codes",
                values![],
            )
            .await
            .expect("rows");
        assert_eq!((secrets.len(), hashes.len()), (1, 10));
        assert!(secrets[0].secret.starts_with("1.") && !secrets[0].secret.contains(&secret));
        for hash in &hashes {
            assert_eq!(hash.secret.len(), 64, "a SHA-256 in hexadecimal");
            assert!(!codes.iter().any(|c| hash.secret.contains(c)));
        }
    }
}
