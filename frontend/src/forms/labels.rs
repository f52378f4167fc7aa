//! Names of fields and choices, in French.

use dialog_domain::{Day, MeasureType, RoadType};

/// Types of restriction, in the order of the form.
pub fn measure_types() -> Vec<(&'static str, String)> {
    MeasureType::ALL.map(|kind| (kind.as_str(), dialog_text::labels::measure_type(kind).to_string())).to_vec()
}

/// Days of the week: the word of the wire and its French name.
pub fn days() -> Vec<(String, String)> {
    Day::ALL.map(|day| (day.as_str().to_owned(), capitalized(dialog_text::labels::day(day)))).to_vec()
}

/// Kinds of location, in the order of the form.
pub fn road_types() -> Vec<(String, String)> {
    ROAD_TYPES.map(|(word, kind)| (word.to_owned(), dialog_text::labels::road_type(kind).to_owned())).to_vec()
}

/// The word of a kind of location on the wire.
pub fn road_type_word(kind: RoadType) -> &'static str {
    ROAD_TYPES.iter().find(|(_, other)| *other == kind).map_or("lane", |(word, _)| word)
}

/// The kind of location of a word.
pub fn road_type(word: &str) -> RoadType {
    ROAD_TYPES.iter().find(|(other, _)| *other == word).map_or(RoadType::Lane, |(_, kind)| *kind)
}

const ROAD_TYPES: [(&str, RoadType); 6] = [
    ("lane", RoadType::Lane),
    ("departmentalRoad", RoadType::DepartmentalRoad),
    ("nationalRoad", RoadType::NationalRoad),
    ("rawGeoJSON", RoadType::RawGeoJson),
    ("wholeCity", RoadType::WholeCity),
    ("zone", RoadType::Zone),
];

/// First letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Where a field is, for the list of what must be corrected: `Période 2, date de fin`.
pub fn field_label(path: &str) -> String {
    let mut places = Vec::new();
    for segment in path.split('.') {
        let (name, index) = match segment.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().ok()),
            None => (segment, None),
        };
        let word = match name {
            "identifier" => "Identifiant",
            "category" => "Nature de l’arrêté",
            "subject" => "Objet de l’arrêté",
            "otherCategoryText" => "Précision de l’objet",
            "title" => "Intitulé",
            "organizationUuid" => "Organisation compétente",
            "type" => "Type de restriction",
            "maxSpeed" => "Vitesse maximale",
            "allVehicles" => "Véhicules concernés",
            "restrictedTypes" => "Types de véhicules",
            "heavyweightMaxWeight" => "Poids",
            "maxWidth" => "Largeur",
            "maxLength" => "Longueur",
            "maxHeight" => "Hauteur",
            "critairTypes" => "Catégories Crit’Air",
            "otherRestrictedTypeText" => "Autres véhicules",
            "exemptedTypes" => "Exceptions",
            "otherExemptedTypeText" => "Autres exceptions",
            "measures" => "Mesure",
            "periods" => "Période",
            "startDate" => "date de début",
            "startTime" => "heure de début",
            "endDate" => "date de fin",
            "endTime" => "heure de fin",
            "applicableDays" => "jours concernés",
            "timeSlots" => "plage horaire",
            "locations" => "Localisation",
            "roadType" => "type de localisation",
            "cityLabel" => "ville",
            "roadName" => "voie",
            "fromPointType" => "point A",
            "fromHouseNumber" => "numéro du point A",
            "fromRoadName" => "intersection du point A",
            "fromCrossing" => "croisement du point A",
            "toPointType" => "point B",
            "toHouseNumber" => "numéro du point B",
            "toRoadName" => "intersection du point B",
            "toCrossing" => "croisement du point B",
            "direction" => "sens",
            "exceptions" => "exception",
            "administrator" => "gestionnaire",
            "roadNumber" => "numéro de la route",
            "fromPointNumber" => "PR du point A",
            "fromSide" => "côté du point A",
            "fromAbscissa" => "abscisse du point A",
            "toPointNumber" => "PR du point B",
            "toSide" => "côté du point B",
            "toAbscissa" => "abscisse du point B",
            "storageAreaUuid" => "aire de stockage",
            "fromCoordinates" => "place du point A",
            "toCoordinates" => "place du point B",
            "file" => "Fichier",
            "url" => "Lien",
            "reason" => "Motif",
            "label" => "descriptif",
            "geometry" => "tracé",
            _ => continue,
        };
        places.push(index.map_or_else(|| word.to_owned(), |index| format!("{word} {}", index + 1)));
    }
    places.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_with_its_place() {
        assert_eq!(field_label("periods[1].endDate"), "Période 2, date de fin");
        assert_eq!(field_label("locations[0].namedStreet.fromHouseNumber"), "Localisation 1, numéro du point A");
        assert_eq!(field_label("title"), "Intitulé");
    }
}
