//! To which ticket a mail goes, and what it does there.

use super::{Desk, ended};
use crate::support::{join, mails, work};
use serde_json::{Value, json};
use steward_platform::clock;
use steward_signals::deliveries::send_due;

async fn act(desk: &Desk<'_>, verb: &str, body: Value) {
    let path = format!("/tickets/INC-1/{verb}");
    desk.agent.post(&path, body).await.expect(200);
}

#[tokio::test]
async fn a_reply_goes_to_the_ticket_of_what_it_answers_and_quotes_are_folded() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        desk.write("lea", "Subject: VPN\nMessage-ID: <1@lea>", "It drops.")
            .await;
        let reply = "Still.\n\nOn Mon, Priya wrote:\n> Did it help?\n\n";
        let line = desk
            .write("lea", "Subject: more\nIn-Reply-To: <1@lea>", reply)
            .await;
        assert_eq!(ended(&line).0, "comment_added", "{line}");
        assert_eq!(
            (&line["matched_by"], &line["ticket"]["number"]),
            (&json!("in_reply_to"), &json!("INC-000001"))
        );
        let line = desk
            .write(
                "lea",
                "Subject: x\nReferences: <0@z> <1@lea> <9@z>",
                "Again.\n-- \nLea Roux",
            )
            .await;
        assert_eq!(line["matched_by"], "references", "{}", t.engine);
        let comments = desk.comments("INC-1").await;
        let said: Vec<&str> = comments.iter().filter_map(|c| c["body"].as_str()).collect();
        assert_eq!(said, ["Still.", "Again."], "{}", t.engine);
        assert_eq!(
            comments[0]["quoted"],
            "On Mon, Priya wrote:\n> Did it help?"
        );
        assert_eq!(comments[1]["signature"], "-- \nLea Roux");
        assert_eq!(comments[0]["visibility"], "public");
        assert_eq!(t.rows("tickets").await, 1, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_reply_to_a_mail_of_ours_is_found_by_its_id_alone() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        desk.assign_a_report().await;
        work(t).await;
        let later = clock::now()
            .checked_add(std::time::Duration::from_secs(600))
            .expect("later");
        send_due(&t.app, later).await.expect("written");
        crate::deliveries::hurry(t).await;
        work(t).await;
        let sent = mails(t)
            .into_iter()
            .find(|mail| mail.contains("INC-000001"))
            .expect("a mail");
        let header = |name: &str| {
            let line = sent
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .expect("a header");
            line.trim().to_owned()
        };
        let id = header("Message-ID:");
        let line = desk
            .write(
                "priya",
                &format!("Subject: Re: something\nIn-Reply-To: {id}"),
                "On it.",
            )
            .await;
        assert_eq!(
            (ended(&line).0, &line["matched_by"]),
            ("comment_added", &json!("in_reply_to")),
            "{line}"
        );
        let root = header("References:");
        let root = root.split_whitespace().next().expect("an id");
        let line = desk
            .write("priya", &format!("Subject: x\nReferences: {root}"), "Done.")
            .await;
        assert_eq!(line["matched_by"], "references", "{line}");
        let answered = desk.admin.get("/tickets/INC-1").await.expect(200);
        assert!(
            !answered["first_response_at"].is_null(),
            "an agent's mail is the first response"
        );
    }
}

#[tokio::test]
async fn a_number_in_the_subject_counts_only_for_those_who_see_the_ticket() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        join(t, desk.organization, "max", "end_user").await;
        desk.write("lea", "Subject: VPN\nMessage-ID: <1@lea>", "It drops.")
            .await;
        let line = desk
            .write("lea", "Subject: Re: [INC-000001] VPN", "Still.")
            .await;
        assert_eq!(
            (ended(&line).0, &line["matched_by"]),
            ("comment_added", &json!("subject")),
            "{}",
            t.engine
        );
        for headers in [
            "Subject: [INC-000001] let me in",
            "Subject: x\nIn-Reply-To: <1@lea>",
        ] {
            let line = desk.write("max", headers, "Mine.").await;
            assert_eq!(
                ended(&line).0,
                "ticket_created",
                "{headers} on {}",
                t.engine
            );
            assert!(line["matched_by"].is_null());
        }
        assert_eq!(desk.comments("INC-1").await.len(), 1, "{}", t.engine);
    }
}

#[tokio::test]
async fn a_requesters_answer_moves_the_ticket_and_others_do_not() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        desk.write("lea", "Subject: VPN\nMessage-ID: <1@lea>", "It drops.")
            .await;
        let reply = "Subject: Re: [INC-000001] VPN";
        act(&desk, "start", json!({})).await;
        act(&desk, "hold", json!({"reason": "Waiting for Lea"})).await;
        let line = desk.write("priya", reply, "A note to Lea.").await;
        assert_eq!(
            (ended(&line).0, desk.status("INC-1").await.as_str()),
            ("comment_added", "on_hold")
        );
        let line = desk.write("lea", reply, "Here is the log.").await;
        assert_eq!(
            (&line["effect"], desk.status("INC-1").await.as_str()),
            (&json!("resumed"), "in_progress"),
            "{line}"
        );
        act(&desk, "resolve", json!({"resolution_note": "fixed"})).await;
        let line = desk.write("lea", reply, "It is not.").await;
        assert_eq!(
            (&line["effect"], desk.status("INC-1").await.as_str()),
            (&json!("reopened"), "in_progress"),
            "{line}"
        );
        act(&desk, "resolve", json!({"resolution_note": "fixed"})).await;
        act(&desk, "close", json!({})).await;
        let line = desk.write("lea", reply, "Once more.").await;
        assert_eq!(
            (ended(&line).0, &line["effect"]),
            ("ticket_created", &json!("follow_up")),
            "{line}"
        );
        assert_eq!(line["ticket"]["number"], "INC-000002");
        assert_eq!(desk.status("INC-1").await, "closed", "{}", t.engine);
        let links = desk.admin.get("/tickets/INC-2/links").await.expect(200);
        assert_eq!(
            (
                &links["data"][0]["kind"],
                &links["data"][0]["ticket"]["number"]
            ),
            (&json!("relates_to"), &json!("INC-000001")),
            "{}",
            t.engine
        );
        // What is merged away leads on.
        desk.lea.report("The same").await;
        desk.agent
            .post("/tickets/INC-3/merge", json!({"into": "INC-2"}))
            .await
            .expect(200);
        let line = desk
            .write("lea", "Subject: [INC-000003] and more", "More.")
            .await;
        assert_eq!(line["ticket"]["number"], "INC-000002", "{line}");
    }
}
