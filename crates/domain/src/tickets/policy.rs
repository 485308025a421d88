//! Who sees what of tickets.

use crate::visibility::Visibility;
use steward_kernel::{Actor, Scope};

/// The tickets that the actor may see, from the scope of `ticket:read`.
#[must_use]
pub fn visibility(actor: &Actor) -> Visibility {
    let involved = |teams| Visibility::Involved {
        user: actor.user_id,
        teams,
    };
    match actor.permissions.scope("ticket:read") {
        None => Visibility::Nothing,
        Some(Scope::Own) => involved(Vec::new()),
        Some(Scope::Team) => involved(actor.teams.clone()),
        Some(Scope::All) => Visibility::Everything,
    }
}

/// Whether the actor may read internal notes.
#[must_use]
pub fn sees_internal(actor: &Actor) -> bool {
    actor.may("ticket:read_internal")
}
