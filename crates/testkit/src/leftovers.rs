//! Databases of tests that are over, or were killed, on a cluster that stays.
//!
//! A database carries the id of its process in its name; whoever makes the next
//! one drops a few whose process is gone.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use std::path::Path;

/// Most databases that one test drops, so that none waits long for others.
const MOST: usize = 3;

/// A name for a database of this process.
pub(crate) fn name() -> String {
    let id = uuid::Uuid::new_v4().simple();
    format!("steward_test_{}_{id}", std::process::id())
}

/// The process that a name belongs to.
fn owner(name: &str) -> Option<u32> {
    let (process, _) = name.strip_prefix("steward_test_")?.split_once('_')?;
    process.parse().ok()
}

/// Drops what is left of processes that are gone. Only on this machine, where
/// it can be told; one that is in use refuses.
pub(crate) async fn drop_some(admin: &DatabaseConnection, server: &str) {
    let processes = Path::new("/proc");
    if !server.contains("@127.0.0.1:") || !processes.join("self").exists() {
        return;
    }
    let sql = "SELECT datname FROM pg_database WHERE datname LIKE 'steward\\_test\\_%'";
    let listed = Statement::from_string(admin.get_database_backend(), sql);
    let rows = admin.query_all_raw(listed).await.unwrap_or_default();
    let names = rows
        .iter()
        .filter_map(|row| row.try_get::<String>("", "datname").ok());
    let is_left = |name: &String| {
        owner(name).is_some_and(|process| !processes.join(process.to_string()).exists())
    };
    for name in names.filter(is_left).take(MOST) {
        // Another test may have dropped it in the meantime.
        let drop = format!("DROP DATABASE IF EXISTS {name}");
        let _ = admin.execute_unprepared(&drop).await;
    }
}

#[cfg(test)]
mod tests {
    use super::{name, owner};

    #[test]
    fn a_database_tells_its_process_and_a_template_has_none() {
        assert_eq!(owner(&name()), Some(std::process::id()));
        assert_eq!(owner("steward_schema_0123456789abcdef"), None);
        assert_eq!(owner("steward_test_x_1"), None);
        assert_eq!(owner("steward"), None);
    }
}
