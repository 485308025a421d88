//! The one home of the system clock and of random ids.

use steward_kernel::Instant;
use uuid::Uuid;

/// The current instant, in microseconds as both databases keep it.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock's home")]
pub fn now() -> Instant {
    let now = jiff::Timestamp::now();
    Instant::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

/// A new id that sorts by creation (UUIDv7, RFC 9562).
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the home of ids")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Bytes from the operating system's generator.
#[must_use]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    rand::random()
}

/// 32 bytes from the operating system's generator, as URL-safe text.
#[must_use]
pub fn random_token() -> String {
    use base64::Engine;
    let bytes = random_bytes::<32>();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
