//! The doctor finds what is wrong and says what to do.

use crate::support::organization;
use steward_platform::config::Config;
use steward_server::commands::doctor::{self, Finding, Verdict};

async fn examine(config: &Config) -> Vec<Finding> {
    doctor::run(Ok(config.clone())).await
}

fn of<'a>(findings: &'a [Finding], subject: &str) -> &'a Finding {
    let mut found = findings.iter().filter(|f| f.subject == subject);
    found.next().expect(subject)
}

#[tokio::test]
async fn a_deployment_in_order_has_no_failure() {
    for t in &steward_testkit::apps().await {
        organization(t, "Acme").await;
        let findings = examine(&t.app.config).await;
        for subject in [
            "configuration",
            "storage",
            "database",
            "clock",
            "migrations",
            "time zones",
        ] {
            let found = of(&findings, subject);
            assert_eq!(found.verdict, Verdict::Ok, "{found}");
        }
    }
}

#[tokio::test]
async fn an_empty_database_is_pointed_out() {
    for place in &steward_testkit::places().await {
        let findings = examine(&place.config).await;
        let subject = match place.engine {
            "sqlite" => "database",
            _ => "migrations",
        };
        let found = of(&findings, subject);
        assert_eq!(found.verdict, Verdict::Warn, "{found}");
        let path = place.config.data_dir.join("steward.db");
        assert!(!path.exists(), "looking makes nothing");
    }
}

#[tokio::test]
async fn an_unreachable_database_and_a_lost_folder_are_failures() {
    for t in &steward_testkit::apps().await {
        let mut config = t.app.config.as_ref().clone();
        config.database_url = "postgres://nobody@127.0.0.1:1/none".to_owned();
        config.data_dir = "/nonexistent".into();
        let findings = examine(&config).await;
        let database = of(&findings, "database");
        assert_eq!(database.verdict, Verdict::Fail);
        assert!(database.text.contains("STEWARD_DATABASE_URL"), "{database}");
        assert_eq!(of(&findings, "storage").verdict, Verdict::Fail);
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_a_failure() {
    for t in &steward_testkit::apps().await {
        t.run("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)")
            .await;
        let findings = examine(&t.app.config).await;
        let found = of(&findings, "migrations");
        assert_eq!(found.verdict, Verdict::Fail, "{found}");
    }
}
