//! The five strategies, as one pure choice.

use super::model::{Candidate, Strategy, Work};
use crate::tickets::model::Priority;
use std::cmp::Reverse;
use steward_kernel::Instant;
use steward_kernel::id::UserId;

/// Experience from which a person is given tickets of high priority first.
pub const EXPERIENCED: u32 = 2;

/// Chooses one of `members`, or nobody when none of them is eligible.
///
/// `last` is whom the team's latest ticket went to; the members take turns in
/// the order of their ids after that one, and turns also decide between equals.
#[must_use]
pub fn choose(
    strategy: Strategy,
    work: &Work,
    members: &[Candidate],
    last: Option<UserId>,
    now: Instant,
) -> Option<UserId> {
    let mut eligible: Vec<&Candidate> = members.iter().filter(|m| m.is_eligible(now)).collect();
    eligible.sort_by_key(|m| (last.is_some_and(|last| m.user_id <= last), m.user_id));
    let chosen = match (strategy, work.priority) {
        (Strategy::RoundRobin, _) => eligible.first().copied(),
        (Strategy::SkillBased, _) | (Strategy::Hybrid, Priority::Critical | Priority::High) => {
            most_skilled(&eligible, work)
        }
        (Strategy::PriorityBased, Priority::Critical) => eligible
            .iter()
            .copied()
            .min_by_key(|m| (Reverse(m.experience), m.open_tickets)),
        (Strategy::PriorityBased, Priority::High) => {
            let experienced = eligible.iter().filter(|m| m.experience >= EXPERIENCED);
            // Rather someone new to it than nobody.
            least_loaded(experienced).or_else(|| least_loaded(eligible.iter()))
        }
        (Strategy::LeastLoaded | Strategy::PriorityBased | Strategy::Hybrid, _) => {
            least_loaded(eligible.iter())
        }
    };
    chosen.map(|m| m.user_id)
}

fn least_loaded<'a>(of: impl Iterator<Item = &'a &'a Candidate>) -> Option<&'a Candidate> {
    of.copied().min_by_key(|m| m.open_tickets)
}

fn most_skilled<'a>(of: &[&'a Candidate], work: &Work) -> Option<&'a Candidate> {
    // min_by keeps the first of equals, max_by the last; turns come first.
    of.iter()
        .copied()
        .min_by(|a, b| score(b, work).total_cmp(&score(a, work)))
}

/// 0.7 × matched skills + 0.3 / (open tickets + 1).
#[must_use]
pub fn score(member: &Candidate, work: &Work) -> f64 {
    let matched = f64::from(member.skills.matched(&work.wanted));
    0.7 * matched + 0.3 / (f64::from(member.open_tickets) + 1.0)
}

#[cfg(test)]
mod tests;
