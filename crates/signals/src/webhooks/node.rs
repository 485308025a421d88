//! What one node does as long as it runs: it finds out what is to be sent and
//! sends it, many at once and few of one webhook. Not a job, because a job that
//! waits for a receiver would hold up the others.

use super::service::{self, Room};
use super::store::Claimed;
use futures::stream::{FuturesUnordered, StreamExt};
use std::time::Duration;
use steward_kernel::Result;
use steward_platform::{App, clock};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;

/// How often the tables are looked at when nothing wakes this node: for tries
/// that come due and for what other nodes left.
const POLL: Duration = Duration::from_millis(500);

/// Pause before a look, so that what comes in a burst is planned together.
const GATHER: Duration = Duration::from_millis(25);

/// Plans and sends until stopped; what is under way then is finished.
///
/// Finding and sending go on side by side: what is under way must be able to
/// end its transaction while the next one waits to begin.
pub async fn run(app: &App, stop: &CancellationToken) {
    let room = Room::default();
    let (hand_over, taken) = unbounded_channel();
    tokio::join!(find(app, stop, &room, hand_over), send(app, &room, taken));
}

async fn find(
    app: &App,
    stop: &CancellationToken,
    room: &Room,
    hand_over: UnboundedSender<Claimed>,
) {
    while !stop.is_cancelled() {
        let planned = noted(service::plan(app, clock::now()).await);
        let claimed = noted(service::claim(app, room, clock::now()).await);
        let is_busy = planned > 0 || !claimed.is_empty();
        for one in claimed {
            // The other end is there as long as this one.
            drop(hand_over.send(one));
        }
        if is_busy {
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = room.freed() => {}
            () = app.db.deliveries_arrived() => {}
            () = tokio::time::sleep(POLL) => {}
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(GATHER) => {}
        }
    }
}

async fn send(app: &App, room: &Room, mut taken: UnboundedReceiver<Claimed>) {
    let mut flights = FuturesUnordered::new();
    let mut is_open = true;
    while is_open || !flights.is_empty() {
        tokio::select! {
            next = taken.recv(), if is_open => match next {
                Some(claimed) => flights.push(async move {
                    let done = service::attempt(app, &claimed).await;
                    (claimed.webhook_id, done)
                }),
                None => is_open = false,
            },
            Some((webhook, done)) = flights.next(), if !flights.is_empty() => {
                room.free(webhook);
                noted(done);
            }
        }
    }
}

fn noted<T: Default>(done: Result<T>) -> T {
    done.unwrap_or_else(|error| {
        tracing::warn!(error = ?error.source, detail = %error.detail, "webhooks cannot be worked on");
        T::default()
    })
}
