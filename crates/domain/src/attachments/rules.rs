//! Bounds of attachments and clean file names.

use steward_kernel::{Error, ErrorCode};

/// Most files in one request.
pub const MAX_FILES: usize = 10;
/// Most attachments of one ticket.
pub const MAX_PER_TICKET: i64 = 500;
/// Longest file name, in characters.
pub const MAX_NAME: usize = 200;
const MAX_EXTENSION: usize = 16;

/// A name that every file system takes: the last part of a path, without
/// control, invisible or reserved characters, at most [`MAX_NAME`] long. The
/// ending survives shortening.
#[must_use]
pub fn clean_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let readable: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let trimmed = readable.trim_matches([' ', '.']);
    if trimmed.is_empty() {
        return "file".to_owned();
    }
    shorten(trimmed)
}

/// Characters that change how a name reads without being seen: zero-width
/// ones, direction marks, the byte order mark.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn shorten(name: &str) -> String {
    if name.chars().count() <= MAX_NAME {
        return name.to_owned();
    }
    let ending = extension(name).map(|e| format!(".{e}")).unwrap_or_default();
    let keep = MAX_NAME.saturating_sub(ending.chars().count());
    let stem: String = name.chars().take(keep).collect();
    format!("{}{ending}", stem.trim_end_matches([' ', '.']))
}

/// The ending of a file name in lower case, without its dot.
#[must_use]
pub fn extension(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_short = !ending.is_empty() && ending.chars().count() <= MAX_EXTENSION;
    (!stem.is_empty() && is_short).then(|| ending.to_lowercase())
}

/// Refuses one file more than [`MAX_FILES`] in a request.
///
/// # Errors
/// Names the bound.
pub fn check_count(in_request: usize) -> Result<(), Error> {
    if in_request >= MAX_FILES {
        let message = format!("send at most {MAX_FILES} files at once");
        return Err(Error::field("file", "too_many", message));
    }
    Ok(())
}

/// Refuses more than [`MAX_PER_TICKET`] attachments of a ticket.
///
/// # Errors
/// Names the bound.
pub fn check_room(number: &str, on_ticket: i64, more: usize) -> Result<(), Error> {
    let after = on_ticket.saturating_add(i64::try_from(more).unwrap_or(i64::MAX));
    if after > MAX_PER_TICKET {
        let detail =
            format!("{number} has {on_ticket} attachments; a ticket takes {MAX_PER_TICKET}");
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_lose_paths_control_characters_and_reserved_ones() {
        let cases = [
            ("screen.png", "screen.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\lea\\crash.log", "crash.log"),
            ("a\r\nX-Evil: 1.txt", "aX-Evil_ 1.txt"),
            ("\u{202e}gpj.exe", "gpj.exe"),
            ("über uns.pdf", "über uns.pdf"),
            ("..", "file"),
            ("", "file"),
            ("/", "file"),
            (".bashrc", "bashrc"),
            ("who?*.txt", "who__.txt"),
        ];
        for (sent, expected) in cases {
            assert_eq!(clean_name(sent), expected, "{sent:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = clean_name(&format!("{}.docx", "x".repeat(500)));
        assert_eq!(name.chars().count(), MAX_NAME);
        assert!(name.ends_with("x.docx"));
    }

    #[test]
    fn the_bounds_hold() {
        assert!(check_count(MAX_FILES - 1).is_ok() && check_count(MAX_FILES).is_err());
        assert!(check_room("INC-000001", MAX_PER_TICKET - 1, 1).is_ok());
        assert!(check_room("INC-000001", MAX_PER_TICKET, 1).is_err());
    }

    proptest! {
        #[test]
        fn any_name_becomes_a_safe_one_and_stays_as_it_is_then(sent in "\\PC*|(?s).{0,600}") {
            let name = clean_name(&sent);
            prop_assert!(!name.is_empty() && name.chars().count() <= MAX_NAME);
            prop_assert!(!name.contains(['/', '\\', '"', '\r', '\n', '\0']));
            prop_assert!(name != "." && name != "..");
            prop_assert_eq!(clean_name(&name), name);
        }
    }
}
