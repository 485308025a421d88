use super::super::model::Values;
use super::*;
use proptest::prelude::*;
use serde_json::json;

fn field(key: &str, field_type: FieldType) -> Definition {
    let options = if field_type.has_options() {
        ["red", "green", "blue"]
            .map(|v| Choice {
                value: v.to_owned(),
                label: v.to_uppercase(),
            })
            .to_vec()
    } else {
        Vec::new()
    };
    Definition {
        key: key.to_owned(),
        field_type,
        label: key.to_owned(),
        help: String::new(),
        is_required: false,
        is_internal: false,
        is_active: true,
        default: None,
        options,
        position: 0,
    }
}

fn object(value: Value) -> Values {
    value.as_object().cloned().unwrap_or_default()
}

#[test]
fn each_type_takes_what_it_should_and_says_why_it_refuses_the_rest() {
    use FieldType::*;
    let table = [
        (Text, json!(" a "), Ok(Some(json!("a")))),
        (Text, json!("  "), Ok(None)),
        (Text, json!("a\nb"), Err("invalid")),
        (Text, json!(1), Err("invalid")),
        (Text, json!("x".repeat(501)), Err("too_long")),
        (Textarea, json!("a\nb"), Ok(Some(json!("a\nb")))),
        (Textarea, json!("x".repeat(10_001)), Err("too_long")),
        (Number, json!(1.5), Ok(Some(json!(1.5)))),
        (Number, json!("1"), Err("invalid")),
        (Date, json!("2026-02-28"), Ok(Some(json!("2026-02-28")))),
        (Date, json!("2026-02-30"), Err("invalid")),
        (Date, json!("20260228"), Err("invalid")),
        (Date, json!("2026-02-28T10:00:00Z"), Err("invalid")),
        (Date, json!(""), Ok(None)),
        (Date, json!(5), Err("invalid")),
        (Checkbox, json!(false), Ok(Some(json!(false)))),
        (Checkbox, json!("yes"), Err("invalid")),
        (Select, json!("red"), Ok(Some(json!("red")))),
        (Select, json!("RED"), Err("unknown_value")),
        (Select, json!(""), Ok(None)),
        (
            MultiSelect,
            json!(["blue", "red", "red"]),
            Ok(Some(json!(["red", "blue"]))),
        ),
        (MultiSelect, json!([]), Ok(None)),
        (MultiSelect, json!(["red", "pink"]), Err("unknown_value")),
        (MultiSelect, json!("red"), Err("invalid")),
        (User, json!("nobody"), Err("invalid")),
        (
            Url,
            json!("https://example.com/a?b"),
            Ok(Some(json!("https://example.com/a?b"))),
        ),
        (Url, json!("javascript:alert(1)"), Err("invalid")),
        (Url, json!("https:///x"), Err("invalid")),
        (Url, json!("http://a b"), Err("invalid")),
        (Url, json!("ftp://example.com"), Err("invalid")),
    ];
    for (field_type, value, expected) in table {
        let found = values::check(&field("f", field_type), &value);
        let found = found.map_err(|refusal| refusal.code);
        assert_eq!(found, expected, "{field_type:?} {value}");
        let none = values::check(&field("f", field_type), &Value::Null);
        assert_eq!(none, Ok(None));
    }
}

#[test]
fn definitions_are_checked_as_a_whole() {
    let refused = |change: fn(&mut Definition), name: &str| {
        let mut definition = field("colour", FieldType::Select);
        change(&mut definition);
        let error = check_definition(&mut definition).expect_err(name);
        assert_eq!(error.errors[0].field, name);
    };
    refused(|d| d.key = "1st".to_owned(), "key");
    refused(|d| d.key = "Colour".to_owned(), "key");
    refused(|d| d.key = "x".repeat(51), "key");
    refused(|d| d.label = " ".to_owned(), "label");
    refused(|d| d.help = "x".repeat(1001), "help");
    refused(|d| d.position = -1, "position");
    refused(|d| d.options = Vec::new(), "options");
    refused(|d| d.options[1].value = "red".to_owned(), "options");
    refused(|d| d.field_type = FieldType::Text, "options");
    refused(|d| d.default = Some(json!("pink")), "default");
    let mut fine = field("colour", FieldType::Select);
    fine.default = Some(json!("red"));
    check_definition(&mut fine).expect("fine");
    assert_eq!(fine.default, Some(json!("red")));
    fine.options.remove(0);
    drop_lost_default(&mut fine);
    assert_eq!(fine.default, None);
    let mut person = field("owner", FieldType::User);
    person.default = Some(json!("01900000-0000-7000-8000-000000000000"));
    assert!(check_definition(&mut person).is_err());
}

#[test]
fn a_patch_changes_what_it_names_and_tells_everything_that_is_wrong() {
    let mut old = field("old", FieldType::Text);
    old.is_active = false;
    let mut secret = field("secret", FieldType::Text);
    secret.is_internal = true;
    let mut must = field("must", FieldType::Text);
    must.is_required = true;
    let fields = [old, secret, must, field("room", FieldType::Text)];
    let before = object(json!({"old": "x", "must": "m", "room": "1", "gone": 1}));
    let patched = |patch: Value, sees| merged(&fields, &before, &object(patch), sees);

    let after = patched(json!({"room": null, "old": null, "secret": "s"}), true).expect("fine");
    assert_eq!(
        Value::Object(after),
        json!({"must": "m", "secret": "s", "gone": 1})
    );
    // What is sent back unchanged is no change, whatever the field is by now.
    assert_eq!(patched(json!({"old": "x"}), false).expect("same"), before);
    let wrong = json!({"old": "y", "secret": "s", "must": "", "room": 5, "new": 1});
    let error = patched(wrong, false).expect_err("all wrong");
    let mut told: Vec<_> = error
        .errors
        .iter()
        .map(|e| (e.field.as_str(), e.code.as_str()))
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("custom_fields.must", "required"),
            ("custom_fields.new", "unknown_field"),
            ("custom_fields.old", "inactive"),
            ("custom_fields.room", "invalid"),
            ("custom_fields.secret", "unknown_field"),
        ]
    );
}

#[test]
fn a_new_ticket_gets_defaults_and_must_have_what_is_required() {
    let mut secret = field("secret", FieldType::Text);
    (secret.is_internal, secret.is_required) = (true, true);
    let mut must = field("must", FieldType::Number);
    must.is_required = true;
    let mut colour = field("colour", FieldType::Select);
    (colour.is_required, colour.default) = (true, Some(json!("red")));
    let fields = [secret, must, colour];
    let filled = |given: Value, sees, complete| {
        filled(&fields, &object(given), sees, complete)
            .map(Value::Object)
            .map_err(|e| e.errors.into_iter().map(|e| e.field).collect::<Vec<_>>())
    };
    assert_eq!(
        filled(json!({}), false, false),
        Ok(json!({"colour": "red"}))
    );
    assert_eq!(
        filled(json!({"must": 0}), false, true),
        Ok(json!({"must": 0, "colour": "red"}))
    );
    assert_eq!(
        filled(json!({"colour": null}), true, true),
        Err(["secret", "must", "colour"]
            .map(|k| format!("custom_fields.{k}"))
            .to_vec())
    );
}

#[test]
fn requesters_see_and_hear_nothing_of_internal_fields() {
    let mut secret = field("secret", FieldType::Text);
    secret.is_internal = true;
    let fields = [secret, field("room", FieldType::Text)];
    let (before, after) = (
        Values::new(),
        object(json!({"secret": "s", "room": "1", "gone": 1})),
    );
    assert_eq!(
        Value::Object(shown(&fields, &after, false)),
        json!({"room": "1"})
    );
    assert_eq!(shown(&fields, &after, true), after);
    let internal: Vec<_> = changed(&fields, &before, &after)
        .into_iter()
        .map(|c| (c.key.to_owned(), c.is_internal))
        .collect();
    let expected = [("gone", true), ("room", false), ("secret", true)];
    assert_eq!(internal, expected.map(|(k, i)| (k.to_owned(), i)));
}

#[test]
fn the_timeline_shows_labels() {
    let colour = field("colour", FieldType::MultiSelect);
    assert_eq!(display(Some(&colour), &json!(["red", "blue"])), "RED, BLUE");
    assert_eq!(display(Some(&colour), &json!("lost")), "lost");
    assert_eq!(display(None, &json!(1.5)), "1.5");
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(red|green|[a-z]{0,4}|2026-01-[0-3][0-9]|https://[a-z]{1,3})".prop_map(Value::from),
        proptest::collection::vec("(red|green|[a-z]{0,2})", 0..4).prop_map(Value::from),
    ]
}

proptest! {
    #[test]
    fn a_value_that_was_taken_is_taken_again_unchanged(
        value in any_value(),
        index in 0..FieldType::ALL.len(),
    ) {
        let definition = field("f", FieldType::ALL[index]);
        if let Ok(Some(kept)) = values::check(&definition, &value) {
            prop_assert_eq!(values::check(&definition, &kept), Ok(Some(kept.clone())));
        }
    }
}
