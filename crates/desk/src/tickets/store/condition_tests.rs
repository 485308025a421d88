//! Conditions say the same in SQL and in memory.

use super::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;
use steward_db::time::to_db;
use steward_domain::expr::Facts;
use steward_domain::expr::model::{
    Condition, Field, FieldRef, Node, Operand, Operator, Quantifier, Takes, Test, Type,
};
use steward_domain::expr::predicate::{Context, Predicate, bind};
use steward_identity::users::dto::UserInput;
use steward_identity::{organizations, teams, users};
use steward_kernel::Instant;
use steward_kernel::id::TeamId;
use steward_platform::clock;
use steward_testkit::TestApp;

/// Letters with one case, two, three, and those that patterns could misread.
const LETTERS: &str = "aAkK\u{212a}éÉßẞσΣςİiıI%_*?[]^-\\.+(){}|$'\" \n日😀";

struct World {
    organization: OrganizationId,
    people: Vec<Uuid>,
    teams: Vec<Uuid>,
    departments: Vec<Uuid>,
    sites: Vec<Uuid>,
    now: Instant,
}

impl World {
    fn ids(&self, kind: Type) -> Vec<Uuid> {
        match kind {
            Type::Team => self.teams.clone(),
            Type::Department => self.departments.clone(),
            Type::Site => self.sites.clone(),
            _ => self.people.clone(),
        }
    }

    /// Instants at the edges of the lengths of time that tests use.
    fn instants(&self) -> Vec<Instant> {
        let hours = [0_i64, 1, 24, 48];
        let edges = [-1_000_000_i64, -1, 0, 1, 500_000];
        let each = hours
            .iter()
            .flat_map(|hour| edges.iter().map(move |edge| -hour * 3_600_000_000 + edge));
        each.map(|us| Instant::from_microsecond(self.now.as_microsecond() + us).expect("in range"))
            .collect()
    }
}

async fn world(t: &TestApp) -> World {
    let now = clock::now();
    let organization = organizations::service::ensure(&t.app, "Acme", now)
        .await
        .expect("made");
    let installed = crate::sla::default_calendar(&t.app, organization).await;
    installed.expect("policies").expect("a calendar");
    let mut people = Vec::new();
    for name in ["ada", "bob", "cleo"] {
        let input = UserInput {
            email: format!("{name}@acme.example"),
            username: None,
            first_name: name.to_owned(),
            last_name: String::new(),
            password: "violet-tractor-93-moon".to_owned(),
            roles: None,
        };
        people.push(
            users::service::add(&t.app, organization, input, now)
                .await
                .expect("made"),
        );
    }
    let mut made = Vec::new();
    for name in ["Network", "Desk"] {
        made.push(
            teams::service::add(&t.app, organization, name, "", now)
                .await
                .expect("made"),
        );
    }
    let (departments, sites) = (
        vec![clock::new_id(), clock::new_id()],
        vec![clock::new_id()],
    );
    let at = to_db(now);
    for id in &departments {
        let sql =
            "INSERT INTO departments (id, organization_id, name, version, created_at, updated_at)
            VALUES ($1, $2, $3, 1, $4, $4)";
        let done = t
            .app
            .db
            .execute(sql, values![*id, organization.0, id.to_string(), at]);
        done.await.expect("made");
    }
    let sql =
        "INSERT INTO sites (id, organization_id, name, address, version, created_at, updated_at)
        VALUES ($1, $2, 'Site', '', 1, $3, $3)";
    t.app
        .db
        .execute(sql, values![sites[0], organization.0, at])
        .await
        .expect("made");
    let sql = "UPDATE users SET department_id = $2, site_id = $3, manager_id = $4 WHERE id = $1";
    for (i, department, site, manager) in [
        (0, Some(departments[0]), Some(sites[0]), Some(people[1])),
        (1, Some(departments[1]), None, None),
    ] {
        let done = t
            .app
            .db
            .execute(sql, values![people[i], department, site, manager]);
        done.await.expect("changed");
    }
    World {
        organization,
        people,
        teams: made,
        departments,
        sites,
        now,
    }
}

fn draw<S: Strategy>(runner: &mut TestRunner, from: S) -> S::Value {
    from.new_tree(runner).expect("a value").current()
}

fn pick<T: Clone + std::fmt::Debug + 'static>(runner: &mut TestRunner, from: &[T]) -> T {
    draw(runner, prop::sample::select(from.to_vec()))
}

/// None in a third of all cases.
fn maybe<T: Clone + std::fmt::Debug + 'static>(runner: &mut TestRunner, from: &[T]) -> Option<T> {
    (draw(runner, 0..3_u8) > 0).then(|| pick(runner, from))
}

fn text(runner: &mut TestRunner, length: std::ops::Range<usize>) -> String {
    let letters: Vec<char> = LETTERS.chars().collect();
    let all = draw(
        runner,
        prop::collection::vec(prop::sample::select(letters), length),
    );
    all.into_iter().collect()
}

/// A custom field of every type.
const CUSTOM: &[(&str, Type)] = &[
    ("note", Type::Text),
    ("plan", Type::Word),
    ("parts", Type::Tags),
    ("seats", Type::Number),
    ("signed", Type::Flag),
    ("owner", Type::Person),
    ("ends", Type::Instant),
];
const PLANS: &[&str] = &["gold", "silver"];

/// Values as the rules of custom fields keep them: what is empty is left out.
fn custom_values(world: &World, runner: &mut TestRunner) -> serde_json::Value {
    let mut all = serde_json::Map::new();
    let a_note = text(runner, 1..9);
    let numbers = [-2.5, -1.0, 0.0, 1.0, 1.5, 3.0, 4.0, 1e300];
    for (key, value_type) in CUSTOM {
        let value = match value_type {
            Type::Text => maybe(runner, std::slice::from_ref(&a_note)).map(Into::into),
            Type::Word => maybe(runner, PLANS).map(Into::into),
            Type::Tags => {
                let some = draw(
                    runner,
                    prop::collection::vec(prop::sample::select(TAGS), 0..3),
                );
                (!some.is_empty()).then(|| serde_json::json!(some))
            }
            Type::Number => maybe(runner, &numbers).map(|n| serde_json::json!(n)),
            Type::Flag => maybe(runner, &[true, false]).map(Into::into),
            Type::Person => maybe(runner, &world.people).map(|id| serde_json::json!(id)),
            _ => {
                let days = world.instants();
                let day = |at: Instant| at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
                maybe(runner, &days).map(|at| day(at).into())
            }
        };
        all.extend(value.map(|value: serde_json::Value| ((*key).to_owned(), value)));
    }
    serde_json::Value::Object(all)
}

/// The tags that tickets and tests have.
const TAGS: &[&str] = &["vpn", "VPN", "a\"b", "ü", "100%", "a\\b"];

async fn insert_random(t: &TestApp, world: &World, runner: &mut TestRunner) {
    let some_tags = draw(
        runner,
        prop::collection::vec(prop::sample::select(TAGS), 0..3),
    );
    let instants = world.instants();
    let (created, updated) = (pick(runner, &instants), pick(runner, &instants));
    let word = |field: Field, runner: &mut TestRunner| pick(runner, &field.words());
    let later = |runner: &mut TestRunner| maybe(runner, &instants).map(to_db);
    let some_category = text(runner, 1..4);
    let category = maybe(runner, &[some_category, String::new()]);
    let id = clock::new_id();
    let values = values![
        id,
        world.organization.0,
        word(Field::Kind, runner),
        clock::new_id().to_string(),
        text(runner, 1..9),
        text(runner, 0..9),
        word(Field::Status, runner),
        word(Field::Priority, runner),
        word(Field::Impact, runner),
        word(Field::Urgency, runner),
        pick(runner, &world.people),
        maybe(runner, &world.people),
        maybe(runner, &world.people),
        maybe(runner, &world.teams),
        category,
        maybe(runner, &["x".to_owned(), "X".to_owned()]),
        serde_json::json!(some_tags),
        word(Field::Source, runner),
        maybe(runner, &Field::ResolutionCode.words()).map(str::to_owned),
        draw(runner, 0..4_i32),
        later(runner),
        later(runner),
        later(runner),
        to_db(created),
        to_db(updated),
        draw(runner, any::<bool>()),
        draw(runner, 0..4_i32),
        draw(runner, 0..4_i32),
        custom_values(world, runner)
    ];
    let marks: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "INSERT INTO tickets (id, organization_id, kind, number, title, description, status, priority, impact, urgency,
           requester_id, requested_for_id, assignee_id, team_id, category, subcategory, tags, source, resolution_code,
           reopened_count, first_response_at, resolved_at, closed_at, created_at, updated_at, is_major,
           escalation_level, reassignment_count, custom_fields, version) VALUES ({}, 1)",
        marks.join(", ")
    );
    t.app.db.execute(&sql, values).await.expect("inserted");
    insert_clocks(t, world, id, runner).await;
}

async fn id_of<E: Executor>(db: &E, sql: &str) -> Uuid {
    let row: Option<Id> = db.optional(sql, values![]).await.expect("a row");
    row.expect("a row").id
}

/// Clocks in every state, and what the ticket shows of them.
async fn insert_clocks(t: &TestApp, world: &World, ticket: Uuid, runner: &mut TestRunner) {
    let policy = id_of(&t.app.db, "SELECT id FROM sla_policy_versions LIMIT 1").await;
    let calendar = id_of(&t.app.db, "SELECT id FROM sla_calendar_versions LIMIT 1").await;
    let mut shown = Vec::new();
    for (agreement, metric) in [
        ("sla", "response"),
        ("sla", "resolution"),
        ("ola", "resolution"),
    ] {
        let Some(mode) = maybe(runner, &["running", "paused", "met", "cancelled"]) else {
            continue;
        };
        let breached_at = maybe(runner, &world.instants()).map(to_db);
        let sql = "INSERT INTO sla_clocks (id, organization_id, ticket_id, agreement, metric, policy_version_id,
             calendar_version_id, target_seconds, mode, started_at, as_of, consumed_us, breached_at, fired, legs)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 60, $8, $9, $9, 0, $10, 0, $11)";
        let values = values![
            clock::new_id(),
            world.organization.0,
            ticket,
            agreement,
            metric,
            policy,
            calendar,
            mode,
            to_db(world.now),
            breached_at,
            serde_json::json!([])
        ];
        t.app.db.execute(sql, values).await.expect("inserted");
        if mode != "cancelled" || breached_at.is_some() {
            shown.push(serde_json::json!({
                "agreement": agreement, "metric": metric, "mode": mode, "breached_at": breached_at,
            }));
        }
    }
    let sql = "UPDATE tickets SET sla = $2 WHERE id = $1";
    let done = t
        .app
        .db
        .execute(sql, values![ticket, serde_json::json!(shown)]);
    done.await.expect("shown");
}

/// Every field of tickets, and the custom ones.
fn fields() -> Vec<FieldRef> {
    let own = Field::ALL.iter().map(|field| FieldRef::Own(*field));
    let custom = CUSTOM.iter().map(|(key, value_type)| FieldRef::Custom {
        key: (*key).to_owned(),
        value_type: *value_type,
    });
    own.chain(custom).collect()
}

fn words(field: &FieldRef) -> Vec<&'static str> {
    match field {
        FieldRef::Own(field) => field.words(),
        FieldRef::Custom { .. } => PLANS.to_vec(),
    }
}

/// Instants of tests: those of the tickets, and the days that they are on.
fn bounds(world: &World) -> Vec<Instant> {
    let mut all = world.instants();
    let utc = jiff::tz::TimeZone::UTC;
    let day = |at: Instant| at.to_zoned(utc.clone()).start_of_day().expect("a day");
    let days: Vec<Instant> = all.iter().map(|at| day(*at).timestamp()).collect();
    all.extend(days);
    all
}

fn operand(
    world: &World,
    field: &FieldRef,
    operator: Operator,
    runner: &mut TestRunner,
) -> Operand {
    let takes = operator.takes();
    let many = if takes == Takes::List {
        draw(runner, 1..4_usize)
    } else {
        1
    };
    match (takes, field.value_type()) {
        (Takes::Nothing, _) => Operand::Nothing,
        (Takes::Duration, _) => Operand::Minutes(pick(runner, &[60, 24 * 60, 48 * 60, 7])),
        (_, Type::Word) => {
            let words = words(field);
            Operand::Texts((0..many).map(|_| pick(runner, &words).to_owned()).collect())
        }
        (_, Type::Tags) => {
            Operand::Texts((0..many).map(|_| pick(runner, TAGS).to_owned()).collect())
        }
        (_, Type::Text) => Operand::Texts((0..many).map(|_| text(runner, 1..3)).collect()),
        (_, kind @ (Type::Person | Type::Team | Type::Department | Type::Site)) => {
            let mut known = world.ids(kind);
            known.push(Uuid::from_u128(1));
            Operand::Ids((0..many).map(|_| pick(runner, &known)).collect())
        }
        (_, Type::Number) => Operand::Number(draw(runner, -1..5_i64)),
        (_, Type::Flag) => Operand::Flag(draw(runner, any::<bool>())),
        (_, Type::Instant) => Operand::At(pick(runner, &bounds(world))),
    }
}

fn test(world: &World, field: &FieldRef, operator: Operator, runner: &mut TestRunner) -> Node {
    Node::Test(Test {
        field: field.clone(),
        operator,
        operand: operand(world, field, operator, runner),
    })
}

fn tree(world: &World, depth: u8, runner: &mut TestRunner) -> Node {
    if depth > 0 && (depth == 4 || draw(runner, 0..5_u8) < 2) {
        let quantifier = pick(
            runner,
            &[Quantifier::All, Quantifier::Any, Quantifier::None],
        );
        let parts = draw(runner, 1..4_usize);
        return Node::Group(
            quantifier,
            (0..parts).map(|_| tree(world, depth - 1, runner)).collect(),
        );
    }
    let field = pick(runner, &fields());
    let operator = pick(runner, &field.value_type().operators(field.can_be_empty()));
    test(world, &field, operator, runner)
}

/// Every operator of every field several times, then random trees.
fn conditions(world: &World, runner: &mut TestRunner) -> Vec<Condition> {
    let mut all = Vec::new();
    for field in fields() {
        for operator in field.value_type().operators(field.can_be_empty()) {
            let times = if field.value_type() == Type::Text {
                8
            } else {
                2
            };
            for _ in 0..times {
                let part = test(world, &field, operator, runner);
                all.push(Node::Group(Quantifier::All, vec![part]));
            }
        }
    }
    all.extend((0..120).map(|_| tree(world, 4, runner)));
    all.into_iter().map(|root| Condition { root }).collect()
}

#[derive(Debug, FromQueryResult)]
struct Id {
    id: Uuid,
}

async fn found(t: &TestApp, predicate: &Predicate) -> BTreeSet<Uuid> {
    let (clause, values) = condition(t.app.db.engine(), predicate).expect("no CEL");
    let mut filter = Filter::default();
    filter.and(&clause, values);
    let sql = format!("SELECT t.id FROM tickets t WHERE {}", filter.sql());
    let rows: Vec<Id> = t
        .app
        .db
        .all(&sql, filter.values())
        .await
        .unwrap_or_else(|e| panic!("{e:?}: {sql}"));
    rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn conditions_in_sql_and_in_memory_agree() {
    for t in &steward_testkit::apps().await {
        let mut runner = TestRunner::deterministic();
        let world = world(t).await;
        for _ in 0..120 {
            insert_random(t, &world, &mut runner).await;
        }
        let rows: Vec<TicketRow> = t
            .app
            .db
            .all(&format!("{COLUMNS} FROM tickets t {JOINS}"), values![])
            .await
            .expect("rows");
        assert_eq!(rows.len(), 120);
        let all: BTreeSet<Uuid> = rows.iter().map(|row| row.id).collect();
        let facts: Vec<(Uuid, Facts)> = rows.iter().map(|row| (row.id, row.facts())).collect();
        let mine: Vec<TeamId> = vec![world.teams[0].into()];
        let (mut some, mut telling) = (0, 0);
        for condition in conditions(&world, &mut runner) {
            let asks = condition
                .tests()
                .iter()
                .any(|(_, test)| test.operator.needs_actor());
            let ada = (Some(world.people[0].into()), mine.as_slice());
            let nobody = asks.then_some((None, [].as_slice()));
            for (me, my_teams) in std::iter::once(ada).chain(nobody) {
                let context = Context {
                    me,
                    my_teams,
                    now: world.now,
                };
                let predicate = bind(&condition, context);
                let matching = facts.iter().filter(|(_, facts)| predicate.matches(facts));
                let expected: BTreeSet<Uuid> = matching.map(|(id, _)| *id).collect();
                let (engine, shown) = (t.engine, condition.to_json());
                assert_eq!(found(t, &predicate).await, expected, "{engine}: {shown}");
                let contrary = found(t, &Predicate::Not(Box::new(predicate))).await;
                assert_eq!(contrary, &all - &expected, "{engine}: not {shown}");
                some += 1;
                telling += usize::from(!expected.is_empty() && expected.len() < rows.len());
            }
        }
        // A test over conditions that match all or nothing would prove little.
        assert!(
            telling * 2 > some,
            "{telling} of {some} conditions tell tickets apart"
        );
    }
}
