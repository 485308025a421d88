//! One-time codes (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds) and recovery codes.

use steward_kernel::{Error, Instant, Result};
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret (RFC 4226 §4 recommends 160 bits).
pub const SECRET_BYTES: usize = 20;
/// Recovery codes given out at once.
pub const RECOVERY_CODES: usize = 10;
/// Random bytes in a recovery code.
pub const RECOVERY_BYTES: usize = 10;

const ISSUER: &str = "Steward";
const STEP_SECONDS: u64 = 30;

fn totp(secret: &[u8], account: &str) -> Result<Totp> {
    Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_skew(1)
        .with_step_duration(STEP_SECONDS)
        .with_account_name(account.replace(':', "_"))
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(Error::internal)
}

/// The secret as people type it into an authenticator (base 32).
#[must_use]
pub fn secret_text(secret: &[u8]) -> String {
    Secret::new(secret.into()).to_base32()
}

/// The address an authenticator reads from a QR code.
///
/// # Errors
/// When the secret has the wrong length.
pub fn otpauth_uri(secret: &[u8], account: &str) -> Result<String> {
    totp(secret, account)?.to_url().map_err(Error::internal)
}

/// The time step that `code` belongs to, when it is of this step, the one
/// before or the one after, and later than `last_step`: each counts once.
///
/// # Errors
/// When the secret has the wrong length.
pub fn accepted_step(
    secret: &[u8],
    code: &str,
    last_step: Option<i64>,
    now: Instant,
) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let now = u64::try_from(now.as_second()).unwrap_or_default();
    let step = totp(secret, "account")?.check(&digits, now);
    Ok(step
        .and_then(|step| i64::try_from(step).ok())
        .filter(|step| last_step.is_none_or(|last| *step > last)))
}

/// A recovery code as it is shown: `abcd-efgh-ijkl-mnop`.
#[must_use]
pub fn recovery_code(random: [u8; RECOVERY_BYTES]) -> String {
    let text = Secret::new(Box::from(random)).to_base32().to_lowercase();
    let groups: Vec<&str> = (0..4).filter_map(|n| text.get(n * 4..n * 4 + 4)).collect();
    groups.join("-")
}

/// A typed recovery code without spaces, hyphens and capitals.
#[must_use]
pub fn normalized(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the SHA-1 secret and its last six digits.
    const SECRET: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Instant {
        Instant::from_second(second).expect("an instant")
    }

    #[test]
    fn codes_of_the_standard_are_accepted() {
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = accepted_step(SECRET, code, None, at(second)).expect("checked");
            assert_eq!(step, Some(second / 30), "{code}");
        }
    }

    #[test]
    fn a_code_counts_one_step_early_or_late_and_only_once() {
        let step = 1_111_111_109 / 30;
        for (shift, is_accepted) in [
            (-60, false),
            (-30, true),
            (0, true),
            (30, true),
            (60, false),
        ] {
            let found =
                accepted_step(SECRET, "081 804", None, at(step * 30 + shift)).expect("checked");
            assert_eq!(found, is_accepted.then_some(step), "{shift}");
        }
        let now = at(step * 30);
        for (last, expected) in [(step - 1, Some(step)), (step, None), (step + 1, None)] {
            let found = accepted_step(SECRET, "081804", Some(last), now).expect("checked");
            assert_eq!(found, expected, "after {last}");
        }
        for wrong in ["", "081805", "81804", "0818040", "+81804", "081804x"] {
            assert_eq!(
                accepted_step(SECRET, wrong, None, now).expect("checked"),
                None,
                "{wrong}"
            );
        }
    }

    #[test]
    fn the_address_names_issuer_account_and_secret() {
        let uri = otpauth_uri(SECRET, "ada@example.com").expect("an address");
        assert_eq!(
            uri,
            "otpauth://totp/Steward:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Steward"
        );
        assert_eq!(secret_text(SECRET), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn recovery_codes_read_the_same_however_they_are_typed() {
        let code = recovery_code([0x5a; RECOVERY_BYTES]);
        assert_eq!(code.len(), 19, "{code}");
        assert_eq!(
            normalized(&code.to_uppercase().replace('-', " ")),
            normalized(&code)
        );
        assert_ne!(recovery_code([0; 10]), recovery_code([1; 10]));
    }
}
