//! The directory as a CSV file.

use super::{list::wanted, require, view};
use crate::users::dto::{ExportQuery, ListQuery, UserView};
use crate::users::store::{self, UserRow, Wanted};
use futures::stream::{self, StreamExt};
use steward_kernel::{Actor, Error, Result};
use steward_platform::App;
use steward_platform::http::CsvFile;
use steward_platform::http::csv::{MOST_ROWS, ROWS_AT_A_TIME, line};
use uuid::Uuid;

const COLUMNS: &[&str] = &[
    "username",
    "email",
    "first_name",
    "last_name",
    "phone",
    "roles",
    "department",
    "site",
    "manager",
    "is_active",
    "mfa_enabled",
    "last_login_at",
    "created_at",
];

/// Where the walk through the directory stands.
struct Walk {
    app: App,
    actor: Actor,
    wanted: Wanted,
    /// The last row read; none at the beginning.
    last: Option<UserRow>,
    is_over: bool,
}

impl Walk {
    /// The next lines; none at the end.
    async fn next(&mut self) -> Result<Option<String>> {
        if self.is_over {
            return Ok(None);
        }
        let db = &self.app.db;
        let organization = self.actor.organization_id;
        let last = self.last.as_ref();
        let rows = store::after(db, organization, &self.wanted, last, ROWS_AT_A_TIME).await?;
        let most = usize::try_from(ROWS_AT_A_TIME).unwrap_or(usize::MAX);
        self.is_over = rows.len() < most;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut roles = store::roles_of(db, &ids).await?;
        self.last = rows.last().cloned();
        let mut text = String::new();
        for row in rows {
            let held = roles.remove(&row.id).unwrap_or_default();
            let cells = cells(view(&self.actor, row, held)?);
            line(&mut text, cells.iter().map(String::as_str));
        }
        Ok(Some(text))
    }
}

/// Everyone whom the directory would show to the actor, by name.
pub(in crate::users) async fn export(
    app: &App,
    actor: &Actor,
    query: ExportQuery,
) -> Result<CsvFile> {
    require(actor, "user:read")?;
    let wanted = wanted(ListQuery::from(query))?;
    let total = store::count(&app.db, actor.organization_id, &wanted).await?;
    if total > i64::from(MOST_ROWS) {
        let hint = format!("more than {MOST_ROWS} people match; narrow the filters");
        return Err(Error::field("filters", "too_many", hint));
    }
    let mut walk = Walk {
        app: app.clone(),
        actor: actor.clone(),
        wanted,
        last: None,
        is_over: false,
    };
    let mut first = String::new();
    line(&mut first, COLUMNS.iter().copied());
    first.push_str(&walk.next().await?.unwrap_or_default());
    let rest = stream::try_unfold(walk, |mut walk| async move {
        Ok(walk.next().await?.map(|text| (text, walk)))
    })
    .boxed();
    Ok(CsvFile {
        name: "people.csv",
        first,
        rest,
    })
}

fn cells(person: UserView) -> Vec<String> {
    let last_login = person.sign_in.and_then(|used| used.last_login_at);
    vec![
        person.username,
        person.email,
        person.first_name,
        person.last_name,
        person.phone.unwrap_or_default(),
        person.roles.join(", "),
        person.department.map(|d| d.name).unwrap_or_default(),
        person.site.map(|s| s.name).unwrap_or_default(),
        person.manager.map(|m| m.name).unwrap_or_default(),
        person.is_active.to_string(),
        person.mfa_enabled.to_string(),
        last_login.map_or_else(String::new, |at| at.to_string()),
        person.created_at.to_string(),
    ]
}
