//! Every statement of tickets.

use chrono::{DateTime, Utc};
use steward_db::{Executor, Filter, FromQueryResult, Tx, time::to_db, values};
use steward_domain::visibility::Visibility;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, Result};
use uuid::Uuid;

/// A row of `tickets` with the names of its people and team.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct TicketRow {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) status: String,
    pub(super) priority: String,
    pub(super) priority_reason: Option<String>,
    pub(super) impact: String,
    pub(super) urgency: String,
    pub(super) requester_id: Uuid,
    pub(super) requester_name: String,
    pub(super) requested_for_id: Option<Uuid>,
    pub(super) requested_for_name: Option<String>,
    pub(super) assignee_id: Option<Uuid>,
    pub(super) assignee_name: Option<String>,
    pub(super) team_id: Option<Uuid>,
    pub(super) team_name: Option<String>,
    pub(super) category: Option<String>,
    pub(super) subcategory: Option<String>,
    pub(super) tags: serde_json::Value,
    pub(super) source: String,
    pub(super) hold_reason: Option<String>,
    pub(super) resolution_code: Option<String>,
    pub(super) resolution_note: Option<String>,
    pub(super) reopened_count: i32,
    pub(super) first_response_at: Option<DateTime<Utc>>,
    pub(super) resolved_at: Option<DateTime<Utc>>,
    pub(super) closed_at: Option<DateTime<Utc>>,
    pub(super) version: i64,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

const SELECT: &str = "SELECT t.*, r.first_name || ' ' || r.last_name AS requester_name,
    f.first_name || ' ' || f.last_name AS requested_for_name,
    a.first_name || ' ' || a.last_name AS assignee_name, m.name AS team_name
  FROM tickets t JOIN users r ON r.id = t.requester_id LEFT JOIN users f ON f.id = t.requested_for_id
  LEFT JOIN users a ON a.id = t.assignee_id LEFT JOIN teams m ON m.id = t.team_id";

/// The one predicate for visibility, as SQL over `tickets t` (its twin in
/// memory is `Visibility::sees`).
pub(super) fn visible(actor: &Actor, visibility: &Visibility) -> Filter {
    let mut filter = Filter::default();
    filter.and("t.organization_id = ?", values![actor.organization_id.0]);
    match visibility {
        Visibility::Nothing => filter.and("1 = 0", values![]),
        Visibility::Everything => {}
        Visibility::Involved { user, teams } => {
            let watched = "EXISTS (SELECT 1 FROM ticket_watchers w WHERE w.ticket_id = t.id AND w.user_id = ?)";
            let mut clause = format!("t.requester_id = ? OR t.requested_for_id = ? OR {watched}");
            let mut values = values![user.0, user.0, user.0];
            if !teams.is_empty() {
                let marks = vec!["?"; teams.len()].join(", ");
                clause.push_str(&format!(" OR t.assignee_id = ? OR t.team_id IN ({marks})"));
                values.push(user.0.into());
                values.extend(teams.iter().map(|t| t.0.into()));
            }
            filter.and(&clause, values);
        }
    }
    filter
}

pub(super) async fn find<E: Executor>(db: &E, filter: &Filter) -> Result<Option<TicketRow>> {
    db.optional(&format!("{SELECT} WHERE {}", filter.sql()), filter.values())
        .await
}

/// Takes the row's lock on PostgreSQL; SQLite's writer is alone anyway.
pub(super) async fn lock(tx: &Tx, id: Uuid) -> Result<()> {
    tx.execute(
        "UPDATE tickets SET version = version WHERE id = $1",
        values![id],
    )
    .await
    .map(drop)
}

pub(super) async fn page<E: Executor>(
    db: &E,
    filter: &Filter,
    limit: u32,
    offset: u64,
) -> Result<Vec<TicketRow>> {
    let where_ = filter.sql();
    let sql = format!(
        "{SELECT} WHERE {where_} ORDER BY t.created_at DESC, t.id DESC LIMIT {limit} OFFSET {offset}"
    );
    db.all(&sql, filter.values()).await
}

#[derive(Debug, FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count<E: Executor>(db: &E, filter: &Filter) -> Result<i64> {
    let sql = format!("SELECT count(*) AS n FROM tickets t WHERE {}", filter.sql());
    Ok(db
        .optional::<Count>(&sql, filter.values())
        .await?
        .map_or(0, |c| c.n))
}

#[derive(Debug, FromQueryResult)]
struct Number {
    last_number: i64,
}

/// The next number of a kind, from 1, dense: the row's lock makes creators queue.
pub(super) async fn next_number(tx: &Tx, organization: OrganizationId, kind: &str) -> Result<i64> {
    let sql = "INSERT INTO number_sequences (organization_id, kind, last_number) VALUES ($1, $2, 1)
        ON CONFLICT (organization_id, kind) DO UPDATE SET last_number = number_sequences.last_number + 1
        RETURNING last_number";
    let row = tx
        .optional::<Number>(sql, values![organization.0, kind])
        .await?;
    row.map(|n| n.last_number)
        .ok_or_else(|| Error::internal("the number sequence returned no row"))
}

/// A new row of `tickets`.
#[derive(Debug)]
pub(super) struct NewTicket {
    pub(super) id: Uuid,
    pub(super) kind: &'static str,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) status: &'static str,
    pub(super) priority: &'static str,
    pub(super) impact: &'static str,
    pub(super) urgency: &'static str,
    pub(super) requester_id: Uuid,
    pub(super) assignee_id: Option<Uuid>,
    pub(super) team_id: Option<Uuid>,
    pub(super) category: Option<String>,
    pub(super) subcategory: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) source: &'static str,
}

pub(super) async fn insert(
    tx: &Tx,
    organization: OrganizationId,
    ticket: NewTicket,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO tickets (id, organization_id, kind, number, title, description, status, priority, impact, urgency,
           requester_id, assignee_id, team_id, category, subcategory, tags, source, reopened_count, version,
           created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, 1, $18, $18)",
        values![
            ticket.id,
            organization.0,
            ticket.kind,
            ticket.number,
            ticket.title,
            ticket.description,
            ticket.status,
            ticket.priority,
            ticket.impact,
            ticket.urgency,
            ticket.requester_id,
            ticket.assignee_id,
            ticket.team_id,
            ticket.category,
            ticket.subcategory,
            serde_json::json!(ticket.tags),
            ticket.source,
            to_db(now)
        ],
    )
    .await
    .map(drop)
}

/// Saves every field that may change, if the row still has `version`.
pub(super) async fn save(tx: &Tx, row: &TicketRow, now: Instant) -> Result<bool> {
    let touched = tx
        .execute(
            "UPDATE tickets SET title = $3, description = $4, status = $5, priority = $6, impact = $7, urgency = $8,
               assignee_id = $9, team_id = $10, hold_reason = $11, resolution_code = $12, resolution_note = $13,
               reopened_count = $14, first_response_at = $15, resolved_at = $16, closed_at = $17,
               priority_reason = $19, version = version + 1, updated_at = $18
             WHERE id = $1 AND version = $2",
            values![
                row.id,
                row.version,
                row.title.clone(),
                row.description.clone(),
                row.status.clone(),
                row.priority.clone(),
                row.impact.clone(),
                row.urgency.clone(),
                row.assignee_id,
                row.team_id,
                row.hold_reason.clone(),
                row.resolution_code.clone(),
                row.resolution_note.clone(),
                row.reopened_count,
                row.first_response_at,
                row.resolved_at,
                row.closed_at,
                to_db(now),
                row.priority_reason.clone()
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// One changed field, before and after.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) field: &'static str,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

pub(super) async fn insert_activity(
    tx: &Tx,
    id: Uuid,
    actor: &Actor,
    ticket: Uuid,
    change: Change,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO activities (id, organization_id, ticket_id, actor_id, at, field, old_value, new_value)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![id, actor.organization_id.0, ticket, actor.user_id.0, to_db(now), change.field, change.old, change.new],
    )
    .await
    .map(drop)
}

pub(super) async fn insert_comment(
    tx: &Tx,
    id: Uuid,
    actor: &Actor,
    ticket: Uuid,
    visibility: &str,
    body: &str,
    now: Instant,
) -> Result<()> {
    tx.execute(
        "INSERT INTO comments (id, organization_id, ticket_id, author_id, visibility, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        values![id, actor.organization_id.0, ticket, actor.user_id.0, visibility, body, to_db(now)],
    )
    .await
    .map(drop)
}

/// A comment or an activity.
#[derive(Debug, FromQueryResult)]
pub(super) struct TimelineRow {
    pub(super) id: Uuid,
    pub(super) at: DateTime<Utc>,
    pub(super) actor_id: Option<Uuid>,
    pub(super) actor_name: Option<String>,
    pub(super) field: Option<String>,
    pub(super) old_value: Option<String>,
    pub(super) new_value: Option<String>,
    pub(super) body: Option<String>,
    pub(super) visibility: Option<String>,
}

/// At most 2,000 items, oldest first.
pub(super) async fn timeline<E: Executor>(
    db: &E,
    ticket: Uuid,
    with_internal: bool,
) -> Result<Vec<TimelineRow>> {
    let only_public = if with_internal {
        ""
    } else {
        "AND c.visibility = 'public'"
    };
    let sql = format!(
        "SELECT x.id, x.at, x.actor_id, u.first_name || ' ' || u.last_name AS actor_name,
           x.field, x.old_value, x.new_value, x.body, x.visibility
         FROM (
           SELECT c.id, c.created_at AS at, c.author_id AS actor_id, NULL AS field, NULL AS old_value,
             NULL AS new_value, c.body, c.visibility FROM comments c WHERE c.ticket_id = $1 {only_public}
           UNION ALL
           SELECT a.id, a.at, a.actor_id, a.field, a.old_value, a.new_value, NULL, NULL
             FROM activities a WHERE a.ticket_id = $1
         ) x LEFT JOIN users u ON u.id = x.actor_id ORDER BY x.at, x.id LIMIT 2000"
    );
    db.all(&sql, values![ticket]).await
}

#[derive(Debug, FromQueryResult)]
struct Named {
    name: String,
}

/// Name of an active person of the organization.
pub(super) async fn person_name<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<String>> {
    let sql = "SELECT first_name || ' ' || last_name AS name FROM users
        WHERE organization_id = $1 AND id = $2 AND is_active AND deleted_at IS NULL";
    Ok(db
        .optional::<Named>(sql, values![organization.0, id])
        .await?
        .map(|n| n.name))
}

/// Name of a team of the organization.
pub(super) async fn team_name<E: Executor>(
    db: &E,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<String>> {
    let sql = "SELECT name FROM teams WHERE organization_id = $1 AND id = $2";
    Ok(db
        .optional::<Named>(sql, values![organization.0, id])
        .await?
        .map(|n| n.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use steward_domain::visibility::TicketFacts;
    use steward_identity::users::dto::UserInput;
    use steward_identity::{organizations, teams, users};
    use steward_kernel::PermissionSet;
    use steward_platform::clock;

    fn actor(organization: OrganizationId, user: Uuid) -> Actor {
        Actor {
            user_id: user.into(),
            organization_id: organization,
            session_id: None,
            permissions: PermissionSet::default(),
            teams: Vec::new(),
            roles: Vec::new(),
            is_operator: false,
        }
    }

    /// Every combination of requester, requested for, assignee, team and watcher.
    async fn combinations(
        tx: &Tx,
        organization: OrganizationId,
        people: &[Uuid],
        teams: &[Uuid],
    ) -> Vec<(Uuid, TicketFacts)> {
        let maybe = |all: &[Uuid]| {
            std::iter::once(None)
                .chain(all.iter().copied().map(Some))
                .collect::<Vec<_>>()
        };
        let mut made = Vec::new();
        for requester in people {
            for requested_for in maybe(people) {
                for assignee in maybe(people) {
                    for team in maybe(teams) {
                        for watcher in maybe(people) {
                            let id = clock::new_id();
                            let ticket = NewTicket {
                                id,
                                kind: "incident",
                                number: id.to_string(),
                                title: "x".to_owned(),
                                description: String::new(),
                                status: "new",
                                priority: "low",
                                impact: "low",
                                urgency: "low",
                                requester_id: *requester,
                                assignee_id: assignee,
                                team_id: team,
                                category: None,
                                subcategory: None,
                                tags: Vec::new(),
                                source: "api",
                            };
                            insert(tx, organization, ticket, clock::now())
                                .await
                                .expect("inserted");
                            tx.execute(
                                "UPDATE tickets SET requested_for_id = $2 WHERE id = $1",
                                values![id, requested_for],
                            )
                            .await
                            .expect("updated");
                            if let Some(user) = watcher {
                                let sql = "INSERT INTO ticket_watchers (ticket_id, user_id, organization_id) VALUES ($1, $2, $3)";
                                tx.execute(sql, values![id, user, organization.0])
                                    .await
                                    .expect("watched");
                            }
                            let facts = TicketFacts {
                                requester_id: (*requester).into(),
                                requested_for_id: requested_for.map(Into::into),
                                assignee_id: assignee.map(Into::into),
                                team_id: team.map(Into::into),
                                watcher_ids: watcher.map(Into::into).into_iter().collect(),
                            };
                            made.push((id, facts));
                        }
                    }
                }
            }
        }
        made
    }

    #[tokio::test]
    async fn visibility_in_sql_and_in_memory_agree_on_every_combination() {
        for t in &steward_testkit::apps().await {
            let now = clock::now();
            let organization = organizations::service::ensure(&t.app, "Acme", now)
                .await
                .expect("made");
            let other = organizations::service::ensure(&t.app, "Other", now)
                .await
                .expect("made");
            let mut people = Vec::new();
            for name in ["ada", "bob"] {
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
            let team = teams::service::add(&t.app, organization, "Network", "", now)
                .await
                .expect("made");
            let tx = t.app.db.write("test").await.expect("open");
            let tickets = combinations(&tx, organization, &people, &[team]).await;
            tx.commit().await.expect("kept");
            assert_eq!(tickets.len(), 2 * 3 * 3 * 2 * 3);

            let user = people[0].into();
            let kinds = [
                Visibility::Nothing,
                Visibility::Everything,
                Visibility::Involved {
                    user,
                    teams: vec![],
                },
                Visibility::Involved {
                    user,
                    teams: vec![team.into()],
                },
            ];
            for visibility in kinds {
                for (id, facts) in &tickets {
                    let mut filter = visible(&actor(organization, people[0]), &visibility);
                    filter.and("t.id = ?", values![*id]);
                    let in_sql = find(&t.app.db, &filter).await.expect("read").is_some();
                    assert_eq!(
                        in_sql,
                        visibility.sees(facts),
                        "{visibility:?} {facts:?} on {}",
                        t.engine
                    );
                }
                let foreign = visible(&actor(other, people[0]), &visibility);
                assert_eq!(
                    count(&t.app.db, &foreign).await.expect("counted"),
                    0,
                    "{visibility:?} across tenants"
                );
            }
        }
    }
}
