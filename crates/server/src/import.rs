//! `steward import`: a file, a bar on the terminal, a summary.

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use steward_desk::imports::{self, Order, Progress, Summary};
use steward_domain::imports::mapping::{Mapping, SERVICENOW};
use steward_platform::{App, clock};

type Failure = crate::commands::Failure;

/// Where the tickets come from.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// The audit log of incidents of a ServiceNow installation, as CSV.
    Servicenow(Input),
    /// Any CSV file, read by a mapping.
    Csv {
        #[command(flatten)]
        /// File and organization.
        input: Input,
        /// TOML file that says which column means which field.
        #[arg(long)]
        mapping: PathBuf,
    },
}

/// What every import takes.
#[derive(Debug, Args)]
pub struct Input {
    /// The file.
    file: PathBuf,
    /// Name of the organization, made when absent; may be left out when there is one.
    #[arg(long)]
    organization: Option<String>,
    /// Counts what would be done, and changes nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    /// Runs the import and prints refused lines and the summary.
    ///
    /// # Errors
    /// When the file, the mapping or the organization cannot be used, or when
    /// not a single line could be.
    pub async fn run(self, app: &App) -> Result<(), Failure> {
        let (input, mapping) = match self {
            Self::Servicenow(input) => (input, SERVICENOW.to_owned()),
            Self::Csv { input, mapping } => {
                let text = std::fs::read_to_string(&mapping)
                    .map_err(|cause| format!("{}: {cause}", mapping.display()))?;
                (input, text)
            }
        };
        let mapping: Mapping = mapping.parse()?;
        let name = input.file.display();
        let file = File::open(&input.file).map_err(|cause| format!("{name}: {cause}"))?;
        let bar = bar(file.metadata()?.len());
        let order = Order {
            organization: input.organization.as_deref(),
            mapping,
            is_dry_run: input.dry_run,
        };
        let reader = BufReader::with_capacity(256 * 1024, file);
        let mut tell = |progress: Progress<'_>| match progress {
            Progress::Refused { line, reason } => {
                bar.suspend(|| println!("line {line} refused: {reason}"));
            }
            Progress::Done { bytes } => bar.set_position(bytes),
        };
        let result = imports::run(app, order, reader, clock::now(), &mut tell).await;
        bar.finish_and_clear();
        let summary = result?;
        print!("{}", text(&summary, input.dry_run));
        if summary.lines_read > 0 && summary.lines_read == summary.lines_refused {
            return Err("no line of the file could be used".into());
        }
        Ok(())
    }
}

/// A bar by bytes; indicatif hides it when standard error is no terminal.
fn bar(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes);
    let style = ProgressStyle::with_template(
        "{bar:32} {percent:>3}%  {bytes} of {total_bytes}, {eta} left",
    );
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// The summary as printed.
#[must_use]
pub fn text(s: &Summary, is_dry_run: bool) -> String {
    let heading = if is_dry_run {
        format!(
            "Dry run, nothing was changed. Into {} would go:",
            s.organization
        )
    } else {
        format!("Imported into {}:", s.organization)
    };
    format!(
        "{heading}\n\
         read     {} lines\n\
         created  {} incidents, {} people, {} teams, {} categories (history from {} lines)\n\
         updated  {} incidents\n\
         skipped  {} lines that were imported before\n\
         refused  {} lines\n",
        s.lines_read,
        s.tickets_created,
        s.people_created,
        s.teams_created,
        s.categories_created,
        s.lines_imported,
        s.tickets_updated,
        s.lines_skipped,
        s.lines_refused
    )
}
