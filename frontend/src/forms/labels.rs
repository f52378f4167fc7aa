//! Names of fields and choices, in French.

use dialog_domain::{Day, MeasureType};

/// Types of restriction, in the order of the form.
pub fn measure_types() -> Vec<(&'static str, String)> {
    MeasureType::ALL.map(|kind| (kind.as_str(), dialog_text::labels::measure_type(kind).to_string())).to_vec()
}

/// Days of the week: the word of the wire and its French name.
pub fn days() -> Vec<(Day, String)> {
    Day::ALL.map(|day| (day, capitalized(dialog_text::labels::day(day)))).to_vec()
}

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
            "heavyweightMaxWeight" => "Poids",
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
