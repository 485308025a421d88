//! Taking a letter.

use crate::attachments::{self, NewAttachment};
use crate::tickets::service::{self as tickets, Entry};
use steward_domain::attachments::policy;
use steward_kernel::{Actor, Error, Instant, Result};
use steward_platform::App;
use steward_platform::letters::{Enclosure, Letter, Taken};

/// Makes a letter a comment or a ticket, and keeps its files.
pub(super) async fn take(
    app: &App,
    actor: &Actor,
    mut letter: Letter,
    now: Instant,
) -> Result<Taken> {
    let enclosures = std::mem::take(&mut letter.enclosures);
    // Files first: they take their time, and no transaction waits for them.
    let (files, mut refused) = store(app, actor, &enclosures, now).await?;
    let entry = match letter.ticket {
        Some(ticket) => tickets::answer(app, actor, ticket, &letter, now).await?,
        None => tickets::open_by_letter(app, actor, &letter, now).await?,
    };
    let Entry {
        ticket_id,
        comment_id,
        effect,
    } = entry;
    if !files.is_empty() {
        let names: Vec<String> = files.iter().map(|file| file.file_name.clone()).collect();
        match attachments::keep_stored(app, actor, ticket_id, comment_id, files, now).await {
            Err(error) if error.code.status() < 500 => {
                refused.extend(names.iter().map(|name| format!("{name}: {}", error.detail)));
            }
            kept => kept?,
        }
    }
    Ok(Taken {
        ticket_id,
        comment_id,
        effect,
        refused,
    })
}

/// Stores what may be kept; the names of the rest come back with the reason.
async fn store(
    app: &App,
    actor: &Actor,
    enclosures: &[Enclosure],
    now: Instant,
) -> Result<(Vec<NewAttachment>, Vec<String>)> {
    let permission = policy::permission_to_add(false);
    let (mut files, mut refused) = (Vec::new(), Vec::new());
    for enclosure in enclosures {
        let stored = if actor.may(permission) {
            attachments::store_bytes(app, actor, &enclosure.name, &enclosure.bytes, now).await
        } else {
            Err(Error::forbidden(permission))
        };
        match stored {
            Ok(file) => files.push(file),
            Err(error) if error.code.status() < 500 => {
                let why = error.errors.first().map_or(&error.detail, |e| &e.message);
                refused.push(format!("{}: {why}", enclosure.name));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((files, refused))
}
