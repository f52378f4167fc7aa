//! The territories of France: where they lie, and the plane in which each is measured.

use dialog_geo::Coord;

/// A territory whose maps are drawn in one metric projection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Territory {
    /// Its name.
    pub name: &'static str,
    /// Legal metric projection, by its EPSG code: the one in which IGN delivers BD TOPO there.
    pub epsg: u32,
    /// West, south, east and north, degrees.
    pub bounds: [f64; 4],
}

const METROPOLE: Territory = Territory { name: "France métropolitaine", epsg: 2154, bounds: [-5.5, 41.2, 9.9, 51.3] };
/// Territories with a code of their own, by the first three characters of INSEE codes.
const OVERSEAS: [(&str, Territory); 8] = [
    ("971", Territory { name: "Guadeloupe", epsg: 5490, bounds: [-61.9, 15.7, -60.9, 16.6] }),
    ("972", Territory { name: "Martinique", epsg: 5490, bounds: [-61.3, 14.3, -60.7, 15.0] }),
    ("973", Territory { name: "Guyane", epsg: 2972, bounds: [-54.7, 2.0, -51.5, 5.9] }),
    ("974", Territory { name: "La Réunion", epsg: 2975, bounds: [55.1, -21.5, 55.9, -20.8] }),
    ("975", Territory { name: "Saint-Pierre-et-Miquelon", epsg: 4467, bounds: [-56.6, 46.6, -56.0, 47.3] }),
    ("976", Territory { name: "Mayotte", epsg: 4471, bounds: [44.9, -13.1, 45.4, -12.5] }),
    ("977", Territory { name: "Saint-Barthélemy", epsg: 5490, bounds: [-63.0, 17.8, -62.7, 18.0] }),
    ("978", Territory { name: "Saint-Martin", epsg: 5490, bounds: [-63.2, 17.9, -62.9, 18.2] }),
];

impl Territory {
    /// The territory of a commune or a département, by its code. `None`: a code of no French territory (the
    /// demonstration town, a neighbouring country, a collectivity of the Pacific).
    #[must_use]
    pub fn of(code: &str) -> Option<&'static Self> {
        match code.get(..2)? {
            "97" => OVERSEAS.iter().find(|(start, _)| code.starts_with(start)).map(|(_, territory)| territory),
            "98" | "99" | "00" => None,
            _ => Some(&METROPOLE),
        }
    }

    /// The territory in which a place lies; `None` abroad.
    #[must_use]
    pub fn at(place: Coord) -> Option<&'static Self> {
        let all = std::iter::once(&METROPOLE).chain(OVERSEAS.iter().map(|(_, territory)| territory));
        all.into_iter().find(|territory| territory.may_contain(place))
    }

    /// Whether a place, in longitude and latitude, may lie in this territory.
    #[must_use]
    pub fn may_contain(&self, place: Coord) -> bool {
        let [west, south, east, north] = self.bounds;
        (west..=east).contains(&place.x) && (south..=north).contains(&place.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territory_follows_from_the_code_of_a_commune_or_department() {
        let epsg = |code: &str| Territory::of(code).map(|territory| territory.epsg);
        assert_eq!(epsg("75104"), Some(2154));
        assert_eq!(epsg("2A004"), Some(2154));
        assert_eq!((epsg("97411"), epsg("974")), (Some(2975), Some(2975)));
        assert_eq!((epsg("97302"), epsg("97608"), epsg("97105")), (Some(2972), Some(4471), Some(5490)));
        assert_eq!((epsg("00001"), epsg("99138"), epsg("9")), (None, None, None));
    }

    #[test]
    fn territory_follows_from_a_place() {
        let epsg = |x: f64, y: f64| Territory::at(Coord { x, y }).map(|territory| territory.epsg);
        assert_eq!((epsg(2.18, 47.56), epsg(-61.5, 16.2), epsg(55.45, -21.1)), (Some(2154), Some(5490), Some(2975)));
        assert_eq!(epsg(-157.8, 21.3), None);
    }

    #[test]
    fn swapped_coordinates_lie_in_no_territory() {
        let metropole = Territory::of("75").expect("a territory");
        assert!(metropole.may_contain(Coord { x: 2.35, y: 48.85 }));
        assert!(!metropole.may_contain(Coord { x: 48.85, y: 2.35 }));
    }
}
