//! One transaction around everything that a task does.
//!
//! Inside [`Unit::scope`], once [`Unit::open`] was called, every transaction of
//! the task becomes a savepoint of one outer transaction, and reads see what
//! was written so far. Who opened the unit takes the outer transaction with
//! [`Unit::take`] and commits it together with a record of its own; dropping
//! it undoes all. Deliberately absent: what such a record is.

use crate::{Db, Tx};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use steward_kernel::{Error, Result};

tokio::task_local! {
    static CURRENT: Arc<Unit>;
}

/// What runs first in the outer transaction.
#[async_trait::async_trait]
pub trait Opening: Send + Sync {
    /// Runs in `tx` before anything else; an error ends the transaction.
    async fn opened(&self, tx: &Tx) -> Result<()>;
}

/// The outer transaction of a task; nothing is opened before the first write.
#[derive(Default)]
pub struct Unit {
    opening: Mutex<Option<Arc<dyn Opening>>>,
    outer: tokio::sync::Mutex<Option<Arc<Tx>>>,
}

impl std::fmt::Debug for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unit")
    }
}

impl Unit {
    /// Runs `work` with this unit as its own.
    pub async fn scope<F: Future>(self: &Arc<Self>, work: F) -> F::Output {
        CURRENT.scope(Arc::clone(self), work).await
    }

    /// From now on writes go into the outer transaction, `opening` before them.
    pub fn open(&self, opening: Arc<dyn Opening>) {
        *self.opening.lock().unwrap_or_else(PoisonError::into_inner) = Some(opening);
    }

    /// The outer transaction, when something was written in it.
    ///
    /// # Errors
    /// When a transaction inside it is still open.
    pub async fn take(&self) -> Result<Option<Tx>> {
        *self.opening.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let outer = self.outer.lock().await.take();
        outer
            .map(|tx| {
                Arc::try_unwrap(tx)
                    .map_err(|_| Error::internal("the outer transaction is still in use"))
            })
            .transpose()
    }

    /// The unit of this task, if it was opened.
    fn current() -> Option<(Arc<Self>, Arc<dyn Opening>)> {
        CURRENT
            .try_with(|unit| {
                let opening = unit.opening.lock().unwrap_or_else(PoisonError::into_inner);
                opening.clone().map(|opening| (Arc::clone(unit), opening))
            })
            .ok()
            .flatten()
    }

    /// The outer transaction of this task, started when there is none.
    pub(crate) async fn outer(db: &Db) -> Result<Option<Arc<Tx>>> {
        let Some((unit, opening)) = Self::current() else {
            return Ok(None);
        };
        let mut outer = unit.outer.lock().await;
        if let Some(tx) = outer.as_ref() {
            return Ok(Some(Arc::clone(tx)));
        }
        let tx = db.begin("unit").await?;
        opening.opened(&tx).await?;
        let tx = Arc::new(tx);
        *outer = Some(Arc::clone(&tx));
        Ok(Some(tx))
    }

    /// The outer transaction of this task, if something was written in it.
    pub(crate) async fn started() -> Option<Arc<Tx>> {
        let (unit, _) = Self::current()?;
        let outer = unit.outer.lock().await;
        outer.clone()
    }
}
