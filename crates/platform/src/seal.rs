//! Secrets at rest: AES-256-GCM under a key derived from the deployment's.
//!
//! A sealed text is `1.<key id>.<nonce>.<ciphertext>`. The key id tells which
//! secret key made it, so that a text sealed before the key was changed can
//! still be opened with the previous one. The place (table, column and row) is
//! authenticated with it: a text copied to another row does not open.

use crate::clock;
use crate::config::Config;
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use steward_kernel::{Error, Result};

const VERSION: &str = "1";
const PURPOSE: &[u8] = b"steward secrets at rest 1";

struct DerivedKey {
    id: String,
    cipher: Aes256Gcm,
}

fn derive(secret: &str) -> Result<DerivedKey> {
    let mut bytes = [0_u8; 32];
    Hkdf::<Sha256>::new(None, secret.as_bytes())
        .expand(PURPOSE, &mut bytes)
        .map_err(|cause| Error::internal(cause.to_string()))?;
    let fingerprint = HEXLOWER.encode(&Sha256::digest(bytes));
    Ok(DerivedKey {
        id: fingerprint.chars().take(8).collect(),
        cipher: Aes256Gcm::new(&Key::<Aes256Gcm>::from(bytes)),
    })
}

/// Seals `secret` for `place`, such as `mfa_factors.secret/<user id>`.
///
/// # Errors
/// When the cipher refuses.
pub fn seal(config: &Config, place: &str, secret: &[u8]) -> Result<String> {
    let key = derive(&config.secret_key)?;
    let nonce = clock::random_bytes::<12>();
    let payload = Payload {
        msg: secret,
        aad: place.as_bytes(),
    };
    let sealed = key
        .cipher
        .encrypt(&Nonce::from(nonce), payload)
        .map_err(|_| Error::internal(format!("{place} cannot be sealed")))?;
    Ok(format!(
        "{VERSION}.{}.{}.{}",
        key.id,
        BASE64URL_NOPAD.encode(&nonce),
        BASE64URL_NOPAD.encode(&sealed)
    ))
}

/// Opens what [`seal`] made for the same place, with the present secret key or the previous one.
///
/// # Errors
/// When the text was made for another place, with another key, or was changed.
pub fn open(config: &Config, place: &str, sealed: &str) -> Result<Vec<u8>> {
    let broken = || {
        Error::internal(format!(
            "{place} cannot be opened: it was changed, or sealed with a key that is neither \
             STEWARD_SECRET_KEY nor STEWARD_SECRET_KEY_PREVIOUS"
        ))
    };
    let mut parts = sealed.split('.');
    let (Some(VERSION), Some(id), Some(nonce), Some(text), None) = (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) else {
        return Err(broken());
    };
    let nonce = BASE64URL_NOPAD.decode(nonce.as_bytes()).ok();
    let nonce: [u8; 12] = nonce.and_then(|n| n.try_into().ok()).ok_or_else(broken)?;
    let text = BASE64URL_NOPAD
        .decode(text.as_bytes())
        .map_err(|_| broken())?;
    let secrets = std::iter::once(&config.secret_key).chain(&config.previous_secret_key);
    for secret in secrets {
        let key = derive(secret)?;
        if key.id == id {
            let payload = Payload {
                msg: &text,
                aad: place.as_bytes(),
            };
            return key
                .cipher
                .decrypt(&Nonce::from(nonce), payload)
                .map_err(|_| broken());
        }
    }
    Err(broken())
}

/// Whether `sealed` was made with the previous secret key and should be sealed anew.
///
/// # Errors
/// When the present key cannot be derived.
pub fn is_stale(config: &Config, sealed: &str) -> Result<bool> {
    let id = derive(&config.secret_key)?.id;
    Ok(sealed.split('.').nth(1) != Some(id.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(key: &str, previous: Option<&str>) -> Config {
        let lookup = |name: &str| match name {
            "STEWARD_SECRET_KEY" => Some(key.to_owned()),
            "STEWARD_SECRET_KEY_PREVIOUS" => previous.map(str::to_owned),
            "STEWARD_DATA_DIR" => Some(
                std::env::temp_dir()
                    .join("steward-seal")
                    .display()
                    .to_string(),
            ),
            _ => None,
        };
        Config::from_lookup(lookup).expect("settings")
    }

    const OLD: &str = "the first key of this deployment";
    const NEW: &str = "the second key of the deployment";

    #[test]
    fn a_sealed_secret_opens_only_in_its_place_and_unchanged() {
        let config = config(OLD, None);
        let sealed = seal(&config, "mfa/1", b"tell nobody").expect("sealed");
        assert!(!sealed.contains("tell"));
        assert_eq!(
            open(&config, "mfa/1", &sealed).expect("opened"),
            b"tell nobody"
        );
        assert!(open(&config, "mfa/2", &sealed).is_err());
        let mut changed = sealed.clone();
        changed.replace_range(changed.len() - 3..changed.len() - 2, "~");
        assert!(open(&config, "mfa/1", &changed).is_err());
        assert!(open(&config, "mfa/1", "plain").is_err());
        let again = seal(&config, "mfa/1", b"tell nobody").expect("sealed");
        assert_ne!(sealed, again, "each has its own nonce");
    }

    #[test]
    fn after_a_change_of_key_the_previous_one_still_opens() {
        let sealed = seal(&config(OLD, None), "mfa/1", b"x").expect("sealed");
        let changed = config(NEW, Some(OLD));
        assert_eq!(open(&changed, "mfa/1", &sealed).expect("opened"), b"x");
        assert!(is_stale(&changed, &sealed).expect("known"));
        let error = open(&config(NEW, None), "mfa/1", &sealed).expect_err("no key");
        let cause = error.source.expect("a cause").to_string();
        assert!(cause.contains("STEWARD_SECRET_KEY_PREVIOUS"), "{cause}");
    }
}
