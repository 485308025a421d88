//! The text of a mail as Markdown that looks like the mail: its lines stay
//! lines, and a rule below a line makes no heading of it.

/// Brings a text into Markdown. What people write as Markdown stays Markdown.
#[must_use]
pub fn markdown(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut in_code = false;
    let mut made = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        let after = lines.get(at + 1);
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        if in_code || fence {
            made.push((*line).to_owned());
            continue;
        }
        let line = line.trim_end();
        let is_below = before.is_some_and(|line| !line.trim().is_empty());
        let escape = if is_below && is_underline(line) {
            "\\"
        } else {
            ""
        };
        let goes_on = !line.is_empty() && after.is_some_and(|line| !line.trim().is_empty());
        let ending = if goes_on { "  " } else { "" };
        made.push(format!("{escape}{line}{ending}"));
    }
    made.join("\n")
}

/// What makes a heading of the line above (CommonMark §4.3).
fn is_underline(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_lines_and_rules_make_no_headings() {
        for (text, expected) in [
            ("one", "one"),
            ("one\ntwo", "one  \ntwo"),
            ("one\n\ntwo", "one\n\ntwo"),
            ("Bye\n--\nLea", "Bye  \n\\--  \nLea"),
            ("Bye\n\n-- \nLea", "Bye\n\n--  \nLea"),
            ("Title\n=====", "Title  \n\\====="),
            ("```\na\nb\n```", "```\na\nb\n```"),
            ("> a\n> b", "> a  \n> b"),
            ("", ""),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
        }
    }
}
