//! Files and texts of mail.

use super::{Desk, ended};
use serde_json::json;

const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[tokio::test]
async fn files_and_inline_pictures_are_kept_and_what_is_not_is_named() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let from = desk.address("lea");
        let raw = format!(
            "From: {from}\nSubject: files\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n\
             --m\nContent-Type: multipart/related; boundary=r\n\n\
             --r\nContent-Type: text/html; charset=utf-8\n\n<p>See <img src=\"cid:a\"> <b>there</b><script>alert(1)</script></p>\n\
             --r\nContent-Type: image/png; name=shot.png\nContent-ID: <a>\nContent-Transfer-Encoding: base64\n\n{PNG}\n--r--\n\
             --m\nContent-Type: text/plain; name=\"../../etc/passwd\"\nContent-Disposition: attachment; filename=\"../../etc/pass\u{202e}wd.txt\"\n\nroot\n\
             --m\nContent-Type: application/x-msdownload; name=run.exe\nContent-Transfer-Encoding: base64\n\nTVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAA\n--m--\n"
        );
        let line = desk.mail(raw.replace('\n', "\r\n").as_bytes()).await;
        assert_eq!(ended(&line).0, "ticket_created", "{line}");
        let files = desk
            .admin
            .get("/tickets/INC-1/attachments")
            .await
            .expect(200);
        let names: Vec<&str> = files["data"]
            .as_array()
            .expect("files")
            .iter()
            .filter_map(|f| f["file_name"].as_str())
            .collect();
        assert_eq!(names, ["shot.png", "passwd.txt"], "{}", t.engine);
        let refused = line["refused_files"].as_array().expect("a list");
        assert!(
            refused.len() == 1
                && refused[0]
                    .as_str()
                    .is_some_and(|r| r.starts_with("run.exe: ")),
            "{line}"
        );
        let ticket = desk.admin.get("/tickets/INC-1").await.expect(200);
        let text = ticket["description"].as_str().expect("a text");
        assert!(
            text.contains("there") && !text.contains("alert") && !text.contains("<p>"),
            "{text}"
        );
        // Files of an answer belong to its comment.
        let raw = format!(
            "From: {from}\nSubject: [INC-000001]\nContent-Type: image/png; name=second.png\nContent-Transfer-Encoding: base64\n\n{PNG}\n"
        );
        let line = desk.mail(raw.replace('\n', "\r\n").as_bytes()).await;
        assert_eq!(ended(&line).0, "comment_added", "{line}");
        let files = desk
            .admin
            .get("/tickets/INC-1/attachments")
            .await
            .expect(200);
        let last = files["data"]
            .as_array()
            .and_then(|f| f.last())
            .expect("a file");
        assert_eq!(
            (&last["file_name"], &last["comment_id"]),
            (&json!("second.png"), &line["comment_id"])
        );
        assert_eq!(
            t.rows("stray_files").await,
            0,
            "every stored file has its row: {}",
            t.engine
        );
    }
}

#[tokio::test]
async fn the_message_is_kept_as_it_came_and_can_be_looked_at() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let from = desk.address("lea");
        let mut raw = format!(
            "From: {from}\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nX-Odd: \x01\r\n\r\na\0b "
        )
        .into_bytes();
        raw.extend_from_slice(b"\xff\xfe\xff");
        let line = desk.mail(&raw).await;
        assert_eq!(
            (ended(&line).0, &line["subject"]),
            ("ticket_created", &json!("Grüße")),
            "{line}"
        );
        let id = line["id"].as_str().expect("an id");
        let reply = desk.admin.get(&format!("/inbound-mails/{id}/raw")).await;
        assert_eq!(reply.bytes.as_ref(), raw.as_slice(), "{}", t.engine);
        let detail = desk
            .admin
            .get(&format!("/inbound-mails/{id}"))
            .await
            .expect(200);
        assert!(
            detail["text"]
                .as_str()
                .is_some_and(|text| text.starts_with("a\u{fffd}b")),
            "{detail}"
        );
        assert_eq!(detail["headers"][0]["name"], "from");
        desk.lea
            .get(&format!("/inbound-mails/{id}"))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
    }
}

#[tokio::test]
async fn a_text_that_is_too_long_is_cut_and_kept_whole_as_a_file() {
    for t in &steward_testkit::apps().await {
        let desk = Desk::new(t).await;
        let long = "word ".repeat(20_000);
        let line = desk.write("lea", "Subject: long", &long).await;
        assert_eq!(ended(&line).0, "ticket_created", "{line}");
        let files = desk
            .admin
            .get("/tickets/INC-1/attachments")
            .await
            .expect(200);
        assert_eq!(files["data"][0]["file_name"], "message.txt", "{}", t.engine);
        let line = desk.write("lea", "Subject: [INC-000001]", "").await;
        assert_eq!(ended(&line).0, "comment_added", "a blank one: {line}");
    }
}
