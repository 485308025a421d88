//! Cells of one CSV record (RFC 4180), line by line.
//!
//! A log is read one physical line at a time, so that a line with a quote that
//! is never closed costs that line and not the rest of the file. CSV libraries
//! read such a quote to the end of the input without a word; this one says
//! that the record is still [`Step::Open`] and lets the caller decide.

/// What is known after a physical line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The record is complete.
    Done(Vec<String>),
    /// A quoted cell goes on in the next line.
    Open,
    /// The line breaks the rules of CSV.
    Broken(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// Collects the cells of one record from one or more physical lines.
#[derive(Debug, Clone)]
pub struct Splitter {
    delimiter: char,
    cells: Vec<String>,
    cell: String,
    state: State,
}

impl Splitter {
    /// Begins a record.
    #[must_use]
    pub fn new(delimiter: char) -> Self {
        Self {
            delimiter,
            cells: Vec::new(),
            cell: String::new(),
            state: State::Start,
        }
    }

    /// Adds a physical line, without its line end.
    pub fn line(&mut self, text: &str) -> Step {
        if self.state == State::Quoted {
            self.cell.push('\n');
        }
        for c in text.chars() {
            if let Err(why) = self.take(c) {
                return Step::Broken(why);
            }
        }
        if self.state == State::Quoted {
            return Step::Open;
        }
        self.end_cell();
        Step::Done(std::mem::take(&mut self.cells))
    }

    /// Takes one character, unless it may not stand here.
    fn take(&mut self, c: char) -> Result<(), &'static str> {
        match self.state {
            _ if c == '\0' => return Err("there is a NUL character"),
            State::Quoted if c == '"' => self.state = State::QuoteInQuoted,
            State::Quoted => self.cell.push(c),
            State::QuoteInQuoted if c == '"' => {
                self.cell.push('"');
                self.state = State::Quoted;
            }
            _ if c == self.delimiter => self.end_cell(),
            State::QuoteInQuoted => return Err("there is text after a closing quote"),
            State::Start if c == '"' => self.state = State::Quoted,
            State::Start | State::Plain => {
                self.cell.push(c);
                self.state = State::Plain;
            }
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
        self.state = State::Start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Step {
        Splitter::new(',').line(text)
    }

    fn done(cells: &[&str]) -> Step {
        Step::Done(cells.iter().map(|c| (*c).to_owned()).collect())
    }

    #[test]
    fn cells_are_split_at_commas_outside_quotes() {
        assert_eq!(split("a,b,c"), done(&["a", "b", "c"]));
        assert_eq!(split(""), done(&[""]));
        assert_eq!(split("a,,"), done(&["a", "", ""]));
        assert_eq!(split(r#""a, b",c"#), done(&["a, b", "c"]));
        assert_eq!(
            split(r#""say ""hi""",c"#),
            done(&[r#"say "hi""#, "c"]),
            "doubled quotes"
        );
        assert_eq!(
            split(r#"24" screen,c"#),
            done(&[r#"24" screen"#, "c"]),
            "a quote inside a plain cell is text"
        );
        assert_eq!(Splitter::new(';').line("a;b,c"), done(&["a", "b,c"]));
    }

    #[test]
    fn a_quoted_cell_may_go_on_in_the_next_line() {
        let mut splitter = Splitter::new(',');
        assert_eq!(splitter.line(r#"a,"first"#), Step::Open);
        assert_eq!(
            splitter.line(r#"second",c"#),
            done(&["a", "first\nsecond", "c"])
        );
    }

    #[test]
    fn text_after_a_closing_quote_is_refused() {
        assert!(matches!(split(r#""a"b,c"#), Step::Broken(_)));
        assert!(matches!(split("a\0b"), Step::Broken(_)));
    }

    proptest! {
        #[test]
        fn what_a_csv_library_writes_is_read_back(cells in prop::collection::vec("[a-c,\"\n ]{0,6}", 1..6)) {
            let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
            writer.write_record(&cells).expect("written");
            let bytes = writer.into_inner().expect("flushed");
            let text = String::from_utf8(bytes).expect("UTF-8");
            let mut splitter = Splitter::new(',');
            let mut step = Step::Open;
            for line in text.trim_end_matches('\n').split('\n') {
                step = splitter.line(line);
            }
            prop_assert_eq!(step, Step::Done(cells));
        }

        #[test]
        fn no_line_makes_it_panic(text in ".*") {
            split(&text);
        }
    }
}
