//! Use cases of API tokens.

use super::dto::{ApiTokenInput, ApiTokenView, ApiTokens, NewApiTokenView};
use super::store::{self, ApiTokenRow, NewToken};
use crate::auth::{confirm, tokens};
use crate::users::dto::Reference;
use crate::users::service::{find_governed, require};
use jiff::SignedDuration;
use steward_db::{Executor, time::from_db};
use steward_domain::identity::events::DirectoryEvent;
use steward_domain::identity::{permissions, policy};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

const USUAL_LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);
const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(2 * 366 * 24);
/// Most tokens of one person.
const MAX_TOKENS: usize = 100;

fn view(row: ApiTokenRow) -> Result<ApiTokenView> {
    Ok(ApiTokenView {
        id: row.id,
        name: row.name,
        hint: row.hint,
        user: Reference {
            id: row.user_id,
            name: row.user_name.trim().to_owned(),
        },
        permissions: serde_json::from_value(row.permissions).map_err(Error::internal)?,
        created_at: from_db(row.created_at),
        expires_at: from_db(row.expires_at),
        last_used_at: row.last_used_at.map(from_db),
    })
}

/// The actor's tokens, or those of a person whose account the actor manages.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    user: Option<Uuid>,
    now: Instant,
) -> Result<ApiTokens> {
    let user = user.unwrap_or(actor.user_id.0);
    if user != actor.user_id.0 {
        require(actor, "user:update")?;
        find_governed(&app.db, actor, user).await?;
    }
    let rows = store::of_user(&app.db, actor.organization_id, user, now).await?;
    let data: Result<Vec<_>> = rows.into_iter().map(view).collect();
    Ok(ApiTokens { data: data? })
}

/// Makes a token with some of the actor's rights.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: ApiTokenInput,
    now: Instant,
) -> Result<NewApiTokenView> {
    confirm::session(actor)?;
    let name = input.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Error::field("name", "length", "write 1 to 100 characters"));
    }
    let wanted = permissions::read(&input.permissions)?;
    if wanted.iter().next().is_none() {
        let message = "name at least one permission";
        return Err(Error::field("permissions", "required", message));
    }
    policy::may_grant(&actor.permissions, &wanted)?;
    let expires_at = expiry(input.expires_at, now)?;
    let secret = format!("{}{}", tokens::API_TOKEN_PREFIX, clock::random_token());
    let token = NewToken {
        id: clock::new_id(),
        name,
        hash: tokens::hash(&secret),
        hint: secret.chars().take(8).collect(),
        permissions: permissions::texts(&wanted),
        expires_at,
    };
    let tx = app.db.write("api_tokens.create").await?;
    let held = store::of_user(&tx, actor.organization_id, actor.user_id.0, now).await?;
    if held.len() >= MAX_TOKENS {
        let detail = "you have 100 API tokens; revoke some first";
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    store::insert(&tx, actor, &token, now).await?;
    let event = DirectoryEvent {
        name: "api_token.created",
        id: token.id,
        changes: token.permissions.clone(),
    };
    events::publish(&tx, actor, token.id, &event, now).await?;
    tx.commit().await?;
    Ok(NewApiTokenView {
        id: token.id,
        token: secret,
        name: token.name,
        permissions: token.permissions,
        expires_at,
    })
}

fn expiry(wished: Option<Instant>, now: Instant) -> Result<Instant> {
    let after = |life| now.checked_add(life).map_err(Error::internal);
    let Some(wished) = wished else {
        return after(USUAL_LIFE);
    };
    if wished <= now || wished > after(LONGEST_LIFE)? {
        let message = "name an instant in the future, at most two years from now";
        return Err(Error::field("expires_at", "out_of_range", message));
    }
    Ok(wished)
}

/// One token: one's own, or of a person whose account the actor manages.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<ApiTokenView> {
    view(find(&app.db, actor, id).await?)
}

async fn find<E: Executor>(db: &E, actor: &Actor, id: Uuid) -> Result<ApiTokenRow> {
    store::find(db, actor.organization_id, id)
        .await?
        .filter(|token| token.user_id == actor.user_id.0 || actor.may("user:update"))
        .ok_or_else(|| Error::not_found("API token", id))
}

/// Ends a token at once: one's own, or of a person whose account the actor manages.
pub(super) async fn revoke(app: &App, actor: &Actor, id: Uuid, now: Instant) -> Result<()> {
    let tx = app.db.write("api_tokens.revoke").await?;
    let token = find(&tx, actor, id).await?;
    if token.user_id != actor.user_id.0 {
        find_governed(&tx, actor, token.user_id).await?;
    }
    store::revoke(&tx, actor.organization_id, id, now).await?;
    let event = DirectoryEvent {
        name: "api_token.revoked",
        id,
        changes: Vec::new(),
    };
    events::publish(&tx, actor, id, &event, now).await?;
    tx.commit().await
}
