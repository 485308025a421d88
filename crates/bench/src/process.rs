//! What processes cost, from `/proc`, and the server under measurement.

use crate::Failure;
use crate::client::{Call, Client};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ticks of the CPU counters in a second (`getconf CLK_TCK`): 100 on Linux.
const TICKS: f64 = 100.0;

/// A running server.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) port: u16,
    /// From start to ready, in milliseconds.
    pub(crate) ready_ms: f64,
}

impl Server {
    /// Starts the binary on a database and waits until it is ready.
    pub(crate) async fn start(
        binary: &Path,
        database: &str,
        secret: &str,
    ) -> Result<Self, Failure> {
        let port = free_port()?;
        let folder = std::env::temp_dir().join("steward-bench");
        let started = Instant::now();
        let child = Command::new(binary)
            .arg("serve")
            .env("STEWARD_DATABASE_URL", database)
            .env("STEWARD_DATA_DIR", folder)
            .env("STEWARD_SECRET_KEY", secret)
            .env("STEWARD_LISTEN", format!("127.0.0.1:{port}"))
            .env("STEWARD_RATE_LIMIT_USER", "0")
            .env("STEWARD_RATE_LIMIT_ADDRESS", "0")
            .env("STEWARD_RATE_LIMIT_LOGIN", "0")
            .stdin(Stdio::null())
            .spawn()?;
        let mut server = Self {
            child,
            port,
            ready_ms: 0.0,
        };
        let until = started + Duration::from_secs(60);
        while Instant::now() < until {
            if let Ok(mut client) = Client::connect(port, "").await
                && let Ok((200, _)) = client.send(&Call::get("/readyz")).await
            {
                server.ready_ms = started.elapsed().as_secs_f64() * 1000.0;
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server ended: {status}").into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err("the server is not ready after a minute".into())
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// CPU seconds so far.
    pub(crate) fn cpu(&self) -> f64 {
        cpu_of(self.pid()).map_or(0.0, |(own, _)| own)
    }

    /// Resident memory in MiB: now, and the most so far.
    pub(crate) fn memory(&self) -> (f64, f64) {
        let text = fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap_or_default();
        let field = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
            kib.unwrap_or(0.0) / 1024.0
        };
        (field("VmRSS:"), field("VmHWM:"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked kindly, it closes the database as it would anywhere.
        let pid = self.pid().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        if !asked.is_ok_and(|status| status.success()) {
            self.child.kill().ok();
        }
        self.child.wait().ok();
    }
}

fn free_port() -> Result<u16, Failure> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}

/// CPU seconds of a process, and of its children that have ended.
fn cpu_of(pid: u32) -> Option<(f64, f64)> {
    let fields = stat(pid)?;
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    let own = ticks(11)? + ticks(12)?;
    let children = ticks(13)? + ticks(14)?;
    Some((own / TICKS, children / TICKS))
}

/// Fields of `/proc/PID/stat` behind the name, from the state on.
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

/// CPU seconds of a PostgreSQL cluster, by its first process: all of its
/// children, the ended ones included.
pub(crate) fn cluster_cpu(postmaster: u32) -> f64 {
    let Ok(entries) = fs::read_dir("/proc") else {
        return 0.0;
    };
    let pids = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| parent(*pid) == Some(postmaster));
    let children: f64 = pids.filter_map(cpu_of).map(|(own, _)| own).sum();
    let (own, ended) = cpu_of(postmaster).unwrap_or_default();
    children + own + ended
}

/// The parent of a process.
pub(crate) fn parent(pid: u32) -> Option<u32> {
    stat(pid)?.get(1)?.parse().ok()
}

/// The load of the machine over the last minute.
pub(crate) fn load_average() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text.split(' ').next().and_then(|text| text.parse().ok());
    first.unwrap_or(0.0)
}
