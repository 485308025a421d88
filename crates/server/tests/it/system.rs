//! How the deployment is.

use crate::support::{join, organization};
use serde_json::Value;

fn check<'a>(health: &'a Value, subject: &str) -> &'a Value {
    let checks = health["checks"].as_array().expect("checks");
    checks
        .iter()
        .find(|c| c["subject"] == subject)
        .expect(subject)
}

#[tokio::test]
async fn administrators_see_numbers_and_operators_also_what_to_do() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        let agent = join(t, acme, "omar", "agent").await;
        agent
            .get("/system/health")
            .await
            .expect_code(403, "INSUFFICIENT_PERMISSIONS");
        let health = admin.get("/system/health").await.expect(200);
        assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(health["database"]["engine"], t.engine);
        assert!(health["database"]["size_bytes"].as_u64().expect("a number") > 10_000);
        assert_eq!(health["database"]["migrations_pending"], 0);
        assert!(health["database"]["migrations_applied"].as_u64() > Some(10));
        assert_eq!(health["mail"]["transport"], "files");
        assert_eq!(health["files"]["is_reachable"], true);
        assert!(health["disk"]["free_bytes"].as_u64() > Some(0));
        assert!(
            health["jobs"]["ready"].as_i64() > Some(0),
            "accounts make events"
        );
        assert_eq!(check(&health, "mail")["verdict"], "warn");
        assert_eq!(check(&health, "migrations")["verdict"], "ok");
        assert_eq!(check(&health, "mail")["text"], Value::Null);
        let dir = t.app.config.data_dir.display().to_string();
        assert!(!health.to_string().contains(&dir));

        t.run("UPDATE users SET is_operator = TRUE WHERE username = 'omar'")
            .await;
        let health = agent.get("/system/health").await.expect(200);
        let text = health.to_string();
        let advice = check(&health, "mail")["text"].as_str().expect("a text");
        assert!(advice.contains("STEWARD_SMTP_URL"));
        assert!(!text.contains(&t.app.config.secret_key));
        assert!(!text.contains("postgres://"), "{text}");
    }
}

#[tokio::test]
async fn late_and_dead_work_is_pointed_out() {
    for t in &steward_testkit::apps().await {
        let acme = organization(t, "Acme").await;
        let admin = join(t, acme, "ines", "admin").await;
        crate::support::work(t).await;
        let health = admin.get("/system/health").await.expect(200);
        assert_eq!(check(&health, "jobs")["verdict"], "ok", "{health}");
        join(t, acme, "lea", "end_user").await;
        t.run("UPDATE jobs SET state = 'dead'").await;
        let health = admin.get("/system/health").await.expect(200);
        assert!(health["jobs"]["dead"].as_i64() > Some(0));
        assert_eq!(check(&health, "jobs")["verdict"], "warn", "{}", t.engine);
        let long_ago = match t.engine {
            "sqlite" => "datetime('now', '-1 hour')",
            _ => "now() - interval '1 hour'",
        };
        t.run(&format!(
            "UPDATE jobs SET state = 'ready', run_at = {long_ago}"
        ))
        .await;
        let health = admin.get("/system/health").await.expect(200);
        assert_eq!(check(&health, "jobs")["verdict"], "warn");
        assert!(health["jobs"]["oldest_due_at"].is_string(), "{health}");
        assert_eq!(health["jobs"]["due"], health["jobs"]["ready"]);
    }
}
