//! Extractors that answer with problem documents and refuse what is unknown.

use super::{Problem, nul, strict};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use steward_kernel::{Error, ErrorCode};

/// A JSON body.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let content_type = request.headers().get(axum::http::header::CONTENT_TYPE);
        let is_json = content_type.and_then(|v| v.to_str().ok()).is_some_and(|v| {
            v.split(';')
                .next()
                .is_some_and(|m| m.trim().ends_with("json"))
        });
        if !is_json {
            let detail = "send the body as JSON with Content-Type: application/json";
            return Err(Error::new(ErrorCode::InvalidFileType, detail).into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| {
            Error::new(
                ErrorCode::AttachmentTooLarge,
                "the body is larger than 1 MiB or was cut off",
            )
        })?;
        parse(&bytes).map(Self).map_err(Problem)
    }
}

/// Reads JSON: bad syntax is malformed (400), a wrong shape is a validation
/// error (422) that names its place.
///
/// # Errors
/// When it is not JSON, or not of the shape.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let cleaned;
    let bytes = if nul::may_hold(bytes) {
        let mut value: serde_json::Value = serde_json::from_slice(bytes).map_err(malformed)?;
        nul::replace(&mut value);
        cleaned = serde_json::to_vec(&value).map_err(Error::internal)?;
        &cleaned[..]
    } else {
        bytes
    };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|cause| {
        // Some wrong shapes, such as a number for a word of a list, are told as bad syntax.
        let is_json = || serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
        if cause.inner().is_data() || is_json() {
            wrong_shape(&cause)
        } else {
            malformed(cause.into_inner())
        }
    });
    if value.as_ref().is_err_and(is_whole_number) {
        return read_strictly(bytes);
    }
    let value = value?;
    reader.end().map_err(malformed)?;
    if strict::has_list(bytes) {
        return read_strictly(bytes);
    }
    Ok(value)
}

/// `5.0` is an integer in JSON, but not for derived types.
fn is_whole_number(error: &Error) -> bool {
    error.detail.contains("floating point") && error.detail.contains(".0`")
}

fn read_strictly<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let value = serde_json::from_slice(bytes).map_err(malformed)?;
    strict::read(value).map_err(|cause| wrong_shape(&cause))
}

fn wrong_shape(cause: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    Error::field(place(cause), "invalid", cause.inner().to_string())
}

/// Where the wrong value is: the path to it, and at its end the name that is
/// unknown, missing or there twice.
fn place(cause: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let text = cause.inner().to_string();
    let path = cause.path().to_string();
    let name = text
        .split('`')
        .nth(1)
        .filter(|_| text.contains("field") && !path.ends_with(']'))
        .filter(|name| path.rsplit('.').next() != Some(name));
    match (path.as_str(), name) {
        (".", None) => "body".to_owned(),
        (".", Some(name)) => name.to_owned(),
        (path, None) => path.to_owned(),
        (path, Some(name)) => format!("{path}.{name}"),
    }
}

fn malformed(cause: serde_json::Error) -> Error {
    Error::new(
        ErrorCode::MalformedRequest,
        format!("the body is not valid JSON: {cause}"),
    )
}

/// A query string; `T` refuses unknown names with `deny_unknown_fields`.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        serde_urlencoded::from_str(&nul::replaced_encoded(query))
            .map(Self)
            .map_err(|cause| {
                Error::new(
                    ErrorCode::MalformedRequest,
                    format!("the query cannot be read: {cause}"),
                )
                .into()
            })
    }
}

/// Parts of the path. What cannot be an id, or holds U+0000, names nothing: 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let nothing = || Error::new(ErrorCode::ResourceNotFound, "nothing has this id").into();
        if parts.uri.path().contains("%00") {
            return Err(nothing());
        }
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Self(value))
            .map_err(|_| nothing())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Input {
        title: String,
    }

    #[test]
    fn bad_syntax_is_malformed_and_a_wrong_shape_is_a_validation_error() {
        assert_eq!(
            parse::<Input>(b"{").expect_err("cut").code,
            ErrorCode::MalformedRequest
        );
        let unknown = parse::<Input>(br#"{"title":"x","colour":"red"}"#).expect_err("unknown");
        assert_eq!(unknown.code, ErrorCode::ValidationError);
        assert_eq!(unknown.errors[0].field, "colour");
        let after = parse::<Input>(br#"{"title":"x"} y"#).expect_err("more");
        assert_eq!(after.code, ErrorCode::MalformedRequest);
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code, reason = "only its shape is read")]
        inputs: Vec<Input>,
    }

    #[test]
    fn a_wrong_value_is_named_with_the_path_to_it() {
        for (body, place) in [
            (
                r#"{"inputs":[{"title":"x"},{"title":1}]}"#,
                "inputs[1].title",
            ),
            (r#"{"inputs":[{"title":"x","x":1}]}"#, "inputs[0].x"),
            (r#"{"inputs":1}"#, "inputs"),
            (r#"{}"#, "inputs"),
            ("1", "body"),
        ] {
            let error = parse::<Outer>(body.as_bytes()).expect_err("refused");
            assert_eq!(error.errors[0].field, place, "{body}");
        }
    }

    #[derive(Debug, serde::Deserialize)]
    enum Word {
        Dark,
    }

    #[test]
    fn a_number_for_a_word_is_a_wrong_shape() {
        let refused = parse::<Word>(b"3").expect_err("no word");
        assert_eq!(refused.code, ErrorCode::ValidationError);
        assert!(matches!(parse::<Word>(b"\"Dark\""), Ok(Word::Dark)));
    }

    #[test]
    fn nul_characters_are_replaced() {
        assert_eq!(
            parse::<Input>(b"{\"title\":\"a\\u0000b\"}")
                .expect("read")
                .title,
            "a\u{fffd}b"
        );
    }
}
