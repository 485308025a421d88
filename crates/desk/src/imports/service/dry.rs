//! Counting what an import would do, without writing. What earlier lines of
//! the file would have made is remembered here: 16 bytes a line, and the names
//! of tickets, people, teams and categories.

use super::batch::{Numbered, Refused};
use super::names::{Named, unknown};
use super::{Run, count};
use crate::categories;
use crate::imports::store;
use std::collections::HashSet;
use steward_domain::categories::rules::{Tree, name_key};
use steward_domain::imports::model::{ImportedLine, Person};
use steward_identity::imported;
use steward_kernel::Result;
use steward_kernel::id::OrganizationId;
use steward_platform::App;
use uuid::Uuid;

/// What would be there by now.
#[derive(Debug)]
pub(super) struct Overlay {
    tree: Tree,
    lines: HashSet<Uuid>,
    created: HashSet<String>,
    updated: HashSet<String>,
    people: HashSet<String>,
    teams: HashSet<String>,
    categories: HashSet<(String, Option<String>)>,
}

impl Overlay {
    pub(super) async fn new(app: &App, organization: Option<OrganizationId>) -> Result<Self> {
        let tree = match organization {
            Some(id) => categories::tree(&app.db, id).await?,
            None => Tree::default(),
        };
        Ok(Self {
            tree,
            lines: HashSet::new(),
            created: HashSet::new(),
            updated: HashSet::new(),
            people: HashSet::new(),
            teams: HashSet::new(),
            categories: HashSet::new(),
        })
    }

    pub(super) fn has_line(&self, line: &ImportedLine) -> bool {
        self.lines.contains(&line.fingerprint)
    }

    fn add_categories(&mut self, named: &Named<'_>) -> u64 {
        let mut made = 0;
        for (category, subcategory) in &named.categories {
            let top = self.tree.child(None, category);
            if top.is_none() && self.categories.insert((name_key(category), None)) {
                made += 1;
            }
            if let Some(name) = subcategory {
                let is_there = top.is_some_and(|id| self.tree.child(Some(id), name).is_some());
                let pair = (name_key(category), Some(name_key(name)));
                if !is_there && self.categories.insert(pair) {
                    made += 1;
                }
            }
        }
        made
    }
}

impl Run<'_> {
    /// Counts what writing these lines would do.
    pub(super) async fn count(&mut self, lines: Vec<Numbered>) -> Result<Refused> {
        let app = self.app;
        let known = self.known(&app.db, &lines).await?;
        let sorted = self.sort_out(&app.db, lines, known).await?;
        let fresh = sorted.groups.iter().flat_map(|g| &g.fresh);
        let named: Named<'_> = fresh.map(|(_, line)| line).collect();
        let people = self.new_people(&named).await?;
        let teams = self.new_teams(&named).await?;
        let Some(overlay) = &mut self.dry else {
            return Ok(sorted.refused);
        };
        let summary = &mut self.summary;
        summary.lines_skipped += sorted.skipped;
        summary.categories_created += overlay.add_categories(&named);
        let added = |set: &mut HashSet<String>, names: Vec<String>| {
            count(names.into_iter().filter(|n| set.insert(n.clone())).count())
        };
        summary.people_created += added(&mut overlay.people, people);
        summary.teams_created += added(&mut overlay.teams, teams);
        for group in &sorted.groups {
            summary.lines_imported += count(group.fresh.len());
            let prints = group.fresh.iter().map(|(_, line)| line.fingerprint);
            overlay.lines.extend(prints);
            let id = group.external_id.clone();
            if group.known.is_some() {
                summary.tickets_updated += u64::from(overlay.updated.insert(id));
            } else {
                summary.tickets_created += u64::from(overlay.created.insert(id));
            }
        }
        Ok(sorted.refused)
    }

    async fn new_people(&self, named: &Named<'_>) -> Result<Vec<String>> {
        let ids = named.people.keys().copied().collect();
        let (db, system) = (&self.app.db, &self.system);
        let ids = unknown(db, self.organization, system, store::PERSON, ids).await?;
        let people = ids.iter().filter_map(|id| named.people.get(id).copied());
        let people: Vec<&Person> = people.collect();
        let found = match self.organization {
            Some(id) => imported::by_address(db, id, &people).await?,
            None => Vec::new(),
        };
        let is_there = |id: &str| found.iter().any(|(email, _)| email == id);
        let new = ids.into_iter().filter(|id| !is_there(id));
        Ok(new.map(str::to_owned).collect())
    }

    async fn new_teams(&self, named: &Named<'_>) -> Result<Vec<String>> {
        let names = named.teams.iter().copied().collect();
        let (db, system) = (&self.app.db, &self.system);
        let names = unknown(db, self.organization, system, store::TEAM, names).await?;
        let found = match self.organization {
            Some(id) => imported::teams_by_name(db, id, &names).await?,
            None => Vec::new(),
        };
        let is_there = |name: &str| found.iter().any(|(n, _)| n == name);
        let new = names.into_iter().filter(|name| !is_there(name));
        Ok(new.map(str::to_owned).collect())
    }
}
