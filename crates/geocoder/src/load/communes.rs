//! Communes, their outlines and their groups from their files.

use dialog_db::reference::EditionKind;
use dialog_db::reference::load::Loader;

use super::network::{Copied, finish};
use super::{CommuneFiles, LoadError, Options, Progress, Report, Stage, read};

/// Loads communes, their outlines and their groups, or some of these.
///
/// # Errors
/// See [`LoadError`].
pub async fn communes(
    database_url: &str,
    files: &CommuneFiles,
    options: Options,
    progress: &mut Progress<'_>,
) -> Result<Report, LoadError> {
    let edition = files.origin.edition(EditionKind::Communes)?;
    let mut report = Report::default();
    let mut communes = match &files.communes {
        Some(path) => read::communes::read(path, progress)?,
        None => Vec::new(),
    };
    let mut contours = match &files.contours {
        Some(path) => read::contours::read(path, progress)?,
        None => Vec::new(),
    };
    let divisions = read::divisions::read(files, &communes, progress)?;
    if communes.is_empty() && contours.is_empty() && divisions.is_empty() {
        return Err(LoadError::Empty("commune"));
    }
    let (all_communes, all_contours) = (communes.len(), contours.len());
    communes.sort_by(|a, b| (&a.insee, a.kind.as_str()).cmp(&(&b.insee, b.kind.as_str())));
    communes.dedup_by(|a, b| a.insee == b.insee && a.kind == b.kind);
    contours.sort_by(|a, b| a.insee.cmp(&b.insee));
    contours.dedup_by(|a, b| a.insee == b.insee);
    let repeated = all_communes - communes.len() + all_contours - contours.len();
    report.remark("communes présentes plusieurs fois, gardées une fois", u64::try_from(repeated).unwrap_or_default());

    let mut loader = Loader::connect(database_url).await?;
    let mut writer = loader.begin(&edition).await?;
    let mut copied = Copied { writer: &mut writer, progress };
    copied.copy(Stage::WritingCommunes, &mut report.communes, communes).await?;
    copied.copy(Stage::WritingContours, &mut report.contours, contours).await?;
    copied.copy(Stage::WritingDivisions, &mut report.divisions, divisions).await?;
    progress(Stage::Activating, 0, None);
    report.compare(writer.counts_in_use().await?, options)?;
    finish(writer, options, &mut report).await?;
    report.prune(&mut loader).await;
    Ok(report)
}
