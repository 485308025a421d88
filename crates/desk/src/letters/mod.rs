//! What the desk does with letters: mail that someone else received and
//! matched. Invariants: the sender acts, with no right more than elsewhere;
//! text and files are kept together or not at all. Absent: reading mail.

mod service;

use steward_platform::jobs::Registry;

/// Names the desk as who takes letters.
pub(crate) fn register(registry: &mut Registry) {
    registry
        .take_letters(|app, actor, letter, now| Box::pin(service::take(app, actor, letter, now)));
}
