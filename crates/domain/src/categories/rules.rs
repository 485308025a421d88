//! Names, order and shape of the tree, and which categories a ticket may name.

use std::collections::{HashMap, HashSet};
use steward_kernel::{Error, ErrorCode};
use uuid::Uuid;

/// Most characters of a name; that of a ticket's field.
pub const MAX_NAME: usize = 200;

/// Most levels of the tree.
pub const MAX_DEPTH: usize = 8;

/// What decisions need to know of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Id.
    pub id: Uuid,
    /// The category above.
    pub parent_id: Option<Uuid>,
    /// Unique below its parent, in any case.
    pub name: String,
    /// Whether new tickets may name it.
    pub is_active: bool,
    /// Order among those below the same parent.
    pub position: i32,
}

/// A name as it is compared: no blanks around it, in lower case.
#[must_use]
pub fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A name has 1 to 200 characters that are not all blank.
///
/// # Errors
/// Names the field and the bound.
pub fn check_name(name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(Error::field("name", "length", "write 1 to 200 characters"));
    }
    Ok(name.to_owned())
}

/// A wished place among siblings is from 0 to 1,000,000.
///
/// # Errors
/// Names the field and the bound.
pub fn check_position(position: Option<i32>) -> Result<(), Error> {
    if position.is_some_and(|p| !(0..=1_000_000).contains(&p)) {
        let message = "must be from 0 to 1000000";
        return Err(Error::field("position", "out_of_range", message));
    }
    Ok(())
}

/// The tree of an organization.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    nodes: HashMap<Uuid, Node>,
    children: HashMap<Option<Uuid>, Vec<Uuid>>,
}

impl FromIterator<Node> for Tree {
    fn from_iter<I: IntoIterator<Item = Node>>(nodes: I) -> Self {
        let nodes: HashMap<Uuid, Node> = nodes.into_iter().map(|n| (n.id, n)).collect();
        let mut sorted: Vec<&Node> = nodes.values().collect();
        sorted.sort_by_cached_key(|n| (n.position, name_key(&n.name), n.id));
        let mut children: HashMap<Option<Uuid>, Vec<Uuid>> = HashMap::new();
        for node in sorted {
            children.entry(node.parent_id).or_default().push(node.id);
        }
        Self { nodes, children }
    }
}

impl Tree {
    /// Whether the organization has no category.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A category.
    #[must_use]
    pub fn get(&self, id: Uuid) -> Option<&Node> {
        self.nodes.get(&id)
    }

    /// The category of this name directly below `parent`.
    #[must_use]
    pub fn child(&self, parent: Option<Uuid>, name: &str) -> Option<Uuid> {
        let key = name_key(name);
        let mut children = self.children.get(&parent)?.iter();
        let named = |id: &&Uuid| self.get(**id).is_some_and(|n| name_key(&n.name) == key);
        children.find(named).copied()
    }

    /// Number of categories directly below.
    #[must_use]
    pub fn child_count(&self, id: Uuid) -> usize {
        self.children.get(&Some(id)).map_or(0, Vec::len)
    }

    /// Every category, each before those below it, in order of position and name.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Node> {
        self.below(None)
    }

    /// Everything below a category, in order.
    fn below(&self, root: Option<Uuid>) -> Vec<&Node> {
        let mut found = Vec::new();
        let mut open: Vec<Uuid> = Vec::new();
        let push = |open: &mut Vec<Uuid>, parent| {
            let ids = self.children.get(&parent).into_iter().flatten();
            open.extend(ids.rev().copied());
        };
        push(&mut open, root);
        while let Some(id) = open.pop() {
            found.extend(self.nodes.get(&id));
            push(&mut open, Some(id));
        }
        found
    }

    /// Names from the top to the category.
    #[must_use]
    pub fn path(&self, id: Uuid) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = self.get(id);
        while let Some(node) = at {
            path.push(node.name.as_str());
            at = node.parent_id.and_then(|parent| self.get(parent));
            if path.len() > self.nodes.len() {
                break;
            }
        }
        path.reverse();
        path
    }

    /// Whether a category may stand below `parent`: no loop, not too deep.
    ///
    /// # Errors
    /// Names the field and what would be right.
    pub fn check_place(&self, id: Option<Uuid>, parent: Option<Uuid>) -> Result<(), Error> {
        let refuse = |code: &str, message: String| Err(Error::field("parent_id", code, message));
        let depth_above = parent.map_or(0, |p| self.path(p).len());
        let mut height = 1;
        if let Some(id) = id {
            let below = self.below(Some(id));
            let ids: HashSet<Uuid> = below.iter().map(|n| n.id).chain([id]).collect();
            if parent.is_some_and(|p| ids.contains(&p)) {
                return refuse("loop", "a category cannot stand below itself".to_owned());
            }
            let own = self.path(id).len();
            let deepest = below.iter().map(|n| self.path(n.id).len()).max();
            height += deepest.map_or(0, |d| d.saturating_sub(own));
        }
        if depth_above + height > MAX_DEPTH {
            return refuse(
                "too_deep",
                format!("the tree has at most {MAX_DEPTH} levels"),
            );
        }
        Ok(())
    }

    /// Whether `name` is free below `parent` for the category `id`.
    ///
    /// # Errors
    /// A conflict that names the field.
    pub fn check_name_is_free(
        &self,
        id: Option<Uuid>,
        parent: Option<Uuid>,
        name: &str,
    ) -> Result<(), Error> {
        let key = name_key(name);
        let siblings = self.children.get(&parent).into_iter().flatten();
        let mut siblings = siblings.filter_map(|s| self.nodes.get(s));
        let taken = siblings.any(|s| Some(s.id) != id && name_key(&s.name) == key);
        if taken {
            return Err(Error::new(
                ErrorCode::ResourceConflict,
                format!("name: there is a category '{name}' at this place already"),
            ));
        }
        Ok(())
    }

    /// The place that the category `id` gets below `parent`, and the siblings
    /// that need another one for it: places are numbered from 0 without gaps.
    #[must_use]
    pub fn make_room(
        &self,
        id: Option<Uuid>,
        parent: Option<Uuid>,
        wish: Option<i32>,
    ) -> (i32, Vec<(Uuid, i32)>) {
        let siblings = self.children.get(&parent).into_iter().flatten();
        let siblings: Vec<Uuid> = siblings.copied().filter(|s| Some(*s) != id).collect();
        let last = i32::try_from(siblings.len()).unwrap_or(i32::MAX);
        let place = wish.unwrap_or(last).clamp(0, last);
        let moved = siblings.iter().zip(0..).filter_map(|(sibling, n)| {
            let position = if n < place { n } else { n + 1 };
            let stands = self.nodes.get(sibling).map(|s| s.position);
            (stands != Some(position)).then_some((*sibling, position))
        });
        (place, moved.collect())
    }

    /// The names a ticket gets for what its reporter wrote. An organization
    /// without categories takes any text; else `category` names one at the top
    /// and `subcategory` one anywhere below it, in any case, both active.
    ///
    /// # Errors
    /// Names the field and what would be right.
    pub fn classify(
        &self,
        category: Option<&str>,
        subcategory: Option<&str>,
    ) -> Result<(Option<String>, Option<String>), Error> {
        let text = |t: Option<&str>| {
            let t = t.map(str::trim).filter(|t| !t.is_empty());
            t.map(str::to_owned)
        };
        let (category, subcategory) = (text(category), text(subcategory));
        if self.is_empty() {
            return Ok((category, subcategory));
        }
        let Some(name) = category else {
            return match subcategory {
                None => Ok((None, None)),
                Some(_) => Err(Error::field(
                    "category",
                    "required",
                    "name the category that the subcategory belongs to",
                )),
            };
        };
        let tops = self.children.get(&None).into_iter().flatten();
        let tops: Vec<&Node> = tops.filter_map(|id| self.nodes.get(id)).collect();
        let top = find(
            "category",
            &name,
            &tops,
            "one of the organization's categories",
        )?;
        let Some(name) = subcategory else {
            return Ok((Some(top.name.clone()), None));
        };
        let place = format!("a category below {}", top.name);
        let sub = find("subcategory", &name, &self.below(Some(top.id)), &place)?;
        Ok((Some(top.name.clone()), Some(sub.name.clone())))
    }
}

fn find<'a>(field: &str, name: &str, among: &[&'a Node], what: &str) -> Result<&'a Node, Error> {
    let key = name_key(name);
    let named: Vec<&&Node> = among.iter().filter(|n| name_key(&n.name) == key).collect();
    if let Some(node) = named.iter().find(|n| n.is_active) {
        return Ok(node);
    }
    if named.is_empty() {
        return Err(Error::field(
            field,
            "unknown_value",
            format!("'{name}' is not {what}; GET /api/v1/categories lists them"),
        ));
    }
    let message = format!("'{name}' is not in use any more; choose another");
    Err(Error::field(field, "inactive", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn tree(rows: &[(u128, u128, &str, bool, i32)]) -> Tree {
        let node = |(n, parent, name, is_active, position): &(u128, u128, &str, bool, i32)| Node {
            id: id(*n),
            parent_id: (*parent != 0).then(|| id(*parent)),
            name: (*name).to_owned(),
            is_active: *is_active,
            position: *position,
        };
        rows.iter().map(node).collect()
    }

    fn example() -> Tree {
        tree(&[
            (1, 0, "Software", true, 2),
            (2, 0, "Hardware", true, 1),
            (3, 2, "Laptop", true, 1),
            (4, 3, "Battery", true, 1),
            (5, 2, "Fax", false, 1),
            (6, 0, "Telex", false, 3),
        ])
    }

    #[test]
    fn the_tree_is_listed_top_down_by_position_and_name() {
        let tree = example();
        let names: Vec<&str> = tree.in_order().iter().map(|n| n.name.as_str()).collect();
        assert_eq!(
            names,
            ["Hardware", "Fax", "Laptop", "Battery", "Software", "Telex"]
        );
        assert_eq!(tree.path(id(4)), ["Hardware", "Laptop", "Battery"]);
        assert_eq!(tree.child_count(id(2)), 2);
    }

    #[test]
    fn tickets_name_active_categories_in_any_case() {
        let tree = example();
        let some = |s: &str| Some(s.to_owned());
        let cases = [
            (None, None, Ok((None, None))),
            (Some(" hardware"), None, Ok((some("Hardware"), None))),
            (
                Some("Hardware"),
                Some("BATTERY"),
                Ok((some("Hardware"), some("Battery"))),
            ),
            (Some(" "), None, Ok((None, None))),
            (Some("Laptop"), None, Err("category unknown_value")),
            (Some("Telex"), None, Err("category inactive")),
            (Some("Hardware"), Some("Fax"), Err("subcategory inactive")),
            (
                Some("Software"),
                Some("Laptop"),
                Err("subcategory unknown_value"),
            ),
            (None, Some("Laptop"), Err("category required")),
        ];
        for (category, subcategory, expected) in cases {
            let got = tree.classify(category, subcategory).map_err(|e| {
                let error = &e.errors[0];
                format!("{} {}", error.field, error.code)
            });
            assert_eq!(
                got,
                expected.map_err(str::to_owned),
                "{category:?} {subcategory:?}"
            );
        }
        assert_eq!(
            Tree::default().classify(None, Some("anything")).ok(),
            Some((None, some("anything"))),
            "without categories any text does"
        );
    }

    #[test]
    fn siblings_make_room_and_are_numbered_without_gaps() {
        let tree = tree(&[
            (1, 0, "A", true, 0),
            (2, 0, "B", true, 0),
            (3, 0, "C", true, 7),
        ]);
        let cases = [
            (None, Some(1), 1, vec![(2, 2), (3, 3)]),
            (None, None, 3, vec![(2, 1), (3, 2)]),
            (Some(3), Some(0), 0, vec![(1, 1), (2, 2)]),
            (Some(1), Some(99), 2, vec![(3, 1)]),
        ];
        for (moved, wish, place, others) in cases {
            let others: Vec<(Uuid, i32)> = others.into_iter().map(|(n, p)| (id(n), p)).collect();
            let got = tree.make_room(moved.map(id), None, wish);
            assert_eq!(got, (place, others), "{moved:?} to {wish:?}");
        }
    }

    #[test]
    fn names_are_unique_below_their_parent_in_any_case() {
        let tree = example();
        let free = |own: Option<u128>, parent: Option<u128>, name| {
            tree.check_name_is_free(own.map(id), parent.map(id), name)
                .is_ok()
        };
        assert!(!free(None, None, " HARDWARE "));
        assert!(free(Some(2), None, "HARDWARE"), "its own name");
        assert!(free(None, Some(1), "Hardware"), "elsewhere");
    }

    #[test]
    fn a_category_does_not_stand_below_itself_nor_too_deep() {
        let shown = example();
        for (moved, parent, code) in [
            (Some(2), Some(1), None),
            (Some(2), None, None),
            (Some(2), Some(2), Some("loop")),
            (Some(2), Some(4), Some("loop")),
            (None, Some(4), None),
        ] {
            let got = shown.check_place(moved.map(id), parent.map(id)).err();
            assert_eq!(
                got.map(|e| e.errors[0].code.clone()).as_deref(),
                code,
                "{moved:?} below {parent:?}"
            );
        }
        let deep: Vec<(u128, u128, &str, bool, i32)> =
            (1..=8).map(|n| (n, n - 1, "x", true, 0)).collect();
        let deep = tree(&deep);
        assert!(deep.check_place(None, Some(id(7))).is_ok());
        assert!(deep.check_place(None, Some(id(8))).is_err());
    }
}
