//! The OpenAPI 3.1 document, generated from the handlers.

use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use steward_platform::App;
use steward_platform::http::fields::FieldTable;
use steward_platform::http::problem::{ProblemDocument, ProblemField};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

#[derive(OpenApi)]
#[openapi(
    info(title = "Steward", description = "IT service management"),
    components(schemas(ProblemDocument, ProblemField)),
    security(("bearer" = []))
)]
struct Base;

/// Every documented route below `/api/v1`.
pub fn api() -> OpenApiRouter<App> {
    let routes = OpenApiRouter::new()
        .merge(steward_identity::routes())
        .merge(steward_desk::routes())
        .merge(steward_signals::routes());
    OpenApiRouter::with_openapi(Base::openapi()).nest("/api/v1", routes)
}

/// The document, with what holds for every operation: the bearer scheme and
/// the problem document as every answer that is not listed.
#[must_use]
pub fn document() -> serde_json::Value {
    let mut document = serde_json::to_value(api().get_openapi()).unwrap_or_default();
    let problem = serde_json::json!({
        "description": "A problem document (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    });
    let paths = document
        .pointer_mut("/paths")
        .and_then(|p| p.as_object_mut());
    for path in paths.into_iter().flat_map(|p| p.values_mut()) {
        for operation in path
            .as_object_mut()
            .into_iter()
            .flat_map(|p| p.values_mut())
        {
            if let Some(responses) = operation
                .pointer_mut("/responses")
                .and_then(|r| r.as_object_mut())
            {
                responses.insert("default".to_owned(), problem.clone());
            }
        }
    }
    if let Some(components) = document
        .pointer_mut("/components")
        .and_then(|c| c.as_object_mut())
    {
        let scheme = serde_json::json!({"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}});
        components.insert("securitySchemes".to_owned(), scheme);
    }
    document
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
