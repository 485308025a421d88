//! A day of four people over a real mail server (`STEWARD_TEST_SMTP`): exactly
//! these mails, none to who acted, one conversation, every word in its place.

use super::{Desk, ended};
use crate::support::{Client, join, work};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use steward_platform::clock;
use steward_signals::deliveries::send_due;
use steward_testkit::TestApp;

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

/// Lead of the team that looks after networks.
async fn lead<'a>(desk: &Desk<'a>) -> (Client<'a>, String) {
    let omar = join(desk.t, desk.organization, "omar", "agent").await;
    let team = desk.admin.post("/teams", json!({"name": "Network"})).await;
    let team = team.expect(201)["id"].as_str().expect("an id").to_owned();
    let members = format!("/teams/{team}/members");
    let member = json!({"user_id": omar.id});
    desk.admin.post(&members, member).await.expect(200);
    let member = format!("{members}/{}", omar.id);
    let role = json!({"role": "lead"});
    desk.admin.patch(&member, "*", role).await.expect(200);
    (omar, team)
}

async fn act(who: &Client<'_>, verb: &str, body: Value) {
    let reply = who.post(&format!("/tickets/INC-1/{verb}"), body).await;
    assert!(reply.status.is_success(), "{verb}: {}", reply.body);
}

/// Answers a mail from a mail program.
async fn answer(desk: &Desk<'_>, mail: &Got, number: u8, text: &str) -> Value {
    let headers = format!(
        "Subject: Re: {}\nMessage-ID: <{number}@lea>\nIn-Reply-To: {}\nReferences: {} {}",
        mail.header("Subject: "),
        mail.header("Message-ID: "),
        mail.header("References: "),
        mail.header("Message-ID: ")
    );
    let line = desk.write("lea", &headers, text).await;
    assert_eq!(
        (ended(&line).0, &line["matched_by"]),
        ("comment_added", &json!("in_reply_to")),
        "{line}"
    );
    line
}

/// The mail that went to someone.
fn to<'a>(mails: &'a [Got], name: &str) -> &'a Got {
    let found = mails.iter().find(|mail| mail.to == name);
    found.expect("a mail")
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
        a_day(&Desk::new(t).await, &folder).await;
    }
}

/// Lea asks, Priya works, Omar leads, Max watches. After each part the mails
/// that the server got are exactly those named, so nobody is told of what they
/// did themselves.
async fn a_day(desk: &Desk<'_>, folder: &Path) {
    let (omar, team) = lead(desk).await;
    let max = join(desk.t, desk.organization, "max", "end_user").await;
    let priya = &desk.agent;
    let domain = desk.address("x");
    let domain = domain.split_once('@').expect("an address").1;
    let mut known = Vec::new();
    let mut got = || got(folder, domain, &mut known);

    // Lea writes; Omar takes it into his team, gives it to Priya and lets Max watch.
    let headers = "Subject: VPN drops\nMessage-ID: <1@lea>";
    desk.write("lea", headers, "It drops.").await;
    let given = json!({"team_id": team, "assignee_id": priya.id});
    act(&omar, "assign", given).await;
    act(&omar, "watchers", json!({"user_id": max.id})).await;
    pass(desk, 3).await;
    let mails = got();
    let given: &[&str] = &["[INC-000001] VPN drops", "omar Test assigned it to you."];
    expect(&mails, &[("priya", given)]);

    // Priya says two things within two minutes: one mail with both to each.
    for body in ["The first words.", "The second words."] {
        act(
            priya,
            "comments",
            json!({"body": body, "visibility": "public"}),
        )
        .await;
    }
    pass(desk, 3).await;
    let mails = got();
    let both: &[&str] = &["The first words.", "The second words."];
    expect(&mails, &[("lea", both), ("max", both)]);
    let references = mails[0].header("References: ");
    let root = references.split(' ').next().expect("a root").to_owned();
    for mail in &mails {
        assert!(mail.header("References: ").starts_with(&root), "one thread");
        assert_eq!(mail.header("In-Reply-To: "), "<1@lea>");
    }

    // Max wants a digest from now on. Lea answers her mail from her mail program.
    let digest = json!({"email": {"commented": "daily", "resolved": "daily", "reopened": "daily"}});
    max.put("/notification-preferences", "*", digest)
        .await
        .expect(200);
    let said = "The third words.\n\n> The first words.";
    answer(desk, to(&mails, "lea"), 2, said).await;
    pass(desk, 6).await;
    let mails = got();
    expect(&mails, &[("priya", &["The third words."])]);
    assert!(
        !mails[0].text.contains("The first words."),
        "quotes are not told again"
    );
    let references = mails[0].header("References: ");
    assert!(references.ends_with("<1@lea> <2@lea>"), "{references}");

    // Priya puts it on hold with a question, which Lea is told although she wants no
    // mail about holds; her answer goes on with it.
    let hold = json!({"reason": "Which port is it?"});
    act(priya, "start", json!({})).await;
    act(priya, "hold", hold).await;
    pass(desk, 9).await;
    let mails = got();
    expect(&mails, &[("lea", &["Which port is it?"])]);
    let line = answer(desk, to(&mails, "lea"), 3, "The blue one.").await;
    assert_eq!(line["effect"], "resumed", "{line}");
    pass(desk, 12).await;
    expect(&got(), &[("priya", &["The blue one."])]);

    // Omar asks Priya where Lea and Max do not read; Priya asks for his help.
    let note = json!({"body": "@priya have you seen the switch?", "visibility": "internal"});
    act(&omar, "comments", note).await;
    act(priya, "escalate", json!({"reason": "No key to the room."})).await;
    pass(desk, 15).await;
    let mails = got();
    let seen: &[&str] = &["have you seen the switch?"];
    expect(
        &mails,
        &[("omar", &["[INC-000001] VPN drops"]), ("priya", seen)],
    );

    // Priya resolves it; Lea is not content, by mail, and it is resolved again.
    let resolve =
        |note: &str| json!({"resolution_code": "solved", "resolution_note": note.to_owned()});
    act(priya, "resolve", resolve("New firmware.")).await;
    pass(desk, 18).await;
    let mails = got();
    expect(&mails, &[("lea", &["New firmware."])]);
    assert!(!mails[0].text.contains("switch?"), "{}", mails[0].text);
    let line = answer(desk, to(&mails, "lea"), 4, "It drops again.").await;
    assert_eq!(line["effect"], "reopened", "{line}");
    pass(desk, 21).await;
    expect(&got(), &[("priya", &["It drops again."])]);
    act(priya, "resolve", resolve("New cable.")).await;
    pass(desk, 24).await;
    let mails = got();
    expect(&mails, &[("lea", &["New cable."])]);
    let references = mails[0].header("References: ");
    assert!(references.starts_with(&root), "still one thread");
    assert!(references.ends_with("<1@lea> <2@lea> <3@lea> <4@lea>"));

    // A day later Max has his digest, with every word that he may read.
    pass(desk, 26 * 60).await;
    let mails = got();
    let all: &[&str] = &[
        "The third words.",
        "Which port is it?",
        "The blue one.",
        "New firmware.",
        "It drops again.",
        "New cable.",
    ];
    expect(&mails, &[("max", all)]);
    for hidden in ["switch?", "No key"] {
        assert!(!mails[0].text.contains(hidden), "{}", mails[0].text);
    }
    pass(desk, 50 * 60).await;
    expect(&got(), &[]);
    proven(desk.t).await;
}

/// Everything ended, once for each receiver and channel, and nothing was told
/// inside the product without a line in the log, or that its reader did not want.
async fn proven(t: &TestApp) {
    assert_eq!(t.number(crate::notification_channels::WRONG).await, 0);
    let unwanted = "SELECT count(*) FROM deliveries WHERE state NOT IN ('sent', 'skipped')";
    assert_eq!(t.number(unwanted).await, 0, "{}", t.engine);
    let own = "SELECT count(*) FROM deliveries d JOIN events e ON e.id = d.event_id
        WHERE e.actor_id = d.user_id";
    assert_eq!(t.number(own).await, 0, "none to who acted: {}", t.engine);
}
