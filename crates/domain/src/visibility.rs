//! What an actor sees of tickets, as a value. One function evaluates it in
//! memory (here), one turns it into SQL (the store of tickets); a test proves
//! that the two agree.

use steward_kernel::id::{TeamId, UserId};

/// The tickets of the actor's organization that the actor may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    /// None.
    Nothing,
    /// All of them.
    Everything,
    /// Those the user asked for, was asked for on behalf of, or watches; and,
    /// where teams are named, those assigned to the user or one of the teams.
    Involved {
        /// The actor.
        user: UserId,
        /// The actor's teams when the grant's scope is `team`, else empty.
        teams: Vec<TeamId>,
    },
}

/// What visibility depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketFacts {
    /// Who reported it.
    pub requester_id: UserId,
    /// For whom.
    pub requested_for_id: Option<UserId>,
    /// Who works on it.
    pub assignee_id: Option<UserId>,
    /// The team that looks after it.
    pub team_id: Option<TeamId>,
    /// Who watches it.
    pub watcher_ids: Vec<UserId>,
}

impl Visibility {
    /// Whether a ticket with these facts is seen.
    #[must_use]
    pub fn sees(&self, ticket: &TicketFacts) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Involved { user, teams } => {
                ticket.requester_id == *user
                    || ticket.requested_for_id == Some(*user)
                    || ticket.watcher_ids.contains(user)
                    || (!teams.is_empty()
                        && (ticket.assignee_id == Some(*user)
                            || ticket.team_id.is_some_and(|t| teams.contains(&t))))
            }
        }
    }
}
