//! The stored form as JSON Schema (draft 2020-12).

use super::cel::MAX_SOURCE;
use super::model::{MAX_LIST, MAX_TESTS, MAX_TEXT, Operator, VERSION};
use serde_json::{Value, json};

/// Describes the form; which fields, operators and values fit together is
/// told by the list of fields, and by the check.
#[must_use]
pub fn schema() -> Value {
    let operators: Vec<&str> = Operator::ALL.iter().map(|op| op.as_str()).collect();
    let parts =
        json!({ "type": "array", "maxItems": MAX_TESTS, "items": { "$ref": "#/$defs/part" } });
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Condition",
        "description": "A tree of groups, tests and texts in CEL. Exactly one of all, any and none.",
    });
    let group = |with_version: bool| {
        let mut group = json!({
            "type": "object",
            "properties": { "all": parts, "any": parts, "none": parts },
            "oneOf": [{ "required": ["all"] }, { "required": ["any"] }, { "required": ["none"] }],
            "additionalProperties": false,
        });
        if with_version {
            merge(&mut group, json!({ "required": ["version"] }));
            if let Some(properties) = group.get_mut("properties") {
                merge(properties, json!({ "version": { "const": VERSION } }));
            }
        }
        group
    };
    let scalar = json!({ "oneOf": [
        { "type": "string", "minLength": 1, "maxLength": MAX_TEXT },
        { "type": "integer" }, { "type": "boolean" },
    ]});
    let test = json!({
        "type": "object",
        "properties": {
            "field": { "type": "string", "maxLength": 80 },
            "op": { "enum": operators },
            "value": { "oneOf": [scalar, { "type": "array", "minItems": 1, "maxItems": MAX_LIST, "items": scalar }] },
        },
        "required": ["field", "op"],
        "additionalProperties": false,
    });
    merge(&mut root, group(true));
    let cel = json!({
        "type": "object",
        "description": "Text in CEL, where the condition is evaluated in memory: in policies and \
            in the check. Since it was added beside tests, the version stayed 1: whoever does not \
            know it refuses the part.",
        "properties": { "cel": { "type": "string", "minLength": 1, "maxLength": MAX_SOURCE } },
        "required": ["cel"],
        "additionalProperties": false,
    });
    let part = json!({ "oneOf": [
        { "$ref": "#/$defs/group" }, { "$ref": "#/$defs/test" }, { "$ref": "#/$defs/cel" },
    ]});
    merge(
        &mut root,
        json!({ "$defs": { "part": part, "group": group(false), "test": test, "cel": cel } }),
    );
    root
}

fn merge(to: &mut Value, from: Value) {
    if let (Some(to), Value::Object(from)) = (to.as_object_mut(), from) {
        to.extend(from);
    }
}
