//! Loading reference data into a new edition: what is behind `dialog reference load`.
//!
//! Files are read and checked as a whole before anything is written; the new edition is copied, checked again and put
//! into use in one transaction, and the one it replaces stays to go back to ([`activate`]). The exchange format is
//! described in `docs/reference-data.md`.

mod communes;
mod error;
mod network;
mod progress;
mod read;
mod town;

use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use dialog_db::reference::EditionKind;
use dialog_db::reference::load::{Loader, NewEdition};

pub use communes::communes;
pub use error::LoadError;
pub use network::network;
pub use progress::{Progress, Stage};
pub use town::town;

/// How long a load waits for the readers of an outdated edition.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where data comes from, what it covers, and when it was made; names the edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// `osm`, `ban`, `cog`…: lower-case letters, digits and hyphens, at most 40.
    pub source: String,
    /// `paris-centre`, `france`…: the same.
    pub territory: String,
    /// Date of the data.
    pub dated: NaiveDate,
}

impl Origin {
    fn edition(&self, kind: EditionKind) -> Result<NewEdition, LoadError> {
        let is_word = |text: &str| {
            let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            (1..=40).contains(&text.len()) && text.chars().all(allowed) && !text.starts_with('-')
        };
        for name in [&self.source, &self.territory] {
            if !is_word(name) {
                return Err(LoadError::Name(name.clone()));
            }
        }
        Ok(NewEdition { kind, source: self.source.clone(), territory: self.territory.clone(), dated: self.dated })
    }
}

/// Files of a network; each may be compressed (`.gz`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkFiles {
    /// Where they come from.
    pub origin: Origin,
    /// Segments or ways, one GeoJSON feature a line.
    pub streets: PathBuf,
    /// House numbers, CSV.
    pub addresses: Option<PathBuf>,
    /// Commune of what does not say it: for an extract of one commune.
    pub default_insee: Option<String>,
}

/// Files of communes; each may be compressed (`.gz`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommuneFiles {
    /// Where they come from.
    pub origin: Origin,
    /// Communes, JSON of `@etalab/decoupage-administratif`.
    pub communes: Option<PathBuf>,
    /// Their outlines, one GeoJSON feature a line.
    pub contours: Option<PathBuf>,
}

/// What may differ from one load to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Put the edition into use although it has less than half of what the one in use has.
    pub accept_less: bool,
}

/// What a load did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Name of the new edition.
    pub edition: String,
    /// Communes written.
    pub communes: u64,
    /// Outlines written.
    pub contours: u64,
    /// Streets written.
    pub streets: u64,
    /// House numbers written.
    pub addresses: u64,
    /// Segments written.
    pub segments: u64,
    /// What was left out or stands apart, and how many times; in French, for the operator.
    pub remarks: Vec<(&'static str, u64)>,
    /// Outdated editions that were removed.
    pub removed: Vec<String>,
}

impl Report {
    /// Removes what is outdated. What somebody still reads is left to the next load.
    async fn prune(&mut self, loader: &mut Loader) {
        match loader.prune(PATIENCE).await {
            Ok(removed) => self.removed = removed,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "outdated editions are not removed yet");
                self.remark("éditions périmées encore consultées, retirées au prochain chargement", 1);
            }
        }
    }

    fn remark(&mut self, what: &'static str, count: u64) {
        if count > 0 {
            self.remarks.push((what, count));
        }
    }
}

/// Puts an edition that is loaded into use again, by its name.
///
/// # Errors
/// When there is none of this name, or the database does not answer.
pub async fn activate(database_url: &str, edition: &str) -> Result<(), LoadError> {
    if Loader::connect(database_url).await?.activate(edition).await? {
        Ok(())
    } else {
        Err(LoadError::UnknownEdition(edition.to_owned()))
    }
}
