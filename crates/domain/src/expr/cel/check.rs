//! What a text may say: names that there are, types that fit, and little
//! enough that no ticket makes it slow.

use super::kinds::{Kind, Seen, of_field};
use super::parse::{self, Places};
use super::{MAX_ELEMENTS, MAX_LOOPS, Mistake, calls, did_you_mean};
use crate::expr::fields::{CUSTOM, Fields};
use crate::expr::model::FieldRef;
use cel::IdedExpr;
use cel::common::ast::{ComprehensionExpr, Expr, LiteralValue, SelectExpr};
use std::collections::BTreeSet;

/// Deepest nesting of parts; evaluation goes down one call for each.
const MAX_LEVELS: usize = 64;
/// Most work: about one for each part that is looked at, and one for each
/// 64 characters that are read. A few milliseconds.
const MAX_COST: u64 = 60_000;
/// Mistakes that are told at once.
const MOST_TOLD: usize = 20;

/// A mistake at a part.
pub(super) struct Wrong {
    id: u64,
    code: &'static str,
    message: String,
    hint: Option<String>,
    /// A name behind the part's token, at which the mistake is.
    name: Option<String>,
}

impl Wrong {
    pub(super) fn told(self, text: &str, places: &Places) -> Mistake {
        let start = places.offset(self.id).unwrap_or(0);
        let behind = text.get(start..).unwrap_or_default();
        let name = self.name.as_ref().and_then(|name| behind.find(name));
        Mistake {
            code: self.code,
            message: self.message,
            hint: self.hint,
            place: parse::place(text, start + name.unwrap_or(0)),
        }
    }
}

/// Checks a tree.
///
/// # Errors
/// Every mistake.
pub(super) fn check(root: &IdedExpr, fields: &Fields) -> Result<BTreeSet<FieldRef>, Vec<Wrong>> {
    let mut checker = Checker {
        fields,
        scope: Vec::new(),
        loops: 0,
        levels: 0,
        used: BTreeSet::new(),
        wrong: Vec::new(),
    };
    if let Some(seen) = checker.part(root) {
        if seen.kind != Kind::Bool {
            let message = format!("this is {}, not true or false", seen.kind.said());
            let hint = "compare it: ticket.priority == 'high'";
            checker.wrong(root.id, "wrong_type", message, Some(hint));
        } else if seen.cost > MAX_COST {
            let hint = "look at the description once and outside of exists and all";
            checker.wrong(
                root.id,
                "too_costly",
                "this could take too long",
                Some(hint),
            );
        }
    }
    if checker.wrong.is_empty() {
        Ok(checker.used)
    } else {
        checker.wrong.truncate(MOST_TOLD);
        Err(checker.wrong)
    }
}

pub(super) struct Checker<'a> {
    pub(super) fields: &'a Fields,
    /// Names of comprehensions, the innermost last.
    scope: Vec<(String, Seen)>,
    loops: usize,
    levels: usize,
    used: BTreeSet<FieldRef>,
    wrong: Vec<Wrong>,
}

impl Checker<'_> {
    pub(super) fn wrong(
        &mut self,
        id: u64,
        code: &'static str,
        message: impl Into<String>,
        hint: Option<&str>,
    ) {
        self.wrong.push(Wrong {
            id,
            code,
            message: message.into(),
            hint: hint.map(str::to_owned),
            name: None,
        });
    }

    fn unknown(&mut self, id: u64, code: &'static str, name: &str, hint: &str) {
        let shown: String = name.chars().take(64).collect();
        self.wrong(id, code, format!("there is no '{shown}'"), Some(hint));
        if let Some(last) = self.wrong.last_mut() {
            last.name = Some(name.to_owned());
        }
    }

    /// What a part is; nothing where it is wrong, which is told.
    pub(super) fn part(&mut self, expr: &IdedExpr) -> Option<Seen> {
        if self.levels >= MAX_LEVELS {
            // Told once: the parts above it stop here.
            let message = format!("this nests more than {MAX_LEVELS} deep");
            let hint = "use in [...] instead of long chains, or several parts";
            if !self.wrong.iter().any(|w| w.code == "too_deep") {
                self.wrong(expr.id, "too_deep", message, Some(hint));
            }
            return None;
        }
        self.levels += 1;
        let seen = match &expr.expr {
            Expr::Literal(literal) => self.literal(expr.id, literal),
            Expr::Ident(name) => self.name(expr.id, name),
            Expr::Select(select) => self.select(expr.id, select),
            Expr::Call(call) => calls::call(self, expr, call),
            Expr::List(list) => self.list(expr.id, &list.elements),
            Expr::Comprehension(each) => self.comprehension(expr.id, each),
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                let hint = "write texts, numbers, true, false and lists";
                self.wrong(
                    expr.id,
                    "not_available",
                    "maps cannot be written here",
                    Some(hint),
                );
                None
            }
        };
        self.levels -= 1;
        seen
    }

    fn literal(&mut self, id: u64, literal: &LiteralValue) -> Option<Seen> {
        let kind = match literal {
            LiteralValue::Boolean(_) => Kind::Bool,
            LiteralValue::Int(_) => Kind::Int,
            LiteralValue::Double(_) => Kind::Double,
            LiteralValue::String(text) => {
                let chars = u64::try_from(text.inner().len()).unwrap_or(u64::MAX);
                return Some(Seen {
                    chars,
                    ..Seen::new(Kind::Text, 1)
                });
            }
            LiteralValue::Null => {
                let hint = "write !has(ticket.team) for what is not there";
                self.wrong(id, "not_available", "nothing here is null", Some(hint));
                return None;
            }
            LiteralValue::UInt(_) | LiteralValue::Bytes(_) => {
                let hint = "write 3 for 3u and 'a' for b'a'";
                let message = "no field is an unsigned number or bytes";
                self.wrong(id, "not_available", message, Some(hint));
                return None;
            }
        };
        Some(Seen::new(kind, 1))
    }

    fn name(&mut self, id: u64, name: &str) -> Option<Seen> {
        if let Some((_, seen)) = self.scope.iter().rev().find(|(known, _)| known == name) {
            return Some(seen.clone());
        }
        match name {
            "ticket" => return Some(Seen::new(Kind::Ticket, 1)),
            "now" => return Some(Seen::new(Kind::Instant, 1)),
            _ => {}
        }
        let hint = if self.fields.find(name).is_some() {
            format!("write ticket.{name}")
        } else {
            let local = self.scope.iter().map(|(known, _)| known.as_str());
            did_you_mean(name, local.chain(["ticket", "now"])).map_or_else(
                || "there are ticket and now, and texts stand in quotation marks".to_owned(),
                |near| format!("did you mean {near}?"),
            )
        };
        self.unknown(id, "unknown_name", name, &hint);
        None
    }

    fn select(&mut self, id: u64, select: &SelectExpr) -> Option<Seen> {
        let operand = self.part(&select.operand)?;
        let name = match operand.kind {
            Kind::Ticket if select.field == "custom" && !select.test => {
                return Some(Seen::new(Kind::Custom, 2));
            }
            Kind::Ticket => select.field.clone(),
            Kind::Custom => format!("{CUSTOM}{}", select.field),
            kind => {
                let message = format!("{} has no '{}'", kind.said(), select.field);
                let hint = "only ticket has fields; a function has brackets: size()";
                self.wrong(id, "wrong_type", message, Some(hint));
                return None;
            }
        };
        let Some(field) = self.fields.find(&name) else {
            let hint = self.fields.near(&name).map_or_else(
                || "GET /api/v1/expressions/fields lists the fields".to_owned(),
                |near| format!("did you mean ticket.{near}?"),
            );
            self.unknown(id, "unknown_field", &select.field, &hint);
            return None;
        };
        self.used.insert(field.clone());
        if select.test {
            return Some(Seen::new(Kind::Bool, 3));
        }
        Some(of_field(field))
    }

    fn list(&mut self, id: u64, elements: &[IdedExpr]) -> Option<Seen> {
        if elements.len() > MAX_ELEMENTS {
            let message = format!("a list has at most {MAX_ELEMENTS} elements");
            self.wrong(id, "too_many", message, Some("use two lists and ||"));
            return None;
        }
        let seen: Vec<Option<Seen>> = elements.iter().map(|each| self.part(each)).collect();
        let seen: Option<Vec<Seen>> = seen.into_iter().collect();
        let seen = seen?;
        let kind = seen
            .first()
            .map_or(Kind::Nothing, |first| first.kind.clone());
        if let Some(other) = seen.iter().find(|other| !kind.fits(&other.kind)) {
            let message = format!("this list mixes {} and {}", kind.said(), other.kind.said());
            self.wrong(id, "wrong_type", message, None);
            return None;
        }
        Some(Seen {
            chars: seen.iter().map(|each| each.chars).max().unwrap_or(0),
            items: u64::try_from(seen.len()).unwrap_or(u64::MAX),
            cost: seen.iter().map(|each| each.cost).sum::<u64>() + 1,
            ..Seen::new(Kind::List(Box::new(kind)), 0)
        })
    }

    /// `exists`, `all`, `exists_one`, `filter` and `map`, as the parser writes
    /// them out.
    fn comprehension(&mut self, id: u64, each: &ComprehensionExpr) -> Option<Seen> {
        if self.loops >= MAX_LOOPS {
            let message = format!("exists, all and the like stand at most {MAX_LOOPS} deep");
            self.wrong(id, "too_deep", message, Some("compare with in [...]"));
            return None;
        }
        // The list is worked out before the loop, but may hold one itself.
        let range = self.part(&each.iter_range)?;
        let Kind::List(item) = range.kind else {
            let message = format!("this goes over a list, not over {}", range.kind.said());
            self.wrong(id, "wrong_type", message, Some("ticket.tags is a list"));
            return None;
        };
        if !self.is_free(&each.iter_var) || each.iter_var2.is_some() {
            let message = format!("'{}' means something else already", each.iter_var);
            self.wrong(
                id,
                "wrong_name",
                message,
                Some("use another name, such as t"),
            );
            return None;
        }
        let start = self.part(&each.accu_init)?;
        let element = Seen {
            chars: range.chars,
            ..Seen::new(*item, 1)
        };
        let collected = Seen {
            items: range.items,
            ..start
        };
        self.scope.push((each.iter_var.clone(), element));
        self.scope.push((each.accu_var.clone(), collected.clone()));
        self.loops += 1;
        let once = self.part(&each.loop_cond).zip(self.part(&each.loop_step));
        self.loops -= 1;
        self.scope.truncate(self.scope.len().saturating_sub(2));
        let (condition, step) = once?;
        let found = Seen {
            kind: step.kind,
            chars: step.chars.max(range.chars),
            cost: 1,
            ..collected
        };
        self.scope.push((each.accu_var.clone(), found));
        let result = self.part(&each.result);
        self.scope.pop();
        let result = result?;
        let each_time = condition.cost.saturating_add(step.cost).saturating_add(1);
        let cost = range.items.saturating_mul(each_time);
        Some(Seen {
            cost: cost.saturating_add(range.cost).saturating_add(result.cost),
            ..result
        })
    }

    fn is_free(&self, name: &str) -> bool {
        name != "ticket" && name != "now" && self.scope.iter().all(|(known, _)| known != name)
    }
}
