//! Communes: the JSON of `@etalab/decoupage-administratif`.

use std::path::Path;

use dialog_db::reference::CommuneKind;
use dialog_db::reference::load::NewCommune;
use serde::Deserialize;

use super::{Input, is_insee};
use crate::load::{LoadError, Progress, Stage};
use crate::name::normalise;

#[derive(Deserialize)]
struct Entry {
    code: String,
    nom: String,
    #[serde(rename = "type")]
    kind: String,
    departement: String,
    #[serde(rename = "codesPostaux", default)]
    postcodes: Vec<String>,
    #[serde(default)]
    population: i32,
    #[serde(rename = "chefLieu")]
    seat: Option<String>,
    commune: Option<String>,
}

/// Reads every commune of a file.
pub(in crate::load) fn read(path: &Path, progress: &mut Progress<'_>) -> Result<Vec<NewCommune>, LoadError> {
    progress(Stage::ReadingCommunes, 0, None);
    let entries: Vec<Entry> = Input::open(path, Stage::ReadingCommunes)?.json()?;
    entries
        .into_iter()
        .map(|entry| {
            let wrong = |reason: String| LoadError::Line { path: path.to_owned(), line: 0, reason };
            let kind = match entry.kind.as_str() {
                "commune-actuelle" => CommuneKind::Commune,
                "arrondissement-municipal" => CommuneKind::Arrondissement,
                "commune-deleguee" => CommuneKind::Delegated,
                "commune-associee" => CommuneKind::Associated,
                other => return Err(wrong(format!("commune {} has the unknown type {other:?}", entry.code))),
            };
            if !is_insee(&entry.code) {
                return Err(wrong(format!("{:?} is no code of a commune", entry.code)));
            }
            Ok(NewCommune {
                insee: entry.code,
                kind,
                norm_name: normalise(&entry.nom),
                name: entry.nom,
                postcodes: entry.postcodes,
                department: entry.departement,
                population: entry.population,
                parent: entry.commune.or(entry.seat),
            })
        })
        .collect()
}
