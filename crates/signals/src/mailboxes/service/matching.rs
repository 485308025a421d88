//! Who wrote, and about which ticket.

use crate::mailboxes::store::{self, MailboxRow};
use crate::stream;
use std::time::Duration;
use steward_domain::identity::profile;
use steward_domain::mail::message::{Message, Sender};
use steward_domain::mail::model::{MAX_NEW_PEOPLE, MAX_PER_SENDER, MatchedBy, UnknownSender};
use steward_domain::mail::thread::{self, OwnId};
use steward_domain::tickets::policy;
use steward_identity::{auth, users};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Actor, ErrorCode, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

const HOUR: Duration = Duration::from_secs(3600);

/// Who acts, or why nobody does.
#[derive(Debug)]
pub(super) enum Found {
    /// Someone of the organization; `is_new` when just added.
    Person { actor: Actor, is_new: bool },
    /// Nobody, for this reason.
    Nobody(&'static str),
}

/// Whoever wrote, as an actor with their rights.
pub(super) async fn sender(
    app: &App,
    mailbox: &MailboxRow,
    from: &Sender,
    now: Instant,
) -> Result<Found> {
    let organization = OrganizationId(mailbox.organization_id);
    let since = now.checked_sub(HOUR).unwrap_or(now);
    let count = store::acted_since(&app.db, organization, &from.address, since).await?;
    if count >= MAX_PER_SENDER {
        return Ok(Found::Nobody("too_many"));
    }
    let mut is_new = false;
    let mut person = store::person(&app.db, &from.address).await?;
    if person.is_none() && mailbox.unknown_senders == UnknownSender::CreateRequester.as_str() {
        if let Some(reason) = may_add(app, mailbox, from, since).await? {
            return Ok(Found::Nobody(reason));
        }
        add(app, organization, from, now).await?;
        is_new = true;
        person = store::person(&app.db, &from.address).await?;
    }
    let known = person.filter(|person| person.organization_id == mailbox.organization_id);
    let Some(person) = known else {
        return Ok(Found::Nobody("unknown_sender"));
    };
    if !person.is_active {
        return Ok(Found::Nobody("inactive_sender"));
    }
    let actors = auth::actors(&app.db, organization, &[person.id]).await?;
    Ok(match actors.into_iter().next() {
        Some(actor) => Found::Person { actor, is_new },
        None => Found::Nobody("inactive_sender"),
    })
}

/// Why the mailbox does not add a person, if so.
async fn may_add(
    app: &App,
    mailbox: &MailboxRow,
    from: &Sender,
    since: Instant,
) -> Result<Option<&'static str>> {
    let domain = from.address.rsplit('@').next().unwrap_or_default();
    let is_allowed = mailbox
        .domains()
        .iter()
        .any(|allowed| allowed == domain || allowed == "*");
    if !is_allowed || profile::email(&from.address).is_err() {
        return Ok(Some("unknown_sender"));
    }
    let added = store::added_since(&app.db, mailbox.id, since).await?;
    Ok((added >= MAX_NEW_PEOPLE).then_some("too_many_new"))
}

async fn add(app: &App, organization: OrganizationId, from: &Sender, now: Instant) -> Result<()> {
    let local = from
        .address
        .split('@')
        .next()
        .unwrap_or_default()
        .to_owned();
    let name = from.name.clone().unwrap_or(local);
    let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
    let names = [first, last].map(|part| part.trim().chars().take(100).collect::<String>());
    let added = users::service::enrol(app, organization, &from.address, names, now).await;
    match added {
        // Another message of theirs was faster.
        Err(error) if error.code == ErrorCode::ResourceConflict => Ok(()),
        added => added.map(drop),
    }
}

/// The ticket that a message answers, by what it says, if its sender may see it.
pub(super) async fn ticket(
    app: &App,
    actor: &Actor,
    message: &Message,
) -> Result<Option<(Uuid, MatchedBy)>> {
    let organization = actor.organization_id;
    for (by, id) in thread::ancestors(message) {
        let found = match thread::own(&id) {
            Some(OwnId::Thread(ticket)) => Some(ticket),
            Some(OwnId::Mail(mail)) => store::ticket_of_mail(&app.db, organization, mail).await?,
            None => None,
        };
        let found = match found {
            Some(ticket) => Some(ticket),
            None => store::ticket_of_message(&app.db, organization, &id).await?,
        };
        if let Some(ticket) = seen(app, actor, found).await? {
            return Ok(Some((ticket, by)));
        }
    }
    for number in thread::numbers(&message.subject) {
        let found = store::ticket_by_number(&app.db, organization, &number).await?;
        if let Some(ticket) = seen(app, actor, found).await? {
            return Ok(Some((ticket, MatchedBy::Subject)));
        }
    }
    Ok(None)
}

/// The ticket, or the one that it was merged into, when the actor sees it.
async fn seen(app: &App, actor: &Actor, ticket: Option<Uuid>) -> Result<Option<Uuid>> {
    let Some(mut ticket) = ticket else {
        return Ok(None);
    };
    for _ in 0..10 {
        match store::merged_into(&app.db, actor.organization_id, ticket).await? {
            Some(next) => ticket = next,
            None => break,
        }
    }
    let rows = stream::tickets(&app.db, actor.organization_id, &[ticket]).await?;
    let visibility = policy::visibility(actor);
    let is_seen = rows
        .get(&ticket)
        .is_some_and(|(_, facts)| visibility.sees(facts));
    Ok(is_seen.then_some(ticket))
}
