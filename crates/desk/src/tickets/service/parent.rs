//! The parent of a ticket.

use super::{edit::Edit, find};
use crate::tickets::store;
use steward_kernel::{Actor, Error, Result};

/// Deepest chain of parents.
const MAX_DEPTH: usize = 10;

/// Makes a ticket the child of another, or of none.
pub(super) async fn set(edit: &mut Edit, actor: &Actor, parent: Option<&str>) -> Result<()> {
    let Some(key) = parent else {
        edit.after.parent_id = None;
        edit.after.parent_number = None;
        edit.after.parent_title = None;
        return Ok(());
    };
    let parent = find(&edit.tx, actor, key).await?;
    let mut above = Some(parent.id);
    for _ in 0..MAX_DEPTH {
        let Some(id) = above else { break };
        if id == edit.before.id {
            let hint = "a ticket cannot be its own parent, directly or through others";
            return Err(Error::field("parent", "cycle", hint));
        }
        above = store::parent_of(&edit.tx, id).await?;
    }
    if above.is_some() {
        let hint = format!("parents go up to {MAX_DEPTH} levels");
        return Err(Error::field("parent", "too_deep", hint));
    }
    edit.after.parent_id = Some(parent.id);
    edit.after.parent_number = Some(parent.number);
    edit.after.parent_title = Some(parent.title);
    Ok(())
}
