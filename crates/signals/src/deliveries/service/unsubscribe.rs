//! A link in a mail that mutes its ticket for its reader, without a sign-in.

use crate::deliveries::store;
use crate::mailboxes;
use steward_db::Tx;
use steward_identity::auth;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, Instant, Result};
use steward_platform::config::Config;
use steward_platform::{App, mail, seal};
use uuid::Uuid;

const PLACE: &str = "deliveries.unsubscribe";

/// Notes what stands around a mail to a person, perhaps about one ticket.
pub(super) async fn surround(
    app: &App,
    tx: &Tx,
    (organization, user): (OrganizationId, Uuid),
    (mail, ticket): (Uuid, Option<Uuid>),
) -> Result<()> {
    let mut envelope = mailboxes::envelope(tx, organization, ticket).await?;
    if let Some(ticket) = ticket {
        let token = token(&app.config, organization, user, ticket)?;
        let base = app.config.public_url.trim_end_matches('/');
        envelope.unsubscribe_url = Some(format!("{base}/api/v1/unsubscribe/{token}"));
    }
    mail::surround(tx, organization, mail, &envelope).await
}

/// Who wants to hear no more of what, so that nobody else can say it.
fn token(
    config: &Config,
    organization: OrganizationId,
    user: Uuid,
    ticket: Uuid,
) -> Result<String> {
    let ids = [organization.0, user, ticket]
        .map(Uuid::into_bytes)
        .concat();
    seal::seal(config, PLACE, &ids)
}

/// Organization, reader and ticket of a link.
fn read(config: &Config, token: &str) -> Result<(OrganizationId, Uuid, Uuid)> {
    let unknown = || Error::not_found("link", "in your mail");
    let ids = seal::open(config, PLACE, token).map_err(|_| unknown())?;
    let mut ids = ids.chunks_exact(16).map(Uuid::from_slice);
    let mut next = || {
        ids.next()
            .and_then(std::result::Result::ok)
            .ok_or_else(unknown)
    };
    Ok((OrganizationId(next()?), next()?, next()?))
}

/// Refuses a link that the product did not make.
pub(in crate::deliveries) fn check_link(app: &App, token: &str) -> Result<()> {
    read(&app.config, token).map(drop)
}

/// Mutes a ticket for the reader of a mail about it; a second time changes nothing.
pub(in crate::deliveries) async fn unsubscribe(app: &App, token: &str, now: Instant) -> Result<()> {
    let (organization, user, ticket) = read(&app.config, token)?;
    let actors = auth::actors(&app.db, organization, &[user]).await?;
    let actor = actors
        .into_iter()
        .next()
        .ok_or_else(|| Error::not_found("user", user))?;
    let tx = app.db.write("notifications.unsubscribe").await?;
    store::mute(&tx, &actor, ticket, now).await?;
    tx.commit().await
}
