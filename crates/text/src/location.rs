//! Where.

use dialog_domain::{
    Direction, LocationDescription, NamedStreet, NumberedRoad, ReferencePointBound, RoadSide, StreetBound,
    WholeCityException,
};

use crate::list::join;

/// A location: `Rue Eugène Berthoud du n° 47 au n° 65 à Saint-Ouen-sur-Seine`. The exceptions of a whole city are
/// apart, in [`exceptions`].
#[must_use]
pub fn location(location: &LocationDescription) -> String {
    match location {
        LocationDescription::NamedStreet(street) => format!("{} {}", section(street), at_city(&street.city_label)),
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => numbered_road(road),
        LocationDescription::RawGeoJson { label, .. } => format!("{label} - tracé libre (geojson)"),
        LocationDescription::WholeCity { city_label, .. } => format!("{city_label} - ville entière"),
        LocationDescription::Zone { label, .. } => format!("{label} - zone"),
    }
}

/// `à Paris`, `à La Rochelle`, `au Havre`, `aux Ulis`.
fn at_city(label: &str) -> String {
    if let Some(rest) = label.strip_prefix("Le ") {
        format!("au {rest}")
    } else if let Some(rest) = label.strip_prefix("Les ") {
        format!("aux {rest}")
    } else {
        format!("à {label}")
    }
}

/// What stays free in a whole city, one line each; empty for any other location.
#[must_use]
pub fn exceptions(location: &LocationDescription) -> Vec<String> {
    let LocationDescription::WholeCity { exceptions, .. } = location else { return Vec::new() };
    exceptions
        .iter()
        .map(|exception| match exception {
            WholeCityException::NamedStreet(street) => section(street),
            WholeCityException::RawGeoJson { label, .. } => label.clone(),
        })
        .collect()
}

/// A location in full: `Ville - ville entière (sauf Rue A)`.
pub(crate) fn with_exceptions(asked: &LocationDescription) -> String {
    let whole = location(asked);
    let free = exceptions(asked);
    if free.is_empty() { whole } else { format!("{whole} (sauf {})", join(&free, "et")) }
}

/// The two bounds of a section: `du n° 1 au n° 10`, `de Rue Test à Boulevard Test`; empty for a whole street.
#[must_use]
pub fn bounds(street: &NamedStreet) -> String {
    match (&street.from, &street.to) {
        (None, None) => String::new(),
        (Some(from), None) => match from {
            StreetBound::HouseNumber { number } => format!("à partir du n° {number}"),
            StreetBound::Intersection { road_name, .. } => format!("à partir de {road_name}"),
            StreetBound::Point { coordinates } => format!("à partir du point {}", place(*coordinates)),
        },
        (None, Some(to)) => match to {
            StreetBound::HouseNumber { number } => format!("jusqu'au n° {number}"),
            StreetBound::Intersection { road_name, .. } => format!("jusqu'à {road_name}"),
            StreetBound::Point { coordinates } => format!("jusqu'au point {}", place(*coordinates)),
        },
        (Some(from), Some(to)) => {
            let from = match from {
                StreetBound::HouseNumber { number } => format!("du n° {number}"),
                StreetBound::Intersection { road_name, .. } => format!("de {road_name}"),
                StreetBound::Point { coordinates } => format!("du point {}", place(*coordinates)),
            };
            match to {
                StreetBound::HouseNumber { number } => format!("{from} au n° {number}"),
                StreetBound::Intersection { road_name, .. } => format!("{from} à {road_name}"),
                StreetBound::Point { coordinates } => format!("{from} au point {}", place(*coordinates)),
            }
        }
    }
}

/// Name, bounds and, when only one direction is concerned, which.
fn section(street: &NamedStreet) -> String {
    let mut text = street.road_name.clone();
    let bounds = bounds(street);
    if !bounds.is_empty() {
        text = format!("{text} {bounds}");
    }
    if let (Some(from), Some(to)) = (&street.from, &street.to) {
        text.push_str(&one_way(street.direction, street_point(from), street_point(to)));
    }
    text
}

fn street_point(bound: &StreetBound) -> String {
    match bound {
        StreetBound::HouseNumber { number } => format!("n° {number}"),
        StreetBound::Intersection { road_name, .. } => road_name.clone(),
        StreetBound::Point { coordinates } => format!("point {}", place(*coordinates)),
    }
}

/// Latitude then longitude, as people say them: `48,85645° N, 2,36080° E`.
fn place([longitude, latitude]: [f64; 2]) -> String {
    let (north, east) = (if latitude < 0.0 { "S" } else { "N" }, if longitude < 0.0 { "O" } else { "E" });
    format!("{:.5}° {north}, {:.5}° {east}", latitude.abs(), longitude.abs()).replace('.', ",")
}

fn numbered_road(road: &NumberedRoad) -> String {
    format!(
        "{} ({}) du {} au {}{}",
        road.road_number,
        road.administrator,
        reference_point(&road.from),
        reference_point(&road.to),
        one_way(road.direction, point(&road.from), point(&road.to)),
    )
}

fn point(bound: &ReferencePointBound) -> String {
    format!("PR {}{:+}", bound.point_number, bound.abscissa_m)
}

fn reference_point(bound: &ReferencePointBound) -> String {
    let side = match bound.side {
        RoadSide::U => "côté U",
        RoadSide::D => "côté D",
        RoadSide::G => "côté G",
    };
    match &bound.department_code {
        None => format!("{} ({side})", point(bound)),
        Some(department) => format!("{} (dép {department}, {side})", point(bound)),
    }
}

fn one_way(direction: Direction, from: String, to: String) -> String {
    match direction {
        Direction::Both => String::new(),
        Direction::AToB => format!(" (sens {from} vers {to})"),
        Direction::BToA => format!(" (sens {to} vers {from})"),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use dialog_domain::{Geometry, StreetBound};

    use super::*;

    pub(crate) fn number(number: &str) -> Option<StreetBound> {
        Some(StreetBound::HouseNumber { number: number.to_owned() })
    }

    fn crossing(road_name: &str) -> Option<StreetBound> {
        Some(StreetBound::Intersection { road_name: road_name.to_owned(), road_ban_id: None, crossing: None })
    }

    pub(crate) fn street(name: &str, city: &str, from: Option<StreetBound>, to: Option<StreetBound>) -> NamedStreet {
        NamedStreet {
            city_code: "93070".to_owned(),
            city_label: city.to_owned(),
            road_ban_id: None,
            road_name: name.to_owned(),
            from,
            to,
            direction: Direction::Both,
            geometry: None,
        }
    }

    #[test]
    fn bounds_read_like_the_reference() {
        for (from, to, text) in [
            (number("1"), number("10"), "du n° 1 au n° 10"),
            (number("1"), crossing("Rue Test"), "du n° 1 à Rue Test"),
            (crossing("Rue Test"), number("10"), "de Rue Test au n° 10"),
            (crossing("Rue Test"), crossing("Boulevard Test"), "de Rue Test à Boulevard Test"),
            (number("1"), None, "à partir du n° 1"),
            (crossing("Rue Test"), None, "à partir de Rue Test"),
            (None, number("1"), "jusqu'au n° 1"),
            (None, crossing("Rue Test"), "jusqu'à Rue Test"),
            (None, None, ""),
        ] {
            assert_eq!(bounds(&street("Rue", "Ville", from, to)), text);
        }
    }

    #[test]
    fn a_street_has_its_section_and_its_city() {
        let city = "Saint-Ouen-sur-Seine";
        let section = street("Rue Eugène Berthoud", city, number("47"), number("65"));
        assert_eq!(
            location(&LocationDescription::NamedStreet(section.clone())),
            "Rue Eugène Berthoud du n° 47 au n° 65 à Saint-Ouen-sur-Seine"
        );
        let whole = street("Rue Eugène Berthoud", city, None, None);
        assert_eq!(location(&LocationDescription::NamedStreet(whole)), "Rue Eugène Berthoud à Saint-Ouen-sur-Seine");
        let one_way = NamedStreet { direction: Direction::BToA, ..section };
        assert_eq!(
            location(&LocationDescription::NamedStreet(one_way)),
            "Rue Eugène Berthoud du n° 47 au n° 65 (sens n° 65 vers n° 47) à Saint-Ouen-sur-Seine"
        );
    }

    #[test]
    fn the_article_of_a_city_contracts() {
        for (city, text) in [
            ("Le Havre", "Rue A au Havre"),
            ("Les Ulis", "Rue A aux Ulis"),
            ("La Rochelle", "Rue A à La Rochelle"),
            ("Lens", "Rue A à Lens"),
        ] {
            assert_eq!(location(&LocationDescription::NamedStreet(street("Rue A", city, None, None))), text);
        }
    }

    #[test]
    fn a_numbered_road_has_its_reference_points() {
        let bound = |point: &str, abscissa_m| ReferencePointBound {
            point_number: point.to_owned(),
            department_code: None,
            side: RoadSide::U,
            abscissa_m,
        };
        let road = NumberedRoad {
            administrator: "Ardèche".to_owned(),
            road_number: "D906".to_owned(),
            from: bound("34", 100),
            to: bound("35", 650),
            storage_area_id: None,
            direction: Direction::Both,
            geometry: None,
        };
        assert_eq!(
            location(&LocationDescription::DepartmentalRoad(road.clone())),
            "D906 (Ardèche) du PR 34+100 (côté U) au PR 35+650 (côté U)"
        );
        let winter = NumberedRoad {
            from: bound("0", 0),
            to: ReferencePointBound { department_code: Some("07".to_owned()), ..bound("1", -20) },
            direction: Direction::AToB,
            ..road
        };
        assert_eq!(
            location(&LocationDescription::NationalRoad(winter)),
            "D906 (Ardèche) du PR 0+0 (côté U) au PR 1-20 (dép 07, côté U) (sens PR 0+0 vers PR 1-20)"
        );
    }

    #[test]
    fn drawings_zones_and_cities_say_what_they_are() {
        let geometry = Geometry::from_text(r#"{"type":"Point","coordinates":[2.3,48.9]}"#).unwrap();
        let raw = LocationDescription::RawGeoJson { label: "Parvis".to_owned(), geometry: geometry.clone() };
        assert_eq!(location(&raw), "Parvis - tracé libre (geojson)");
        assert!(exceptions(&raw).is_empty());
        let zone = LocationDescription::Zone { label: "Centre".to_owned(), geometry: geometry.clone() };
        assert_eq!(location(&zone), "Centre - zone");
        let city = LocationDescription::WholeCity {
            city_code: "93070".to_owned(),
            city_label: "Saint-Ouen (93400)".to_owned(),
            exceptions: vec![
                WholeCityException::NamedStreet(street("Rue A", "Saint-Ouen (93400)", number("1"), number("3"))),
                WholeCityException::RawGeoJson { label: "Le port".to_owned(), geometry },
            ],
        };
        assert_eq!(location(&city), "Saint-Ouen (93400) - ville entière");
        assert_eq!(exceptions(&city), ["Rue A du n° 1 au n° 3", "Le port"]);
    }
}
