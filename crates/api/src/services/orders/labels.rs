//! Names that a request gives beside codes: the code decides, and a name that is that of another place goes.

use std::collections::HashMap;

use dialog_db::{Connection, reference};
use dialog_domain::{LocationDescription, NamedStreet, WholeCityException};
use dialog_geocoder::name::{canonical, canonical_city};
use diesel::QueryResult;

/// The identifiers of the streets that a request chose from a list; a street without one was found by its name.
pub(super) fn chosen_streets(asked: &LocationDescription) -> Vec<String> {
    streets(asked).into_iter().filter_map(|street| street.road_ban_id.clone()).collect()
}

/// Replaces, in what was found, the names of communes and of `chosen` streets that are not those of their codes.
///
/// # Errors
/// When a query fails.
pub(super) async fn follow_codes(
    connection: &mut Connection,
    asked: &mut LocationDescription,
    chosen: &[String],
) -> QueryResult<()> {
    let mut codes: Vec<String> = streets(asked).into_iter().map(|street| street.city_code.clone()).collect();
    if let LocationDescription::WholeCity { city_code, .. } = asked {
        codes.push(city_code.clone());
    }
    if codes.is_empty() {
        return Ok(());
    }
    codes.sort_unstable();
    codes.dedup();
    let cities: HashMap<String, String> = reference::commune_names(connection, &codes).await?.into_iter().collect();
    let mut roads = HashMap::new();
    for id in chosen {
        if let Some(street) = reference::find_street(connection, id).await? {
            roads.insert(id.clone(), street.name);
        }
    }
    match asked {
        LocationDescription::NamedStreet(street) => correct(street, &cities, &roads),
        LocationDescription::WholeCity { city_code, city_label, exceptions } => {
            correct_city(city_label, cities.get(city_code));
            for exception in exceptions {
                if let WholeCityException::NamedStreet(street) = exception {
                    correct(street, &cities, &roads);
                }
            }
        }
        LocationDescription::DepartmentalRoad(_)
        | LocationDescription::NationalRoad(_)
        | LocationDescription::RawGeoJson { .. }
        | LocationDescription::Zone { .. } => {}
    }
    Ok(())
}

fn streets(asked: &LocationDescription) -> Vec<&NamedStreet> {
    match asked {
        LocationDescription::NamedStreet(street) => vec![street],
        LocationDescription::WholeCity { exceptions, .. } => exceptions
            .iter()
            .filter_map(|exception| match exception {
                WholeCityException::NamedStreet(street) => Some(street),
                WholeCityException::RawGeoJson { .. } => None,
            })
            .collect(),
        LocationDescription::DepartmentalRoad(_)
        | LocationDescription::NationalRoad(_)
        | LocationDescription::RawGeoJson { .. }
        | LocationDescription::Zone { .. } => Vec::new(),
    }
}

fn correct(street: &mut NamedStreet, cities: &HashMap<String, String>, roads: &HashMap<String, String>) {
    correct_city(&mut street.city_label, cities.get(&street.city_code));
    let name = street.road_ban_id.as_ref().and_then(|id| roads.get(id));
    if let Some(name) = name.filter(|name| canonical(name) != canonical(&street.road_name)) {
        street.road_name.clone_from(name);
    }
}

/// A postcode, an arrondissement more or less, capitals and accents are no other commune.
fn correct_city(label: &mut String, name: Option<&String>) {
    let Some(name) = name else { return };
    let said = canonical_city(label.split('(').next().unwrap_or_default());
    let known = canonical_city(name);
    if said.is_empty() || !(known.starts_with(&said) || said.starts_with(&known)) {
        label.clone_from(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_commune_is_corrected_and_another_spelling_is_not() {
        let name = "Saint-Martin-d'Hères".to_owned();
        for (label, expected) in [
            ("Saint-Martin-d'Hères (38400)", "Saint-Martin-d'Hères (38400)"),
            ("ST MARTIN D'HERES", "ST MARTIN D'HERES"),
            ("Grenoble (38000)", "Saint-Martin-d'Hères"),
            ("", "Saint-Martin-d'Hères"),
        ] {
            let mut corrected = label.to_owned();
            correct_city(&mut corrected, Some(&name));
            assert_eq!(corrected, expected);
        }
        let mut unknown = "Ailleurs".to_owned();
        correct_city(&mut unknown, None);
        assert_eq!(unknown, "Ailleurs");
        let mut paris = "Paris (75004)".to_owned();
        correct_city(&mut paris, Some(&"Paris 4e Arrondissement".to_owned()));
        assert_eq!(paris, "Paris (75004)");
    }
}
