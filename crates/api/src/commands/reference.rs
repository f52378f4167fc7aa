//! `dialog reference`: what the look-ups know.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use dialog_db::reference::{Edition, all_editions};
use dialog_geo::TownSize;
use dialog_geocoder::load::{self, CommuneFiles, NetworkFiles, Options, Origin, Report};
use diesel_async::AsyncConnection;

use super::progress::Bars;
use crate::config::Config;

/// Sub-commands of `dialog reference`.
#[derive(Subcommand)]
pub enum ReferenceCommand {
    /// Load data into a new edition and put it into use
    #[command(subcommand)]
    Load(Load),
    /// List the editions that are loaded
    Status,
    /// Put an edition that is loaded into use again
    Activate {
        /// Its name, as `status` shows it
        edition: String,
    },
}

/// What to load.
#[derive(Subcommand)]
pub enum Load {
    /// The demonstration town, made by the program itself
    Town {
        /// At least so many streets, instead of the forty or so of the town
        #[arg(long)]
        streets: Option<usize>,
        /// Under which conditions
        #[command(flatten)]
        when: When,
    },
    /// Communes of `@etalab/decoupage-administratif`, their outlines, or both
    Communes {
        /// What the edition is called
        #[command(flatten)]
        origin: OriginArguments,
        /// communes.json, may be compressed (.gz)
        #[arg(long, value_name = "FILE", required_unless_present = "contours")]
        communes: Option<PathBuf>,
        /// Outlines, one GeoJSON feature a line, may be compressed (.gz)
        #[arg(long, value_name = "FILE")]
        contours: Option<PathBuf>,
        /// Under which conditions
        #[command(flatten)]
        when: When,
    },
    /// Streets and house numbers in the exchange format (docs/reference-data.md)
    Network {
        /// What the edition is called
        #[command(flatten)]
        origin: OriginArguments,
        /// Segments or ways, one GeoJSON feature a line, may be compressed (.gz)
        #[arg(long, value_name = "FILE")]
        streets: PathBuf,
        /// House numbers, CSV, may be compressed (.gz)
        #[arg(long, value_name = "FILE")]
        addresses: Option<PathBuf>,
        /// Commune of what does not say it
        #[arg(long, value_name = "CODE")]
        insee: Option<String>,
        /// Under which conditions
        #[command(flatten)]
        when: When,
    },
}

/// Names an edition.
#[derive(Args)]
pub struct OriginArguments {
    /// Where the data comes from, for instance `osm`
    #[arg(long)]
    source: String,
    /// What it covers, for instance `paris-centre`
    #[arg(long)]
    territory: String,
    /// Date of the data, YYYY-MM-DD
    #[arg(long)]
    date: NaiveDate,
}

/// When to load.
#[derive(Args)]
pub struct When {
    /// Do nothing when the same source, territory and date is in use already
    #[arg(long)]
    if_missing: bool,
    /// Put the edition into use although it has less than half of what the one in use has
    #[arg(long)]
    accept_less: bool,
}

/// Runs a sub-command.
///
/// # Errors
/// When a file or the database cannot be read; a load that fails leaves nothing behind.
pub async fn run(config: &Config, command: ReferenceCommand) -> anyhow::Result<()> {
    let url = config.database_url.expose();
    match command {
        ReferenceCommand::Load(load) => load_data(url, load).await,
        ReferenceCommand::Status => status(url).await,
        ReferenceCommand::Activate { edition } => Ok(load::activate(url, &edition).await?),
    }
}

async fn load_data(url: &str, what: Load) -> anyhow::Result<()> {
    let bars = Bars::new();
    let report = match what {
        Load::Town { streets, when } => {
            if when.if_missing && is_in_use(url, "town:00001:").await? {
                return Ok(());
            }
            let size = streets.map_or(TownSize::Demonstration, TownSize::Streets);
            load::town(url, size, &mut bars.listener()).await?
        }
        Load::Communes { origin, communes, contours, when } => {
            let Some((origin, options)) = prepare(url, origin, &when).await? else { return Ok(()) };
            load::communes(url, &CommuneFiles { origin, communes, contours }, options, &mut bars.listener()).await?
        }
        Load::Network { origin, streets, addresses, insee, when } => {
            let Some((origin, options)) = prepare(url, origin, &when).await? else { return Ok(()) };
            let files = NetworkFiles { origin, streets, addresses, default_insee: insee };
            load::network(url, &files, options, &mut bars.listener()).await?
        }
    };
    bars.finish();
    show(&report)
}

/// What names the edition and how to load it; `None` when it is in use already and that is enough.
async fn prepare(url: &str, origin: OriginArguments, when: &When) -> anyhow::Result<Option<(Origin, Options)>> {
    let origin = Origin { source: origin.source, territory: origin.territory, dated: origin.date };
    if when.if_missing && is_in_use(url, &format!("{}:{}:{}", origin.source, origin.territory, origin.dated)).await? {
        return Ok(None);
    }
    Ok(Some((origin, Options { accept_less: when.accept_less })))
}

async fn is_in_use(url: &str, start: &str) -> anyhow::Result<bool> {
    Ok(editions(url).await?.iter().any(|edition| edition.is_active && edition.name.starts_with(start)))
}

async fn status(url: &str) -> anyhow::Result<()> {
    let editions = editions(url).await?;
    if editions.is_empty() {
        bail!("nothing is loaded: begin with `dialog reference load town`");
    }
    let mut out = std::io::stdout().lock();
    for edition in editions {
        writeln!(
            out,
            "{} {:<40} {:<9} communes {:>6}, contours {:>6}, streets {:>7}, addresses {:>8}, segments {:>8}",
            if edition.is_active { "*" } else { " " },
            edition.name,
            edition.kind,
            edition.communes,
            edition.contours,
            edition.streets,
            edition.addresses,
            edition.segments,
        )?;
    }
    Ok(())
}

async fn editions(url: &str) -> anyhow::Result<Vec<Edition>> {
    let mut connection = dialog_db::Connection::establish(url).await.context("connecting to the database")?;
    all_editions(&mut connection).await.context("listing the editions")
}

fn show(report: &Report) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} : {} communes, {} contours, {} voies, {} adresses, {} tronçons",
        report.edition, report.communes, report.contours, report.streets, report.addresses, report.segments
    )?;
    for (what, count) in &report.remarks {
        writeln!(out, "  {count} {what}")?;
    }
    for edition in &report.removed {
        writeln!(out, "  édition retirée : {edition}")?;
    }
    Ok(())
}
