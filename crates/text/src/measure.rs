//! A measure in one line or one sentence.

use dialog_domain::{Location, LocationDescription, Measure, MeasureType};

use crate::{labels, list::join, location::location, location::with_exceptions, period, vehicles};

/// What is restricted: `Circulation interdite`, `Vitesse limitée à 50 km/h`.
#[must_use]
pub fn measure_title(measure: &Measure) -> String {
    title(measure.kind, measure.max_speed_kmh)
}

pub(crate) fn title(kind: MeasureType, max_speed_kmh: Option<u16>) -> String {
    match (kind, max_speed_kmh) {
        (MeasureType::SpeedLimitation, Some(speed)) => format!("Vitesse limitée à {speed} km/h"),
        (kind, _) => labels::measure_type(kind).to_owned(),
    }
}

/// The whole measure: what, for whom, when and where.
#[must_use]
pub fn measure_sentence(measure: &Measure) -> String {
    let periods: Vec<String> = measure.periods.iter().map(period).collect();
    let when = if periods.is_empty() { "tous les jours".to_owned() } else { join(&periods, "et") };
    let mut sentence = format!("{} {}, {when}", measure_title(measure), vehicles(&measure.vehicle_set));
    let places: Vec<String> = measure.locations.iter().map(place).collect();
    if !places.is_empty() {
        sentence.push_str(", ");
        sentence.push_str(&join(&places, "et"));
    }
    sentence
}

/// A location in the middle of a sentence.
fn place(Location { asked, found, .. }: &Location) -> String {
    let place = match asked {
        LocationDescription::NamedStreet(_) => uncapitalized_street(&location(asked)),
        // That it was drawn does not belong to the sentence of the order.
        LocationDescription::RawGeoJson { label, .. } => label.clone(),
        _ => with_exceptions(asked),
    };
    match found.as_ref().and_then(|found| found.storage_area.as_ref()) {
        Some(area) => format!("{place} (aire de stockage : {})", area.description),
        None => place,
    }
}

/// `Rue des Rosiers` → `rue des Rosiers`; names that do not begin with a kind of street keep their capital.
fn uncapitalized_street(name: &str) -> String {
    const KINDS: [&str; 24] = [
        "Allée",
        "Allées",
        "Avenue",
        "Boulevard",
        "Chaussée",
        "Chemin",
        "Cité",
        "Cour",
        "Cours",
        "Esplanade",
        "Impasse",
        "Montée",
        "Passage",
        "Place",
        "Placette",
        "Pont",
        "Promenade",
        "Quai",
        "Route",
        "Rue",
        "Ruelle",
        "Sentier",
        "Square",
        "Voie",
    ];
    match name.split_once(' ') {
        Some((kind, rest)) if KINDS.contains(&kind) => format!("{} {rest}", kind.to_lowercase()),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use dialog_domain::{
        Confidence, Day, Found, FoundStorageArea, Geometry, LocatingMethod, Location, LocationId, MeasureId, Period,
        PeriodId, Recurrence, RestrictedVehicles, TimeSlot, VehicleSet,
    };

    use super::*;
    use crate::location::tests::{number, street};

    fn sample(kind: MeasureType) -> Measure {
        Measure {
            id: MeasureId(Default::default()),
            kind,
            max_speed_kmh: None,
            vehicle_set: VehicleSet::default(),
            periods: vec![],
            locations: vec![],
            created_at: Default::default(),
        }
    }

    fn place_at(asked: LocationDescription) -> Location {
        Location { id: LocationId(Default::default()), asked, found: None }
    }

    #[test]
    fn a_measure_is_titled_by_its_type_and_speed() {
        assert_eq!(measure_title(&sample(MeasureType::NoEntry)), "Circulation interdite");
        let speed = Measure { max_speed_kmh: Some(50), ..sample(MeasureType::SpeedLimitation) };
        assert_eq!(measure_title(&speed), "Vitesse limitée à 50 km/h");
    }

    #[test]
    fn the_demonstration_measure_reads_as_one_sentence() {
        let measure = Measure {
            vehicle_set: VehicleSet {
                restricted: vec![RestrictedVehicles::HeavyGoodsVehicle { max_weight_t: Some(3.5) }],
                exempted: vec![],
            },
            periods: vec![Period {
                id: PeriodId(Default::default()),
                start: "2026-11-24T00:00:00".parse().unwrap(),
                end: Some("2026-12-23T23:59:00".parse().unwrap()),
                recurrence: Recurrence::CertainDays(Day::ALL[..5].to_vec()),
                time_slots: vec![TimeSlot { start: "07:00:00".parse().unwrap(), end: "10:00:00".parse().unwrap() }],
            }],
            locations: vec![place_at(LocationDescription::NamedStreet(street(
                "Rue des Rosiers",
                "Paris 4e Arrondissement",
                number("2"),
                number("20"),
            )))],
            ..sample(MeasureType::NoEntry)
        };
        assert_eq!(
            measure_sentence(&measure),
            "Circulation interdite pour les poids lourds de plus de 3,5 tonnes, du 24/11/2026 à 00h00 au 23/12/2026 à \
             23h59, du lundi au vendredi (07h00-10h00), rue des Rosiers du n° 2 au n° 20 à Paris 4e Arrondissement"
        );
    }

    #[test]
    fn a_measure_without_period_or_place_is_still_a_sentence() {
        assert_eq!(
            measure_sentence(&sample(MeasureType::ParkingProhibited)),
            "Stationnement interdit pour tous les véhicules, tous les jours"
        );
    }

    #[test]
    fn a_waiting_area_is_named_after_its_location() {
        let geometry = Geometry::from_text(r#"{"type":"Point","coordinates":[-1.5,48.5]}"#).unwrap();
        let found = Found {
            geometry: geometry.clone(),
            length_m: 0.0,
            segments: vec![],
            method: LocatingMethod::Drawn,
            confidence: Confidence::Exact,
            edition: None,
            contour: None,
            storage_area: Some(FoundStorageArea {
                id: Default::default(),
                description: "Aire de la Touche".to_owned(),
                road_number: "N176".to_owned(),
                geometry: geometry.clone(),
            }),
        };
        let asked = LocationDescription::Zone { label: "Centre".to_owned(), geometry };
        let measure = Measure {
            locations: vec![Location { found: Some(found), ..place_at(asked) }],
            ..sample(MeasureType::NoEntry)
        };
        let sentence = measure_sentence(&measure);
        assert!(sentence.ends_with(", Centre - zone (aire de stockage : Aire de la Touche)"), "{sentence}");
    }

    #[test]
    fn places_are_listed_and_keep_the_capitals_of_proper_names() {
        let whole = |name: &str| place_at(LocationDescription::NamedStreet(street(name, "Ville", None, None)));
        let measure = Measure {
            locations: vec![whole("Avenue Foch"), whole("Grande Rue"), whole("Allée Verte")],
            ..sample(MeasureType::NoOvertaking)
        };
        assert_eq!(
            measure_sentence(&measure),
            "Interdiction de dépasser pour tous les véhicules, tous les jours, avenue Foch à Ville, Grande Rue à Ville \
             et allée Verte à Ville"
        );
    }
}
