//! A stand-in for tests.

use super::{Answer, Request, SendError};
use axum::http::{HeaderMap, StatusCode};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Notes requests and answers them in the order in which answers were laid
/// down; 200 without a body when there is none left.
#[derive(Debug, Default)]
pub struct Fake {
    sent: Mutex<Vec<Request>>,
    answers: Mutex<VecDeque<Result<Answer, SendError>>>,
}

impl Fake {
    /// Lays down the next answer.
    pub fn answer(&self, status: StatusCode, body: &str) {
        self.push(Ok(Answer {
            status,
            headers: HeaderMap::new(),
            body: body.to_owned(),
            took: Duration::ZERO,
        }));
    }

    /// Lays down the next answer or failure.
    pub fn push(&self, answer: Result<Answer, SendError>) {
        let answers = self.answers.lock();
        let mut answers = answers.unwrap_or_else(PoisonError::into_inner);
        answers.push_back(answer);
    }

    /// What was sent so far.
    #[must_use]
    pub fn sent(&self) -> Vec<Request> {
        let sent = self.sent.lock();
        sent.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn send(&self, request: Request) -> Result<Answer, SendError> {
        let sent = self.sent.lock();
        sent.unwrap_or_else(PoisonError::into_inner).push(request);
        let answers = self.answers.lock();
        let next = answers.unwrap_or_else(PoisonError::into_inner).pop_front();
        next.unwrap_or_else(|| {
            Ok(Answer {
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body: String::new(),
                took: Duration::ZERO,
            })
        })
    }
}
