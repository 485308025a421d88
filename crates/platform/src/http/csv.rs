//! Lists as CSV files (RFC 4180), written piece by piece.
//!
//! A cell that a spreadsheet would take for a formula gets a `'` in front, so
//! that opening a file runs nothing.

use super::download::disposition;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use steward_kernel::Result;

/// Most rows of a file.
pub const MOST_ROWS: u32 = 100_000;
/// Rows that are read at a time.
pub const ROWS_AT_A_TIME: u32 = 500;

/// Adds a line.
pub fn line<'a>(text: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    let mut is_first = true;
    for cell in cells {
        if !is_first {
            text.push(',');
        }
        is_first = false;
        let guard = if is_formula(cell) { "'" } else { "" };
        let must_be_quoted = cell.contains(['"', ',', '\r', '\n', '\t']);
        if must_be_quoted {
            text.push('"');
            text.push_str(guard);
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(guard);
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

/// Whether a spreadsheet would compute the cell.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Pieces of a file, of which the first is there: what can be refused was.
pub struct CsvFile {
    /// Its name.
    pub name: &'static str,
    /// The first lines.
    pub first: String,
    /// All that follow.
    pub rest: BoxStream<'static, Result<String>>,
}

impl std::fmt::Debug for CsvFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvFile")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl IntoResponse for CsvFile {
    fn into_response(self) -> Response {
        let first = stream::once(async { Ok(self.first) });
        // A failure in the middle breaks the connection: a cut file must not
        // look whole.
        let pieces = first
            .chain(self.rest)
            .map(|piece| piece.map(Bytes::from).map_err(std::io::Error::other));
        let mut response = Response::new(Body::from_stream(pieces));
        let name = disposition(self.name);
        for (header, text) in [
            (
                header::CONTENT_TYPE,
                "text/csv; charset=utf-8; header=present",
            ),
            (header::CONTENT_DISPOSITION, name.as_str()),
            (header::CACHE_CONTROL, "no-store"),
        ] {
            if let Ok(value) = HeaderValue::from_str(text) {
                response.headers_mut().insert(header, value);
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_defused() {
        for (cells, expected) in [
            (&["a", "b c"][..], "a,b c\r\n"),
            (
                &["a,b", "say \"x\"", "two\nlines"],
                "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n",
            ),
            (&["=1+1", "+1", "-1", "@x"], "'=1+1,'+1,'-1,'@x\r\n"),
            (&["\t=1", "=a,b", ""], "\"'\t=1\",\"'=a,b\",\r\n"),
            (&["a=1", "1-2"], "a=1,1-2\r\n"),
        ] {
            let mut text = String::new();
            line(&mut text, cells.iter().copied());
            assert_eq!(text, expected);
        }
    }
}
