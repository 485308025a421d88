//! Use cases of the example.

use super::dto::{ExampleMade, ExampleSignIn, ExampleView};
use super::{jobs, store};
use crate::demo::people;
use rand::RngExt;
use steward_identity::organizations::service as organizations;
use steward_identity::organizations::service::{Invented, NewExample};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::App;

/// Its name.
const NAME: &str = "Example organization";
/// Domain of its addresses; RFC 2606 keeps it for examples.
pub(super) const DOMAIN: &str = "example.org";
/// What the password is made of: without letters and digits that look alike.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Whether there is an example.
pub(super) async fn get(app: &App, actor: &Actor) -> Result<ExampleView> {
    organizations::require_operator(actor)?;
    let example = organizations::example(&app.db).await?;
    Ok(ExampleView {
        is_being_filled: example.as_ref().is_some_and(|e| e.is_being_filled),
        organization: example.map(|e| e.view),
    })
}

/// Adds the example with its people; a job writes its story.
pub(super) async fn add(app: &App, actor: &Actor, now: Instant) -> Result<ExampleMade> {
    let password = password();
    let example = NewExample {
        name: NAME,
        people: people::everyone(DOMAIN).map(invented).collect(),
        password: password.clone(),
        fill: jobs::FILL,
    };
    organizations::add_example(app, actor, example, now).await?;
    let made = organizations::example(&app.db).await?;
    let made = made.ok_or_else(|| Error::internal("the example is gone already"))?;
    Ok(ExampleMade {
        organization: made.view,
        password,
        sign_ins: people::everyone(DOMAIN)
            .filter(|person| person.has_sign_in)
            .map(|person| ExampleSignIn {
                name: format!("{} {}", person.first, person.last),
                role: person.role.to_owned(),
                email: person.email,
            })
            .collect(),
    })
}

fn invented(person: people::Person) -> Invented {
    Invented {
        email: person.email,
        first_name: person.first,
        last_name: person.last,
        role: person.role,
        has_password: person.has_sign_in,
    }
}

/// Four groups of four letters, 80 bits.
fn password() -> String {
    let mut rng = rand::rng();
    let mut letter = || {
        let at = rng.random_range(0..LETTERS.len());
        LETTERS.get(at).copied().map_or('a', char::from)
    };
    let groups: Vec<String> = (0..4).map(|_| (0..4).map(|_| letter()).collect()).collect();
    groups.join("-")
}

/// Removes the example: its people are signed out first, then the files go,
/// then every row. Cut off in between, it can be asked for again.
pub(super) async fn remove(app: &App, actor: &Actor, now: Instant) -> Result<()> {
    organizations::require_operator(actor)?;
    let example = organizations::example(&app.db).await?;
    let id = example.ok_or_else(|| Error::not_found("organization", "example"))?;
    let id = id.id;
    if id == actor.organization_id {
        let detail = "you cannot remove your own organization: you would lock yourself out";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    organizations::close_example(app, id, now).await?;
    for file in store::files(&app.db, id).await? {
        app.files.delete(file).await?;
    }
    organizations::erase_example(app, actor, id, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_four_groups_and_never_the_same() {
        let all: std::collections::BTreeSet<String> = (0..50).map(|_| password()).collect();
        assert_eq!(all.len(), 50);
        for password in all {
            assert_eq!(password.len(), 19, "{password}");
            let groups: Vec<&str> = password.split('-').collect();
            assert!(groups.iter().all(|group| group.len() == 4), "{password}");
        }
    }
}
