//! Signatures, checked by the reference library of the specification.

use super::receiver::{Got, Receiver, Say};
use super::{apps, once, setting, story};
use crate::verifier::verified;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// A program that is killed when the test is over.
struct Program(std::process::Child);

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Runs the receiver of the guide and returns its port and what it writes; none
/// where the reference library cannot be had.
fn example(secret: &str) -> Option<(Program, String, impl Iterator<Item = String>)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let child = Command::new(format!("{root}/scripts/webhook-verify.sh"))
        .args(["docs/examples/webhook_receiver.py", "0"])
        .env("SECRET", secret)
        .stdout(Stdio::piped())
        .spawn();
    let mut program = Program(child.expect("the script starts"));
    let out = program.0.stdout.take().expect("a pipe");
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let Some(first) = lines.next() else {
        let status = program.0.wait().expect("done");
        assert_eq!(status.code(), Some(77), "the example failed");
        println!("SKIPPED: the reference library cannot be installed here");
        return None;
    };
    let port = first
        .strip_prefix("listening on ")
        .expect("a port")
        .to_owned();
    Some((program, port, lines))
}

fn changed(got: &Got, name: &'static str, value: &str) -> Got {
    let mut got = got.clone();
    got.headers.insert(name, value.parse().expect("a header"));
    got
}

#[tokio::test]
async fn the_reference_library_accepts_what_is_sent_and_nothing_else() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["ticket.*"]).await;
        s.admin.report("Grüße, \"quoted\" \u{1f600}").await;
        once(t, 0).await;
        let rotate = format!("{}/rotate-secret", s.path);
        let rotated = s.admin.post(&rotate, json!({})).await.expect(200);
        let new = rotated["secret"].as_str().expect("a secret");
        assert_ne!(new, s.secret);
        s.admin.report("in the overlap").await;
        once(t, 0).await;
        let ended = s
            .admin
            .post(&rotate, json!({"overlap_hours": 0}))
            .await
            .expect(200);
        let newest = ended["secret"].as_str().expect("a secret");
        s.admin.report("after it").await;
        once(t, 0).await;
        let got = receiver.got();
        assert_eq!(got.len(), 3);
        let other_body = Got {
            body: got[0].body.replace("VPN", "vpn").replace("Gr", "gr"),
            ..got[0].clone()
        };
        let count = |got: &Got| got.header("webhook-signature").split(' ').count();
        assert_eq!((count(&got[0]), count(&got[1]), count(&got[2])), (1, 2, 1));
        let lines = [
            got[0].line(&s.secret),
            got[1].line(&s.secret),
            got[1].line(new),
            got[2].line(newest),
            // What must not be accepted.
            got[0].line(new),
            got[2].line(new),
            got[2].line(&s.secret),
            other_body.line(&s.secret),
            changed(&got[0], "webhook-id", "another").line(&s.secret),
            changed(&got[0], "webhook-timestamp", "1600000000").line(&s.secret),
        ];
        let Some(verdicts) = verified("webhook-verify.sh", &lines) else {
            return;
        };
        let expected = [
            true, true, true, true, false, false, false, false, false, false,
        ];
        let found: Vec<bool> = verdicts.iter().map(|verdict| verdict == "ok").collect();
        assert_eq!(found, expected, "{verdicts:?} on {}", t.engine);
    }
}

#[tokio::test]
async fn three_secrets_sign_at_most() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["ticket.*"]).await;
        let rotate = format!("{}/rotate-secret", s.path);
        let too_long = s.admin.post(&rotate, json!({"overlap_hours": 169})).await;
        assert_eq!(too_long.expect(422)["errors"][0]["field"], "overlap_hours");
        for _ in 0..2 {
            s.admin
                .post(&rotate, json!({"overlap_hours": 1}))
                .await
                .expect(200);
        }
        s.admin
            .post(&rotate, json!({}))
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let shown = s.admin.get(&s.path).await.expect(200);
        let secrets = shown["secrets"].as_array().expect("secrets");
        assert_eq!(secrets.len(), 3);
        assert!(secrets[0]["expires_at"].is_null() && secrets[1]["expires_at"].is_string());
        s.admin
            .post(&rotate, json!({"overlap_hours": 0}))
            .await
            .expect(200);
        assert_eq!(
            t.rows("webhook_secrets").await,
            1,
            "the others are gone: {}",
            t.engine
        );
    }
}

#[tokio::test]
async fn the_receiver_of_the_guide_takes_what_is_sent_once_and_refuses_a_wrong_secret() {
    for t in &apps().await {
        let receiver = Receiver::start(Say::Status(200)).await;
        let s = setting(t, &receiver, &["ticket.*"]).await;
        let Some((_program, port, mut lines)) = example(&s.secret) else {
            return;
        };
        let url = json!({"url": format!("http://127.0.0.1:{port}/")});
        s.admin.patch(&s.path, "*", url).await.expect(200);
        s.admin.report("VPN drops").await;
        once(t, 0).await;
        assert_eq!(story(&s.admin, &s.path).await, ["ticket.created sent -"]);
        assert_eq!(lines.next().as_deref(), Some("ticket.created INC-000001"));
        // The same message again is no news.
        let id = super::deliveries(&s.admin, &s.path).await[0]["id"].clone();
        let again = format!(
            "{}/deliveries/{}/replay",
            s.path,
            id.as_str().expect("an id")
        );
        s.admin.post(&again, json!({})).await.expect(200);
        once(t, 0).await;
        s.admin.report("another").await;
        once(t, 0).await;
        assert_eq!(lines.next().as_deref(), Some("ticket.created INC-000002"));
        let rotate = format!("{}/rotate-secret", s.path);
        s.admin
            .post(&rotate, json!({"overlap_hours": 0}))
            .await
            .expect(200);
        s.admin.report("not for this secret").await;
        once(t, 0).await;
        let last = super::deliveries(&s.admin, &s.path)
            .await
            .pop()
            .expect("a delivery");
        assert_eq!(
            (&last["state"], &last["last_status"]),
            (&json!("waiting"), &json!(401)),
            "{}",
            t.engine
        );
    }
}
