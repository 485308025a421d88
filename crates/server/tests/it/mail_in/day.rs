//! A day of four people over a real mail server (`STEWARD_TEST_SMTP`): exactly
//! these mails, none to who acted, one conversation, every word in its place.

use super::{Desk, ended};
use crate::support::{join, work};
use serde_json::json;
use std::path::{Path, PathBuf};
use steward_platform::clock;
use steward_signals::deliveries::send_due;

/// A mail as the server got it.
struct Got {
    to: String,
    text: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        let mut lines = self.text.lines();
        lines
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_default()
            .trim()
    }
}

/// Mails to people of this organization that the server took since it was last
/// asked, sorted by their reader.
fn got(folder: &Path, domain: &str, known: &mut Vec<PathBuf>) -> Vec<Got> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder.join("new")).expect("the server's folder") {
        let path = entry.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a mail");
        if !text.contains(domain) || known.contains(&path) {
            continue;
        }
        known.push(path);
        let text = text
            .replace("\r\n", "\n")
            .replace("=\n", "")
            .replace("\n ", " ")
            .replace("=3D", "=");
        let to = text
            .lines()
            .find_map(|line| line.strip_prefix("To: "))
            .expect("a reader");
        let to = to.split('@').next().expect("a name").to_owned();
        found.push(Got { to, text });
    }
    found.sort_by(|a, b| a.to.cmp(&b.to));
    found
}

/// Tells what happened as if `minutes` had passed.
async fn pass(desk: &Desk<'_>, minutes: u64) {
    work(desk.t).await;
    let later = clock::now()
        .checked_add(std::time::Duration::from_secs(minutes * 60))
        .expect("later");
    send_due(&desk.t.app, later).await.expect("written");
    crate::deliveries::hurry(desk.t).await;
    work(desk.t).await;
    send_due(&desk.t.app, later).await.expect("settled");
}

#[track_caller]
fn expect(mails: &[Got], expected: &[(&str, &[&str])]) {
    let readers: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    let wanted: Vec<&str> = expected.iter().map(|(to, _)| *to).collect();
    assert_eq!(readers, wanted);
    for (mail, (to, parts)) in mails.iter().zip(expected) {
        for part in *parts {
            assert!(
                mail.text.contains(part),
                "{part} in the mail to {to}: {}",
                mail.text
            );
        }
    }
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test reads its own setting")]
async fn a_day_of_four_people_is_exactly_these_mails() {
    let Ok(place) = std::env::var("STEWARD_TEST_SMTP") else {
        eprintln!("STEWARD_TEST_SMTP is not set: a real SMTP server is left out of this run");
        return;
    };
    let (port, folder) = place.split_once(':').expect("PORT:FOLDER");
    let folder = PathBuf::from(folder);
    let settings = |config: &mut steward_platform::config::Config| {
        config.smtp_url = Some(format!("smtp://127.0.0.1:{port}"));
    };
    for t in &steward_testkit::apps_with(settings).await {
        let desk = Desk::new(t).await;
        let omar = join(t, desk.organization, "omar", "agent").await;
        let max = join(t, desk.organization, "max", "end_user").await;
        let domain = desk.address("x");
        let domain = domain.split_once('@').expect("an address").1;
        let mut known = Vec::new();
        let mut got = || got(&folder, domain, &mut known);

        // Lea writes; Omar gives it to Priya and lets Max watch.
        desk.write(
            "lea",
            "Subject: VPN drops\nMessage-ID: <1@lea>",
            "It drops.",
        )
        .await;
        let assign = json!({"assignee_id": desk.agent.id});
        omar.post("/tickets/INC-1/assign", assign).await.expect(200);
        omar.post("/tickets/INC-1/watchers", json!({"user_id": max.id}))
            .await
            .expect(200);
        pass(&desk, 3).await;
        let mails = got();
        expect(
            &mails,
            &[(
                "priya",
                &["[INC-000001] VPN drops", "omar Test assigned it to you."],
            )],
        );

        // Priya says two things within two minutes: one mail with both to each.
        for body in ["The first words.", "The second words."] {
            let said = json!({"body": body, "visibility": "public"});
            desk.agent
                .post("/tickets/INC-1/comments", said)
                .await
                .expect(201);
        }
        pass(&desk, 3).await;
        let mails = got();
        let both: &[&str] = &["The first words.", "The second words."];
        expect(&mails, &[("lea", both), ("max", both)]);
        let root = mails[0]
            .header("References: ")
            .split(' ')
            .next()
            .expect("a root")
            .to_owned();
        for mail in &mails {
            assert!(
                mail.header("References: ").starts_with(&root),
                "one conversation"
            );
            assert_eq!(mail.header("In-Reply-To: "), "<1@lea>");
        }

        // Max wants a digest from now on. Lea answers her mail from her mail program.
        let digest = json!({"email": {"commented": "daily", "resolved": "daily"}});
        max.put("/notification-preferences", "*", digest)
            .await
            .expect(200);
        let answers = mails[0].header("Message-ID: ").to_owned();
        let headers = format!(
            "Subject: Re: [INC-000001] VPN drops\nMessage-ID: <2@lea>\nIn-Reply-To: {answers}"
        );
        let line = desk
            .write("lea", &headers, "The third words.\n\n> The first words.")
            .await;
        assert_eq!(
            (ended(&line).0, &line["matched_by"]),
            ("comment_added", &json!("in_reply_to"))
        );
        pass(&desk, 6).await;
        let mails = got();
        expect(&mails, &[("priya", &["The third words."])]);
        assert!(
            !mails[0].text.contains("The first words."),
            "quotes are not told again"
        );
        assert!(
            mails[0].header("References: ").ends_with("<1@lea> <2@lea>"),
            "{}",
            mails[0].text
        );

        // Priya's internal word is for Omar's eyes, who is not concerned; then she resolves it.
        let said = json!({"body": "An internal word.", "visibility": "internal"});
        desk.agent
            .post("/tickets/INC-1/comments", said)
            .await
            .expect(201);
        desk.agent
            .post("/tickets/INC-1/start", json!({}))
            .await
            .expect(200);
        let resolve = json!({"resolution_code": "solved", "resolution_note": "New firmware."});
        desk.agent
            .post("/tickets/INC-1/resolve", resolve)
            .await
            .expect(200);
        pass(&desk, 9).await;
        let mails = got();
        expect(&mails, &[("lea", &["[INC-000001] VPN drops"])]);
        assert!(!mails[0].text.contains("internal"), "{}", mails[0].text);

        // A day later Max has his digest, with every word that he may read.
        pass(&desk, 26 * 60).await;
        let mails = got();
        expect(&mails, &[("max", &["The third words."])]);
        assert!(!mails[0].text.contains("internal"), "{}", mails[0].text);
        pass(&desk, 50 * 60).await;
        expect(&got(), &[]);
        let open = "SELECT count(*) FROM deliveries WHERE state NOT IN ('sent', 'skipped')";
        assert_eq!(
            t.number(open).await,
            0,
            "each event has one end: {}",
            t.engine
        );
    }
}
