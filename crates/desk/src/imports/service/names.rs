//! People, teams and categories by the names that lines use.

use super::count;
use crate::categories;
use crate::imports::store;
use std::collections::{HashMap, HashSet};
use steward_db::{Executor, Tx};
use steward_domain::categories::rules::name_key;
use steward_domain::imports::model::{ImportedLine, Person};
use steward_identity::imported;
use steward_kernel::id::OrganizationId;
use steward_kernel::{Instant, Result};
use uuid::Uuid;

/// Most names that are remembered from batch to batch.
const REMEMBERED: usize = 20_000;

/// Records made for a batch.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) people: u64,
    pub(super) teams: u64,
    pub(super) categories: u64,
}

/// Ids by the other system's names.
#[derive(Debug, Default)]
pub(super) struct Names {
    people: HashMap<String, Uuid>,
    teams: HashMap<String, Uuid>,
    categories: HashMap<(Option<Uuid>, String), Uuid>,
}

/// What a batch names, each once.
#[derive(Debug, Default)]
pub(super) struct Named<'a> {
    pub(super) people: HashMap<&'a str, &'a Person>,
    pub(super) teams: HashSet<&'a str>,
    pub(super) categories: HashSet<(&'a str, Option<&'a str>)>,
}

impl<'a> FromIterator<&'a ImportedLine> for Named<'a> {
    fn from_iter<I: IntoIterator<Item = &'a ImportedLine>>(lines: I) -> Self {
        let mut named = Self::default();
        for line in lines {
            named
                .people
                .extend(line.people().map(|person| (person.external_id(), person)));
            named.teams.extend(line.team.as_deref());
            if let Some(category) = &line.category {
                let subcategory = line.subcategory.as_deref();
                named.categories.insert((category.as_str(), subcategory));
            }
        }
        named
    }
}

impl Names {
    /// The record of a person of the current batch.
    pub(super) fn person(&self, person: &Person) -> Option<Uuid> {
        self.people.get(person.external_id()).copied()
    }

    /// The record of a team of the current batch.
    pub(super) fn team(&self, name: &str) -> Option<Uuid> {
        self.teams.get(name).copied()
    }

    /// Finds everything the lines name, and makes what is not there.
    pub(super) async fn resolve<'a>(
        &mut self,
        tx: &Tx,
        organization: OrganizationId,
        system: &str,
        lines: impl Iterator<Item = &'a ImportedLine>,
        now: Instant,
    ) -> Result<Made> {
        let named: Named<'a> = lines.collect();
        if self.people.len() > REMEMBERED {
            self.people.clear();
        }
        if self.teams.len() + self.categories.len() > REMEMBERED {
            self.teams.clear();
            self.categories.clear();
        }
        let scope = Scope {
            tx,
            organization,
            system,
            now,
        };
        Ok(Made {
            people: self.people(&scope, &named).await?,
            teams: self.teams(&scope, &named).await?,
            categories: self.categories(&scope, &named).await?,
        })
    }

    async fn people(&mut self, scope: &Scope<'_>, named: &Named<'_>) -> Result<u64> {
        let unknown = named.people.keys().copied();
        let unknown: Vec<&str> = unknown
            .filter(|id| !self.people.contains_key(*id))
            .collect();
        let new = missing(scope, store::PERSON, unknown, &mut self.people).await?;
        let new: Vec<&Person> = new
            .iter()
            .filter_map(|id| named.people.get(id).copied())
            .collect();
        let made =
            imported::people(scope.tx, scope.organization, scope.system, &new, scope.now).await?;
        let ids = new.iter().map(|p| p.external_id().to_owned());
        let pairs: Vec<(String, Uuid)> = ids.zip(made.iter().map(|k| k.id)).collect();
        scope.remember(store::PERSON, &pairs).await?;
        self.people.extend(pairs);
        Ok(count(made.iter().filter(|k| k.is_new).count()))
    }

    async fn teams(&mut self, scope: &Scope<'_>, named: &Named<'_>) -> Result<u64> {
        let unknown = named.teams.iter().copied();
        let unknown: Vec<&str> = unknown.filter(|t| !self.teams.contains_key(*t)).collect();
        let new = missing(scope, store::TEAM, unknown, &mut self.teams).await?;
        let made = imported::teams(scope.tx, scope.organization, &new, scope.now).await?;
        let ids = new.iter().map(|name| (*name).to_owned());
        let pairs: Vec<(String, Uuid)> = ids.zip(made.iter().map(|k| k.id)).collect();
        scope.remember(store::TEAM, &pairs).await?;
        self.teams.extend(pairs);
        Ok(count(made.iter().filter(|k| k.is_new).count()))
    }

    async fn categories(&mut self, scope: &Scope<'_>, named: &Named<'_>) -> Result<u64> {
        let mut made = 0;
        for (category, subcategory) in &named.categories {
            let top = self.category(scope, None, category, &mut made).await?;
            if let Some(name) = subcategory {
                self.category(scope, Some(top), name, &mut made).await?;
            }
        }
        Ok(made)
    }

    async fn category(
        &mut self,
        scope: &Scope<'_>,
        parent: Option<Uuid>,
        name: &str,
        made: &mut u64,
    ) -> Result<Uuid> {
        let key = (parent, name_key(name));
        if let Some(id) = self.categories.get(&key) {
            return Ok(*id);
        }
        let (id, is_new) =
            categories::ensure(scope.tx, scope.organization, parent, name, scope.now).await?;
        *made += u64::from(is_new);
        self.categories.insert(key, id);
        Ok(id)
    }
}

struct Scope<'a> {
    tx: &'a Tx,
    organization: OrganizationId,
    system: &'a str,
    now: Instant,
}

impl Scope<'_> {
    async fn remember(&self, kind: &str, pairs: &[(String, Uuid)]) -> Result<()> {
        let pairs = pairs.to_vec();
        store::insert_records(self.tx, self.organization, self.system, kind, pairs).await
    }
}

/// Of these external ids, those without a record; the others go into `found`.
async fn missing<'a>(
    scope: &Scope<'_>,
    kind: &str,
    ids: Vec<&'a str>,
    found: &mut HashMap<String, Uuid>,
) -> Result<Vec<&'a str>> {
    let rows = store::records(scope.tx, scope.organization, scope.system, kind, &ids).await?;
    found.extend(rows.into_iter().map(|row| (row.external_id, row.record_id)));
    let mut ids = ids;
    ids.retain(|id| !found.contains_key(*id));
    // A map has no order; the people and teams of a file should not change theirs.
    ids.sort_unstable();
    Ok(ids)
}

/// Of these external ids, those that have no record yet; for dry runs.
pub(super) async fn unknown<'a, E: Executor>(
    db: &E,
    organization: Option<OrganizationId>,
    system: &str,
    kind: &str,
    mut ids: Vec<&'a str>,
) -> Result<Vec<&'a str>> {
    if let Some(organization) = organization {
        let rows = store::records(db, organization, system, kind, &ids).await?;
        let known: HashSet<String> = rows.into_iter().map(|row| row.external_id).collect();
        ids.retain(|id| !known.contains(*id));
    }
    Ok(ids)
}
