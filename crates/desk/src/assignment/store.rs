//! Every statement of assignment.

use chrono::{DateTime, Utc};
use steward_db::{Engine, Executor, FromQueryResult, Tx, time::from_db, values};
use steward_domain::assignment::model::{Candidate, Skills, Strategy};
use steward_kernel::id::{OrganizationId, UserId};
use steward_kernel::{Error, Result};
use uuid::Uuid;

/// The team's own strategy, if it has one.
pub(super) async fn strategy(
    _tx: &Tx,
    _organization: OrganizationId,
    _team: Uuid,
) -> Result<Option<Strategy>> {
    Ok(None)
}

#[derive(Debug, FromQueryResult)]
struct Turn {
    last_user_id: Option<Uuid>,
}

/// Locks the team's turn, so that racing choices queue. Returns whom the
/// latest ticket went to.
pub(super) async fn lock_turn(
    tx: &Tx,
    organization: OrganizationId,
    team: Uuid,
) -> Result<Option<UserId>> {
    let sql = "INSERT INTO assignment_turns (team_id, organization_id, last_user_id) VALUES ($1, $2, NULL)
        ON CONFLICT (team_id) DO UPDATE SET last_user_id = assignment_turns.last_user_id
        RETURNING last_user_id";
    let row: Option<Turn> = tx.optional(sql, values![team, organization.0]).await?;
    Ok(row.and_then(|turn| turn.last_user_id).map(UserId))
}

pub(super) async fn take_turn(tx: &Tx, team: Uuid, user: UserId) -> Result<()> {
    let sql = "UPDATE assignment_turns SET last_user_id = $2 WHERE team_id = $1";
    tx.execute(sql, values![team, user.0]).await.map(drop)
}

/// Locks the members, who may be in other teams too: their open tickets are
/// counted behind this lock. In order of id, so that two teams cannot wait for
/// each other.
///
/// Dialect fork: SQLite's writer is alone. PostgreSQL's lock is the one that
/// lets foreign keys still refer to the row.
pub(super) async fn lock_members(tx: &Tx, organization: OrganizationId, team: Uuid) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    let sql = "SELECT u.id FROM users u
        WHERE u.organization_id = $1 AND u.id IN (SELECT user_id FROM team_members WHERE team_id = $2)
        ORDER BY u.id FOR NO KEY UPDATE";
    tx.execute(sql, values![organization.0, team])
        .await
        .map(drop)
}

/// A member as stored.
#[derive(Debug, FromQueryResult)]
struct MemberRow {
    id: Uuid,
    name: String,
    is_active: bool,
    away_from: Option<DateTime<Utc>>,
    away_until: Option<DateTime<Utc>>,
    max_open_tickets: Option<i32>,
    skills: Option<serde_json::Value>,
    experience: i32,
    open_tickets: i64,
}

/// A member with the name that the ticket's timeline shows.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) candidate: Candidate,
    pub(super) name: String,
}

/// Open tickets of `u`, from the index of open tickets by person; the
/// condition on the status is word for word the index's.
const OPEN_TICKETS: &str =
    "(SELECT count(*) FROM tickets t WHERE t.assignee_id = u.id AND t.id <> $3
    AND t.status NOT IN ('resolved', 'closed', 'cancelled', 'rejected'))";

/// The members of a team, with the open tickets of each but for `ticket`.
pub(super) async fn members<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
    ticket: Uuid,
) -> Result<Vec<Member>> {
    let sql = format!("{SELECT} {OPEN_TICKETS} AS open_tickets {FROM}");
    let rows: Vec<MemberRow> = db.all(&sql, values![organization.0, team, ticket]).await?;
    rows.into_iter().map(member).collect()
}

const SELECT: &str = "SELECT u.id, u.first_name || ' ' || u.last_name AS name, u.is_active,
    NULL AS away_from, NULL AS away_until, NULL AS max_open_tickets, NULL AS skills, 0 AS experience,";
const FROM: &str = "FROM team_members m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = $1 AND m.team_id = $2 AND u.deleted_at IS NULL ORDER BY u.id";

fn member(row: MemberRow) -> Result<Member> {
    let count = |n: i64| u32::try_from(n).map_err(Error::internal);
    let skills: Vec<String> = row
        .skills
        .map(serde_json::from_value)
        .transpose()
        .map_err(Error::internal)?
        .unwrap_or_default();
    let candidate = Candidate {
        user_id: row.id.into(),
        is_active: row.is_active,
        away_from: row.away_from.map(from_db),
        away_until: row.away_until.map(from_db),
        open_tickets: count(row.open_tickets)?,
        max_open_tickets: row.max_open_tickets.map(|n| u32::try_from(n).unwrap_or(0)),
        skills: skills.iter().collect::<Skills>(),
        experience: u32::try_from(row.experience).unwrap_or(0),
    };
    Ok(Member {
        candidate,
        name: row.name,
    })
}

#[derive(Debug, FromQueryResult)]
struct Lead {
    user_id: Uuid,
}

/// Who leads the team, if active.
pub(crate) async fn leads<E: Executor>(
    db: &E,
    organization: OrganizationId,
    team: Uuid,
) -> Result<Vec<UserId>> {
    let sql = "SELECT m.user_id FROM team_members m JOIN users u ON u.id = m.user_id
        WHERE m.organization_id = $1 AND m.team_id = $2 AND m.role = 'lead'
          AND u.is_active AND u.deleted_at IS NULL ORDER BY m.user_id";
    let rows: Vec<Lead> = db.all(sql, values![organization.0, team]).await?;
    Ok(rows.into_iter().map(|lead| lead.user_id.into()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use steward_platform::clock;

    #[derive(Debug, FromQueryResult)]
    struct SqlitePlan {
        detail: String,
    }

    #[derive(Debug, FromQueryResult)]
    struct PostgresPlan {
        #[sea_orm(from_alias = "QUERY PLAN")]
        line: String,
    }

    #[tokio::test]
    async fn open_tickets_are_counted_in_their_index_and_not_among_all_tickets() {
        for t in steward_testkit::apps().await {
            let id = clock::new_id();
            let sql = format!("{SELECT} {OPEN_TICKETS} AS open_tickets {FROM}");
            let values = || values![id, id, id];
            let tx = t.app.db.write("test").await.expect("open");
            let plan = if tx.engine() == Engine::Sqlite {
                let sql = format!("EXPLAIN QUERY PLAN {sql}");
                let rows: Vec<SqlitePlan> = tx.all(&sql, values()).await.expect("a plan");
                rows.into_iter().map(|r| r.detail).collect::<Vec<_>>()
            } else {
                // On empty tables a scan is cheapest; what counts is that the index fits.
                let sql_off = "SET LOCAL enable_seqscan = off";
                tx.execute(sql_off, values![]).await.expect("set");
                let sql = format!("EXPLAIN {sql}");
                let rows: Vec<PostgresPlan> = tx.all(&sql, values()).await.expect("a plan");
                rows.into_iter().map(|r| r.line).collect()
            };
            let plan = plan.join("\n");
            assert!(
                plan.contains("tickets_open_by_assignee"),
                "{}:\n{plan}",
                t.engine
            );
        }
    }
}
