//! `fields=id,number,title`: only these fields of each record, on every GET
//! whose answer is a record or a list of records.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, Uri, header};
use axum::response::Response;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use steward_kernel::error::FieldError;
use steward_kernel::{Error, ErrorCode, Result};

/// The fields of the records that each route answers, from the OpenAPI document.
#[derive(Debug, Clone, Default)]
pub struct FieldTable(Arc<BTreeMap<String, BTreeSet<String>>>);

impl FromIterator<(String, BTreeSet<String>)> for FieldTable {
    fn from_iter<I: IntoIterator<Item = (String, BTreeSet<String>)>>(routes: I) -> Self {
        Self(Arc::new(routes.into_iter().collect()))
    }
}

/// The fields that a request asks for.
#[derive(Debug)]
pub(super) struct Wanted(BTreeSet<String>);

impl FieldTable {
    /// Takes `fields` out of the query, so that the handler does not see it.
    /// Routes without records keep it, and their handlers refuse it.
    pub(super) fn take(
        &self,
        route: Option<&str>,
        request: &mut Request,
    ) -> Result<Option<Wanted>> {
        let Some(known) = route.and_then(|route| self.0.get(route)) else {
            return Ok(None);
        };
        let query = request.uri().query().unwrap_or_default();
        if !query.split('&').any(|pair| pair.starts_with("fields=")) {
            return Ok(None);
        }
        let mut wanted = BTreeSet::new();
        let mut rest = Vec::new();
        for pair in query.split('&') {
            match pair.strip_prefix("fields=") {
                None => rest.push(pair),
                Some(value) => wanted.extend(names(value)?),
            }
        }
        let unknown: Vec<&str> = wanted.difference(known).map(String::as_str).collect();
        if wanted.is_empty() || !unknown.is_empty() {
            return Err(refusal(&unknown, known));
        }
        let path = request.uri().path();
        let text = if rest.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", rest.join("&"))
        };
        *request.uri_mut() = text.parse::<Uri>().map_err(Error::internal)?;
        Ok(Some(Wanted(wanted)))
    }
}

fn names(value: &str) -> Result<Vec<String>> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&format!("f={value}"))
        .map_err(|_| Error::new(ErrorCode::MalformedRequest, "fields cannot be read"))?;
    let text = pairs.into_iter().map(|(_, text)| text);
    Ok(text
        .flat_map(|text| {
            text.split(',')
                .map(|n| n.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .filter(|name| !name.is_empty())
        .collect())
}

fn refusal(unknown: &[&str], known: &BTreeSet<String>) -> Error {
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let known = known.join(", ");
    let message = if unknown.is_empty() {
        format!("name at least one of: {known}")
    } else {
        format!(
            "there is no field {}; known are: {known}",
            unknown.join(", ")
        )
    };
    let mut error = Error::new(ErrorCode::MalformedRequest, message.clone());
    error.errors.push(FieldError {
        field: "fields".to_owned(),
        code: "unknown_field".to_owned(),
        message,
    });
    error
}

impl Wanted {
    /// Leaves only the wanted fields in the records of an answer.
    pub(super) async fn apply(&self, response: Response) -> Response {
        if response.status() != StatusCode::OK {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let Ok(bytes) = to_bytes(body, usize::MAX).await else {
            return Response::from_parts(parts, Body::empty());
        };
        let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else {
            return Response::from_parts(parts, Body::from(bytes));
        };
        match value.get_mut("data") {
            Some(Value::Array(rows)) => rows.iter_mut().for_each(|row| self.thin(row)),
            _ => self.thin(&mut value),
        }
        parts.headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(
            parts,
            Body::from(serde_json::to_vec(&value).unwrap_or_default()),
        )
    }

    fn thin(&self, record: &mut Value) {
        if let Value::Object(map) = record {
            let all = std::mem::take(map);
            *map = all
                .into_iter()
                .filter(|(name, _)| self.0.contains(name))
                .collect::<Map<_, _>>();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> FieldTable {
        let fields = ["id", "number", "title"].map(str::to_owned);
        [("/tickets".to_owned(), BTreeSet::from(fields))]
            .into_iter()
            .collect()
    }

    fn take(query: &str) -> (Result<Option<Wanted>>, String) {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = format!("/tickets?{query}").parse().expect("an address");
        let wanted = table().take(Some("/tickets"), &mut request);
        (wanted, request.uri().to_string())
    }

    #[test]
    fn the_handler_does_not_see_fields() {
        let (wanted, uri) = take("page=2&fields=id,title&sort=-id");
        assert_eq!(uri, "/tickets?page=2&sort=-id");
        assert_eq!(wanted.expect("read").expect("some").0.len(), 2);
        let (wanted, uri) = take("fields=id%2Cnumber");
        assert_eq!(uri, "/tickets");
        assert_eq!(wanted.expect("read").expect("some").0.len(), 2);
    }

    #[test]
    fn an_unknown_field_is_refused_with_the_known_ones() {
        let error = take("fields=id,colour").0.expect_err("refused");
        assert_eq!(error.code, ErrorCode::MalformedRequest);
        assert!(error.detail.contains("colour") && error.detail.contains("id, number, title"));
        assert!(take("fields=").0.is_err());
    }

    #[test]
    fn a_route_without_records_keeps_its_query() {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = "/other?fields=id".parse().expect("an address");
        let wanted = table().take(Some("/other"), &mut request).expect("passed");
        assert!(wanted.is_none());
        assert_eq!(request.uri().query(), Some("fields=id"));
    }
}
