//! Pages of a list: by number for people, by cursor for programs.

use crate::error::{Error, Result};

/// Rows in a page when the caller does not say.
pub const DEFAULT_PER_PAGE: u32 = 25;
/// Most rows one page may hold.
pub const MAX_PER_PAGE: u32 = 100;

/// Which rows of a list are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// First row by number of page, or after a cursor.
    pub position: Position,
    /// 1 to [`MAX_PER_PAGE`].
    pub per_page: u32,
}

/// Where a page starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// Page number, from 1.
    Page(u32),
    /// Opaque cursor from an earlier answer.
    Cursor(String),
}

impl PageRequest {
    /// Checks raw query values.
    ///
    /// # Errors
    /// Names the parameter that is out of bounds.
    pub fn new(page: Option<u32>, per_page: Option<u32>, cursor: Option<String>) -> Result<Self> {
        let per_page = per_page.unwrap_or(DEFAULT_PER_PAGE);
        if per_page == 0 || per_page > MAX_PER_PAGE {
            return Err(Error::field(
                "per_page",
                "out_of_range",
                "must be from 1 to 100",
            ));
        }
        let position = match (page, cursor) {
            (Some(0), _) => {
                return Err(Error::field("page", "out_of_range", "pages start at 1"));
            }
            (page, None) => Position::Page(page.unwrap_or(1)),
            // A cursor says more exactly where the page starts than its number.
            (_, Some(cursor)) => Position::Cursor(cursor),
        };
        Ok(Self { position, per_page })
    }
}
