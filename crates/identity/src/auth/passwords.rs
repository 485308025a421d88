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

#[cfg(test)]
mod tests {
    use super::*;

    /// A stand-in that could not be parsed, or cost less, would tell by its
    /// time that an account does not exist.
    #[test]
    fn the_stand_in_hash_parses_and_costs_as_much_as_a_new_one() {
        let parameters =
            |hash: &PasswordHash| (hash.algorithm.to_string(), hash.params.to_string());
        let stand_in = PasswordHash::new(DUMMY).expect("it parses");
        let new = Argon2::default()
            .hash_password(b"violet-tractor-93-moon")
            .expect("hashed");
        assert_eq!(parameters(&stand_in), parameters(&new));
        let length = |hash: &PasswordHash| hash.hash.map(|h| h.as_bytes().len());
        assert_eq!(length(&stand_in), length(&new));
    }

    #[tokio::test]
    async fn only_the_right_password_of_an_existing_account_matches() {
        let stored = hash("violet-tractor-93-moon".to_owned())
            .await
            .expect("hashed");
        assert!(
            verify("violet-tractor-93-moon".to_owned(), Some(stored.clone()))
                .await
                .expect("checked")
        );
        assert!(
            !verify("violet-tractor-93-sun".to_owned(), Some(stored))
                .await
                .expect("checked")
        );
        assert!(
            !verify("violet-tractor-93-moon".to_owned(), None)
                .await
                .expect("checked")
        );
    }
}
