//! What people write in Markdown, as HTML that does no harm.
//!
//! Invariants: nothing that leaves here runs, loads or looks like a part of
//! the page around it; in a mail no word is lost, however odd the Markdown.

use ammonia::Builder;
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, format_html, parse_document};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Markdown as HTML for a page: without scripts, styles or foreign elements.
#[must_use]
pub fn page(markdown: &str) -> String {
    ammonia::clean(&comrak::markdown_to_html(markdown, &Options::default()))
}

/// Markdown as HTML for a mail: images are links, HTML is shown as it was
/// written, lines stay lines. What Markdown would swallow is shown as typed.
#[must_use]
pub fn mail(markdown: &str) -> String {
    let html = clean_mail(&rendered(markdown));
    if holds_words(&html, markdown) {
        html
    } else {
        as_typed(markdown)
    }
}

fn rendered(markdown: &str) -> String {
    let mut options = Options::default();
    options.render.escape = true;
    options.render.hardbreaks = true;
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    for node in root.descendants() {
        let mut ast = node.data.borrow_mut();
        if let NodeValue::Image(link) = &ast.value {
            let link = link.clone();
            ast.value = NodeValue::Link(link);
        }
    }
    let mut html = String::new();
    match format_html(root, &options, &mut html) {
        Ok(()) => html,
        Err(_) => String::new(),
    }
}

/// The text with its lines, nothing interpreted.
fn as_typed(text: &str) -> String {
    let escaped = text.trim().replace('&', "&amp;").replace('<', "&lt;");
    let escaped = escaped.replace('>', "&gt;");
    let lines: Vec<&str> = escaped.lines().collect();
    format!("<p>{}</p>\n", lines.join("<br>\n"))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether every word of the source is in the HTML, as often. The numbers of a
/// list are not words: the list counts by itself.
fn holds_words(html: &str, source: &str) -> bool {
    let mut found: HashMap<&str, usize> = HashMap::new();
    for word in words(html) {
        *found.entry(word).or_default() += 1;
    }
    source
        .lines()
        .flat_map(|l| words(unnumbered(l)))
        .all(|word| {
            found.get_mut(word).is_some_and(|count| {
                let is_left = *count > 0;
                *count = count.saturating_sub(1);
                is_left
            })
        })
}

fn unnumbered(line: &str) -> &str {
    let rest = line
        .trim_start()
        .trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(item) if item.is_empty() || item.starts_with(' ') => item,
        _ => line,
    }
}

/// Properties of styles that change how a text looks and nothing else.
const LOOKS: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "display",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "overflow-wrap",
];

static MAIL: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .rm_tags(["img"])
        .add_generic_attributes(["style", "class", "align", "valign", "width"])
        .add_tag_attributes("table", ["role", "cellpadding", "cellspacing", "border"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .filter_style_properties(LOOKS.iter().copied().collect());
    builder
});

/// HTML that may be sent: no scripts, forms, images or frames, links to the
/// web and to addresses only, styles that change looks only.
#[must_use]
pub fn clean_mail(html: &str) -> String {
    MAIL.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markdown_is_rendered_and_scripts_are_removed() {
        assert_eq!(page("**now**"), "<p><strong>now</strong></p>\n");
        for html in [page, mail].map(|render| {
            render(
                "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>",
            )
        }) {
            assert!(
                !html.contains("<script") && !html.contains("<img"),
                "{html}"
            );
            assert!(!html.contains("href=\"javascript"), "{html}");
        }
    }

    #[test]
    fn a_mail_shows_lines_code_and_links_and_loads_no_image() {
        for (markdown, part) in [
            ("one\ntwo", "one<br>"),
            ("**now**", "<strong>now</strong>"),
            ("`ping -c 1`", "<code>ping -c 1</code>"),
            ("1. first\n2. second", "<li>second</li>"),
            ("use <config> here", "use &lt;config&gt; here"),
            ("![the cable](https://x.example/a.png)", "the cable</a>"),
            ("[r]: swallowed by Markdown", "[r]: swallowed by Markdown"),
            ("<b>bold</b> & co", "&lt;b&gt;bold&lt;/b&gt; &amp; co"),
        ] {
            let html = mail(markdown);
            assert!(html.contains(part), "{markdown:?}: {html}");
            assert!(!html.contains("<img"), "{html}");
        }
        assert_eq!(mail("[note]: done"), "<p>[note]: done</p>\n");
    }

    #[test]
    fn templates_cannot_do_more_than_look() {
        let dirty = "<table role=\"presentation\"><tr><td style=\"color:red;position:fixed\" onclick=\"x()\">\
            <a href=\"/relative\">a</a><img src=\"https://t.example/1.gif\"><form><iframe></iframe></td></tr></table>";
        let clean = clean_mail(dirty);
        assert!(
            clean.contains("color:red") && clean.contains("role=\"presentation\""),
            "{clean}"
        );
        for part in ["position", "onclick", "img", "form", "iframe", "/relative"] {
            assert!(!clean.contains(part), "{part} in {clean}");
        }
    }

    proptest! {
        #[test]
        fn no_word_of_a_mail_is_lost(text in "[a-z0-9 \\n\\[\\]():<>/*_`#!|.\\\\&;~=+-]{0,120}") {
            let html = mail(&text);
            prop_assert!(holds_words(&html, &text), "{:?} became {}", text, html);
            prop_assert!(!html.contains("<img") && !html.contains("<script"));
        }
    }
}
