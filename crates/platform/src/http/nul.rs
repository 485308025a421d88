//! U+0000, which PostgreSQL cannot keep in text. Wherever text comes in it becomes the
//! replacement character, as in CommonMark 2.3, and is not dropped: a text must stay as long as
//! its sender counts it.

use serde_json::Value;
use std::borrow::Cow;

const REPLACEMENT: &str = "\u{fffd}";

/// Text of a form.
pub(super) fn replaced(text: String) -> String {
    if text.contains('\0') {
        return text.replace('\0', REPLACEMENT);
    }
    text
}

/// A query string, or a form in its encoding, before it is decoded.
pub(super) fn replaced_encoded(query: &str) -> Cow<'_, str> {
    if query.contains("%00") {
        return query.replace("%00", "%EF%BF%BD").into();
    }
    query.into()
}

/// Whether a JSON text can hold one: in JSON it is always escaped.
pub(super) fn may_hold(json: &[u8]) -> bool {
    json.windows(6).any(|window| window == b"\\u0000")
}

/// Every text of a JSON value.
pub(super) fn replace(value: &mut Value) {
    match value {
        Value::String(text) => *text = replaced(std::mem::take(text)),
        Value::Array(items) => items.iter_mut().for_each(replace),
        Value::Object(map) => map.values_mut().for_each(replace),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_keeps_its_length_and_the_rest_of_it(text in "[\0a%ü\\\\0]{0,20}") {
            let expected: String = text.chars().map(|c| if c == '\0' { '\u{fffd}' } else { c }).collect();
            prop_assert_eq!(&replaced(text.clone()), &expected);
            let mut json = serde_json::json!({"a": [text]});
            let written = json.to_string();
            prop_assert_eq!(may_hold(written.as_bytes()) || !text.contains('\0'), true);
            replace(&mut json);
            prop_assert_eq!(&json["a"][0], &expected);
            let query = serde_urlencoded::to_string([("q", &text)]).expect("encoded");
            let read: Vec<(String, String)> = serde_urlencoded::from_str(&replaced_encoded(&query)).expect("decoded");
            prop_assert_eq!(&read[0].1, &expected);
        }
    }
}
