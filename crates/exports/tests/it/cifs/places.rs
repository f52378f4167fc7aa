//! Nothing is drawn that the order does not draw, and everything that can be is.

use std::collections::{BTreeMap, BTreeSet};

use dialog_domain::{Direction, Location, LocationDescription, Measure};
use dialog_exports::{LossCode, PublishedOrder};
use geojson::{GeometryValue, Position};
use proptest::{collection::btree_set, prelude::*};
use roxmltree::Document;

use super::{
    document, export, incidents, orders,
    reader::{Read, read},
};
use crate::support::{config, geometry, located, measure, named_street, order};

/// Draws what is anywhere in France into half a kilometre, where no line is too long for one incident.
pub fn shrink(geometry: &mut geojson::Geometry) {
    let one = |position: &mut Position| {
        if let [longitude, latitude, ..] = position.as_slice() {
            *position =
                Position::from([2.35 + (longitude + 61.5) / 227.5 * 0.006, 48.85 + (latitude + 22.0) / 73.0 * 0.005]);
        }
    };
    match &mut geometry.value {
        GeometryValue::Point { coordinates } => one(coordinates),
        GeometryValue::LineString { coordinates } | GeometryValue::MultiPoint { coordinates } => {
            coordinates.iter_mut().for_each(one);
        }
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            coordinates.iter_mut().flatten().for_each(one);
        }
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter_mut().flatten().flatten().for_each(one),
        GeometryValue::GeometryCollection { geometries } => geometries.iter_mut().for_each(shrink),
    }
}

/// A place to a ten-millionth of a degree: latitude and longitude.
type Place = (i64, i64);
type Step = (Place, Place);

fn place((latitude, longitude): (f64, f64)) -> Place {
    let rounded = |degrees: f64| format!("{degrees:.7}").replace('.', "").parse().expect("a number");
    (rounded(latitude), rounded(longitude))
}

fn steps(line: &[(f64, f64)]) -> Vec<Step> {
    let places: Vec<Place> = line.iter().copied().map(place).collect();
    places.windows(2).map(|pair| (pair[0], pair[1])).filter(|(from, to)| from != to).collect()
}

/// The steps of the lines of a geometry.
fn drawn(geometry: &geojson::Geometry) -> Vec<Step> {
    let line = |positions: &Vec<Position>| {
        steps(&positions.iter().map(|position| (position.as_slice()[1], position.as_slice()[0])).collect::<Vec<_>>())
    };
    match &geometry.value {
        GeometryValue::LineString { coordinates } => line(coordinates),
        GeometryValue::MultiLineString { coordinates } => coordinates.iter().flat_map(line).collect(),
        GeometryValue::GeometryCollection { geometries } => geometries.iter().flat_map(drawn).collect(),
        _ => Vec::new(),
    }
}

fn turned((from, to): Step) -> Step {
    (to, from)
}

/// Whether a step is among others: half a unit may be rounded to either side.
fn has(steps: &BTreeSet<Step>, (from, to): Step) -> bool {
    let is_same = |a: Place, b: Place| (a.0 - b.0).abs() <= 1 && (a.1 - b.1).abs() <= 1;
    steps.contains(&(from, to)) || steps.iter().any(|step| is_same(step.0, from) && is_same(step.1, to))
}

/// Fails when an incident goes where its location does not, or the other way round.
fn assert_within(read: &Read, location: &Location) {
    let drawn: BTreeSet<Step> =
        drawn(&location.found.as_ref().expect("a found location").geometry.0).into_iter().collect();
    let direction = location.asked.direction();
    assert_eq!(read.is_one_way, direction != Direction::Both);
    for step in steps(&read.line) {
        let is_drawn = match direction {
            Direction::AToB => has(&drawn, step),
            Direction::BToA => has(&drawn, turned(step)),
            Direction::Both => has(&drawn, step) || has(&drawn, turned(step)),
        };
        assert!(is_drawn, "{step:?} of {read:?} is not in {location:?}");
    }
}

fn locations(order: &PublishedOrder) -> impl Iterator<Item = (String, &Measure, &Location)> {
    order.content.measures.iter().enumerate().flat_map(|(i, measure)| {
        let of_one = measure.locations.iter().enumerate();
        of_one.map(move |(k, location)| (format!("measures[{i}].locations[{k}]"), measure, location))
    })
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn incidents_lie_on_their_location_and_cover_it_but_for_what_is_reported(order in orders()) {
        let xml = document(&order);
        let parsed = Document::parse(&xml).expect("XML");
        let mut by_location: BTreeMap<String, Vec<Read>> = BTreeMap::new();
        for incident in incidents(&parsed).into_iter().map(read) {
            let location = incident.id.split('.').next().unwrap_or_default().to_owned();
            by_location.entry(location).or_default().push(incident);
        }
        let losses = export(&order).losses;
        for (path, measure, location) in locations(&order) {
            let read = by_location.remove(&location.id.to_string()).unwrap_or_default();
            read.iter().for_each(|incident| assert_within(incident, location));
            let is_lost = |at: &str, codes: &[LossCode]| losses.iter().any(|loss| loss.path == at && codes.contains(&loss.code));
            let measure_path = path.split(".loc").next().unwrap_or_default();
            if read.is_empty() {
                let reported = losses.iter().any(|loss| loss.path.starts_with(measure_path) || loss.path == path);
                prop_assert!(reported, "{path} is left out without a word: {losses:?}");
                continue;
            }
            prop_assert!(measure.vehicle_set.restricted.is_empty() && measure.vehicle_set.exempted.is_empty());
            if !is_lost(&path, &[LossCode::TooShort]) {
                let covered: BTreeSet<Step> = read.iter().flat_map(|one| steps(&one.line)).flat_map(|step| [step, turned(step)]).collect();
                let missing: Vec<Step> = drawn(&location.found.as_ref().expect("found").geometry.0).into_iter().filter(|step| !has(&covered, *step)).collect();
                prop_assert!(missing.is_empty(), "{missing:?} of {location:?}");
            }
        }
        prop_assert!(by_location.is_empty(), "incidents of no location: {by_location:?}");
    }

    /// Streets of a chequered town, in any pieces: each is drawn once, and lines are as few as they can be.
    #[test]
    fn networks_are_drawn_once_with_as_few_lines_as_can_be(
        streets in btree_set((0_i64..4, 0_i64..4, any::<bool>()), 1..20),
        turns in any::<u32>(),
    ) {
        let node = |x: i64, y: i64| format!("[{},{}]", 2 * 1_000_000 + x * 1000, 48 * 1_000_000 + y * 1000);
        let pieces: Vec<String> = streets.iter().enumerate().map(|(rank, &(x, y, is_east))| {
            let (a, b) = (node(x, y), if is_east { node(x + 1, y) } else { node(x, y + 1) });
            if turns >> (rank % 32) & 1 == 0 { format!("[{a},{b}]") } else { format!("[{b},{a}]") }
        }).collect();
        // Millionths of a degree, so that the numbers are exact.
        let text = format!(r#"{{"type":"MultiLineString","coordinates":[{}]}}"#, pieces.join(","));
        let mut shape = geometry(&text);
        if let GeometryValue::MultiLineString { coordinates } = &mut shape.0.value {
            for position in coordinates.iter_mut().flatten() {
                *position = Position::from([position.as_slice()[0] / 1e6, position.as_slice()[1] / 1e6]);
            }
        }
        let location = located(LocationDescription::NamedStreet(named_street("Rue Claude Monet")), &shape.to_string());
        let xml = document(&order(vec![Measure { locations: vec![location.clone()], ..measure() }]));
        let parsed = Document::parse(&xml).expect("XML");
        let read: Vec<Read> = incidents(&parsed).into_iter().map(read).collect();
        read.iter().for_each(|incident| assert_within(incident, &location));
        let written: Vec<Step> = read.iter().flat_map(|one| steps(&one.line)).collect();
        prop_assert_eq!(written.len(), streets.len(), "each street once");
        prop_assert!(read.len() >= fewest(&written), "{} lines", read.len());
        let rings = read.iter().filter(|one| one.line.first() == one.line.last()).count();
        prop_assert!(read.len() - rings <= fewest(&written), "{} lines, of which {} rings", read.len(), rings);
    }
}

/// How few lines can draw a network: half of the places where an odd number of streets meet, and one for each part of
/// the network that has none.
fn fewest(steps: &[Step]) -> usize {
    let mut parts: Vec<BTreeSet<Place>> = Vec::new();
    let mut meeting: BTreeMap<Place, usize> = BTreeMap::new();
    for &(from, to) in steps {
        *meeting.entry(from).or_default() += 1;
        *meeting.entry(to).or_default() += 1;
        let (touching, mut others): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|part| part.contains(&from) || part.contains(&to));
        others.push(touching.into_iter().flatten().chain([from, to]).collect());
        parts = others;
    }
    parts.iter().map(|part| (part.iter().filter(|place| meeting[place] % 2 == 1).count() / 2).max(1)).sum()
}
