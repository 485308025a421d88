//! The OpenAPI 3.1 document, generated from the handlers.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use steward_domain::views::rules::COLUMNS;
use steward_platform::App;
use steward_platform::http::fields::FieldTable;
use steward_platform::http::page;
use steward_platform::http::problem::{ProblemDocument, ProblemField};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// What holds for every operation.
const DESCRIPTION: &str = "IT service management.

Errors are problem documents (RFC 9457, `application/problem+json`) with a stable `code`, \
which `/api/docs/errors` lists.

Every GET that answers a record or a list takes `fields=id,title` and then answers only these \
fields of each record. Every JSON answer to a GET carries an `ETag`; with `If-None-Match` an \
unchanged one is 304 without a body. Writes to a record honour `If-Match`.

A POST with an `Idempotency-Key` (1 to 255 visible ASCII characters) is done once: sent again \
within 24 hours it answers the first result, marked `Idempotency-Replayed: true`; with another \
body or path it is refused with 422.

`RateLimit` and `RateLimit-Policy` tell how much of which limit is left; over it, the answer is \
429 with `Retry-After`.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Steward"),
    servers((url = "/", description = "the server that this document comes from")),
    components(schemas(ProblemDocument, ProblemField)),
    security(("bearer" = []))
)]
struct Base;

/// Every documented route below `/api/v1`.
pub fn api() -> OpenApiRouter<App> {
    let routes = OpenApiRouter::new()
        .merge(steward_identity::routes())
        .merge(steward_desk::routes())
        .merge(steward_signals::routes())
        .nest("/organizations/example", crate::demo::example::routes())
        .nest("/system", crate::system::routes());
    OpenApiRouter::with_openapi(Base::openapi()).nest("/api/v1", routes)
}

/// The document, with what holds for every operation: the bearer scheme and
/// the problem document as every answer that is not listed.
#[must_use]
pub fn document() -> Value {
    let mut document = serde_json::to_value(api().get_openapi()).unwrap_or_default();
    if let Some(info) = document.pointer_mut("/info").and_then(Value::as_object_mut) {
        info.insert("description".to_owned(), DESCRIPTION.into());
    }
    let paths = document
        .pointer_mut("/paths")
        .and_then(Value::as_object_mut);
    let operations = paths
        .into_iter()
        .flat_map(|paths| paths.values_mut())
        .filter_map(Value::as_object_mut)
        .flat_map(|path| path.values_mut());
    for operation in operations {
        let responses = operation.pointer_mut("/responses");
        if let Some(responses) = responses.and_then(Value::as_object_mut) {
            describe(responses);
        }
        let parameters = operation.pointer_mut("/parameters");
        for parameter in parameters
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if parameter.get("name").is_some_and(|name| name == "cursor")
                && let Some(schema) = parameter.get_mut("schema").and_then(Value::as_object_mut)
            {
                schema.insert("pattern".to_owned(), page::CURSOR_PATTERN.into());
            }
        }
    }
    bound_counts(&mut document);
    drop_null_defaults(&mut document);
    bound_items(&mut document);
    let components = document.pointer_mut("/components");
    if let Some(components) = components.and_then(Value::as_object_mut) {
        let scheme = json!({"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}});
        components.insert("securitySchemes".to_owned(), scheme);
    }
    document
}

/// Counts are unsigned numbers of 32 bits: more than the format `int32` says.
fn bound_counts(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(bound_counts),
        Value::Object(object) => {
            let is_count = object.get("format").is_some_and(|format| format == "int32")
                && object
                    .get("minimum")
                    .and_then(Value::as_i64)
                    .is_some_and(|minimum| minimum >= 0);
            if is_count {
                object.remove("format");
                object.entry("maximum").or_insert_with(|| u32::MAX.into());
            }
            object.values_mut().for_each(bound_counts);
        }
        _ => {}
    }
}

/// What stands in a list, by the name of the list: a derived schema bounds the
/// list and cannot bound what is in it.
static ITEMS: LazyLock<Vec<(&str, Value)>> = LazyLock::new(|| {
    let time = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
    let hours = json!({"type": "array", "minItems": 2, "maxItems": 2,
        "items": {"type": "string", "pattern": time}});
    let weekdays = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let mut items = vec![
        (
            "permissions",
            json!({"type": "string", "pattern": "^[a-z_]+:[a-z_]+:(own|team|all)$"}),
        ),
        (
            "tags",
            json!({"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[^,]*[^,\\s][^,]*$"}),
        ),
        (
            "holidays",
            json!({"type": "string", "pattern": "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$"}),
        ),
    ];
    items.push((
        "skills",
        json!({"type": "string", "minLength": 1, "maxLength": 50, "pattern": "\\S"}),
    ));
    let columns = format!("^({}|cf_[a-z0-9_]{{1,64}})$", COLUMNS.join("|"));
    items.push(("columns", json!({"type": "string", "pattern": columns})));
    items.extend(weekdays.map(|day| (day, hours.clone())));
    items
});

fn bound_items(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(bound_items),
        Value::Object(object) => {
            for (name, bound) in ITEMS.iter() {
                let items = object.get_mut(*name).and_then(|list| list.get_mut("items"));
                let bounded = items.filter(|items| items.get("type") == bound.get("type"));
                if let (Some(items), Some(bound)) =
                    (bounded.and_then(Value::as_object_mut), bound.as_object())
                {
                    items.extend(bound.clone());
                }
            }
            object.values_mut().for_each(bound_items);
        }
        _ => {}
    }
}

/// A field that is left out of a patch stays as it is: `default: null`, which
/// the schema takes from the Rust type, says something else, and is not even
/// a value of most of these fields.
fn drop_null_defaults(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_null_defaults),
        Value::Object(object) => {
            if object.get("default").is_some_and(Value::is_null) {
                object.remove("default");
            }
            object.values_mut().for_each(drop_null_defaults);
        }
        _ => {}
    }
}

/// Every answer needs a description, and all that are not listed are problems.
fn describe(responses: &mut Map<String, Value>) {
    for (status, response) in responses.iter_mut().filter(|(_, r)| r.is_object()) {
        let reason = status
            .parse()
            .ok()
            .and_then(|code| StatusCode::from_u16(code).ok())
            .and_then(|code| code.canonical_reason());
        if let Some(response) = response.as_object_mut() {
            let description = response.entry("description").or_insert_with(|| "".into());
            if description == "" {
                *description = reason.unwrap_or("The answer").into();
            }
        }
    }
    let problem = json!({
        "description": "A problem document (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    });
    responses.insert("default".to_owned(), problem);
}

static FIELDS: LazyLock<FieldTable> = LazyLock::new(|| record_fields(&document()));

/// The fields of the records that each GET answers, for `fields=`.
#[must_use]
pub fn fields() -> FieldTable {
    FIELDS.clone()
}

fn record_fields(document: &Value) -> FieldTable {
    let paths = document.get("paths").and_then(Value::as_object);
    let mut routes = Vec::new();
    for (path, methods) in paths.into_iter().flatten() {
        let schema = methods.pointer("/get/responses/200/content/application~1json/schema");
        let names = schema.map(|schema| field_names(document, schema));
        let Some(names) = names.filter(|names| !names.is_empty()) else {
            continue;
        };
        if let Some(rest) = path.strip_prefix("/api/v1/users") {
            routes.push((format!("/api/v1/users/users{rest}"), names.clone()));
        }
        routes.push((path.clone(), names));
    }
    routes.into_iter().collect()
}

/// Names of the fields of a record, or of the records in a list's `data`.
fn field_names(document: &Value, schema: &Value) -> BTreeSet<String> {
    let properties = resolve(document, schema).get("properties");
    let of_list = properties
        .and_then(|p| p.pointer("/data"))
        .map(|data| resolve(document, data))
        .filter(|data| data.get("type").is_some_and(|t| t == "array"))
        .and_then(|data| data.get("items"))
        .and_then(|item| resolve(document, item).get("properties"));
    let names = of_list.or(properties).and_then(Value::as_object);
    names.into_iter().flat_map(|p| p.keys().cloned()).collect()
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| document.pointer(reference.trim_start_matches('#')))
        .unwrap_or(schema)
}
