//! Writing a message to a phone, a chat or a program: each thing that happened by
//! the template of its reason or topic, all of them by that of the message.

use super::context;
use super::letter::{Happening, Occasion, Own, Section};
use super::writer::{Writer, cut, holds_lines};
use steward_domain::notifications::templates::{Matter, Part};

/// Most characters of what was said in a message; more is on the page.
const LONGEST: usize = 1_000;

/// A message, not yet as its receiver reads it.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) text: String,
    /// What happened, one by one.
    pub(crate) items: Vec<String>,
    /// Which templates of the organization could not be used, and why.
    pub(crate) remarks: Vec<String>,
}

/// Writes what happened to the one ticket of an occasion. What the organization's
/// own templates cannot say, the built-in ones do.
pub(crate) fn write(own: &Own, occasion: &Occasion) -> Message {
    let mut writer = Writer::new(own, occasion);
    let mut items = Vec::new();
    let mut text = String::new();
    if let Some(section) = occasion.sections.first() {
        let happenings = section.items.iter();
        items = happenings.map(|one| writer.said(section, one)).collect();
        text = writer.message(section, &items);
    }
    Message {
        text: text.trim().to_owned(),
        items,
        remarks: writer.remarks(),
    }
}

impl Writer<'_> {
    fn said(&mut self, section: &Section, happening: &Happening) -> String {
        let short = Happening {
            comment: happening.comment.as_deref().map(|said| cut(said, LONGEST)),
            ..happening.clone()
        };
        let values = context::of_happening(Part::Text, self.occasion, section, &short);
        let said = short.comment.as_deref().unwrap_or_default();
        let holds = |text: &str| !text.trim().is_empty() && holds_lines(text, said);
        let key = self.key(happening.matter);
        let text = self.part(key, Part::Text, &values, holds, said);
        text.trim().to_owned()
    }

    fn message(&mut self, section: &Section, items: &[String]) -> String {
        let values = context::of_message(self.occasion, section, items);
        let holds = |text: &str| items.iter().all(|item| text.contains(item));
        let key = self.key(Matter::Letter);
        self.part(key, Part::Text, &values, holds, &items.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::letter::Parts;
    use crate::templates::service::try_out;
    use proptest::prelude::*;
    use steward_domain::notifications::channels::Topic;
    use steward_domain::notifications::rules::Reason;
    use steward_domain::notifications::templates::{Language, Medium, TemplateKey};

    fn happening(matter: Matter, actor: Option<&str>, comment: Option<&str>) -> Happening {
        Happening {
            matter,
            actor: actor.map(str::to_owned),
            comment: comment.map(str::to_owned),
        }
    }

    fn occasion(medium: Medium, language: Language, items: Vec<Happening>) -> Occasion {
        let mut occasion = try_out::occasion(medium, language, 1, None);
        occasion.sections[0].items = items;
        occasion
    }

    fn own(address: [&str; 3], text: &str) -> Own {
        let [matter, medium, language] = address;
        let key = TemplateKey::read(matter, medium, language).expect("a template");
        let parts = Parts {
            text: text.to_owned(),
            ..Parts::default()
        };
        Own::from([(key, parts)])
    }

    #[test]
    fn one_thing_and_several_are_said_in_the_readers_language() {
        let commented = Matter::Topic(Topic::Commented);
        let arrived = Matter::Topic(Topic::Arrived);
        let assigned = Matter::Reason(Reason::Assigned);
        let (lea, words) = (Some("Lea"), Some("a <b> & c"));
        for (medium, language, items, text) in [
            (
                Medium::Slack,
                Language::English,
                vec![happening(commented, lea, words)],
                "INC-000042 VPN drops every hour: Lea wrote: a <b> & c",
            ),
            (
                Medium::Webhook,
                Language::German,
                vec![happening(arrived, None, None)],
                "INC-000042 VPN drops every hour: Es kam zum Team",
            ),
            (
                Medium::Sms,
                Language::German,
                vec![happening(assigned, lea, None)],
                "INC-000042 VPN drops every hour: Lea hat es Ihnen zugewiesen",
            ),
            (
                Medium::Teams,
                Language::English,
                vec![
                    happening(arrived, lea, None),
                    happening(commented, lea, words),
                ],
                "INC-000042 VPN drops every hour: Lea brought it to the team\nLea wrote: a <b> & c",
            ),
        ] {
            let written = write(&Own::new(), &occasion(medium, language, items));
            assert_eq!(written.text, text);
            assert_eq!(written.remarks, Vec::<String>::new());
        }
    }

    #[test]
    fn an_own_template_that_fails_or_leaves_words_out_is_replaced_and_named() {
        let items = || {
            vec![happening(
                Matter::Topic(Topic::Commented),
                Some("Lea"),
                Some("words"),
            )]
        };
        let slack = |matter| [matter, "slack", "en"];
        for (own, text, remark) in [
            (
                own(slack("commented"), "{{ actor }} > {{ comment }}"),
                "INC-000042 VPN drops every hour: Lea > words",
                "",
            ),
            (
                own(slack("letter"), "*{{ team }}* {{ items | join }}"),
                "*Network* Lea wrote: words",
                "",
            ),
            (
                own(slack("commented"), "a\n{{ gone }}"),
                "INC-000042 VPN drops every hour: Lea wrote: words",
                "commented/slack/en text: line 2",
            ),
            (
                own(slack("letter"), "{{ ticket.number }}"),
                "INC-000042 VPN drops every hour: Lea wrote: words",
                "letter/slack/en text: leaves out",
            ),
            (
                own(["commented", "teams", "en"], "x"),
                "INC-000042 VPN drops every hour: Lea wrote: words",
                "",
            ),
        ] {
            let written = write(&own, &occasion(Medium::Slack, Language::English, items()));
            assert_eq!(written.text, text);
            let found = written.remarks.first().map_or("", String::as_str);
            assert!(
                found.starts_with(remark) && found.is_empty() == remark.is_empty(),
                "{found}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_the_template_every_word_is_in_the_message(
            source in prop::sample::select(vec!["{{ comment }}", "{{ comment | upper }}", "{{ nobody }}", "{%", ""]),
            around in prop::sample::select(vec!["{{ items | join }}", "{{ items[0] }}", "{{", "x"]),
            said in prop::collection::vec("[a-zA-Z <&*]{1,40}", 1..5),
        ) {
            let topic = Matter::Topic(Topic::Commented);
            let items = said.iter().map(|said| happening(topic, None, Some(said))).collect();
            let mut all = own(["commented", "teams", "de"], source);
            all.extend(own(["letter", "teams", "de"], around));
            let written = write(&all, &occasion(Medium::Teams, Language::German, items));
            for said in &said {
                prop_assert!(written.text.contains(said.trim()), "{said} in {}", written.text);
            }
        }
    }
}
