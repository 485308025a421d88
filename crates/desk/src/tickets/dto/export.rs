//! Query of the ticket list as a file.

use super::TicketQuery;
use serde::Deserialize;
use steward_kernel::{Error, ErrorCode, Result};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

/// What pages the list, and has no meaning for a file.
const PAGING: &[&str] = &["page", "per_page", "cursor"];

/// Filters and order of the ticket list, without its pages.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ExportQuery(TicketQuery);

impl ExportQuery {
    /// The list's query.
    ///
    /// # Errors
    /// When a page was asked for.
    pub fn filters(self) -> Result<TicketQuery> {
        let query = self.0;
        if query.page.is_some() || query.per_page.is_some() || query.cursor.is_some() {
            let detail = "a file has no pages; leave page, per_page and cursor out";
            return Err(Error::new(ErrorCode::MalformedRequest, detail));
        }
        Ok(query)
    }
}

impl IntoParams for ExportQuery {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let mut parameters = TicketQuery::into_params(place);
        parameters.retain(|parameter| !PAGING.contains(&parameter.name.as_str()));
        parameters
    }
}
