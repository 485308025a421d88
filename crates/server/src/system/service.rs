//! The use case of the system's health.

use super::dto::{
    CheckView, DatabaseHealth, DiskHealth, FilesHealth, HealthView, JobsHealth, MailHealth,
    TimeZoneHealth, Verdict,
};
use crate::commands::doctor::{self, Finding, Findings};
use std::time::Duration;
use steward_db::{Engine, backup};
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use steward_platform::jobs::{self, Queue};
use steward_platform::mail::{self, Mailer};

/// How long due work may wait before somebody should look.
const PATIENCE: Duration = Duration::from_secs(300);

/// How the deployment is.
pub(super) async fn health(app: &App, actor: &Actor, now: Instant) -> Result<HealthView> {
    if !actor.is_operator && !actor.may("system:read") {
        return Err(Error::forbidden("system:read"));
    }
    let queue = jobs::queue(&app.db, now).await?;
    let mail = mail_health(app).await?;
    let is_reachable = app.files.ping().await.is_ok();
    let mut findings = doctor::of_running(app).await;
    judge(&mut findings, &queue, &mail, is_reachable, now);
    let worst = findings.0.iter().map(|f| verdict(f.verdict)).max();
    let (bundled, system) = doctor::time_zone_data();
    Ok(HealthView {
        status: worst.unwrap_or(Verdict::Ok),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        database: database(app).await?,
        jobs: JobsHealth {
            ready: queue.ready,
            due: queue.due,
            oldest_due_at: queue.oldest_due_at,
            dead: queue.dead,
        },
        mail,
        files: FilesHealth {
            store: if app.files.is_folder() {
                "folder"
            } else {
                "bucket"
            },
            is_reachable,
        },
        time_zones: TimeZoneHealth {
            bundled: bundled.to_owned(),
            system,
        },
        disk: doctor::space(&app.config.data_dir).map(|space| DiskHealth {
            free_bytes: space.free,
            total_bytes: space.total,
        }),
        checks: findings.0.into_iter().map(|f| check(f, actor)).collect(),
        at: now,
    })
}

async fn database(app: &App) -> Result<DatabaseHealth> {
    let applied = backup::applied(&app.db).await?;
    let pending = backup::known().into_iter().filter(|m| !applied.contains(m));
    Ok(DatabaseHealth {
        engine: match app.db.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        },
        version: app.db.facts().await?.version,
        size_bytes: app.db.size().await?,
        migrations_pending: pending.count(),
        migrations_applied: applied.len(),
    })
}

async fn mail_health(app: &App) -> Result<MailHealth> {
    let mut numbers = [0, 0];
    for (number, state) in numbers.iter_mut().zip(["ready", "dead"]) {
        let counts = jobs::counts(&app.db, None, state).await?;
        let mails = counts.iter().find(|count| count.kind == mail::SEND);
        *number = mails.map_or(0, |count| count.count);
    }
    let [waiting, failed] = numbers;
    Ok(MailHealth {
        transport: match app.mailer {
            Mailer::Smtp(_) => "smtp",
            Mailer::Files(_) => "files",
        },
        waiting,
        failed,
    })
}

/// Adds what only a running server can say.
fn judge(
    findings: &mut Findings,
    queue: &Queue,
    mail: &MailHealth,
    is_reachable: bool,
    now: Instant,
) {
    let since = queue.oldest_due_at.map(|at| at.duration_until(now));
    if since.is_some_and(|waited| waited.unsigned_abs() > PATIENCE) {
        findings.warn(
            "jobs",
            "work has been due for more than five minutes: see that a worker runs and keeps up",
        );
    } else if queue.dead > 0 {
        let text = format!("{} given up: look at them and try them again", queue.dead);
        findings.warn("jobs", text);
    } else {
        findings.ok("jobs", "nothing is late or given up");
    }
    if mail.transport == "files" {
        let text = "no mail server is set: mail becomes files; set STEWARD_SMTP_URL";
        findings.warn("mail", text);
    } else if mail.failed > 0 {
        findings.warn("mail", format!("{} mails were given up", mail.failed));
    } else {
        findings.ok("mail", "goes to the mail server");
    }
    if is_reachable {
        findings.ok("files", "the store answers");
    } else {
        findings.fail("files", "the store of attached files does not answer");
    }
}

const fn verdict(found: doctor::Verdict) -> Verdict {
    match found {
        doctor::Verdict::Ok => Verdict::Ok,
        doctor::Verdict::Warn => Verdict::Warn,
        doctor::Verdict::Fail => Verdict::Fail,
    }
}

fn check(finding: Finding, actor: &Actor) -> CheckView {
    CheckView {
        subject: finding.subject,
        verdict: verdict(finding.verdict),
        text: actor.is_operator.then_some(finding.text),
    }
}
