//! Connections that rest between single statements and transactions.

use std::time::Duration;
use steward_db::{Executor, FromQueryResult, Tx, values};
use steward_testkit::{TestApp, apps};

#[derive(FromQueryResult)]
struct Number {
    n: i64,
}

async fn read(t: &TestApp, number: i64) -> i64 {
    let sql = "SELECT CAST($1 AS bigint) AS n";
    let row = t.app.db.optional::<Number>(sql, values![number]).await;
    row.expect("read").expect("a row").n
}

fn resting(t: &TestApp) -> u32 {
    let pools = t.app.db.pools();
    let readers = pools.first().expect("a pool");
    assert!(readers.used + readers.idle <= readers.max, "{readers:?}");
    readers.idle
}

#[tokio::test]
async fn many_reads_at_once_each_get_their_own_answer() {
    for t in &apps().await {
        let reads = (0..200).map(|number| read(t, number));
        let answers = futures::future::join_all(reads).await;
        assert_eq!(answers, (0..200).collect::<Vec<_>>(), "{}", t.engine);
        assert!(resting(t) > 0, "{}: a connection waits for work", t.engine);
    }
}

#[tokio::test]
async fn connections_that_rest_leave_enough_for_transactions() {
    for t in &apps().await {
        futures::future::join_all((0..50).map(|number| read(t, number))).await;
        let writers = if t.engine == "sqlite" { 1 } else { 12 };
        let open = (0..writers).map(|_| t.app.db.write("test"));
        let open = futures::future::join_all(open).await;
        let open: Vec<_> = open.into_iter().map(|tx| tx.expect("open")).collect();
        assert_eq!(read(t, 7).await, 7, "{}: a read does not wait", t.engine);
        for tx in open {
            tx.commit().await.expect("committed");
        }
    }
}

#[tokio::test]
async fn a_read_that_is_given_up_or_fails_leaves_no_trace_in_the_next() {
    let slow = "WITH RECURSIVE c(n) AS (SELECT CAST($1 AS bigint) UNION ALL SELECT n + 1 FROM c WHERE n < 300000)
        SELECT max(n) AS n FROM c";
    for t in &apps().await {
        for number in 0..8 {
            let given_up = t.app.db.optional::<Number>(slow, values![number]);
            let given_up = tokio::time::timeout(Duration::from_millis(1), given_up).await;
            assert!(given_up.is_err(), "{}: it takes longer", t.engine);
            assert_eq!(read(t, number).await, number, "{}", t.engine);
            let wrong = t.app.db.all::<Number>("SELECT n FROM nowhere", Vec::new());
            wrong.await.err().expect("there is no such table");
            assert_eq!(read(t, number).await, number, "{}", t.engine);
        }
    }
}

#[tokio::test]
async fn a_read_sees_what_was_committed_before_it() {
    for t in &apps().await {
        t.run("CREATE TABLE counted (n bigint)").await;
        for number in 1..=20 {
            let tx = t.app.db.write("test").await.expect("open");
            tx.execute("INSERT INTO counted (n) VALUES ($1)", values![number])
                .await
                .expect("written");
            tx.commit().await.expect("committed");
            assert_eq!(t.rows("counted").await, number, "{}", t.engine);
        }
    }
}

#[tokio::test]
async fn a_database_closes_with_connections_at_rest() {
    for t in apps().await {
        futures::future::join_all((0..50).map(|number| read(&t, number))).await;
        let db = t.app.db.clone();
        let closed = tokio::time::timeout(Duration::from_secs(60), db.close()).await;
        closed.expect("it does not wait for them").expect("closed");
        let after = t.app.db.optional::<Number>("SELECT 1 AS n", Vec::new());
        after.await.err().expect("nothing is read any more");
    }
}

/// Ends every connection of PostgreSQL but the one of the transaction that it returns.
async fn lose_all_others(t: &TestApp) -> Tx {
    // Two at once, so that there is a connection to lose.
    let tx = t.app.db.write("test").await.expect("open");
    let second = t.app.db.write("test").await.expect("open");
    second.commit().await.expect("committed");
    let kill = "SELECT count(pg_terminate_backend(pid)) AS n FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let killed = tx.optional::<Number>(kill, Vec::new()).await;
    assert!(killed.expect("killed").expect("a row").n > 0);
    tx
}

#[tokio::test]
async fn connections_that_were_lost_at_rest_are_no_failure_of_a_read() {
    for t in &apps().await {
        if t.engine == "sqlite" {
            continue;
        }
        futures::future::join_all((0..50).map(|number| read(t, number))).await;
        let tx = lose_all_others(t).await;
        tx.commit().await.expect("committed");
        for number in 0..40 {
            assert_eq!(read(t, number).await, number);
        }
    }
}

async fn add(t: &TestApp, number: i64) {
    let tx = t.app.db.write("test").await.expect("open");
    tx.execute("INSERT INTO counted (n) VALUES ($1)", values![number])
        .await
        .expect("written");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn many_transactions_at_once_all_get_their_turn() {
    for t in &apps().await {
        t.run("CREATE TABLE counted (n bigint)").await;
        futures::future::join_all((0..100).map(|number| add(t, number))).await;
        assert_eq!(t.rows("counted").await, 100, "{}", t.engine);
        let alone = "INSERT INTO counted (n) VALUES ($1)";
        for number in 0..10_i64 {
            let added = t.app.db.execute(alone, values![number]).await;
            assert_eq!(added.expect("written"), 1, "{}", t.engine);
        }
        assert_eq!(t.rows("counted").await, 110, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_transaction_that_is_dropped_is_undone_and_leaves_its_connection_in_order() {
    for t in &apps().await {
        t.run("CREATE TABLE counted (n bigint)").await;
        for number in 0..40 {
            let tx = t.app.db.write("test").await.expect("open");
            let sql = "INSERT INTO counted (n) VALUES ($1)";
            tx.execute(sql, values![number]).await.expect("written");
            if number % 3 == 0 {
                let wrong = tx.execute("INSERT INTO nowhere VALUES (1)", Vec::new());
                wrong.await.expect_err("there is no such table");
            }
            if number % 3 == 1 {
                let given_up = tx.execute(sql, values![number]);
                drop(tokio::time::timeout(Duration::from_nanos(1), given_up).await);
            }
            drop(tx);
            add(t, number).await;
        }
        assert_eq!(t.rows("counted").await, 40, "{}", t.engine);
    }
}

#[tokio::test]
async fn connections_that_were_lost_at_rest_are_no_failure_of_a_transaction() {
    for t in &apps().await {
        if t.engine == "sqlite" {
            continue;
        }
        t.run("CREATE TABLE counted (n bigint)").await;
        futures::future::join_all((0..30).map(|number| add(t, number))).await;
        let tx = lose_all_others(t).await;
        // Two at once: one of them has a connection that was killed.
        let other = t.app.db.write("test").await.expect("open");
        other.commit().await.expect("committed");
        tx.commit().await.expect("committed");
        for number in 0..30 {
            add(t, number).await;
        }
        assert_eq!(t.rows("counted").await, 60, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_migration_finds_its_connections_while_others_rest() {
    for t in &apps().await {
        t.run("CREATE TABLE counted (n bigint)").await;
        futures::future::join_all((0..30).map(|number| add(t, number))).await;
        let migrated = tokio::time::timeout(Duration::from_secs(60), t.app.db.migrate()).await;
        migrated
            .expect("it does not wait for them")
            .expect("migrated");
        add(t, 1).await;
    }
}
