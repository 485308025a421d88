//! Answers of successful requests.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What `If-Match` can name: it grows with every change.
pub trait Versioned {
    /// The version that is told.
    fn version(&self) -> i64;
}

/// Says of types with a field `version` that they are [`Versioned`].
#[macro_export]
macro_rules! versioned {
    ($($view:ty),+ $(,)?) => {
        $(impl $crate::http::Versioned for $view {
            fn version(&self) -> i64 {
                self.version
            }
        })+
    };
}

/// 200 with an `ETag` of the record's version.
#[derive(Debug)]
pub struct Found<T>(pub T);

impl<T: Serialize + Versioned> IntoResponse for Found<T> {
    fn into_response(self) -> Response {
        let version = self.0.version();
        let mut response = Json(self.0).into_response();
        etag(&mut response, version);
        response
    }
}

/// 201 with `Location` and `ETag`.
#[derive(Debug)]
pub struct Created<T> {
    /// The new record.
    pub body: T,
    /// Its path.
    pub location: String,
    /// Its version.
    pub version: i64,
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::CREATED, Json(self.body)).into_response();
        if let Ok(location) = HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        etag(&mut response, self.version);
        response
    }
}

/// 204.
#[derive(Debug)]
pub struct NoContent;

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

fn etag(response: &mut Response, version: i64) {
    if let Ok(value) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, value);
    }
}
