//! Texts in CEL: what they mean, what is refused, and where they may stand.

use super::{Cel, MAX_ELEMENTS, MAX_SOURCE};
use crate::expr::check::{self, Terms};
use crate::expr::model::{MAX_CEL, Type};
use crate::expr::problem::Problem;
use crate::expr::sentence::sentence;
use crate::expr::tests::{facts, now};
use crate::expr::{Condition, CustomField, Fact, Facts, Field, Fields};
use serde_json::{Value, json};
use std::time::{Duration, Instant as Clock};

fn fields() -> Fields {
    let custom = |key: &str, value_type, words: &[&str]| CustomField {
        key: key.to_owned(),
        label: key.to_owned(),
        value_type,
        words: words.iter().map(ToString::to_string).collect(),
    };
    Fields::with_custom(vec![
        custom("floor", Type::Number, &[]),
        custom("rooms", Type::Tags, &[]),
        custom("wing", Type::Word, &["north", "south"]),
    ])
}

fn read(text: &str) -> Result<Cel, Vec<Problem>> {
    Cel::read(text, &fields(), "/all/0/cel")
}

fn answer(text: &str, facts: &Facts) -> Result<bool, String> {
    let cel = read(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    cel.answer(facts, now())
}

#[test]
fn a_text_says_of_a_ticket_what_it_reads_as() {
    let mut facts = facts();
    let floor = fields().find("custom.floor").expect("known");
    facts.set(floor, Some(Fact::Decimal(2.5)));
    for (text, expected) in [
        ("ticket.priority == 'high'", true),
        (
            "ticket.priority == 'high' && ticket.tags.exists(t, t.startsWith('v'))",
            true,
        ),
        ("ticket.tags.all(t, t.size() > 3)", false),
        ("ticket.tags.exists_one(t, t == 'vpn')", true),
        ("size(ticket.tags.filter(t, t != 'vpn')) == 1", true),
        ("'VPN'.lower() in ticket.tags.map(t, t.lower())", true),
        ("ticket.tags[0] == 'vpn'", true),
        ("ticket.title.contains('über')", false),
        ("ticket.title.lower().contains('über')", true),
        ("ticket.priority in ['low', 'high']", true),
        ("has(ticket.team)", false),
        ("!has(ticket.description)", true),
        (
            "has(ticket.team) ? ticket.category != '' : ticket.reopened_count == 2",
            true,
        ),
        (
            "ticket.reopened_count * 2 > 3 && ticket.reopened_count < 2.5",
            true,
        ),
        ("double(ticket.reopened_count) / 4.0 == 0.5", true),
        ("now - ticket.created_at >= duration('24h')", true),
        ("now - ticket.created_at > duration('24h')", false),
        ("ticket.created_at + duration('1h') < now", true),
        (
            "ticket.created_at < timestamp('2026-11-22T12:00:00.000001Z')",
            true,
        ),
        ("ticket.created_at.getHours('Europe/Berlin') == 13", true),
        ("ticket.created_at.getDayOfWeek() == 0", true),
        (
            "ticket.custom.floor > 2 && ticket.custom.rooms.size() == 0",
            true,
        ),
        ("!has(ticket.custom.wing)", true),
        (
            "// said plainly\nticket.is_major ||\n  !ticket.is_major",
            true,
        ),
    ] {
        assert_eq!(answer(text, &facts), Ok(expected), "{text}");
    }
}

#[test]
fn what_has_no_answer_says_why_and_does_not_match() {
    for (text, why) in [
        (
            "ticket.team == '00000000-0000-0000-0000-000000000001'",
            "the ticket has no team: ask has(ticket.team) first",
        ),
        ("1 / (ticket.reopened_count - 2) == 1", "it divides by zero"),
        (
            "ticket.reopened_count * 9223372036854775807 > 1",
            "a number or a time is out of range",
        ),
        ("ticket.tags[7] == 'x'", "the list is shorter than that"),
        ("int(ticket.title) == 1", "a value has no such form"),
    ] {
        assert_eq!(answer(text, &facts()), Err(why.to_owned()), "{text}");
        assert!(
            !read(text).expect("valid").matches(&facts(), now()),
            "{text}"
        );
    }
    // As in CEL, what decides alone does so whatever the other side is.
    assert_eq!(
        answer("1 / 0 == 1 || ticket.priority == 'high'", &facts()),
        Ok(true)
    );
    let many = Fact::Texts(vec!["x".to_owned(); 201]);
    let facts = Facts::default().with(Field::Tags, Some(many));
    let why = answer("ticket.tags.exists(t, t == 'x')", &facts).expect_err("too many");
    assert_eq!(why, "tags has more than 200 values");
}

#[test]
fn every_mistake_is_named_at_its_line_and_column() {
    for (text, code, place, said) in [
        ("", "empty", (1, 1), ""),
        ("ticket.priority = 'high'", "malformed", (1, 17), ""),
        ("ticket.priority == ", "malformed", (1, 20), ""),
        (
            "ticket.title == 'ä' &&\n  'ö' == )",
            "malformed",
            (2, 10),
            "",
        ),
        (
            "ticket.prority == 'high'",
            "unknown_field",
            (1, 8),
            "ticket.priority",
        ),
        (
            "'ä' == 'ö' ||\n ticket.titel == 'x'",
            "unknown_field",
            (2, 9),
            "ticket.title",
        ),
        (
            "has(ticket.custom.flor)",
            "unknown_field",
            (1, 19),
            "custom.floor",
        ),
        (
            "priority == 'high'",
            "unknown_name",
            (1, 1),
            "ticket.priority",
        ),
        ("tiket.priority == 'high'", "unknown_name", (1, 1), "ticket"),
        (
            "ticket.tags.exists(t, u == 'x')",
            "unknown_name",
            (1, 23),
            "",
        ),
        (
            "ticket.priority == 'hgih'",
            "unknown_value",
            (1, 20),
            "'high'",
        ),
        (
            "ticket.priority in ['low', 'hgih']",
            "unknown_value",
            (1, 28),
            "'high'",
        ),
        (
            "ticket.custom.wing == 'east'",
            "unknown_value",
            (1, 23),
            "north, south",
        ),
        ("ticket.team == 'Network'", "wrong_type", (1, 16), "id"),
        ("ticket.priority", "wrong_type", (1, 7), "compare"),
        (
            "ticket.reopened_count == '2'",
            "wrong_type",
            (1, 23),
            "one type",
        ),
        ("ticket.title + 'x' == 'y'", "wrong_type", (1, 14), "joined"),
        ("ticket == ticket", "wrong_type", (1, 8), "name a field"),
        (
            "ticket['priority'] == 'x'",
            "wrong_type",
            (1, 7),
            "ticket.priority",
        ),
        (
            "ticket.created_at > '2026-01-01'",
            "wrong_type",
            (1, 19),
            "timestamp(",
        ),
        (
            "ticket.created_at > timestamp('soon')",
            "wrong_type",
            (1, 31),
            "2026",
        ),
        (
            "now - ticket.created_at > duration('2 days')",
            "wrong_type",
            (1, 36),
            "36h",
        ),
        (
            "ticket.created_at.getHours('Mars') > 1",
            "unknown_value",
            (1, 28),
            "Europe/Berlin",
        ),
        (
            "ticket.title.matches('(a+)+')",
            "unknown_function",
            (1, 21),
            "no regular",
        ),
        (
            "ticket.title.startswith('x')",
            "unknown_function",
            (1, 24),
            "startsWith",
        ),
        (
            "ticket.tags.exists(ticket, true)",
            "wrong_name",
            (1, 19),
            "another name",
        ),
        (
            "ticket.title.exists(t, t == 'x')",
            "wrong_type",
            (1, 20),
            "ticket.tags",
        ),
        ("ticket.tags.exists(t)", "wrong_type", (1, 19), "exists(t,"),
        ("[1, 'a'].size() == 2", "wrong_type", (1, 1), ""),
        ("ticket.team == null", "not_available", (1, 16), "has"),
        ("{'a': 1}.size() == 1", "not_available", (1, 1), ""),
        (
            "ticket.reopened_count == 2u",
            "not_available",
            (1, 26),
            "3u",
        ),
    ] {
        let found = read(text).expect_err(text);
        let [problem] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        let at = problem.place.map(|place| (place.line, place.column));
        let hint = problem.hint.clone().unwrap_or_default();
        assert_eq!(
            (problem.code, at),
            (code, Some(place)),
            "{text}: {problem:?}"
        );
        assert!(hint.contains(said), "{text}: {problem:?}");
        assert_eq!(problem.pointer, "/all/0/cel");
    }
    let both = read("ticket.prority == 'a' && ticket.statsu == 'b'").expect_err("two mistakes");
    assert_eq!(both.len(), 2, "{both:?}");
}

/// Texts that would cost much, or break the evaluation, are refused or quick.
#[test]
fn hostile_texts_are_refused_or_quick() {
    let nested = |word: &str, depth: usize| {
        let open: String = (0..depth)
            .map(|i| format!("ticket.tags.{word}(a{i}, "))
            .collect();
        let inner = if word == "map" { "1" } else { "true" };
        let text = format!("{open}{inner}{}", ")".repeat(depth));
        if word == "map" {
            format!("size({text}) > 0")
        } else {
            text
        }
    };
    let ten = "[0,1,2,3,4,5,6,7,8,9]";
    let long = |part: &str, n: usize| vec![part; n].join(" && ");
    let refused = [
        nested("all", 6),
        nested("exists", 3),
        nested("map", 3),
        nested("map", 2),
        format!(
            "{ten}.all(a,{ten}.all(b,{ten}.all(c,{ten}.all(d,{ten}.all(e,{ten}.all(f,true))))))"
        ),
        format!("[{}].size() > 0", vec!["1"; MAX_ELEMENTS + 1].join(",")),
        format!("'{}' == ''", "x".repeat(MAX_SOURCE)),
        format!("1{} == 1", "+1".repeat(900)),
        format!("{}1{} == 1", "[".repeat(300), "]".repeat(300)),
        format!("ticket{} == 1", ".a".repeat(900)),
        format!("{}true", "true ? true : ".repeat(140)),
        long("ticket.description.lower().contains('x')", 40),
        "ticket.tags.exists(t, ticket.description.contains(t))".to_owned(),
        "ticket.custom.rooms.exists(a, ticket.custom.rooms.exists(b, a == b))".to_owned(),
        "ticket.tags.map(t, t + t).size() > 0".to_owned(),
        "(ticket.tags + ticket.tags).size() > 0".to_owned(),
        "'a'.replace('', 'aaaa') == ''".to_owned(),
        "\u{0}".to_owned(),
        "\"\\x".to_owned(),
        "'''".to_owned(),
        "((((".to_owned(),
        "1e999999999 > 0.0 &&".to_owned(),
        "99999999999999999999 > 1".to_owned(),
        "ticket.tags.all(@result, true)".to_owned(),
    ];
    let mut let_through: Vec<String> = Vec::new();
    for text in refused {
        let start = Clock::now();
        let is_refused = read(&text).is_err();
        let took = start.elapsed();
        if !is_refused || took > Duration::from_millis(500) {
            let_through.push(format!("{took:?} {text:.90}"));
        }
    }
    assert!(let_through.is_empty(), "{let_through:#?}");
    let tags: Vec<String> = (0..50).map(|i| format!("tag number {i}")).collect();
    let facts = facts()
        .with(Field::Tags, Some(Fact::Texts(tags)))
        .with(Field::Description, Some(Fact::Text("Ä".repeat(100_000))));
    for text in [
        nested("all", 2),
        "size(ticket.tags.filter(t, t.size() > 3)) > 2".to_owned(),
        "ticket.tags.exists(a, ticket.tags.exists(b, a == 'x' && b == 'y'))".to_owned(),
        long("ticket.description.contains('x')", 10),
        "ticket.description.lower().contains('x')".to_owned(),
        long("ticket.is_major", 100),
        format!("{}true{}", "(".repeat(500), ")".repeat(500)),
        format!("{}true", "!".repeat(1500)),
        format!("{}1 == 1", "-".repeat(1501)),
    ] {
        let cel = read(&text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        let start = Clock::now();
        let _ = cel.answer(&facts, now());
        let took = start.elapsed();
        println!("{took:?} {text:.80}");
        assert!(
            took < Duration::from_millis(500),
            "{text:.80} took {took:?}"
        );
    }
}

fn in_tree(form: &Value, has_cel: bool) -> Result<Condition, Vec<(String, &'static str)>> {
    let fields = fields();
    let terms = Terms {
        fields: &fields,
        has_actor: false,
        has_cel,
    };
    let pairs = |all: Vec<Problem>| all.into_iter().map(|p| (p.pointer, p.code)).collect();
    check::read(form, terms).map_err(pairs)
}

#[test]
fn a_text_is_a_part_of_the_tree_and_is_kept_as_it_was_written() {
    let form = json!({ "version": 1, "any": [
        { "field": "team", "op": "is_empty" },
        { "none": [{ "cel": "ticket.is_major\n  && has(ticket.custom.floor)" }] },
    ]});
    let condition = in_tree(&form, true).expect("valid");
    assert_eq!(condition.to_json(), form);
    let places: Vec<String> = condition.cels().into_iter().map(|(at, _)| at).collect();
    assert_eq!(places, ["/any/1/none/0/cel"]);
    assert_eq!(condition.tests().len(), 1);
    assert_eq!(
        sentence(&condition, &fields(), &|_, _| None),
        "Team is empty or it is not so that the expression \
         “ticket.is_major && has(ticket.custom.floor)” is true"
    );
}

#[test]
fn mistakes_around_a_text_are_named_at_their_place() {
    let part = |part: Value| json!({ "version": 1, "all": [part] });
    let text = "ticket.is_major";
    let many = vec![json!({ "cel": text }); MAX_CEL + 1];
    for (form, pointer, code) in [
        (part(json!({ "cel": 1 })), "/all/0/cel", "wrong_type"),
        (part(json!({ "cel": "" })), "/all/0/cel", "empty"),
        (part(json!({ "cel": "1" })), "/all/0/cel", "wrong_type"),
        (
            part(json!({ "cel": text, "op": "eq" })),
            "/all/0/op",
            "unknown_key",
        ),
        (
            part(json!({ "any": [{ "cel": "x" }] })),
            "/all/0/any/0/cel",
            "unknown_name",
        ),
        (
            json!({ "version": 1, "any": many }),
            "/any/5/cel",
            "too_many",
        ),
    ] {
        let found = in_tree(&form, true).expect_err(&form.to_string());
        assert_eq!(found, [(pointer.to_owned(), code)], "{form}");
    }
    let found = in_tree(&part(json!({ "cel": text })), false).expect_err("refused");
    assert_eq!(found, [("/all/0/cel".to_owned(), "cel_not_here")]);
}
