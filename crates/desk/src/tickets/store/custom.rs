//! Conditions over custom fields as SQL: what a ticket has in its JSON.

use super::condition::{one_of, pattern, sign};
use jiff::ToSpan;
use jiff::tz::TimeZone;
use steward_db::{Engine, Value, values};
use steward_domain::expr::model::Type;
use steward_domain::expr::predicate::{Atom, Order};
use steward_kernel::Instant;

/// One thing to know of the field with this key, as a clause that is true or
/// false of every ticket. A value of another JSON type is no value.
pub(super) fn atom(
    engine: Engine,
    key: &str,
    value_type: Type,
    atom: &Atom,
) -> (String, Vec<Value>) {
    // The rule for keys lets nothing through that would mean more than itself.
    let key: String = key
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    let field = Place { engine, key };
    let is_there = field.is_there(value_type);
    let no = match engine {
        Engine::Sqlite => "0",
        Engine::Postgres => "false",
    };
    let (holds, values) = match (atom, value_type) {
        (Atom::Empty, Type::Text | Type::Word) => (format!("{} <> ''", field.text()), values![]),
        (Atom::Empty, Type::Tags) => (format!("{} > 0", field.length()), values![]),
        (Atom::Empty, _) => return (format!("NOT ({is_there})"), values![]),
        (atom, _) => field.holds(atom),
    };
    // CASE looks at the value only where it is of its type.
    let clause = format!("(CASE WHEN {is_there} THEN {holds} ELSE {no} END)");
    if *atom == Atom::Empty {
        (format!("NOT {clause}"), values)
    } else {
        (clause, values)
    }
}

/// Where the value of a key stands.
struct Place {
    engine: Engine,
    key: String,
}

/// Dialect forks: the two engines reach into JSON by different words.
impl Place {
    fn is_there(&self, value_type: Type) -> String {
        let key = &self.key;
        match self.engine {
            Engine::Sqlite => {
                let types = match value_type {
                    Type::Number => "'integer', 'real'",
                    Type::Flag => "'true', 'false'",
                    Type::Tags => "'array'",
                    _ => "'text'",
                };
                // Null is in no list, and must not make the whole unknown.
                format!("coalesce(json_type(t.custom_fields, '$.{key}'), 'null') IN ({types})")
            }
            Engine::Postgres => {
                let is = match value_type {
                    Type::Number => "number",
                    Type::Flag => "boolean",
                    Type::Tags => "array",
                    _ => "string",
                };
                format!("coalesce(jsonb_typeof(t.custom_fields -> '{key}'), 'null') = '{is}'")
            }
        }
    }

    fn text(&self) -> String {
        match self.engine {
            Engine::Sqlite => format!("json_extract(t.custom_fields, '$.{}')", self.key),
            Engine::Postgres => format!("(t.custom_fields ->> '{}')", self.key),
        }
    }

    fn cast(&self, to: &str) -> String {
        match self.engine {
            Engine::Sqlite => self.text(),
            Engine::Postgres => format!("{}::{to}", self.text()),
        }
    }

    fn length(&self) -> String {
        let key = &self.key;
        match self.engine {
            Engine::Sqlite => format!("json_array_length(t.custom_fields, '$.{key}')"),
            Engine::Postgres => format!("jsonb_array_length(t.custom_fields -> '{key}')"),
        }
    }

    fn holds(&self, atom: &Atom) -> (String, Vec<Value>) {
        match atom {
            Atom::Empty => ("1 = 0".to_owned(), values![]),
            Atom::Text(texts) => one_of(&self.text(), texts.iter().cloned()),
            Atom::Id(ids) => one_of(&self.text(), ids.iter().map(ToString::to_string)),
            Atom::Contains(text) => pattern(self.engine, &self.text(), text, false),
            Atom::StartsWith(text) => pattern(self.engine, &self.text(), text, true),
            Atom::Tagged(tags) => self.tagged(tags),
            Atom::Number(order, number) => {
                let clause = format!("{} {} ?", self.cast("numeric"), sign(*order));
                (clause, values![*number])
            }
            Atom::Flag(flag) => (format!("{} = ?", self.cast("boolean")), values![*flag]),
            Atom::Instant(order, at) => self.day(*order, *at),
        }
    }

    fn tagged(&self, tags: &[String]) -> (String, Vec<Value>) {
        let key = &self.key;
        let (each, value): (String, fn(&String) -> Value) = match self.engine {
            Engine::Sqlite => (
                format!(
                    "EXISTS (SELECT 1 FROM json_each(t.custom_fields, '$.{key}') j WHERE j.value = ?)"
                ),
                |tag| tag.clone().into(),
            ),
            Engine::Postgres => (format!("(t.custom_fields -> '{key}') @> ?"), |tag| {
                serde_json::json!([tag]).into()
            }),
        };
        let clauses = vec![each; tags.len()].join(" OR ");
        (format!("({clauses})"), tags.iter().map(value).collect())
    }

    /// A day counts as its first instant in UTC. Days are written so that
    /// their texts have their order.
    fn day(&self, order: Order, at: Instant) -> (String, Vec<Value>) {
        let day = at.to_zoned(TimeZone::UTC).date();
        let is_midnight = day
            .to_zoned(TimeZone::UTC)
            .is_ok_and(|start| start.timestamp() == at);
        let first_after = day.checked_add(1.day()).unwrap_or(day);
        let bound = match order {
            // Of the days, those before an instant within a day are those
            // before the next one.
            Order::Less | Order::AtLeast if !is_midnight => first_after,
            Order::Equal if !is_midnight => return ("1 = 0".to_owned(), values![]),
            _ => day,
        };
        let text = match self.engine {
            Engine::Sqlite => self.text(),
            Engine::Postgres => format!("{} COLLATE \"C\"", self.text()),
        };
        (
            format!("{text} {} ?", sign(order)),
            values![bound.to_string()],
        )
    }
}
