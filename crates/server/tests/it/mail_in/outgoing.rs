//! What mail that goes out takes from mail that came in, and what comes back.

use super::{DESK, Desk, ended};
use crate::support::{mails, send, work};
use serde_json::json;
use steward_platform::clock;
use steward_signals::deliveries::send_due;

/// Tells what happened as if ten minutes had passed.
async fn tell(desk: &Desk<'_>) {
    work(desk.t).await;
    let later = clock::now()
        .checked_add(std::time::Duration::from_secs(600))
        .expect("later");
    send_due(&desk.t.app, later).await.expect("written");
    crate::deliveries::hurry(desk.t).await;
    work(desk.t).await;
    send_due(&desk.t.app, later).await.expect("settled");
}

/// Headers on one line each, and the text.
fn unfolded(mail: &str) -> String {
    mail.replace("\r\n ", " ")
}

#[tokio::test]
async fn an_answer_joins_the_conversation_that_mail_began_and_replies_come_back() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        desk.write("lea", "Subject: VPN\nMessage-ID: <1@lea>", "It drops.")
            .await;
        let said = json!({"body": "We look into it.", "visibility": "public"});
        desk.agent
            .post("/tickets/INC-1/comments", said)
            .await
            .expect(201);
        tell(&desk).await;
        let to = format!("To: {}", desk.address("lea"));
        let sent = mails(t)
            .into_iter()
            .find(|mail| mail.contains(&to) && mail.contains("We look into it."));
        let sent = unfolded(&sent.expect("a mail"));
        for part in [
            "Subject: [INC-000001] VPN\r\n",
            "From: \"Acme desk\" <steward@example.com>\r\n",
            "Reply-To: \"Acme desk\" <desk@acme.example>\r\n",
            "In-Reply-To: <1@lea>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "X-Auto-Response-Suppress: All\r\n",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        ] {
            assert!(sent.contains(part), "{part} in {sent}");
        }
        let references = sent
            .lines()
            .find_map(|line| line.strip_prefix("References: "))
            .expect("references");
        assert!(
            references.starts_with("<thread-") && references.ends_with("<1@lea>"),
            "{references}"
        );
        // What we sent is never taken for mail to us.
        let back = sent.replace("To: ", "X-Was-To: ");
        assert_eq!(
            ended(&desk.mail(back.as_bytes()).await),
            ("ignored", "loop"),
            "{}",
            t.engine
        );
        // A click in the mail program mutes the ticket, once and for this reader.
        let link = sent
            .lines()
            .find_map(|line| line.strip_prefix("List-Unsubscribe: <http://localhost"));
        let link = link.expect("a link").trim_end_matches('>');
        let page = send(t, "GET", link, &[], None).await;
        assert_eq!(
            (page.status.as_u16(), page.text().contains("<form")),
            (200, true)
        );
        assert_eq!(t.rows("ticket_mutes").await, 0, "looking changes nothing");
        for _ in 0..2 {
            let done = send(t, "POST", link, &[], None).await;
            assert_eq!(done.status.as_u16(), 200, "{}", done.text());
        }
        assert_eq!(t.rows("ticket_mutes").await, 1, "{}", t.engine);
        let forged = format!("{}x", &link[..link.len() - 1]);
        send(t, "POST", &forged, &[], None)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_mail_that_comes_back_is_failed_in_the_log_with_what_the_server_said() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        desk.assign_a_report().await;
        tell(&desk).await;
        let sent = desk.admin.get("/deliveries?state=sent").await.expect(200);
        let mail = sent["data"][0]["mail_id"]
            .as_str()
            .expect("a mail")
            .to_owned();
        let notice = |action: &str| {
            let raw = format!(
                "From: MAILER-DAEMON@mx.example.com\nReturn-Path: <>\nTo: {DESK}\nSubject: Undelivered\nMessage-ID: <{action}@mx>\n\
                 Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\nContent-Type: text/plain\n\nSorry.\n\
                 --x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; p@x.y\nAction: {action}\n\
                 Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n--x\nContent-Type: text/rfc822-headers\n\n\
                 Message-ID: <{mail}@example.com>\n--x--\n"
            );
            raw.replace('\n', "\r\n")
        };
        let line = desk.mail(notice("delayed").as_bytes()).await;
        assert_eq!(ended(&line), ("ignored", "bounce"), "{line}");
        let failed = desk.admin.get("/deliveries?state=failed").await.expect(200);
        assert_eq!(failed["data"], json!([]), "it is only late: {}", t.engine);
        let line = desk.mail(notice("failed").as_bytes()).await;
        assert_eq!(ended(&line), ("ignored", "bounce"), "{line}");
        let failed = desk.admin.get("/deliveries?state=failed").await.expect(200);
        assert_eq!(
            failed["data"][0]["note"], "smtp; 550 5.1.1 no such user",
            "{}",
            t.engine
        );
    }
}

#[tokio::test]
async fn a_notice_that_names_no_mail_is_understood_by_the_address_it_comes_to() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        desk.assign_a_report().await;
        tell(&desk).await;
        let sent = desk.admin.get("/deliveries?state=sent").await.expect(200);
        let mail = sent["data"][0]["mail_id"].as_str().expect("a mail");
        let back = DESK.replace('@', &format!("+{}@", mail.replace('-', "")));
        let raw = format!(
            "From: MAILER-DAEMON@mx.example.com\nReturn-Path: <>\nTo: <{back}>\nSubject: Undelivered\n\nNo such user.\n"
        );
        let raw = raw.replace('\n', "\r\n");
        // The mail server names the whole address, or none; there is another mailbox.
        let other = json!({"address": "other@acme.example", "takes_replies": false});
        desk.admin.post("/mailboxes", other).await.expect(201);
        let taken = steward_signals::mailboxes::receive;
        for address in [Some(back.as_str()), None] {
            let arrival = taken(&t.app, address, raw.as_bytes(), clock::now()).await;
            let steward_signals::mailboxes::Arrival::Stored(id) = arrival.expect("stored") else {
                unreachable!("{address:?} is not taken");
            };
            work(t).await;
            let line = desk.line(&id.to_string()).await;
            assert_eq!(ended(&line), ("ignored", "bounce"), "{line}");
            assert_eq!(line["mailbox_address"], DESK, "{}", t.engine);
        }
        let failed = desk.admin.get("/deliveries?state=failed").await.expect(200);
        assert_eq!(failed["data"][0]["note"], "No such user.", "{}", t.engine);
    }
}
