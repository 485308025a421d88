//! What a template makes of a ticket.

use super::{check_bounds, own, require, try_out};
use crate::stream;
use crate::templates::dto::{FaultView, PreviewInput, PreviewView};
use crate::templates::letter::{self, Happening, Occasion, Parts, Section};
use crate::templates::store;
use steward_domain::notifications::rules::Reason;
use steward_domain::notifications::templates::{Matter, TemplateKey};
use steward_domain::tickets::{model, policy};
use steward_kernel::{Actor, Error, Result};
use steward_platform::App;
use uuid::Uuid;

/// Writes the mail that the news of a ticket would make.
pub(in crate::templates) async fn preview(
    app: &App,
    actor: &Actor,
    key: TemplateKey,
    input: PreviewInput,
) -> Result<PreviewView> {
    require(actor)?;
    let mut own = own(&app.db, actor.organization_id, key.language).await?;
    let mut faults = Vec::new();
    if let Some(template) = input.template {
        let parts = Parts::from(template);
        check_bounds(&parts)?;
        faults = try_out::faults(key, &parts);
        own.insert(key, parts);
    }
    let occasion = occasion(app, actor, key, input.ticket.as_deref()).await?;
    let letter = letter::write(&own, &occasion);
    let ticket = occasion.sections.first().map(|s| s.number.clone());
    Ok(PreviewView {
        ticket: ticket.unwrap_or_default(),
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        faults: faults
            .into_iter()
            .map(|(part, fault)| FaultView {
                part: part.as_str(),
                line: fault.line,
                column: fault.column,
                message: fault.message,
                hint: fault.hint,
            })
            .collect(),
    })
}

async fn occasion(
    app: &App,
    actor: &Actor,
    key: TemplateKey,
    ticket: Option<&str>,
) -> Result<Occasion> {
    let said = try_out::example("comment");
    let mut occasion = try_out::occasion(key.language, 1, Some(said));
    if let Some(ticket) = ticket {
        occasion.sections = vec![section(app, actor, ticket).await?];
    }
    for section in &mut occasion.sections {
        reword(section, key.matter);
    }
    if let Some(person) = store::person(&app.db, actor).await? {
        occasion.first_name = person.first_name;
        occasion.last_name = person.last_name;
    }
    occasion.organization = store::organization(&app.db, actor.organization_id).await?;
    let base = app.config.public_url.trim_end_matches('/');
    occasion.preferences_link = format!("{base}/agent/profile?section=notifications");
    Ok(occasion)
}

/// The news is of the template's reason; a letter has several.
fn reword(section: &mut Section, matter: Matter) {
    match matter {
        Matter::Reason(reason) => section
            .items
            .iter_mut()
            .for_each(|item| item.reason = reason),
        Matter::Letter => section.items.push(Happening {
            reason: Reason::Assigned,
            actor: Some(try_out::example("actor").to_owned()),
            comment: None,
        }),
    }
}

async fn section(app: &App, actor: &Actor, ticket: &str) -> Result<Section> {
    let unknown = || Error::unknown("ticket", format!("there is no ticket {ticket}"));
    let organization = actor.organization_id;
    let id = match (ticket.parse::<Uuid>(), model::parse_number(ticket)) {
        (Ok(id), _) => Some(id),
        (_, Some((kind, number))) => {
            let number = model::format_number(kind, number);
            store::numbered(&app.db, organization, &number).await?
        }
        _ => None,
    };
    let id = id.ok_or_else(unknown)?;
    let mut found = stream::tickets(&app.db, organization, &[id]).await?;
    let found = found.remove(&id);
    let visibility = policy::visibility(actor);
    let (row, _) = found
        .filter(|(_, facts)| visibility.sees(facts))
        .ok_or_else(unknown)?;
    let reads = policy::sees_internal(actor);
    let said = store::said_last(&app.db, organization, id, reads).await?;
    let (actor, comment) = match said {
        Some(said) => (said.author, said.body),
        None => (
            Some(try_out::example("actor").to_owned()),
            try_out::example("comment").to_owned(),
        ),
    };
    let base = app.config.public_url.trim_end_matches('/');
    Ok(Section {
        link: format!("{base}/agent/incidents/{}", row.number),
        number: row.number,
        title: row.title,
        status: row.status,
        priority: row.priority,
        items: vec![Happening {
            reason: Reason::Commented,
            actor: actor.map(|name| name.trim().to_owned()),
            comment: Some(comment),
        }],
    })
}
