//! Everything in one transaction.

use std::sync::Arc;
use steward_db::{Executor, Opening, Tx, Unit, values};
use steward_kernel::{Error, Result};
use steward_testkit::{TestApp, apps};

const COUNT: &str = "SELECT count(*) FROM notes";

struct Note(&'static str);

#[async_trait::async_trait]
impl Opening for Note {
    async fn opened(&self, tx: &Tx) -> Result<()> {
        if self.0.is_empty() {
            return Err(Error::internal("refused"));
        }
        write(tx, self.0).await
    }
}

async fn write<E: Executor>(db: &E, text: &str) -> Result<()> {
    let sql = "INSERT INTO notes (text) VALUES ($1)";
    db.execute(sql, values![text]).await.map(drop)
}

async fn notes() -> Vec<TestApp> {
    let apps = apps().await;
    for t in &apps {
        t.run("CREATE TABLE notes (text text PRIMARY KEY)").await;
    }
    apps
}

#[tokio::test]
async fn transactions_of_a_unit_commit_together_and_its_reads_see_them() {
    for t in &notes().await {
        let unit = Arc::new(Unit::default());
        unit.open(Arc::new(Note("first")));
        unit.scope(async {
            assert_eq!(t.number(COUNT).await, 0, "a read opens nothing");
            let tx = t.app.db.write("one").await.expect("open");
            write(&tx, "one").await.expect("written");
            tx.commit().await.expect("committed");
            write(&t.app.db, "two").await.expect("written");
            assert_eq!(t.number(COUNT).await, 3, "{}", t.engine);
        })
        .await;
        assert_eq!(t.number(COUNT).await, 0, "nobody else sees them yet");
        let tx = unit.take().await.expect("whole").expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(t.number(COUNT).await, 3);
    }
}

#[tokio::test]
async fn a_transaction_that_is_dropped_or_fails_undoes_only_itself() {
    for t in &notes().await {
        let unit = Arc::new(Unit::default());
        unit.open(Arc::new(Note("first")));
        unit.scope(async {
            let tx = t.app.db.write("dropped").await.expect("open");
            write(&tx, "dropped").await.expect("written");
            drop(tx);
            write(&t.app.db, "first").await.expect_err("there already");
            let tx = t.app.db.write("failing").await.expect("open");
            write(&tx, "first").await.expect_err("there already");
            drop(tx);
            let tx = t.app.db.write("kept").await.expect("open");
            write(&tx, "kept").await.expect("written");
            tx.commit().await.expect("committed");
        })
        .await;
        let tx = unit.take().await.expect("whole").expect("written");
        tx.commit().await.expect("committed");
        assert_eq!(t.number(COUNT).await, 2, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_unit_that_is_dropped_undoes_all() {
    for t in &notes().await {
        let unit = Arc::new(Unit::default());
        unit.open(Arc::new(Note("first")));
        unit.scope(write(&t.app.db, "one")).await.expect("written");
        drop(unit);
        assert_eq!(t.number(COUNT).await, 0);
        write(&t.app.db, "one")
            .await
            .expect("the writer is free again");
    }
}

#[tokio::test]
async fn a_refusing_opening_ends_the_transaction() {
    for t in &notes().await {
        let unit = Arc::new(Unit::default());
        unit.open(Arc::new(Note("")));
        unit.scope(write(&t.app.db, "one"))
            .await
            .expect_err("refused");
        assert!(unit.take().await.expect("whole").is_none());
        assert_eq!(t.number(COUNT).await, 0);
    }
}

#[tokio::test]
async fn outside_an_open_unit_everything_is_as_usual() {
    for t in &notes().await {
        let unit = Arc::new(Unit::default());
        unit.scope(write(&t.app.db, "one")).await.expect("written");
        assert!(unit.take().await.expect("whole").is_none());
        assert_eq!(t.number(COUNT).await, 1);
    }
}
