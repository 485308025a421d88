//! Conditions as SQL over `tickets t`, and what they look at in a row. Their
//! twin in memory is `Predicate::matches`; a test proves that the two agree.

use super::{TicketRow, custom, tagged};
use chrono::{DateTime, Utc};
use steward_db::{Engine, Value, time::from_db, time::to_db, values};
use steward_domain::custom_fields::conditions::tell;
use steward_domain::expr::model::{Field, FieldRef, Type};
use steward_domain::expr::predicate::{Atom, Order};
use steward_domain::expr::{Fact, Facts, Predicate, same_letters};
use steward_kernel::{Error, Result};
use uuid::Uuid;

/// A clause for a `Filter`: `?` for each of the values. It is true or false
/// of every row, never unknown, so it can be negated.
///
/// # Errors
/// When the predicate holds CEL: ask for one that is `widened`, and look at
/// the rows that are found.
pub fn condition(engine: Engine, predicate: &Predicate) -> Result<(String, Vec<Value>)> {
    if predicate.has_cel() {
        return Err(Error::internal("a condition with CEL was asked as SQL"));
    }
    let mut clause = Clause {
        engine,
        sql: String::new(),
        values: Vec::new(),
    };
    clause.predicate(predicate);
    Ok((clause.sql, clause.values))
}

struct Clause {
    engine: Engine,
    sql: String,
    values: Vec<Value>,
}

impl Clause {
    fn predicate(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::All(parts) => self.joined(parts, " AND ", "1 = 1"),
            Predicate::Any(parts) => self.joined(parts, " OR ", "1 = 0"),
            Predicate::Not(part) => {
                self.sql.push_str("NOT (");
                self.predicate(part);
                self.sql.push(')');
            }
            Predicate::Atom(FieldRef::Own(field), atom) => self.atom(*field, atom),
            Predicate::Atom(FieldRef::Custom { key, value_type }, atom) => {
                let (text, values) = custom::atom(self.engine, key, *value_type, atom);
                self.sql.push_str(&text);
                self.values.extend(values);
            }
            // Refused above. Nothing rather than everything, if it were not.
            Predicate::Cel(..) => self.sql.push_str("1 = 0"),
        }
    }

    fn joined(&mut self, parts: &[Predicate], word: &str, empty: &str) {
        if parts.is_empty() {
            self.sql.push_str(empty);
        }
        for (i, part) in parts.iter().enumerate() {
            self.sql.push_str(if i == 0 { "(" } else { word });
            self.predicate(part);
        }
        if !parts.is_empty() {
            self.sql.push(')');
        }
    }

    fn atom(&mut self, field: Field, atom: &Atom) {
        let (column, is_of_requester) = column(field);
        let (mut text, values) = self.comparison(field, column, atom);
        if field.can_be_empty() && *atom != Atom::Empty {
            text = format!("{column} IS NOT NULL AND {text}");
        }
        if is_of_requester {
            text = format!("EXISTS (SELECT 1 FROM users u WHERE u.id = t.requester_id AND {text})");
        }
        self.sql.push_str(&format!("({text})"));
        self.values.extend(values);
    }

    /// Dialect forks: the length of a JSON list, and patterns (`GLOB` on
    /// SQLite, a regular expression on PostgreSQL).
    fn comparison(&self, field: Field, column: &str, atom: &Atom) -> (String, Vec<Value>) {
        match atom {
            Atom::Empty => match (field.value_type(), self.engine) {
                (Type::Tags, Engine::Sqlite) => {
                    (format!("json_array_length({column}) = 0"), values![])
                }
                (Type::Tags, Engine::Postgres) => {
                    (format!("jsonb_array_length({column}) = 0"), values![])
                }
                (Type::Text, _) => (format!("({column} IS NULL OR {column} = '')"), values![]),
                _ => (format!("{column} IS NULL"), values![]),
            },
            Atom::Text(texts) => one_of(column, texts.iter().cloned()),
            Atom::Id(ids) => one_of(column, ids.iter().copied()),
            Atom::Contains(text) => pattern(self.engine, column, text, false),
            Atom::StartsWith(text) => pattern(self.engine, column, text, true),
            Atom::Tagged(tags) => {
                let each = tags.iter().map(|tag| tagged(self.engine, tag));
                let (texts, values): (Vec<&str>, Vec<Value>) = each.unzip();
                (format!("({})", texts.join(" OR ")), values)
            }
            Atom::Number(order, number) => {
                (format!("{column} {} ?", sign(*order)), values![*number])
            }
            Atom::Flag(flag) => (format!("{column} = ?"), values![*flag]),
            Atom::Instant(order, at) => {
                (format!("{column} {} ?", sign(*order)), values![to_db(*at)])
            }
        }
    }
}

/// Whether a text contains another, or begins with it.
pub(super) fn pattern(
    engine: Engine,
    column: &str,
    text: &str,
    is_start: bool,
) -> (String, Vec<Value>) {
    match engine {
        Engine::Sqlite => (format!("{column} GLOB ?"), values![glob(text, is_start)]),
        Engine::Postgres => (format!("{column} ~ ?"), values![regex(text, is_start)]),
    }
}

pub(super) fn one_of<V: Into<Value>>(
    column: &str,
    values: impl Iterator<Item = V>,
) -> (String, Vec<Value>) {
    let values: Vec<Value> = values.map(Into::into).collect();
    if values.is_empty() {
        return ("1 = 0".to_owned(), values);
    }
    let marks = vec!["?"; values.len()].join(", ");
    (format!("{column} IN ({marks})"), values)
}

pub(super) const fn sign(order: Order) -> &'static str {
    match order {
        Order::Equal => "=",
        Order::Less => "<",
        Order::AtMost => "<=",
        Order::Greater => ">",
        Order::AtLeast => ">=",
    }
}

/// A pattern of SQLite in which each letter stands for all of its cases.
fn glob(text: &str, is_start: bool) -> String {
    let mut pattern = String::from(if is_start { "" } else { "*" });
    for c in text.chars() {
        match c {
            '*' | '?' | '[' => pattern.extend(['[', c, ']']),
            _ => letter(&mut pattern, c),
        }
    }
    pattern.push('*');
    pattern
}

/// The same as a regular expression of PostgreSQL.
fn regex(text: &str, is_start: bool) -> String {
    let mut pattern = String::from(if is_start { "^" } else { "" });
    for c in text.chars() {
        if r"\.^$*+?()[]{}|".contains(c) {
            pattern.extend(['\\', c]);
        } else {
            letter(&mut pattern, c);
        }
    }
    pattern
}

fn letter(pattern: &mut String, c: char) {
    let all = same_letters(c);
    if all.len() == 1 {
        pattern.extend(all);
    } else {
        pattern.push('[');
        pattern.extend(all);
        pattern.push(']');
    }
}

/// What came of a promise, as the clock has it; a breach is recorded within a
/// second of its instant.
macro_rules! sla_outcome {
    ($metric:literal) => {
        concat!(
            "(SELECT CASE WHEN k.breached_at IS NOT NULL THEN 'breached' WHEN k.mode = 'met' THEN 'met'
               WHEN k.mode <> 'cancelled' THEN 'open' END FROM sla_clocks k
             WHERE k.ticket_id = t.id AND k.agreement = 'sla' AND k.metric = '",
            $metric,
            "')"
        )
    };
}

/// Of the first answer to the customer.
pub(crate) const SLA_RESPONSE: &str = sla_outcome!("response");
/// Of the resolution for the customer.
pub(crate) const SLA_RESOLUTION: &str = sla_outcome!("resolution");

/// The column of a field, and whether it is one of the requester `u`.
const fn column(field: Field) -> (&'static str, bool) {
    match field {
        Field::Kind => ("t.kind", false),
        Field::Status => ("t.status", false),
        Field::Priority => ("t.priority", false),
        Field::Impact => ("t.impact", false),
        Field::Urgency => ("t.urgency", false),
        Field::Category => ("t.category", false),
        Field::Subcategory => ("t.subcategory", false),
        Field::Team => ("t.team_id", false),
        Field::Assignee => ("t.assignee_id", false),
        Field::Requester => ("t.requester_id", false),
        Field::RequestedFor => ("t.requested_for_id", false),
        Field::RequesterDepartment => ("u.department_id", true),
        Field::RequesterSite => ("u.site_id", true),
        Field::RequesterManager => ("u.manager_id", true),
        Field::Tags => ("t.tags", false),
        Field::Source => ("t.source", false),
        Field::Title => ("t.title", false),
        Field::Description => ("t.description", false),
        Field::ResolutionCode => ("t.resolution_code", false),
        Field::IsMajor => ("t.is_major", false),
        Field::EscalationLevel => ("t.escalation_level", false),
        Field::ReopenedCount => ("t.reopened_count", false),
        Field::ReassignmentCount => ("t.reassignment_count", false),
        Field::SlaResponse => (SLA_RESPONSE, false),
        Field::SlaResolution => (SLA_RESOLUTION, false),
        Field::CreatedAt => ("t.created_at", false),
        Field::UpdatedAt => ("t.updated_at", false),
        Field::FirstResponseAt => ("t.first_response_at", false),
        Field::ResolvedAt => ("t.resolved_at", false),
        Field::ClosedAt => ("t.closed_at", false),
    }
}

impl TicketRow {
    /// What conditions look at.
    pub(crate) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for field in Field::ALL {
            facts.set(FieldRef::Own(*field), self.fact(*field));
        }
        tell(&mut facts, &self.values());
        facts
    }

    /// What came of a promise to the customer, by what the ticket shows.
    fn sla_outcome(&self, metric: &str) -> Option<Fact> {
        let mut shown = self.sla.as_array().into_iter().flatten();
        let clock = shown.find(|c| {
            c.get("agreement").is_some_and(|a| a == "sla")
                && c.get("metric").is_some_and(|m| m == metric)
        })?;
        let word = match clock.get("mode").and_then(|mode| mode.as_str()) {
            _ if clock.get("breached_at").is_some_and(|at| !at.is_null()) => "breached",
            Some("met") => "met",
            Some("cancelled") => return None,
            _ => "open",
        };
        Some(Fact::Text(word.to_owned()))
    }

    fn fact(&self, field: Field) -> Option<Fact> {
        let text = |text: &str| Some(Fact::Text(text.to_owned()));
        let maybe = |text: &Option<String>| text.clone().map(Fact::Text);
        let id = |id: Option<Uuid>| id.map(Fact::Id);
        let number = |number: i32| Some(Fact::Number(number.into()));
        let at = |at: Option<DateTime<Utc>>| at.map(|at| Fact::Instant(from_db(at)));
        match field {
            Field::Kind => text(&self.kind),
            Field::Status => text(&self.status),
            Field::Priority => text(&self.priority),
            Field::Impact => text(&self.impact),
            Field::Urgency => text(&self.urgency),
            Field::Category => maybe(&self.category),
            Field::Subcategory => maybe(&self.subcategory),
            Field::Team => id(self.team_id),
            Field::Assignee => id(self.assignee_id),
            Field::Requester => id(Some(self.requester_id)),
            Field::RequestedFor => id(self.requested_for_id),
            Field::RequesterDepartment => id(self.requester_department_id),
            Field::RequesterSite => id(self.requester_site_id),
            Field::RequesterManager => id(self.requester_manager_id),
            Field::Tags => Some(Fact::Texts(self.tag_list())),
            Field::Source => text(&self.source),
            Field::Title => text(&self.title),
            Field::Description => text(&self.description),
            Field::ResolutionCode => maybe(&self.resolution_code),
            Field::IsMajor => Some(Fact::Flag(self.is_major)),
            Field::EscalationLevel => number(self.escalation_level),
            Field::ReopenedCount => number(self.reopened_count),
            Field::ReassignmentCount => number(self.reassignment_count),
            Field::SlaResponse => self.sla_outcome("response"),
            Field::SlaResolution => self.sla_outcome("resolution"),
            Field::CreatedAt => at(Some(self.created_at)),
            Field::UpdatedAt => at(Some(self.updated_at)),
            Field::FirstResponseAt => at(self.first_response_at),
            Field::ResolvedAt => at(self.resolved_at),
            Field::ClosedAt => at(self.closed_at),
        }
    }
}
