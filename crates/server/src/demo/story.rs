//! What happens to the demo's incidents: drawn from a fixed seed, so that every
//! demo tells the same story, ending at the present.

use super::Cast;
use super::faults::{FAULTS, Fault, ROOMS, SITES};
use super::store;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use steward_desk::tickets::dto::{
    AssignInput, CommentInput, IncidentInput, LevelInput, VisibilityInput,
};
use steward_desk::tickets::service as tickets;
use steward_desk::tickets::service::Step;
use steward_domain::tickets::rules::Verb;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

const SEED: u64 = 20_260_101;
const DAY: i64 = 24 * 60;
/// Days that the story covers.
const DAYS: i64 = 90;
/// The team that looks at everything first.
const FIRST_LINE: &str = "Service desk";

/// How far an incident has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    New,
    Assigned,
    InProgress,
    OnHold,
    Resolved,
    Closed,
    Cancelled,
}

/// One incident of the story.
pub(super) struct Incident {
    fault: &'static Fault,
    at: Instant,
    now: Instant,
    stage: Stage,
    title: String,
    levels: (LevelInput, LevelInput),
    /// Picks people.
    draw: usize,
    is_by_phone: bool,
    is_talkative: bool,
    is_reopened: bool,
}

/// The story's incidents, oldest first.
pub(super) fn incidents(count: usize, now: Instant) -> Vec<Incident> {
    let mut rng = StdRng::seed_from_u64(SEED);
    let mut ages: Vec<i64> = (0..count).map(|_| office_age(&mut rng)).collect();
    ages.sort_unstable_by(|a, b| b.cmp(a));
    ages.into_iter()
        .map(|age| {
            let fault = pick(&mut rng, FAULTS);
            let title = fault
                .title
                .replace("{room}", pick::<&str>(&mut rng, ROOMS))
                .replace("{site}", pick::<&str>(&mut rng, SITES))
                .replace("{floor}", &rng.random_range(1..6).to_string());
            Incident {
                fault,
                at: before(now, age),
                now,
                stage: stage(&mut rng, age),
                title,
                levels: (level(&mut rng), level(&mut rng)),
                draw: rng.random_range(0..10_000),
                is_by_phone: rng.random_ratio(1, 4),
                is_talkative: rng.random_ratio(3, 5),
                is_reopened: rng.random_ratio(1, 15),
            }
        })
        .collect()
}

fn pick<T>(rng: &mut StdRng, from: &'static [T]) -> &'static T {
    let at = rng.random_range(0..from.len());
    from.get(at)
        .unwrap_or_else(|| unreachable!("drawn inside the list"))
}

/// Minutes before the present; nine in ten fall into the middle of a day.
fn office_age(rng: &mut StdRng) -> i64 {
    let day = rng.random_range(0..DAYS);
    let minute = if rng.random_ratio(9, 10) {
        rng.random_range(8 * 60..17 * 60)
    } else {
        rng.random_range(0..DAY)
    };
    (day * DAY + minute).max(5)
}

fn level(rng: &mut StdRng) -> LevelInput {
    match rng.random_range(0..10) {
        0 | 1 => LevelInput::High,
        2..=6 => LevelInput::Medium,
        _ => LevelInput::Low,
    }
}

/// The older, the further.
fn stage(rng: &mut StdRng, age: i64) -> Stage {
    let luck = rng.random_range(0..100);
    let table: &[(i32, Stage)] = match age / DAY {
        0 => &[
            (45, Stage::New),
            (70, Stage::Assigned),
            (92, Stage::InProgress),
            (100, Stage::Resolved),
        ],
        1..=3 => &[
            (10, Stage::New),
            (25, Stage::Assigned),
            (55, Stage::InProgress),
            (70, Stage::OnHold),
            (97, Stage::Resolved),
            (100, Stage::Cancelled),
        ],
        4..=13 => &[
            (5, Stage::Assigned),
            (15, Stage::InProgress),
            (27, Stage::OnHold),
            (60, Stage::Resolved),
            (96, Stage::Closed),
            (100, Stage::Cancelled),
        ],
        _ => &[
            (2, Stage::InProgress),
            (4, Stage::OnHold),
            (95, Stage::Closed),
            (100, Stage::Cancelled),
        ],
    };
    table
        .iter()
        .find(|(up_to, _)| luck < *up_to)
        .map_or(Stage::Closed, |(_, stage)| *stage)
}

fn before(now: Instant, minutes: i64) -> Instant {
    now.checked_sub(jiff::SignedDuration::from_mins(minutes))
        .unwrap_or(now)
}

/// Who plays which part in one incident, and how time goes by.
struct Scene<'a> {
    app: &'a App,
    incident: &'a Incident,
    requester: &'a Actor,
    agent: &'a Actor,
    number: String,
    at: Instant,
    /// The ticket of a telling that broke off: what has happened to it by then
    /// does not happen again.
    begun: Option<Uuid>,
}

/// Makes an incident and everything that happened to it. Where a telling broke
/// off, it goes on from there.
pub(super) async fn play(app: &App, cast: &Cast, incident: &Incident) -> Result<()> {
    let missing = || Error::internal("the demo has no one for a part");
    let fault = incident.fault;
    let requester = nth(&cast.requesters, incident.draw).ok_or_else(missing)?;
    // The first line solves one in three by itself.
    let team = if incident.draw.is_multiple_of(3) {
        FIRST_LINE
    } else {
        fault.team
    };
    let own = cast.agents.get(team).ok_or_else(missing)?;
    let agent = nth(own, incident.draw / 7).ok_or_else(missing)?;
    let desk = cast.agents.get(FIRST_LINE).ok_or_else(missing)?;
    let first_line = nth(desk, incident.draw / 3).ok_or_else(missing)?;
    let reporter = if incident.is_by_phone {
        first_line
    } else {
        requester
    };
    let input = IncidentInput {
        title: incident.title.clone(),
        description: Some(fault.description.to_owned()),
        impact: Some(incident.levels.0),
        urgency: Some(incident.levels.1),
        category: Some(fault.category.to_owned()),
        subcategory: Some(fault.subcategory.to_owned()),
        requester_id: incident.is_by_phone.then_some(requester.user_id.0),
        team_id: None,
        assignee_id: None,
        tags: None,
        requested_for_id: None,
        custom_fields: None,
        ci_ids: None,
    };
    let organization = requester.organization_id;
    let begun = store::reported(&app.db, organization, &incident.title, incident.at).await?;
    let (begun, number) = match begun {
        Some(ticket) => (Some(ticket.id), ticket.number),
        None => {
            let ticket = tickets::report(app, reporter, input, incident.at).await?;
            (None, ticket.number)
        }
    };
    let mut scene = Scene {
        app,
        incident,
        requester,
        agent,
        number,
        at: incident.at,
        begun,
    };
    let to = |team: &str, assignee_id| AssignInput {
        assignee_id,
        team_id: cast.teams.get(team).copied(),
        strategy: None,
        comment: None,
    };
    if incident.stage == Stage::New {
        scene.pass(3);
        return scene.assign(first_line, to(FIRST_LINE, None)).await;
    }
    if incident.stage == Stage::Cancelled {
        scene.pass(90);
        let reason = "It works again, thank you.".to_owned();
        return scene.step(requester, Verb::Cancel, Some(reason)).await;
    }
    scene.pass(12);
    let assign = to(team, Some(agent.user_id.0));
    scene.assign(first_line, assign).await?;
    scene.work().await
}

impl Scene<'_> {
    /// Lets up to `minutes` go by, never past the present.
    fn pass(&mut self, minutes: i64) {
        let spread = i64::try_from(self.incident.draw % 60).unwrap_or(0);
        let later = jiff::SignedDuration::from_mins(minutes + minutes * spread / 60);
        let left = self.incident.now.duration_since(self.at) / 2;
        self.at = self.at.checked_add(later.min(left)).unwrap_or(self.at);
    }

    /// Whether this part of the story was told before the telling broke off:
    /// everything that happens to a ticket has an instant of its own.
    async fn is_told(&self) -> Result<bool> {
        match self.begun {
            Some(ticket) => store::has_happened(&self.app.db, ticket, self.at).await,
            None => Ok(false),
        }
    }

    async fn assign(&self, who: &Actor, to: AssignInput) -> Result<()> {
        if self.is_told().await? {
            return Ok(());
        }
        tickets::assign(self.app, who, &self.number, to, None, self.at)
            .await
            .map(drop)
    }

    async fn step(&self, who: &Actor, verb: Verb, comment: Option<String>) -> Result<()> {
        if self.is_told().await? {
            return Ok(());
        }
        let resolution =
            (verb == Verb::Resolve).then(|| ("solved", self.incident.fault.resolution.to_owned()));
        let step = Step {
            verb,
            comment,
            resolution,
        };
        tickets::step(self.app, who, &self.number, step, None, self.at)
            .await
            .map(drop)
    }

    async fn say(&self, who: &Actor, body: &str, visibility: VisibilityInput) -> Result<()> {
        if self.is_told().await? {
            return Ok(());
        }
        let input = CommentInput {
            body: body.to_owned(),
            visibility,
        };
        tickets::comment(self.app, who, &self.number, input, self.at)
            .await
            .map(drop)
    }

    /// From the start of work to where the incident stands today.
    async fn work(&mut self) -> Result<()> {
        let incident = self.incident;
        let (agent, requester, fault) = (self.agent, self.requester, incident.fault);
        if incident.stage == Stage::Assigned {
            return Ok(());
        }
        self.pass(35);
        self.step(agent, Verb::Start, None).await?;
        if incident.is_talkative {
            self.pass(5);
            self.say(agent, fault.question, VisibilityInput::Public)
                .await?;
            self.pass(40);
            self.say(requester, fault.answer, VisibilityInput::Public)
                .await?;
            self.pass(25);
            self.say(agent, fault.note, VisibilityInput::Internal)
                .await?;
        }
        if incident.stage == Stage::InProgress {
            return Ok(());
        }
        if incident.stage == Stage::OnHold || incident.draw.is_multiple_of(5) {
            self.pass(30);
            let reason = "A part is ordered and should arrive within two days.".to_owned();
            self.step(agent, Verb::Hold, Some(reason)).await?;
            if incident.stage == Stage::OnHold {
                return Ok(());
            }
            self.pass(DAY);
            self.step(agent, Verb::Resume, None).await?;
        }
        self.pass(120);
        self.step(agent, Verb::Resolve, None).await?;
        if incident.is_reopened {
            self.pass(200);
            let reason = "It came back an hour later.".to_owned();
            self.step(requester, Verb::Reopen, Some(reason)).await?;
            self.pass(90);
            self.step(agent, Verb::Resolve, None).await?;
        }
        if incident.stage == Stage::Closed {
            self.pass(300);
            self.step(
                requester,
                Verb::Confirm,
                Some("Works, thank you!".to_owned()),
            )
            .await?;
        }
        Ok(())
    }
}

fn nth(people: &[Actor], draw: usize) -> Option<&Actor> {
    people.get(draw % people.len().max(1))
}
