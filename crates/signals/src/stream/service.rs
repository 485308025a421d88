//! Use cases of the stream: listening, and telling those who listen.

use super::frame;
use super::store::{self, TicketRow};
use std::collections::BTreeMap;
use std::sync::Arc;
use steward_domain::stream::rules::{self, Digest};
use steward_domain::visibility::TicketFacts;
use steward_identity::auth;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, Instant, Result};
use steward_platform::App;
use steward_platform::events::{self, Placed, Position};
use steward_platform::live::{Audience, Credential, Frame, Hint, Listener, Missed, Opened};
use uuid::Uuid;

/// Events that a node starts with, for those who come back to it.
const FIRST: u32 = 4096;
/// Events of one turn.
const BATCH: u32 = 500;

type Tickets = BTreeMap<Uuid, (TicketRow, TicketFacts)>;

/// What happened in an organization, with its tickets as they are now.
struct Told {
    digest: Digest,
    tickets: Tickets,
}

/// Adds a listener; also returns what they hear first.
pub(super) async fn open(
    app: &App,
    actor: Actor,
    credential: Credential,
    since: Option<Position>,
    now: Instant,
) -> Result<(Frame, Opened)> {
    ready(app).await?;
    let organization = actor.organization_id;
    let listener = Listener {
        credential,
        actor: Arc::new(actor),
    };
    let opened = app.live.open(listener, since)?;
    let mut text = "retry: 3000\n\n".to_owned();
    match &opened.missed {
        Missed::TooMuch => frame::bare(&mut text, "reset"),
        Missed::Events(missed) => {
            let told = told(app, missed, &[]).await?;
            // Asked for after the place was taken: from here on, nothing is missed.
            let actors = auth::actors_of(&app.db, &[credential], now).await?;
            if let (Some(told), Some(actor)) = (told.get(&organization), actors.get(&credential)) {
                text.push_str(&told.to(actor));
            }
            frame::bare(&mut text, "ready");
        }
    }
    frame::mark(&mut text, opened.head);
    Ok((text.into(), opened))
}

/// Starts with the newest events, once for each process.
async fn ready(app: &App) -> Result<()> {
    if app.live.is_loaded() {
        return Ok(());
    }
    let _turn = app.live.turn().await;
    load(app).await
}

async fn load(app: &App) -> Result<()> {
    if app.live.is_loaded() {
        return Ok(());
    }
    let mut latest = events::latest(&app.db, FIRST).await?;
    let is_all = u32::try_from(latest.len()).is_ok_and(|count| count < FIRST);
    latest.reverse();
    app.live.load(latest, is_all, is_heard);
    Ok(())
}

fn is_heard(placed: &Placed) -> bool {
    rules::is_heard(&placed.event.name)
}

/// Reads what is new and tells it; returns how many events there were.
///
/// # Errors
/// When the database does not answer; who would have missed something by that
/// is let go, and comes back with the last position that they have.
pub async fn turn(app: &App, now: Instant) -> Result<usize> {
    let _turn = app.live.turn().await;
    load(app).await?;
    let hints = app.live.take_hints();
    let events = events::after(&app.db, app.live.head(), BATCH).await?;
    let count = events.len();
    if count == 0 && hints.is_empty() {
        return Ok(0);
    }
    let head = events
        .last()
        .map_or_else(|| app.live.head(), |e| e.position);
    let heard = events.into_iter().filter(is_heard).map(Arc::new);
    let heard: Vec<Arc<Placed>> = heard.collect();
    let audience = app.live.advance(head, &heard);
    let done = tell(app, &audience, &heard, &hints, head, now).await;
    if done.is_err() {
        for (id, _) in &audience {
            app.live.remove(*id);
        }
    }
    done.map(|()| count)
}

async fn tell(
    app: &App,
    audience: &Audience,
    heard: &[Arc<Placed>],
    hints: &[Hint],
    head: Position,
    now: Instant,
) -> Result<()> {
    if audience.is_empty() {
        return Ok(());
    }
    let told = told(app, heard, hints).await?;
    // Who would hear nothing by what they could see last need not be asked for.
    let concerned = audience.iter().filter(|(_, listener)| {
        let told = told.get(&listener.actor.organization_id);
        told.is_some_and(|told| !told.to(&listener.actor).is_empty())
    });
    let concerned: Audience = concerned.cloned().collect();
    for (id, actor) in renewed(app, &concerned, now).await? {
        if let Some(told) = told.get(&actor.organization_id) {
            let mut text = told.to(&actor);
            if !text.is_empty() {
                frame::mark(&mut text, head);
                app.live.send(id, text.into());
            }
        }
    }
    Ok(())
}

/// Asks who these listeners are now. Those whose sign-in counts no more are
/// told so and let go.
async fn renewed(app: &App, audience: &Audience, now: Instant) -> Result<Vec<(u64, Arc<Actor>)>> {
    let credentials: Vec<Credential> = audience.iter().map(|(_, l)| l.credential).collect();
    let actors = auth::actors_of(&app.db, &credentials, now).await?;
    let mut renewed = Vec::with_capacity(audience.len());
    for (id, listener) in audience {
        let Some(actor) = actors.get(&listener.credential) else {
            let mut text = String::new();
            frame::bare(&mut text, "end");
            app.live.send(*id, text.into());
            app.live.remove(*id);
            continue;
        };
        let known = &listener.actor;
        let actor = Arc::new(actor.clone());
        if known.permissions != actor.permissions || known.teams != actor.teams {
            let mut text = String::new();
            frame::bare(&mut text, "access");
            app.live.send(*id, text.into());
        }
        app.live.renew(*id, Arc::clone(&actor));
        renewed.push((*id, actor));
    }
    Ok(renewed)
}

/// Asks who all listeners are now, and tells them that the line is alive.
///
/// # Errors
/// When the database does not answer.
pub async fn check(app: &App, now: Instant) -> Result<()> {
    let _turn = app.live.turn().await;
    let mut text = ": beat\n".to_owned();
    frame::mark(&mut text, app.live.head());
    let beat: Frame = text.into();
    for (id, _) in renewed(app, &app.live.audience(), now).await? {
        app.live.send(id, Arc::clone(&beat));
    }
    Ok(())
}

/// What happened, by organization.
async fn told(
    app: &App,
    events: &[Arc<Placed>],
    hints: &[Hint],
) -> Result<BTreeMap<OrganizationId, Told>> {
    let mut digests = rules::gather(events.iter().map(|placed| &placed.event));
    for hint in hints {
        let digest = digests.entry(hint.organization_id).or_default();
        digest.add_presence(hint.ticket_id);
    }
    let mut told = BTreeMap::new();
    for (organization, digest) in digests {
        let ids: Vec<Uuid> = digest.tickets.keys().copied().collect();
        let tickets = store::tickets(&app.db, organization, &ids).await?;
        told.insert(organization, Told { digest, tickets });
    }
    Ok(told)
}

impl Told {
    /// The messages that an actor of this organization hears.
    fn to(&self, actor: &Actor) -> String {
        let mut text = String::new();
        for (id, news) in &self.digest.tickets {
            let Some((row, facts)) = self.tickets.get(id) else {
                continue;
            };
            if let Some(fields) = news.heard_by(actor, facts) {
                frame::ticket(&mut text, row, news.is_new, &fields);
            }
        }
        for (kind, id) in self.digest.records_heard_by(actor) {
            frame::record(&mut text, kind, id);
        }
        if self.digest.people.contains(&actor.user_id) {
            frame::bare(&mut text, "notification");
        }
        text
    }
}
