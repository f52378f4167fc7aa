//! Intercommunalities, départements and regions: the JSON of `@etalab/decoupage-administratif`.

use std::collections::BTreeMap;
use std::path::Path;

use dialog_db::reference::CommuneKind;
use dialog_db::reference::load::{DivisionKind, NewCommune, NewDivision};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Input, is_insee};
use crate::load::{CommuneFiles, LoadError, Progress, Stage};

#[derive(Deserialize)]
struct Epci {
    code: String,
    nom: String,
    membres: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    code: String,
}

#[derive(Deserialize)]
struct Department {
    code: String,
    nom: String,
    region: Option<String>,
}

#[derive(Deserialize)]
struct Region {
    code: String,
    nom: String,
}

/// Reads what is there of the three files. Groups without a commune are left out: those of the Pacific have none.
pub(in crate::load) fn read(
    files: &CommuneFiles,
    communes: &[NewCommune],
    progress: &mut Progress<'_>,
) -> Result<Vec<NewDivision>, LoadError> {
    let mut by_department: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for commune in communes.iter().filter(|commune| commune.kind == CommuneKind::Commune) {
        by_department.entry(&commune.department).or_default().push(commune.insee.clone());
    }
    let mut divisions = Vec::new();
    let mut add = |kind, code, name, mut communes: Vec<String>| {
        communes.sort();
        communes.dedup();
        if !communes.is_empty() {
            divisions.push(NewDivision { kind, code, name, communes });
        }
    };
    for Epci { code, nom, membres } in list::<Epci>(files.epci.as_deref(), progress)? {
        if let (Some(path), Some(wrong)) = (&files.epci, membres.iter().find(|member| !is_insee(&member.code))) {
            let reason = format!("intercommunality {code} has the member {:?}, no code of a commune", wrong.code);
            return Err(LoadError::Broken { path: path.clone(), reason });
        }
        add(DivisionKind::Epci, code, nom, membres.into_iter().map(|member| member.code).collect());
    }
    let mut by_region: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Department { code, nom, region } in list::<Department>(files.departments.as_deref(), progress)? {
        let communes = by_department.get(code.as_str()).cloned().unwrap_or_default();
        if let Some(region) = region {
            by_region.entry(region).or_default().extend_from_slice(&communes);
        }
        add(DivisionKind::Department, code, nom, communes);
    }
    for Region { code, nom } in list::<Region>(files.regions.as_deref(), progress)? {
        let communes = by_region.remove(&code).unwrap_or_default();
        add(DivisionKind::Region, code, nom, communes);
    }
    Ok(divisions)
}

fn list<T: DeserializeOwned>(path: Option<&Path>, progress: &mut Progress<'_>) -> Result<Vec<T>, LoadError> {
    let Some(path) = path else { return Ok(Vec::new()) };
    progress(Stage::ReadingDivisions, 0, None);
    Input::open(path, Stage::ReadingDivisions)?.json()
}
