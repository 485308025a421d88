//! Use cases of major incidents.

mod command;
mod feed;
mod review;
mod view;

pub(super) use command::{change, declare, post_update, stand_down};
pub(crate) use feed::active;
pub(super) use feed::{list, updates};
pub(super) use review::review;
pub(super) use view::get;

use super::store::{self, MajorRow};
use crate::tickets::TicketRow;
use crate::tickets::service::{self as tickets, Edit};
use steward_domain::incidents::major::{self, Command, Facts};
use steward_domain::tickets::model::Kind;
use steward_kernel::{Actor, Error, ErrorCode, Result};
use steward_platform::App;

/// An incident under change, with what it is or was as a major one.
struct Open {
    edit: Edit,
    major: Option<MajorRow>,
}

/// Opens an incident behind its lock and asks whether the actor may.
async fn open(
    app: &App,
    actor: &Actor,
    key: &str,
    command: Command,
    name: &'static str,
) -> Result<Open> {
    let edit = tickets::open(app, actor, key, None, name).await?;
    refuse_other_kinds(&edit.before, key)?;
    let major = store::find(&edit.tx, actor.organization_id, edit.before.id).await?;
    major::decide(actor, &facts(actor, &edit.before, major.as_ref())?, command)?;
    Ok(Open { edit, major })
}

/// As [`open`], for what is a major incident now and has this version.
async fn open_major(
    app: &App,
    actor: &Actor,
    key: &str,
    command: Command,
    if_match: Option<i64>,
    name: &'static str,
) -> Result<(Edit, MajorRow)> {
    let Open { edit, major } = open(app, actor, key, command, name).await?;
    let major = major.ok_or_else(|| Error::internal("a major incident without its record"))?;
    if if_match.is_some_and(|version| version != major.version) {
        let detail = format!(
            "the major incident {} is at version {} by now; load it again and repeat your change",
            edit.before.number, major.version
        );
        return Err(Error::new(ErrorCode::PreconditionFailed, detail));
    }
    Ok((edit, major))
}

fn refuse_other_kinds(ticket: &TicketRow, key: &str) -> Result<()> {
    if ticket.kind == Kind::Incident.as_str() {
        Ok(())
    } else {
        Err(Error::not_found("incident", key))
    }
}

/// What the rules need to know.
fn facts(actor: &Actor, ticket: &TicketRow, major: Option<&MajorRow>) -> Result<Facts> {
    Ok(Facts {
        status: ticket.status.parse().map_err(Error::internal)?,
        is_major: ticket.is_major,
        is_commander: major.is_some_and(|m| m.commander_id == actor.user_id.0),
    })
}
