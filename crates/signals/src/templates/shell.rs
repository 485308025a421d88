//! The page around the HTML of a mail: the same for every template, so that
//! none can break it. Mail programs read old HTML: tables, styles inside.

use steward_domain::notifications::templates::Language;

const STYLE: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
body{margin:0;padding:0;background-color:#f4f5f7;color:#1d2129}\
a{color:#1f56c4}\
pre,code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px}\
pre{white-space:pre-wrap;overflow-wrap:anywhere}\
p{overflow-wrap:anywhere}\
@media (prefers-color-scheme:dark){\
.page{background-color:#14171c!important}\
.sheet{background-color:#1d2129!important;border-color:#363c47!important;color:#e6e8ec!important}\
.quiet,.quiet a{color:#a2a9b5!important}\
.rule{border-color:#363c47!important}\
.said{border-color:#5b6575!important;color:#e6e8ec!important}\
a{color:#8fb4ff!important}}";

const FONT: &str = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5";

/// The whole page; `inside` is harmless HTML.
pub(super) fn page(language: Language, title: &str, inside: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let language = language.as_str();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body class=\"page\" style=\"margin:0;padding:0\">\n\
         <table class=\"page\" role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" \
         style=\"background-color:#f4f5f7\"><tr><td align=\"center\" style=\"padding:24px 12px\">\n\
         <table class=\"sheet\" role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" \
         style=\"max-width:640px;background-color:#ffffff;border:1px solid #d9dde4;border-radius:8px;color:#1d2129;{FONT}\">\
         <tr><td style=\"padding:24px;text-align:left\">\n{inside}\n</td></tr></table>\n\
         </td></tr></table>\n</body>\n</html>\n"
    )
}
