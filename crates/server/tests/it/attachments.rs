//! Files on tickets: who sees them, what is taken, how they are served.

use crate::support::{Client, Reply, dispatch, join, organization, send};
use axum::body::{Body, Bytes};
use axum::http::Request;
use serde_json::{Value, json};
use std::sync::Arc;
use steward_db::{Executor, FromQueryResult, values};
use steward_kernel::Instant;
use steward_platform::clock;
use steward_testkit::TestApp;
use uuid::Uuid;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";

/// A form of files (name, bytes) and other fields (name, text).
fn form(files: &[(&str, &[u8])], fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, text) in fields {
        let head =
            format!("--b0und\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: image/svg+xml\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b0und--\r\n");
    body
}

async fn post(who: &Client<'_>, key: &str, body: Body) -> Reply {
    let request = Request::builder()
        .method("POST")
        .uri(format!("/api/v1/tickets/{key}/attachments"))
        .header("authorization", &who.bearer)
        .header("content-type", "multipart/form-data; boundary=b0und")
        .body(body)
        .expect("a request");
    dispatch(who.t, request).await
}

async fn attach(who: &Client<'_>, key: &str, files: &[(&str, &[u8])]) -> Reply {
    post(who, key, form(files, &[]).into()).await
}

async fn fetch(who: &Client<'_>, id: &str, headers: &[(&str, &str)]) -> Reply {
    let mut all = vec![("authorization", who.bearer.as_str())];
    all.extend_from_slice(headers);
    send(
        who.t,
        "GET",
        &format!("/api/v1/attachments/{id}/download"),
        &all,
        None,
    )
    .await
}

fn ids(list: &Value) -> Vec<String> {
    let data = list["data"].as_array().expect("attachments");
    data.iter()
        .map(|a| a["id"].as_str().expect("an id").to_owned())
        .collect()
}

/// Files that lie in the store's folder.
fn kept(t: &TestApp) -> usize {
    fn count(dir: &std::path::Path) -> usize {
        std::fs::read_dir(dir).map_or(0, |entries| {
            entries
                .map(|e| e.expect("an entry").path())
                .map(|p| if p.is_dir() { count(&p) } else { 1 })
                .sum()
        })
    }
    count(&t.app.config.data_dir.join("files"))
}

#[tokio::test]
async fn a_requester_attaches_a_picture_and_a_text_and_the_agent_reads_them() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let long = "line of the log\n".repeat(200_000);
        let files: [(&str, &[u8]); 2] = [("C:\\tmp\\größe.png", PNG), ("vpn.log", long.as_bytes())];
        let reply = attach(&user, "INC-000001", &files).await;
        assert!(
            reply.headers["location"]
                .to_str()
                .expect("text")
                .ends_with("/attachments")
        );
        let made = reply.expect(201);
        let [picture, log] = [&made["data"][0], &made["data"][1]];
        assert_eq!(
            (
                picture["file_name"].as_str(),
                picture["content_type"].as_str(),
                &picture["is_picture"]
            ),
            (Some("größe.png"), Some("image/png"), &json!(true))
        );
        assert_eq!(
            (log["content_type"].as_str(), log["size_bytes"].as_u64()),
            (Some("text/plain"), Some(3_200_000)),
            "a form may be larger than a JSON body"
        );
        assert_eq!(picture["uploader"]["id"].as_str(), Some(user.id.as_str()));
        assert_eq!(picture["allowed_actions"][0]["allowed"], true);

        let list = agent
            .get("/tickets/INC-000001/attachments")
            .await
            .expect(200);
        assert_eq!(ids(&list), ids(&made));
        assert_eq!(list["data"][0]["allowed_actions"][0]["allowed"], false);
        let reply = fetch(&agent, &ids(&list)[0], &[]).await;
        assert_eq!((reply.status.as_u16(), &reply.bytes[..]), (200, PNG));
        let header = |name: &str| reply.headers[name].to_str().expect("text").to_owned();
        assert_eq!(
            header("content-disposition"),
            "attachment; filename=\"gr__e.png\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.png"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(
            header("content-security-policy"),
            "default-src 'none'; sandbox"
        );
        assert_eq!(header("content-length"), PNG.len().to_string());
        assert_eq!(fetch(&agent, &ids(&list)[1], &[]).await.bytes, long);
        user.post("/incidents", json!({"title": "x", "description": long}))
            .await
            .expect_code(413, "ATTACHMENT_TOO_LARGE");

        let timeline = agent.get("/tickets/INC-000001/timeline").await.expect(200);
        let names: Vec<&str> = timeline["data"]
            .as_array()
            .expect("items")
            .iter()
            .filter(|i| i["field"] == "attachment")
            .filter_map(|i| i["new"].as_str())
            .collect();
        assert_eq!(names, ["größe.png", "vpn.log"], "{}", t.engine);
        assert_eq!(
            agent.get("/tickets/INC-000001").await.expect(200)["version"],
            2
        );
    }
}

#[tokio::test]
async fn a_file_is_cached_by_its_content_and_read_in_parts() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let made = attach(&user, "INC-000001", &[("a.txt", b"0123456789")])
            .await
            .expect(201);
        let id = &ids(&made)[0];
        let whole = fetch(&user, id, &[]).await;
        let etag = whole.headers["etag"].to_str().expect("text").to_owned();
        assert_eq!(whole.headers["content-type"], "text/plain; charset=utf-8");
        let known = fetch(&user, id, &[("if-none-match", &etag)]).await;
        assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));
        let part = fetch(&user, id, &[("range", "bytes=2-4")]).await;
        assert_eq!((part.status.as_u16(), &part.bytes[..]), (206, &b"234"[..]));
        assert_eq!(part.headers["content-range"], "bytes 2-4/10");
        let changed = [("range", "bytes=2-4"), ("if-range", "\"other\"")];
        assert_eq!(fetch(&user, id, &changed).await.status, 200);
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_while_it_arrives_and_leaves_nothing() {
    for t in &mut steward_testkit::apps().await {
        let mut config = (*t.app.config).clone();
        config.files.max_attachment_bytes = 100_000;
        t.app.config = Arc::new(config);
        let t = &*t;
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let fits = vec![b'x'; 100_000];
        attach(&user, "INC-000001", &[("fits.txt", &fits)])
            .await
            .expect(201);

        let head = b"--b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"big.txt\"\r\n\r\n";
        let sent = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counter = sent.clone();
        let endless = (0..10_000_usize).map(move |n| {
            counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let piece = if n == 0 {
                head.to_vec()
            } else {
                vec![b'x'; 50_000]
            };
            Ok::<_, std::io::Error>(Bytes::from(piece))
        });
        let endless = Body::from_stream(futures::stream::iter(endless));
        let problem = post(&user, "INC-000001", endless)
            .await
            .expect_code(413, "ATTACHMENT_TOO_LARGE");
        assert!(problem["detail"].as_str().expect("text").contains("100000"));
        let read = sent.load(std::sync::atomic::Ordering::Relaxed);
        assert!(read < 20, "{read} pieces were read of a form of 500 MB");
        assert_eq!(kept(t), 1);
        let list = user
            .get("/tickets/INC-000001/attachments")
            .await
            .expect(200);
        assert_eq!(ids(&list).len(), 1);
    }
}

#[tokio::test]
async fn only_what_is_on_the_list_is_taken_whatever_it_is_called() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let late = [&[b'x'; 20_000][..], b"\0\x01"].concat();
        let odd: [(&str, &[u8]); 4] = [
            ("holiday.png", b"MZ\x90\0\x03\0\0\0\x04\0\0\0"),
            ("tool.txt", b"\0asm\x01\0\0\0"),
            ("latin.txt", b"Gr\xfc\xdfe"),
            ("late.log", &late),
        ];
        for (name, bytes) in odd {
            let both: [(&str, &[u8]); 2] = [("good.png", PNG), (name, bytes)];
            let problem = attach(&user, "INC-000001", &both)
                .await
                .expect_code(415, "INVALID_FILE_TYPE");
            assert!(
                problem["detail"].as_str().expect("text").contains(name),
                "{problem}"
            );
        }
        assert_eq!(kept(t), 0, "all files of a form or none");
        let list = user
            .get("/tickets/INC-000001/attachments")
            .await
            .expect(200);
        assert_eq!(ids(&list).len(), 0);

        let page = b"<html><script>alert(document.cookie)</script></html>";
        let made = attach(
            &user,
            "INC-000001",
            &[("page.html", page), ("a.svg", b"<svg onload='x()'/>")],
        )
        .await
        .expect(201);
        for id in ids(&made) {
            let reply = fetch(&user, &id, &[]).await;
            assert_eq!(reply.headers["content-type"], "text/plain; charset=utf-8");
            let disposition = reply.headers["content-disposition"].to_str().expect("text");
            assert!(disposition.starts_with("attachment;"));
        }
    }
}

#[tokio::test]
async fn forms_that_make_no_sense_say_why() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        let other = join(t, org, "omar", "end_user").await;
        user.report("VPN drops").await;
        let refused = |reply: Reply| {
            let problem = reply.expect_code(422, "VALIDATION_ERROR");
            let error = &problem["errors"][0];
            format!("{} {}", error["field"], error["code"]).replace('"', "")
        };
        assert_eq!(
            refused(attach(&user, "INC-000001", &[]).await),
            "file required"
        );
        assert_eq!(
            refused(attach(&user, "INC-000001", &[("a.txt", b"")]).await),
            "file empty"
        );
        let many = [("a.txt", &b"x"[..]); 11];
        assert_eq!(
            refused(attach(&user, "INC-000001", &many).await),
            "file too_many"
        );
        let with =
            |name: &'static str, value: &'static str| form(&[("a.txt", b"x")], &[(name, value)]);
        let colour = post(&user, "INC-000001", with("colour", "red").into()).await;
        assert_eq!(refused(colour), "colour unknown_field");
        let odd = post(&user, "INC-000001", with("comment_id", "first").into()).await;
        assert_eq!(refused(odd), "comment_id invalid");
        let id = "00000000-0000-7000-8000-000000000000";
        let unknown = post(&user, "INC-000001", with("comment_id", id).into()).await;
        assert_eq!(refused(unknown), "comment_id unknown_value");
        user.post("/tickets/INC-000001/attachments", json!({}))
            .await
            .expect_code(415, "INVALID_FILE_TYPE");
        let mut cut = form(&[("a.txt", b"x")], &[]);
        cut.truncate(cut.len() - 12);
        post(&user, "INC-000001", cut.into())
            .await
            .expect_code(400, "MALFORMED_REQUEST");
        attach(&other, "INC-000001", &[("a.txt", b"x")])
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(kept(t), 0);
        user.post("/tickets/INC-000001/cancel", json!({"reason": "x"}))
            .await
            .expect(200);
        attach(&user, "INC-000001", &[("a.txt", b"x")])
            .await
            .expect(201);
    }
}

#[tokio::test]
async fn a_file_of_an_internal_comment_does_not_exist_for_requesters() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let note = json!({"body": "see the file", "visibility": "internal"});
        agent
            .post("/tickets/INC-000001/comments", note)
            .await
            .expect(201);
        let timeline = agent.get("/tickets/INC-000001/timeline").await.expect(200);
        let comment = timeline["data"]
            .as_array()
            .expect("items")
            .iter()
            .find(|i| i["type"] == "comment")
            .and_then(|i| i["id"].as_str())
            .expect("a comment")
            .to_owned();
        // The comment is named after the file: the order of fields does not matter.
        let tail = form(&[], &[("comment_id", &comment)]);
        let mut body = form(&[("secret-salary.txt", b"secret")], &[]);
        body.truncate(body.len() - "--b0und--\r\n".len());
        body.extend_from_slice(&tail);
        let made = post(&agent, "INC-000001", body.into()).await.expect(201);
        assert_eq!(made["data"][0]["is_internal"], true);
        assert_eq!(
            made["data"][0]["comment_id"].as_str(),
            Some(comment.as_str())
        );
        let id = &ids(&made)[0];

        let list = user
            .get("/tickets/INC-000001/attachments")
            .await
            .expect(200);
        assert_eq!(list, json!({"data": []}));
        let timeline = user.get("/tickets/INC-000001/timeline").await.expect(200);
        assert!(!timeline.to_string().contains("secret"), "{timeline}");
        user.get(&format!("/attachments/{id}"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        fetch(&user, id, &[])
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        user.delete(&format!("/attachments/{id}"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let with = form(&[("a.txt", b"x")], &[("comment_id", &comment)]);
        post(&user, "INC-000001", with.into())
            .await
            .expect_code(422, "VALIDATION_ERROR");
        let timeline = agent.get("/tickets/INC-000001/timeline").await.expect(200);
        assert!(timeline.to_string().contains("secret-salary.txt"));
        assert_eq!(fetch(&agent, id, &[]).await.bytes, "secret");
    }
}

#[tokio::test]
async fn walls_of_tenants_and_roles_hold_for_attachments() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let other = organization(t, "Other").await;
        let owner = join(t, acme, "lea", "end_user").await;
        owner.report("plan").await;
        let made = attach(&owner, "INC-000001", &[("secret.txt", b"secret")])
            .await
            .expect(201);
        let id = &ids(&made)[0];
        let ticket = made["data"][0]["ticket_id"].as_str().expect("an id");
        for stranger in [
            join(t, other, "root", "admin").await,
            join(t, acme, "mallory", "end_user").await,
        ] {
            let roads = [
                stranger
                    .get(&format!("/tickets/{ticket}/attachments"))
                    .await,
                stranger.get(&format!("/attachments/{id}")).await,
                fetch(&stranger, id, &[]).await,
                stranger.delete(&format!("/attachments/{id}")).await,
                attach(&stranger, ticket, &[("a.txt", b"x")]).await,
            ];
            for reply in roads {
                assert!(!reply.body.to_string().contains("secret"));
                reply.expect_code(404, "RESOURCE_NOT_FOUND");
            }
        }
        let auditor = join(t, acme, "marta", "auditor").await;
        assert_eq!(fetch(&auditor, id, &[]).await.bytes, "secret");
        attach(&auditor, ticket, &[("a.txt", b"x")])
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        auditor
            .delete(&format!("/attachments/{id}"))
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        assert_eq!(kept(t), 1);
    }
}

#[tokio::test]
async fn the_uploader_and_a_manager_remove_files_and_the_timeline_remembers() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        let manager = join(t, org, "tomas", "manager").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        let two: [(&str, &[u8]); 2] = [("a.txt", b"a"), ("b.txt", b"b")];
        let made = ids(&attach(&user, "INC-000001", &two).await.expect(201));
        let path = format!("/attachments/{}", made[0]);
        agent
            .delete(&path)
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        assert_eq!(user.delete(&path).await.status, 204);
        user.delete(&path)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        fetch(&agent, &made[0], &[])
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        assert_eq!(kept(t), 1, "the file is gone with its row");
        assert_eq!(
            manager
                .delete(&format!("/attachments/{}", made[1]))
                .await
                .status,
            204
        );
        assert_eq!(kept(t), 0);
        let timeline = user.get("/tickets/INC-000001/timeline").await.expect(200);
        let items = timeline["data"].as_array().expect("items");
        let gone: Vec<&str> = items
            .iter()
            .filter(|i| i["field"] == "attachment" && i["new"].is_null())
            .filter_map(|i| i["old"].as_str())
            .collect();
        assert_eq!(gone, ["a.txt", "b.txt"]);
    }
}

#[tokio::test]
async fn files_follow_a_merge_and_come_back_with_its_undoing() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let agent = join(t, org, "priya", "agent").await;
        for (number, name) in [
            ("INC-000001", "one.txt"),
            ("INC-000002", "two.txt"),
            ("INC-000003", "three.txt"),
        ] {
            agent.report(name).await;
            attach(&agent, number, &[(name, b"x")]).await.expect(201);
        }
        let names = |number: &'static str| {
            let agent = agent.clone();
            async move {
                let list = agent
                    .get(&format!("/tickets/{number}/attachments"))
                    .await
                    .expect(200);
                let data = list["data"].as_array().expect("attachments").clone();
                data.iter()
                    .filter_map(|a| a["file_name"].as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            }
        };
        let merge = |from: &'static str, into: &'static str| {
            let agent = agent.clone();
            async move {
                let path = format!("/tickets/{from}/merge");
                agent.post(&path, json!({"into": into})).await.expect(200);
            }
        };
        merge("INC-000001", "INC-000002").await;
        merge("INC-000002", "INC-000003").await;
        assert_eq!(
            names("INC-000003").await,
            "one.txt two.txt three.txt",
            "{}",
            t.engine
        );
        assert_eq!(names("INC-000001").await, "");
        agent
            .post("/tickets/INC-000002/unmerge", json!({}))
            .await
            .expect(200);
        assert_eq!(names("INC-000003").await, "three.txt");
        assert_eq!(names("INC-000002").await, "one.txt two.txt");
        agent
            .post("/tickets/INC-000001/unmerge", json!({}))
            .await
            .expect(200);
        assert_eq!(names("INC-000001").await, "one.txt");
        assert_eq!(names("INC-000002").await, "two.txt");
    }
}

#[tokio::test]
async fn files_of_uploads_that_died_are_swept_after_a_day_and_no_others() {
    for t in &steward_testkit::apps().await {
        let org = organization(t, "Acme").await;
        let user = join(t, org, "lea", "end_user").await;
        user.report("VPN drops").await;
        attach(&user, "INC-000001", &[("good.txt", b"good")])
            .await
            .expect(201);
        // The caller goes away while the file is on its way.
        let mut start = form(&[("dead.txt", &vec![b'x'; 600_000])], &[]);
        start.truncate(start.len() - 20);
        let hanging = futures::StreamExt::chain(
            futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from(start))]),
            futures::stream::pending(),
        );
        let upload = post(&user, "INC-000001", Body::from_stream(hanging));
        let announced = async {
            let mut strays = strays(t).await;
            while strays.is_empty() {
                tokio::task::yield_now().await;
                strays = self::strays(t).await;
            }
            strays
        };
        let dead = tokio::select! {
            _ = upload => unreachable!("the form never ends"),
            strays = announced => strays[0],
        };
        // Or it died when the file was complete and its row was not written yet.
        let mut writer = t.app.files.writer(dead, 100);
        writer.write(b"dead").await.expect("written");
        writer.finish().await.expect("kept");
        let later = |hours: i64| {
            let now: Instant = clock::now();
            now.checked_add(jiff::SignedDuration::from_hours(hours))
                .expect("a time")
        };
        sweep(t, later(1)).await;
        assert!(
            t.app.files.read(dead, None).await.is_ok(),
            "it may be on its way"
        );
        sweep(t, later(25)).await;
        assert!(t.app.files.read(dead, None).await.is_err(), "{}", t.engine);
        assert_eq!((kept(t), strays(t).await.len()), (1, 0));
        let list = user
            .get("/tickets/INC-000001/attachments")
            .await
            .expect(200);
        assert_eq!(fetch(&user, &ids(&list)[0], &[]).await.bytes, "good");
    }
}

#[derive(Debug, FromQueryResult)]
struct Stray {
    id: Uuid,
}

async fn strays(t: &TestApp) -> Vec<Uuid> {
    let rows: Vec<Stray> = t
        .app
        .db
        .all("SELECT id FROM stray_files", values![])
        .await
        .expect("read");
    rows.into_iter().map(|row| row.id).collect()
}

async fn sweep(t: &TestApp, now: Instant) {
    steward_desk::attachments::sweep(&t.app, now)
        .await
        .expect("swept");
}
