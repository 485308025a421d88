//! Every operation of the document, tried by everyone: generated, so that a
//! new operation is in it by itself. One that needs a record which the world
//! does not have yet fails until `world.rs` makes one.

mod operations;
mod world;

use crate::support::{join, organization};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use steward_domain::identity::roles::SYSTEM_ROLES;
use world::{SECRET, World};

#[tokio::test]
async fn every_operation_has_a_case() {
    let apps = steward_testkit::apps().await;
    let world = World::new(&apps[0], "Acme").await;
    let mut missing = BTreeSet::new();
    for operation in operations::all() {
        let slots = operation.slots();
        missing.extend(
            slots
                .into_iter()
                .filter(|slot| world.id_in_path(slot).is_none()),
        );
    }
    assert!(
        missing.is_empty(),
        "say in sweep/world.rs what these are: {missing:?}"
    );
}

#[tokio::test]
async fn nobody_gets_in_without_a_sign_in() {
    for t in &steward_testkit::apps().await {
        let world = World::new(t, "Acme").await;
        for operation in operations::all().iter().filter(|o| !o.is_public) {
            let status = world::anonymous(t, &operation.method, &operation.address(&world)).await;
            assert_eq!(status, 401, "{} on {}", operation.id, t.engine);
        }
    }
}

/// Operations that want a code which only the person's device or mail has.
const BY_CODE: &[&str] = &["confirmMfa", "disableMfa", "renewRecoveryCodes"];

/// Operations that only the one who asked for the ticket may do.
const BY_REQUESTER: &[&str] = &["rateTicket"];

#[tokio::test]
async fn the_administrator_reaches_every_record_so_the_sweep_is_real() {
    for t in &steward_testkit::apps().await {
        let world = World::new(t, "Acme").await;
        let mut has_secret = 0;
        for operation in operations::all().iter().filter(|o| !o.is_public) {
            let (reply, _) = if operation.method == "get" {
                t.assert_uses_indexes(operation.send(&world.admin, &world))
                    .await
            } else {
                operation.send(&world.admin, &world).await
            };
            let status = reply.status.as_u16();
            let id = operation.id.as_str();
            let is_answered = matches!(status, 200..=299 | 409)
                || (status == 422 && BY_CODE.contains(&id))
                || (status == 403 && BY_REQUESTER.contains(&id));
            assert!(
                is_answered,
                "{} on {}: {status} {}",
                operation.id, t.engine, reply.body
            );
            has_secret += i32::from(reply.text().contains(SECRET));
        }
        assert!(has_secret > 10, "the records are marked");
    }
}

#[tokio::test]
async fn another_tenant_finds_and_changes_nothing_by_any_operation() {
    for t in &steward_testkit::apps().await {
        let world = World::new(t, "Acme").await;
        let stranger = organization(t, "Other").await;
        let stranger = join(t, stranger, "eve", "admin").await;
        let before = world.rows(t).await;
        let ids = world.all_ids(t).await;
        assert!(ids.len() > 20 && before.len() > 20, "{}", t.engine);
        for operation in operations::all() {
            let (reply, sent) = operation.send(&stranger, &world).await;
            let status = reply.status.as_u16();
            let name = format!(
                "{} on {}: {status} {}",
                operation.id,
                t.engine,
                reply.text()
            );
            if operation.has_ids() {
                assert!(matches!(status, 403 | 404), "{name}");
            }
            assert!(status < 500, "{name}");
            assert!(!reply.text().contains(SECRET), "{name}");
            let headers = format!("{:?}", reply.headers);
            assert!(!headers.contains(SECRET), "{name} {headers}");
            // What was sent may come back in a problem; no other id may.
            let text = reply.text();
            let leaked = ids
                .iter()
                .find(|id| !sent.contains(*id) && text.contains(*id));
            assert_eq!(leaked, None, "{name}");
        }
        assert_eq!(
            world.rows(t).await,
            before,
            "nothing changed on {}",
            t.engine
        );
    }
}

/// What each role may do, as a table to review: `yes`, `no` (403), `hidden` (404).
/// Both engines are held to the same table, each by a test of its own: they are
/// the longest of all, and so run side by side.
async fn assert_the_table(engine: &str) {
    for t in &steward_testkit::apps().await {
        if t.engine != engine {
            continue;
        }
        let mut rows: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for role in SYSTEM_ROLES {
            let world = World::new(t, role.name).await;
            let person = join(t, world.organization, "sweeper", role.name).await;
            for operation in operations::all().iter().filter(|o| !o.is_public) {
                let (reply, _) = operation.send(&person, &world).await;
                let answer = match reply.status.as_u16() {
                    // 422: the right is there, only this body will not do.
                    200..=299 | 409 | 422 => "yes",
                    403 => "no",
                    404 => "hidden",
                    other => unreachable!("{} as {}: {other}", operation.id, role.name),
                };
                rows.entry(operation.id.clone()).or_default().push(answer);
            }
        }
        let mut table = String::from("operation");
        for role in SYSTEM_ROLES {
            write!(table, " | {}", role.name).expect("written");
        }
        for (operation, answers) in rows {
            write!(table, "\n{operation} | {}", answers.join(" | ")).expect("written");
        }
        insta::assert_snapshot!("roles", table);
    }
}

#[tokio::test]
async fn each_role_may_do_what_the_table_says_on_sqlite() {
    assert_the_table("sqlite").await;
}

#[tokio::test]
async fn each_role_may_do_what_the_table_says_on_postgresql() {
    assert_the_table("postgres").await;
}
