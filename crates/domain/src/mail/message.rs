//! A message as the rest of the product sees it. The parser is forgiving:
//! whatever bytes come in, something can be said about them.

use mail_parser::{Address, Message as Parsed, MessageParser, MimeHeaders, PartType};

/// Longest HTML that is turned into text, in bytes.
const MAX_HTML: usize = 2 * 1024 * 1024;
/// Deepest nesting of elements of HTML that is turned into text by its
/// structure; beyond it only the words are taken.
const MAX_DEPTH: usize = 200;
/// Columns at which text made of HTML is wrapped: never, in practice.
const WIDTH: usize = 1_000;

/// Who wrote a message, as it claims.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    /// Address in lower case.
    pub address: String,
    /// Name, if there is one.
    pub name: Option<String>,
}

/// A part of a message that is no text of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name as sent, or one made for it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A message, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// Names in lower case and unfolded values, in order.
    pub headers: Vec<(String, String)>,
    /// Message-ID without its brackets.
    pub message_id: Option<String>,
    /// Who wrote it.
    pub from: Option<Sender>,
    /// Subject on one line; empty when there is none.
    pub subject: String,
    /// Its text; HTML is turned into text.
    pub text: String,
    /// Its files and pictures.
    pub files: Vec<File>,
    /// The parts that a mail server wrote for machines (RFC 3464).
    pub reports: Vec<String>,
}

impl Message {
    /// Reads a message, whatever it is made of.
    #[must_use]
    pub fn read(raw: &[u8]) -> Self {
        let Some(parsed) = MessageParser::default().parse(raw) else {
            return Self {
                text: clean(&String::from_utf8_lossy(raw)),
                ..Self::default()
            };
        };
        Self {
            text: text(&parsed),
            files: files(&parsed),
            reports: reports(&parsed),
            ..Self::head(&parsed)
        }
    }

    /// Reads only what stands above the text.
    #[must_use]
    pub fn read_headers(raw: &[u8]) -> Self {
        let parsed = MessageParser::default().parse_headers(raw);
        parsed.map_or_else(Self::default, |parsed| Self::head(&parsed))
    }

    fn head(parsed: &Parsed<'_>) -> Self {
        let headers = parsed.headers_raw().map(|(name, value)| {
            let value = value.split(['\r', '\n']).map(str::trim);
            let value: Vec<&str> = value.filter(|part| !part.is_empty()).collect();
            (name.to_lowercase(), one_line(&value.join(" ")))
        });
        let id = parsed.message_id().map(one_line);
        Self {
            headers: headers.collect(),
            message_id: id.filter(|id| !id.is_empty()),
            from: sender(parsed),
            subject: one_line(parsed.subject().unwrap_or_default()),
            ..Self::default()
        }
    }

    /// Values of a header, in the order of the message; `name` in lower case.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.headers.iter().filter(move |(n, _)| n == name);
        named.map(|(_, value)| value.as_str())
    }

    /// The first value of a header.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(n, _)| n == name)?;
        Some(value)
    }
}

fn sender(parsed: &Parsed<'_>) -> Option<Sender> {
    let one = |address: Option<&Address<'_>>| {
        let first = address?.first()?;
        let address = one_line(first.address.as_deref()?).to_lowercase();
        let name = first.name.as_deref().map(one_line);
        address.contains('@').then(|| Sender {
            address,
            name: name.filter(|name| !name.is_empty()),
        })
    };
    one(parsed.from()).or_else(|| one(parsed.sender()))
}

/// The plain text; where there is none, the HTML as text.
fn text(parsed: &Parsed<'_>) -> String {
    let joined = |parts: Vec<String>| {
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.trim().is_empty()).collect();
        parts.join("\n\n")
    };
    let said = joined(
        parsed
            .text_bodies()
            .filter_map(|part| match &part.body {
                PartType::Text(text) => Some(clean(text)),
                PartType::Html(html) => Some(html_to_text(html)),
                _ => None,
            })
            .collect(),
    );
    if !said.trim().is_empty() {
        return said;
    }
    let html = parsed.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(html) => Some(html_to_text(html)),
        _ => None,
    });
    joined(html.collect())
}

fn files(parsed: &Parsed<'_>) -> Vec<File> {
    let parts = parsed.attachments().enumerate();
    let files = parts.filter_map(|(index, part)| {
        let bytes = part.contents();
        let kind = part.content_type();
        let is_report = kind.is_some_and(|kind| {
            kind.ctype() == "message" && kind.subtype().is_some_and(|s| s.ends_with("status"))
        });
        if bytes.is_empty() || is_report {
            return None;
        }
        let made = || match part.message() {
            Some(message) => format!("{}.eml", message.subject().unwrap_or("message")),
            None => format!("attachment-{}{}", index + 1, ending(part)),
        };
        let name = part.attachment_name().map(one_line);
        Some(File {
            name: name.filter(|n| !n.is_empty()).unwrap_or_else(made),
            bytes: bytes.to_vec(),
        })
    });
    files.collect()
}

fn ending(part: &mail_parser::MessagePart<'_>) -> &'static str {
    let Some(kind) = part.content_type() else {
        return "";
    };
    match (kind.ctype(), kind.subtype().unwrap_or_default()) {
        ("image", "png") => ".png",
        ("image", "jpeg" | "jpg") => ".jpg",
        ("image", "gif") => ".gif",
        ("application", "pdf") => ".pdf",
        ("text", "calendar") => ".ics",
        ("text", "html") => ".html",
        ("text", _) => ".txt",
        _ => "",
    }
}

/// `message/delivery-status` and the headers or message that it is about.
fn reports(parsed: &Parsed<'_>) -> Vec<String> {
    let parts = parsed.parts.iter().filter_map(|part| {
        let kind = part.content_type()?;
        let subtype = kind.subtype().unwrap_or_default();
        let is_report = matches!(
            (kind.ctype(), subtype),
            (
                "message",
                "delivery-status" | "rfc822" | "global-delivery-status"
            ) | ("text", "rfc822-headers")
        );
        is_report.then(|| {
            let text = String::from_utf8_lossy(part.contents());
            text.chars().take(64 * 1024).collect()
        })
    });
    parts.take(20).collect()
}

/// A text on one line, without control characters.
#[must_use]
pub fn one_line(text: &str) -> String {
    let visible = text.chars().map(|c| match c {
        '\0' => '\u{fffd}',
        c if c.is_control() => ' ',
        c => c,
    });
    let visible: String = visible.collect();
    visible.trim().to_owned()
}

/// A text with plain line ends; what a database or a screen cannot take is
/// replaced (NUL) or left out (other control characters).
#[must_use]
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text.chars().filter_map(|c| match c {
        '\0' => Some('\u{fffd}'),
        '\u{a0}' => Some(' '),
        '\n' | '\t' => Some(c),
        c if c.is_control() => None,
        c => Some(c),
    });
    let kept: String = kept.collect();
    let lines: Vec<&str> = kept.lines().map(keep_dashes).collect();
    lines.join("\n")
}

/// Blanks at the end of a line say nothing, except in `-- `.
fn keep_dashes(line: &str) -> &str {
    if line == "-- " { line } else { line.trim_end() }
}

/// HTML as text: links as Markdown references, quotes as `>`. Scripts, styles
/// and whatever else is no text are gone.
#[must_use]
pub fn html_to_text(html: &str) -> String {
    let mut end = html.len().min(MAX_HTML);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let html = html.get(..end).unwrap_or_default();
    if depth(html) > MAX_DEPTH {
        return clean(&mail_parser::decoders::html::html_to_text(html));
    }
    let text = html2text::config::plain()
        .raw_mode(true)
        .no_link_wrapping()
        .allow_width_overflow()
        .string_from_read(html.as_bytes(), WIDTH);
    match text {
        Ok(text) => clean(text.trim_end()),
        Err(_) => clean(&mail_parser::decoders::html::html_to_text(html)),
    }
}

/// An upper bound of how deep elements are nested: tags that open, less those
/// that close, where void elements count as well.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for piece in html.split('<').skip(1) {
        let name: String = piece
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let is_void = matches!(
            name.to_ascii_lowercase().as_str(),
            "br" | "img"
                | "hr"
                | "meta"
                | "link"
                | "input"
                | "p"
                | "li"
                | "td"
                | "tr"
                | "o"
                | "wbr"
                | "col"
        );
        if piece.starts_with('/') {
            now = now.saturating_sub(1);
        } else if !name.is_empty() && !is_void {
            now += 1;
            most = most.max(now);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Message {
        Message::read(raw.replace('\n', "\r\n").as_bytes())
    }

    #[test]
    fn a_plain_message_has_sender_subject_text_and_id() {
        let message = read(
            "From: =?utf-8?q?L=C3=A9a_Roux?= <Lea@Example.com>\nSubject: VPN\n drops\nMessage-ID: <a1@example.com>\n\nIt drops.\n",
        );
        let from = message.from.clone().expect("a sender");
        assert_eq!(
            (from.address.as_str(), from.name.as_deref()),
            ("lea@example.com", Some("Léa Roux"))
        );
        assert_eq!(message.subject, "VPN drops");
        assert_eq!(message.message_id.as_deref(), Some("a1@example.com"));
        assert_eq!(message.text, "It drops.");
    }

    #[test]
    fn charsets_and_encodings_become_text() {
        for (charset, bytes, expected) in [
            ("iso-8859-1", b"Gr\xfc\xdfe".as_slice(), "Grüße"),
            ("windows-1252", b"\x80 10", "€ 10"),
            ("koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"),
            ("shift_jis", b"\x82\xb1\x82\xf1", "こん"),
            ("gb2312", b"\xc4\xe3\xba\xc3", "你好"),
            ("utf-8", "naïve".as_bytes(), "naïve"),
            ("nonsense-9", b"plain", "plain"),
        ] {
            let mut raw =
                format!("From: a@b.c\r\nContent-Type: text/plain; charset={charset}\r\n\r\n")
                    .into_bytes();
            raw.extend_from_slice(bytes);
            assert_eq!(Message::read(&raw).text, expected, "{charset}");
        }
    }

    #[test]
    fn html_becomes_text_with_links_and_without_scripts() {
        let text = html_to_text(
            "<html><head><style>p{}</style><script>alert(1)</script></head><body><p>See <a href=\"https://example.com/x\">here</a></p><blockquote>old</blockquote></body></html>",
        );
        assert!(
            text.contains("[here][1]") && text.contains("[1]: https://example.com/x"),
            "{text}"
        );
        assert!(text.contains("> old"), "{text}");
        assert!(!text.contains("alert") && !text.contains("p{}"), "{text}");
        let deep = "<div>".repeat(200_000) + "bottom";
        assert!(html_to_text(&deep).contains("bottom"));
    }

    #[test]
    fn nothing_that_comes_in_is_unreadable() {
        for raw in [
            b"".as_slice(),
            b"\0\0\0",
            b"\r\n\r\n",
            b"no header at all",
            b"From:\r\nSubject: \0x\r\n\r\na\0b\x07c",
            b"Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n----\r\n",
            b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--a",
            b"\xff\xfe\x00From: x",
        ] {
            let message = Message::read(raw);
            assert!(!message.text.contains('\0') && !message.subject.contains('\0'));
        }
        let message = Message::read(b"From: a@b.c\r\nSubject: \0x\r\n\r\na\0b\x07c");
        assert_eq!(
            (message.text.as_str(), message.subject.as_str()),
            ("a\u{fffd}bc", "\u{fffd}x")
        );
    }

    #[test]
    fn files_and_pictures_are_kept_with_a_name() {
        let message = read(
            "From: a@b.c\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nsee\n--x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x\nContent-Type: text/csv; name=\"../a.csv\"\nContent-Disposition: attachment\n\n1,2\n--x--\n",
        );
        let names: Vec<&str> = message.files.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(
            (message.text.as_str(), names),
            ("see", vec!["attachment-1.png", "../a.csv"])
        );
    }
}
