use super::*;
use proptest::prelude::*;
use steward_domain::notifications::rules::Reason;

fn happening(reason: Reason, actor: Option<&str>, comment: Option<&str>) -> Happening {
    Happening {
        matter: Matter::Reason(reason),
        actor: actor.map(str::to_owned),
        comment: comment.map(str::to_owned),
    }
}

fn section(number: &str, items: Vec<Happening>) -> Section {
    Section {
        number: number.to_owned(),
        title: "VPN <drops>".to_owned(),
        status: "in_progress".to_owned(),
        priority: "high".to_owned(),
        link: format!("https://desk.example/agent/incidents/{number}"),
        items,
    }
}

fn occasion(language: Language, sections: Vec<Section>) -> Occasion {
    Occasion {
        medium: Medium::Email,
        language,
        first_name: "Priya".to_owned(),
        last_name: "Nair".to_owned(),
        team: String::new(),
        organization: "Northwind".to_owned(),
        preferences_link: "https://desk.example/agent/profile?section=notifications".to_owned(),
        sections,
    }
}

fn own(matter: &str, text: &str, html: &str) -> Own {
    let key = TemplateKey::read(matter, "email", "en").expect("a template");
    let parts = Parts {
        subject: "Own: {{ ticket.number }}".to_owned(),
        text: text.to_owned(),
        html: html.to_owned(),
    };
    Own::from([(key, parts)])
}

#[test]
fn a_mail_holds_every_text_and_leads_to_the_ticket() {
    let items = vec![
        happening(Reason::Commented, Some("Lea"), Some("again\nand **again**")),
        happening(Reason::Assigned, None, None),
    ];
    let letter = write(
        &Own::new(),
        &occasion(Language::English, vec![section("INC-1", items)]),
    );
    assert_eq!(letter.subject, "[INC-1] VPN <drops>");
    assert_eq!(
        letter.text,
        "Hello Priya,\n\nINC-1  VPN <drops>\nhttps://desk.example/agent/incidents/INC-1\n\nLea wrote:\n\n> again\n\
         > and **again**\n\nIt was assigned to you.\n\nChoose what you are told:\n\
         https://desk.example/agent/profile?section=notifications\n"
    );
    for part in [
        "<html lang=\"en\">",
        "name=\"color-scheme\" content=\"light dark\"",
        "prefers-color-scheme:dark",
        "<strong>Lea</strong> wrote:",
        "again<br>\nand <strong>again</strong>",
        "VPN &lt;drops&gt;",
        "href=\"https://desk.example/agent/incidents/INC-1\"",
        "href=\"https://desk.example/agent/profile?section=notifications\"",
    ] {
        assert!(letter.html.contains(part), "{part} in {}", letter.html);
    }
    assert!(!letter.html.contains("<img") && !letter.html.contains("src="));
    assert_eq!(letter.remarks, Vec::<String>::new());
}

#[test]
fn a_mail_speaks_its_readers_language() {
    let two = vec![section("INC-1", vec![]), section("INC-2", vec![])];
    let letter = write(&Own::new(), &occasion(Language::German, two));
    assert_eq!(letter.subject, "Neues zu 2 Tickets");
    assert!(
        letter.text.starts_with("Guten Tag Priya,"),
        "{}",
        letter.text
    );
    assert!(letter.html.contains("<html lang=\"de\">") && letter.html.contains("In Arbeit · Hoch"));
}

#[test]
fn an_own_template_words_its_reason_only() {
    let own = own(
        "commented",
        "{{ actor }} sagt: {{ comment }}",
        "<i>{{ actor }}</i>{{ comment_html }}",
    );
    let items = vec![happening(Reason::Commented, Some("Lea"), Some("hi"))];
    let letter = write(
        &own,
        &occasion(Language::English, vec![section("INC-1", items.clone())]),
    );
    assert_eq!(letter.subject, "Own: INC-1");
    assert!(
        letter.text.contains("\n\nLea sagt: hi\n\n"),
        "{}",
        letter.text
    );
    assert!(
        letter.html.contains("<i>Lea</i><p>hi</p>"),
        "{}",
        letter.html
    );
    let other = write(
        &own,
        &occasion(Language::German, vec![section("INC-1", items)]),
    );
    assert!(other.text.contains("Lea hat geschrieben"), "{}", other.text);
}

#[test]
fn a_broken_template_is_replaced_and_named() {
    let items = vec![happening(Reason::Commented, Some("Lea"), Some("the words"))];
    let one = occasion(Language::English, vec![section("INC-1", items)]);
    for (matter, text, html, remark) in [
        (
            "commented",
            "{{ nobody }}",
            "{{ comment_html }}",
            "commented/email/en text: line 1, column 4",
        ),
        (
            "commented",
            "{{ comment }}",
            "{{ actor }}",
            "commented/email/en html: leaves out",
        ),
        (
            "letter",
            "Hello",
            "{% for t in tickets %}{% for i in t.items %}{{ i }}{% endfor %}{% endfor %}",
            "letter/email/en text: leaves out",
        ),
    ] {
        let letter = write(&own(matter, text, html), &one);
        assert!(letter.text.contains("the words"), "{}", letter.text);
        assert!(letter.html.contains("the words"), "{}", letter.html);
        let found = letter.remarks.join("; ");
        assert!(found.contains(remark), "{found}");
        assert_eq!(letter.remarks.len(), 1, "{found}");
    }
}

#[test]
fn own_html_cannot_do_harm() {
    let own = own(
        "commented",
        "{{ comment }}",
        "{% autoescape false %}{{ actor }}{% endautoescape %}<img src='https://t.example/x'>{{ comment_html }}",
    );
    let items = vec![happening(
        Reason::Commented,
        Some("<script>x</script>"),
        Some("hi"),
    )];
    let letter = write(
        &own,
        &occasion(Language::English, vec![section("INC-1", items)]),
    );
    assert!(
        !letter.html.contains("<script") && !letter.html.contains("<img"),
        "{}",
        letter.html
    );
}

#[test]
fn a_long_text_is_shortened_with_a_mark() {
    assert!(cut(&"x".repeat(LONGEST + 1), LONGEST).ends_with(" […]"));
    assert_eq!(cut(" short ", LONGEST), "short");
    let items = vec![happening(Reason::Commented, None, Some(&"word ".repeat(4_000))); 20];
    let letter = write(
        &Own::new(),
        &occasion(Language::English, vec![section("INC-1", items)]),
    );
    assert!(letter.remarks.is_empty());
    assert_eq!(letter.text.matches("word").count(), 80_000);
    assert_eq!(letter.html.matches("word").count(), 80_000);
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

proptest! {
    #[test]
    fn every_text_is_in_both_parts_word_by_word(
        said in prop::collection::vec((0_usize..13, 1_usize..4, "[a-zäß0-9]{1,8}( [a-zäß0-9]{1,8}){0,5}(\n[a-z]{1,8}){0,2}"), 1..12),
        german in any::<bool>(),
    ) {
        let mut sections: Vec<Section> = (1..4).map(|n| section(&format!("INC-{n}"), Vec::new())).collect();
        for (reason, ticket, text) in &said {
            let item = happening(Reason::ALL[*reason], Some("Lea"), Some(text));
            sections[*ticket - 1].items.push(item);
        }
        sections.retain(|section| !section.items.is_empty());
        let language = if german { Language::German } else { Language::English };
        let letter = write(&Own::new(), &occasion(language, sections));
        let plain = letter.text.replace("> ", "").replace('\n', " ");
        let html = letter.html.replace("<br>", " ").replace(['\n'], " ").replace("<p>", " ").replace("</p>", " ");
        let html = words(&html).join(" ");
        for (_, _, text) in &said {
            let wanted = words(text).join(" ");
            prop_assert!(words(&plain).join(" ").contains(&wanted), "{wanted} in {}", letter.text);
            prop_assert!(html.contains(&wanted), "{wanted} in {html}");
        }
        prop_assert!(letter.remarks.is_empty());
    }
}
