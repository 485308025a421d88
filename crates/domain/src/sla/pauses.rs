//! Pauses of a clock as one union.

use crate::calendar::Micros;
use steward_kernel::Instant;

/// Most pauses that one question may carry.
pub const MAX_PAUSES: usize = 10_000;

/// The union of pauses, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pauses(Vec<(Micros, Micros)>);

/// Why pauses are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It ends before it begins.
    #[error("a pause cannot end before it begins")]
    Reversed(usize),
    /// Too many.
    #[error("at most 10,000 pauses")]
    TooMany,
}

impl Pauses {
    /// The union of pauses, which may overlap; one without an end goes on. A
    /// pause that ends when it begins lasts no time.
    ///
    /// # Errors
    /// Names the first that ends before it begins.
    pub fn new(pauses: &[(Instant, Option<Instant>)]) -> Result<Self, Refusal> {
        if pauses.len() > MAX_PAUSES {
            return Err(Refusal::TooMany);
        }
        let mut spans = Vec::with_capacity(pauses.len());
        for (at, (from, to)) in pauses.iter().enumerate() {
            if to.is_some_and(|to| to < *from) {
                return Err(Refusal::Reversed(at));
            }
            let to = to.map_or(Micros::MAX, Instant::as_microsecond);
            spans.push((from.as_microsecond(), to));
        }
        Ok(Self(crate::calendar::merged(spans)))
    }

    /// Whether a pause covers the instant.
    #[must_use]
    pub fn cover(&self, at: Instant) -> bool {
        let at = at.as_microsecond();
        let after = self.0.partition_point(|(from, _)| *from <= at);
        let last = after.checked_sub(1).and_then(|i| self.0.get(i));
        last.is_some_and(|(_, until)| at < *until)
    }

    /// What is left of a stretch, in order.
    pub(super) fn rest(
        &self,
        from: Micros,
        until: Micros,
    ) -> impl Iterator<Item = (Micros, Micros)> + '_ {
        let ends = std::iter::once(from).chain(self.0.iter().map(|(_, end)| *end));
        let starts = self.0.iter().map(|(start, _)| *start);
        let starts = starts.chain(std::iter::once(Micros::MAX));
        ends.zip(starts)
            .map(move |(a, b)| (a.max(from), b.min(until)))
            .filter(|(a, b)| a < b)
    }
}
