//! Records of a file, one at a time. A record may span lines; a quote that is
//! never closed costs the line it stands in, because the lines after it are
//! looked at again by themselves.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use steward_domain::imports::record::{Splitter, Step};

/// Most bytes of a line.
const MAX_LINE: usize = 1024 * 1024;

/// Most lines of a record.
const MAX_LINES: usize = 100;

/// What stands at a place of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Cells of a record.
    Cells(Vec<String>),
    /// Why the line is none.
    Refused(String),
}

/// A physical line.
#[derive(Debug, Clone)]
struct Line {
    number: u64,
    text: Result<String, &'static str>,
}

/// Reads the records of a file.
#[derive(Debug)]
pub(super) struct Reader<R> {
    input: R,
    delimiter: char,
    columns: Option<usize>,
    line: u64,
    bytes: u64,
    ahead: VecDeque<Line>,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn new(input: R, delimiter: char) -> Self {
        Self {
            input,
            delimiter,
            columns: None,
            line: 0,
            bytes: 0,
            ahead: VecDeque::new(),
        }
    }

    /// Bytes read so far.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next record and the number of its first line, from 1; empty lines
    /// are passed over. The first record says how many cells the others have.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Found)>> {
        loop {
            let Some(line) = self.next_line()? else {
                return Ok(None);
            };
            if line.text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
                continue;
            }
            let found = self.record(&line)?;
            if let (None, Found::Cells(cells)) = (self.columns, &found) {
                self.columns = Some(cells.len());
            }
            return Ok(Some((line.number, found)));
        }
    }

    fn record(&mut self, first: &Line) -> io::Result<Found> {
        let mut splitter = Splitter::new(self.delimiter);
        let mut taken: Vec<Line> = Vec::new();
        let mut step = match &first.text {
            Ok(text) => splitter.line(text),
            Err(why) => return Ok(Found::Refused((*why).to_owned())),
        };
        let mut length = 0;
        while step == Step::Open && taken.len() < MAX_LINES && length < MAX_LINE {
            let Some(next) = self.next_line()? else { break };
            length += next.text.as_ref().map_or(0, String::len);
            step = match &next.text {
                Ok(text) => splitter.line(text),
                Err(_) => Step::Open,
            };
            let is_readable = next.text.is_ok();
            taken.push(next);
            if !is_readable {
                break;
            }
        }
        let is_long = !taken.is_empty();
        match step {
            Step::Done(cells) if !is_long || self.columns.is_none_or(|n| n == cells.len()) => {
                return Ok(Found::Cells(cells));
            }
            _ => {}
        }
        // What looked like the rest of this record are lines of their own.
        while let Some(line) = taken.pop() {
            self.ahead.push_front(line);
        }
        Ok(Found::Refused(match step {
            Step::Broken(why) if !is_long => why.to_owned(),
            _ => "a quote is opened and not closed".to_owned(),
        }))
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let limit = u64::try_from(MAX_LINE + 1).unwrap_or(u64::MAX);
        let mut limited = self.input.by_ref().take(limit);
        let mut read = limited.read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        let is_too_long = bytes.len() > MAX_LINE;
        if is_too_long && !bytes.ends_with(b"\n") {
            read += self.input.skip_until(b'\n')?;
        }
        self.bytes += u64::try_from(read).unwrap_or(0);
        let text = if is_too_long {
            Err("longer than 1 MiB")
        } else {
            text(&bytes, self.line == 1).ok_or("not valid UTF-8")
        };
        Ok(Some(Line {
            number: self.line,
            text,
        }))
    }
}

/// The text of a line without its end; the first line may bear a mark of its encoding.
fn text(bytes: &[u8], is_first: bool) -> Option<String> {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text
        .strip_prefix('\u{feff}')
        .filter(|_| is_first)
        .unwrap_or(text);
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &[u8]) -> Vec<(u64, Found)> {
        let mut reader = Reader::new(file, ',');
        let mut found = Vec::new();
        while let Some(record) = reader.next().expect("bytes in memory") {
            found.push(record);
        }
        assert_eq!(reader.bytes(), u64::try_from(file.len()).expect("small"));
        found
    }

    fn cells(line: u64, cells: &[&str]) -> (u64, Found) {
        let cells = cells.iter().map(|c| (*c).to_owned()).collect();
        (line, Found::Cells(cells))
    }

    fn refused(line: u64, why: &str) -> (u64, Found) {
        (line, Found::Refused(why.to_owned()))
    }

    const UNCLOSED: &str = "a quote is opened and not closed";

    #[test]
    fn records_are_read_with_their_line_numbers() {
        let file = b"\xef\xbb\xbfa,b\r\n1,2\r\n\r\n\"x\ny\",3\n4,5";
        assert_eq!(
            read(file),
            [
                cells(1, &["a", "b"]),
                cells(2, &["1", "2"]),
                cells(4, &["x\ny", "3"]),
                cells(6, &["4", "5"])
            ]
        );
        assert_eq!(read(b""), []);
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        assert_eq!(
            read(b"a,b\n\"1,2\n3,4\n5,6\n"),
            [
                cells(1, &["a", "b"]),
                refused(2, UNCLOSED),
                cells(3, &["3", "4"]),
                cells(4, &["5", "6"])
            ],
            "a quote that nothing closes"
        );
        assert_eq!(
            read(b"a,b\n1,\"2\n3,\"4\"\n5,6\n"),
            [
                cells(1, &["a", "b"]),
                refused(2, UNCLOSED),
                cells(3, &["3", "4"]),
                cells(4, &["5", "6"])
            ],
            "a quote that seems closed by a later line"
        );
        assert_eq!(
            read(b"a,b\n1,\xff\n\"2,\xfe\n3,4\n"),
            [
                cells(1, &["a", "b"]),
                refused(2, "not valid UTF-8"),
                refused(3, "not valid UTF-8"),
                cells(4, &["3", "4"])
            ]
        );
        assert_eq!(
            read(b"a,b\n\"1,2\n3,\xff\n5,6\n"),
            [
                cells(1, &["a", "b"]),
                refused(2, UNCLOSED),
                refused(3, "not valid UTF-8"),
                cells(4, &["5", "6"])
            ]
        );
        assert_eq!(
            read(b"a,b\n\"1\"x,2\n3,4\n"),
            [
                cells(1, &["a", "b"]),
                refused(2, "there is text after a closing quote"),
                cells(3, &["3", "4"])
            ]
        );
    }

    #[test]
    fn a_line_without_end_is_refused_without_being_kept() {
        let mut file = b"a\n".to_vec();
        file.extend(std::iter::repeat_n(b'x', 3 * MAX_LINE));
        file.extend(b"\nlast\n");
        assert_eq!(
            read(&file),
            [
                cells(1, &["a"]),
                refused(2, "longer than 1 MiB"),
                cells(3, &["last"])
            ]
        );
        let exact = "x".repeat(MAX_LINE - 1);
        let found = read(format!("{exact}\nlast\n").as_bytes());
        assert_eq!(found, [cells(1, &[&exact]), cells(2, &["last"])]);
    }
}
