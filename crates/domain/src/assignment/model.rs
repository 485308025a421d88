//! Types of assignment.

use crate::tickets::model::{Priority, vocabulary};
use std::collections::BTreeSet;
use steward_kernel::Instant;
use steward_kernel::id::UserId;

vocabulary! {
    /// How one of a team's members is chosen for a ticket.
    Strategy {
        /// In turn.
        RoundRobin = "round_robin",
        /// Who has the fewest open tickets.
        LeastLoaded = "least_loaded",
        /// Who has most of the skills, and few open tickets.
        SkillBased = "skill_based",
        /// The more urgent, the more experienced.
        PriorityBased = "priority_based",
        /// By skills when it is critical or high, else who has the fewest open tickets.
        Hybrid = "hybrid",
    }
}

/// Skills and what a ticket asks for, compared without regard to case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Skills(BTreeSet<String>);

impl<S: AsRef<str>> FromIterator<S> for Skills {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        let words = words.into_iter().map(|w| w.as_ref().trim().to_lowercase());
        Self(words.filter(|w| !w.is_empty()).collect())
    }
}

impl Skills {
    /// How many of these skills `wanted` asks for.
    #[must_use]
    pub fn matched(&self, wanted: &Self) -> u32 {
        u32::try_from(self.0.intersection(&wanted.0).count()).unwrap_or(u32::MAX)
    }
}

/// What the choice depends on of the ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its priority.
    pub priority: Priority,
    /// Its category, subcategory and tags: what one should know to work on it.
    pub wanted: Skills,
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The person.
    pub user_id: UserId,
    /// Whether the account is active.
    pub is_active: bool,
    /// Away from this instant; absent with an end means: already away.
    pub away_from: Option<Instant>,
    /// Away until this instant; absent with a start means: for good.
    pub away_until: Option<Instant>,
    /// Open tickets now, this one left out.
    pub open_tickets: u32,
    /// Most open tickets; none means no limit.
    pub max_open_tickets: Option<u32>,
    /// What the person knows.
    pub skills: Skills,
    /// How experienced the person is, from 0.
    pub experience: u32,
}

impl Candidate {
    /// Whether the person is away at `now`; away times are half-open.
    #[must_use]
    pub fn is_away(&self, now: Instant) -> bool {
        let began = self.away_from.is_none_or(|from| from <= now);
        let lasts = self.away_until.is_none_or(|until| now < until);
        (self.away_from.is_some() || self.away_until.is_some()) && began && lasts
    }

    /// Whether the person can be given one more ticket.
    #[must_use]
    pub fn is_eligible(&self, now: Instant) -> bool {
        let has_room = self
            .max_open_tickets
            .is_none_or(|max| self.open_tickets < max);
        self.is_active && has_room && !self.is_away(now)
    }
}
