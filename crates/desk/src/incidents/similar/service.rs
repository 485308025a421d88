//! Use cases of suggestions.

use super::dto::{SimilarTicket, SuggestionInput, Suggestions};
use crate::incidents::major;
use crate::tickets::service::{Candidate, candidates, subject};
use steward_domain::incidents::similar::{self, Subject, THRESHOLD};
use steward_kernel::text::check_length;
use steward_kernel::{Actor, Error, Result};
use steward_platform::App;
use uuid::Uuid;

/// Tickets of one answer.
const SHOWN: usize = 5;

/// For a report that is being written.
pub(super) async fn for_text(
    app: &App,
    actor: &Actor,
    input: &SuggestionInput,
) -> Result<Suggestions> {
    if !actor.may("ticket:read") {
        return Err(Error::forbidden("ticket:read"));
    }
    let description = input.description.as_deref().unwrap_or_default();
    check_length("title", &input.title, 500)?;
    check_length("description", description, 65_536)?;
    check_length(
        "category",
        input.category.as_deref().unwrap_or_default(),
        200,
    )?;
    let about = similar::about(&input.title, description);
    let of = Subject {
        title: &about,
        description: "",
        category: input.category.as_deref(),
    };
    suggest(app, actor, &of, None).await
}

/// For a ticket that is being read.
pub(super) async fn for_ticket(app: &App, actor: &Actor, key: &str) -> Result<Suggestions> {
    let ticket = subject(app, actor, key).await?;
    let about = similar::about(&ticket.title, &ticket.description);
    let of = Subject {
        title: &about,
        description: "",
        category: ticket.category.as_deref(),
    };
    suggest(app, actor, &of, Some(ticket.id)).await
}

async fn suggest(
    app: &App,
    actor: &Actor,
    of: &Subject<'_>,
    except: Option<Uuid>,
) -> Result<Suggestions> {
    let words = similar::telling_words(of.title);
    let found = candidates(app, actor, &words, except).await?;
    let mut scored: Vec<(f64, Candidate)> = found
        .into_iter()
        .map(|ticket| (similar::similarity(of, &ticket.subject()), ticket))
        .filter(|(score, _)| *score >= THRESHOLD)
        .collect();
    // Candidates come newest first, and a stable sort keeps it so among equals.
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.truncate(SHOWN);
    Ok(Suggestions {
        similar: scored.into_iter().map(view).collect(),
        major_incidents: major::active(app, actor).await?,
    })
}

fn view((score, ticket): (f64, Candidate)) -> SimilarTicket {
    SimilarTicket {
        id: ticket.id,
        number: ticket.number,
        title: ticket.title,
        status: ticket.status,
        score: (score * 100.0).round() / 100.0,
        resolution_note: ticket.resolution_note,
        created_at: ticket.created_at,
        updated_at: ticket.updated_at,
    }
}
