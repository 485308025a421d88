//! Texts in CEL say the same as tests of fields, and no input breaks them.

use super::Cel;
use crate::expr::model::{FieldRef, Type};
use crate::expr::predicate::{Atom, Order};
use crate::expr::tests::{condition, fact, facts, now};
use crate::expr::{Context, Facts, Field, Fields, Predicate, predicate::bind};
use proptest::prelude::*;
use uuid::Uuid;

/// The same in CEL. Long lists are cut, as a text in CEL has them.
fn text(predicate: &Predicate) -> String {
    let joined = |parts: &[Predicate], word: &str, none: &str| {
        let each: Vec<String> = parts.iter().map(text).collect();
        if each.is_empty() {
            none.to_owned()
        } else {
            format!("({})", each.join(word))
        }
    };
    match predicate {
        Predicate::All(parts) => joined(parts, " && ", "true"),
        Predicate::Any(parts) => joined(parts, " || ", "false"),
        Predicate::Not(part) => format!("!({})", text(part)),
        Predicate::Atom(field, atom) => atom_text(field, atom),
        Predicate::Cel(cel, _) => cel.text().to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| format!("\\U{:08x}", u32::from(c)))
        .collect();
    format!("'{escaped}'")
}

fn atom_text(field: &FieldRef, atom: &Atom) -> String {
    let name = format!("ticket.{}", field.name());
    let sign = |order: &Order| match order {
        Order::Equal => "==",
        Order::Less => "<",
        Order::AtMost => "<=",
        Order::Greater => ">",
        Order::AtLeast => ">=",
    };
    let list = |all: Vec<String>| format!("[{}]", all.join(", "));
    let texts = |all: &[String]| list(all.iter().map(|text| quoted(text)).collect());
    let is = match atom {
        Atom::Empty if field.value_type() == Type::Tags => return format!("{name}.size() == 0"),
        Atom::Empty => return format!("!has({name})"),
        Atom::Text(all) => format!("{name} in {}", texts(all)),
        Atom::Contains(part) => format!("{name}.lower().contains({}.lower())", quoted(part)),
        Atom::StartsWith(part) => format!("{name}.lower().startsWith({}.lower())", quoted(part)),
        Atom::Tagged(all) => format!("{name}.exists(t, t in {})", texts(all)),
        Atom::Id(ids) => {
            let ids = ids.iter().map(|id: &Uuid| format!("'{id}'")).collect();
            format!("{name} in {}", list(ids))
        }
        Atom::Number(order, number) => format!("{name} {} {number}", sign(order)),
        Atom::Flag(flag) => format!("{name} == {flag}"),
        Atom::Instant(order, at) => format!("{name} {} timestamp('{at}')", sign(order)),
    };
    format!("(has({name}) && {is})")
}

fn read(text: &str) -> Option<Cel> {
    Cel::read(text, &Fields::default(), "").ok()
}

fn tickets() -> impl Strategy<Value = Facts> {
    let each: Vec<_> = Field::ALL
        .iter()
        .map(|field| proptest::option::of(fact(*field)).prop_map(move |value| (*field, value)))
        .collect();
    each.prop_map(|all| {
        all.into_iter()
            .fold(Facts::default(), |facts, (field, value)| {
                facts.with(field, value)
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    /// Whatever can be built can be written, with the same answer.
    #[test]
    fn what_is_built_says_the_same_as_what_is_written(
        condition in condition(), tickets in prop::collection::vec(tickets(), 8),
    ) {
        let context = Context { me: None, my_teams: &[], now: now() };
        let built = bind(&condition, context);
        let written = match Cel::read(&text(&built), &Fields::default(), "") {
            Ok(cel) => cel,
            // Only the bounds of a text may refuse it.
            Err(problems) => {
                let bounds = ["too_long", "too_deep", "too_costly", "too_many"];
                let is_bound = problems.iter().all(|p| bounds.contains(&p.code));
                prop_assert!(is_bound, "{}: {problems:?}", text(&built));
                return Err(TestCaseError::reject("longer than a text may be"));
            }
        };
        for facts in &tickets {
            let answer = written.answer(facts, now());
            prop_assert_eq!(answer, Ok(built.matches(facts)), "{}", written.text());
        }
    }

    #[test]
    fn no_text_breaks_the_reading(text in "\\PC{0,120}") {
        let _ = read(text.as_str());
    }

    /// Words of the language in any order are the likelier trouble.
    #[test]
    fn no_mixture_of_words_breaks_reading_or_evaluation(words in prop::collection::vec(
        prop::sample::select(vec![
            "ticket", ".", "tags", "title", "(", ")", "[", "]", "exists", "all", "t", ",", "'x'", "1", "==",
            "&&", "||", "!", "-", "+", "?", ":", "has", "now", "{", "}", "in", "lower", "size", "0.5", "%",
        ]), 1..25)) {
        if let Some(cel) = read(&words.join(" ")) {
            let _ = cel.answer(&facts(), now());
        }
    }

    /// The database is asked for at least the tickets that match.
    #[test]
    fn a_widened_predicate_lets_no_ticket_out(condition in condition(), ticket in tickets(), places in any::<u64>()) {
        let context = Context { me: None, my_teams: &[], now: now() };
        let mixed = mixed(bind(&condition, context), &mut places.clone());
        let widened = mixed.widened();
        prop_assert!(!widened.has_cel());
        prop_assert!(!mixed.matches(&ticket) || widened.matches(&ticket));
    }
}

/// With some atoms replaced by a text in CEL.
fn mixed(predicate: Predicate, places: &mut u64) -> Predicate {
    let each = |parts: Vec<Predicate>, places: &mut u64| {
        parts.into_iter().map(|part| mixed(part, places)).collect()
    };
    match predicate {
        Predicate::All(parts) => Predicate::All(each(parts, places)),
        Predicate::Any(parts) => Predicate::Any(each(parts, places)),
        Predicate::Not(part) => Predicate::Not(Box::new(mixed(*part, places))),
        atom => {
            let is_replaced = *places & 1 == 1;
            *places = places.rotate_right(1);
            let cel = read("ticket.priority == 'high' || size(ticket.tags) > 1").expect("valid");
            if is_replaced {
                Predicate::Cel(cel, now())
            } else {
                atom
            }
        }
    }
}
