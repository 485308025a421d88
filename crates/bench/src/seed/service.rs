//! The multiplication, step by step.

use super::columns::{Column, Plan};
use super::store;
use steward_db::{Db, Engine};
use steward_kernel::{Error, Result};
use steward_platform::{App, clock, jobs};

/// Copies of one transaction.
const CHUNK: i64 = 50;
/// Tickets that one person stands for, about.
const TICKETS_PER_PERSON: i64 = 200;
/// Tables of a ticket that are left as they are: the product keeps them short
/// itself, and what still waits in them would all be due at once.
const LEFT: &[&str] = &["notifications", "deliveries"];

/// What is there now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seeded {
    /// Tickets.
    pub(crate) tickets: i64,
    /// People.
    pub(crate) people: i64,
    /// Lines of timelines.
    pub(crate) activities: i64,
    /// Comments.
    pub(crate) comments: i64,
}

/// Fills the database of `app` up to `wanted` tickets, a multiple of the
/// `templates` that the services write first. With `all_run` every clock of
/// the copies runs.
///
/// # Errors
/// When the database holds anything but the demonstration or nothing, or refuses.
pub(crate) async fn fill(
    app: &App,
    templates: usize,
    wanted: i64,
    all_run: bool,
) -> Result<Seeded> {
    let db = &app.db;
    if store::tickets(db).await? == 0 {
        steward_server::demo::fill_with(app, templates, clock::now()).await?;
        jobs::drain(app).await?;
    }
    let templates = store::tickets(db).await?;
    let copies = wanted / templates.max(1) - 1;
    let people = store::number(db, "SELECT count(*) AS n FROM users").await?;
    let plan = Plan {
        engine: db.engine(),
        id_base: store::prefix(db, db.engine(), "tickets").await?,
        user_base: store::prefix(db, db.engine(), "users").await?,
        templates,
        crowds: (wanted / (TICKETS_PER_PERSON * people.max(1))).max(1),
        hours: 7,
        all_run,
    };
    if copies > 0 {
        multiply(db, &plan, copies).await?;
    }
    Ok(Seeded {
        tickets: store::tickets(db).await?,
        people: store::number(db, "SELECT count(*) AS n FROM users").await?,
        activities: store::number(db, "SELECT count(*) AS n FROM activities").await?,
        comments: store::number(db, "SELECT count(*) AS n FROM comments").await?,
    })
}

async fn multiply(db: &Db, plan: &Plan, copies: i64) -> Result<()> {
    let columns = store::columns(db, plan.engine).await?;
    let tables = tables_of_tickets(db, &columns).await?;
    let aside = store::aside(db, plan.engine, &tables).await?;
    let sources = tables.iter().map(String::as_str);
    let sources: Vec<&str> = sources
        .chain(["users", "user_roles", "team_members"])
        .collect();
    loosen(db, plan.engine).await?;
    for sql in &aside.drop {
        store::run(db, sql).await?;
    }
    let tx = db.write("bench.templates").await?;
    for sql in store::renumber(plan.engine, plan.templates * copies) {
        store::run(&tx, &sql).await?;
    }
    for table in &sources {
        let sql = format!("CREATE TABLE {table}_template AS SELECT * FROM {table}");
        store::run(&tx, &sql).await?;
    }
    tx.commit().await?;
    if plan.crowds > 1 {
        work(db, plan.engine, &store::people(plan, &columns)).await?;
    }
    let mut last = copies;
    while last > 0 {
        let first = (last - CHUNK + 1).max(1);
        let copy = |table: &String| plan.copy(table, &columns, &tables, (first, last));
        let statements: Vec<String> = tables.iter().map(copy).collect();
        work(db, plan.engine, &statements).await?;
        eprint!("\r{} of {copies} copies", copies - first + 1);
        last = first - 1;
    }
    eprintln!();
    let mut rest: Vec<String> = sources
        .iter()
        .map(|t| format!("DROP TABLE {t}_template"))
        .collect();
    rest.extend(store::recount().map(str::to_owned));
    rest.push(format!(
        "UPDATE number_sequences SET last_number = {} WHERE kind = 'incident'",
        plan.templates * (copies + 1)
    ));
    if plan.engine == Engine::Sqlite {
        // The newest search rows have the highest numbers, as if written in turn.
        rest.push(format!(
            "UPDATE ticket_search SET rowid = rowid + {} WHERE rowid <= {}",
            plan.templates * (copies + 1),
            plan.templates
        ));
        rest.push("INSERT INTO ticket_fts (ticket_fts) VALUES ('rebuild')".to_owned());
    }
    rest.extend(aside.make);
    work(db, plan.engine, &rest).await?;
    tighten(db, plan.engine).await
}

/// `tickets`, and every table with rows that name one.
async fn tables_of_tickets(db: &Db, columns: &[Column]) -> Result<Vec<String>> {
    let mut tables = vec!["tickets".to_owned(), "events".to_owned()];
    for column in columns {
        let is_of_ticket =
            column.name == "ticket_id" || column.references.as_deref() == Some("tickets");
        let is_new = !tables.contains(&column.table) && !LEFT.contains(&column.table.as_str());
        if is_of_ticket && is_new {
            let sql = format!("SELECT count(*) AS n FROM {}", column.table);
            if store::number(db, &sql).await? > 0 {
                tables.push(column.table.clone());
            }
        }
    }
    Ok(tables)
}

/// Runs statements in one transaction, without foreign keys being looked up
/// on PostgreSQL: the copies name each other.
async fn work(db: &Db, engine: Engine, statements: &[String]) -> Result<()> {
    let tx = db.write("bench.seed").await?;
    if engine == Engine::Postgres {
        for sql in [
            "SET LOCAL session_replication_role = replica",
            "SET LOCAL synchronous_commit = off",
            "SET LOCAL maintenance_work_mem = '512MB'",
        ] {
            store::run(&tx, sql).await?;
        }
    }
    for sql in statements {
        let done = store::run(&tx, sql).await;
        done.map_err(|error| Error::internal(format!("{sql}: {:?}", error.source)))?;
    }
    tx.commit().await
}

async fn loosen(db: &Db, engine: Engine) -> Result<()> {
    if engine == Engine::Sqlite {
        for sql in [
            "PRAGMA foreign_keys = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA cache_size = -400000",
        ] {
            store::run(db, sql).await?;
        }
    }
    Ok(())
}

async fn tighten(db: &Db, engine: Engine) -> Result<()> {
    let statements: &[&str] = match engine {
        Engine::Sqlite => &["PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL"],
        Engine::Postgres => &["VACUUM ANALYZE"],
    };
    for sql in statements {
        store::run(db, sql).await?;
    }
    Ok(())
}
