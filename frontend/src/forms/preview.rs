//! What the map of the form shows.

use std::collections::BTreeMap;

use dialog_domain::{Geometry, Measure, PointType, RoadType};
use serde_json::{Value, json};

use super::{BoundDraft, LocationDraft, MeasureDraft, location::drawn_geometry};
use crate::api::Failure;

/// What is known of where a location is.
#[derive(Clone, Debug, PartialEq)]
pub enum Preview {
    /// Not enough was typed.
    Incomplete,
    /// Being asked for.
    Searching,
    /// Found.
    Found {
        /// Where it is.
        geometry: Box<Geometry>,
        /// In French, with its length.
        text: String,
        /// False when the whole street stands for a section that is not complete.
        complete: bool,
    },
    /// Not found, or not to be had at this moment.
    Failed(Failure),
}

/// The geometries to draw, one feature per location: its key as id, the type of the measure for its look.
pub fn features(draft: &MeasureDraft, geometries: &BTreeMap<u32, Geometry>) -> Value {
    let features: Vec<Value> = draft
        .locations
        .iter()
        .filter_map(|location| {
            let geometry = match location.kind {
                RoadType::RawGeoJson => drawn_geometry(&location.drawing)?,
                _ => geometries.get(&location.key)?.clone(),
            };
            Some(feature(geometry, &draft.kind, &location.key.to_string()))
        })
        .collect();
    collection(features)
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

/// Points to show: the crossings among which one must be chosen, by their number, and the ends of what was found.
pub fn points(draft: &MeasureDraft, geometries: &BTreeMap<u32, Geometry>) -> Value {
    let mut points = Vec::new();
    for location in draft.locations.iter().filter(|location| location.kind == RoadType::Lane) {
        let asked = crossings_to_choose(location);
        let is_section = !location.street.whole && location.street.geometry_query().is_some_and(|asked| asked.complete);
        if asked.is_empty() && is_section {
            points.extend(geometries.get(&location.key).map(ends).unwrap_or_default());
        }
        points.extend(asked);
    }
    collection(points)
}

fn crossings_to_choose(location: &LocationDraft) -> Vec<Value> {
    let street = &location.street;
    let ambiguous = |bound: &&BoundDraft| bound.kind == PointType::Intersection && bound.crossing.is_none();
    if street.whole {
        return Vec::new();
    }
    [&street.from, &street.to]
        .into_iter()
        .filter(ambiguous)
        .filter_map(|bound| street.crossing_street(bound))
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

    fn line() -> Geometry {
        Geometry::from_text(r#"{"type":"LineString","coordinates":[[2.0,48.0],[2.1,48.1]]}"#).unwrap()
    }

    #[test]
    fn a_section_shows_its_two_ends_and_a_whole_street_does_not() {
        let mut draft = MeasureDraft::new(false);
        let key = draft.locations[0].key;
        let geometries = BTreeMap::from([(key, line())]);
        assert_eq!(points(&draft, &geometries)["features"].as_array().unwrap().len(), 0);
        let street = &mut draft.locations[0].street;
        street.whole = false;
        street.choose_street("75104_8297".to_owned(), "Rue des Rosiers".to_owned());
        street.from.number = "2".to_owned();
        assert_eq!(points(&draft, &geometries)["features"].as_array().unwrap().len(), 0);
        draft.locations[0].street.to.number = "20".to_owned();
        let points = points(&draft, &geometries);
        assert_eq!(points["features"][0]["properties"]["label"], "A");
        assert_eq!(points["features"][1]["geometry"]["coordinates"][0], 2.1);
    }

    #[test]
    fn a_location_that_was_removed_is_no_longer_drawn() {
        let mut draft = MeasureDraft::new(false);
        let geometries = BTreeMap::from([(draft.locations[0].key, line())]);
        assert_eq!(features(&draft, &geometries)["features"].as_array().unwrap().len(), 1);
        draft.locations.clear();
        assert_eq!(features(&draft, &geometries)["features"].as_array().unwrap().len(), 0);
    }
}
