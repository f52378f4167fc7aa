//! `dialog reference load`.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use dialog_geo::TownSize;
use dialog_geocoder::load::{
    self, BdTopoFiles, CommuneFiles, NetworkFiles, Options, Origin, OsmFiles, Report, RoadFiles, StorageAreaReport,
};
use diesel_async::AsyncConnection;

use crate::commands::progress::Bars;

/// What to load.
#[derive(Subcommand)]
pub enum Load {
    /// The demonstration town, made by the program itself
    Town {
        /// At least so many streets, instead of the forty or so of the town
        #[arg(long)]
        streets: Option<usize>,
        /// So many towns of this size side by side, for trials of a whole country
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=999))]
        towns: Option<u16>,
        /// Under which conditions
        #[command(flatten)]
        when: When,
    },
    /// Communes of `@etalab/decoupage-administratif`, their outlines and groups, or some of these
    Communes {
        /// What the edition is called
        #[command(flatten)]
        origin: OriginArguments,
        /// communes.json, may be compressed (.gz)
        #[arg(long, value_name = "FILE", required_unless_present_any = ["contours", "epci"])]
        communes: Option<PathBuf>,
        /// Outlines, one GeoJSON feature a line, may be compressed (.gz)
        #[arg(long, value_name = "FILE")]
        contours: Option<PathBuf>,
        /// epci.json: intercommunalities
        #[arg(long, value_name = "FILE")]
        epci: Option<PathBuf>,
        /// departements.json
        #[arg(long, value_name = "FILE", requires = "communes")]
        departments: Option<PathBuf>,
        /// regions.json
        #[arg(long, value_name = "FILE", requires = "departments")]
        regions: Option<PathBuf>,
        /// Under which conditions
        #[command(flatten)]
        when: When,
    },
    /// Streets and house numbers in the exchange format (docs/reference-data.md), or segments of BD TOPO as GeoJSON
    Network {
        /// What the edition is called
        #[command(flatten)]
        origin: OriginArguments,
        /// Segments or ways, one GeoJSON feature a line, may be compressed (.gz)
        #[arg(long, value_name = "FILE")]
        streets: PathBuf,
        /// `voie_nommee` of BD TOPO, which names its segments in full
        #[arg(long, value_name = "FILE")]
        named_streets: Option<PathBuf>,
        /// House numbers
        #[command(flatten)]
        addresses: Addresses,
        /// Commune of what does not say it
        #[arg(long, value_name = "CODE")]
        insee: Option<String>,
        /// Under which conditions
        #[command(flatten)]
        when: When,
    },
    /// Numbered roads and their reference points (PR), with the columns of BD TOPO (docs/reference-data.md)
    Roads {
        /// What the edition is called
        #[command(flatten)]
        origin: OriginArguments,
        /// `section_de_points_de_repere`, GeoJSON, may be compressed (.gz)
        #[arg(long, value_name = "FILE")]
        sections: PathBuf,
        /// `point_de_repere`, CSV with `lon` and `lat`, may be compressed (.gz)
        #[arg(long, value_name = "FILE")]
        points: PathBuf,
        /// `route_numerotee_ou_nommee`, GeoJSON: roads without reference points too
        #[arg(long, value_name = "FILE")]
        roads: Option<PathBuf>,
        /// Managers and kinds of roads, CSV: those without a road here too
        #[arg(long, value_name = "FILE")]
        administrators: Option<PathBuf>,
        /// Under which conditions
        #[command(flatten)]
        when: When,
    },
    /// Lorry waiting areas of national roads, located by the numbered roads in use
    StorageAreas {
        /// CSV (docs/reference-data.md), may be compressed (.gz)
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Roads and house numbers of OpenStreetMap
    Osm {
        /// What the edition is called
        #[command(flatten)]
        origin: OriginArguments,
        /// Extract (.osm.pbf)
        #[arg(long, value_name = "FILE")]
        pbf: PathBuf,
        /// Outlines of communes, instead of those in use
        #[arg(long, value_name = "FILE")]
        contours: Option<PathBuf>,
        /// House numbers of the national address base, instead of those that are mapped
        #[command(flatten)]
        addresses: Addresses,
        /// Commune of what lies in none
        #[arg(long, value_name = "CODE")]
        insee: Option<String>,
        /// Under which conditions
        #[command(flatten)]
        when: When,
    },
    /// Segments and streets of IGN's BD TOPO, its numbered roads and their reference points, by GDAL
    Bdtopo {
        /// What the edition is called
        #[command(flatten)]
        origin: OriginArguments,
        /// GeoPackage, of a département or of more
        #[arg(long, value_name = "FILE")]
        geopackage: PathBuf,
        /// House numbers
        #[command(flatten)]
        addresses: Addresses,
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

/// Where house numbers come from.
#[derive(Args)]
pub struct Addresses {
    /// House numbers of the national address base, CSV, may be compressed (.gz)
    #[arg(long, value_name = "FILE")]
    addresses: Option<PathBuf>,
    /// Département that is loaded: only its house numbers, out of a file of the whole country
    #[arg(long, value_name = "CODE")]
    department: Option<String>,
}

/// When to load, and what becomes of it.
#[derive(Args)]
pub struct When {
    /// Do nothing when the same source, territory and date is in use already
    #[arg(long)]
    if_missing: bool,
    /// Take the edition although it has less than half of what the one in use has
    #[arg(long)]
    accept_less: bool,
    /// Keep the edition aside once it is checked; `reference activate` puts it into use
    #[arg(long)]
    aside: bool,
}

impl When {
    const fn options(&self) -> Options {
        Options { accept_less: self.accept_less, aside: self.aside }
    }
}

/// Loads, and tells what was loaded.
pub(super) async fn run(url: &str, what: Load) -> anyhow::Result<()> {
    let bars = Bars::new();
    let report = match what {
        Load::StorageAreas { file } => {
            let mut connection = dialog_db::Connection::establish(url).await.context("connecting to the database")?;
            let report = load::storage_areas(&mut connection, &file, &mut bars.listener()).await?;
            bars.finish();
            return show_storage_areas(&report);
        }
        Load::Town { streets, towns, when } => {
            let territory = if towns.is_some() { "town:land:" } else { "town:00001:" };
            if when.if_missing && is_in_use(url, territory).await? {
                return Ok(());
            }
            let size = streets.map_or(TownSize::Demonstration, TownSize::Streets);
            match towns {
                Some(towns) => load::towns(url, size, towns, &mut bars.listener()).await?,
                None => load::town(url, size, &mut bars.listener()).await?,
            }
        }
        Load::Communes { origin, communes, contours, epci, departments, regions, when } => {
            let Some(origin) = origin.missing(url, &when).await? else { return Ok(()) };
            let files = CommuneFiles { origin, communes, contours, epci, departments, regions };
            load::communes(url, &files, when.options(), &mut bars.listener()).await?
        }
        Load::Network { origin, streets, named_streets, addresses, insee, when } => {
            let Some(origin) = origin.missing(url, &when).await? else { return Ok(()) };
            let Addresses { addresses, department } = addresses;
            let files = NetworkFiles { origin, streets, named_streets, addresses, default_insee: insee, department };
            load::network(url, &files, when.options(), &mut bars.listener()).await?
        }
        Load::Roads { origin, sections, points, roads, administrators, when } => {
            let Some(origin) = origin.missing(url, &when).await? else { return Ok(()) };
            let files = RoadFiles { origin, sections, points, roads, administrators };
            load::roads(url, &files, when.options(), &mut bars.listener()).await?
        }
        Load::Osm { origin, pbf, contours, addresses, insee, when } => {
            let Some(origin) = origin.missing(url, &when).await? else { return Ok(()) };
            let Addresses { addresses, department } = addresses;
            let files = OsmFiles { origin, pbf, contours, addresses, default_insee: insee, department };
            load::osm(url, &files, when.options(), &mut bars.listener()).await?
        }
        Load::Bdtopo { origin, geopackage, addresses, when } => {
            let Some(origin) = origin.missing(url, &when).await? else { return Ok(()) };
            let Addresses { addresses, department } = addresses;
            let files = BdTopoFiles { origin, geopackage, addresses, department };
            let report = load::bdtopo(url, &files, when.options(), &mut bars.listener()).await?;
            if let Some(roads) = load::bdtopo_roads(url, &files, when.options(), &mut bars.listener()).await? {
                show(&roads)?;
            }
            report
        }
    };
    bars.finish();
    show(&report)
}

impl OriginArguments {
    /// What names the edition; `None` when it is in use already and that is enough.
    async fn missing(self, url: &str, when: &When) -> anyhow::Result<Option<Origin>> {
        let origin = Origin { source: self.source, territory: self.territory, dated: self.date };
        let name = format!("{}:{}:{}", origin.source, origin.territory, origin.dated);
        Ok(if when.if_missing && is_in_use(url, &name).await? { None } else { Some(origin) })
    }
}

async fn is_in_use(url: &str, start: &str) -> anyhow::Result<bool> {
    Ok(super::editions(url).await?.iter().any(|edition| edition.is_active && edition.name.starts_with(start)))
}

fn show_storage_areas(report: &StorageAreaReport) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} aires de stockage, {} retirées de la liste", report.listed, report.no_longer_listed)?;
    for (id, reason) in &report.not_located {
        writeln!(out, "  {id} : introuvable ({reason})")?;
    }
    Ok(())
}

fn show(report: &Report) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} : {} communes, {} contours, {} groupements, {} voies, {} adresses, {} tronçons",
        report.edition,
        report.communes,
        report.contours,
        report.divisions,
        report.streets,
        report.addresses,
        report.segments
    )?;
    if report.numbered_roads > 0 {
        let (roads, points) = (report.numbered_roads, report.reference_points);
        writeln!(out, "  {roads} routes numérotées, {points} PR, {} gestionnaires", report.road_administrators)?;
    }
    for (what, count) in &report.remarks {
        writeln!(out, "  {count} {what}")?;
    }
    for edition in &report.removed {
        writeln!(out, "  édition retirée : {edition}")?;
    }
    Ok(())
}
