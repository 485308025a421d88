//! Background work: at least once, retried, dead in the end, on both engines.

use futures::future::BoxFuture;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use steward_db::{Executor, FromQueryResult, values};
use steward_kernel::{Envelope, Error, Instant, Result};
use steward_platform::jobs::{self, NewJob, Registry, Tick, Worker};
use steward_platform::{App, clock};
use steward_testkit::TestApp;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::support::{join, organization, until};

/// What the handlers below did, by job name.
static DONE: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());
static TICKS: AtomicUsize = AtomicUsize::new(0);
/// Wakes who waits for something to be done.
static CHANGED: Notify = Notify::const_new();

fn note(name: &str) -> usize {
    let mut done = DONE.lock().expect("unpoisoned");
    let count = done.entry(name.to_owned()).or_default();
    *count += 1;
    CHANGED.notify_waiters();
    *count
}

fn times(name: &str) -> usize {
    DONE.lock()
        .expect("unpoisoned")
        .get(name)
        .copied()
        .unwrap_or(0)
}

fn with_handlers(t: &TestApp) -> App {
    with(t, handlers())
}

fn with(t: &TestApp, registry: Registry) -> App {
    App {
        jobs: Arc::new(registry),
        ..t.app.clone()
    }
}

fn handlers() -> Registry {
    let mut registry = Registry::default();
    registry.handle("test.note", |_, job, _| {
        note(job.payload["name"].as_str().expect("a name"));
        Box::pin(async { Ok(()) })
    });
    registry.handle("test.fail", |_, job, _| {
        note(job.payload["name"].as_str().expect("a name"));
        Box::pin(async { Err(Error::internal("the mail server is down")) })
    });
    registry.handle("test.panic", |_, _, _| {
        unreachable!("a mistake in a handler")
    });
    registry.handle("test.stall", |_, job, _| {
        let name = job.payload["name"].as_str().expect("a name").to_owned();
        Box::pin(async move {
            loop {
                let changed = CHANGED.notified();
                if times(&name) > 0 {
                    break;
                }
                changed.await;
            }
            note(&name);
            Ok(())
        })
    });
    registry.handle("test.event", |app, job, _| {
        Box::pin(async {
            let event = steward_platform::events::find(&app.db, jobs::event_id(job)?)
                .await?
                .expect("the event");
            note(&format!("{} {}", event.organization_id, event.name));
            Ok(())
        })
    });
    registry.handle("test.tick", |_, _, _| {
        TICKS.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(()) })
    });
    registry.react("ticket.created", "test.event");
    registry
}

fn job(kind: &'static str, name: &str, organization: steward_kernel::id::OrganizationId) -> NewJob {
    NewJob {
        organization_id: Some(organization),
        kind,
        payload: json!({"name": name}),
        run_at: clock::now(),
        dedupe_key: None,
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    state: String,
    attempts: i32,
    last_error: Option<String>,
}

async fn rows(app: &App) -> Vec<Row> {
    app.db
        .all(
            "SELECT state, attempts, last_error FROM jobs ORDER BY id",
            values![],
        )
        .await
        .expect("read")
}

/// Makes every waiting job due, as time would.
async fn let_time_pass(app: &App) {
    let past = steward_db::time::to_db(clock::now());
    app.db
        .execute(
            "UPDATE jobs SET run_at = $1 WHERE state = 'ready'",
            values![past],
        )
        .await
        .expect("moved");
}

#[tokio::test]
async fn a_job_runs_once_when_its_transaction_commits_and_never_when_it_does_not() {
    for t in &steward_testkit::apps().await {
        let app = with_handlers(t);
        let org = organization(t, "Acme").await;
        let kept = format!("{} kept", t.engine);
        let undone = format!("{} undone", t.engine);
        let tx = app.db.write("test").await.expect("open");
        jobs::enqueue(&tx, job("test.note", &undone, org), clock::now())
            .await
            .expect("written");
        drop(tx);
        let tx = app.db.write("test").await.expect("open");
        jobs::enqueue(&tx, job("test.note", &kept, org), clock::now())
            .await
            .expect("written");
        tx.commit().await.expect("kept");
        assert_eq!(jobs::drain(&app).await.expect("drained"), 1);
        assert_eq!((times(&kept), times(&undone)), (1, 0));
        assert!(rows(&app).await.is_empty(), "done jobs leave no row");
    }
}

#[tokio::test]
async fn a_failing_job_waits_then_dies_with_its_reason_and_can_be_retried() {
    for t in &steward_testkit::apps().await {
        let app = with_handlers(t);
        let org = organization(t, "Acme").await;
        let name = format!("{} fails", t.engine);
        let tx = app.db.write("test").await.expect("open");
        jobs::enqueue(&tx, job("test.fail", &name, org), clock::now())
            .await
            .expect("written");
        tx.commit().await.expect("kept");
        jobs::drain(&app).await.expect("drained");
        assert_eq!(times(&name), 1, "a failed job does not run again at once");
        let row = &rows(&app).await[0];
        assert_eq!((row.state.as_str(), row.attempts), ("ready", 1));
        assert_eq!(row.last_error.as_deref(), Some("the mail server is down"));
        for _ in 1..jobs::rules::MAX_ATTEMPTS {
            let_time_pass(&app).await;
            jobs::drain(&app).await.expect("drained");
        }
        assert_eq!(times(&name), 10);
        let dead_of = |organization| jobs::Wanted {
            organization: Some(organization),
            state: "dead",
            kind: None,
        };
        let dead = jobs::list(&app.db, dead_of(org), None, 10).await;
        let dead = dead.expect("read");
        assert_eq!(dead.len(), 1, "{}", t.engine);
        let other = organization(t, "Other").await;
        assert!(
            jobs::list(&app.db, dead_of(other), None, 10)
                .await
                .expect("read")
                .is_empty()
        );
        let tx = app.db.write("test").await.expect("open");
        assert!(
            !jobs::retry(&tx, Some(other), dead[0].id, clock::now())
                .await
                .expect("asked")
        );
        assert!(
            jobs::retry(&tx, Some(org), dead[0].id, clock::now())
                .await
                .expect("asked")
        );
        tx.commit().await.expect("kept");
        jobs::drain(&app).await.expect("drained");
        assert_eq!(times(&name), 11);
    }
}

#[tokio::test]
async fn a_panic_and_an_unknown_kind_are_failures_and_stop_nobody_else() {
    for t in &steward_testkit::apps().await {
        let app = with_handlers(t);
        let org = organization(t, "Acme").await;
        let name = format!("{} beside a panic", t.engine);
        let tx = app.db.write("test").await.expect("open");
        for kind in ["test.panic", "test.unknown", "test.note"] {
            jobs::enqueue(&tx, job(kind, &name, org), clock::now())
                .await
                .expect("written");
        }
        tx.commit().await.expect("kept");
        assert_eq!(jobs::drain(&app).await.expect("drained"), 3);
        assert_eq!(times(&name), 1);
        let errors: Vec<_> = rows(&app)
            .await
            .into_iter()
            .filter_map(|r| r.last_error)
            .collect();
        assert_eq!(
            errors,
            ["the handler panicked", "no handler for 'test.unknown'"]
        );
    }
}

#[tokio::test]
async fn a_job_whose_worker_died_is_taken_over_after_its_lease() {
    for t in &steward_testkit::apps().await {
        let app = with_handlers(t);
        let org = organization(t, "Acme").await;
        let name = format!("{} orphaned", t.engine);
        let tx = app.db.write("test").await.expect("open");
        jobs::enqueue(&tx, job("test.note", &name, org), clock::now())
            .await
            .expect("written");
        // As a worker leaves it that took the job and was killed.
        let later = clock::now().checked_add(jobs::LEASE).expect("in range");
        tx.execute(
            "UPDATE jobs SET locked_by = 'killed', attempts = 1, run_at = $1",
            values![steward_db::time::to_db(later)],
        )
        .await
        .expect("taken");
        tx.commit().await.expect("kept");
        assert_eq!(
            jobs::drain(&app).await.expect("drained"),
            0,
            "the lease holds"
        );
        let_time_pass(&app).await;
        assert_eq!(jobs::drain(&app).await.expect("drained"), 1);
        assert_eq!(times(&name), 1);
    }
}

#[tokio::test]
async fn twin_jobs_with_one_key_run_once() {
    for t in &steward_testkit::apps().await {
        let app = with_handlers(t);
        let org = organization(t, "Acme").await;
        let name = format!("{} twin", t.engine);
        let tx = app.db.write("test").await.expect("open");
        for _ in 0..3 {
            let twin = NewJob {
                dedupe_key: Some("key".to_owned()),
                ..job("test.note", &name, org)
            };
            jobs::enqueue(&tx, twin, clock::now())
                .await
                .expect("written");
        }
        tx.commit().await.expect("kept");
        jobs::drain(&app).await.expect("drained");
        assert_eq!(times(&name), 1, "{}", t.engine);
    }
}

#[tokio::test]
async fn four_workers_at_once_share_two_hundred_jobs_and_events_reach_their_reaction() {
    for t in &steward_testkit::apps().await {
        let app = with_handlers(t);
        let org = organization(t, "Acme").await;
        let prefix = format!("{} shared", t.engine);
        let tx = app.db.write("test").await.expect("open");
        for n in 0..200 {
            jobs::enqueue(
                &tx,
                job("test.note", &format!("{prefix} {n}"), org),
                clock::now(),
            )
            .await
            .expect("written");
        }
        tx.commit().await.expect("kept");
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;

        let stop = CancellationToken::new();
        let workers = (0..4).map(|_| Worker::new(app.clone(), stop.clone()).run());
        let watch = async {
            until("no job is left", async || rows(&app).await.is_empty()).await;
            stop.cancel();
        };
        tokio::join!(futures::future::join_all(workers), watch);
        for n in 0..200 {
            assert_eq!(times(&format!("{prefix} {n}")), 1, "{}", t.engine);
        }
        assert_eq!(times(&format!("{org} ticket.created")), 1);
    }
}

/// A reaction to new tickets that notes each event by itself, and how many come together.
fn gathering(together: jobs::Together) -> Registry {
    let mut registry = Registry::default();
    registry.handle("test.gather", |_, job, _| {
        note(&format!("{:?} one by one", job.organization_id));
        Box::pin(async { Ok(()) })
    });
    registry.handle_together("test.gather", together);
    registry.react("ticket.created", "test.gather");
    registry
}

#[tokio::test]
async fn events_that_come_together_are_reacted_to_together_in_their_order() {
    for t in &steward_testkit::apps().await {
        let app = with(
            t,
            gathering(|_, events, _| {
                let organization = events.first().expect("some").organization_id;
                let numbers = events.iter().map(|e| e.payload["ticket"]["number"].clone());
                note(&format!("{organization} {:?}", numbers.collect::<Vec<_>>()));
                Box::pin(async { Ok(()) })
            }),
        );
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        for title in ["VPN drops", "No sound", "Screen is black"] {
            user.report(title).await;
        }
        jobs::drain(&app).await.expect("drained");
        let numbers = ["INC-000001", "INC-000002", "INC-000003"].map(|n| json!(n));
        assert_eq!(times(&format!("{org} {numbers:?}")), 1, "{}", t.engine);
        assert_eq!(times(&format!("{:?} one by one", Some(org))), 0);
        user.report("One alone").await;
        jobs::drain(&app).await.expect("drained");
        assert_eq!(times(&format!("{:?} one by one", Some(org))), 1);
        assert!(rows(&app).await.is_empty(), "nothing is left to do");
    }
}

fn fails<'a>(_: &'a App, _: &'a [Envelope], _: Instant) -> BoxFuture<'a, Result<()>> {
    Box::pin(async { Err(Error::internal("one of them is bad")) })
}

fn panics<'a>(_: &'a App, _: &'a [Envelope], _: Instant) -> BoxFuture<'a, Result<()>> {
    unreachable!("a mistake in a handler")
}

#[tokio::test]
async fn what_fails_together_is_done_one_by_one() {
    for t in &steward_testkit::apps().await {
        let cases: [(_, jobs::Together); 2] = [("fails", fails), ("panics", panics)];
        for (name, together) in cases {
            let app = with(t, gathering(together));
            let org = organization(t, name).await;
            let user = join(t, org, name, "end_user").await;
            user.report("VPN drops").await;
            user.report("No sound").await;
            jobs::drain(&app).await.expect("drained");
            let each = format!("{:?} one by one", Some(org));
            assert_eq!(times(&each), 2, "{} {name}", t.engine);
            assert!(rows(&app).await.is_empty(), "nothing is left to do");
        }
    }
}

#[tokio::test]
async fn a_reaction_that_fails_is_tried_again_without_the_others() {
    for t in &steward_testkit::apps().await {
        let mut registry = handlers();
        registry.handle("test.event_fails_once", |_, job, _| {
            let tries = note(&format!("{:?} tries", job.organization_id));
            Box::pin(async move {
                match tries {
                    1 => Err(Error::internal("not yet")),
                    _ => Ok(()),
                }
            })
        });
        registry.react("ticket.created", "test.event_fails_once");
        let app = with(t, registry);
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let (tries, others) = (
            format!("{:?} tries", Some(org)),
            format!("{org} ticket.created"),
        );
        jobs::drain(&app).await.expect("drained");
        assert_eq!((times(&tries), times(&others)), (1, 1), "{}", t.engine);
        let left = rows(&app).await;
        assert_eq!(left.len(), 1, "only what failed is left");
        assert_eq!(left[0].attempts, 1);
        assert_eq!(left[0].last_error.as_deref(), Some("not yet"));
        let_time_pass(&app).await;
        jobs::drain(&app).await.expect("drained");
        assert_eq!((times(&tries), times(&others)), (2, 1), "{}", t.engine);
        assert!(rows(&app).await.is_empty());
    }
}

#[tokio::test]
async fn a_tick_runs_once_however_many_nodes_look_at_it() {
    for t in &steward_testkit::apps().await {
        TICKS.store(0, Ordering::SeqCst);
        let mut app = with_handlers(t);
        let mut registry = Registry::default();
        registry.handle("test.tick", |_, _, _| {
            TICKS.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { Ok(()) })
        });
        let hourly = Duration::from_secs(3600);
        registry.tick(Tick {
            name: "hourly",
            every: hourly,
            kind: "test.tick",
        });
        app.jobs = Arc::new(registry);
        let stop = CancellationToken::new();
        let nodes = (0..3).map(|_| Worker::new(app.clone(), stop.clone()).run());
        let watch = async {
            let is_done = async || TICKS.load(Ordering::SeqCst) > 0 && rows(&app).await.is_empty();
            until("the tick has run and no job is left", is_done).await;
            stop.cancel();
        };
        tokio::join!(futures::future::join_all(nodes), watch);
        assert_eq!(TICKS.load(Ordering::SeqCst), 1, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_machine_that_does_not_answer_holds_up_no_work_inside() {
    for t in &steward_testkit::apps().await {
        let app = with_handlers(t);
        let org = organization(t, "Acme").await;
        let name = format!("{} lanes", t.engine);
        let tx = app.db.write("test").await.expect("open");
        let stalled = job("test.stall", &name, org);
        jobs::enqueue_outside(&tx, stalled, clock::now())
            .await
            .expect("written");
        tx.commit().await.expect("kept");

        let stop = CancellationToken::new();
        let worker = Worker::new(app.clone(), stop.clone()).run();
        let watch = async {
            until("the stalled one was taken", async || {
                rows(&app).await.iter().any(|row| row.attempts == 1)
            })
            .await;
            let tx = app.db.write("test").await.expect("open");
            let quick = job("test.note", &name, org);
            jobs::enqueue(&tx, quick, clock::now())
                .await
                .expect("written");
            tx.commit().await.expect("kept");
            until("both are done", async || rows(&app).await.is_empty()).await;
            stop.cancel();
        };
        tokio::join!(worker, watch);
        assert_eq!(times(&name), 2, "{}", t.engine);
    }
}
