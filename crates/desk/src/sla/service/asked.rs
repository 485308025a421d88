//! Which policies are meant for a ticket, by the conditions that their versions keep.

use crate::conditions;
use crate::sla::store::PolicyRow;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use steward_db::Executor;
use steward_domain::expr::fields::CUSTOM;
use steward_domain::expr::predicate::bind;
use steward_domain::expr::{Condition, Context, Facts, Fields};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// Conditions of versions that were read once. A version never changes, and a
/// custom field keeps its type, also when it is removed.
static KNOWN: LazyLock<Known> = LazyLock::new(Known::default);

/// Conditions kept at most; behind that they are read anew.
const KEPT: usize = 2000;

#[derive(Default)]
struct Known(RwLock<HashMap<Uuid, Arc<Condition>>>);

impl Known {
    fn of(&self, version: Uuid) -> Option<Arc<Condition>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known.get(&version).cloned()
    }

    fn keep(&self, version: Uuid, condition: &Arc<Condition>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(version, Arc::clone(condition));
    }
}

/// Versions of policies, each with its condition; those without one are for
/// every ticket.
pub(super) struct Conditions(Vec<(Uuid, Option<Arc<Condition>>)>);

impl Conditions {
    /// Those of these versions.
    ///
    /// # Errors
    /// When the database does not answer, or a kept condition cannot be read.
    pub(super) async fn of<E: Executor>(
        db: &E,
        organization: OrganizationId,
        policies: &[PolicyRow],
    ) -> Result<Self> {
        let mut all = Vec::with_capacity(policies.len());
        let (mut fields, mut has_custom) = (Fields::default(), false);
        for row in policies {
            let known = KNOWN.of(row.id);
            let (None, Some(value)) = (&known, &row.condition) else {
                all.push((row.id, known));
                continue;
            };
            if !has_custom && may_look_at_custom(value) {
                let found = conditions::known_fields(db, organization).await?;
                (fields, has_custom) = (found.of_kept(), true);
            }
            let condition = Arc::new(conditions::read(&fields, "condition", value)?);
            KNOWN.keep(row.id, &condition);
            all.push((row.id, Some(condition)));
        }
        Ok(Self(all))
    }
}

/// CEL may have blanks around its dots, so every text of it may.
fn may_look_at_custom(condition: &Value) -> bool {
    let text = condition.to_string();
    text.contains(CUSTOM) || text.contains("\"cel\"")
}

/// Which policies are meant for one ticket at one time.
pub(super) struct Asked(BTreeSet<Uuid>);

impl Asked {
    /// `facts` is asked for only when a condition needs it.
    pub(super) fn new(
        conditions: &Conditions,
        facts: impl FnOnce() -> Facts,
        now: Instant,
    ) -> Self {
        let all = &conditions.0;
        if all.iter().all(|(_, condition)| condition.is_none()) {
            return Self(all.iter().map(|(version, _)| *version).collect());
        }
        let facts = facts();
        let context = Context {
            me: None,
            my_teams: &[],
            now,
        };
        let is_meant = |condition: &Option<Arc<Condition>>| {
            let condition = condition.as_ref();
            condition.is_none_or(|condition| bind(condition, context).matches(&facts))
        };
        let meant = all.iter().filter(|(_, condition)| is_meant(condition));
        Self(meant.map(|(version, _)| *version).collect())
    }

    /// Whether a version of a policy is meant for the ticket.
    pub(super) fn matches(&self, version: Uuid) -> bool {
        self.0.contains(&version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use steward_db::time::to_db;
    use steward_platform::clock;

    fn version(condition: Value) -> PolicyRow {
        let at = to_db(Instant::UNIX_EPOCH);
        PolicyRow {
            id: clock::new_id(),
            policy_id: clock::new_id(),
            name: String::new(),
            number: 1,
            agreement: "sla".to_owned(),
            position: 0,
            is_active: true,
            condition: Some(condition),
            calendar_id: clock::new_id(),
            targets: json!({}),
            escalation: None,
            policy_created_at: at,
            created_at: at,
            deleted_at: None,
            created_by: None,
        }
    }

    async fn read(row: &PolicyRow) -> Result<Conditions> {
        let apps = steward_testkit::apps().await;
        let app = &apps.first().expect("an app").app;
        let nobody = OrganizationId(clock::new_id());
        Conditions::of(&app.db, nobody, std::slice::from_ref(row)).await
    }

    #[tokio::test]
    async fn a_version_is_read_once_and_another_version_for_itself() {
        let text = |word: &str| json!({"version": 1, "all": [{"cel": format!("ticket.title == '{word}'")}]});
        let (one, two) = (version(text("one")), version(text("two")));
        let kept = |all: Conditions| all.0.into_iter().next().and_then(|(_, kept)| kept);
        let first = kept(read(&one).await.expect("read")).expect("a condition");
        let again = kept(read(&one).await.expect("read")).expect("a condition");
        assert!(Arc::ptr_eq(&first, &again));
        let other = kept(read(&two).await.expect("read")).expect("a condition");
        assert_ne!(first, other);
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_refused_every_time() {
        let row = version(json!({"version": 1, "all": [{"cel": "ticket.titel == 'x'"}]}));
        assert!(read(&row).await.is_err());
        assert!(read(&row).await.is_err());
    }

    #[test]
    fn no_more_are_kept_than_the_bound() {
        let known = Known::default();
        let form = json!({"version": 1, "all": []});
        let condition = conditions::read(&Fields::default(), "condition", &form);
        let condition = Arc::new(condition.expect("a condition"));
        for _ in 0..=KEPT {
            known.keep(clock::new_id(), &condition);
        }
        assert!(known.0.read().expect("readable").len() <= KEPT);
    }
}
