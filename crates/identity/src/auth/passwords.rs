//! Argon2id hashes, computed off the async threads, two at a time.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use steward_kernel::{Error, Result};
use tokio::sync::Semaphore;

/// Each hash takes 19 MiB; more at once would only use memory.
static PERMITS: Semaphore = Semaphore::const_new(2);

/// Verified when an account does not exist, so that the answer takes as long.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c3Rld2FyZHN0ZXdhcmQ$uR8Gn0sZCe1kmFT8m4Yk4kzLVbQJ2bUxZ2Zm9Q1nV0U";

/// PHC string of `password`.
///
/// # Errors
/// When the system gives no randomness or memory.
pub async fn hash(password: String) -> Result<String> {
    off_thread(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|h| h.to_string())
            .map_err(|cause| Error::internal(cause.to_string()))
    })
    .await?
}

/// Whether `password` matches `stored`; takes as long when there is nothing stored.
///
/// # Errors
/// When the work cannot be run.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    off_thread(move || {
        let exists = stored.is_some();
        let text = stored.unwrap_or_else(|| DUMMY.to_owned());
        let matches = PasswordHash::new(&text).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        });
        exists && matches
    })
    .await
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _permit = PERMITS.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)
}
