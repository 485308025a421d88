//! Looking after background work: who sees which jobs, what is shown of them,
//! trying again and dropping.

use crate::support::{Client, join, organization, send};
use serde_json::{Value, json};
use steward_kernel::id::OrganizationId;
use steward_platform::{clock, jobs};
use steward_testkit::TestApp;
use uuid::Uuid;

/// A dead job with an id and a secret in its payload.
async fn dead(t: &TestApp, organization: Option<OrganizationId>, kind: &'static str) -> String {
    let now = clock::now();
    let record = clock::new_id();
    let job = jobs::NewJob {
        organization_id: organization,
        kind,
        payload: json!({"mail_id": record, "email": "lea@example.com", "token": "hush-hush"}),
        run_at: now,
        dedupe_key: Some(record.to_string()),
    };
    let tx = t.app.db.write("test").await.expect("open");
    jobs::enqueue(&tx, job, now).await.expect("written");
    tx.commit().await.expect("kept");
    t.run(&format!(
        "UPDATE jobs SET state = 'dead', attempts = 10, last_error = 'the mail server is down'
         WHERE dedupe_key = '{record}'"
    ))
    .await;
    let column = if t.engine == "sqlite" {
        "lower(hex(id))"
    } else {
        "id::text"
    };
    let id = t
        .text(&format!(
            "SELECT {column} FROM jobs WHERE dedupe_key = '{record}'"
        ))
        .await;
    id.parse::<Uuid>().expect("an id").to_string()
}

async fn operator(t: &TestApp, organization: OrganizationId) -> Client<'_> {
    let person = join(t, organization, "olga", "end_user").await;
    t.run("UPDATE users SET is_operator = TRUE WHERE username = 'olga'")
        .await;
    person
}

fn ids(list: &Value) -> Vec<&str> {
    let rows = list["data"].as_array().expect("rows");
    rows.iter()
        .map(|row| row["id"].as_str().expect("an id"))
        .collect()
}

#[tokio::test]
async fn an_administrator_sees_own_jobs_and_an_operator_all_without_what_they_carry() {
    for t in &steward_testkit::apps().await {
        let (acme, other) = (
            organization(t, "Acme").await,
            organization(t, "Other").await,
        );
        let admin = join(t, acme, "ines", "admin").await;
        let agent = join(t, acme, "omar", "agent").await;
        let operator = operator(t, other).await;
        let own = dead(t, Some(acme), "mail.send").await;
        let foreign = dead(t, Some(other), "mail.send").await;
        let nobodys = dead(t, None, "upkeep.tidy").await;

        let list = admin.get("/jobs").await.expect(200);
        assert_eq!(ids(&list), [own.as_str()], "{}", t.engine);
        let job = &list["data"][0];
        assert_eq!(job["state"], "dead");
        assert_eq!(job["attempts"], 10);
        assert_eq!(job["last_error"], "the mail server is down");
        assert_eq!(job["references"][0]["name"], "mail_id");
        assert_eq!(job["references"].as_array().map(Vec::len), Some(1));
        let text = admin
            .get(&format!("/jobs/{own}"))
            .await
            .expect(200)
            .to_string();
        assert!(!text.contains("hush") && !text.contains("lea@"), "{text}");

        for id in [&foreign, &nobodys] {
            let path = format!("/jobs/{id}");
            admin
                .get(&path)
                .await
                .expect_code(404, "RESOURCE_NOT_FOUND");
            admin
                .delete(&path)
                .await
                .expect_code(404, "RESOURCE_NOT_FOUND");
            let retry = admin.post(&format!("{path}/retry"), json!({})).await;
            retry.expect_code(404, "RESOURCE_NOT_FOUND");
        }
        let of_other = format!("/jobs?organization_id={}", other.0);
        admin
            .get(&of_other)
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        agent
            .get("/jobs")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");

        assert_eq!(ids(&operator.get("/jobs").await.expect(200)).len(), 3);
        let list = operator.get(&of_other).await.expect(200);
        assert_eq!(ids(&list), [foreign.as_str()]);
        let list = operator.get("/jobs?kind=upkeep.tidy").await.expect(200);
        assert_eq!(ids(&list), [nobodys.as_str()]);
        assert_eq!(list["data"][0]["organization_id"], Value::Null);
    }
}

#[tokio::test]
async fn a_dead_job_is_tried_again_or_dropped_once() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let id = dead(t, Some(acme), "mail.send").await;
        let path = format!("/jobs/{id}");
        let job = admin
            .post(&format!("{path}/retry"), json!({}))
            .await
            .expect(200);
        assert_eq!(
            (&job["state"], &job["attempts"]),
            (&json!("ready"), &json!(0))
        );
        let again = admin.post(&format!("{path}/retry"), json!({})).await;
        again.expect_code(409, "RESOURCE_CONFLICT");
        admin
            .delete(&path)
            .await
            .expect_code(409, "RESOURCE_CONFLICT");
        let ready = admin
            .get("/jobs?state=ready&kind=mail.send")
            .await
            .expect(200);
        assert_eq!(ids(&ready), [id.as_str()], "{}", t.engine);

        let id = dead(t, Some(acme), "mail.send").await;
        admin.delete(&format!("/jobs/{id}")).await.expect(204);
        admin
            .get(&format!("/jobs/{id}"))
            .await
            .expect_code(404, "RESOURCE_NOT_FOUND");
        let told = "SELECT count(*) FROM events WHERE name IN ('job.retried', 'job.discarded')";
        assert_eq!(t.number(told).await, 2, "both are on record");
    }
}

#[tokio::test]
async fn all_dead_jobs_of_a_kind_are_tried_again_at_once_within_the_organization() {
    for t in &steward_testkit::apps().await {
        let (acme, other) = (
            organization(t, "Acme").await,
            organization(t, "Other").await,
        );
        let admin = join(t, acme, "ines", "admin").await;
        for (organization, kind) in [(acme, "a.x"), (acme, "a.x"), (acme, "b.y"), (other, "a.x")] {
            dead(t, Some(organization), kind).await;
        }
        let counts = admin.get("/jobs/counts").await.expect(200);
        let of = |kind: &str| {
            let rows = counts["data"].as_array().expect("rows");
            let row = rows
                .iter()
                .find(|r| r["kind"] == kind && r["state"] == "dead");
            row.map_or(0, |r| r["count"].as_i64().expect("a number"))
        };
        assert_eq!((of("a.x"), of("b.y")), (2, 1), "{}", t.engine);
        assert_eq!(counts["is_capped"], false);
        let done = admin
            .post("/jobs/retry", json!({"kind": "a.x"}))
            .await
            .expect(200);
        assert_eq!(done["retried"], 2);
        let done = admin.post("/jobs/retry", json!({})).await.expect(200);
        assert_eq!(done["retried"], 1);
        let left = t
            .number("SELECT count(*) FROM jobs WHERE state = 'dead'")
            .await;
        assert_eq!(left, 1, "the other organization's");
    }
}

#[tokio::test]
async fn pages_follow_each_other_and_bad_input_is_refused() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let mut made = Vec::new();
        for _ in 0..5 {
            made.push(dead(t, Some(acme), "a.x").await);
        }
        made.reverse();
        let mut seen: Vec<String> = Vec::new();
        let mut path = "/jobs?per_page=2".to_owned();
        loop {
            let list = admin.get(&path).await.expect(200);
            seen.extend(ids(&list).into_iter().map(str::to_owned));
            match list["next_cursor"].as_str() {
                Some(cursor) => path = format!("/jobs?per_page=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, made, "newest first on {}", t.engine);
        for (query, status) in [
            ("per_page=0", 422),
            ("per_page=101", 422),
            ("kind=", 422),
            ("state=gone", 400),
            ("cursor=abc", 422),
            ("colour=red", 400),
            ("organization_id=x", 400),
        ] {
            let reply = admin.get(&format!("/jobs?{query}")).await;
            assert_eq!(reply.status.as_u16(), status, "{query}: {}", reply.body);
        }
        let long = json!({"kind": "x".repeat(101)});
        admin
            .post("/jobs/retry", long)
            .await
            .expect_code(422, "VALIDATION_ERROR");
        send(t, "GET", "/api/v1/jobs", &[], None).await.expect(401);
    }
}
