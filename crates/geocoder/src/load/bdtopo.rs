//! A network from IGN's BD TOPO.

use std::path::PathBuf;

use dialog_db::reference::EditionKind;

use super::network::{Material, write};
use super::read::bdtopo::{NAMED, NEEDED, NamedStreets, OPTIONAL, RENAMED};
use super::read::gdal::Layer;
use super::{LoadError, Options, Origin, Progress, Report, Stage, Territory, read};

/// Files of a network of BD TOPO.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BdTopoFiles {
    /// Where they come from.
    pub origin: Origin,
    /// GeoPackage with the layers `troncon_de_route` and `voie_nommee`.
    pub geopackage: PathBuf,
    /// House numbers of the national address base.
    pub addresses: Option<PathBuf>,
    /// Département that the file covers: says the projection it should be in, and which house numbers to take out of a
    /// file of the whole country.
    pub department: Option<String>,
}

/// Loads segments and streets of BD TOPO, and house numbers.
///
/// # Errors
/// See [`LoadError`].
pub async fn bdtopo(
    database_url: &str,
    files: &BdTopoFiles,
    options: Options,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    let edition = files.origin.edition(EditionKind::Network)?;
    let path = &files.geopackage;
    let missing = |column| LoadError::MissingColumn { path: path.clone(), column };
    // Everything is described before anything is read.
    let segments = Layer::describe(path, "troncon_de_route")?.ok_or(missing("layer troncon_de_route"))?;
    segments.need(&NEEDED)?;
    let mut columns = NEEDED.to_vec();
    for names in RENAMED {
        let newest = names.first().copied().unwrap_or_default();
        columns.push(segments.column(names).ok_or(missing(newest))?);
    }
    columns.extend(OPTIONAL.iter().filter_map(|names| segments.column(names)));
    let streets = Layer::describe(path, "voie_nommee")?;
    if let Some(streets) = &streets {
        streets.need(&NAMED)?;
    }
    let Some(epsg) = segments.epsg else {
        let reason = "layer troncon_de_route has no coordinate system".to_owned();
        return Err(LoadError::Broken { path: path.clone(), reason });
    };
    let mut report = Report::default();
    let territory = files.department.as_deref().and_then(Territory::of);
    let is_unusual = territory.is_some_and(|territory| territory.epsg != epsg);
    report.remark("fichier dans une autre projection que celle du territoire", u64::from(is_unusual));

    let addresses = read::addresses::read_all(files.addresses.as_deref(), files.department.as_deref(), progress)?;
    let mut named = NamedStreets::default();
    if let Some(streets) = streets {
        streets.each_feature(&NAMED, Stage::ReadingNames, progress, |number, line| named.add(path, number, line))?;
    }
    let mut ways = Vec::new();
    segments.each_feature(&columns, Stage::ReadingStreets, progress, |number, line| {
        ways.push(named.way(path, number, line)?);
        Ok(())
    })?;
    let material = Material { ways, addresses, ..Material::default() };
    write(database_url, &edition, vec![material], options, report, progress).await
}
