//! `dialog reference`: what the look-ups know.

pub mod diff;
mod load;
mod status;

use std::io::Write;

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use dialog_db::reference::{Edition, EditionKind, all_editions};
use dialog_geocoder::load as loading;
use diesel_async::AsyncConnection;

pub use load::Load;

use crate::config::Config;

/// Sub-commands of `dialog reference`.
#[derive(Subcommand)]
pub enum ReferenceCommand {
    /// Load data into a new edition, check it and put it into use
    #[command(subcommand)]
    Load(Box<Load>),
    /// List the editions that are loaded: which are in use, what they hold, what was checked
    Status {
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Put an edition that is loaded into use
    Activate {
        /// Its name, as `status` shows it
        edition: String,
    },
    /// Look for every published location again: which moved, by how many metres, and which are lost. Nothing that is public
    /// changes; what was found stays in the table reference.shadow_locations
    Diff {
        /// An edition that is loaded, as if it were in use; without it, those in use
        edition: Option<String>,
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Go back to the edition that was in use before; once more leads to where one was
    Rollback(Rollback),
}

/// What to go back with.
#[derive(Args)]
pub struct Rollback {
    /// Source and territory, for instance `osm:paris-centre`
    #[arg(value_name = "SOURCE:TERRITORY")]
    set: String,
    /// Only communes, only the network or only the numbered roads, where a source has several
    #[arg(long, value_enum)]
    kind: Option<Kind>,
}

/// Kind of an edition.
#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Communes,
    Network,
    Roads,
}

impl From<Kind> for EditionKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Communes => Self::Communes,
            Kind::Network => Self::Network,
            Kind::Roads => Self::Roads,
        }
    }
}

/// Runs a sub-command.
///
/// # Errors
/// When a file or the database cannot be read; a load that fails leaves nothing behind.
pub async fn run(config: &Config, command: ReferenceCommand) -> anyhow::Result<()> {
    let url = config.database_url.expose();
    match command {
        ReferenceCommand::Load(what) => load::run(url, *what).await,
        ReferenceCommand::Status { json } => status::run(url, json).await,
        ReferenceCommand::Activate { edition } => Ok(loading::activate(url, &edition).await?),
        ReferenceCommand::Diff { edition, json } => diff::run(url, edition.as_deref(), json).await,
        ReferenceCommand::Rollback(Rollback { set, kind }) => roll_back(url, &set, kind.map(EditionKind::from)).await,
    }
}

async fn roll_back(url: &str, set: &str, kind: Option<EditionKind>) -> anyhow::Result<()> {
    let Some((source, territory)) = set.split_once(':').filter(|(_, territory)| !territory.contains(':')) else {
        bail!("{set:?} is no source and territory, like osm:paris-centre");
    };
    let mut out = std::io::stdout().lock();
    for switched in loading::roll_back(url, source, territory, kind).await? {
        match switched.from {
            Some(from) => writeln!(out, "{} reprend la place de {from}", switched.to)?,
            None => writeln!(out, "{} est de nouveau utilisée", switched.to)?,
        }
    }
    Ok(())
}

async fn editions(url: &str) -> anyhow::Result<Vec<Edition>> {
    let mut connection = dialog_db::Connection::establish(url).await.context("connecting to the database")?;
    all_editions(&mut connection).await.context("listing the editions")
}
