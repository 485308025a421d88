//! Use cases of categories.

use super::dto::{CategoryInput, CategoryMove, CategoryPatch, CategoryQuery, CategoryView};
use super::store::{self, CategoryRow};
use std::collections::HashMap;
use steward_db::{Executor, Tx, time::from_db};
use steward_domain::categories::rules::{Node, Tree, check_name, check_position};
use steward_identity::organizations;
use steward_kernel::id::OrganizationId;
use steward_kernel::page::{PageRequest, Position};
use steward_kernel::{Actor, Error, ErrorCode, Instant, Result};
use steward_platform::http::{Page, Pagination};
use steward_platform::{App, clock};
use uuid::Uuid;

/// The organization's tree with its rows.
struct Loaded {
    rows: HashMap<Uuid, CategoryRow>,
    tree: Tree,
}

impl Loaded {
    async fn of<E: Executor>(db: &E, organization: OrganizationId) -> Result<Self> {
        let rows = store::all(db, organization).await?;
        let tree = rows.iter().map(Node::from).collect();
        let rows = rows.into_iter().map(|row| (row.id, row)).collect();
        Ok(Self { rows, tree })
    }

    fn node(&self, id: Uuid) -> Result<&Node> {
        let node = self.tree.get(id);
        node.ok_or_else(|| Error::not_found("category", id))
    }

    fn view(&self, id: Uuid) -> Result<CategoryView> {
        let row = self.rows.get(&id);
        let row = row.ok_or_else(|| Error::not_found("category", id))?;
        let path = self.tree.path(id).into_iter().map(str::to_owned);
        Ok(CategoryView {
            id,
            name: row.name.clone(),
            parent_id: row.parent_id,
            path: path.collect(),
            is_active: row.is_active,
            position: row.position,
            child_count: i64::try_from(self.tree.child_count(id)).unwrap_or(i64::MAX),
            version: row.version,
            created_at: from_db(row.created_at),
            updated_at: from_db(row.updated_at),
        })
    }
}

fn require(actor: &Actor, permission: &str) -> Result<()> {
    if actor.may(permission) {
        Ok(())
    } else {
        Err(Error::forbidden(permission))
    }
}

/// The organization's tree, for those who sort tickets into it.
pub(crate) async fn tree<E: Executor>(db: &E, organization: OrganizationId) -> Result<Tree> {
    Ok(Loaded::of(db, organization).await?.tree)
}

/// The category of this name below `parent`, made when absent; and whether it
/// was. For imports.
pub(crate) async fn ensure(
    tx: &Tx,
    organization: OrganizationId,
    parent: Option<Uuid>,
    name: &str,
    now: Instant,
) -> Result<(Uuid, bool)> {
    if let Some(id) = store::named(tx, organization, parent, name).await? {
        return Ok((id, false));
    }
    let node = Node {
        id: clock::new_id(),
        parent_id: parent,
        name: check_name(name)?,
        is_active: true,
        position: 0,
    };
    store::insert(tx, organization, &node, now).await?;
    Ok((node.id, true))
}

/// A page of the tree, each category before those below it.
pub(super) async fn list(
    app: &App,
    actor: &Actor,
    query: &CategoryQuery,
) -> Result<Page<CategoryView>> {
    require(actor, "category:read")?;
    let request = PageRequest::new(query.page, query.per_page, None)?;
    let Position::Page(page) = request.position else {
        return Err(Error::internal("this list is paged by page"));
    };
    let loaded = Loaded::of(&app.db, actor.organization_id).await?;
    let wanted = |node: &&Node| {
        query.parent_id.is_none_or(|p| node.parent_id == Some(p))
            && query.is_active.is_none_or(|a| node.is_active == a)
    };
    let nodes = loaded.tree.in_order();
    let nodes: Vec<&Node> = nodes.into_iter().filter(wanted).collect();
    let per_page = usize::try_from(request.per_page).unwrap_or(usize::MAX);
    let skipped = usize::try_from(page - 1)
        .unwrap_or(usize::MAX)
        .saturating_mul(per_page);
    let rows = nodes.iter().skip(skipped).take(per_page);
    let data: Vec<CategoryView> = rows
        .map(|node| loaded.view(node.id))
        .collect::<Result<_>>()?;
    let total = i64::try_from(nodes.len()).unwrap_or(i64::MAX);
    let has_next = skipped.saturating_add(per_page) < nodes.len();
    Ok(Page {
        data,
        pagination: Pagination::new(&request, total, has_next, None),
    })
}

/// One category.
pub(super) async fn get(app: &App, actor: &Actor, id: Uuid) -> Result<CategoryView> {
    require(actor, "category:read")?;
    Loaded::of(&app.db, actor.organization_id).await?.view(id)
}

/// The tree under change, behind its lock.
async fn open(app: &App, actor: &Actor, name: &'static str) -> Result<(Tx, Loaded)> {
    let tx = app.db.write(name).await?;
    organizations::hold(&tx, actor.organization_id).await?;
    let loaded = Loaded::of(&tx, actor.organization_id).await?;
    Ok((tx, loaded))
}

/// The category under change, if the caller saw its latest version.
fn current(loaded: &Loaded, actor: &Actor, id: Uuid, if_match: Option<i64>) -> Result<Node> {
    let node = loaded.node(id)?;
    require(actor, "category:manage")?;
    let version = loaded.view(id)?.version;
    if if_match.is_some_and(|seen| seen != version) {
        let detail = format!(
            "category {id} is at version {version} by now; load it again and repeat your change"
        );
        return Err(Error::new(ErrorCode::PreconditionFailed, detail));
    }
    Ok(node.clone())
}

/// Adds a category.
pub(super) async fn create(
    app: &App,
    actor: &Actor,
    input: CategoryInput,
    now: Instant,
) -> Result<CategoryView> {
    require(actor, "category:manage")?;
    let name = check_name(&input.name)?;
    check_position(input.position)?;
    let (tx, loaded) = open(app, actor, "categories.create").await?;
    check_parent(&loaded, input.parent_id)?;
    loaded.tree.check_place(None, input.parent_id)?;
    loaded
        .tree
        .check_name_is_free(None, input.parent_id, &name)?;
    let node = Node {
        id: clock::new_id(),
        parent_id: input.parent_id,
        name,
        is_active: input.is_active.unwrap_or(true),
        position: make_room(&tx, actor, &loaded, None, input.parent_id, input.position).await?,
    };
    store::insert(&tx, actor.organization_id, &node, now).await?;
    finish(tx, actor, node.id).await
}

/// Renames, retires or reorders a category.
pub(super) async fn update(
    app: &App,
    actor: &Actor,
    id: Uuid,
    patch: CategoryPatch,
    if_match: Option<i64>,
    now: Instant,
) -> Result<CategoryView> {
    let (tx, loaded) = open(app, actor, "categories.update").await?;
    let mut node = current(&loaded, actor, id, if_match)?;
    check_position(patch.position)?;
    if let Some(name) = patch.name {
        node.name = check_name(&name)?;
        let parent = node.parent_id;
        loaded
            .tree
            .check_name_is_free(Some(id), parent, &node.name)?;
    }
    node.is_active = patch.is_active.unwrap_or(node.is_active);
    if patch.position.is_some() {
        let parent = node.parent_id;
        node.position = make_room(&tx, actor, &loaded, Some(id), parent, patch.position).await?;
    }
    store::save(&tx, actor.organization_id, &node, now).await?;
    finish(tx, actor, id).await
}

/// Moves a category with everything below it.
pub(super) async fn move_to(
    app: &App,
    actor: &Actor,
    id: Uuid,
    to: CategoryMove,
    if_match: Option<i64>,
    now: Instant,
) -> Result<CategoryView> {
    let (tx, loaded) = open(app, actor, "categories.move").await?;
    let mut node = current(&loaded, actor, id, if_match)?;
    check_position(to.position)?;
    check_parent(&loaded, to.parent_id)?;
    let tree = &loaded.tree;
    tree.check_place(Some(id), to.parent_id)?;
    tree.check_name_is_free(Some(id), to.parent_id, &node.name)?;
    node.parent_id = to.parent_id;
    node.position = make_room(&tx, actor, &loaded, Some(id), to.parent_id, to.position).await?;
    store::save(&tx, actor.organization_id, &node, now).await?;
    finish(tx, actor, id).await
}

/// Deletes a category that has none below it.
pub(super) async fn delete(
    app: &App,
    actor: &Actor,
    id: Uuid,
    if_match: Option<i64>,
) -> Result<()> {
    let (tx, loaded) = open(app, actor, "categories.delete").await?;
    let node = current(&loaded, actor, id, if_match)?;
    if loaded.tree.child_count(id) > 0 {
        let detail = format!(
            "there are categories below {}; move or delete them first",
            node.name
        );
        return Err(Error::new(ErrorCode::ResourceConflict, detail));
    }
    store::delete(&tx, actor.organization_id, id).await?;
    tx.commit().await
}

async fn finish(tx: Tx, actor: &Actor, id: Uuid) -> Result<CategoryView> {
    let view = Loaded::of(&tx, actor.organization_id).await?.view(id)?;
    tx.commit().await?;
    Ok(view)
}

fn check_parent(loaded: &Loaded, parent: Option<Uuid>) -> Result<()> {
    match parent {
        Some(id) if loaded.tree.get(id).is_none() => Err(Error::unknown(
            "parent_id",
            format!("{id} was not found in your organization"),
        )),
        _ => Ok(()),
    }
}

/// Renumbers the siblings around the wished place; returns the place.
async fn make_room(
    tx: &Tx,
    actor: &Actor,
    loaded: &Loaded,
    id: Option<Uuid>,
    parent: Option<Uuid>,
    wish: Option<i32>,
) -> Result<i32> {
    let (place, moved) = loaded.tree.make_room(id, parent, wish);
    for (sibling, position) in moved {
        store::place(tx, actor.organization_id, sibling, position).await?;
    }
    Ok(place)
}
