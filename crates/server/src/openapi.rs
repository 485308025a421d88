//! The OpenAPI 3.1 document, generated from the handlers.

use steward_platform::App;
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
