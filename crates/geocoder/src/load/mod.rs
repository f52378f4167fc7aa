//! Loading reference data into a new edition: what is behind `dialog reference load`.
//!
//! Files are read and checked as a whole before anything is written; the new edition is copied, checked again and put
//! into use in one transaction, and the one it replaces stays to go back to ([`activate`]). The exchange format is
//! described in `docs/reference-data.md`.

mod bdtopo;
mod communes;
mod error;
mod network;
mod osm;
mod progress;
mod read;
mod roads;
mod storage_areas;
mod switch;
mod territory;
mod town;

use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use dialog_db::reference::load::{Counts, Loader, NewEdition};
use dialog_db::reference::{Check, EditionKind};

pub use bdtopo::{BdTopoFiles, bdtopo, bdtopo_roads};
pub use communes::communes;
pub use error::LoadError;
pub use network::network;
pub use osm::{OsmFiles, osm};
pub use progress::{Progress, Stage};
pub use roads::{RoadFiles, roads};
pub use storage_areas::{StorageAreaError, StorageAreaReport, storage_areas};
pub use switch::{activate, roll_back};
pub use territory::Territory;
pub use town::{town, towns};

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
    /// Segments or ways, one GeoJSON feature a line: of the exchange format, or of BD TOPO.
    pub streets: PathBuf,
    /// Streets of BD TOPO (`voie_nommee`), which name its segments in full.
    pub named_streets: Option<PathBuf>,
    /// House numbers, CSV.
    pub addresses: Option<PathBuf>,
    /// Commune of what does not say it: for an extract of one commune.
    pub default_insee: Option<String>,
    /// Only the house numbers of this département, out of a file of the whole country.
    pub department: Option<String>,
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
    /// Intercommunalities, JSON of `@etalab/decoupage-administratif`.
    pub epci: Option<PathBuf>,
    /// Départements, likewise; their communes are those of `communes`.
    pub departments: Option<PathBuf>,
    /// Regions, likewise; their communes are those of `departments`.
    pub regions: Option<PathBuf>,
}

/// What may differ from one load to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Take the edition although it has less than half of what the one in use has.
    pub accept_less: bool,
    /// Keep the edition aside once it is checked, instead of putting it into use.
    pub aside: bool,
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
    /// Managers of roads written.
    pub road_administrators: u64,
    /// Numbered roads written.
    pub numbered_roads: u64,
    /// Reference points written.
    pub reference_points: u64,
    /// Intercommunalities, départements and regions written.
    pub divisions: u64,
    /// What was checked before the edition could be used.
    pub checks: Vec<Check>,
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

    /// Counts what was left out; once more of the same adds up.
    fn remark(&mut self, what: &'static str, count: u64) {
        if count == 0 {
            return;
        }
        match self.remarks.iter_mut().find(|(known, _)| *known == what) {
            Some((_, total)) => *total += count,
            None => self.remarks.push((what, count)),
        }
    }

    /// Keeps a check with the edition and with the report.
    fn check(&mut self, what: &str, found: u64, before: Option<i32>) -> u64 {
        let signed = i64::try_from(found).unwrap_or(i64::MAX);
        self.checks.push(Check { what: what.to_owned(), found: signed, before: before.map(i64::from) });
        found
    }

    /// Compares what was written with the edition in use; refuses less than half of it, unless that is accepted.
    fn compare(&mut self, before: Option<Counts>, options: Options) -> Result<(), LoadError> {
        let counts = [
            ("communes", self.communes, before.map(|counts| counts.communes)),
            ("outlines", self.contours, before.map(|counts| counts.contours)),
            ("divisions", self.divisions, before.map(|counts| counts.divisions)),
            ("streets", self.streets, before.map(|counts| counts.streets)),
            ("house numbers", self.addresses, before.map(|counts| counts.addresses)),
            ("segments", self.segments, before.map(|counts| counts.segments)),
        ];
        for (what, after, before) in counts {
            if after == 0 && before.unwrap_or_default() == 0 {
                continue;
            }
            self.check(what, after, before);
            let before = u64::from(before.unwrap_or_default().unsigned_abs());
            if after.saturating_mul(2) < before && !options.accept_less {
                return Err(LoadError::Shrunk { what, before, after });
            }
        }
        Ok(())
    }
}
