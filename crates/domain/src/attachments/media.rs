//! What a file is, decided by its bytes and never by what the sender says.
//!
//! Binary formats are recognised by their signature and must be on the list;
//! anything else must be UTF-8 text to its last byte. Markup (HTML, SVG, XML)
//! counts as text, so no browser ever renders it from here.

use super::rules::extension;

/// Bytes from the start of a file that the decision needs.
pub const HEAD: usize = 8 * 1024;

/// Types that are taken when the signature says so.
const ALLOWED: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/heif",
    "image/tiff",
    "image/bmp",
    "application/pdf",
    "application/rtf",
    "application/zip",
    "application/gzip",
    "application/x-7z-compressed",
    "application/vnd.rar",
    "application/x-tar",
    "application/x-bzip2",
    "application/x-xz",
    "application/zstd",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "audio/mpeg",
    "audio/m4a",
    "audio/ogg",
    "audio/opus",
    "audio/x-wav",
    "audio/x-flac",
    "audio/aac",
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "video/x-matroska",
    "video/x-m4v",
    "video/x-msvideo",
];

/// Signatures so short that ordinary text may begin with them.
const WEAK: &[&str] = &["image/bmp"];

/// Types that a browser may show as a picture; SVG is not among them.
const PICTURES: &[&str] = &["image/png", "image/jpeg", "image/gif", "image/webp"];

/// Endings of the documents that share the signature of compound files.
const COMPOUND: &[(&str, &str)] = &[
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("msg", "application/vnd.ms-outlook"),
    ("vsd", "application/vnd.visio"),
    ("mpp", "application/vnd.ms-project"),
];

/// What the first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A format on the list.
    Binary(&'static str),
    /// Text, if the rest is UTF-8 as well.
    Text(&'static str),
    /// Not on the list; names what it looks like.
    Refused(&'static str),
}

/// Decides from the first [`HEAD`] bytes (or all, when there are fewer). The
/// name only tells kinds of text, and kinds of compound files, apart.
#[must_use]
pub fn media(head: &[u8], name: &str) -> Media {
    let seen = infer::get(head).map(|kind| kind.mime_type());
    let ending = extension(name).unwrap_or_default();
    if let Some(mime) = seen {
        if let Some(listed) = listed(mime).filter(|m| !WEAK.contains(m)) {
            return Media::Binary(listed);
        }
        if mime == "application/x-ole-storage" {
            let document = COMPOUND.iter().find(|(e, _)| *e == ending);
            return document.map_or(Media::Refused(mime), |(_, mime)| Media::Binary(mime));
        }
    }
    let mut text = TextCheck::default();
    if text.push(head) {
        return Media::Text(match ending.as_str() {
            "csv" => "text/csv",
            "json" => "application/json",
            _ => "text/plain",
        });
    }
    match seen {
        Some(mime) => listed(mime).map_or(Media::Refused(mime), Media::Binary),
        None => Media::Refused("of an unknown binary type"),
    }
}

fn listed(mime: &str) -> Option<&'static str> {
    ALLOWED.iter().copied().find(|m| *m == mime)
}

/// Whether a browser may show it as a picture.
#[must_use]
pub fn is_picture(content_type: &str) -> bool {
    PICTURES.contains(&content_type)
}

/// Checks piece by piece that a file is UTF-8 without binary control characters.
#[derive(Debug, Default)]
pub struct TextCheck {
    /// The beginning of a character that the next piece must complete.
    open: Vec<u8>,
    failed: bool,
}

impl TextCheck {
    /// Takes the next piece; false once the file is no text.
    pub fn push(&mut self, piece: &[u8]) -> bool {
        if self.failed {
            return false;
        }
        let mut bytes = std::mem::take(&mut self.open);
        let joined = if bytes.is_empty() {
            piece
        } else {
            bytes.extend_from_slice(piece);
            &bytes
        };
        let whole = match std::str::from_utf8(joined) {
            Ok(_) => joined,
            Err(cause) if cause.error_len().is_none() => {
                let (whole, open) = joined.split_at(cause.valid_up_to());
                self.open = open.to_vec();
                whole
            }
            Err(_) => {
                self.failed = true;
                return false;
            }
        };
        self.failed = whole.iter().any(|b| is_binary(*b));
        !self.failed
    }

    /// Whether the file was text to its end.
    #[must_use]
    pub fn finish(self) -> bool {
        !self.failed && self.open.is_empty()
    }
}

/// Control characters that no text or terminal log holds.
const fn is_binary(byte: u8) -> bool {
    matches!(byte, 0..=6 | 14..=26 | 28..=31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0";

    #[test]
    fn bytes_decide_and_names_do_not() {
        let cases: &[(&[u8], &str, Media)] = &[
            (PNG, "a.png", Media::Binary("image/png")),
            (PNG, "a.txt", Media::Binary("image/png")),
            (b"%PDF-1.7\n", "a.pdf", Media::Binary("application/pdf")),
            (b"hello", "a.png", Media::Text("text/plain")),
            (b"BMW is late", "a.txt", Media::Text("text/plain")),
            (b"a;b\n", "a.CSV", Media::Text("text/csv")),
            (b"{}", "a.json", Media::Text("application/json")),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'/>",
                "a.svg",
                Media::Text("text/plain"),
            ),
            (
                b"<!DOCTYPE html><script>1</script>",
                "a.png",
                Media::Text("text/plain"),
            ),
            (b"#!/bin/sh\n", "run.sh", Media::Text("text/plain")),
            (OLE, "mail.msg", Media::Binary("application/vnd.ms-outlook")),
            (OLE, "setup.msi", Media::Refused("application/x-ole-storage")),
            (
                b"MZ\x90\0\x03\0\0\0",
                "holiday.jpg",
                Media::Refused("application/vnd.microsoft.portable-executable"),
            ),
            (
                b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                "a.log",
                Media::Refused("application/x-executable"),
            ),
            (
                b"\0\x01\x02\x03",
                "a.txt",
                Media::Refused("of an unknown binary type"),
            ),
            ("Grüße".as_bytes(), "a.txt", Media::Text("text/plain")),
            (
                b"Gr\xfc\xdfe",
                "a.txt",
                Media::Refused("of an unknown binary type"),
            ),
        ];
        for (bytes, name, expected) in cases {
            assert_eq!(media(bytes, name), *expected, "{name} {bytes:?}");
        }
    }

    #[test]
    fn only_harmless_raster_pictures_are_pictures() {
        assert!(is_picture("image/png"));
        assert!(!is_picture("image/svg+xml") && !is_picture("text/plain"));
    }

    #[test]
    fn a_text_that_ends_within_a_character_is_none() {
        let mut check = TextCheck::default();
        assert!(check.push(b"a\xc3"), "the next piece may complete it");
        assert!(!check.finish());
    }

    proptest! {
        #[test]
        fn pieces_decide_as_the_whole_does(bytes in prop::collection::vec(any::<u8>(), 0..60), cut in 1_usize..9) {
            let mut check = TextCheck::default();
            for piece in bytes.chunks(cut) {
                check.push(piece);
            }
            let whole = std::str::from_utf8(&bytes).is_ok() && !bytes.iter().any(|b| is_binary(*b));
            prop_assert_eq!(check.finish(), whole);
        }

        #[test]
        fn any_text_is_text_in_pieces(text in "[^\\x00-\\x1f]{0,60}", cut in 1_usize..9) {
            let mut check = TextCheck::default();
            let good = text.as_bytes().chunks(cut).all(|piece| check.push(piece));
            prop_assert!(good && check.finish());
        }
    }
}
