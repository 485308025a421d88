//! Tables as CSV (RFC 4180) that a spreadsheet cannot take for formulas.

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text, which may come from anybody.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Empty,
}

/// The lines of a table, each with its end.
#[must_use]
pub fn table(rows: &[Vec<Cell>]) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(written).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => format!("\"{}\"", harmless(text).replace('"', "\"\"")),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A text that begins like a formula gets an apostrophe, which spreadsheets
/// read as "this is text".
fn harmless(text: &str) -> String {
    let first = text.trim_start().chars().next();
    let is_formula =
        first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if is_formula || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_and_never_formulas() {
        for (text, expected) in [
            ("Network", "\"Network\""),
            ("a \"b\", c", "\"a \"\"b\"\", c\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "\"'=1+1\""),
            ("+49 30", "\"'+49 30\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            (" =1", "\"' =1\""),
            ("\t=1", "\"'\t=1\""),
            ("\rx", "\"'\rx\""),
            ("＝1", "\"'＝1\""),
            ("", "\"\""),
        ] {
            assert_eq!(written(&Cell::Text(text.to_owned())), expected);
        }
        let rows = [vec![
            Cell::Text("a".to_owned()),
            Cell::Number(-0.5),
            Cell::Empty,
            Cell::Number(3.0),
        ]];
        assert_eq!(table(&rows), "\"a\",-0.5,,3\r\n");
    }
}
