//! What stored permissions grant.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use steward_kernel::{Grant, PermissionSet};

/// Texts that were read once. The same text always grants the same, so a
/// change of a role counts at once: it brings another text.
static KNOWN: LazyLock<Mutex<HashMap<Vec<String>, PermissionSet>>> = LazyLock::new(Mutex::default);

/// Combinations kept at most.
const KEPT: usize = 1000;

/// What these JSON arrays of grants add up to; what is no grant counts for nothing.
pub(super) fn of_texts(texts: Vec<String>) -> PermissionSet {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(set) = known.get(&texts) {
        return set.clone();
    }
    let set = read(&texts);
    if known.len() >= KEPT {
        known.clear();
    }
    known.insert(texts, set.clone());
    set
}

fn read(texts: &[String]) -> PermissionSet {
    let stored = texts.iter().flat_map(|text| {
        let grants: Vec<String> = serde_json::from_str(text).unwrap_or_default();
        grants
    });
    let grants: Vec<Grant> = stored.filter_map(|grant| grant.parse().ok()).collect();
    grants.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use steward_kernel::Scope;

    fn scope(texts: &[&str]) -> Option<Scope> {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        of_texts(texts).scope("ticket:read")
    }

    #[test]
    fn roles_add_up_each_time_they_are_asked() {
        let own = r#"["ticket:read:own"]"#;
        let all = r#"["ticket:read:all", "user:read:all"]"#;
        for _ in 0..2 {
            assert_eq!(scope(&[own]), Some(Scope::Own));
            assert_eq!(scope(&[own, all]), Some(Scope::All));
            assert_eq!(scope(&[]), None);
        }
    }

    #[test]
    fn what_cannot_be_read_grants_nothing() {
        for text in ["", "{}", "null", r#"["ticket:read"]"#, "[1]"] {
            assert_eq!(scope(&[text]), None, "{text}");
        }
    }

    #[test]
    fn more_than_is_kept_is_read_anew() {
        for n in 0..=KEPT {
            let text = format!(r#"["ticket:read:team", "n{n}:read:all"]"#);
            assert_eq!(scope(&[&text]), Some(Scope::Team));
        }
    }
}
