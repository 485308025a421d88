//! What is tried: draft policies and calendars, or those in use.

use super::book::{calendar_version, policy_version};
use super::policies::{check_targets, read_condition};
use crate::sla::calculate::build;
use crate::sla::dto::{DraftCalendar, DraftPolicy, SimulationInput};
use crate::sla::store::{self, LifeRow};
use crate::{conditions, tickets};
use std::collections::{BTreeMap, BTreeSet};
use steward_db::Value;
use steward_domain::expr::{Facts, Fields, Predicate};
use steward_domain::sla::book::{Book, CalendarVersion, PolicyVersion};
use steward_domain::sla::model::Agreement;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

const MOST_TICKETS: u32 = 200_000;
/// With CEL each ticket is read whole.
const MOST_WITH_CEL: u32 = 20_000;
const MOST_DRAFTS: usize = 50;

/// The draft: its book, and the conditions of its policies.
pub(super) struct Draft {
    fields: Fields,
    pub(super) book: Book,
    /// Per policy version the place of its condition; none matches all.
    places: BTreeMap<Uuid, Option<usize>>,
    pub(super) conditions: Vec<(String, Vec<Value>)>,
    /// Those of them that SQL only narrows, by their place.
    rests: BTreeMap<usize, Predicate>,
}

/// Reads the drafts; what is not among them is as it is in use.
pub(super) async fn draft(
    app: &App,
    actor: &Actor,
    input: &SimulationInput,
    now: Instant,
) -> Result<Draft> {
    let fields = conditions::known_fields(&app.db, actor.organization_id).await?;
    let mut draft = Draft {
        fields: match input.policies {
            Some(_) => fields,
            None => fields.of_kept(),
        },
        book: Book::default(),
        places: BTreeMap::new(),
        conditions: Vec::new(),
        rests: BTreeMap::new(),
    };
    for row in &store::calendars(&app.db, actor.organization_id).await? {
        draft.book.current.insert(row.calendar_id, row.id);
        draft.book.calendars.insert(row.id, calendar_version(row)?);
    }
    for (at, calendar) in input.calendars.iter().flatten().enumerate() {
        draft.add_calendar(at, calendar)?;
    }
    match &input.policies {
        Some(policies) => {
            for (at, policy) in policies.iter().enumerate() {
                draft.add_policy(app, actor, at, policy, now)?;
            }
        }
        None => {
            let rows = store::policies(&app.db, actor.organization_id).await?;
            for row in rows.iter().filter(|row| row.is_active) {
                let condition = row.condition.as_ref();
                let place = draft.condition(app, actor, "policies", condition, now)?;
                draft.places.insert(row.id, place);
                draft.book.policies.push(policy_version(row)?);
            }
        }
    }
    Ok(draft)
}

impl Draft {
    /// Tickets that are looked at.
    pub(super) fn most_tickets(&self) -> u32 {
        if self.rests.is_empty() {
            MOST_TICKETS
        } else {
            MOST_WITH_CEL
        }
    }

    fn add_calendar(&mut self, at: usize, draft: &DraftCalendar) -> Result<()> {
        if at >= MOST_DRAFTS {
            let message = format!("name at most {MOST_DRAFTS} calendars");
            return Err(Error::field("calendars", "too_many", message));
        }
        let hours = &draft.hours;
        let calendar = build(&hours.time_zone, &hours.weekly, &hours.holidays);
        let calendar = calendar.map_err(|mistake| {
            let place = format!("calendars.{at}.hours.{}", mistake.place);
            Error::field(place, "invalid", mistake.problem)
        })?;
        let id = clock::new_id();
        self.book.current.insert(draft.id, id);
        let calendar_id = draft.id;
        let version = CalendarVersion {
            id,
            calendar_id,
            calendar,
        };
        self.book.calendars.insert(id, version);
        Ok(())
    }

    fn add_policy(
        &mut self,
        app: &App,
        actor: &Actor,
        at: usize,
        draft: &DraftPolicy,
        now: Instant,
    ) -> Result<()> {
        if at >= MOST_DRAFTS {
            let message = format!("name at most {MOST_DRAFTS} policies");
            return Err(Error::field("policies", "too_many", message));
        }
        let field = format!("policies.{at}");
        check_targets(&format!("{field}."), draft.targets)?;
        let t = draft.targets;
        let own = [t.critical, t.high, t.medium, t.low].map(|target| target.calendar_id);
        let named = own.into_iter().flatten().chain([draft.calendar_id]);
        for id in named {
            if !self.book.current.contains_key(&id) {
                let message = format!("there is no calendar {id}");
                return Err(Error::field(
                    format!("{field}.calendar_id"),
                    "unknown_value",
                    message,
                ));
            }
        }
        let condition = draft.condition.as_ref();
        let place = self.condition(app, actor, &format!("{field}.condition"), condition, now)?;
        let id = clock::new_id();
        self.places.insert(id, place);
        self.book.policies.push(PolicyVersion {
            id,
            policy_id: id,
            agreement: Agreement::Sla,
            calendar_id: draft.calendar_id,
            targets: draft.targets.into(),
            escalation: Default::default(),
        });
        Ok(())
    }

    fn condition(
        &mut self,
        app: &App,
        actor: &Actor,
        field: &str,
        condition: Option<&serde_json::Value>,
        now: Instant,
    ) -> Result<Option<usize>> {
        let Some(form) = condition.filter(|form| !form.is_null()) else {
            return Ok(None);
        };
        let condition = read_condition(&self.fields, field, form)?;
        let place = self.conditions.len();
        let predicate = conditions::bound(actor, &condition, now);
        let clause = tickets::condition(app.db.engine(), &predicate.widened())?;
        self.conditions.push(clause);
        if predicate.has_cel() {
            self.rests.insert(place, predicate);
        }
        Ok(Some(place))
    }

    /// Looks at the tickets that SQL found for a condition with CEL.
    pub(super) async fn settle(
        &self,
        app: &App,
        actor: &Actor,
        rows: &mut [LifeRow],
    ) -> Result<()> {
        let is_open = |row: &&LifeRow| self.rests.keys().any(|place| row.is_matched(*place));
        let ids: Vec<Uuid> = rows.iter().filter(is_open).map(|row| row.id).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let facts = tickets::service::facts_of(&app.db, actor.organization_id, &ids).await?;
        let rests = self.rests.clone();
        let look = move || {
            let one = |(id, facts): (Uuid, Facts)| {
                let places = rests.iter().filter(|(_, rest)| rest.matches(&facts));
                (id, places.map(|(place, _)| *place).collect())
            };
            facts.into_iter().map(one).collect()
        };
        let found: BTreeMap<Uuid, BTreeSet<usize>> = tokio::task::spawn_blocking(look)
            .await
            .map_err(Error::internal)?;
        for row in rows {
            let matching = found.get(&row.id);
            let is_out = |place: &&usize| !matching.is_some_and(|all| all.contains(place));
            let out: Vec<usize> = self.rests.keys().filter(is_out).copied().collect();
            row.unmatch(&out);
        }
        Ok(())
    }

    /// Whether a policy is meant for a ticket.
    pub(super) fn matches(&self, policy: &PolicyVersion, row: &LifeRow) -> bool {
        match self.places.get(&policy.id) {
            Some(Some(place)) => row.is_matched(*place),
            Some(None) => true,
            None => false,
        }
    }
}
