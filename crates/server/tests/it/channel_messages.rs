//! Messages to phones, chats and programs: gathered without losing a word, and
//! worded by the organization.

use crate::deliveries::say;
use crate::notification_channels::{apps, carry, channel, give, states, team, texts};
use crate::support::{Client, join, organization, work};
use serde_json::{Value, json};
use steward_db::{Executor, values};
use steward_domain::notifications::channels::{MOST_SEGMENTS, segments};
use steward_platform::clock;
use steward_signals::channels::send_due;
use steward_testkit::TestApp;

const SLACK: &str = "/notification-templates/commented/slack/en";

/// A team with a ticket, told by a channel of this kind.
async fn told(t: &TestApp, admin: &Client<'_>, kind: &str, topics: &[&str]) {
    let ours = team(admin, "Network").await;
    admin.report("VPN drops").await;
    give(admin, "INC-1", json!({"team_id": ours})).await;
    work(t).await;
    channel(admin, kind, &ours, topics).await;
}

/// An agent with a phone who wants short messages about what is theirs and what is said.
async fn phoned<'a>(
    t: &'a TestApp,
    admin: &Client<'_>,
    org: steward_kernel::id::OrganizationId,
) -> Client<'a> {
    let agent = join(t, org, "priya", "agent").await;
    let gateway = json!({"kind": "sms", "name": "Gateway", "provider": "http", "from": "Steward",
        "url": "https://sms.example.com/send", "is_active": true});
    admin
        .post("/notification-channels", gateway)
        .await
        .expect(201);
    let phone = json!({"phone": "+49 151 23456"});
    agent.patch("/users/me", "*", phone).await.expect(200);
    let want = json!({"sms": {"assigned": true, "commented": true, "escalated": true}});
    agent
        .put("/notification-preferences", "*", want)
        .await
        .expect(200);
    agent
}

/// Sends what is due at this moment, and nothing that still gathers.
async fn look(t: &TestApp) {
    work(t).await;
    send_due(&t.app, clock::now()).await.expect("looked");
    work(t).await;
}

#[tokio::test]
async fn what_follows_within_the_window_is_one_message_with_every_text() {
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        told(t, &admin, "webhook", &["commented"]).await;
        for word in ["the first word", "the second word", "the third word"] {
            say(&admin, word, "public").await;
        }
        look(t).await;
        assert_eq!(fake.sent().len(), 0, "it gathers: {}", t.engine);
        assert_eq!(states(t).await, ["commented waiting"; 3], "{}", t.engine);
        carry(t).await;
        let sent = fake.sent();
        assert_eq!(sent.len(), 1, "{}", t.engine);
        let body: Value = serde_json::from_slice(&sent[0].body).expect("JSON");
        assert_eq!(
            body["text"],
            "INC-000001 VPN drops: ines Test wrote: the first word\n\
             ines Test wrote: the second word\nines Test wrote: the third word"
        );
        assert_eq!(
            (&body["about"], &body["items"][2]),
            (
                &json!("commented"),
                &json!({"about": "commented", "text": "ines Test wrote: the third word"})
            )
        );
        assert_eq!(states(t).await, ["commented sent"; 3], "{}", t.engine);
        let messages =
            "SELECT count(DISTINCT message_id) FROM deliveries WHERE channel = 'webhook'";
        assert_eq!(t.number(messages).await, 1, "{}", t.engine);
        // What comes later is another message.
        say(&admin, "the last word", "public").await;
        carry(t).await;
        let all = texts(&fake.sent());
        assert_eq!(all.len(), 2, "{}", t.engine);
        assert_eq!(
            all[1], "INC-000001 VPN drops: ines Test wrote: the last word",
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn an_alarm_leaves_at_once_and_takes_along_what_waits() {
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        told(t, &admin, "slack", &["commented", "escalated"]).await;
        say(&admin, "a quiet word", "public").await;
        look(t).await;
        assert_eq!(fake.sent().len(), 0, "{}", t.engine);
        let body = json!({"reason": "nobody looks at it"});
        admin
            .post("/tickets/INC-1/escalate", body)
            .await
            .expect(200);
        look(t).await;
        let sent = texts(&fake.sent());
        assert_eq!(sent.len(), 1, "{sent:?} {}", t.engine);
        for part in ["ines Test wrote: a quiet word", "ines Test escalated it"] {
            assert!(sent[0].contains(part), "{part} in {}", sent[0]);
        }
        assert_eq!(
            states(t).await,
            ["commented sent", "escalated sent"],
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn short_messages_that_do_not_fit_into_one_are_several_and_keep_every_text() {
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let agent = phoned(t, &admin, org).await;
        admin.report("VPN drops").await;
        give(&admin, "INC-1", json!({"assignee_id": agent.id})).await;
        let long = |word: &str| format!("{word} begins {}{word} ends", "and goes on ".repeat(12));
        for word in ["one", "two", "three", "four"] {
            say(&admin, &long(word), "internal").await;
        }
        carry(t).await;
        let sent = texts(&fake.sent());
        assert!((2..5).contains(&sent.len()), "{sent:?} {}", t.engine);
        for text in &sent {
            assert!(segments(text) <= MOST_SEGMENTS, "{text}");
            assert!(text.starts_with("INC-000001 VPN drops: "), "{text}");
            assert!(text.ends_with("/agent/incidents/INC-000001"), "{text}");
        }
        for word in ["one", "two", "three", "four"] {
            let whole = long(word);
            assert!(sent.iter().any(|text| text.contains(&whole)), "{whole}");
        }
        assert!(
            sent.iter()
                .any(|text| text.contains("ines Test assigned it to you"))
        );
        let open = "SELECT count(*) FROM deliveries WHERE channel = 'sms' AND state <> 'sent'";
        assert_eq!(t.number(open).await, 0, "{}", t.engine);
    }
}

#[tokio::test]
async fn messages_are_worded_by_the_organization_and_a_broken_template_loses_none() {
    for (t, fake) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        told(t, &admin, "slack", &["commented"]).await;
        let own = json!({"text": "<!channel> *{{ team }}*, {{ actor }} says {{ comment }}"});
        let kept = admin.put(SLACK, "\"0\"", own).await.expect(200);
        assert_eq!(
            (&kept["medium"], &kept["subject"], &kept["html"]),
            (&json!("slack"), &Value::Null, &Value::Null)
        );
        let around = json!({"text": "{{ organization }} {{ ticket.number }} ({{ ticket.status }}) {{ items | join(' / ') }}"});
        admin
            .put("/notification-templates/letter/slack/en", "*", around)
            .await
            .expect(200);
        say(&admin, "a <b> & c", "public").await;
        carry(t).await;
        // The receiver's own signs are escaped whoever wrote them.
        let sent = texts(&fake.sent());
        let wanted = "Acme INC-000001 (New) &lt;!channel&gt; *Network*, ines Test says a &lt;b&gt; &amp; c\n<";
        assert!(sent[0].starts_with(wanted), "{}", sent[0]);
        // As an earlier version of the product may have left it.
        let tx = t.app.db.write("test").await.expect("open");
        let sql = "UPDATE notification_templates SET body_text = $1 WHERE matter = 'commented'";
        tx.execute(sql, values!["a\n{{ gone }}"])
            .await
            .expect("planted");
        tx.commit().await.expect("kept");
        say(&admin, "the later words", "public").await;
        carry(t).await;
        let sent = texts(&fake.sent());
        assert!(
            sent[1].contains("(New) ines Test wrote: the later words"),
            "{}",
            sent[1]
        );
        let log = admin.get("/deliveries?channel=slack").await.expect(200);
        let note = log["data"][0]["note"].as_str().expect("a note");
        assert!(note.contains("commented/slack/en text: line 2"), "{note}");
        assert_eq!(
            (&log["data"][0]["state"], &log["data"][1]["note"]),
            (&json!("sent"), &Value::Null),
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn templates_of_messages_have_a_text_only_and_say_what_is_wrong() {
    for (t, _) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        let path = |address: &str| format!("/notification-templates/{address}/en");
        for (address, body, field, word) in [
            (
                "commented/slack",
                json!({"text": "{{ comment }}", "subject": "x"}),
                "subject",
                "text only",
            ),
            (
                "commented/teams",
                json!({"text": "{{ comment }}", "html": "x"}),
                "html",
                "text only",
            ),
            (
                "commented/sms",
                json!({"text": "a\n{{ nobody }}"}),
                "text",
                "line 2, column 4",
            ),
            (
                "commented/webhook",
                json!({"text": "{{ actor }}"}),
                "text",
                "leaves out what was said",
            ),
            (
                "letter/sms",
                json!({"text": "{{ items[0] }}"}),
                "text",
                "leaves out what happened",
            ),
            (
                "letter/sms",
                json!({"text": "{{ items }}".repeat(200)}),
                "text",
                "2000",
            ),
        ] {
            let refused = admin.put(&path(address), "*", body).await.expect_refused();
            let error = &refused["errors"][0];
            assert_eq!(error["field"], field, "{refused}");
            let message = error["message"].as_str().expect("a message");
            assert!(message.contains(word), "{word} in {message}");
        }
        for (address, name, is_offered) in [
            ("commented/sms", "person.first_name", true),
            ("commented/sms", "team", false),
            ("commented/slack", "team", true),
            ("letter/teams", "items", true),
            ("letter/teams", "ticket.link", false),
        ] {
            let found = admin.get(&path(address)).await.expect(200);
            let variables = found["variables"].as_array().expect("variables");
            let is_there = variables.iter().any(|v| v["name"] == name);
            assert_eq!(is_there, is_offered, "{name} of {address}");
        }
        for wrong in ["arrived/sms", "closed/sms", "mentioned/slack"] {
            let reply = admin.get(&path(wrong)).await;
            reply.expect_code(404, "RESOURCE_NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn a_preview_shows_a_message_as_its_receiver_reads_it() {
    for (t, _) in &apps().await {
        let org = organization(t, "Acme").await;
        let admin = join(t, org, "ines", "admin").await;
        admin.report("VPN drops").await;
        say(&admin, "a public word", "public").await;
        say(&admin, "an internal word", "internal").await;
        let preview = async |address: &str, text: Option<&str>| {
            let template = text.map(|text| json!({"text": text}));
            let body = json!({"ticket": "INC-1", "template": template});
            let path = format!("/notification-templates/{address}/en/preview");
            admin.post(&path, body).await.expect(200)
        };
        let sms = preview("commented/sms", None).await;
        let text = sms["text"].as_str().expect("a text");
        assert!(
            text.starts_with("INC-000001 VPN drops: ines Test wrote: an internal word http"),
            "{text}"
        );
        assert_eq!(
            (&sms["length"]["segments"], &sms["length"]["is_cut"]),
            (&json!(1), &json!(false)),
            "{sms}"
        );
        assert_eq!(sms["length"]["characters"], text.chars().count());
        let wide = preview("commented/sms", Some("ł {{ comment }}")).await;
        assert_eq!(wide["length"]["segments"], 2, "{wide}");
        let slack = preview("commented/slack", Some("{{ team }}: {{ comment }}")).await;
        assert_eq!(
            (&slack["text"], &slack["length"]["segments"]),
            (
                &json!("INC-000001 VPN drops: Network: a public word"),
                &Value::Null
            ),
            "nobody knows who reads there: {}",
            t.engine
        );
        assert!(
            slack["link"]
                .as_str()
                .is_some_and(|l| l.ends_with("/agent/incidents/INC-000001"))
        );
        let wrong = preview("commented/teams", Some("{{ commnet }}")).await;
        assert_eq!(
            (&wrong["faults"][0]["part"], &wrong["text"]),
            (
                &json!("text"),
                &json!("INC-000001 VPN drops: ines Test wrote: a public word")
            )
        );
        let letter = preview("letter/webhook", None).await;
        assert_eq!(
            letter["text"],
            "INC-000001 VPN drops: ines Test wrote: a public word\nLea Fontaine assigned it"
        );
    }
}
