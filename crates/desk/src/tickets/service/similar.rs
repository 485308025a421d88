//! Tickets that may be like another one.

use super::find;
use crate::tickets::store::{self, MatchRow};
use steward_db::{time::from_db, values};
use steward_domain::incidents::similar::Subject;
use steward_domain::search::words::Term;
use steward_domain::tickets::policy;
use steward_domain::visibility::Visibility;
use steward_kernel::{Actor, Instant, Result};
use steward_platform::App;
use uuid::Uuid;

/// Tickets that are compared.
const CANDIDATES: u32 = 200;
/// Words that are looked up; the shorter ones are in too many tickets.
const WORDS: usize = 4;

/// A ticket to compare with.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) category: Option<String>,
    pub(crate) status: String,
    pub(crate) resolution_note: Option<String>,
    pub(crate) created_at: Instant,
    pub(crate) updated_at: Instant,
}

impl From<MatchRow> for Candidate {
    fn from(row: MatchRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            title: row.title,
            description: row.description,
            category: row.category,
            status: row.status,
            resolution_note: row.resolution_note,
            created_at: from_db(row.created_at),
            updated_at: from_db(row.updated_at),
        }
    }
}

impl Candidate {
    /// What is compared.
    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            title: &self.title,
            description: &self.description,
            category: self.category.as_deref(),
        }
    }
}

/// The ticket that others are compared with.
pub(crate) async fn subject(app: &App, actor: &Actor, key: &str) -> Result<Candidate> {
    let row = find(&app.db, actor, key).await?;
    Ok(MatchRow::from(row).into())
}

/// The newest incidents that the actor sees and that have one of the first
/// words; of those who see only what they asked for, their newest incidents.
pub(crate) async fn candidates(
    app: &App,
    actor: &Actor,
    words: &[String],
    except: Option<Uuid>,
) -> Result<Vec<Candidate>> {
    let visibility = policy::visibility(actor);
    if words.is_empty() || visibility == Visibility::Nothing {
        return Ok(Vec::new());
    }
    let mut filter = store::visible(actor, &visibility);
    filter.and(
        "t.kind = 'incident' AND t.merged_into_id IS NULL",
        values![],
    );
    if let Some(id) = except {
        filter.and("t.id <> ?", values![id]);
    }
    let is_own_only = matches!(&visibility, Visibility::Involved { teams, .. } if teams.is_empty());
    let rows = if is_own_only {
        filter.and("t.requester_id = ?", values![actor.user_id.0]);
        store::newest(&app.db, &filter, CANDIDATES).await?
    } else {
        let terms: Vec<Term> = words
            .iter()
            .take(WORDS)
            .map(|word| Term {
                word: word.clone(),
                is_prefix: false,
            })
            .collect();
        let engine = app.db.engine();
        let organization = actor.organization_id.0;
        store::search_any(&app.db, engine, organization, &terms, &filter, CANDIDATES).await?
    };
    Ok(rows.into_iter().map(Candidate::from).collect())
}
