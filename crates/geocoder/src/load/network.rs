//! A network from its files.

mod assemble;
mod boundary;
mod nodes;
mod numbers;

use dialog_db::reference::EditionKind;
use dialog_db::reference::load::{EditionWriter, Loader, NewCommune, NewContour, NewEdition};

use super::read::addresses::AddressLines;
use super::read::streets::Way;
use super::{LoadError, NetworkFiles, Options, Progress, Report, Stage, read};
use assemble::{Network, assemble};

/// Everything a network edition is made of.
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
    let addresses = match &files.addresses {
        Some(path) => read::addresses::read(path, progress)?,
        None => AddressLines::default(),
    };
    let ways = read::streets::read(&files.streets, files.default_insee.as_deref(), progress)?;
    let material = Material { ways, addresses, ..Material::default() };
    write(database_url, &edition, material, options, progress).await
}

/// Assembles a network and makes it the edition in use.
pub(super) async fn write(
    database_url: &str,
    edition: &NewEdition,
    material: Material,
    options: Options,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    let mut report = Report::default();
    progress(Stage::Assembling, 0, None);
    let Material { ways, addresses, communes, contours } = material;
    let Network { streets, addresses, segments } = assemble(&ways, addresses, &mut report);
    for (what, is_missing) in [("road", segments.is_empty()), ("named street", streets.is_empty())] {
        if is_missing {
            return Err(LoadError::Empty(what));
        }
    }
    let without_line = streets.iter().filter(|street| street.length_m <= 0.0).count();
    report.remark("voies sans tracé, connues par leurs seuls numéros", u64::try_from(without_line).unwrap_or_default());
    let mut loader = Loader::connect(database_url).await?;
    let mut writer = loader.begin(edition).await?;
    if let (Some((streets_before, addresses_before, _)), false) = (writer.counts_in_use().await?, options.accept_less) {
        check_not_shrunk("streets", streets_before, streets.len())?;
        check_not_shrunk("house numbers", addresses_before, addresses.len())?;
    }
    report.streets = copy(&mut writer, Stage::WritingStreets, streets, progress).await?;
    report.addresses = copy(&mut writer, Stage::WritingAddresses, addresses, progress).await?;
    report.segments = copy(&mut writer, Stage::WritingSegments, segments, progress).await?;
    report.communes = copy(&mut writer, Stage::WritingCommunes, communes, progress).await?;
    report.contours = copy(&mut writer, Stage::WritingContours, contours, progress).await?;
    progress(Stage::Activating, 0, None);
    let (addresses, sides) = writer.orphans().await?;
    for (what, count) in [("house numbers have no street", addresses), ("segments have no street", sides)] {
        if count > 0 {
            return Err(LoadError::Inconsistent { what, count: count.unsigned_abs() });
        }
    }
    report.edition = writer.finish().await?;
    report.prune(&mut loader).await;
    Ok(report)
}

/// Copies rows, when there are any.
pub(super) async fn copy<R: dialog_db::reference::load::CopyRow>(
    writer: &mut EditionWriter<'_>,
    stage: Stage,
    rows: Vec<R>,
    progress: &mut Progress<'_>,
) -> Result<u64, LoadError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let total = u64::try_from(rows.len()).ok();
    Ok(writer.copy(rows, &mut |done| progress(stage, done, total)).await?)
}

/// Refuses less than half of what there was.
pub(super) fn check_not_shrunk(what: &'static str, before: i32, after: usize) -> Result<(), LoadError> {
    let (before, after) = (u64::from(before.unsigned_abs()), u64::try_from(after).unwrap_or(u64::MAX));
    if after.saturating_mul(2) < before { Err(LoadError::Shrunk { what, before, after }) } else { Ok(()) }
}
