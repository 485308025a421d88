//! Mailboxes.

use super::require;
use crate::mailboxes::dto::mailboxes::{
    ImapInput, ImapView, MailboxInput, MailboxPatch, MailboxView, Mailboxes, UnknownSenders,
};
use crate::mailboxes::store::{self, MailboxRow};
use crate::notifications::dto::PersonReference as Reference;
use steward_db::time::{from_db, to_db};
use steward_db::{Executor, Tx};
use steward_domain::identity::profile;
use steward_domain::mail::model::{MAX_MAILBOXES, UnknownSender};
use steward_identity::organizations;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::IfMatch;
use steward_platform::{App, clock, seal};
use uuid::Uuid;

/// Where the password of a mailbox is sealed for.
pub(super) fn place(id: Uuid) -> String {
    format!("mailboxes.imap_password/{id}")
}

/// Every mailbox, by address.
pub(in crate::mailboxes) async fn list(app: &App, actor: &Actor) -> Result<Mailboxes> {
    require(actor)?;
    let rows = store::mailboxes(&app.db, actor.organization_id).await?;
    Ok(Mailboxes {
        data: rows.into_iter().map(view).collect(),
    })
}

/// One mailbox of the actor's organization.
pub(super) async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<MailboxRow> {
    require(actor)?;
    let found = store::mailbox(db, id).await?;
    found
        .filter(|row| row.organization_id == actor.organization_id.0)
        .ok_or_else(|| Error::not_found("mailbox", id))
}

/// One mailbox.
pub(in crate::mailboxes) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<MailboxView> {
    Ok(view(find(&app.db, actor, id).await?))
}

/// Adds a mailbox.
pub(in crate::mailboxes) async fn create(
    app: &App,
    actor: &Actor,
    input: MailboxInput,
    now: Instant,
) -> Result<MailboxView> {
    require(actor)?;
    let tx = app.db.write("mailboxes.create").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let others = store::mailboxes(&tx, actor.organization_id).await?;
    if others.len() >= MAX_MAILBOXES {
        let detail = format!("an organization has at most {MAX_MAILBOXES} mailboxes");
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let is_first = others.iter().all(|other| !other.takes_replies);
    let mut row = blank(actor, now);
    let takes_replies = input.takes_replies.unwrap_or(is_first);
    let patch = MailboxPatch {
        address: Some(input.address),
        sender_name: input.sender_name,
        is_enabled: input.is_enabled,
        takes_replies: Some(takes_replies),
        unknown_senders: input.unknown_senders,
        allowed_domains: input.allowed_domains,
        accepts_automatic: input.accepts_automatic,
        ignores_spam: input.ignores_spam,
        trusted_server: Some(input.trusted_server),
        team_id: Some(input.team_id),
        category: Some(input.category),
        subcategory: Some(input.subcategory),
        imap: Some(input.imap),
    };
    apply(app, &tx, &mut row, patch).await?;
    store::insert_mailbox(&tx, &row, now).await?;
    if takes_replies {
        store::replies_go_to(&tx, actor.organization_id, row.id).await?;
    }
    finish(tx, actor, row.id).await
}

fn blank(actor: &Actor, now: Instant) -> MailboxRow {
    MailboxRow {
        id: clock::new_id(),
        organization_id: actor.organization_id.0,
        address: String::new(),
        sender_name: String::new(),
        is_enabled: true,
        takes_replies: false,
        unknown_senders: UnknownSender::Refuse.as_str().to_owned(),
        allowed_domains: serde_json::json!([]),
        accepts_automatic: false,
        ignores_spam: true,
        trusted_server: None,
        team_id: None,
        team_name: None,
        category: None,
        subcategory: None,
        imap: None,
        imap_password: None,
        imap_checked_at: None,
        imap_error: None,
        listener_until: None,
        listens_since: None,
        version: 1,
        created_at: to_db(now),
        updated_at: to_db(now),
    }
}

/// Changes a mailbox.
pub(in crate::mailboxes) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: MailboxPatch,
    if_match: IfMatch,
    now: Instant,
) -> Result<MailboxView> {
    let tx = app.db.write("mailboxes.update").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let before = find(&tx, actor, id).await?;
    if_match.check(&format!("the mailbox {}", before.address), before.version)?;
    let mut row = before.clone();
    apply(app, &tx, &mut row, patch).await?;
    let is_elsewhere = source(&before) != source(&row);
    store::save_mailbox(&tx, &row, is_elsewhere, now).await?;
    if row.takes_replies && !before.takes_replies {
        store::replies_go_to(&tx, actor.organization_id, id).await?;
    }
    finish(tx, actor, id).await
}

/// What names the folder that is read.
fn source(row: &MailboxRow) -> Option<(String, u16, String, String)> {
    let imap = settings(row)?;
    Some((imap.host, imap.port, imap.user, imap.folder))
}

/// Deletes a mailbox.
pub(in crate::mailboxes) async fn delete(
    app: &App,
    actor: &Actor,
    id: Uuid,
    if_match: IfMatch,
) -> Result<()> {
    let tx = app.db.write("mailboxes.delete").await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let row = find(&tx, actor, id).await?;
    if_match.check(&format!("the mailbox {}", row.address), row.version)?;
    store::delete_mailbox(&tx, actor.organization_id, id).await?;
    tx.commit().await
}

async fn finish(tx: Tx, actor: &Actor, id: Uuid) -> Result<MailboxView> {
    let view = view(find(&tx, actor, id).await?);
    tx.commit().await?;
    Ok(view)
}

/// Brings a change into the row and refuses what makes no sense.
async fn apply(app: &App, tx: &Tx, row: &mut MailboxRow, patch: MailboxPatch) -> Result<()> {
    if let Some(address) = patch.address {
        row.address = profile::email(&address).map_err(|_| {
            Error::field(
                "address",
                "invalid",
                "write an address such as desk@example.com",
            )
        })?;
        let other = store::mailbox_by_address(tx, &row.address).await?;
        if other.is_some_and(|other| other.id != row.id) {
            let detail = format!("the address {} has a mailbox already", row.address);
            return Err(Error::new(ErrorCode::ResourceConflict, detail));
        }
    }
    if let Some(name) = patch.sender_name {
        check_length("sender_name", &name, 100)?;
        row.sender_name = steward_domain::mail::message::one_line(&name);
    }
    row.is_enabled = patch.is_enabled.unwrap_or(row.is_enabled);
    row.takes_replies = patch.takes_replies.unwrap_or(row.takes_replies);
    row.accepts_automatic = patch.accepts_automatic.unwrap_or(row.accepts_automatic);
    row.ignores_spam = patch.ignores_spam.unwrap_or(row.ignores_spam);
    if let Some(policy) = patch.unknown_senders {
        row.unknown_senders = word(policy).as_str().to_owned();
    }
    if let Some(domains) = patch.allowed_domains {
        row.allowed_domains = serde_json::json!(domains_of(domains)?);
    }
    let adds = row.unknown_senders == UnknownSender::CreateRequester.as_str();
    if adds && row.domains().is_empty() {
        let hint = "name the domains whose people are added, or * for any";
        return Err(Error::field("allowed_domains", "required", hint));
    }
    let short = |field: &str, text: Option<String>, most| -> Result<Option<String>> {
        check_length(field, text.as_deref().unwrap_or_default(), most)?;
        Ok(text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()))
    };
    if let Some(server) = patch.trusted_server {
        row.trusted_server = short("trusted_server", server, 253)?.map(|s| s.to_lowercase());
    }
    if let Some(category) = patch.category {
        row.category = short("category", category, 200)?;
    }
    if let Some(subcategory) = patch.subcategory {
        row.subcategory = short("subcategory", subcategory, 200)?;
    }
    if let Some(team) = patch.team_id {
        if let Some(id) = team {
            let found = store::team_name(tx, row.organization_id.into(), id).await?;
            found.ok_or_else(|| unknown("team_id", id))?;
        }
        row.team_id = team;
    }
    match patch.imap {
        Some(Some(imap)) => fetch_from(app, row, imap)?,
        Some(None) => (row.imap, row.imap_password) = (None, None),
        None => {}
    }
    Ok(())
}

fn unknown(field: &str, id: Uuid) -> Error {
    let message = format!("{id} was not found in your organization");
    Error {
        code: ErrorCode::ResourceNotFound,
        ..Error::field(field, "unknown_value", message)
    }
}

const fn word(policy: UnknownSenders) -> UnknownSender {
    match policy {
        UnknownSenders::Refuse => UnknownSender::Refuse,
        UnknownSenders::CreateRequester => UnknownSender::CreateRequester,
    }
}

/// Domains in lower case, each once.
fn domains_of(domains: Vec<String>) -> Result<Vec<String>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let mut known: Vec<String> = Vec::new();
    for domain in domains {
        let domain = domain.trim().trim_start_matches('@').to_lowercase();
        let is_domain = !domain.is_empty() && domain.len() <= 253 && domain.chars().all(is_part);
        if domain != "*" && !is_domain {
            let hint = "write domains such as example.com, or * for any";
            return Err(Error::field("allowed_domains", "invalid", hint));
        }
        if !known.contains(&domain) {
            known.push(domain);
        }
    }
    if known.len() > 50 {
        return Err(Error::field(
            "allowed_domains",
            "too_many",
            "name at most 50 domains",
        ));
    }
    Ok(known)
}

/// Keeps from where mail is fetched; the password is sealed.
fn fetch_from(app: &App, row: &mut MailboxRow, imap: ImapInput) -> Result<()> {
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".:_-".contains(c);
    if imap.host.is_empty() || imap.host.len() > 253 || !imap.host.chars().all(is_host) {
        let hint = "write the name of a server such as imap.example.com";
        return Err(Error::field("imap.host", "invalid", hint));
    }
    if imap.port == 0 {
        return Err(Error::field(
            "imap.port",
            "out_of_range",
            "write 1 to 65535",
        ));
    }
    let texts = [
        ("imap.user", Some(&imap.user), 254),
        ("imap.folder", Some(&imap.folder), 200),
        ("imap.move_to", imap.move_to.as_ref(), 200),
        ("imap.password", imap.password.as_ref(), 1000),
    ];
    for (field, text, most) in texts {
        let Some(text) = text else { continue };
        if text.is_empty() || text.chars().count() > most || text.chars().any(char::is_control) {
            let hint = format!("write 1 to {most} characters on one line");
            return Err(Error::field(field, "invalid", hint));
        }
    }
    let moves = imap.after_fetching == crate::mailboxes::dto::mailboxes::AfterFetching::Move;
    if moves && imap.move_to.is_none() {
        let hint = "name the folder into which messages are moved";
        return Err(Error::field("imap.move_to", "required", hint));
    }
    // A password goes to the server that it was given for, and to no other.
    let is_same = settings(row)
        .is_some_and(|old| (&old.host, old.port, &old.user) == (&imap.host, imap.port, &imap.user));
    match &imap.password {
        Some(password) => {
            let sealed = seal::seal(&app.config, &place(row.id), password.as_bytes())?;
            row.imap_password = Some(sealed);
        }
        None if row.imap_password.is_some() && is_same => {}
        None => {
            let hint = "write the password for this server and user";
            return Err(Error::field("imap.password", "required", hint));
        }
    }
    row.imap = Some(serde_json::to_value(&imap).map_err(Error::internal)?);
    Ok(())
}

/// From where a mailbox fetches mail, without the password.
pub(super) fn settings(row: &MailboxRow) -> Option<ImapInput> {
    serde_json::from_value(row.imap.clone()?).ok()
}

fn view(row: MailboxRow) -> MailboxView {
    let imap = settings(&row);
    let adds = row.unknown_senders == UnknownSender::CreateRequester.as_str();
    let allowed_domains = row.domains();
    MailboxView {
        id: row.id,
        address: row.address,
        sender_name: row.sender_name,
        is_enabled: row.is_enabled,
        takes_replies: row.takes_replies,
        unknown_senders: if adds {
            UnknownSenders::CreateRequester
        } else {
            UnknownSenders::Refuse
        },
        allowed_domains,
        accepts_automatic: row.accepts_automatic,
        ignores_spam: row.ignores_spam,
        trusted_server: row.trusted_server,
        team: row
            .team_id
            .zip(row.team_name)
            .map(|(id, name)| Reference { id, name }),
        category: row.category,
        subcategory: row.subcategory,
        imap: imap.map(|imap| ImapView {
            host: imap.host,
            port: imap.port,
            security: imap.security,
            user: imap.user,
            has_password: row.imap_password.is_some(),
            folder: imap.folder,
            after_fetching: imap.after_fetching,
            move_to: imap.move_to,
            is_announced: row.listens_since.is_some()
                && row.listener_until.map(from_db) > Some(clock::now()),
            checked_at: row.imap_checked_at.map(from_db),
            error: row.imap_error,
        }),
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    }
}
