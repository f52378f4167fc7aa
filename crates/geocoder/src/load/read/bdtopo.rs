//! Segments and streets of IGN's BD TOPO, one GeoJSON feature a line.

use std::collections::HashMap;
use std::path::Path;

use dialog_geo::{LineString, RoadClass};
use serde::Deserialize;

use super::streets::{Geometry, Side, Way};
use super::{Input, bad_line, is_insee};
use crate::load::{LoadError, Progress, Stage};

/// Columns of `troncon_de_route` without which nothing can be done.
pub(in crate::load) const NEEDED: [&str; 6] = [
    "cleabs",
    "nature",
    "sens_de_circulation",
    "position_par_rapport_au_sol",
    "insee_commune_gauche",
    "insee_commune_droite",
];
/// Columns of which one is needed, the newest first: they were renamed from version to version.
pub(in crate::load) const RENAMED: [&[&str]; 4] = [
    &["nom_voie_ban_gauche", "nom_1_gauche", "nom_gauche"],
    &["nom_voie_ban_droite", "nom_1_droite", "nom_droite"],
    &["identifiant_voie_ban_gauche", "identifiant_voie_1_gauche", "identifiant_voie_gauche"],
    &["identifiant_voie_ban_droite", "identifiant_voie_1_droite", "identifiant_voie_droite"],
];
/// Columns that are read when they are there.
pub(in crate::load) const OPTIONAL: [&[&str]; 9] = [
    &["importance"],
    &["nom_collaboratif_gauche"],
    &["nom_collaboratif_droite"],
    &["cpx_numero", "numero"],
    &["etat_de_l_objet"],
    &["borne_debut_gauche"],
    &["borne_fin_gauche"],
    &["borne_debut_droite"],
    &["borne_fin_droite"],
];
/// Columns of `voie_nommee`.
pub(in crate::load) const NAMED: [&str; 4] =
    ["identifiant_voie_ban", "nom_voie_ban", "insee_commune", "liens_vers_supports"];

#[derive(Deserialize)]
struct Feature<P> {
    properties: P,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct FeatureWithoutPlace<P> {
    properties: P,
}

#[derive(Deserialize)]
struct Troncon {
    cleabs: String,
    nature: String,
    sens_de_circulation: Option<String>,
    position_par_rapport_au_sol: Option<String>,
    importance: Option<String>,
    etat_de_l_objet: Option<String>,
    insee_commune_gauche: Option<String>,
    insee_commune_droite: Option<String>,
    #[serde(alias = "nom_1_gauche", alias = "nom_gauche")]
    nom_voie_ban_gauche: Option<String>,
    #[serde(alias = "nom_1_droite", alias = "nom_droite")]
    nom_voie_ban_droite: Option<String>,
    #[serde(alias = "identifiant_voie_1_gauche", alias = "identifiant_voie_gauche")]
    identifiant_voie_ban_gauche: Option<String>,
    #[serde(alias = "identifiant_voie_1_droite", alias = "identifiant_voie_droite")]
    identifiant_voie_ban_droite: Option<String>,
    nom_collaboratif_gauche: Option<String>,
    nom_collaboratif_droite: Option<String>,
    #[serde(alias = "numero")]
    cpx_numero: Option<String>,
    borne_debut_gauche: Option<String>,
    borne_fin_gauche: Option<String>,
    borne_debut_droite: Option<String>,
    borne_fin_droite: Option<String>,
}

#[derive(Deserialize)]
struct Voie {
    identifiant_voie_ban: Option<String>,
    nom_voie_ban: Option<String>,
    insee_commune: Option<String>,
    liens_vers_supports: Option<String>,
}

/// What `voie_nommee` says of streets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::load) struct NamedStreets {
    /// Name by identifier.
    names: HashMap<String, String>,
    /// Streets by the segments that carry them, for segments that do not say it themselves.
    carried: HashMap<String, Vec<Side>>,
}

impl NamedStreets {
    /// Reads a file of GeoJSON lines.
    pub(in crate::load) fn read(path: &Path, progress: &mut Progress<'_>) -> Result<Self, LoadError> {
        let mut named = Self::default();
        Input::open(path, Stage::ReadingStreets)?.each_line(progress, |number, line| named.add(path, number, line))?;
        Ok(named)
    }

    /// Adds a street.
    pub(in crate::load) fn add(&mut self, path: &Path, number: u64, line: &str) -> Result<(), LoadError> {
        let feature: Result<FeatureWithoutPlace<Voie>, _> = serde_json::from_str(line);
        let voie = feature.map_err(|error| bad_line(path, number, error.to_string()))?.properties;
        let (Some(name), Some(insee)) = (text(voie.nom_voie_ban), text(voie.insee_commune)) else { return Ok(()) };
        let ban_id = text(voie.identifiant_voie_ban).and_then(|id| ban_id(&id));
        if let Some(id) = &ban_id {
            self.names.entry(id.clone()).or_insert_with(|| name.clone());
        }
        for segment in voie.liens_vers_supports.as_deref().unwrap_or_default().split('/').filter(|id| !id.is_empty()) {
            let side =
                Side { name: Some(name.clone()), insee: Some(insee.clone()), ban_id: ban_id.clone(), numbers: None };
            self.carried.entry(segment.to_owned()).or_default().push(side);
        }
        Ok(())
    }

    /// One side of a segment: what it says, with the name in full, else the street of the commune that it carries.
    fn side(&self, segment: &str, insee: Option<String>, id: Option<String>, name: Option<String>) -> Side {
        let ban_id = id.and_then(|id| ban_id(&id));
        let full = ban_id.as_ref().and_then(|id| self.names.get(id)).cloned();
        let Some(name) = full.or(name) else {
            let carried = self.carried.get(segment).into_iter().flatten().find(|side| side.insee == insee);
            return carried.cloned().unwrap_or(Side { name: None, insee, ban_id, numbers: None });
        };
        Side { name: Some(name), insee, ban_id, numbers: None }
    }

    /// The segment on a line of GeoJSON.
    pub(in crate::load) fn way(&self, path: &Path, number: u64, line: &str) -> Result<Way, LoadError> {
        let bad = |reason: String| bad_line(path, number, reason);
        let Feature { properties: troncon, geometry } =
            serde_json::from_str::<Feature<Troncon>>(line).map_err(|error| bad(error.to_string()))?;
        let line = geometry.line().map_err(|reason| bad(reason.to_owned()))?;
        self.segment(troncon, line).map_err(bad)
    }

    fn segment(&self, troncon: Troncon, line: LineString) -> Result<Way, String> {
        let (left, right) = (text(troncon.insee_commune_gauche), text(troncon.insee_commune_droite));
        for insee in [&left, &right].into_iter().flatten() {
            if !is_insee(insee) {
                return Err(format!("{insee:?} is no code of a commune"));
            }
        }
        let id = troncon.cleabs;
        let name = |ban: Option<String>, collaborative: Option<String>| text(ban).or_else(|| text(collaborative));
        let left_name = name(troncon.nom_voie_ban_gauche, troncon.nom_collaboratif_gauche);
        let right_name = name(troncon.nom_voie_ban_droite, troncon.nom_collaboratif_droite);
        let (left_id, right_id) =
            (text(troncon.identifiant_voie_ban_gauche), text(troncon.identifiant_voie_ban_droite));
        let mut left = self.side(&id, left.clone().or_else(|| right.clone()), left_id, left_name);
        let mut right = self.side(&id, right.or(left.insee.clone()), right_id, right_name);
        let numbers = |first: Option<String>, last: Option<String>| house_number(first?).zip(house_number(last?));
        left.numbers = numbers(troncon.borne_debut_gauche, troncon.borne_fin_gauche);
        right.numbers = numbers(troncon.borne_debut_droite, troncon.borne_fin_droite);
        // A name without commune cannot be a street.
        for side in [&mut left, &mut right] {
            if side.insee.is_none() {
                side.name = None;
            }
        }
        let is_open = troncon.etat_de_l_objet.as_deref().is_none_or(|state| state == "En service");
        Ok(Way {
            class: is_open.then(|| class(&troncon.nature, troncon.importance.as_deref())),
            level: troncon.position_par_rapport_au_sol.as_deref().and_then(|level| level.parse().ok()).unwrap_or(0),
            oneway: match troncon.sens_de_circulation.as_deref() {
                Some("Sens direct") => 1,
                Some("Sens inverse") => -1,
                _ => 0,
            },
            road_number: text(troncon.cpx_numero).and_then(|number| super::streets::road_number(&number)),
            nodes: None,
            id,
            left,
            right,
            line,
        })
    }
}

fn class(nature: &str, importance: Option<&str>) -> RoadClass {
    match nature {
        "Type autoroutier" => RoadClass::Motorway,
        "Chemin" | "Route empierrée" => RoadClass::Track,
        "Sentier" => RoadClass::Path,
        "Escalier" => RoadClass::Steps,
        "Piste cyclable" => RoadClass::Cycleway,
        "Bac ou liaison maritime" | "Bac auto" | "Bac piéton" => RoadClass::Ferry,
        _ if nature.starts_with("Route à") || matches!(nature, "Rond-point" | "Bretelle" | "Quasi-autoroute") => {
            match importance {
                Some("1") => RoadClass::Trunk,
                Some("2") => RoadClass::Primary,
                Some("3") => RoadClass::Secondary,
                Some("4") => RoadClass::Tertiary,
                _ => RoadClass::Local,
            }
        }
        _ => RoadClass::Other,
    }
}

/// Identifier of a street, as the address base writes it; older editions bear the code of FANTOIR (`132118400`).
fn ban_id(id: &str) -> Option<String> {
    let id = if id.len() == 9 && id.is_ascii() && !id.contains('_') {
        format!("{}_{}", id.get(..5)?, id.get(5..)?)
    } else {
        id.to_owned()
    };
    let insee = id.split('_').next()?;
    (is_insee(insee) && (6..=20).contains(&id.chars().count())).then(|| id.to_lowercase())
}

/// The number of `12BIS`; 0 stands for none.
fn house_number(text: String) -> Option<i32> {
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| *number > 0)
}

fn text(value: Option<String>) -> Option<String> {
    value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segment_takes_its_names_from_the_streets_it_carries() {
        let mut named = NamedStreets::default();
        let path = Path::new("voies");
        let voie = r#"{"properties":{"identifiant_voie_ban":"13211_8400","nom_voie_ban":"Boulevard de Saint-Loup","insee_commune":"13211","liens_vers_supports":"T1/T2"}}"#;
        named.add(path, 1, voie).expect("a street");
        let way = |properties: &str| {
            let line = format!(
                r#"{{"properties":{{{properties}}},"geometry":{{"type":"LineString","coordinates":[[5.4,43.2],[5.5,43.2]]}}}}"#
            );
            named.way(path, 1, &line)
        };
        let full = way(
            r#""cleabs":"T9","nature":"Route à 1 chaussée","importance":"4","sens_de_circulation":"Sens inverse","position_par_rapport_au_sol":"1",
               "nom_gauche":"BD DE SAINT-LOUP","identifiant_voie_gauche":"132118400","insee_commune_gauche":"13211",
               "nom_droite":"R HAUTE","identifiant_voie_droite":"13210_abcdef","insee_commune_droite":"13210","numero":"D 2""#,
        )
        .expect("a segment");
        assert_eq!(full.left.name.as_deref(), Some("Boulevard de Saint-Loup"));
        assert_eq!((full.right.name.as_deref(), full.right.ban_id.as_deref()), (Some("R HAUTE"), Some("13210_abcdef")));
        assert_eq!((full.level, full.oneway, full.road_number.as_deref()), (1, -1, Some("D2")));
        assert_eq!(full.class, Some(RoadClass::Tertiary));
        let bare =
            way(r#""cleabs":"T2","nature":"Sentier","insee_commune_gauche":"13211","etat_de_l_objet":"En projet""#);
        let bare = bare.expect("a segment");
        assert_eq!(bare.left.ban_id.as_deref(), Some("13211_8400"), "liens_vers_supports");
        assert_eq!((bare.right.insee.as_deref(), bare.class), (Some("13211"), None));
        assert!(way(r#""nature":"Sentier""#).expect_err("no identifier").to_string().contains("cleabs"));
    }
}
