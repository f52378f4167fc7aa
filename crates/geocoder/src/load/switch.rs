//! Which edition is in use, once several are loaded.

use dialog_db::reference::EditionKind;
use dialog_db::reference::load::{Loader, Switched};

use super::LoadError;

/// Puts an edition that is loaded into use, by its name.
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

/// Puts the previous edition of a source and territory into use again; doing so twice changes nothing in the end.
///
/// # Errors
/// When no previous edition is kept, or the database does not answer.
pub async fn roll_back(
    database_url: &str,
    source: &str,
    territory: &str,
    kind: Option<EditionKind>,
) -> Result<Vec<Switched>, LoadError> {
    let switched = Loader::connect(database_url).await?.roll_back(source, territory, kind).await?;
    if switched.is_empty() {
        return Err(LoadError::NothingBefore(format!("{source}:{territory}")));
    }
    Ok(switched)
}
