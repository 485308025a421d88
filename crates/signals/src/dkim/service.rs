//! Use cases of keys that sign mail.

use super::dto::{DkimKeyInput, DkimKeyPatch, DkimKeyView, DkimKeys};
use super::store::{self, KeyRow, NewRow};
use steward_db::Executor;
use steward_db::time::from_db;
use steward_domain::mail::dkim as rules;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::{IfMatch, conditional};
use steward_platform::mail::dkim;
use steward_platform::{App, clock};
use uuid::Uuid;

fn require_operator(actor: &Actor) -> Result<()> {
    if actor.is_operator {
        return Ok(());
    }
    Err(Error::new(
        ErrorCode::InsufficientPermissions,
        "only an operator of the deployment may do this",
    ))
}

fn view(row: KeyRow) -> DkimKeyView {
    DkimKeyView {
        id: row.id,
        record_name: dkim::record_name(&row.selector, &row.domain),
        record_value: dkim::record(&row.public_key),
        domain: row.domain,
        selector: row.selector,
        is_active: row.is_active,
        version: row.version,
        created_at: from_db(row.created_at),
        updated_at: from_db(row.updated_at),
    }
}

fn sender_domain(app: &App) -> Option<String> {
    let address = app.mailer.sender_address(&app.config)?;
    address
        .rsplit_once('@')
        .map(|(_, domain)| domain.to_owned())
}

/// Every key, and whether the deployment's mail is signed.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<DkimKeys> {
    require_operator(actor)?;
    let rows = store::all(&app.db).await?;
    let sender_domain = sender_domain(app);
    let signs = |row: &KeyRow| row.is_active && Some(&row.domain) == sender_domain.as_ref();
    Ok(DkimKeys {
        is_signed: rows.iter().any(signs),
        data: rows.into_iter().map(view).collect(),
        sender_domain,
    })
}

async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<KeyRow> {
    require_operator(actor)?;
    let row = store::find(db, id).await?;
    row.ok_or_else(|| Error::not_found("DKIM key", id))
}

/// Makes a key that does not sign yet.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: DkimKeyInput,
    now: Instant,
) -> Result<DkimKeyView> {
    require_operator(actor)?;
    let domain = input.domain.or_else(|| sender_domain(app));
    let domain = rules::domain(&domain.unwrap_or_default())?;
    let selector = input
        .selector
        .unwrap_or_else(|| now.strftime("steward-%Y%m%d").to_string());
    let selector = rules::selector(&selector)?;
    if store::all(&app.db).await?.len() >= rules::MOST_KEYS {
        let detail = format!("there are {} keys; delete old ones first", rules::MOST_KEYS);
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let id = clock::new_id();
    let key = dkim::generate(&app.config, id).await?;
    let new = NewRow {
        id,
        domain: domain.clone(),
        selector: selector.clone(),
        private_key: key.sealed,
        public_key: key.public,
    };
    let tx = app.db.write("dkim.create").await?;
    if !store::insert(&tx, new, now).await? {
        let detail = format!("{domain} has a key called {selector}; choose another name");
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let row = find(&tx, actor, id).await?;
    tx.commit().await?;
    Ok(view(row))
}

/// Switches a key on or off.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: DkimKeyPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<DkimKeyView> {
    let tx = app.db.write("dkim.update").await?;
    let row = find(&tx, actor, id).await?;
    seen.check("the key", row.version)?;
    let is_active = patch.is_active.unwrap_or(row.is_active);
    if is_active == row.is_active {
        return Ok(view(row));
    }
    if is_active {
        store::silence_others(&tx, &row, now).await?;
    }
    if !store::switch(&tx, &row, is_active, now).await? {
        return Err(conditional::stale());
    }
    let row = find(&tx, actor, id).await?;
    tx.commit().await?;
    Ok(view(row))
}

/// Deletes a key that does not sign.
pub(super) async fn delete(app: &App, actor: &Actor, id: Uuid, seen: IfMatch) -> Result<()> {
    let tx = app.db.write("dkim.delete").await?;
    let row = find(&tx, actor, id).await?;
    seen.check("the key", row.version)?;
    if row.is_active {
        let detail = "this key signs mail; switch it off or another one on first";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    if !store::delete(&tx, &row).await? {
        return Err(conditional::stale());
    }
    tx.commit().await
}
