//! Load on the server: as fast as it answers, or at a fixed rate.

use crate::Failure;
use crate::client::{Call, Client};
use crate::operations::{Draw, Facts, OPERATIONS, Operation};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// What came of a load.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Milliseconds of each request.
    pub(crate) latencies: Vec<f64>,
    /// Answers that were no success.
    pub(crate) failures: usize,
    /// How long it took.
    pub(crate) seconds: f64,
}

impl Outcome {
    /// Requests.
    pub(crate) fn count(&self) -> f64 {
        f64::from(u32::try_from(self.latencies.len()).unwrap_or(u32::MAX))
    }

    /// The latency that `share` of the requests do not pass.
    pub(crate) fn percentile(&mut self, share: f64) -> f64 {
        self.latencies.sort_unstable_by(f64::total_cmp);
        let mut rest = (self.count() * share).ceil();
        for latency in &self.latencies {
            rest -= 1.0;
            if rest <= 0.0 {
                return *latency;
            }
        }
        self.latencies.last().copied().unwrap_or(0.0)
    }

    fn note(&mut self, since: Instant, status: u16) {
        self.latencies.push(since.elapsed().as_secs_f64() * 1000.0);
        if !(200..300).contains(&status) {
            self.failures += 1;
        }
    }

    fn merge(parts: Vec<Result<Self, Failure>>, started: Instant) -> Result<Self, Failure> {
        let mut all = Self::default();
        for part in parts {
            let part = part?;
            all.latencies.extend(part.latencies);
            all.failures += part.failures;
        }
        all.seconds = started.elapsed().as_secs_f64();
        Ok(all)
    }
}

/// Where the load goes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target<'a> {
    /// Port on the loopback address.
    pub(crate) port: u16,
    /// Access token.
    pub(crate) token: &'a str,
    /// What requests are made from.
    pub(crate) facts: &'a Facts,
    /// Connections.
    pub(crate) workers: usize,
}

impl Target<'_> {
    /// Each connection sends its next request when the last was answered, for `time` and
    /// `least` turns at least.
    pub(crate) async fn closed(
        &self,
        operation: &Operation,
        time: Duration,
        least: usize,
    ) -> Result<Outcome, Failure> {
        let started = Instant::now();
        let run = |worker| async move {
            let mut client = Client::connect(self.port, self.token).await?;
            let mut draw = Draw::new(worker, self.workers);
            let mut outcome = Outcome::default();
            let mut turns = 0;
            while started.elapsed() < time || turns < least {
                turns += 1;
                for call in operation.calls(self.facts, &mut draw) {
                    let sent = Instant::now();
                    let (status, _) = client.send(&call).await?;
                    outcome.note(sent, status);
                }
            }
            Ok(outcome)
        };
        let parts = futures::future::join_all((0..self.workers).map(run)).await;
        Outcome::merge(parts, started)
    }

    /// The mixed load at a fixed rate. A latency counts from the instant at
    /// which the request was due, so that a stall counts for all that wait.
    pub(crate) async fn open(&self, rate: u32, time: Duration) -> Result<Outcome, Failure> {
        let pause = Duration::from_secs(1) / rate;
        let total = u32::try_from(time.as_millis() / pause.as_millis().max(1))?;
        let plan = self.mixed(total);
        let next = Cell::new(0_usize);
        let started = Instant::now();
        let run = |_| {
            let (plan, next) = (&plan, &next);
            async move {
                let mut client = Client::connect(self.port, self.token).await?;
                let mut outcome = Outcome::default();
                loop {
                    let at = next.get();
                    next.set(at + 1);
                    let Some(call) = plan.get(at) else {
                        return Ok(outcome);
                    };
                    let due = started + pause * u32::try_from(at)?;
                    tokio::time::sleep_until(due.into()).await;
                    let (status, _) = client.send(call).await?;
                    outcome.note(due, status);
                }
            }
        };
        let parts = futures::future::join_all((0..self.workers).map(run)).await;
        Outcome::merge(parts, started)
    }

    /// Requests in the shares of the operations, in a drawn order. Steps of
    /// one ticket lie far apart, so that none overtakes the other.
    fn mixed(&self, total: u32) -> Vec<Call> {
        let mut draw = Draw::new(0, 1);
        let mut late: Vec<(usize, Call)> = Vec::new();
        let mut plan: Vec<Call> = Vec::new();
        for at in 0..usize::try_from(total).unwrap_or(0) {
            if late.first().is_some_and(|(due, _)| *due <= at) {
                plan.push(late.remove(0).1);
                continue;
            }
            let mut ticket = draw.below(100);
            for operation in OPERATIONS {
                if ticket < operation.share {
                    let mut calls = operation.calls(self.facts, &mut draw).into_iter();
                    plan.extend(calls.next());
                    late.extend(calls.map(|call| (at + 200, call)));
                    break;
                }
                ticket -= operation.share;
            }
        }
        plan
    }
}
