//! What one node does as long as it runs: it listens to the servers of
//! mailboxes, to each from one node only. Not a job, because it has no end.

use super::service::{self, End};
use super::store::Heard;
use futures::stream::{FuturesUnordered, StreamExt};
use std::collections::BTreeMap;
use std::time::Duration;
use steward_kernel::{Error, Instant, Result};
use steward_platform::{App, clock};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often it is looked for mailboxes to which nobody listens.
const LOOK: Duration = Duration::from_secs(5);
/// Most servers that one node listens to; the others are asked every minute.
const MOST: usize = 50;
/// How long a server is left alone that does not tell.
const MUTE: Duration = Duration::from_secs(3600);
/// Longest wait before a lost connection is opened again.
const LONGEST: Duration = Duration::from_secs(300);

/// A mailbox that is left alone for a while.
#[derive(Debug, Clone, Copy)]
struct Rest {
    /// As it was; when it is changed, it is tried at once.
    version: i64,
    until: Instant,
    /// Connections that were lost, one after the other.
    lost: u32,
}

/// Listens until stopped; then every connection is closed and every mailbox free
/// for another node.
pub async fn run(app: &App, stop: &CancellationToken) {
    let node = clock::new_id();
    tokio::select! {
        () = stop.cancelled() => {}
        () = listen(app, node) => {}
    }
    noted(service::let_go(app, None, node).await);
}

async fn listen(app: &App, node: Uuid) {
    let mut rests: BTreeMap<Uuid, Rest> = BTreeMap::new();
    let mut flights = FuturesUnordered::new();
    loop {
        for heard in found(app, &rests).await {
            if flights.len() < MOST && noted(service::take(app, heard, node).await) {
                flights.push(async move {
                    let began = clock::now();
                    let ended = service::listen(app, heard, node).await;
                    noted(service::let_go(app, Some(heard.id), node).await);
                    (heard, began, ended)
                });
            }
        }
        tokio::select! {
            Some((heard, began, ended)) = flights.next(), if !flights.is_empty() => {
                let before = rests.remove(&heard.id);
                if let Some(rest) = rest(heard, began, &ended, before, clock::now()) {
                    rests.insert(heard.id, rest);
                }
                if let Err(error) = ended {
                    tracing::info!(mailbox = %heard.id, detail = %error.detail, "new mail is not announced");
                }
            }
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn found(app: &App, rests: &BTreeMap<Uuid, Rest>) -> Vec<Heard> {
    let now = clock::now();
    let mut found = noted(service::unheard(app, now).await);
    found.retain(|heard| {
        let rest = rests.get(&heard.id);
        rest.is_none_or(|rest| rest.version != heard.version || rest.until <= now)
    });
    found
}

/// How long a mailbox is left alone after listening ended.
fn rest(
    heard: Heard,
    began: Instant,
    ended: &Result<End, Error>,
    before: Option<Rest>,
    now: Instant,
) -> Option<Rest> {
    let (wait, lost) = match ended {
        Ok(End::Changed) => return None,
        Ok(End::Mute) => (MUTE, 0),
        Err(_) => {
            // One that held for long was a good one.
            let held = now.duration_since(began).unsigned_abs() > LONGEST;
            let lost = before.filter(|_| !held).map_or(1, |rest| rest.lost + 1);
            let seconds = 2_u64.saturating_pow(lost.saturating_sub(1));
            (LONGEST.min(Duration::from_secs(seconds)), lost)
        }
    };
    Some(Rest {
        version: heard.version,
        until: now.checked_add(wait).unwrap_or(now),
        lost,
    })
}

fn noted<T: Default>(done: Result<T>) -> T {
    done.unwrap_or_else(|error| {
        tracing::warn!(error = ?error.source, detail = %error.detail, "mailboxes cannot be listened to");
        T::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use steward_kernel::ErrorCode;

    #[test]
    fn a_lost_connection_is_opened_again_later_and_later_up_to_five_minutes() {
        let at = |seconds: i64| Instant::from_second(seconds).expect("an instant");
        let heard = Heard {
            id: Uuid::nil(),
            organization_id: Uuid::nil(),
            version: 3,
        };
        let lost = || Err(Error::new(ErrorCode::ResourceConflict, "lost"));
        let mut before = None;
        let mut waits = Vec::new();
        for _ in 0..11 {
            let next = rest(heard, at(0), &lost(), before, at(10)).expect("a rest");
            waits.push(next.until.as_second() - 10);
            before = Some(next);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        let after_long = rest(heard, at(0), &lost(), before, at(1_000)).expect("a rest");
        assert_eq!((after_long.until, after_long.lost), (at(1_001), 1));
        let mute = rest(heard, at(0), &Ok(End::Mute), before, at(10)).expect("a rest");
        assert_eq!((mute.until, mute.version), (at(3_610), 3));
        assert!(rest(heard, at(0), &Ok(End::Changed), before, at(10)).is_none());
    }
}
