//! What the map of the form shows.

use dialog_api_types::{
    geo::{LocatedBound, LocationGeometry},
    roads::ReferencePointItem,
};
use dialog_domain::{Geometry, Measure, PointType, RoadType};
use serde_json::{Value, json};

use super::{BoundDraft, LocationDraft, street::StreetKnowledge};
use crate::api::Failure;

/// What is known of where a location is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Preview {
    /// Not enough was typed.
    #[default]
    Incomplete,
    /// Being asked for.
    Searching,
    /// Found.
    Found {
        /// In French, with its length.
        text: String,
        /// False when the whole street stands for a section that is not complete.
        complete: bool,
        /// How its bounds were placed.
        bounds: Vec<LocatedBound>,
        /// The ways between its bounds, with their length, when there are several: the shortest first.
        ways: Vec<Way>,
    },
    /// Not found, or not to be had at this moment.
    Failed(Failure),
}

/// A way between two bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Where it goes.
    pub geometry: Geometry,
    /// What is written when it is chosen; nothing for the one that is taken when nothing is said.
    pub written: String,
    /// Its length in French.
    pub length: String,
}

impl Preview {
    /// What the server found.
    pub fn found(answer: &LocationGeometry, complete: bool) -> Self {
        let properties = &answer.properties;
        let way = |geometry: &Geometry, metres: f64, written: String| Way {
            geometry: geometry.clone(),
            written,
            length: dialog_text::length(metres),
        };
        let others = properties.alternatives.iter();
        let others = others.map(|found| way(&found.geometry, found.length_m, found.geometry.to_string()));
        let mut ways: Vec<_> = others.collect();
        if !ways.is_empty() {
            ways.insert(0, way(&answer.geometry, properties.found.length_m, String::new()));
        }
        Self::Found { text: properties.text.clone(), complete, bounds: properties.bounds.clone(), ways }
    }

    /// The way that was chosen, where there are several.
    pub fn way(&self, written: &str) -> Option<&Way> {
        match self {
            Self::Found { ways, .. } => ways.iter().find(|way| way.written == written),
            _ => None,
        }
    }

    /// What was found, in French, with the length of the way that was chosen.
    pub fn sentence(&self, written: &str) -> Option<String> {
        let Self::Found { text, ways, .. } = self else { return None };
        let lengths = ways.first().zip(self.way(written));
        Some(lengths.map_or_else(
            || text.clone(),
            |(shortest, chosen)| text.replace(&format!("({})", shortest.length), &format!("({})", chosen.length)),
        ))
    }
}

/// A house number that the loaded addresses lack, and that was placed all the same.
pub fn placed_otherwise(bound: &LocatedBound, numbers: [&str; 2]) -> Option<String> {
    let number = numbers.get(usize::from(bound.bound == "to"))?;
    let place = match (bound.method.as_str(), bound.between.as_slice()) {
        ("interpolated", [before, after]) => format!("entre le n° {before} et le n° {after}"),
        ("apiAdresse", _) => "d’après API Adresse".to_owned(),
        _ => return None,
    };
    Some(format!("Le n° {number} n’est pas dans les adresses connues : il est placé {place}."))
}

/// What was found for the locations of an order, one feature per location.
pub fn found(measures: &[Measure]) -> Value {
    let features = measures.iter().flat_map(|measure| {
        measure.locations.iter().filter_map(|location| {
            let found = location.found.as_ref()?;
            Some(feature(found.geometry.clone(), measure.kind.as_str(), &location.id.to_string()))
        })
    });
    collection(features.collect())
}

/// One feature as the map expects it.
pub fn feature(geometry: Geometry, measure_type: &str, id: &str) -> Value {
    json!({
        "type": "Feature",
        "geometry": geometry,
        "properties": { "measure_type": measure_type, "location_uuid": id },
    })
}

/// A collection of features.
pub fn collection(features: Vec<Value>) -> Value {
    json!({ "type": "FeatureCollection", "features": features })
}

/// Points to show for a location: the crossings among which one must be chosen, by their number; the reference points
/// of its road; and the ends of what was found.
pub fn points(
    location: &LocationDraft,
    known: &StreetKnowledge,
    road_points: &[ReferencePointItem],
    found: Option<&Geometry>,
) -> Vec<Value> {
    match location.kind {
        RoadType::Lane if !location.street.whole => {
            let asked = crossings_to_choose(location, known);
            let is_section = location.street.question(known).is_some_and(|(_, complete)| complete);
            match found {
                Some(found) if asked.is_empty() && is_section => ends(found),
                _ => asked,
            }
        }
        RoadType::DepartmentalRoad | RoadType::NationalRoad => {
            road_points.iter().map(|mark| point(&mark.coordinates, &mark.label)).collect()
        }
        _ => Vec::new(),
    }
}

fn crossings_to_choose(location: &LocationDraft, known: &StreetKnowledge) -> Vec<Value> {
    let ambiguous = |bound: &&BoundDraft| bound.kind == PointType::Intersection && bound.crossing.is_none();
    location
        .street
        .bounds
        .iter()
        .filter(ambiguous)
        .filter_map(|bound| known.crossing_street(bound))
        .filter(|crossing_street| crossing_street.crossings.len() > 1)
        .flat_map(|crossing_street| &crossing_street.crossings)
        .map(|crossing| point(&crossing.coordinates, &crossing.number.to_string()))
        .collect()
}

fn ends(Geometry(geometry): &Geometry) -> Vec<Value> {
    let geojson::GeometryValue::LineString { coordinates } = &geometry.value else { return Vec::new() };
    let first = coordinates.first().map(|position| point(position.as_slice(), "A"));
    let last = coordinates.last().map(|position| point(position.as_slice(), "B"));
    first.into_iter().chain(last).collect()
}

fn point(coordinates: &[f64], label: &str) -> Value {
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": coordinates },
        "properties": { "label": label },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_shows_its_two_ends_and_a_whole_street_does_not() {
        let line = Geometry::from_text(r#"{"type":"LineString","coordinates":[[2.0,48.0],[2.1,48.1]]}"#).unwrap();
        let mut location = LocationDraft::new(0, None);
        let known = StreetKnowledge::default();
        assert!(points(&location, &known, &[], Some(&line)).is_empty());
        location.street.whole = false;
        location.street.choose_street("75104_8297".to_owned(), "Rue des Rosiers".to_owned());
        location.street.bounds[0].number = "2".to_owned();
        assert!(points(&location, &known, &[], Some(&line)).is_empty());
        location.street.bounds[1].number = "20".to_owned();
        let points = points(&location, &known, &[], Some(&line));
        assert_eq!(points[0]["properties"]["label"], "A");
        assert_eq!(points[1]["geometry"]["coordinates"][0], 2.1);
    }

    #[test]
    fn a_number_that_is_not_among_the_loaded_ones_says_how_it_was_placed() {
        let bound = LocatedBound {
            bound: "to".to_owned(),
            method: "interpolated".to_owned(),
            between: vec!["5".to_owned(), "9".to_owned()],
            coordinates: [2.0, 48.0],
            candidates: Vec::new(),
        };
        assert!(placed_otherwise(&bound, ["2", "7"]).unwrap().contains("n° 7"));
        let outside = LocatedBound { method: "apiAdresse".to_owned(), between: Vec::new(), ..bound.clone() };
        assert!(
            placed_otherwise(&outside, ["2", "7"])
                .unwrap()
                .ends_with("n° 7 n’est pas dans les adresses connues : il est placé d’après API Adresse.")
        );
        let exact = LocatedBound { method: "houseNumber".to_owned(), between: Vec::new(), ..bound };
        assert_eq!(placed_otherwise(&exact, ["2", "7"]), None);
    }
}
