//! A receiver that answers as a test tells it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// How it answers.
#[derive(Debug, Clone)]
pub(super) enum Say {
    Status(u16),
    /// 307 to its own `/trap`.
    Redirect,
    /// 503 with `Retry-After`.
    Later(u32),
    /// 200 with many megabytes.
    Huge,
    /// Nothing, until [`Receiver::release`].
    Stall,
}

/// A request that came.
#[derive(Debug, Clone)]
pub(super) struct Got {
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Got {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().expect("a text")
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// As the script that calls the reference library reads it.
    pub(super) fn line(&self, secret: &str) -> Value {
        let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
        let headers: Value = names
            .iter()
            .map(|n| ((*n).to_owned(), Value::from(self.header(n))))
            .collect();
        json!({"secret": secret, "headers": headers, "body": self.body})
    }
}

#[derive(Debug)]
struct Inside {
    got: Mutex<Vec<Got>>,
    say: Mutex<Say>,
    gate: Semaphore,
}

#[derive(Debug, Clone)]
pub(super) struct Receiver {
    port: u16,
    inside: Arc<Inside>,
}

impl Receiver {
    pub(super) async fn start(say: Say) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let inside = Arc::new(Inside {
            got: Mutex::default(),
            say: Mutex::new(say),
            gate: Semaphore::new(0),
        });
        let router = Router::new().fallback(answer).with_state(inside.clone());
        #[expect(clippy::disallowed_methods, reason = "a receiver beside the test")]
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { port, inside }
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    pub(super) fn say(&self, say: Say) {
        *self.inside.say.lock().expect("say") = say;
    }

    pub(super) fn got(&self) -> Vec<Got> {
        self.inside.got.lock().expect("got").clone()
    }

    /// Lets everyone go who was stalled.
    pub(super) fn release(&self) {
        self.inside.gate.close();
    }
}

async fn answer(
    State(inside): State<Arc<Inside>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let got = Got {
        path: uri.path().to_owned(),
        headers,
        body: String::from_utf8(body.to_vec()).expect("UTF-8"),
    };
    inside.got.lock().expect("got").push(got);
    let say = inside.say.lock().expect("say").clone();
    let (status, body) = match say {
        Say::Status(status) => (status, Body::from(format!("said {status}\0"))),
        Say::Redirect => (307, Body::empty()),
        Say::Later(_) => (503, Body::from("later")),
        Say::Huge => (200, Body::from(vec![b'x'; 8 * 1024 * 1024])),
        Say::Stall => {
            drop(inside.gate.acquire().await);
            (200, Body::empty())
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    if let Say::Redirect = say {
        response
            .headers_mut()
            .insert("location", "/trap".parse().expect("a header"));
    }
    if let Say::Later(seconds) = say {
        response.headers_mut().insert("retry-after", seconds.into());
    }
    response
}
