//! Every operation of the OpenAPI document, with a request for each.

use super::world::World;
use crate::support::{Client, Reply, dispatch};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// Made once: the sweep reads it for every request.
static DOCUMENT: LazyLock<Value> = LazyLock::new(steward_server::openapi::document);

const FORM: &str = "--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
    Content-Type: text/plain\r\n\r\nx\r\n--b0und--\r\n";

/// One operation of the document.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) is_public: bool,
    body: Option<(String, Value)>,
    query: Vec<(String, Value)>,
}

/// Reads first, then changes, deletions and what ends a record's life, and
/// sign-out last, so that what one operation needs is not yet gone.
fn place(method: &str, id: &str) -> u8 {
    match (method, id) {
        (_, "logout") => 6,
        (_, "deleteSlaCalendar") => 5,
        (_, "mergeTicket" | "unmergeTicket") => 4,
        ("get", _) => 0,
        ("patch", _) => 1,
        (
            _,
            "deactivateUser"
            | "changePassword"
            | "endOtherSessions"
            | "standDownMajorIncident"
            | "deleteView"
            | "deleteSlaPolicy",
        ) => 4,
        ("post", _) => 2,
        _ => 3,
    }
}

pub(super) fn all() -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, methods) in DOCUMENT["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let content = operation["requestBody"]["content"].as_object();
            let body = content.and_then(|c| c.iter().next());
            let parameters = operation["parameters"].as_array();
            found.push(Operation {
                id: operation["operationId"].as_str().expect("an id").to_owned(),
                method: method.clone(),
                path: path.clone(),
                is_public: operation["security"][0] == json!({}),
                body: body.map(|(kind, media)| (kind.clone(), media["schema"].clone())),
                query: parameters
                    .into_iter()
                    .flatten()
                    .filter(|p| p["in"] == "query" && p["required"] == true)
                    .map(|p| {
                        (
                            p["name"].as_str().expect("a name").to_owned(),
                            p["schema"].clone(),
                        )
                    })
                    .collect(),
            });
        }
    }
    found.sort_by_key(|o| (place(&o.method, &o.id), o.path.clone()));
    found
}

impl Operation {
    pub(super) fn has_ids(&self) -> bool {
        // Names of reports, fields and templates are the product's own, not the record of a tenant.
        self.path
            .replace("notification-templates/{matter}/{medium}/{language}", "")
            .replace("reports/{name}", "")
            .replace("groups/{field}", "")
            .contains('{')
    }

    /// The names of the ids in the path, with the word before them: `teams/{id}`.
    pub(super) fn slots(&self) -> Vec<String> {
        let parts: Vec<&str> = self.path.split('/').collect();
        parts
            .windows(2)
            .filter(|pair| pair[1].starts_with('{'))
            .map(|pair| pair.join("/"))
            .collect()
    }

    /// The address with the ids of a world.
    pub(super) fn address(&self, world: &World<'_>) -> String {
        let mut address = self.path.clone();
        for slot in self.slots() {
            let (word, parameter) = slot.split_once('/').expect("two parts");
            let id = world.id_in_path(&slot).unwrap_or_else(|| {
                unreachable!(
                    "{}: say in sweep/world.rs what {word}/{parameter} is",
                    self.id
                )
            });
            // Of parameters in a row, the first is replaced already.
            let (old, new) = if word.starts_with('{') {
                (parameter.to_owned(), id.to_owned())
            } else {
                (slot.clone(), format!("{word}/{id}"))
            };
            address = address.replacen(&old, &new, 1);
        }
        let query: Vec<String> = self
            .query
            .iter()
            .map(|(name, _)| format!("{name}={}", world.word_for(name)))
            .collect();
        if query.is_empty() {
            address
        } else {
            format!("{address}?{}", query.join("&"))
        }
    }

    /// A valid body that names records of the world.
    fn body(&self, world: &World<'_>) -> Option<(&str, String)> {
        let (kind, schema) = self.body.as_ref()?;
        if kind.starts_with("multipart/") {
            return Some(("multipart/form-data; boundary=b0und", FORM.to_owned()));
        }
        let sample = world
            .body_of(&self.id)
            .unwrap_or_else(|| sample_of(schema, "", world));
        Some((kind, sample.to_string()))
    }

    /// Sends the operation; also returns what was sent.
    pub(super) async fn send(&self, who: &Client<'_>, world: &World<'_>) -> (Reply, String) {
        let address = self.address(world);
        let request = Request::builder()
            .method(self.method.to_uppercase().as_str())
            .uri(&address)
            .header("authorization", &who.bearer);
        let (request, sent) = match self.body(world) {
            None => (request.body(Body::empty()), address),
            Some((kind, body)) => {
                let sent = format!("{address} {body}");
                let request = request.header("content-type", kind);
                (request.body(Body::from(body)), sent)
            }
        };
        (dispatch(who.t, request.expect("a request")).await, sent)
    }
}

/// A value that a schema allows: what is required, and every reference.
fn sample_of(schema: &Value, name: &str, world: &World<'_>) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let schema = DOCUMENT.pointer(&reference[1..]).expect("a schema");
        return sample_of(schema, name, world);
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[0].clone();
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(options) = schema[choice].as_array() {
            let option = options.iter().find(|o| o["type"] != "null");
            return sample_of(option.expect("an option"), name, world);
        }
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds[0].as_str().expect("a type"),
        kind => kind.as_str().unwrap_or("object"),
    };
    match kind {
        "object" => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let mut object = Map::new();
            for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
                if required.contains(&json!(name)) || world.reference(name).is_some() {
                    object.insert(name.clone(), sample_of(schema, name, world));
                }
            }
            Value::Object(object)
        }
        "array" => match world.reference(name) {
            Some(id) => json!([id]),
            None => json!([sample_of(&schema["items"], name, world)]),
        },
        "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
        "boolean" => json!(true),
        _ => match world.reference(name) {
            Some(id) => json!(id),
            None if schema["format"] == "uuid" => json!("01900000-0000-7000-8000-000000000000"),
            None if schema["format"] == "date-time" => json!("2026-01-15T10:00:00Z"),
            None if schema["format"] == "date" => json!("2026-01-15"),
            None => json!(world.word_for(name)),
        },
    }
}
