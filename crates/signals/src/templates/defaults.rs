//! The built-in templates: one skeleton of a mail's part or of a message, and one
//! sentence of each reason or topic and language, put together here.

use super::letter::Parts;
use super::words::{sentence, sentence_to_team};
use steward_domain::notifications::templates::{Language, Matter, Medium, TemplateKey};

const ITEM_TEXT: &str = include_str!("defaults/item.txt");
const ITEM_HTML: &str = include_str!("defaults/item.html");
const LETTER_SUBJECT_EN: &str = include_str!("defaults/letter.en.subject");
const LETTER_SUBJECT_DE: &str = include_str!("defaults/letter.de.subject");
const LETTER_TEXT_EN: &str = include_str!("defaults/letter.en.txt");
const LETTER_TEXT_DE: &str = include_str!("defaults/letter.de.txt");
const LETTER_HTML_EN: &str = include_str!("defaults/letter.en.html");
const LETTER_HTML_DE: &str = include_str!("defaults/letter.de.html");

/// The message around all that happened to a ticket; its link follows by itself.
const MESSAGE: &str = "{{ ticket.number }} {{ ticket.title }}: {{ items | join('\\n') }}";

/// The built-in template of this name.
pub(super) fn parts(key: TemplateKey) -> Parts {
    match key.medium {
        Medium::Email => of_mail(key),
        Medium::Sms | Medium::Slack | Medium::Teams | Medium::Webhook => Parts {
            text: of_message(key),
            ..Parts::default()
        },
    }
}

const fn said(matter: Matter, language: Language) -> (&'static str, &'static str) {
    match matter {
        Matter::Reason(reason) => sentence(reason, language),
        Matter::Topic(topic) => sentence_to_team(topic, language),
        Matter::Letter => ("", ""),
    }
}

fn of_message(key: TemplateKey) -> String {
    if key.matter == Matter::Letter {
        return MESSAGE.to_owned();
    }
    let (did, was) = said(key.matter, key.language);
    format!(
        "{{% if actor %}}{{{{ actor }}}} {did}{{% else %}}{was}{{% endif %}}\
         {{% if comment %}}: {{{{ comment }}}}{{% endif %}}"
    )
}

fn of_mail(key: TemplateKey) -> Parts {
    match (key.matter, key.language) {
        (Matter::Letter, Language::English) => {
            written(LETTER_SUBJECT_EN, LETTER_TEXT_EN, LETTER_HTML_EN)
        }
        (Matter::Letter, Language::German) => {
            written(LETTER_SUBJECT_DE, LETTER_TEXT_DE, LETTER_HTML_DE)
        }
        (matter, language) => {
            let (did, was) = said(matter, language);
            let text =
                format!("{{% if actor %}}{{{{ actor }}}} {did}{{% else %}}{was}{{% endif %}}");
            let html = format!(
                "{{% if actor %}}<strong>{{{{ actor }}}}</strong> {did}{{% else %}}{was}{{% endif %}}"
            );
            written(
                "[{{ ticket.number }}] {{ ticket.title }}",
                &ITEM_TEXT.replace("SENTENCE", &text),
                &ITEM_HTML.replace("SENTENCE", &html),
            )
        }
    }
}

fn written(subject: &str, text: &str, html: &str) -> Parts {
    Parts {
        subject: subject.trim_end().to_owned(),
        text: text.trim_end().to_owned(),
        html: html.trim_end().to_owned(),
    }
}
