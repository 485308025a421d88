//! Conditions from text to answer.

use super::check::{Terms, read, read_text};
use super::model::{
    Condition, Field, FieldRef, MAX_DEPTH, MAX_LIST, MAX_TESTS, Node, Operand, Operator,
    Quantifier, Takes, Test, Type,
};
use super::predicate::{Context, Fact, Facts, bind};
use super::sentence::sentence;
use super::{CustomField, Fields};
use proptest::prelude::*;
use serde_json::{Value, json};
use steward_kernel::Instant;
use steward_kernel::id::{TeamId, UserId};
use uuid::Uuid;

pub(super) fn now() -> Instant {
    "2026-11-23T12:00:00Z".parse().expect("an instant")
}

fn check(value: &Value) -> Result<Condition, Vec<(String, &'static str)>> {
    let fields = Fields::default();
    let terms = Terms {
        fields: &fields,
        has_actor: true,
        has_cel: true,
    };
    let pairs = |all: Vec<super::Problem>| all.into_iter().map(|p| (p.pointer, p.code)).collect();
    read(value, terms).map_err(pairs)
}

fn of(part: Value) -> Condition {
    check(&json!({ "version": 1, "all": [part] })).expect("valid")
}

pub(super) fn facts() -> Facts {
    let text = |text: &str| Some(Fact::Text(text.to_owned()));
    Facts::default()
        .with(Field::Priority, text("high"))
        .with(Field::Title, text("Über 100% of VPN_users [EU]"))
        .with(Field::Description, text(""))
        .with(Field::Assignee, Some(Fact::Id(Uuid::from_u128(1))))
        .with(
            Field::Tags,
            Some(Fact::Texts(vec!["vpn".to_owned(), "Ärger".to_owned()])),
        )
        .with(Field::IsMajor, Some(Fact::Flag(false)))
        .with(Field::ReopenedCount, Some(Fact::Number(2)))
        .with(
            Field::CreatedAt,
            "2026-11-22T12:00:00Z".parse().ok().map(Fact::Instant),
        )
}

fn holds(part: Value) -> bool {
    let teams: Vec<TeamId> = vec![Uuid::from_u128(7).into()];
    let context = Context {
        me: Some(UserId(Uuid::from_u128(1))),
        my_teams: &teams,
        now: now(),
    };
    bind(&of(part), context).matches(&facts())
}

#[test]
fn every_operator_compares_as_its_name_says() {
    let one = Uuid::from_u128(1);
    let two = Uuid::from_u128(2);
    for (field, op, value, expected) in [
        ("priority", "eq", json!("high"), true),
        ("priority", "ne", json!("high"), false),
        ("priority", "in", json!(["low", "high"]), true),
        ("priority", "not_in", json!(["low"]), true),
        ("title", "contains", json!("über"), true),
        ("title", "contains", json!("100%"), true),
        ("title", "contains", json!("vpn_USERS"), true),
        ("title", "contains", json!("vpnxusers"), false),
        ("title", "not_contains", json!("[eu]"), false),
        ("title", "starts_with", json!("ÜBER 1"), true),
        ("title", "starts_with", json!("ber"), false),
        ("title", "eq", json!("über 100% of VPN_users [EU]"), false),
        ("assignee", "eq", json!(one), true),
        ("assignee", "in", json!([two, one]), true),
        ("tags", "contains", json!("vpn"), true),
        ("tags", "contains", json!("VPN"), false),
        ("tags", "contains_any", json!(["x", "Ärger"]), true),
        ("tags", "contains_all", json!(["vpn", "Ärger"]), true),
        ("tags", "contains_all", json!(["vpn", "x"]), false),
        ("tags", "not_contains", json!("x"), true),
        ("is_major", "eq", json!(false), true),
        ("is_major", "ne", json!(false), false),
        ("reopened_count", "lt", json!(2), false),
        ("reopened_count", "lte", json!(2), true),
        ("reopened_count", "gt", json!(1), true),
        ("reopened_count", "gte", json!(3), false),
        ("created_at", "within_last", json!("1d"), true),
        ("created_at", "within_last", json!("23h"), false),
        ("created_at", "older_than", json!("24h"), false),
        ("created_at", "older_than", json!("1439m"), true),
        ("created_at", "before", json!("2026-11-22T12:00:00Z"), false),
        ("created_at", "after", json!("2026-11-22T12:00:00Z"), true),
    ] {
        let test = json!({ "field": field, "op": op, "value": value });
        assert_eq!(holds(test.clone()), expected, "{test}");
    }
    for (field, op, expected) in [
        ("assignee", "is_me", true),
        ("assignee", "is_not_me", false),
        ("requester", "is_me", false),
        ("team", "in_my_teams", false),
        ("team", "not_in_my_teams", true),
        ("description", "is_empty", true),
        ("tags", "is_not_empty", true),
    ] {
        assert_eq!(
            holds(json!({ "field": field, "op": op })),
            expected,
            "{field} {op}"
        );
    }
}

#[test]
fn of_an_absent_value_the_positive_is_false_and_the_negation_true() {
    let id = Uuid::from_u128(5);
    for (field, op, value, expected) in [
        ("category", "eq", json!("Network"), false),
        ("category", "ne", json!("Network"), true),
        ("category", "contains", json!("n"), false),
        ("category", "not_contains", json!("n"), true),
        ("team", "in", json!([id]), false),
        ("team", "not_in", json!([id]), true),
        (
            "resolved_at",
            "before",
            json!("2030-01-01T00:00:00Z"),
            false,
        ),
        ("resolved_at", "after", json!("1990-01-01T00:00:00Z"), false),
        ("resolved_at", "older_than", json!("1m"), false),
    ] {
        let test = json!({ "field": field, "op": op, "value": value });
        assert_eq!(holds(test.clone()), expected, "{test}");
    }
    assert!(holds(json!({ "field": "category", "op": "is_empty" })));
    assert!(!holds(
        json!({ "none": [{ "field": "category", "op": "is_empty" }] })
    ));
}

#[test]
fn mistakes_are_named_at_their_place() {
    let test = |test: Value| json!({ "version": 1, "all": [test] });
    for (form, pointer, code) in [
        (json!([]), "", "wrong_type"),
        (json!({ "all": [] }), "/version", "required"),
        (
            json!({ "version": 2, "all": [] }),
            "/version",
            "unknown_value",
        ),
        (
            json!({ "version": "1", "all": [] }),
            "/version",
            "unknown_value",
        ),
        (json!({ "version": 1 }), "", "one_of"),
        (json!({ "version": 1, "all": [], "any": [] }), "", "one_of"),
        (json!({ "version": 1, "any": [] }), "/any", "empty"),
        (json!({ "version": 1, "all": {} }), "/all", "wrong_type"),
        (
            json!({ "version": 1, "all": [], "a/b~c": 1 }),
            "/a~1b~0c",
            "unknown_key",
        ),
        (test(json!("x")), "/all/0", "wrong_type"),
        (test(json!({ "any": [] })), "/all/0/any", "empty"),
        (
            test(json!({ "version": 1, "any": [{ "field": "team", "op": "is_empty" }] })),
            "/all/0/version",
            "unknown_key",
        ),
        (test(json!({})), "/all/0/field", "required"),
        (
            test(json!({ "field": 1, "op": "eq" })),
            "/all/0/field",
            "wrong_type",
        ),
        (
            test(json!({ "field": "prority", "op": "eq" })),
            "/all/0/field",
            "unknown_field",
        ),
        (
            test(json!({ "field": "custom.room", "op": "eq" })),
            "/all/0/field",
            "unknown_field",
        ),
        (
            test(json!({ "field": "priority" })),
            "/all/0/op",
            "required",
        ),
        (
            test(json!({ "field": "priority", "op": "equals" })),
            "/all/0/op",
            "unknown_operator",
        ),
        (
            test(json!({ "field": "priority", "op": "lt" })),
            "/all/0/op",
            "wrong_operator",
        ),
        (
            test(json!({ "field": "kind", "op": "is_empty" })),
            "/all/0/op",
            "wrong_operator",
        ),
        (
            test(json!({ "field": "priority", "op": "eq" })),
            "/all/0/value",
            "required",
        ),
        (
            test(json!({ "field": "team", "op": "is_empty", "value": true })),
            "/all/0/value",
            "unexpected",
        ),
        (
            test(json!({ "field": "priority", "op": "eq", "value": "hgih" })),
            "/all/0/value",
            "unknown_value",
        ),
        (
            test(json!({ "field": "priority", "op": "in", "value": "high" })),
            "/all/0/value",
            "wrong_type",
        ),
        (
            test(json!({ "field": "priority", "op": "in", "value": [] })),
            "/all/0/value",
            "empty",
        ),
        (
            test(json!({ "field": "priority", "op": "in", "value": ["high", 1] })),
            "/all/0/value/1",
            "wrong_type",
        ),
        (
            test(json!({ "field": "title", "op": "contains", "value": "" })),
            "/all/0/value",
            "empty",
        ),
        (
            test(json!({ "field": "title", "op": "contains", "value": "a\u{0}b" })),
            "/all/0/value",
            "empty",
        ),
        (
            test(json!({ "field": "title", "op": "contains", "value": "x".repeat(501) })),
            "/all/0/value",
            "too_long",
        ),
        (
            test(json!({ "field": "assignee", "op": "eq", "value": "bob" })),
            "/all/0/value",
            "wrong_type",
        ),
        (
            test(json!({ "field": "is_major", "op": "eq", "value": "true" })),
            "/all/0/value",
            "wrong_type",
        ),
        (
            test(json!({ "field": "reopened_count", "op": "gt", "value": 1.5 })),
            "/all/0/value",
            "wrong_type",
        ),
        (
            test(json!({ "field": "reopened_count", "op": "gt", "value": 10_000_000_000_i64 })),
            "/all/0/value",
            "out_of_range",
        ),
        (
            test(json!({ "field": "created_at", "op": "after", "value": "yesterday" })),
            "/all/0/value",
            "wrong_type",
        ),
        (
            test(json!({ "field": "created_at", "op": "after", "value": "0001-01-01T00:00:00Z" })),
            "/all/0/value",
            "out_of_range",
        ),
        (
            test(
                json!({ "field": "created_at", "op": "after", "value": "2026-01-01T00:00:00.0000001Z" }),
            ),
            "/all/0/value",
            "out_of_range",
        ),
        (
            test(json!({ "field": "created_at", "op": "within_last", "value": "7" })),
            "/all/0/value",
            "wrong_type",
        ),
        (
            test(json!({ "field": "created_at", "op": "within_last", "value": "-7d" })),
            "/all/0/value",
            "wrong_type",
        ),
        (
            test(json!({ "field": "created_at", "op": "within_last", "value": "0d" })),
            "/all/0/value",
            "out_of_range",
        ),
        (
            test(json!({ "field": "created_at", "op": "within_last", "value": "7é" })),
            "/all/0/value",
            "wrong_type",
        ),
        (
            test(
                json!({ "field": "created_at", "op": "within_last", "value": "9223372036854775807w" }),
            ),
            "/all/0/value",
            "out_of_range",
        ),
        (
            test(json!({ "field": "tags", "op": "contains", "value": "x", "valeu": 1 })),
            "/all/0/valeu",
            "unknown_key",
        ),
    ] {
        let found = check(&form).expect_err(&form.to_string());
        assert_eq!(found, [(pointer.to_owned(), code)], "{form}");
    }
}

#[test]
fn every_mistake_is_told_at_once_with_a_hint() {
    let fields = Fields::default();
    let terms = Terms {
        fields: &fields,
        has_actor: true,
        has_cel: true,
    };
    let form = json!({ "version": 1, "any": [
        { "field": "prority", "op": "eq", "value": "high" },
        { "all": [{ "field": "status", "op": "eqq", "value": "new" }] },
    ]});
    let problems = read(&form, terms).expect_err("two mistakes");
    let told: Vec<(&str, Option<&str>)> = problems
        .iter()
        .map(|p| (p.pointer.as_str(), p.hint.as_deref()))
        .collect();
    let expected = [
        ("/any/0/field", Some("did you mean priority?")),
        ("/any/1/all/0/op", Some("did you mean eq?")),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        read_text("{", terms).expect_err("no JSON")[0].code,
        "malformed"
    );
}

#[test]
fn bounds_hold_on_both_sides() {
    let nested = |depth: usize| {
        let mut part = json!({ "field": "team", "op": "is_empty" });
        for _ in 1..depth {
            part = json!({ "any": [part] });
        }
        json!({ "version": 1, "all": [part] })
    };
    assert!(check(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(
        check(&nested(MAX_DEPTH + 1)).expect_err("too deep")[0].1,
        "too_deep"
    );
    assert_eq!(check(&nested(60)).expect_err("too deep").len(), 1);
    let many = |n: usize| {
        let tests = vec![json!({ "field": "team", "op": "is_empty" }); n];
        json!({ "version": 1, "all": tests })
    };
    assert!(check(&many(MAX_TESTS)).is_ok());
    let found = check(&many(100_000)).expect_err("too many");
    assert_eq!(found, [(format!("/all/{MAX_TESTS}"), "too_many")]);
    let list = |n: usize| {
        let test = json!({ "field": "tags", "op": "contains_any", "value": vec!["x"; n] });
        json!({ "version": 1, "all": [test] })
    };
    assert!(check(&list(MAX_LIST)).is_ok());
    assert_eq!(
        check(&list(MAX_LIST + 1)).expect_err("too many")[0].1,
        "too_many"
    );
}

#[test]
fn where_nobody_asks_nothing_can_be_theirs() {
    let fields = Fields::default();
    let terms = Terms {
        fields: &fields,
        has_actor: false,
        has_cel: true,
    };
    let form = json!({ "version": 1, "all": [{ "field": "assignee", "op": "is_me" }] });
    assert_eq!(read(&form, terms).expect_err("refused")[0].code, "no_actor");
}

#[test]
fn custom_fields_are_known_by_their_key_and_type() {
    let fields = Fields::with_custom(vec![CustomField {
        key: "floor".to_owned(),
        label: "Floor".to_owned(),
        value_type: Type::Number,
        words: Vec::new(),
    }]);
    let terms = Terms {
        fields: &fields,
        has_actor: true,
        has_cel: true,
    };
    let form =
        json!({ "version": 1, "all": [{ "field": "custom.floor", "op": "gte", "value": 3 }] });
    let condition = read(&form, terms).expect("valid");
    let field = condition.tests()[0].1.field.clone();
    let context = Context {
        me: None,
        my_teams: &[],
        now: now(),
    };
    let predicate = bind(&condition, context);
    let mut facts = Facts::default();
    assert!(!predicate.matches(&facts));
    facts.set(field, Some(Fact::Number(3)));
    assert!(predicate.matches(&facts));
    assert_eq!(
        sentence(&condition, &fields, &|_, _| None),
        "Floor is at least 3"
    );
    let wrong = json!({ "version": 1, "all": [{ "field": "custom.flor", "op": "is_empty" }] });
    let hint = read(&wrong, terms).expect_err("unknown")[0].hint.clone();
    assert_eq!(hint.as_deref(), Some("did you mean custom.floor?"));
}

#[test]
fn a_condition_reads_as_a_sentence() {
    let id = Uuid::from_u128(9);
    let names = |kind: Type, _: Uuid| (kind == Type::Team).then(|| "Network".to_owned());
    for (form, expected) in [
        (json!({ "version": 1, "all": [] }), "Every ticket"),
        (
            json!({ "version": 1, "all": [
                { "field": "priority", "op": "in", "value": ["critical", "high"] },
                { "field": "team", "op": "eq", "value": id },
                { "any": [{ "field": "assignee", "op": "is_empty" }, { "field": "assignee", "op": "is_me" }] },
            ]}),
            "Priority is critical or high and team is Network and (assignee is empty or assignee is me)",
        ),
        (
            json!({ "version": 1, "none": [{ "field": "status", "op": "eq", "value": "on_hold" }] }),
            "It is not so that status is on hold",
        ),
        (
            json!({ "version": 1, "all": [
                { "field": "tags", "op": "contains_all", "value": ["a", "b", "c"] },
                { "field": "created_at", "op": "within_last", "value": "24h" },
                { "field": "is_major", "op": "eq", "value": true },
                { "field": "reopened_count", "op": "gt", "value": 1 },
            ]}),
            "Tags include all of “a”, “b” and “c” and time of the report is within the last 1 day \
             and it is a major incident and times reopened are more than 1",
        ),
    ] {
        let condition = check(&form).expect("valid");
        assert_eq!(sentence(&condition, &Fields::default(), &names), expected);
    }
}

fn operand(field: Field, operator: Operator) -> BoxedStrategy<Operand> {
    let takes = operator.takes();
    let most = if takes == Takes::List { 4 } else { 1 };
    match (takes, field.value_type()) {
        (Takes::Nothing, _) => Just(Operand::Nothing).boxed(),
        (Takes::Duration, _) => (1..100_000_i64).prop_map(Operand::Minutes).boxed(),
        (_, Type::Word) => {
            let words: Vec<String> = field.words().iter().map(ToString::to_string).collect();
            prop::collection::vec(prop::sample::select(words), 1..=most)
                .prop_map(Operand::Texts)
                .boxed()
        }
        (_, Type::Text | Type::Tags) => prop::collection::vec("[a-cA-C]|[^\u{0}]{1,20}", 1..=most)
            .prop_map(Operand::Texts)
            .boxed(),
        (_, Type::Person | Type::Team | Type::Department | Type::Site) => prop::collection::vec(
            prop_oneof![0..4_u128, any::<u128>()].prop_map(Uuid::from_u128),
            1..=most,
        )
        .prop_map(Operand::Ids)
        .boxed(),
        (_, Type::Number) => (-5..50_i64).prop_map(Operand::Number).boxed(),
        (_, Type::Flag) => any::<bool>().prop_map(Operand::Flag).boxed(),
        (_, Type::Instant) => (0..4_000_000_000_000_000_i64)
            .prop_map(|us| Operand::At(Instant::from_microsecond(us).expect("in range")))
            .boxed(),
    }
}

/// A value that a ticket could have in a field, near what conditions compare with.
pub(super) fn fact(field: Field) -> BoxedStrategy<Fact> {
    match field.value_type() {
        Type::Word => {
            let words: Vec<String> = field.words().iter().map(ToString::to_string).collect();
            prop::sample::select(words).prop_map(Fact::Text).boxed()
        }
        Type::Text => "[a-cA-CäÄß]{0,12}".prop_map(Fact::Text).boxed(),
        Type::Tags => prop::collection::vec("[a-c]{1,2}", 0..4)
            .prop_map(Fact::Texts)
            .boxed(),
        Type::Person | Type::Team | Type::Department | Type::Site => (0..4_u128)
            .prop_map(|n| Fact::Id(Uuid::from_u128(n)))
            .boxed(),
        Type::Number => (-5..50_i64).prop_map(Fact::Number).boxed(),
        Type::Flag => any::<bool>().prop_map(Fact::Flag).boxed(),
        Type::Instant => (1_700_000_000_000_000..1_800_000_000_000_000_i64)
            .prop_map(|us| Fact::Instant(Instant::from_microsecond(us).expect("in range")))
            .boxed(),
    }
}

fn test() -> impl Strategy<Value = Node> {
    prop::sample::select(Field::ALL).prop_flat_map(|field| {
        let operators = field.value_type().operators(field.can_be_empty());
        prop::sample::select(operators).prop_flat_map(move |operator| {
            operand(field, operator).prop_map(move |operand| {
                Node::Test(Test {
                    field: FieldRef::Own(field),
                    operator,
                    operand,
                })
            })
        })
    })
}

pub(super) fn condition() -> impl Strategy<Value = Condition> {
    let kinds = [Quantifier::All, Quantifier::Any, Quantifier::None];
    let group = move |inner: BoxedStrategy<Node>| {
        (
            prop::sample::select(kinds.to_vec()),
            prop::collection::vec(inner, 1..4),
        )
            .prop_map(|(quantifier, parts)| Node::Group(quantifier, parts))
    };
    let node = test().boxed().prop_recursive(4, 30, 3, group);
    group(node.boxed()).prop_map(|root| Condition { root })
}

proptest! {
    #[test]
    fn what_was_written_reads_back(condition in condition()) {
        prop_assert_eq!(check(&condition.to_json()), Ok(condition));
    }

    #[test]
    fn a_group_of_none_is_the_contrary_of_any(condition in condition()) {
        let Node::Group(_, parts) = &condition.root else { unreachable!("a root is a group") };
        let context = Context { me: None, my_teams: &[], now: now() };
        let says = |quantifier| {
            let root = Node::Group(quantifier, parts.clone());
            bind(&Condition { root }, context).matches(&facts())
        };
        prop_assert_ne!(says(Quantifier::Any), says(Quantifier::None));
    }

    #[test]
    fn no_input_breaks_the_check(text in "\\PC{0,200}") {
        let fields = Fields::default();
        let _ = read_text(&text, Terms { fields: &fields, has_actor: true, has_cel: true });
    }
}
