//! What one node does as long as it runs: one reader for all who listen.

use super::service;
use std::time::Duration;
use steward_kernel::{Error, Result};
use steward_platform::App;
use steward_platform::clock;
use steward_platform::live::Hint;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Where nodes tell each other that there is news.
const CHANNEL: &str = "steward_news";
/// How often the table is looked at when nobody told of news.
const POLL: Duration = Duration::from_secs(1);
/// Turns are at least this far apart, so that what comes in a burst is told at once.
const PAUSE: Duration = Duration::from_millis(50);
/// How often all who listen are asked for, and hear that the line is alive.
const BEAT: Duration = Duration::from_secs(15);
/// Looks after a commit whose event cannot be read yet, because an older
/// transaction is open.
const LOOKS: usize = 10;

/// Tells what happens to all who listen, until stopped.
pub async fn run(app: &App, stop: &CancellationToken) {
    let node = clock::new_id();
    tokio::select! {
        () = stop.cancelled() => {}
        () = tell(app, node) => {}
        () = hear(app, node) => {}
    }
    app.live.close();
}

async fn tell(app: &App, node: Uuid) {
    let mut beats = tokio::time::interval(BEAT);
    loop {
        let is_here = tokio::select! {
            () = app.db.news_arrived() => true,
            () = app.live.overheard() => false,
            () = tokio::time::sleep(POLL) => false,
            _ = beats.tick() => {
                noted(service::check(app, clock::now()).await);
                continue;
            }
        };
        if is_here {
            noted(tell_others(app, node).await);
        }
        let mut looks = if is_here { LOOKS } else { 1 };
        while looks > 0 {
            looks -= 1;
            match service::turn(app, clock::now()).await {
                Ok(0) => {}
                // There may be more than one turn takes.
                Ok(_) => looks = 1,
                Err(error) => {
                    noted(Err(error));
                    break;
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

fn noted(done: Result<()>) {
    if let Err(error) = done {
        tracing::warn!(error = ?error.source, detail = %error.detail, "the stream cannot read");
    }
}

async fn tell_others(app: &App, node: Uuid) -> Result<()> {
    for hint in app.live.own_hints() {
        let text = format!("{node} {} {}", hint.organization_id, hint.ticket_id);
        app.db.tell(CHANNEL, &text).await?;
    }
    app.db.tell(CHANNEL, &node.to_string()).await
}

/// Listens to the other nodes; without a line to them, the table is looked at
/// all the same.
async fn hear(app: &App, node: Uuid) {
    loop {
        if let Err(error) = hear_until_lost(app, node).await {
            noted(Err(error));
        }
        tokio::time::sleep(POLL).await;
    }
}

async fn hear_until_lost(app: &App, node: Uuid) -> Result<()> {
    let Some(mut line) = app.db.listen(CHANNEL).await? else {
        return std::future::pending().await;
    };
    loop {
        match line.next().await? {
            None => app.live.overhear(None),
            Some(text) => {
                let (from, hint) = notice(&text)?;
                if from != node {
                    app.live.overhear(hint);
                }
            }
        }
    }
}

fn notice(text: &str) -> Result<(Uuid, Option<Hint>)> {
    let ids: std::result::Result<Vec<Uuid>, _> = text.split(' ').map(str::parse).collect();
    match ids.map_err(Error::internal)?.as_slice() {
        [node] => Ok((*node, None)),
        [node, organization, ticket] => {
            let hint = Hint {
                organization_id: (*organization).into(),
                ticket_id: *ticket,
            };
            Ok((*node, Some(hint)))
        }
        _ => Err(Error::internal(format!("'{text}' is no notice"))),
    }
}
