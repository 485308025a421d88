//! Handler of escalation.

use super::dto::EscalateInput;
use super::service;
use crate::tickets::dto::TicketView;
use axum::extract::State;
use axum::http::HeaderMap;
use steward_identity::SignedIn;
use steward_platform::http::{Answer, Body, Found, Path};
use steward_platform::{App, clock};

/// Tells the team's lead, a manager or an administrator about a ticket.
#[utoipa::path(post, path = "/{key}/escalate", operation_id = "escalateTicket", tag = "tickets",
    params(("key" = String, Path)), request_body = EscalateInput, responses((status = 200, body = TicketView)))]
pub(super) async fn escalate(
    State(app): State<App>,
    SignedIn(actor): SignedIn,
    Path(key): Path<String>,
    headers: HeaderMap,
    Body(input): Body<EscalateInput>,
) -> Answer<Found<TicketView>> {
    let if_match = crate::tickets::if_match(&headers)?;
    Ok(Found(
        service::escalate(&app, &actor, &key, input, if_match, clock::now()).await?,
    ))
}
