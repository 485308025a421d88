//! What a template makes of a ticket.

use super::{check_bounds, own, require, try_out};
use crate::stream;
use crate::templates::dto::{FaultView, LengthView, PreviewInput, PreviewView};
use crate::templates::engine::Fault;
use crate::templates::letter::{self, Happening, Occasion, Own, Parts, Section};
use crate::templates::message;
use crate::templates::store;
use steward_domain::notifications::channels::{
    MOST_SEGMENTS, Topic, in_chat, is_whole, segments, short,
};
use steward_domain::notifications::rules::Reason;
use steward_domain::notifications::templates::{Matter, Medium, Part, TemplateKey};
use steward_domain::tickets::{model, policy};
use steward_kernel::{Actor, Error, Result};
use steward_platform::App;
use uuid::Uuid;

/// Writes the mail or message that the news of a ticket would make.
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
        check_bounds(key, &parts)?;
        faults = try_out::faults(key, &parts);
        own.insert(key, parts);
    }
    let occasion = occasion(app, actor, key, input.ticket.as_deref()).await?;
    let written = match key.medium {
        Medium::Email => mail(&own, &occasion),
        Medium::Sms | Medium::Slack | Medium::Teams | Medium::Webhook => {
            to_channel(key.medium, &own, &occasion)
        }
    };
    Ok(PreviewView {
        faults: faults.into_iter().map(fault).collect(),
        ..written
    })
}

fn fault((part, fault): (Part, Fault)) -> FaultView {
    FaultView {
        part: part.as_str(),
        line: fault.line,
        column: fault.column,
        message: fault.message,
        hint: fault.hint,
    }
}

fn number(occasion: &Occasion) -> String {
    let first = occasion.sections.first();
    first
        .map(|section| section.number.clone())
        .unwrap_or_default()
}

fn mail(own: &Own, occasion: &Occasion) -> PreviewView {
    let letter = letter::write(own, occasion);
    PreviewView {
        ticket: number(occasion),
        subject: Some(letter.subject),
        text: letter.text,
        html: Some(letter.html),
        link: None,
        length: None,
        faults: Vec::new(),
    }
}

/// A message as its receiver reads it; one to a phone with its link.
fn to_channel(medium: Medium, own: &Own, occasion: &Occasion) -> PreviewView {
    let first = occasion.sections.first();
    let link = first
        .map(|section| section.link.clone())
        .unwrap_or_default();
    let whole = message::write(own, occasion).text;
    let is_sms = medium == Medium::Sms;
    let text = if is_sms {
        short(&whole, &link)
    } else {
        in_chat(&whole)
    };
    PreviewView {
        ticket: number(occasion),
        subject: None,
        html: None,
        length: Some(LengthView {
            characters: text.chars().count(),
            segments: is_sms.then(|| segments(&text)),
            most_segments: is_sms.then_some(MOST_SEGMENTS),
            is_cut: !is_whole(medium, &whole, &link),
        }),
        link: (!is_sms).then_some(link),
        text,
        faults: Vec::new(),
    }
}

async fn occasion(
    app: &App,
    actor: &Actor,
    key: TemplateKey,
    ticket: Option<&str>,
) -> Result<Occasion> {
    let said = try_out::example("comment");
    let mut occasion = try_out::occasion(key.medium, key.language, 1, Some(said));
    if let Some(ticket) = ticket {
        occasion.sections = vec![section(app, actor, key.medium, ticket).await?];
    }
    for section in &mut occasion.sections {
        reword(section, key);
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

/// The news is of the template's reason or topic; a letter has several.
fn reword(section: &mut Section, key: TemplateKey) {
    let (said, done) = if key.medium.is_of_team() {
        (
            Matter::Topic(Topic::Commented),
            Matter::Topic(Topic::Assigned),
        )
    } else {
        (
            Matter::Reason(Reason::Commented),
            Matter::Reason(Reason::Assigned),
        )
    };
    let is_letter = key.matter == Matter::Letter;
    for item in &mut section.items {
        item.matter = if is_letter { said } else { key.matter };
    }
    if is_letter {
        section.items.push(Happening {
            matter: done,
            actor: Some(try_out::example("actor").to_owned()),
            comment: None,
        });
    }
}

async fn section(app: &App, actor: &Actor, medium: Medium, ticket: &str) -> Result<Section> {
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
    // Nobody knows who reads what a team is told.
    let reads = policy::sees_internal(actor) && !medium.is_of_team();
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
            matter: Matter::Reason(Reason::Commented),
            actor: actor.map(|name| name.trim().to_owned()),
            comment: Some(comment),
        }],
    })
}
