//! Running an import: stream, sort out, write, count.

mod batch;
mod dry;
mod names;
mod telling;

use super::reader::{Found, Reader};
use batch::Batch;
use std::io::BufRead;
use steward_domain::imports::mapping::Mapping;
use steward_domain::imports::source::Source;
use steward_identity::{imported, organizations};
use steward_kernel::id::OrganizationId;
use steward_kernel::{Error, ErrorCode, Instant, Result};
use steward_platform::{App, clock};
use uuid::Uuid;

/// Lines in a transaction.
const BATCH: usize = 500;

/// What is to be imported.
#[derive(Debug)]
pub struct Order<'a> {
    /// Name of the organization; the only one there is when absent.
    pub organization: Option<&'a str>,
    /// How the file is to be read.
    pub mapping: Mapping,
    /// Whether to count only.
    pub is_dry_run: bool,
}

/// What is told while an import runs.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A line cannot be used.
    Refused {
        /// Its number in the file, from 1.
        line: u64,
        /// Why.
        reason: &'a str,
    },
    /// So much is read and kept.
    Done {
        /// Bytes of the file.
        bytes: u64,
    },
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Name of the organization.
    pub organization: String,
    /// Lines read, without the first.
    pub lines_read: u64,
    /// Lines whose history is new.
    pub lines_imported: u64,
    /// Lines that were there already.
    pub lines_skipped: u64,
    /// Lines that cannot be used.
    pub lines_refused: u64,
    /// New tickets.
    pub tickets_created: u64,
    /// Tickets of earlier imports that got new lines.
    pub tickets_updated: u64,
    /// New people.
    pub people_created: u64,
    /// New teams.
    pub teams_created: u64,
    /// New categories and subcategories.
    pub categories_created: u64,
}

/// An import under way.
struct Run<'a> {
    app: &'a App,
    /// Absent in a dry run into an organization that is not there yet.
    organization: Option<OrganizationId>,
    system: String,
    id: Uuid,
    now: Instant,
    summary: Summary,
    names: names::Names,
    dry: Option<dry::Overlay>,
}

/// Imports a file.
///
/// # Errors
/// When the organization or the columns are not clear, or the file or the
/// database fails; what was kept until then stays, and running again goes on.
pub async fn run<R: BufRead>(
    app: &App,
    order: Order<'_>,
    input: R,
    now: Instant,
    tell: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Summary> {
    let target = imported::target(app, order.organization).await?;
    let zone = order.mapping.time_zone.as_ref();
    let zone = jiff::tz::TimeZone::get(zone.unwrap_or(&target.time_zone));
    let mut reader = Reader::new(input, order.mapping.delimiter);
    let source = match reader.next().map_err(unreadable)? {
        Some((_, Found::Cells(header))) => {
            Source::new(order.mapping, &header, zone.map_err(Error::internal)?)?
        }
        Some((line, Found::Refused(reason))) => {
            return Err(refused(format!(
                "line {line}, which names the columns: {reason}"
            )));
        }
        None => return Err(refused("the file is empty".to_owned())),
    };
    let organization = match target.id {
        None if !order.is_dry_run => {
            Some(organizations::service::ensure(app, &target.name, now).await?)
        }
        id => id,
    };
    let mut run = Run {
        app,
        organization,
        system: source.system().to_owned(),
        id: clock::new_id(),
        now,
        summary: Summary {
            organization: target.name,
            ..Summary::default()
        },
        names: names::Names::default(),
        dry: None,
    };
    if order.is_dry_run {
        run.dry = Some(dry::Overlay::new(app, organization).await?);
    }
    loop {
        let batch = read_batch(&mut reader, &source)?;
        let is_last = batch.size() < BATCH;
        run.keep(batch, tell).await?;
        tell(Progress::Done {
            bytes: reader.bytes(),
        });
        if is_last {
            return Ok(run.summary);
        }
    }
}

fn read_batch<R: BufRead>(reader: &mut Reader<R>, source: &Source) -> Result<Batch> {
    let mut batch = Batch::default();
    while batch.size() < BATCH {
        let Some((number, found)) = reader.next().map_err(unreadable)? else {
            break;
        };
        let line = match found {
            Found::Cells(cells) => source.line(&cells).map_err(|refusal| refusal.0),
            Found::Refused(reason) => Err(reason),
        };
        match line {
            Ok(line) => batch.lines.push((number, line)),
            Err(reason) => batch.refused.push((number, reason)),
        }
    }
    Ok(batch)
}

impl Run<'_> {
    /// Imports a batch, or counts what importing it would do.
    async fn keep(
        &mut self,
        batch: Batch,
        tell: &mut (dyn FnMut(Progress<'_>) + Send),
    ) -> Result<()> {
        self.summary.lines_read += count(batch.size());
        let mut refused = batch.refused;
        refused.extend(if self.dry.is_some() {
            self.count(batch.lines).await?
        } else {
            self.write(batch.lines).await?
        });
        refused.sort_unstable();
        self.summary.lines_refused += count(refused.len());
        for (line, reason) in &refused {
            tell(Progress::Refused {
                line: *line,
                reason,
            });
        }
        Ok(())
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn unreadable(cause: std::io::Error) -> Error {
    Error {
        source: Some(Box::new(cause)),
        ..Error::new(
            ErrorCode::InternalServerError,
            "the file cannot be read to its end; what was imported until here stays",
        )
    }
}

fn refused(detail: String) -> Error {
    Error::new(ErrorCode::ValidationError, detail)
}
