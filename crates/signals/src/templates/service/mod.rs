//! Use cases of notification templates.

mod preview;
pub(super) mod try_out;

pub(super) use preview::preview;

use super::context;
use super::defaults;
use super::dto::{
    AuthorView, NotificationTemplates, TemplateInput, TemplateRowView, TemplateVersions,
    TemplateView, VariableView, VersionView,
};
use super::letter::{Own, Parts};
use super::store::{self, NewVersion, VersionRow};
use steward_db::Executor;
use steward_db::time::from_db;
use steward_domain::notifications::templates::{Language, Part, TemplateKey};
use steward_kernel::id::OrganizationId;
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, FieldError, Instant, Result};
use steward_platform::http::{IfMatch, conditional};
use steward_platform::{App, clock};

const MANAGE: &str = "notification_template:manage";
/// Most versions in an answer.
const MOST_VERSIONS: u32 = 50;

fn require(actor: &Actor) -> Result<()> {
    if actor.may_all(MANAGE) {
        Ok(())
    } else {
        Err(Error::forbidden(MANAGE))
    }
}

/// The template that an address names.
pub(super) fn key((matter, medium, language): &(String, String, String)) -> Result<TemplateKey> {
    let key = TemplateKey::read(matter, medium, language);
    let name = || format!("{matter}/{medium}/{language}");
    key.ok_or_else(|| Error::not_found("notification template", name()))
}

impl From<&VersionRow> for Parts {
    fn from(row: &VersionRow) -> Self {
        Self {
            subject: row.subject.clone(),
            text: row.body_text.clone(),
            html: row.body_html.clone(),
        }
    }
}

impl From<TemplateInput> for Parts {
    fn from(input: TemplateInput) -> Self {
        Self {
            subject: input.subject.unwrap_or_default(),
            text: input.text,
            html: input.html.unwrap_or_default(),
        }
    }
}

/// A part, if the medium has it.
fn shown(key: TemplateKey, part: Part, source: String) -> Option<String> {
    key.medium.parts().contains(&part).then_some(source)
}

fn key_of(row: &VersionRow) -> Option<TemplateKey> {
    TemplateKey::read(&row.matter, &row.medium, &row.language)
}

fn author(row: &VersionRow) -> Option<AuthorView> {
    let name = row.author.as_deref().map(|name| name.trim().to_owned());
    let known = row.created_by.zip(name);
    known.map(|(id, name)| AuthorView { id, name })
}

/// The organization's own templates of a language.
pub(crate) async fn own<E: Executor>(
    db: &E,
    organization: OrganizationId,
    language: Language,
) -> Result<Own> {
    let rows = store::in_use(db, organization, language).await?;
    let rows = rows.iter();
    Ok(rows
        .filter_map(|row| Some((key_of(row)?, Parts::from(row))))
        .collect())
}

/// What the log says of templates that could not be used.
pub(crate) fn remark(remarks: &[String]) -> Option<String> {
    let all = remarks.join("; ");
    let all: String = all.chars().take(500).collect();
    (!all.is_empty()).then(|| format!("built-in template used: {all}"))
}

/// Every template.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<NotificationTemplates> {
    require(actor)?;
    let newest = store::newest(&app.db, actor.organization_id).await?;
    let row = |key: TemplateKey| {
        let changed = newest.iter().find(|row| key_of(row) == Some(key));
        TemplateRowView {
            matter: key.matter.as_str(),
            medium: key.medium.as_str(),
            language: key.language.as_str(),
            is_own: changed.is_some_and(|row| !row.is_reset),
            version: changed.map_or(0, |row| row.version),
            changed_at: changed.map(|row| from_db(row.created_at)),
            changed_by: changed.and_then(author),
        }
    };
    Ok(NotificationTemplates {
        data: TemplateKey::all().into_iter().map(row).collect(),
    })
}

async fn newest<E: Executor>(
    db: &E,
    actor: &Actor,
    key: TemplateKey,
) -> Result<Option<VersionRow>> {
    let rows = store::versions(db, actor.organization_id, key, 1).await?;
    Ok(rows.into_iter().next())
}

fn view(key: TemplateKey, newest: Option<&VersionRow>) -> TemplateView {
    let own = newest.filter(|row| !row.is_reset);
    let parts = own.map_or_else(|| defaults::parts(key), Parts::from);
    let variables = context::offers(key).map(|offered| VariableView {
        name: offered.name,
        about: offered.about,
        example: try_out::example(offered.name).to_owned(),
    });
    TemplateView {
        matter: key.matter.as_str(),
        medium: key.medium.as_str(),
        language: key.language.as_str(),
        is_own: own.is_some(),
        subject: shown(key, Part::Subject, parts.subject),
        text: parts.text,
        html: shown(key, Part::Html, parts.html),
        variables: variables.collect(),
        changed_at: newest.map(|row| from_db(row.created_at)),
        changed_by: newest.and_then(author),
        version: newest.map_or(0, |row| row.version),
    }
}

/// One template.
pub(super) async fn get(app: &App, actor: &Actor, key: TemplateKey) -> Result<TemplateView> {
    require(actor)?;
    let newest = newest(&app.db, actor, key).await?;
    Ok(view(key, newest.as_ref()))
}

/// Keeps an own version, if it can be used.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    key: TemplateKey,
    input: TemplateInput,
    seen: IfMatch,
    now: Instant,
) -> Result<TemplateView> {
    require(actor)?;
    let parts = Parts::from(input);
    check(key, &parts)?;
    keep(app, actor, key, Some(&parts), seen, now).await
}

/// Lets the built-in template hold again.
pub(super) async fn reset(
    app: &App,
    actor: &Actor,
    key: TemplateKey,
    seen: IfMatch,
    now: Instant,
) -> Result<TemplateView> {
    require(actor)?;
    let newest = newest(&app.db, actor, key).await?;
    if newest.as_ref().is_none_or(|row| row.is_reset) {
        seen.check("the template", newest.as_ref().map_or(0, |row| row.version))?;
        return Ok(view(key, newest.as_ref()));
    }
    keep(app, actor, key, None, seen, now).await
}

async fn keep(
    app: &App,
    actor: &Actor,
    key: TemplateKey,
    parts: Option<&Parts>,
    seen: IfMatch,
    now: Instant,
) -> Result<TemplateView> {
    let tx = app.db.write("notification_templates.keep").await?;
    let known = newest(&tx, actor, key).await?;
    let version = known.map_or(0, |row| row.version);
    seen.check("the template", version)?;
    let new = NewVersion {
        id: clock::new_id(),
        key,
        version: version + 1,
        parts,
    };
    if !store::insert(&tx, actor, new, now).await? {
        return Err(conditional::stale());
    }
    let kept = newest(&tx, actor, key).await?;
    tx.commit().await?;
    Ok(view(key, kept.as_ref()))
}

fn check_bounds(key: TemplateKey, parts: &Parts) -> Result<()> {
    let needed = key.medium.parts();
    for part in Part::ALL {
        let source = parts.of(part);
        if !needed.contains(&part) {
            if !source.is_empty() {
                let message = "messages have a text only";
                return Err(Error::field(part.as_str(), "not_allowed", message));
            }
            continue;
        }
        if source.trim().is_empty() {
            return Err(Error::field(part.as_str(), "required", "must not be empty"));
        }
        check_length(part.as_str(), source, key.medium.longest(part))?;
    }
    Ok(())
}

fn check(key: TemplateKey, parts: &Parts) -> Result<()> {
    check_bounds(key, parts)?;
    let faults = try_out::faults(key, parts);
    let errors: Vec<FieldError> = faults
        .iter()
        .map(|(part, fault)| FieldError {
            field: part.as_str().to_owned(),
            code: "template".to_owned(),
            message: try_out::sentence(fault),
        })
        .collect();
    match errors.first() {
        None => Ok(()),
        Some(first) => Err(Error {
            errors: errors.clone(),
            ..Error::field(first.field.clone(), "template", first.message.clone())
        }),
    }
}

/// Versions of a template, the newest first.
pub(super) async fn history(
    app: &App,
    actor: &Actor,
    key: TemplateKey,
) -> Result<TemplateVersions> {
    require(actor)?;
    let rows = store::versions(&app.db, actor.organization_id, key, MOST_VERSIONS).await?;
    let version = |row: VersionRow| VersionView {
        changed_by: author(&row),
        version: row.version,
        is_reset: row.is_reset,
        changed_at: from_db(row.created_at),
        subject: shown(key, Part::Subject, row.subject),
        text: row.body_text,
        html: shown(key, Part::Html, row.body_html),
    };
    Ok(TemplateVersions {
        data: rows.into_iter().map(version).collect(),
    })
}
