//! The listeners of this node and the newest events.

use super::{Frame, Hint};
use crate::events::{Placed, Position};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use steward_kernel::{Actor, Error, ErrorCode, Result};
use tokio::sync::Notify;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use uuid::Uuid;

/// Events that are kept for those who come back.
const KEPT: usize = 4096;
/// Frames that wait for a listener before it is let go.
const WAITING: usize = 64;
/// Listeners of one node.
const MOST: usize = 5000;
/// Listeners of one person.
const MOST_OF_ONE: usize = 20;

/// What a listener signed in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credential {
    /// A session.
    Session(Uuid),
    /// An API token.
    Token(Uuid),
}

/// Someone who listens.
#[derive(Debug, Clone)]
pub struct Listener {
    /// By what right.
    pub credential: Credential,
    /// Who, as they were when last asked for.
    pub actor: Arc<Actor>,
}

/// A listener with its number.
pub type Audience = Vec<(u64, Listener)>;

/// What happened since a listener was here last.
#[derive(Debug)]
pub enum Missed {
    /// These events, oldest first.
    Events(Vec<Arc<Placed>>),
    /// More than is kept.
    TooMuch,
}

/// A place among the listeners; given up when dropped.
#[derive(Debug)]
pub struct Seat {
    hub: Arc<Hub>,
    /// Its number.
    pub id: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hub.remove(self.id);
    }
}

/// What a new listener gets.
#[derive(Debug)]
pub struct Opened {
    /// Its place.
    pub seat: Seat,
    /// What comes from now on; ends when the listener is let go.
    pub frames: Receiver<Frame>,
    /// What came before.
    pub missed: Missed,
    /// The last event before it listened.
    pub head: Position,
}

#[derive(Debug)]
struct Place {
    listener: Listener,
    frames: Sender<Frame>,
}

#[derive(Debug, Default)]
struct State {
    /// The last event that was read.
    head: Position,
    /// Nothing after this one is missing from `kept`.
    floor: Position,
    kept: VecDeque<Arc<Placed>>,
    places: BTreeMap<u64, Place>,
    last_id: u64,
    /// What was noted since the last turn, and whether it was on this node.
    hints: BTreeMap<Hint, bool>,
    is_loaded: bool,
    is_closed: bool,
}

/// The listeners of this node and the newest events.
#[derive(Debug, Default)]
pub struct Hub {
    state: Mutex<State>,
    turn: tokio::sync::Mutex<()>,
    told: Notify,
}

impl Hub {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whoever reads events waits here, so that one does so at a time.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Whether [`Hub::load`] was done.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.state().is_loaded
    }

    /// Starts with the newest events, oldest first, of which `keep` are kept.
    pub fn load(&self, events: Vec<Placed>, is_all: bool, keep: impl Fn(&Placed) -> bool) {
        let mut state = self.state();
        state.head = events.last().map(|e| e.position).unwrap_or_default();
        if !is_all {
            state.floor = events.first().map(|e| e.position).unwrap_or_default();
        }
        state.kept = events.into_iter().filter(keep).map(Arc::new).collect();
        state.is_loaded = true;
    }

    /// The last event that was read.
    #[must_use]
    pub fn head(&self) -> Position {
        self.state().head
    }

    /// Takes new events, oldest first; returns who is to be asked whether they
    /// hear of those that are kept.
    pub fn advance(&self, head: Position, events: &[Arc<Placed>]) -> Audience {
        let mut state = self.state();
        state.head = head;
        state.kept.extend(events.iter().map(Arc::clone));
        while state.kept.len() > KEPT {
            if let Some(oldest) = state.kept.pop_front() {
                state.floor = oldest.position;
            }
        }
        audience(&state)
    }

    /// Everyone who listens.
    #[must_use]
    pub fn audience(&self) -> Audience {
        audience(&self.state())
    }

    /// Adds a listener who has heard everything up to `since`, or wants to hear
    /// what comes.
    ///
    /// # Errors
    /// When there are too many, or the node is stopping.
    pub fn open(self: &Arc<Self>, listener: Listener, since: Option<Position>) -> Result<Opened> {
        let mut state = self.state();
        let user = listener.actor.user_id;
        let of_one = state.places.values();
        let of_one = of_one.filter(|p| p.listener.actor.user_id == user).count();
        if state.is_closed || state.places.len() >= MOST || of_one >= MOST_OF_ONE {
            let detail = "too many streams are open; close one, or try again later";
            return Err(Error::new(ErrorCode::RateLimitExceeded, detail));
        }
        let missed = missed(&state, since);
        let (frames, received) = channel(WAITING);
        state.last_id += 1;
        let id = state.last_id;
        state.places.insert(id, Place { listener, frames });
        Ok(Opened {
            seat: Seat {
                hub: Arc::clone(self),
                id,
            },
            frames: received,
            missed,
            head: state.head,
        })
    }

    /// Sends to a listener; one that does not keep up is let go, and comes back
    /// with the last position that it has.
    pub fn send(&self, id: u64, frame: Frame) {
        let mut state = self.state();
        let sent = state.places.get(&id).map(|p| p.frames.try_send(frame));
        if matches!(sent, Some(Err(_))) {
            state.places.remove(&id);
        }
    }

    /// Keeps what a listener may do now.
    pub fn renew(&self, id: u64, actor: Arc<Actor>) {
        if let Some(place) = self.state().places.get_mut(&id) {
            place.listener.actor = actor;
        }
    }

    /// Lets a listener go.
    pub fn remove(&self, id: u64) {
        self.state().places.remove(&id);
    }

    /// How many listen.
    #[must_use]
    pub fn len(&self) -> usize {
        self.state().places.len()
    }

    /// Whether nobody listens.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lets everyone go and takes nobody any more: the node stops.
    pub fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        state.places.clear();
    }

    /// Notes something of the moment for the next turn.
    pub fn hint(&self, hint: Hint) {
        self.state().hints.insert(hint, true);
    }

    /// Notes what another node told: events, or something of the moment.
    pub fn overhear(&self, hint: Option<Hint>) {
        if let Some(hint) = hint {
            self.state().hints.entry(hint).or_insert(false);
        }
        self.told.notify_one();
    }

    /// Waits until another node told something.
    pub async fn overheard(&self) {
        self.told.notified().await;
    }

    /// What was noted on this node since the last turn.
    #[must_use]
    pub fn own_hints(&self) -> Vec<Hint> {
        let state = self.state();
        let own = state.hints.iter().filter(|(_, is_own)| **is_own);
        own.map(|(hint, _)| *hint).collect()
    }

    /// What was noted since the last turn.
    pub fn take_hints(&self) -> Vec<Hint> {
        std::mem::take(&mut self.state().hints)
            .into_keys()
            .collect()
    }
}

fn audience(state: &State) -> Audience {
    let places = state.places.iter();
    places.map(|(id, p)| (*id, p.listener.clone())).collect()
}

fn missed(state: &State, since: Option<Position>) -> Missed {
    let Some(since) = since else {
        return Missed::Events(Vec::new());
    };
    if since < state.floor {
        return Missed::TooMuch;
    }
    let kept = state.kept.iter().filter(|e| e.position > since);
    Missed::Events(kept.map(Arc::clone).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use steward_kernel::{Envelope, Instant};

    fn placed(order: u128) -> Placed {
        let id = Uuid::from_u128(order);
        Placed {
            position: format!("{order}.{}", id.simple()).parse().expect("one"),
            event: Envelope {
                id: id.into(),
                organization_id: Uuid::nil().into(),
                name: "ticket.updated".to_owned(),
                version: 1,
                aggregate_id: id,
                actor_id: None,
                at: Instant::UNIX_EPOCH,
                payload: Value::Null,
            },
        }
    }

    fn listener(user: u128) -> Listener {
        Listener {
            credential: Credential::Session(Uuid::from_u128(user)),
            actor: Arc::new(Actor {
                user_id: Uuid::from_u128(user).into(),
                ..Actor::system(Uuid::nil().into())
            }),
        }
    }

    fn hub(orders: impl IntoIterator<Item = u128>, is_all: bool) -> Arc<Hub> {
        let hub = Arc::new(Hub::default());
        hub.load(orders.into_iter().map(placed).collect(), is_all, |_| true);
        hub
    }

    fn missed(hub: &Arc<Hub>, since: u128) -> Option<usize> {
        let since = placed(since).position;
        match hub.open(listener(1), Some(since)).expect("a seat").missed {
            Missed::Events(events) => Some(events.len()),
            Missed::TooMuch => None,
        }
    }

    #[test]
    fn who_was_away_gets_what_came_after_or_is_told_that_it_is_too_much() {
        let all = hub(5..8, true);
        assert_eq!(missed(&all, 0), Some(3));
        assert_eq!(missed(&all, 6), Some(1));
        assert_eq!(missed(&all, 9), Some(0), "another node was ahead");
        let part = hub(5..8, false);
        assert_eq!(missed(&part, 4), None);
        assert_eq!(missed(&part, 5), Some(2));
        let more: Vec<Arc<Placed>> = (8..5000).map(|n| Arc::new(placed(n))).collect();
        let _ = all.advance(more.last().expect("one").position, &more);
        assert_eq!(missed(&all, 6), None, "only the newest are kept");
        assert_eq!(missed(&all, 4990), Some(9));
    }

    #[test]
    fn who_does_not_keep_up_is_let_go_after_a_bounded_number_of_frames() {
        let hub = hub([], true);
        let mut slow = hub.open(listener(1), None).expect("a seat");
        let quick = hub.open(listener(2), None).expect("a seat");
        for _ in 0..100 {
            hub.send(slow.seat.id, "x".into());
        }
        assert_eq!(hub.len(), 1);
        let mut got = 0;
        while slow.frames.try_recv().is_ok() {
            got += 1;
        }
        assert_eq!((got, slow.frames.is_closed()), (WAITING, true));
        drop(quick);
        assert!(hub.is_empty());
        hub.close();
        assert!(hub.open(listener(3), None).is_err());
    }
}
