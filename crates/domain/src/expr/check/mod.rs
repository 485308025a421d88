//! Reading a condition, with every mistake named at its place.

mod value;

use super::cel::Cel;
use super::fields::Fields;
use super::model::{
    Condition, FieldRef, MAX_CEL, MAX_DEPTH, MAX_GROUPS, MAX_TESTS, Node, Operand, Operator,
    Quantifier, Takes, Test, VERSION,
};
use super::problem::{Problem, did_you_mean};
use serde_json::{Map, Value};

/// Most mistakes that are told at once.
const MAX_PROBLEMS: usize = 50;

/// What a condition may use.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// Fields that there are.
    pub fields: &'a Fields,
    /// Whether somebody asks whenever it is evaluated: without, `is_me` and
    /// its like are refused.
    pub has_actor: bool,
    /// Whether it is evaluated in memory: without, texts in CEL are refused.
    pub has_cel: bool,
}

/// Reads the text of a condition.
///
/// # Errors
/// Every mistake, each with its place.
pub fn read_text(text: &str, terms: Terms<'_>) -> Result<Condition, Vec<Problem>> {
    let value = serde_json::from_str(text).map_err(|error| {
        let message = format!("this is no JSON: {error}");
        vec![problem(
            "",
            "malformed",
            message,
            Some("write {\"version\": 1, \"all\": [...]}"),
        )]
    })?;
    read(&value, terms)
}

/// Reads a condition: `{"version": 1, "all": [...]}`.
///
/// # Errors
/// Every mistake, each with its place.
pub fn read(value: &Value, terms: Terms<'_>) -> Result<Condition, Vec<Problem>> {
    let mut reader = Reader {
        terms,
        tests: 0,
        cels: 0,
        groups: 0,
        problems: Vec::new(),
    };
    let root = reader.root(value);
    match root {
        Some(root) if reader.problems.is_empty() => Ok(Condition { root }),
        _ => {
            reader.problems.truncate(MAX_PROBLEMS);
            Err(reader.problems)
        }
    }
}

fn problem(
    pointer: impl Into<String>,
    code: &'static str,
    message: impl Into<String>,
    hint: Option<&str>,
) -> Problem {
    Problem {
        pointer: pointer.into(),
        code,
        message: message.into(),
        hint: hint.map(str::to_owned),
        place: None,
    }
}

struct Reader<'a> {
    terms: Terms<'a>,
    tests: usize,
    cels: usize,
    groups: usize,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn wrong(
        &mut self,
        pointer: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
        hint: Option<&str>,
    ) {
        self.problems.push(problem(pointer, code, message, hint));
    }

    fn root(&mut self, value: &Value) -> Option<Node> {
        let Some(form) = value.as_object() else {
            let hint = "write {\"version\": 1, \"all\": [...]}";
            self.wrong("", "wrong_type", "a condition is an object", Some(hint));
            return None;
        };
        match form.get("version") {
            None => self.wrong(
                "/version",
                "required",
                "the version is missing",
                Some("write \"version\": 1"),
            ),
            Some(version) if version.as_i64() == Some(VERSION) => {}
            Some(version) => {
                let message = format!("version {} is not known", shown(version));
                self.wrong("/version", "unknown_value", message, Some("write 1"));
            }
        }
        self.group(form, "", 1)
    }

    /// A group; a root has its version besides.
    fn group(&mut self, form: &Map<String, Value>, at: &str, depth: usize) -> Option<Node> {
        self.groups += 1;
        if depth > MAX_DEPTH || self.groups > MAX_GROUPS {
            let (code, message) = if depth > MAX_DEPTH {
                ("too_deep", format!("groups nest at most {MAX_DEPTH} deep"))
            } else {
                (
                    "too_many",
                    format!("a condition has at most {MAX_GROUPS} groups"),
                )
            };
            self.wrong(at, code, message, Some("merge groups that say the same"));
            return None;
        }
        self.unknown_keys(form, at, depth == 1);
        let mut kinds = Quantifier::ALL
            .iter()
            .filter(|(key, _)| form.contains_key(*key));
        let (Some((key, quantifier)), None) = (kinds.next(), kinds.next()) else {
            let message = "a group has exactly one of all, any and none";
            self.wrong(
                at,
                "one_of",
                message,
                Some("put one group inside the other"),
            );
            return None;
        };
        let at = format!("{at}/{key}");
        let Some(parts) = form.get(*key).and_then(Value::as_array) else {
            self.wrong(
                at,
                "wrong_type",
                "a group holds a list",
                Some("write [...]"),
            );
            return None;
        };
        if parts.is_empty() && !(depth == 1 && *quantifier == Quantifier::All) {
            let hint = "add a test, or take the group away; {\"version\": 1, \"all\": []} is true of every ticket";
            self.wrong(at, "empty", "this group is empty", Some(hint));
            return None;
        }
        let read: Vec<Option<Node>> = parts
            .iter()
            .enumerate()
            .take(MAX_TESTS + MAX_GROUPS + 1)
            .map(|(i, part)| self.part(part, &format!("{at}/{i}"), depth))
            .collect();
        let read: Option<Vec<Node>> = read.into_iter().collect();
        Some(Node::Group(*quantifier, read?))
    }

    fn unknown_keys(&mut self, form: &Map<String, Value>, at: &str, is_root: bool) {
        let mut known = vec!["all", "any", "none"];
        if is_root {
            known.push("version");
        }
        self.keys(form, at, &known);
    }

    fn keys(&mut self, form: &Map<String, Value>, at: &str, known: &[&str]) {
        for key in form.keys().filter(|key| !known.contains(&key.as_str())) {
            let hint = did_you_mean(key, known.iter().copied()).map_or_else(
                || format!("known are {}", known.join(", ")),
                |near| format!("did you mean {near}?"),
            );
            let place = format!("{at}/{}", escaped(key));
            let message = format!("'{}' is not known here", cut(key));
            self.wrong(place, "unknown_key", message, Some(&hint));
        }
    }

    fn part(&mut self, part: &Value, at: &str, depth: usize) -> Option<Node> {
        let Some(form) = part.as_object() else {
            let hint =
                "write {\"field\": ..., \"op\": ..., \"value\": ...}, {\"cel\": ...} or a group";
            self.wrong(
                at,
                "wrong_type",
                "this is neither a test nor a group",
                Some(hint),
            );
            return None;
        };
        let is_group = Quantifier::ALL
            .iter()
            .any(|(key, _)| form.contains_key(*key));
        if is_group && !form.contains_key("field") {
            return self.group(form, at, depth + 1);
        }
        self.tests += 1;
        if self.tests > MAX_TESTS {
            if self.tests == MAX_TESTS + 1 {
                let message = format!("a condition has at most {MAX_TESTS} tests");
                self.wrong(
                    at,
                    "too_many",
                    message,
                    Some("use in with a list of values"),
                );
            }
            return None;
        }
        if form.contains_key("cel") && !form.contains_key("field") {
            return self.cel(form, at).map(Node::Cel);
        }
        self.test(form, at).map(Node::Test)
    }

    fn cel(&mut self, form: &Map<String, Value>, at: &str) -> Option<Cel> {
        self.keys(form, at, &["cel"]);
        let text = self.word(form, at, "cel")?;
        let at = format!("{at}/cel");
        self.cels += 1;
        if !self.terms.has_cel {
            let message = "CEL is not known to lists, views, reports and exports";
            let hint = "say it with tests of fields; policies know CEL";
            self.wrong(at, "cel_not_here", message, Some(hint));
            return None;
        }
        if self.cels > MAX_CEL {
            let message = format!("a condition has at most {MAX_CEL} texts in CEL");
            self.wrong(at, "too_many", message, Some("join them with && or ||"));
            return None;
        }
        let read = Cel::read(text, self.terms.fields, &at);
        read.map_err(|problems| self.problems.extend(problems)).ok()
    }

    fn test(&mut self, form: &Map<String, Value>, at: &str) -> Option<Test> {
        self.keys(form, at, &["field", "op", "value"]);
        let field = self.field(form, at)?;
        let operator = self.operator(form, at, &field)?;
        let operand = self.operand(form, at, &field, operator)?;
        Some(Test {
            field,
            operator,
            operand,
        })
    }

    fn word<'v>(&mut self, form: &'v Map<String, Value>, at: &str, key: &str) -> Option<&'v str> {
        let text = form.get(key).and_then(Value::as_str);
        if text.is_none() {
            let code = if form.contains_key(key) {
                "wrong_type"
            } else {
                "required"
            };
            self.wrong(
                format!("{at}/{key}"),
                code,
                format!("{key} is a word"),
                None,
            );
        }
        text
    }

    fn field(&mut self, form: &Map<String, Value>, at: &str) -> Option<FieldRef> {
        let name = self.word(form, at, "field")?;
        let found = self.terms.fields.find(name);
        if found.is_none() {
            let hint = self
                .terms
                .fields
                .near(name)
                .map(|near| format!("did you mean {near}?"));
            let hint =
                hint.unwrap_or_else(|| "GET /api/v1/expressions/fields lists them".to_owned());
            let message = format!("there is no field '{}'", cut(name));
            self.wrong(format!("{at}/field"), "unknown_field", message, Some(&hint));
        }
        found
    }

    fn operator(
        &mut self,
        form: &Map<String, Value>,
        at: &str,
        field: &FieldRef,
    ) -> Option<Operator> {
        let word = self.word(form, at, "op")?;
        let known = field.value_type().operators(field.can_be_empty());
        let usable: Vec<Operator> = known
            .into_iter()
            .filter(|op| self.terms.has_actor || !op.needs_actor())
            .collect();
        let at = format!("{at}/op");
        let found = word.parse::<Operator>().ok();
        if let Some(operator) = found.filter(|op| usable.contains(op)) {
            return Some(operator);
        }
        let words: Vec<&str> = usable.iter().map(|op| op.as_str()).collect();
        let name = field.name();
        let (code, message) = match found {
            Some(op) if op.needs_actor() && !self.terms.has_actor => (
                "no_actor",
                format!("nobody asks here, so {} means nothing", op.as_str()),
            ),
            Some(op) => (
                "wrong_operator",
                format!("{} does not fit {name}", op.as_str()),
            ),
            None => (
                "unknown_operator",
                format!("there is no operator '{}'", cut(word)),
            ),
        };
        let hint = did_you_mean(word, words.iter().copied()).filter(|_| found.is_none());
        let hint = hint.map_or_else(
            || format!("{name} takes {}", words.join(", ")),
            |near| format!("did you mean {near}?"),
        );
        self.wrong(at, code, message, Some(&hint));
        None
    }

    fn operand(
        &mut self,
        form: &Map<String, Value>,
        at: &str,
        field: &FieldRef,
        operator: Operator,
    ) -> Option<Operand> {
        let at = format!("{at}/value");
        let word = operator.as_str();
        match (form.get("value"), operator.takes()) {
            (None, Takes::Nothing) => Some(Operand::Nothing),
            (Some(_), Takes::Nothing) => {
                let message = format!("{word} takes no value");
                self.wrong(at, "unexpected", message, Some("leave value out"));
                None
            }
            (None, _) => {
                let message = format!("{word} needs a value");
                self.wrong(at, "required", message, None);
                None
            }
            (Some(value), takes) => {
                let words = self.terms.fields.words(field);
                let read = value::read(value, &at, field, takes, &words);
                read.map_err(|problems| self.problems.extend(problems)).ok()
            }
        }
    }
}

/// A key inside a JSON Pointer.
fn escaped(key: &str) -> String {
    cut(key).replace('~', "~0").replace('/', "~1")
}

/// The beginning of a text that came in.
fn cut(text: &str) -> String {
    text.chars().take(64).collect()
}

/// A value as it came in, shortened.
fn shown(value: &Value) -> String {
    cut(&value.to_string())
}
