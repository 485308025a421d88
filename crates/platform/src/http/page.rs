//! The envelope of every list, and its opaque cursors.

use base64::Engine;
use serde::Serialize;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Error, ErrorCode, Instant, Result};
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
    /// The place of a row in a list that is ordered by an instant.
    #[must_use]
    pub fn at(at: Instant, id: Uuid) -> Self {
        let key = at.as_microsecond().to_string();
        Self { key, id }
    }

    /// Reads the cursor of a list that is ordered by an instant.
    ///
    /// # Errors
    /// As [`Cursor::decode`], and when its key is no instant.
    pub fn decode_at(text: &str) -> Result<(Instant, Uuid)> {
        let cursor = Self::decode(text)?;
        let at = cursor.key.parse().ok();
        let at = at.and_then(|us| Instant::from_microsecond(us).ok());
        let wrong = || Error::field("cursor", "invalid", "use next_cursor of an earlier answer");
        Ok((at.ok_or_else(wrong)?, cursor.id))
    }

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
            if key.contains('\0') {
                // PostgreSQL cannot compare with it.
                return None;
            }
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

/// Cuts off the row too many that was asked for, which tells that more follow.
/// Returns the cursor of the last row that stays, if so.
pub fn cut<T>(
    rows: &mut Vec<T>,
    per_page: u32,
    place: impl FnOnce(&T) -> Cursor,
) -> Option<String> {
    let most = usize::try_from(per_page).unwrap_or(usize::MAX);
    let has_next = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| has_next)?;
    Some(place(last).encode())
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
        let with_nul = Cursor {
            key: "INC\0".to_owned(),
            ..cursor.clone()
        };
        let refused = |text: &str| Cursor::decode(text).expect_err("not ours").code;
        assert_eq!(refused(&with_nul.encode()), ErrorCode::ResourceNotFound);
        assert_eq!(refused(""), ErrorCode::ValidationError);
        assert_eq!(refused("abc"), ErrorCode::ValidationError);
        assert_eq!(refused(&"a".repeat(60)), ErrorCode::ResourceNotFound);
    }

    #[test]
    fn a_row_too_many_gives_the_place_where_the_next_page_begins() {
        let place = |n: &i64| {
            let at = Instant::from_microsecond(*n).expect("an instant");
            Cursor::at(at, Uuid::from_u128(7))
        };
        let mut rows = vec![30, 20, 10];
        let next = cut(&mut rows, 2, place).expect("more follow");
        assert_eq!(rows, [30, 20]);
        let (at, id) = Cursor::decode_at(&next).expect("ours");
        assert_eq!((at.as_microsecond(), id), (20, Uuid::from_u128(7)));
        assert_eq!(cut(&mut rows, 2, place), None);
        let other = Cursor {
            key: "INC-000001".to_owned(),
            id,
        };
        let refused = Cursor::decode_at(&other.encode()).expect_err("no instant");
        assert_eq!(refused.code, ErrorCode::ValidationError);
    }
}
