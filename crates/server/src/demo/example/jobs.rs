//! Writing the example's story, a second or so at a time: a job runs beside
//! others, and a long one would hold them up.

use super::service::DOMAIN;
use super::store;
use crate::demo::people::{self, TEAMS};
use crate::demo::{self, Cast, story};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::Range;
use steward_desk::sla;
use steward_identity::organizations::service as organizations;
use steward_identity::{auth, teams};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{self, Job, NewJob, Registry};
use uuid::Uuid;

/// Kind of the job that writes the next part of the story.
pub(super) const FILL: &str = "example.fill";

/// Incidents of the story.
const INCIDENTS: usize = 60;
/// Incidents written at once.
const AT_ONCE: usize = 5;
/// The incidents of the part of this number, from 0; none behind the last.
fn part(number: usize) -> Range<usize> {
    let first = number.saturating_mul(AT_ONCE).min(INCIDENTS);
    first..(first + AT_ONCE).min(INCIDENTS)
}

/// Names the background work of the example.
pub(crate) fn register(registry: &mut Registry) {
    registry.handle(FILL, |app, job, now| Box::pin(fill(app, job, now)));
}

fn number_of(job: &Job) -> usize {
    let number = job.payload.get("part").and_then(serde_json::Value::as_u64);
    usize::try_from(number.unwrap_or_default()).unwrap_or(usize::MAX)
}

/// Writes one part and asks for the next; a part that failed midway goes on
/// where it broke off. An example that was removed
/// meanwhile, or has its story, is left alone.
async fn fill(app: &App, job: &Job, now: Instant) -> Result<()> {
    let example = organizations::example(&app.db).await?;
    let wanted = example.filter(|e| e.is_being_filled && Some(e.id) == job.organization_id);
    let Some(example) = wanted else {
        return Ok(());
    };
    let number = number_of(job);
    let range = part(number);
    let is_told = range.is_empty();
    if !is_told {
        let cast = cast(app, example.id, example.created_at).await?;
        let all = story::incidents(INCIDENTS, example.created_at);
        for incident in all.into_iter().skip(range.start).take(range.len()) {
            story::play(app, &cast, &incident).await?;
        }
    } else if sla::catch_up(app, example.id, demo::AT_ONCE, example.created_at).await? {
        return organizations::example_is_filled(app, example.id).await;
    }
    let tx = app.db.write("example.next_part").await?;
    let next = NewJob {
        organization_id: Some(example.id),
        kind: FILL,
        payload: json!({ "part": number.saturating_add(usize::from(!is_told)) }),
        run_at: now,
        dedupe_key: None,
    };
    jobs::enqueue(&tx, next, now).await?;
    tx.commit().await
}

/// Its people as they act, and its teams, which are made where they are missing.
async fn cast(app: &App, organization: OrganizationId, now: Instant) -> Result<Cast> {
    let teams = store::teams(&app.db, organization).await?;
    let mut teams: BTreeMap<String, Uuid> = teams.into_iter().map(|t| (t.key, t.id)).collect();
    let is_new = teams.is_empty();
    for (name, description) in TEAMS {
        if !teams.contains_key(*name) {
            let id = teams::service::add(app, organization, name, description, now).await?;
            teams.insert((*name).to_owned(), id);
        }
    }
    let known = store::people(&app.db, organization).await?;
    let ids: Vec<Uuid> = known.iter().map(|person| person.id).collect();
    let known: BTreeMap<String, Uuid> = known.into_iter().map(|p| (p.key, p.id)).collect();
    for person in people::everyone(DOMAIN).filter(|_| is_new) {
        let team = person.team.and_then(|name| teams.get(name));
        if let (Some(team), Some(user)) = (team, known.get(&person.email)) {
            teams::service::join(app, organization, *team, *user, now).await?;
        }
    }
    let actors = auth::actors(&app.db, organization, &ids).await?;
    let actors: BTreeMap<Uuid, Actor> = actors.into_iter().map(|a| (a.user_id.0, a)).collect();
    let mut cast = Cast::default();
    for (name, _) in TEAMS {
        let id = teams.get(*name).copied();
        let id = id.ok_or_else(|| Error::internal("the example lost a team"))?;
        cast.teams.insert(name, id);
    }
    for person in people::everyone(DOMAIN) {
        let id = known.get(&person.email);
        if let Some(actor) = id.and_then(|id| actors.get(id)) {
            cast.take(person.role, person.team, actor.clone());
        }
    }
    Ok(cast)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_cover_every_incident_once_and_end() {
        let parts = (0..).map(part).take_while(|range| !range.is_empty());
        let incidents: Vec<usize> = parts.flatten().collect();
        assert_eq!(incidents, (0..INCIDENTS).collect::<Vec<_>>());
        assert!(part(usize::MAX).is_empty());
    }
}
