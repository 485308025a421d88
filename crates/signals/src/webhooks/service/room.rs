//! How much is sent at once.

use crate::webhooks::store::Due;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use uuid::Uuid;

/// Requests of one node at the same time.
const AT_ONCE: usize = 128;
/// Requests of one node to one webhook at the same time.
const OF_ONE: usize = 4;

/// How many requests are under way, and to whom.
#[derive(Debug, Default)]
pub(in crate::webhooks) struct Room {
    taken: Mutex<BTreeMap<Uuid, usize>>,
    freed: Notify,
}

impl Room {
    fn taken(&self) -> MutexGuard<'_, BTreeMap<Uuid, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many more may be sent to a webhook: one at a time while it fails, so
    /// that receivers that are down leave room for those that are not.
    pub(super) fn left(&self, due: &Due) -> usize {
        let taken = self.taken();
        let most = if due.failures > 0 { 1 } else { OF_ONE };
        let of_one = taken.get(&due.webhook_id).copied().unwrap_or(0);
        let left = AT_ONCE.saturating_sub(taken.values().sum());
        most.saturating_sub(of_one).min(left)
    }

    pub(super) fn take(&self, webhook: Uuid, count: usize) {
        if count > 0 {
            *self.taken().entry(webhook).or_default() += count;
        }
    }

    /// A request to this webhook has ended.
    pub(in crate::webhooks) fn free(&self, webhook: Uuid) {
        let mut taken = self.taken();
        if let Some(count) = taken.get_mut(&webhook) {
            *count = count.saturating_sub(1);
        }
        taken.retain(|_, count| *count > 0);
        drop(taken);
        self.freed.notify_one();
    }

    /// Waits until a request has ended.
    pub(in crate::webhooks) async fn freed(&self) {
        self.freed.notified().await;
    }
}
