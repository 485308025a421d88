//! The API document and its pages, served from the binary itself: nothing is
//! loaded from elsewhere, and no script stands in a page.

use axum::Json;
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::LazyLock;
use steward_kernel::{Error, ErrorCode};
use steward_platform::http::{Answer, problem};
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;

/// The files of Swagger UI that the page loads, with their types.
const FILES: &[(&str, &str)] = &[
    ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    ("swagger-ui.css", "text/css; charset=utf-8"),
    ("favicon-32x32.png", "image/png"),
];

/// Starts Swagger UI; a file of its own because pages may hold no script.
const START: &str = r##"window.addEventListener("load", () => {
  window.ui = SwaggerUIBundle({
    url: "/api/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
    persistAuthorization: false,
    tryItOutEnabled: true,
    presets: [SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
  });
});
"##;

const PAGE: &str = r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Steward API</title>
<link rel="icon" type="image/png" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<noscript>This page needs JavaScript. The document itself is <a href="/api/openapi.json">openapi.json</a>.</noscript>
<main id="swagger-ui"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
"##;

/// The OpenAPI document.
pub async fn document() -> Json<serde_json::Value> {
    Json(crate::openapi::document())
}

/// Every operation, to read and to try.
pub async fn page() -> Html<&'static str> {
    Html(PAGE)
}

/// A file of the page.
///
/// # Errors
/// When there is no such file.
pub async fn file(Path(name): Path<String>) -> Answer<Response> {
    static UNPACKED: LazyLock<BTreeMap<&str, Vec<u8>>> = LazyLock::new(unpack);
    let cached = (header::CACHE_CONTROL, "public, max-age=86400");
    if name == "start.js" {
        let kind = (header::CONTENT_TYPE, "text/javascript; charset=utf-8");
        return Ok(([kind, cached], START).into_response());
    }
    let kind = FILES.iter().find(|(file, _)| *file == name);
    let found = kind.and_then(|(file, kind)| Some((*kind, UNPACKED.get(file)?)));
    let Some((kind, bytes)) = found else {
        return Err(Error::new(ErrorCode::ResourceNotFound, "there is no such file").into());
    };
    Ok(([(header::CONTENT_TYPE, kind), cached], bytes.as_slice()).into_response())
}

/// Takes the files out of the archive that the crate carries.
fn unpack() -> BTreeMap<&'static str, Vec<u8>> {
    let mut files = BTreeMap::new();
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED)) else {
        return files;
    };
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    for (file, _) in FILES {
        let end = format!("/dist/{file}");
        let path = names.iter().find(|name| name.ends_with(&end));
        let mut bytes = Vec::new();
        let read = path
            .and_then(|path| archive.by_name(path).ok())
            .map(|mut entry| entry.read_to_end(&mut bytes));
        if matches!(read, Some(Ok(_))) {
            files.insert(*file, bytes);
        }
    }
    files
}

/// What each error code means; `type` of a problem document leads here.
pub async fn errors() -> Html<String> {
    let mut rows = String::new();
    for code in ErrorCode::ALL {
        let name = problem::code_name(*code);
        rows.push_str(&format!(
            "<tr id=\"{}\"><td><code>{name}</code></td><td>{}</td><td>{}</td></tr>\n",
            name.to_lowercase(),
            code.status(),
            code.title()
        ));
    }
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Steward errors</title></head><body><main>\
         <h1>Errors</h1><p>Every error is a problem document (RFC 9457) with one of these codes.</p>\
         <table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>\n{rows}</tbody></table></main></body></html>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_holds_every_file_of_the_page() {
        let files = unpack();
        assert_eq!(files.len(), FILES.len());
        let size: usize = files.values().map(Vec::len).sum();
        assert!((1_000_000..3_000_000).contains(&size), "{size}");
    }
}
