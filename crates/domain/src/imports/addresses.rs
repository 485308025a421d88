//! Addresses of imported people who have none: stable, and at a domain that
//! never receives mail (`.invalid`, RFC 2606).

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Domain of the made addresses.
pub const DOMAIN: &str = "imported.invalid";

/// The part before the `@`, also the username: readable, and the same for the
/// same person of the same system and organization in every run.
#[must_use]
pub fn local_part(organization: Uuid, system: &str, external_id: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(organization.as_bytes());
    for part in [system, external_id] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    let code: String = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
    let slug: String = external_id
        .to_ascii_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
        .chars()
        .take(40)
        .collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        format!("person.{code}")
    } else {
        format!("{slug}.{code}")
    }
}

/// The address that belongs to a [`local_part`].
#[must_use]
pub fn address(local_part: &str) -> String {
    format!("{local_part}@{DOMAIN}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_addresses_are_readable_stable_and_different_for_different_people() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let made = local_part(one, "servicenow", "Opened by  8");
        assert!(made.starts_with("opened-by-8."), "{made}");
        assert_eq!(made, local_part(one, "servicenow", "Opened by  8"));
        for other in [
            local_part(two, "servicenow", "Opened by  8"),
            local_part(one, "helpdesk", "Opened by  8"),
            local_part(one, "servicenow", "Opened by 8"),
        ] {
            assert_ne!(made, other);
        }
        for name in ["Жанна", "", &"x ".repeat(300)] {
            let made = local_part(one, "servicenow", name);
            assert!(made.len() <= 60 && !made.starts_with('.'), "{made}");
        }
        assert_eq!(address("a.1"), "a.1@imported.invalid");
    }
}
