//! Password rules (NIST SP 800-63B): length, strength, nothing personal.

use steward_kernel::Error;

/// Fewest characters.
pub const MIN: usize = 12;
/// Most characters.
pub const MAX: usize = 128;
/// How many of the last passwords are refused.
pub const REMEMBERED: u32 = 5;

/// Accepts 12 to 128 characters that are hard to guess and do not contain one
/// of `own` (names, local part of the e-mail address; in any case).
///
/// # Errors
/// Says which rule `field` breaks, without repeating the password.
pub fn check(field: &str, password: &str, own: &[&str]) -> Result<(), Error> {
    let length = password.chars().count();
    if !(MIN..=MAX).contains(&length) {
        return Err(Error::field(field, "length", "use 12 to 128 characters"));
    }
    let lower = password.to_lowercase();
    if own
        .iter()
        .any(|word| word.chars().count() >= 3 && lower.contains(&word.to_lowercase()))
    {
        return Err(Error::field(
            field,
            "personal",
            "do not use your name or e-mail address in it",
        ));
    }
    if zxcvbn::zxcvbn(password, own).score() < zxcvbn::Score::Three {
        return Err(Error::field(
            field,
            "too_weak",
            "it is easy to guess; add a few unrelated words",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_short_and_personal_passwords_are_refused() {
        assert!(check("password", "violet-tractor-93-moon", &["Ada", "Byron"]).is_ok());
        for (password, code) in [
            ("short", "length"),
            ("aaaaaaaaaaaaaaaa", "too_weak"),
            ("passwordpassword", "too_weak"),
            ("violet-ByRoN-93-moon", "personal"),
        ] {
            let error = check("password", password, &["Ada", "Byron"]).expect_err(password);
            assert_eq!(error.errors[0].code, code, "{password}");
            assert!(!error.to_string().contains(password));
        }
        assert!(check("password", &"x9!".repeat(43), &[]).is_err());
    }
}
