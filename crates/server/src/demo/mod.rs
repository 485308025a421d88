//! The demo organization: invented people and faults over three months, made
//! by the product's own services from a fixed seed.

pub(crate) mod example;
mod faults;
mod people;
mod store;
mod story;

use people::{SIGN_INS, TEAMS};
use std::collections::BTreeMap;
use steward_desk::sla;
use steward_identity::users::dto::UserInput;
use steward_identity::{auth, organizations, teams, users};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// Password of every demo account.
pub const PASSWORD: &str = "steward-demo-harbour-42";

/// Incidents that are made.
const INCIDENTS: usize = 400;

/// Instants at which something came due, made up for at once.
const AT_ONCE: usize = 50;

/// Everyone who takes part in the story, with the rights that they have.
#[derive(Default)]
struct Cast {
    /// By team: those who work on its tickets.
    agents: BTreeMap<&'static str, Vec<Actor>>,
    teams: BTreeMap<&'static str, Uuid>,
    requesters: Vec<Actor>,
}

impl Cast {
    /// Gives a person a part.
    fn take(&mut self, role: &str, team: Option<&'static str>, actor: Actor) {
        match (team, role) {
            (Some(name), "agent") => self.agents.entry(name).or_default().push(actor),
            (_, "end_user") => self.requesters.push(actor),
            _ => {}
        }
    }
}

/// Fills an empty database. Returns the sign-ins made, none when there was an
/// organization.
///
/// # Errors
/// When the database refuses.
pub async fn fill(app: &App, now: Instant) -> Result<Vec<(&'static str, &'static str)>> {
    fill_with(app, INCIDENTS, now).await
}

/// As [`fill`], with another number of incidents.
///
/// # Errors
/// When the database refuses.
pub async fn fill_with(
    app: &App,
    incidents: usize,
    now: Instant,
) -> Result<Vec<(&'static str, &'static str)>> {
    if !organizations::service::is_empty(app).await? {
        return Ok(Vec::new());
    }
    let organization = organizations::service::ensure(app, "Example", now).await?;
    let cast = cast(app, organization, now).await?;
    for incident in story::incidents(incidents, now) {
        story::play(app, &cast, &incident).await?;
    }
    // What came due in the story happens when it did, so that nothing of it looks like news.
    while !sla::catch_up(app, organization, AT_ONCE, now).await? {}
    Ok(SIGN_INS.iter().map(|p| (p.email, p.role)).collect())
}

async fn cast(app: &App, organization: OrganizationId, now: Instant) -> Result<Cast> {
    let mut teams = BTreeMap::new();
    for (name, description) in TEAMS {
        let team = teams::service::add(app, organization, name, description, now).await?;
        teams.insert(*name, team);
    }
    let mut cast = Cast {
        teams,
        ..Cast::default()
    };
    for person in people::everyone(people::DOMAIN) {
        let input = UserInput {
            email: person.email.clone(),
            username: None,
            first_name: person.first.to_owned(),
            last_name: person.last.to_owned(),
            password: PASSWORD.to_owned(),
            roles: Some(vec![person.role.to_owned()]),
        };
        let id = users::service::add(app, organization, input, now).await?;
        let team = person.team.and_then(|name| cast.teams.get(name).copied());
        if person.role == "admin" {
            users::service::appoint_operator(app, id).await?;
        }
        if let Some(team) = team {
            teams::service::join(app, organization, team, id, now).await?;
        }
        let actors = auth::actors(&app.db, organization, &[id]).await?;
        for actor in actors {
            cast.take(person.role, person.team, actor);
        }
    }
    Ok(cast)
}
