//! Which statements a piece of work runs: for tests that look at their plans.

use sea_orm::Statement;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

tokio::task_local! {
    static SEEN: Arc<Mutex<Vec<Statement>>>;
}

/// Runs `work` and returns its result with every statement that it ran.
pub async fn statements<F: Future>(work: F) -> (F::Output, Vec<Statement>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let output = SEEN.scope(Arc::clone(&seen), work).await;
    let statements = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
    (output, statements)
}

/// Notes a statement when somebody asked for it.
pub(crate) fn note(statement: &Statement) {
    if let Ok(seen) = SEEN.try_with(Arc::clone) {
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.push(statement.clone());
    }
}
