//! The first organization of a deployment, made in the browser.
//!
//! Whoever makes it governs the deployment, so the request must carry a code
//! that only those know who read the log of the server. The address of the
//! sender proves nothing: a proxy on the same machine has the loopback's.

use super::create::{admin, in_admin, insert, made, new_settings};
use super::event;
use crate::organizations::dto::{NewOrganizationView, SetupInput};
use crate::organizations::store;
use crate::users::service as users;
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use steward_domain::identity::organization;
use steward_kernel::{Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock, config::Config, events};

/// The code that setting up asks for. It is made of the secret key, so every
/// node of a deployment and every start gives the same.
#[must_use]
pub fn setup_code(config: &Config) -> String {
    let digest = Sha256::new()
        .chain_update(b"steward setup code\0")
        .chain_update(config.secret_key.as_bytes())
        .finalize();
    let text = BASE32_NOPAD.encode(&digest);
    let letters: Vec<char> = text.chars().take(20).collect();
    let groups: Vec<String> = letters.chunks(5).map(|c| c.iter().collect()).collect();
    groups.join("-")
}

/// Makes the first organization and its administrator, who is an operator too.
/// Of several requests at once one succeeds.
pub(in crate::organizations) async fn set_up(
    app: &App,
    input: SetupInput,
    now: Instant,
) -> Result<NewOrganizationView> {
    if !super::is_empty(app).await? {
        return Err(over());
    }
    if !is_code(&app.config, &input.code) {
        return Err(Error::new(
            ErrorCode::InsufficientPermissions,
            "the setup code is wrong; it stands in the log of the server's start",
        ));
    }
    let name = organization::name(&input.name)?;
    let person = users::prepare(admin(input.admin.into()))
        .await
        .map_err(in_admin)?;
    let id = clock::new_id();
    let tx = app.db.write("organizations.set_up").await?;
    if !store::claim_setup(&tx, id, now).await? || store::any(&tx).await? {
        return Err(over());
    }
    let settings = new_settings(&tx, name, None, input.time_zone, input.locale).await?;
    insert(&tx, id, &settings, now).await?;
    let admin = users::insert(app, &tx, id.into(), None, person, now).await?;
    users::make_operator(&tx, admin).await?;
    let own = crate::auth::actor_of(admin, id);
    let created = event("organization.created", id, Vec::new());
    events::publish(&tx, &own, id, &created, now).await?;
    tx.commit().await?;
    made(app, id, admin).await
}

/// Comparing digests takes the same time wherever the texts differ.
fn is_code(config: &Config, given: &str) -> bool {
    let plain = |text: &str| {
        let kept: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        Sha256::digest(kept.to_ascii_uppercase().as_bytes())
    };
    plain(given) == plain(&setup_code(config))
}

fn over() -> Error {
    Error::new(
        ErrorCode::ResourceConflict,
        "this deployment is set up already; sign in",
    )
}
