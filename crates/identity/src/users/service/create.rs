//! Adding people.

use super::{get, require};
use crate::auth::{actor_of, passwords};
use crate::passwords::service as password_links;
use crate::users::dto::{NewUserInput, UserInput, UserView};
use crate::users::store::{self, NewUser};
use steward_db::Tx;
use steward_domain::identity::events::AccountEvent;
use steward_domain::identity::{password, policy, profile};
use steward_kernel::id::OrganizationId;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock, events};
use uuid::Uuid;

const DEFAULT_ROLE: &str = "end_user";

/// Adds a person; without a password they are invited to choose one.
pub(in crate::users) async fn create(
    app: &App,
    actor: &Actor,
    input: NewUserInput,
    now: Instant,
) -> Result<UserView> {
    require(actor, "user:create")?;
    let mut roles = input.roles.clone().unwrap_or_default();
    roles.retain(|role| role != DEFAULT_ROLE);
    if !roles.is_empty() {
        require(actor, "role:manage")?;
        let given = store::permissions_of_roles(&app.db, actor.organization_id, &roles).await?;
        policy::may_grant(&actor.permissions, &given)?;
    }
    let person = prepare(input).await?;
    let tx = app.db.write("users.create").await?;
    let id = insert(app, &tx, actor.organization_id, Some(actor), person, now).await?;
    tx.commit().await?;
    get(app, actor, id).await
}

/// Adds a person without asking who may: for the command line and demo data.
///
/// # Errors
/// For a weak password, an unknown role, or an address that is taken.
pub async fn add(
    app: &App,
    organization: OrganizationId,
    input: UserInput,
    now: Instant,
) -> Result<Uuid> {
    let person = prepare(input.into()).await?;
    let tx = app.db.write("users.add").await?;
    let id = insert(app, &tx, organization, None, person, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds an end user who is known by an address only, and invites nobody: who
/// asks for a password at that address gets a link to choose one.
///
/// # Errors
/// When the address is not one, or is taken.
pub async fn enrol(
    app: &App,
    organization: OrganizationId,
    email: &str,
    [first_name, last_name]: [String; 2],
    now: Instant,
) -> Result<Uuid> {
    let id = clock::new_id();
    // Usernames cannot hold an address; two addresses may begin alike.
    let local: String = email.split('@').next().unwrap_or_default().to_lowercase();
    let local = local
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c));
    let local: String = local.take(60).collect();
    let ending: String = id.simple().to_string().chars().rev().take(8).collect();
    let user = NewUser {
        id,
        username: format!("{local}-{ending}"),
        email: profile::email(email)?,
        first_name,
        last_name,
        password_hash: None,
    };
    let tx = app.db.write("users.enrol").await?;
    store::insert(&tx, organization, &user, now).await?;
    store::give_role(&tx, organization, id, DEFAULT_ROLE).await?;
    let own = actor_of(id, organization.0);
    let event = AccountEvent::Created { user_id: id.into() };
    events::publish(&tx, &own, id, &event, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// A new person whose fields are checked and whose password is hashed: what
/// takes its time before a transaction is opened.
#[derive(Debug)]
pub(crate) struct Prepared {
    user: NewUser,
    roles: Vec<String>,
    /// Whether who has no password gets a mail to choose one.
    is_invited: bool,
}

impl Prepared {
    /// Without a mail that asks to choose a password.
    pub(crate) const fn uninvited(mut self) -> Self {
        self.is_invited = false;
        self
    }
}

/// Checks the fields and hashes the password of a new person.
pub(crate) async fn prepare(input: NewUserInput) -> Result<Prepared> {
    let email = profile::email(&input.email)?;
    let local = email.split('@').next().unwrap_or_default();
    let username = match &input.username {
        Some(username) => profile::username(username)?,
        None => local.chars().take(100).collect(),
    };
    check_length("first_name", &input.first_name, 100)?;
    check_length("last_name", &input.last_name, 100)?;
    let roles = input.roles.unwrap_or_else(|| vec![DEFAULT_ROLE.to_owned()]);
    if roles.len() > 50 {
        return Err(Error::field("roles", "too_many", "name at most 50 roles"));
    }
    let password_hash = match input.password {
        Some(password) => {
            let own: [&str; 4] = [&input.first_name, &input.last_name, &username, local];
            password::check("password", &password, &own)?;
            Some(passwords::hash(password).await?)
        }
        None => None,
    };
    let user = NewUser {
        id: clock::new_id(),
        username,
        email,
        first_name: input.first_name,
        last_name: input.last_name,
        password_hash,
    };
    Ok(Prepared {
        user,
        roles,
        is_invited: true,
    })
}

/// Writes a new person into the transaction; without a password they are
/// invited to choose one, unless nobody is to be. Without an actor it is their own doing.
pub(crate) async fn insert(
    app: &App,
    tx: &Tx,
    organization: OrganizationId,
    actor: Option<&Actor>,
    person: Prepared,
    now: Instant,
) -> Result<Uuid> {
    let Prepared {
        user,
        roles,
        is_invited,
    } = person;
    store::insert(tx, organization, &user, now).await?;
    for role in &roles {
        if !store::give_role(tx, organization, user.id, role).await? {
            let message = format!("there is no role {role}");
            return Err(Error::unknown("roles", message));
        }
    }
    match &user.password_hash {
        Some(hash) => password_links::remember(tx, organization, user.id, hash, now).await?,
        None if is_invited => {
            password_links::invite(app, tx, organization, user.id, now).await?;
        }
        None => {}
    }
    let own = actor_of(user.id, organization.0);
    let event = AccountEvent::Created {
        user_id: user.id.into(),
    };
    events::publish(tx, actor.unwrap_or(&own), user.id, &event, now).await?;
    Ok(user.id)
}

/// Makes a person an operator, who manages the organizations of the deployment.
pub(crate) async fn make_operator(tx: &Tx, user: Uuid) -> Result<()> {
    store::make_operator(tx, user).await
}

/// As [`make_operator`], by the command line.
///
/// # Errors
/// When the database refuses.
pub async fn appoint_operator(app: &App, user: Uuid) -> Result<()> {
    let tx = app.db.write("users.appoint_operator").await?;
    make_operator(&tx, user).await?;
    tx.commit().await
}
