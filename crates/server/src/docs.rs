//! The API document and its page, served from the binary itself.

use axum::Json;
use axum::response::Html;

/// The OpenAPI document.
pub async fn document() -> Json<serde_json::Value> {
    Json(crate::openapi::document())
}

/// Every operation with its summary, as a plain page.
pub async fn page() -> Html<String> {
    let document = crate::openapi::document();
    let mut rows = String::new();
    let paths = document.get("paths").and_then(|p| p.as_object());
    for (path, methods) in paths.into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let summary = operation
                .get("summary")
                .and_then(|s| s.as_str())
                .unwrap_or_default();
            let method = method.to_uppercase();
            rows.push_str(&format!("<tr><td><code>{method}</code></td><td><code>{path}</code></td><td>{summary}</td></tr>\n"));
        }
    }
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Steward API</title></head><body><main>\
         <h1>Steward API</h1><p>The machine-readable document is <a href=\"/api/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p>\
         <table><thead><tr><th>Method</th><th>Path</th><th>What it does</th></tr></thead><tbody>\n{rows}</tbody></table></main></body></html>"
    ))
}
