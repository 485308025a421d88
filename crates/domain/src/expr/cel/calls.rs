//! The operators and functions that there are.

use super::check::Checker;
use super::kinds::{Kind, Seen};
use super::{did_you_mean, eval};
use crate::expr::model::Type;
use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, operators as op};
use uuid::Uuid;

const OPERATORS: &[&str] = &[
    op::CONDITIONAL,
    op::LOGICAL_AND,
    op::LOGICAL_OR,
    op::LOGICAL_NOT,
    op::SUBSTRACT,
    op::ADD,
    op::MULTIPLY,
    op::DIVIDE,
    op::MODULO,
    op::EQUALS,
    op::NOT_EQUALS,
    op::GREATER_EQUALS,
    op::LESS_EQUALS,
    op::GREATER,
    op::LESS,
    op::NEGATE,
    op::INDEX,
    op::NOT_STRICTLY_FALSE,
    op::IN,
];
/// Functions that are called on a value.
const METHODS: &[&str] = &[
    "contains",
    "startsWith",
    "endsWith",
    "lower",
    "size",
    "exists",
    "all",
    "exists_one",
    "filter",
    "map",
    "getFullYear",
    "getMonth",
    "getDayOfYear",
    "getDayOfMonth",
    "getDate",
    "getDayOfWeek",
    "getHours",
    "getMinutes",
    "getSeconds",
];
/// Functions that stand by themselves.
const FUNCTIONS: &[&str] = &["has", "size", "int", "double", "duration", "timestamp"];

/// What a call is; nothing where it is wrong, which is told.
pub(super) fn call(checker: &mut Checker<'_>, expr: &IdedExpr, call: &CallExpr) -> Option<Seen> {
    let name = call.func_name.as_str();
    let mut seen: Vec<Option<Seen>> = Vec::new();
    let parts: Vec<&IdedExpr> = call
        .target
        .as_deref()
        .into_iter()
        .chain(&call.args)
        .collect();
    if !is_known(name, call.target.is_some()) {
        unknown(checker, expr.id, name, call.target.is_some());
        return None;
    }
    if is_method_of_a_loop(call) {
        misfit(checker, expr.id, name, &[], true);
        return None;
    }
    for part in &parts {
        seen.push(checker.part(part));
    }
    let seen: Option<Vec<Seen>> = seen.into_iter().collect();
    let seen = seen?;
    let below = seen
        .iter()
        .map(|part| part.cost)
        .fold(1, u64::saturating_add);
    let found = match (call.target.is_some(), seen.as_slice()) {
        (false, [one]) => unary(name, one, &parts),
        (false, [one, other]) => binary(name, one, other, &parts),
        (false, [condition, yes, no]) if name == op::CONDITIONAL => {
            (condition.kind == Kind::Bool && yes.kind.fits(&no.kind)).then(|| Seen {
                chars: yes.chars.max(no.chars),
                items: yes.items.max(no.items),
                ..Seen::new(wider(yes, no), 0)
            })
        }
        (true, [on, rest @ ..]) => method(name, on, rest, &parts),
        _ => None,
    };
    match found {
        Some(found) => {
            compared(checker, name, &parts, &seen);
            Some(Seen {
                cost: below.saturating_add(found.cost),
                ..found
            })
        }
        None => {
            misfit(checker, expr.id, name, &seen, call.target.is_some());
            None
        }
    }
}

/// The parser writes these out, unless what is in their brackets is wrong.
fn is_method_of_a_loop(call: &CallExpr) -> bool {
    let name = call.func_name.as_str();
    call.target.is_some() && matches!(name, "exists" | "all" | "exists_one" | "filter" | "map")
}

fn wider(one: &Seen, other: &Seen) -> Kind {
    match (&one.kind, &other.kind) {
        (Kind::List(inner), _) if **inner == Kind::Nothing => other.kind.clone(),
        (Kind::Int, Kind::Double) => Kind::Double,
        _ => one.kind.clone(),
    }
}

fn is_known(name: &str, is_method: bool) -> bool {
    if is_method {
        METHODS.contains(&name)
    } else {
        OPERATORS.contains(&name) || FUNCTIONS.contains(&name)
    }
}

fn unknown(checker: &mut Checker<'_>, id: u64, name: &str, is_method: bool) {
    let known = if is_method { METHODS } else { FUNCTIONS };
    let hint = match (name, did_you_mean(name, known.iter().copied())) {
        ("matches", _) => {
            "there are no regular expressions: use contains, startsWith, endsWith".to_owned()
        }
        ("lowerAscii" | "toLowerCase", _) => "did you mean lower()?".to_owned(),
        (_, Some(near)) => format!("did you mean {near}?"),
        _ => format!("there are {}", known.join(", ")),
    };
    let shown: String = name.chars().take(64).collect();
    let message = format!("there is no function '{shown}' here");
    checker.wrong(id, "unknown_function", message, Some(&hint));
}

/// Work to read a text once.
const fn reading(text: &Seen) -> u64 {
    text.chars / 64 + 1
}

fn unary(name: &str, one: &Seen, parts: &[&IdedExpr]) -> Option<Seen> {
    let literal = parts.first().and_then(|part| text_of(part));
    let kind = match (name, &one.kind) {
        (op::LOGICAL_NOT | op::NOT_STRICTLY_FALSE, Kind::Bool) => Kind::Bool,
        (op::NEGATE, Kind::Int) => Kind::Int,
        (op::NEGATE, Kind::Double) => Kind::Double,
        ("size", Kind::Text | Kind::List(_)) => return Some(Seen::new(Kind::Int, reading(one))),
        ("int", Kind::Int | Kind::Double | Kind::Text | Kind::Instant) => Kind::Int,
        ("double", Kind::Int | Kind::Double | Kind::Text) => Kind::Double,
        ("duration", Kind::Text) if literal.is_some() => Kind::Span,
        ("timestamp", Kind::Text) if literal.is_some() => Kind::Instant,
        _ => return None,
    };
    Some(Seen::new(kind, reading(one)))
}

fn binary(name: &str, one: &Seen, other: &Seen, parts: &[&IdedExpr]) -> Option<Seen> {
    use Kind::{Bool, Double, Instant, Int, List, Span, Text};
    let both = reading(one).min(reading(other));
    let kind = match (name, &one.kind, &other.kind) {
        (op::LOGICAL_AND | op::LOGICAL_OR, Bool, Bool) => Bool,
        (op::EQUALS | op::NOT_EQUALS, List(a), List(b)) if a.fits(b) => {
            let cost = one.items.min(other.items).saturating_mul(both);
            return Some(Seen::new(Bool, cost));
        }
        (op::EQUALS | op::NOT_EQUALS, a, b) if a.fits(b) => return Some(Seen::new(Bool, both)),
        (
            op::LESS | op::LESS_EQUALS | op::GREATER | op::GREATER_EQUALS,
            a @ (Int | Double | Text | Instant | Span),
            b,
        ) if a.fits(b) => return Some(Seen::new(Bool, both)),
        (op::IN, a, List(b)) if a.fits(b) => {
            return Some(Seen::new(Bool, other.items.saturating_mul(both)));
        }
        // The parser itself writes this for filter and map; nobody else can
        // grow a list.
        (op::ADD, List(a), List(b)) if a.fits(b) && is_collected(parts) => {
            return Some(Seen {
                chars: one.chars.max(other.chars),
                items: one.items,
                ..Seen::new(List(b.clone()), one.items)
            });
        }
        (op::ADD | op::SUBSTRACT | op::MULTIPLY | op::DIVIDE | op::MODULO, Int, Int) => Int,
        (op::ADD | op::SUBSTRACT | op::MULTIPLY | op::DIVIDE, Double, Double) => Double,
        (op::ADD | op::SUBSTRACT, Instant, Span) | (op::ADD, Span, Instant) => Instant,
        (op::SUBSTRACT, Instant, Instant) | (op::ADD | op::SUBSTRACT, Span, Span) => Span,
        (op::INDEX, List(item), Int) => {
            return Some(Seen {
                chars: one.chars,
                ..Seen::new((**item).clone(), 1)
            });
        }
        _ => return None,
    };
    Some(Seen::new(kind, 0))
}

fn is_collected(parts: &[&IdedExpr]) -> bool {
    matches!(parts.first().map(|part| &part.expr), Some(Expr::Ident(name)) if name.starts_with('@'))
}

fn method(name: &str, on: &Seen, rest: &[Seen], parts: &[&IdedExpr]) -> Option<Seen> {
    let kind = match (name, &on.kind, rest) {
        ("contains" | "startsWith" | "endsWith", Kind::Text, [part]) if part.kind == Kind::Text => {
            return Some(Seen::new(Kind::Bool, reading(on)));
        }
        // Each letter is looked up and the text is written anew.
        ("lower", Kind::Text, []) => {
            return Some(Seen {
                chars: on.chars,
                ..Seen::new(Kind::Text, on.chars / 16 + 1)
            });
        }
        ("size", Kind::Text | Kind::List(_), []) => {
            return Some(Seen::new(Kind::Int, reading(on)));
        }
        ("getHours" | "getMinutes" | "getSeconds", Kind::Span, []) => Kind::Int,
        (of, Kind::Instant, []) if of.starts_with("get") => Kind::Int,
        (of, Kind::Instant, [zone]) if of.starts_with("get") && zone.kind == Kind::Text => {
            parts.get(1).and_then(|part| text_of(part))?;
            Kind::Int
        }
        _ => return None,
    };
    Some(Seen::new(kind, 2))
}

fn misfit(checker: &mut Checker<'_>, id: u64, name: &str, seen: &[Seen], is_method: bool) {
    let kinds: Vec<&str> = seen.iter().map(|part| part.kind.said()).collect();
    let hint = match name {
        "exists" | "all" | "exists_one" | "filter" | "map" => {
            "write ticket.tags.exists(t, t == 'vip')"
        }
        "duration" => "write duration('2h')",
        "timestamp" => "write timestamp('2026-01-15T10:00:00Z')",
        op::ADD if kinds.contains(&"a text") => "texts are compared, not joined",
        op::INDEX => "write ticket.priority for a field",
        op::IN => "write ticket.priority in ['high', 'critical']",
        _ if kinds.contains(&"the whole ticket") => "name a field of it: ticket.priority",
        _ if kinds.contains(&"a whole number") && kinds.contains(&"a number with a fraction") => {
            "write 2.0, or double(ticket.reopened_count)"
        }
        _ if kinds.contains(&"an instant") && kinds.contains(&"a text") => {
            "write timestamp('2026-01-15T10:00:00Z')"
        }
        _ if is_method => "look at the type of the field",
        _ => "both sides must be of one type",
    };
    let sign = name.trim_matches(['_', '@']);
    let message = if kinds.is_empty() {
        format!("{name} takes a name and a test")
    } else {
        format!("{sign} does not fit {}", kinds.join(" and "))
    };
    checker.wrong(id, "wrong_type", message, Some(hint));
}

/// The text that stands there in quotation marks.
fn text_of(part: &IdedExpr) -> Option<&str> {
    match &part.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner()),
        _ => None,
    }
}

/// Looks at the texts that are written out: words of a field, ids, times.
fn compared(checker: &mut Checker<'_>, name: &str, parts: &[&IdedExpr], seen: &[Seen]) {
    match (name, parts, seen) {
        ("duration" | "timestamp", [part], _) => constant(checker, name, part),
        (of, [_, zone], _) if of.starts_with("get") => time_zone(checker, zone),
        (op::EQUALS | op::NOT_EQUALS, [one, other], [a, b]) => {
            word(checker, a, other);
            word(checker, b, one);
        }
        (op::IN, [_, list], [a, _]) => {
            if let Expr::List(list) = &list.expr {
                for element in &list.elements {
                    word(checker, a, element);
                }
            }
        }
        _ => {}
    }
}

/// A call of a function, to be worked out at once.
fn called(name: &str, target: Option<IdedExpr>, args: Vec<IdedExpr>) -> IdedExpr {
    IdedExpr {
        id: 0,
        expr: Expr::Call(CallExpr {
            func_name: name.to_owned(),
            target: target.map(Box::new),
            args,
        }),
    }
}

fn constant(checker: &mut Checker<'_>, name: &str, part: &IdedExpr) {
    let call = called(name, None, vec![part.clone()]);
    if eval::constant(&call).is_err() {
        let hint = match name {
            "duration" => "write a number and h, m or s, such as '36h' or '1h30m'",
            _ => "write an instant such as '2026-01-15T10:00:00Z'",
        };
        let message = format!("this is no {name}");
        checker.wrong(part.id, "wrong_type", message, Some(hint));
    }
}

fn time_zone(checker: &mut Checker<'_>, zone: &IdedExpr) {
    let epoch = IdedExpr {
        id: 0,
        expr: Expr::Literal(LiteralValue::String("1970-01-01T00:00:00Z".into())),
    };
    let instant = called("timestamp", None, vec![epoch]);
    let hours = called("getHours", Some(instant), vec![zone.clone()]);
    if eval::constant(&hours).is_err() {
        let hint = "write a name such as 'Europe/Berlin'";
        checker.wrong(
            zone.id,
            "unknown_value",
            "there is no such time zone",
            Some(hint),
        );
    }
}

fn word(checker: &mut Checker<'_>, seen: &Seen, part: &IdedExpr) {
    let (Some(field), Some(text)) = (&seen.field, text_of(part)) else {
        return;
    };
    let shown: String = text.chars().take(64).collect();
    match field.value_type() {
        Type::Word => {
            let words = checker.fields.words(field);
            if words.is_empty() || words.iter().any(|word| word == text) {
                return;
            }
            let hint = did_you_mean(text, words.iter().map(String::as_str)).map_or_else(
                || format!("known are {}", words.join(", ")),
                |near| format!("did you mean '{near}'?"),
            );
            let message = format!("'{shown}' is no {}", field.name());
            checker.wrong(part.id, "unknown_value", message, Some(&hint));
        }
        Type::Person | Type::Team | Type::Department | Type::Site => {
            let is_id = text.parse::<Uuid>().is_ok_and(|id| id.to_string() == text);
            if !is_id {
                let message = format!("'{shown}' is no id of {}", field.name());
                let hint = "write the id, in small letters";
                checker.wrong(part.id, "wrong_type", message, Some(hint));
            }
        }
        _ => {}
    }
}
