//! What of a message was newly written. Nothing is thrown away: what is no
//! part of the answer is kept beside it. Where it is not plain what is quoted,
//! all of it counts as written.

/// A text in its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// What was written.
    pub reply: String,
    /// What was quoted below or above it; empty when nothing was.
    pub quoted: String,
    /// The signature; empty when there is none.
    pub signature: String,
}

/// Takes a text apart.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let all: Vec<&str> = text.lines().collect();
    let (lines, notes) = split_notes(&all);
    let quote = quote_start(lines).unwrap_or(lines.len());
    let (mut written, mut quoted) = split(lines, quote);
    if is_blank(written) && !is_blank(quoted) {
        (written, quoted) = (quoted, written);
    }
    // The answer may stand below what it answers.
    if is_blank(quoted)
        && let Some(at) = leading_quote(written)
    {
        (quoted, written) = split(written, at);
    }
    let (written, signature) = split(written, signature_start(written).unwrap_or(written.len()));
    if is_blank(written) {
        return Folded {
            reply: text.trim().to_owned(),
            ..Folded::default()
        };
    }
    Folded {
        reply: with_notes(&joined(written), notes),
        quoted: with_notes(&joined(quoted), notes),
        signature: with_notes(&joined(signature), notes),
    }
}

fn split<'a, 'b>(lines: &'a [&'b str], at: usize) -> (&'a [&'b str], &'a [&'b str]) {
    lines.split_at(at.min(lines.len()))
}

fn joined(lines: &[&str]) -> String {
    lines.join("\n").trim_matches('\n').trim_end().to_owned()
}

fn is_blank(lines: &[&str]) -> bool {
    lines.iter().all(|line| line.trim().is_empty())
}

/// The lines `[1]: https://…` at the end, which text made of HTML has.
fn split_notes<'a, 'b>(lines: &'a [&'b str]) -> (&'a [&'b str], &'a [&'b str]) {
    let tail = lines.iter().rev();
    let count = tail
        .take_while(|line| line.trim().is_empty() || note(line).is_some())
        .count();
    let (text, tail) = split(lines, lines.len() - count);
    let has_note = tail.iter().any(|line| note(line).is_some());
    if has_note { (text, tail) } else { (lines, &[]) }
}

/// `[1]` of `[1]: https://…`.
fn note<'a>(line: &'a &str) -> Option<&'a str> {
    let (mark, _) = line.split_once("]: ")?;
    let digits = mark.strip_prefix('[')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| line.get(..=mark.len())).flatten()
}

/// The text with those link targets that it names.
fn with_notes(text: &str, notes: &[&str]) -> String {
    let named = notes
        .iter()
        .filter(|line| note(line).is_some_and(|mark| text.contains(mark)));
    let named: Vec<&str> = named.copied().collect();
    if named.is_empty() || text.is_empty() {
        return text.to_owned();
    }
    format!("{text}\n\n{}", named.join("\n"))
}

/// Where what is quoted to the end begins. From a forwarded message on,
/// everything counts as written: it is what the sender wants to show.
fn quote_start(lines: &[&str]) -> Option<usize> {
    for (at, line) in lines.iter().enumerate() {
        let rest = lines.get(at..).unwrap_or_default();
        if is_forward(line) {
            return None;
        }
        if is_divider(line) || is_header_block(rest) {
            return Some(with_rule_above(lines, at));
        }
        if let Some(length) = attribution(rest) {
            let below = rest.get(length..).unwrap_or_default();
            if is_all_quoted(below) {
                return Some(at);
            }
        }
        if is_quoted(line) && is_all_quoted(rest) {
            return Some(at);
        }
    }
    None
}

/// The rule of underscores that a program draws above the headers it quotes.
fn with_rule_above(lines: &[&str], at: usize) -> usize {
    let above = lines.get(..at).unwrap_or_default();
    let blank = above
        .iter()
        .rev()
        .take_while(|line| line.trim().is_empty())
        .count();
    let rule = at.checked_sub(blank + 1);
    rule.filter(|rule| lines.get(*rule).is_some_and(|line| is_rule(line)))
        .unwrap_or(at)
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() >= 5 && line.chars().all(|c| matches!(c, '_' | '─' | '—'))
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Quoted lines, then nothing else but blank ones.
fn is_all_quoted(lines: &[&str]) -> bool {
    let mut quoted = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .peekable();
    quoted.peek().is_some() && quoted.all(|line| is_quoted(line))
}

/// `On Monday Lea wrote:` over up to four lines; how many.
fn attribution(lines: &[&str]) -> Option<usize> {
    const BEGINNINGS: &[&str] = &[
        "on ", "am ", "le ", "el ", "il ", "op ", "den ", "em ", "dnia ", "von: ", "from: ",
        "> on ", "в ", "pe ",
    ];
    const ENDINGS: &[&str] = &[
        "wrote:",
        "schrieb:",
        "a écrit :",
        "a écrit:",
        "escribió:",
        "ha scritto:",
        "schreef:",
        "skrev:",
        "escreveu:",
        "napisał(a):",
        "napisał:",
        "geschrieben:",
        "writes:",
        "пишет:",
        "написал:",
        "kirjoitti:",
    ];
    let first = lines.first()?.trim().to_lowercase();
    let ends = |text: &str| ENDINGS.iter().any(|ending| text.ends_with(ending)) || is_german(text);
    if first.chars().count() < 300 && ends(&first) {
        return Some(1);
    }
    if !BEGINNINGS
        .iter()
        .any(|beginning| first.starts_with(beginning))
    {
        return None;
    }
    let mut text = first;
    for (index, line) in lines.iter().enumerate().take(4).skip(1) {
        if line.trim().is_empty() {
            return None;
        }
        text = format!("{text} {}", line.trim().to_lowercase());
        if ends(&text) {
            return Some(index + 1);
        }
    }
    None
}

/// `Am 3. Mai 2026 um 10:00 schrieb Lea Roux <lea@example.com>:`
fn is_german(text: &str) -> bool {
    text.ends_with(':') && text.starts_with("am ") && text.contains(" schrieb ")
}

const DIVIDERS: &[&str] = &[
    "original message",
    "original appointment",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "mensaje original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "mensagem original",
    "reply above this line",
];

const FORWARDS: &[&str] = &[
    "forwarded message",
    "begin forwarded message:",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht:",
    "message transféré",
    "mensaje reenviado",
    "messaggio inoltrato",
    "doorgestuurd bericht",
];

/// `-----Original Message-----`
fn is_divider(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_matches(['-', '_', '#', ' ', '=']);
    line != inner && DIVIDERS.contains(&inner.to_lowercase().as_str())
}

fn is_forward(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let inner = line.trim_matches(['-', ' ', '=']);
    FORWARDS.contains(&inner) && (line != inner || inner.ends_with(':'))
}

/// The headers that Outlook quotes: who, when, to whom, about what, in any
/// language that is known here; at least three of them in as many lines.
fn is_header_block(lines: &[&str]) -> bool {
    const WHO: &[&str] = &["from", "von", "de", "da", "van", "från", "fra", "od"];
    const REST: &[&str] = &[
        "sent",
        "date",
        "to",
        "cc",
        "subject",
        "gesendet",
        "datum",
        "an",
        "betreff",
        "envoyé",
        "date",
        "à",
        "objet",
        "enviado",
        "fecha",
        "para",
        "asunto",
        "inviato",
        "a",
        "oggetto",
        "verzonden",
        "aan",
        "onderwerp",
    ];
    let key = |line: &&str| {
        let line = line.trim().trim_matches('*');
        let (key, _) = line.split_once(':')?;
        Some(key.trim().trim_matches('*').trim().to_lowercase())
    };
    let Some(first) = lines.first().and_then(key) else {
        return false;
    };
    if !WHO.contains(&first.as_str()) {
        return false;
    }
    let next = lines
        .iter()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .take(4);
    let known = next
        .filter_map(key)
        .filter(|key| REST.contains(&key.as_str()));
    known.count() >= 2
}

/// Where a quote that stands first, with who wrote it, ends, when one answer
/// follows it and no other quote.
fn leading_quote(lines: &[&str]) -> Option<usize> {
    let start = lines.iter().position(|line| !line.trim().is_empty())?;
    let rest = lines.get(start..)?;
    let head = attribution(rest)?;
    let body = rest.get(head..)?;
    let quoted = body
        .iter()
        .take_while(|line| is_quoted(line) || line.trim().is_empty())
        .count();
    let below = body.get(quoted..)?;
    let is_one = body.iter().take(quoted).any(|line| is_quoted(line))
        && !is_blank(below)
        && !below.iter().any(|line| is_quoted(line));
    is_one.then_some(start + head + quoted)
}

/// Where the signature begins: at the last line `-- `, or at what a phone adds.
fn signature_start(lines: &[&str]) -> Option<usize> {
    let dashes = lines
        .iter()
        .rposition(|line| *line == "-- " || *line == "--");
    if dashes.is_some_and(|at| lines.len() - at <= 30) {
        return dashes;
    }
    let last = lines.iter().rposition(|line| !line.trim().is_empty())?;
    is_phone(lines.get(last)?).then_some(last)
}

fn is_phone(line: &str) -> bool {
    const PHONES: &[&str] = &[
        "sent from my ",
        "sent from outlook",
        "get outlook for ",
        "sent with ",
        "von meinem ",
        "gesendet von ",
        "gesendet mit ",
        "holen sie sich outlook",
        "envoyé de mon ",
        "enviado desde mi ",
    ];
    let line = line
        .trim()
        .trim_start_matches(['[', '*', '_'])
        .to_lowercase();
    line.chars().count() < 100 && PHONES.iter().any(|phone| line.starts_with(phone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Text, what was written, what was quoted, the signature.
    const CASES: &[(&str, &str, &str, &str)] = &[
        ("Hello", "Hello", "", ""),
        ("", "", "", ""),
        (
            "Thanks\n\nOn Mon, 3 May 2026 at 10:00, Priya <p@x.y> wrote:\n> Did it work?\n>\n> Priya\n",
            "Thanks",
            "On Mon, 3 May 2026 at 10:00, Priya <p@x.y> wrote:\n> Did it work?\n>\n> Priya",
            "",
        ),
        (
            "Danke\n\nAm 3. Mai 2026 um 10:00 schrieb Priya <p@x.y>:\n\n> Geht es?",
            "Danke",
            "Am 3. Mai 2026 um 10:00 schrieb Priya <p@x.y>:\n\n> Geht es?",
            "",
        ),
        (
            "Danke\n\nAm 03.05.26 um 10:00 schrieb Priya:\n> Geht es?",
            "Danke",
            "Am 03.05.26 um 10:00 schrieb Priya:\n> Geht es?",
            "",
        ),
        (
            "Ok\n\nOn Monday, 3 May 2026 at 10:00,\nPriya Example <priya@example.com>\nwrote:\n> Did it?",
            "Ok",
            "On Monday, 3 May 2026 at 10:00,\nPriya Example <priya@example.com>\nwrote:\n> Did it?",
            "",
        ),
        (
            "Merci\n\nLe lun. 3 mai 2026, Priya a écrit :\n> Ça va ?",
            "Merci",
            "Le lun. 3 mai 2026, Priya a écrit :\n> Ça va ?",
            "",
        ),
        (
            "Still broken.\n\n-----Original Message-----\nFrom: Priya\nSent: Monday\n\nDid it work?",
            "Still broken.",
            "-----Original Message-----\nFrom: Priya\nSent: Monday\n\nDid it work?",
            "",
        ),
        (
            "Geht nicht.\n\n________________________________\nVon: Priya <p@x.y>\nGesendet: Montag\nAn: Lea\nBetreff: VPN\n\nGeht es?",
            "Geht nicht.",
            "________________________________\nVon: Priya <p@x.y>\nGesendet: Montag\nAn: Lea\nBetreff: VPN\n\nGeht es?",
            "",
        ),
        (
            "No.\n\n*From:* Priya\n*Sent:* Monday\n*To:* Lea\n\nDid it?",
            "No.",
            "*From:* Priya\n*Sent:* Monday\n*To:* Lea\n\nDid it?",
            "",
        ),
        (
            "From: here to there it drops.\nTo: be clear, always.",
            "From: here to there it drops.\nTo: be clear, always.",
            "",
            "",
        ),
        ("Yes\n-- \nLea Roux\nAcme", "Yes", "", "-- \nLea Roux\nAcme"),
        (
            "Yes\n\nSent from my iPhone\n\nOn Mon, Priya wrote:\n> ok?",
            "Yes",
            "On Mon, Priya wrote:\n> ok?",
            "Sent from my iPhone",
        ),
        (
            "Ja\n\nVon meinem iPhone gesendet",
            "Ja",
            "",
            "Von meinem iPhone gesendet",
        ),
        // Answers between the quotes stay where they are.
        (
            "On Mon, Priya wrote:\n> First?\nYes.\n> Second?\nNo.",
            "On Mon, Priya wrote:\n> First?\nYes.\n> Second?\nNo.",
            "",
            "",
        ),
        // An answer below the quote.
        (
            "On Mon, Priya wrote:\n> Did it?\n>\n\nIt did.\n\n-- \nLea",
            "It did.",
            "On Mon, Priya wrote:\n> Did it?\n>",
            "-- \nLea",
        ),
        // A quote in the middle is part of what is said.
        (
            "The log says:\n> error 7\nWhat is it?",
            "The log says:\n> error 7\nWhat is it?",
            "",
            "",
        ),
        // What is forwarded is what is to be seen.
        (
            "See below.\n\n---------- Forwarded message ---------\nFrom: Bob\nDate: Monday\nSubject: x\n\nHelp!",
            "See below.\n\n---------- Forwarded message ---------\nFrom: Bob\nDate: Monday\nSubject: x\n\nHelp!",
            "",
            "",
        ),
        (
            "Begin forwarded message:\n\n> From: Bob\n> Help",
            "Begin forwarded message:\n\n> From: Bob\n> Help",
            "",
            "",
        ),
        // Nothing but a quote, or nothing but a signature, is what was written.
        ("> only\n> this", "> only\n> this", "", ""),
        ("-- \nLea", "-- \nLea", "", ""),
        ("I wrote:\nthe answer", "I wrote:\nthe answer", "", ""),
        // Links of text made of HTML go where they are named.
        (
            "See [here][1]\n\nOn Mon, Priya wrote:\n> [there][2]\n\n[1]: https://a.example\n[2]: https://b.example",
            "See [here][1]\n\n[1]: https://a.example",
            "On Mon, Priya wrote:\n> [there][2]\n\n[2]: https://b.example",
            "",
        ),
    ];

    #[test]
    fn what_was_written_is_told_from_what_was_quoted() {
        for (text, reply, quoted, signature) in CASES {
            let folded = fold(text);
            assert_eq!(
                (
                    folded.reply.as_str(),
                    folded.quoted.as_str(),
                    folded.signature.as_str()
                ),
                (*reply, *quoted, *signature),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_word_is_lost(lines in prop::collection::vec(
            prop_oneof![
                Just("> quoted".to_owned()), Just("-- ".to_owned()), Just(String::new()),
                Just("On Mon, Priya wrote:".to_owned()), Just("-----Original Message-----".to_owned()),
                Just("From: a".to_owned()), Just("Sent: b".to_owned()), Just("To: c".to_owned()),
                Just("[1]: https://x".to_owned()), Just("see [1]".to_owned()), "[a-z]{1,6}",
            ], 0..14)) {
            let text = lines.join("\n");
            let folded = fold(&text);
            let parts = format!("{}\n{}\n{}", folded.reply, folded.quoted, folded.signature);
            for line in lines.iter().map(|line| line.trim()) {
                // A link that nothing names is nothing that was said.
                prop_assert!(line.starts_with("[1]:") || parts.contains(line), "{line} of {text}");
            }
            prop_assert!(text.trim().is_empty() || !folded.reply.is_empty());
        }
    }
}
