//! Requests as a client would send them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use futures::StreamExt;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use steward_db::{Executor, values};
use steward_identity::users::dto::UserInput;
use steward_identity::{organizations, users};
use steward_kernel::id::OrganizationId;
use steward_platform::clock;
use steward_platform::config::Config;
use steward_testkit::TestApp;
use tower::ServiceExt;
use tower_http::normalize_path::NormalizePath;

pub(crate) const PASSWORD: &str = "violet-tractor-93-moon";

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: Value,
    pub(crate) bytes: axum::body::Bytes,
}

impl Reply {
    pub(crate) fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body
    }

    /// Refused for what is in a field: 422, or 404 when it names something
    /// that does not exist.
    #[track_caller]
    pub(crate) fn expect_refused(self) -> Value {
        if self.body["errors"][0]["code"] == "unknown_value" {
            self.expect_code(404, "RESOURCE_NOT_FOUND")
        } else {
            self.expect_code(422, "VALIDATION_ERROR")
        }
    }

    #[track_caller]
    pub(crate) fn expect_code(self, status: u16, code: &str) -> Value {
        assert_eq!(
            (self.status.as_u16(), self.body["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.body
        );
        assert_eq!(self.headers["content-type"], "application/problem+json");
        self.body
    }
}

/// Sends a request; `headers` are pairs of name and value.
pub(crate) async fn send(
    t: &TestApp,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<Value>,
) -> Reply {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if body.is_some() {
        request = request.header("content-type", "application/json");
    }
    let request = request
        .body(body.map_or_else(Body::empty, |b| Body::from(b.to_string())))
        .expect("a request");
    dispatch(t, request).await
}

type Routers = Mutex<Vec<(Arc<Config>, NormalizePath<Router>)>>;

/// The router of a deployment, built once: that takes longer than a request.
fn router(t: &TestApp) -> NormalizePath<Router> {
    static ROUTERS: Routers = Mutex::new(Vec::new());
    let mut routers = ROUTERS.lock().expect("unpoisoned");
    let known = routers
        .iter()
        .find(|(config, _)| Arc::ptr_eq(config, &t.app.config));
    if let Some((_, router)) = known {
        return router.clone();
    }
    let router = steward_server::router(t.app.clone());
    routers.push((Arc::clone(&t.app.config), router.clone()));
    router
}

/// Sends a request as it is; of a stream, which has no end, the first part is read.
pub(crate) async fn dispatch(t: &TestApp, request: Request<Body>) -> Reply {
    let response = router(t).oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let kind = parts.headers.get("content-type");
    let bytes = if kind.is_some_and(|kind| kind == "text/event-stream") {
        let first = body.into_data_stream().next().await;
        first.expect("a part").expect("read")
    } else {
        to_bytes(body, usize::MAX).await.expect("a body")
    };
    Reply {
        status: parts.status,
        headers: parts.headers,
        body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        bytes,
    }
}

/// A person who is signed in.
#[derive(Clone)]
pub(crate) struct Client<'a> {
    pub(crate) t: &'a TestApp,
    pub(crate) bearer: String,
    pub(crate) id: String,
    pub(crate) refresh: String,
}

impl Client<'_> {
    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(
            self.t,
            "GET",
            &format!("/api/v1{path}"),
            &[("authorization", &self.bearer)],
            None,
        )
        .await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        send(
            self.t,
            "POST",
            &format!("/api/v1{path}"),
            &[("authorization", &self.bearer)],
            Some(body),
        )
        .await
    }

    /// As [`Client::post`], with an `Idempotency-Key`.
    pub(crate) async fn post_once(&self, path: &str, key: &str, body: Value) -> Reply {
        let headers = [
            ("authorization", self.bearer.as_str()),
            ("idempotency-key", key),
        ];
        send(
            self.t,
            "POST",
            &format!("/api/v1{path}"),
            &headers,
            Some(body),
        )
        .await
    }

    pub(crate) async fn patch(&self, path: &str, if_match: &str, body: Value) -> Reply {
        let headers = [
            ("authorization", self.bearer.as_str()),
            ("if-match", if_match),
        ];
        send(
            self.t,
            "PATCH",
            &format!("/api/v1{path}"),
            &headers,
            Some(body),
        )
        .await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        let headers = [("authorization", self.bearer.as_str())];
        send(self.t, "DELETE", &format!("/api/v1{path}"), &headers, None).await
    }

    pub(crate) async fn put(&self, path: &str, if_match: &str, body: Value) -> Reply {
        let headers = [
            ("authorization", self.bearer.as_str()),
            ("if-match", if_match),
        ];
        let path = format!("/api/v1{path}");
        send(self.t, "PUT", &path, &headers, Some(body)).await
    }

    pub(crate) async fn delete_with(&self, path: &str, if_match: &str, body: Value) -> Reply {
        let headers = [
            ("authorization", self.bearer.as_str()),
            ("if-match", if_match),
        ];
        let path = format!("/api/v1{path}");
        send(self.t, "DELETE", &path, &headers, Some(body)).await
    }

    /// Reports an incident and returns it.
    pub(crate) async fn report(&self, title: &str) -> Value {
        self.post(
            "/incidents",
            json!({"title": title, "impact": "high", "urgency": "medium"}),
        )
        .await
        .expect(201)
    }
}

/// Runs the background work that waits, with every handler of the server.
pub(crate) async fn work(t: &TestApp) {
    let app = steward_platform::App {
        jobs: std::sync::Arc::new(steward_server::jobs()),
        ..t.app.clone()
    };
    steward_platform::jobs::drain(&app).await.expect("worked");
}

/// The mails that were written, oldest first.
pub(crate) fn mails(t: &TestApp) -> Vec<String> {
    let folder = t.app.config.data_dir.join("mail");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.map(|e| e.expect("a file").path()).collect())
        .unwrap_or_default();
    files.sort();
    // Long lines come quoted-printable (RFC 2045 §6.7).
    let read = |path| {
        let text = std::fs::read_to_string(path).expect("a mail");
        text.replace("=\r\n", "").replace("=3D", "=")
    };
    files.iter().map(read).collect()
}

pub(crate) async fn organization(t: &TestApp, name: &str) -> OrganizationId {
    organizations::service::ensure(&t.app, name, clock::now())
        .await
        .expect("an organization")
}

/// Adds a person with a role and signs in.
pub(crate) async fn join<'a>(
    t: &'a TestApp,
    organization: OrganizationId,
    name: &str,
    role: &str,
) -> Client<'a> {
    let email = format!("{name}@{}.example", organization.0.simple());
    let input = UserInput {
        email: email.clone(),
        username: None,
        first_name: name.to_owned(),
        last_name: "Test".to_owned(),
        password: PASSWORD.to_owned(),
        roles: Some(vec![role.to_owned()]),
    };
    users::service::add(&t.app, organization, input, clock::now())
        .await
        .expect("a person");
    login(t, &email).await
}

pub(crate) async fn login<'a>(t: &'a TestApp, email: &str) -> Client<'a> {
    let body = json!({"email": email, "password": PASSWORD});
    let session = send(t, "POST", "/api/v1/auth/login", &[], Some(body))
        .await
        .expect(200);
    client(t, &session)
}

/// The person of a session's answer.
pub(crate) fn client<'a>(t: &'a TestApp, session: &Value) -> Client<'a> {
    let text = |v: &Value| v.as_str().expect("a text").to_owned();
    Client {
        t,
        bearer: format!("Bearer {}", text(&session["access"])),
        id: text(&session["user"]["id"]),
        refresh: text(&session["refresh"]),
    }
}

/// Runs a job of this kind with all handlers of the product, and what it brings.
pub(crate) async fn run_job(t: &TestApp, kind: &'static str) {
    let mut app = t.app.clone();
    app.jobs = std::sync::Arc::new(steward_server::jobs());
    let now = clock::now();
    let job = steward_platform::jobs::NewJob {
        organization_id: None,
        kind,
        payload: json!({}),
        run_at: now,
        dedupe_key: None,
    };
    let tx = app.db.write("test").await.expect("open");
    let written = steward_platform::jobs::enqueue(&tx, job, now).await;
    written.expect("written");
    tx.commit().await.expect("kept");
    drain(&app).await;
}

/// Gives INC-000001 so many children, new as it is, with the numbers above those that are there.
pub(crate) async fn add_children(t: &TestApp, count: i64) {
    let first = t.rows("tickets").await + 1;
    let tx = t.app.db.write("test").await.expect("open");
    let sql = "INSERT INTO tickets (id, organization_id, kind, number, title, description, status, priority, impact,
           urgency, requester_id, tags, source, reopened_count, version, created_at, updated_at, parent_id)
         SELECT $1, organization_id, kind, $2, title, description, status, priority, impact,
           urgency, requester_id, tags, source, 0, 1, created_at, updated_at, id
         FROM tickets WHERE number = 'INC-000001'";
    for n in first..first + count {
        let values = values![clock::new_id(), format!("INC-{n:06}")];
        tx.execute(sql, values).await.expect("a child");
    }
    tx.commit().await.expect("kept");
}

/// Runs every job that is due.
pub(crate) async fn drain(app: &steward_platform::App) {
    let drained = steward_platform::jobs::drain(app).await;
    drained.expect("drained");
}

/// Asks again and again until the condition holds, for at most two minutes: what
/// another process or task does gives no other sign.
///
/// # Panics
/// When it does not hold in time; `what` says what was waited for.
pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(120), async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    waited
        .await
        .unwrap_or_else(|_| unreachable!("waited too long until {what}"));
}
