//! A network from its files.

mod assemble;
mod boundary;
mod nodes;
mod numbers;
mod parts;
mod topology;

use dialog_db::reference::EditionKind;
use dialog_db::reference::load::{CopyRow, EditionWriter, Loader, NewCommune, NewContour, NewEdition};

use super::read::addresses::AddressLines;
use super::read::bdtopo::NamedStreets;
use super::read::streets::Way;
use super::{LoadError, NetworkFiles, Options, Progress, Report, Stage, read};
use parts::{Assembled, Parts};
use topology::Topology;

/// Everything a network edition is made of, or the part of it that is written at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Material {
    pub(super) ways: Vec<Way>,
    pub(super) addresses: AddressLines,
    pub(super) communes: Vec<NewCommune>,
    pub(super) contours: Vec<NewContour>,
}

/// Loads streets and house numbers.
///
/// # Errors
/// See [`LoadError`].
pub async fn network(
    database_url: &str,
    files: &NetworkFiles,
    options: Options,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    let edition = files.origin.edition(EditionKind::Network)?;
    let addresses = read::addresses::read_all(files.addresses.as_deref(), files.department.as_deref(), progress)?;
    let named = match &files.named_streets {
        Some(path) => NamedStreets::read(path, progress)?,
        None => NamedStreets::default(),
    };
    let ways = read::streets::read(&files.streets, files.default_insee.as_deref(), &named, progress)?;
    let material = Material { ways, addresses, ..Material::default() };
    write(database_url, &edition, vec![material], options, Report::default(), progress).await
}

/// Assembles a network and makes it the edition in use. A network that is too large for memory comes in several parts,
/// which share neither streets nor nodes; each is assembled while the one before it is written.
pub(super) async fn write<P>(
    database_url: &str,
    edition: &NewEdition,
    parts: P,
    options: Options,
    mut report: Report,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError>
where
    P: IntoIterator<Item = Material, IntoIter: ExactSizeIterator + Send + 'static>,
{
    let mut loader = Loader::connect(database_url).await?;
    let mut writer = loader.begin(edition).await?;
    let mut topology = Topology::default();
    let parts = parts.into_iter();
    let total = u64::try_from(parts.len()).ok();
    let (mut parts, mut rank, mut ranges) = (Parts::assemble(parts), 0, 0);
    while let Some(part) = parts.next().await {
        rank += 1;
        progress(Stage::Assembling, rank, total);
        let Assembled { network, communes, contours, covered, topology: seen, remarks } = part;
        topology += seen;
        for (what, count) in remarks {
            report.remark(what, count);
        }
        for (insee, more) in covered {
            writer.cover(&insee, more);
        }
        let mut copied = Copied { writer: &mut writer, progress };
        copied.copy(Stage::WritingStreets, &mut report.streets, network.streets).await?;
        copied.copy(Stage::WritingAddresses, &mut report.addresses, network.addresses).await?;
        copied.copy(Stage::WritingSegments, &mut report.segments, network.segments).await?;
        copied.copy(Stage::WritingAddresses, &mut ranges, network.ranges).await?;
        copied.copy(Stage::WritingCommunes, &mut report.communes, communes).await?;
        copied.copy(Stage::WritingContours, &mut report.contours, contours).await?;
    }
    progress(Stage::Activating, 0, None);
    check(&writer, topology, options, &mut report).await?;
    finish(writer, options, &mut report).await?;
    report.prune(&mut loader).await;
    Ok(report)
}

/// Everything that could make an edition useless, before anybody uses it.
async fn check(
    writer: &EditionWriter<'_>,
    topology: Topology,
    options: Options,
    report: &mut Report,
) -> Result<(), LoadError> {
    for (what, count) in [("road", report.segments), ("named street", report.streets)] {
        if count == 0 {
            return Err(LoadError::Empty(what));
        }
    }
    report.compare(writer.counts_in_use().await?, options)?;
    for (what, count) in [
        ("house numbers have no street", topology.houses_without_street),
        ("sides of segments have no street", topology.sides_without_street),
        ("ends of segments lie elsewhere than their node", topology.torn),
        ("segments lie outside the territory of their commune", topology.outside),
    ] {
        if report.check(what, count, None) > 0 {
            return Err(LoadError::Inconsistent { what, count });
        }
    }
    let what = "segments meet no other one";
    let count = report.check(what, topology.alone, None);
    if topology.is_scattered() {
        return Err(LoadError::Inconsistent { what, count });
    }
    report.check("communes have no street any more", writer.communes_lost().await?.unsigned_abs(), None);
    Ok(())
}

/// Attaches the edition with what was checked, and puts it into use unless it is to stay aside.
pub(super) async fn finish(
    mut writer: EditionWriter<'_>,
    options: Options,
    report: &mut Report,
) -> Result<(), LoadError> {
    for check in &report.checks {
        writer.checked(check.clone());
    }
    report.edition = writer.finish(!options.aside).await?;
    Ok(())
}

/// Copies rows, and tells how many were copied since the beginning.
pub(super) struct Copied<'a, 'w, 'p> {
    pub(super) writer: &'a mut EditionWriter<'w>,
    pub(super) progress: &'a mut Progress<'p>,
}

impl Copied<'_, '_, '_> {
    /// Copies rows, when there are any; `done` counts those of the edition.
    pub(super) async fn copy<R: CopyRow>(
        &mut self,
        stage: Stage,
        done: &mut u64,
        rows: Vec<R>,
    ) -> Result<(), LoadError> {
        if rows.is_empty() {
            return Ok(());
        }
        let (before, length) = (*done, count(rows.len()));
        // Of one part only the total is known.
        let total = (before == 0).then_some(length);
        let progress = &mut *self.progress;
        *done += self.writer.copy(rows, &mut |rows| progress(stage, before + rows, total)).await?;
        Ok(())
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
