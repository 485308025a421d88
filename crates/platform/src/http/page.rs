//! The envelope of every list, and its opaque cursors.

use base64::Engine;
use serde::Serialize;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Error, ErrorCode, Result};
use utoipa::ToSchema;
use uuid::Uuid;

/// A list answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The rows of this page.
    pub data: Vec<T>,
    /// Where this page stands.
    pub pagination: Pagination,
}

/// Where a page stands in its list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pagination {
    /// Number of the page, absent when asked by cursor.
    pub page: Option<u32>,
    /// Most rows in a page.
    pub per_page: u32,
    /// Rows in the whole list, counted up to a bound.
    pub total: i64,
    /// Whether there are more rows than `total`, which stopped at its bound.
    pub is_total_capped: bool,
    /// Pages in the whole list.
    pub total_pages: i64,
    /// Whether rows follow.
    pub has_next: bool,
    /// Whether rows come before.
    pub has_prev: bool,
    /// Send it as `cursor` for the next page.
    pub next_cursor: Option<String>,
}

impl Pagination {
    /// Describes a page of `request` in a list of `total` rows.
    #[must_use]
    pub fn new(
        request: &PageRequest,
        total: i64,
        has_next: bool,
        next_cursor: Option<String>,
    ) -> Self {
        let per_page = i64::from(request.per_page);
        let (page, has_prev) = match request.position {
            Position::Page(page) => (Some(page), page > 1),
            Position::Cursor(_) => (None, true),
        };
        Self {
            page,
            per_page: request.per_page,
            total,
            is_total_capped: false,
            total_pages: (total + per_page - 1) / per_page,
            has_next,
            has_prev,
            next_cursor,
        }
    }
}

/// Characters of the shortest cursor: a key of one character, `~` and an id.
const CURSOR_LENGTH: usize = 51;
/// What a cursor looks like, for the OpenAPI document.
pub const CURSOR_PATTERN: &str = "^[A-Za-z0-9_-]{51,}$";

/// Where a page ended: the sort key of its last row, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Value of the sort column as text; its list knows how to read it.
    pub key: String,
    /// Breaks ties.
    pub id: Uuid,
}

impl Cursor {
    /// Opaque text of the cursor.
    #[must_use]
    pub fn encode(&self) -> String {
        let text = format!("{}~{}", self.key, self.id);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
    }

    /// Reads [`Cursor::encode`]'s text.
    ///
    /// # Errors
    /// When the text cannot be a cursor, or names no place in a list.
    pub fn decode(text: &str) -> Result<Self> {
        let is_possible = text.len() >= CURSOR_LENGTH
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        let hint = "use next_cursor of an earlier answer unchanged";
        if !is_possible {
            return Err(Error::field("cursor", "invalid", hint));
        }
        let read = || {
            let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
                .decode(text)
                .ok()?;
            let text = String::from_utf8(bytes).ok()?;
            let (key, id) = text.rsplit_once('~')?;
            Some(Self {
                key: key.to_owned(),
                id: id.parse().ok()?,
            })
        };
        read().ok_or_else(|| Error {
            code: ErrorCode::ResourceNotFound,
            ..Error::field("cursor", "unknown", hint)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_anything_else_is_refused() {
        let cursor = Cursor {
            key: "INC-000001".to_owned(),
            id: Uuid::from_u128(7),
        };
        assert_eq!(Cursor::decode(&cursor.encode()).expect("ours"), cursor);
        let refused = |text: &str| Cursor::decode(text).expect_err("not ours").code;
        assert_eq!(refused(""), ErrorCode::ValidationError);
        assert_eq!(refused("abc"), ErrorCode::ValidationError);
        assert_eq!(refused(&"a".repeat(60)), ErrorCode::ResourceNotFound);
    }
}
