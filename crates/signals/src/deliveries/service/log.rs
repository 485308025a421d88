//! The delivery log: reading it, and sending again what was given up.

use crate::channels;
use crate::deliveries::dto::{
    Deliveries, DeliveryExportQuery, DeliveryQuery, DeliveryView, RetriedDeliveries,
    RetryDeliveries, TicketName,
};
use crate::deliveries::store::{self, LogRow};
use crate::notifications::dto::PersonReference;
use crate::stream;
use futures::stream::{self as streams, StreamExt};
use steward_db::time::{from_db, to_db};
use steward_db::{Filter, values};
use steward_domain::tickets::policy;
use steward_kernel::page::PageRequest;
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::CsvFile;
use steward_platform::http::csv::{MOST_ROWS, ROWS_AT_A_TIME, line};
use steward_platform::http::page::{self, Cursor};
use steward_platform::{App, mail};
use uuid::Uuid;

const MANAGE: &str = "job:manage";
/// Most mails that are set on their way again at once.
const RETRIED_AT_ONCE: u32 = 500;

fn of(actor: &Actor) -> Filter {
    let mut filter = Filter::default();
    let organization = values![actor.organization_id.0];
    filter.and("d.organization_id = ?", organization);
    filter
}

fn look_after(actor: &Actor) -> Result<Filter> {
    if actor.may_all(MANAGE) {
        Ok(of(actor))
    } else {
        Err(Error::forbidden(MANAGE))
    }
}

/// The log is for those who look after it; that of one ticket also for those
/// who see the ticket with its internal notes.
async fn read(app: &App, actor: &Actor, ticket: Option<Uuid>) -> Result<Filter> {
    let Some(ticket) = ticket.filter(|_| !actor.may_all(MANAGE)) else {
        return look_after(actor);
    };
    if !policy::sees_internal(actor) {
        return Err(Error::forbidden(MANAGE));
    }
    let found = stream::tickets(&app.db, actor.organization_id, &[ticket]).await?;
    let visibility = policy::visibility(actor);
    let found = found.get(&ticket).filter(|(_, f)| visibility.sees(f));
    found.ok_or_else(|| Error::unknown("ticket_id", "there is no such ticket"))?;
    Ok(of(actor))
}

fn narrow(filter: &mut Filter, query: &DeliveryQuery) {
    if let Some(state) = query.state {
        filter.and("d.state = ?", values![state.as_str()]);
    }
    if let Some(user) = query.user_id {
        filter.and("d.user_id = ?", values![user]);
    }
    if let Some(ticket) = query.ticket_id {
        filter.and("d.ticket_id = ?", values![ticket]);
    }
    if let Some(channel) = query.channel {
        filter.and("d.channel = ?", values![channel.as_str()]);
    }
}

/// The delivery log of the caller's organization.
pub(in crate::deliveries) async fn list(
    app: &App,
    actor: &Actor,
    query: DeliveryQuery,
) -> Result<Deliveries> {
    let mut filter = read(app, actor, query.ticket_id).await?;
    let per_page = PageRequest::new(None, query.per_page, None)?.per_page;
    narrow(&mut filter, &query);
    if let Some(cursor) = &query.cursor {
        let (at, id) = Cursor::decode_at(cursor)?;
        filter.and("(d.created_at, d.id) < (?, ?)", values![to_db(at), id]);
    }
    let mut rows = store::log(&app.db, &filter, per_page + 1).await?;
    let next_cursor = page::cut(&mut rows, per_page, |row| {
        Cursor::at(from_db(row.created_at), row.id)
    });
    Ok(Deliveries {
        data: rows.into_iter().map(view).collect(),
        next_cursor,
    })
}

fn view(row: LogRow) -> DeliveryView {
    DeliveryView {
        id: row.id,
        user: row
            .user_id
            .zip(row.user_name)
            .map(|(id, name)| PersonReference {
                id,
                name: name.trim().to_owned(),
            }),
        channel: row.channel,
        channel_name: row.channel_name,
        reason: row.reason,
        pace: row.pace,
        ticket: TicketName {
            id: row.ticket_id,
            number: row.number,
        },
        event_id: row.event_id,
        state: row.state,
        note: row.note,
        answer: row.last_error,
        mail_id: row.mail_id,
        address: row.recipient,
        subject: row.subject,
        attempts: row.attempts.unwrap_or(0),
        due_at: from_db(row.due_at),
        created_at: from_db(row.created_at),
        settled_at: row.settled_at.map(from_db),
    }
}

/// Sends again what was given up.
pub(in crate::deliveries) async fn retry(
    app: &App,
    actor: &Actor,
    id: Uuid,
    now: Instant,
) -> Result<DeliveryView> {
    let mut filter = look_after(actor)?;
    filter.and("d.id = ?", values![id]);
    let tx = app.db.write("deliveries.retry").await?;
    let row = store::log(&tx, &filter, 1).await?.into_iter().next();
    let row = row.ok_or_else(|| Error::not_found("delivery", id))?;
    let is_open = match (row.state.as_str(), row.mail_id, row.message_id) {
        ("failed", Some(mail), _) => {
            store::reopen(&tx, mail).await?;
            mail::send_again(&tx, mail, now).await?
        }
        ("failed", None, Some(message)) => {
            channels::send_again(&tx, actor.organization_id, message, now).await?
        }
        _ => false,
    };
    if !is_open {
        let detail = format!("delivery {id} was not given up");
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    let row = store::log(&tx, &filter, 1).await?.into_iter().next();
    tx.commit().await?;
    row.map(view)
        .ok_or_else(|| Error::not_found("delivery", id))
}

/// Sends again everything that was given up.
pub(in crate::deliveries) async fn retry_all(
    app: &App,
    actor: &Actor,
    input: RetryDeliveries,
    now: Instant,
) -> Result<RetriedDeliveries> {
    let mut filter = look_after(actor)?;
    let query = DeliveryQuery {
        state: None,
        user_id: input.user_id,
        ticket_id: input.ticket_id,
        channel: None,
        per_page: None,
        cursor: None,
    };
    narrow(&mut filter, &query);
    let tx = app.db.write("deliveries.retry_all").await?;
    let mut retried = 0;
    for mail in store::given_up(&tx, &filter, RETRIED_AT_ONCE).await? {
        store::reopen(&tx, mail).await?;
        if mail::send_again(&tx, mail, now).await? {
            retried += 1;
        }
    }
    for message in store::messages_given_up(&tx, &filter, RETRIED_AT_ONCE).await? {
        if channels::send_again(&tx, actor.organization_id, message, now).await? {
            retried += 1;
        }
    }
    tx.commit().await?;
    Ok(RetriedDeliveries { retried })
}

const COLUMNS: &[&str] = &[
    "created_at",
    "state",
    "person",
    "address",
    "channel",
    "reason",
    "ticket",
    "subject",
    "attempts",
    "note",
    "answer",
    "due_at",
    "settled_at",
];

/// Where the walk through the log stands.
struct Walk {
    app: App,
    filter: Filter,
    last: Option<(Instant, Uuid)>,
    rows: u32,
    is_over: bool,
}

impl Walk {
    /// The next lines; none at the end.
    async fn next(&mut self) -> Result<Option<String>> {
        if self.is_over {
            return Ok(None);
        }
        let mut filter = self.filter.clone();
        if let Some((at, id)) = self.last {
            filter.and("(d.created_at, d.id) < (?, ?)", values![to_db(at), id]);
        }
        let rows = store::log(&self.app.db, &filter, ROWS_AT_A_TIME).await?;
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        self.rows = self.rows.saturating_add(count);
        self.is_over = count < ROWS_AT_A_TIME || self.rows >= MOST_ROWS;
        self.last = rows.last().map(|row| (from_db(row.created_at), row.id));
        let mut text = String::new();
        for row in rows {
            line(&mut text, cells(view(row)).iter().map(String::as_str));
        }
        Ok(Some(text))
    }
}

fn cells(row: DeliveryView) -> Vec<String> {
    vec![
        row.created_at.to_string(),
        row.state,
        row.user
            .map(|user| user.name)
            .or(row.channel_name)
            .unwrap_or_default(),
        row.address.unwrap_or_default(),
        row.channel,
        row.reason,
        row.ticket.number.unwrap_or_default(),
        row.subject.unwrap_or_default(),
        row.attempts.to_string(),
        row.note.unwrap_or_default(),
        row.answer.unwrap_or_default(),
        row.due_at.to_string(),
        row.settled_at.map_or_else(String::new, |at| at.to_string()),
    ]
}

/// The log as a file, newest first.
pub(in crate::deliveries) async fn export(
    app: &App,
    actor: &Actor,
    query: DeliveryExportQuery,
) -> Result<CsvFile> {
    let mut filter = look_after(actor)?;
    narrow(&mut filter, &DeliveryQuery::from(query));
    let mut walk = Walk {
        app: app.clone(),
        filter,
        last: None,
        rows: 0,
        is_over: false,
    };
    let mut first = String::new();
    line(&mut first, COLUMNS.iter().copied());
    first.push_str(&walk.next().await?.unwrap_or_default());
    let rest = streams::try_unfold(walk, |mut walk| async move {
        Ok(walk.next().await?.map(|text| (text, walk)))
    })
    .boxed();
    Ok(CsvFile {
        name: "deliveries.csv",
        first,
        rest,
    })
}
