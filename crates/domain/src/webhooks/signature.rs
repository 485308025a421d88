//! Signatures after the Standard Webhooks specification, version 1.0.0, symmetric.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use steward_kernel::{Error, Result};

/// Bytes of a secret; the specification asks for 24 to 64.
pub const SECRET_BYTES: usize = 32;

const PREFIX: &str = "whsec_";

/// A secret as receivers are given it: `whsec_` and base64.
#[must_use]
pub fn written(secret: &[u8]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(secret))
}

/// The value of `webhook-signature`: one `v1,…` per secret, the newest first,
/// with spaces between, so that a receiver with any of them is content.
/// `seconds` is the value of `webhook-timestamp`.
///
/// # Errors
/// Never, as long as HMAC takes keys of any length.
pub fn signatures(secrets: &[Vec<u8>], id: &str, seconds: i64, body: &str) -> Result<String> {
    let all: Result<Vec<String>> = secrets
        .iter()
        .map(|secret| {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(Error::internal)?;
            mac.update(format!("{id}.{seconds}.{body}").as_bytes());
            Ok(format!(
                "v1,{}",
                STANDARD.encode(mac.finalize().into_bytes())
            ))
        })
        .collect();
    Ok(all?.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Vec<u8> {
        STANDARD.decode(text).expect("base64")
    }

    #[test]
    fn the_published_examples_are_met() {
        // From the specification, and from the tests of its reference libraries.
        for (key, id, seconds, body, expected) in [
            (
                "plJ3nmyCDGBKInavdOK15jsl",
                "msg_loFOjxBNrRLzqYUf",
                1_731_705_121,
                r#"{"event_type":"ping","data":{"success":true}}"#,
                "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
            ),
            (
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#,
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ),
        ] {
            let found = signatures(&[secret(key)], id, seconds, body).expect("signed");
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn each_secret_signs_and_a_changed_word_changes_it() {
        let (new, old) = (vec![1; SECRET_BYTES], vec![2; SECRET_BYTES]);
        let sign = |secrets: &[Vec<u8>], id: &str, at, body: &str| {
            signatures(secrets, id, at, body).expect("signed")
        };
        let both = sign(&[new.clone(), old.clone()], "a", 1, "{}");
        let (first, second) = both.split_once(' ').expect("two");
        assert_eq!(first, sign(std::slice::from_ref(&new), "a", 1, "{}"));
        assert_eq!(second, sign(&[old], "a", 1, "{}"));
        for other in [
            sign(std::slice::from_ref(&new), "b", 1, "{}"),
            sign(std::slice::from_ref(&new), "a", 2, "{}"),
            sign(&[new], "a", 1, "[]"),
        ] {
            assert_ne!(other, first);
        }
    }

    #[test]
    fn a_secret_is_written_as_the_specification_has_it() {
        assert_eq!(written(b"abc"), "whsec_YWJj");
    }
}
