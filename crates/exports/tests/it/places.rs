//! Where the domain says that a location is, and spots in and around it to ask about.

use dialog_domain::{Direction, Geometry, Location, LocationDescription, NamedStreet, WholeCityException};
use geojson::{GeometryValue, Position};

use crate::reader::Spot;

/// One degree of latitude in ten thousand million: on the line.
const ON: f64 = 1e-9;
/// Ten metres: nobody mistakes one for the other.
const AWAY: f64 = 1e-4;

/// Lines, points and polygons of a geometry.
#[derive(Default)]
struct Parts {
    lines: Vec<Vec<[f64; 2]>>,
    points: Vec<[f64; 2]>,
    polygons: Vec<Vec<Vec<[f64; 2]>>>,
}

impl Parts {
    fn of(geometry: &Geometry) -> Self {
        let mut parts = Self::default();
        parts.add(&geometry.0.value);
        parts
    }

    fn add(&mut self, value: &GeometryValue) {
        let plane = |position: &Position| [position[0], position[1]];
        let line = |positions: &Vec<Position>| positions.iter().map(plane).collect::<Vec<_>>();
        let rings = |rings: &Vec<Vec<Position>>| rings.iter().map(line).collect::<Vec<_>>();
        match value {
            GeometryValue::Point { coordinates } => self.points.push(plane(coordinates)),
            GeometryValue::MultiPoint { coordinates } => self.points.extend(coordinates.iter().map(plane)),
            GeometryValue::LineString { coordinates } => self.lines.push(line(coordinates)),
            GeometryValue::MultiLineString { coordinates } => self.lines.extend(coordinates.iter().map(line)),
            GeometryValue::Polygon { coordinates } => self.polygons.push(rings(coordinates)),
            GeometryValue::MultiPolygon { coordinates } => self.polygons.extend(coordinates.iter().map(rings)),
            GeometryValue::GeometryCollection { geometries } => {
                geometries.iter().for_each(|geometry| self.add(&geometry.value));
            }
        }
    }

    fn segments(&self) -> impl Iterator<Item = [[f64; 2]; 2]> {
        self.lines.iter().flat_map(|line| line.windows(2).map(|ends| [ends[0], ends[1]]))
    }

    fn edges(&self) -> impl Iterator<Item = [[f64; 2]; 2]> {
        self.polygons.iter().flatten().flat_map(|ring| ring.windows(2).map(|ends| [ends[0], ends[1]]))
    }

    fn holds(&self, direction: Direction, spot: &Spot) -> bool {
        let is_concerned = |[from, to]: [[f64; 2]; 2]| {
            let along = spot.heading[0] * (to[0] - from[0]) + spot.heading[1] * (to[1] - from[1]);
            match direction {
                Direction::Both => true,
                Direction::AToB => along > 0.0,
                Direction::BToA => along < 0.0,
            }
        };
        let at = [spot.longitude, spot.latitude];
        self.segments().any(|segment| distance(at, segment) <= ON && is_concerned(segment))
            || self.points.iter().any(|point| distance(at, [*point, *point]) <= ON)
            || self.polygons.iter().any(|rings| rings.iter().enumerate().all(|(i, ring)| crosses(at, ring) == (i == 0)))
    }

    /// Whether rounding coordinates to a centimetre cannot change the answer.
    fn is_clear_at(&self, spot: &Spot) -> bool {
        let at = [spot.longitude, spot.latitude];
        let is_clear = |segment: [[f64; 2]; 2]| {
            let [from, to] = segment;
            let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
            let cosine =
                (spot.heading[0] * dx + spot.heading[1] * dy) / (dx.hypot(dy) * spot.heading[0].hypot(spot.heading[1]));
            let off = distance(at, segment);
            off > AWAY || (off <= ON && dx.hypot(dy) > AWAY && cosine.abs() > 0.01)
        };
        self.segments().all(is_clear)
            && self.edges().all(|edge| distance(at, edge) > AWAY)
            && self.points.iter().all(|point| {
                let off = distance(at, [*point, *point]);
                off <= ON || off > AWAY
            })
    }
}

/// How far a point is from a segment.
fn distance(at: [f64; 2], [from, to]: [[f64; 2]; 2]) -> f64 {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let squared = dx * dx + dy * dy;
    let t = if squared > 0.0 { ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / squared } else { 0.0 };
    let t = t.clamp(0.0, 1.0);
    (at[0] - from[0] - t * dx).hypot(at[1] - from[1] - t * dy)
}

/// Whether a ray to the east leaves a ring an odd number of times.
fn crosses(at: [f64; 2], ring: &[[f64; 2]]) -> bool {
    let is_crossed = |ends: &&[[f64; 2]]| {
        let [[x, y], [to_x, to_y]] = [ends[0], ends[1]];
        (y > at[1]) != (to_y > at[1]) && at[0] < x + (at[1] - y) / (to_y - y) * (to_x - x)
    };
    ring.windows(2).filter(is_crossed).count() % 2 == 1
}

/// The sense of traffic that a street concerns: a whole street has no first end.
fn direction_of(street: &NamedStreet) -> Direction {
    if street.is_whole() && street.geometry.is_none() { Direction::Both } else { street.direction }
}

/// Whether somebody at a spot is in a location, on the side of traffic that it concerns.
pub fn is_in(location: &Location, spot: &Spot) -> bool {
    let found = || Parts::of(&location.found.as_ref().expect("found").geometry);
    match &location.asked {
        LocationDescription::NamedStreet(street) => found().holds(direction_of(street), spot),
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            found().holds(road.direction, spot)
        }
        LocationDescription::RawGeoJson { .. } => found().holds(Direction::Both, spot),
        LocationDescription::Zone { geometry, .. } => Parts::of(geometry).holds(Direction::Both, spot),
        LocationDescription::WholeCity { city_code, exceptions, .. } => {
            spot.city == *city_code && !exceptions.iter().any(|exception| is_free(exception, spot))
        }
    }
}

fn is_free(exception: &WholeCityException, spot: &Spot) -> bool {
    match exception {
        WholeCityException::RawGeoJson { geometry, .. } => Parts::of(geometry).holds(Direction::Both, spot),
        WholeCityException::NamedStreet(street) => match &street.geometry {
            Some(geometry) => Parts::of(geometry).holds(direction_of(street), spot),
            None => match &street.road_ban_id {
                Some(id) => spot.street.0.as_ref() == Some(id),
                None => spot.street.1 == street.road_name,
            },
        },
    }
}

/// The geometries that tell where a location is.
fn shapes(location: &Location) -> Vec<Parts> {
    match &location.asked {
        LocationDescription::Zone { geometry, .. } => vec![Parts::of(geometry)],
        LocationDescription::WholeCity { exceptions, .. } => {
            let shape = |exception: &WholeCityException| match exception {
                WholeCityException::RawGeoJson { geometry, .. } => Some(Parts::of(geometry)),
                WholeCityException::NamedStreet(street) => street.geometry.as_ref().map(Parts::of),
            };
            exceptions.iter().filter_map(shape).collect()
        }
        _ => vec![Parts::of(&location.found.as_ref().expect("found").geometry)],
    }
}

/// Whether the place of every location is told apart at a spot whatever the rounding.
pub fn is_clear(locations: &[Location], spot: &Spot) -> bool {
    locations.iter().flat_map(shapes).all(|parts| parts.is_clear_at(spot))
}

/// A spot drawn by four numbers from 0 to 1: on one of the shapes of the location when it has some, or not far.
pub fn spot(location: &Location, [which, along, aside, way]: [f64; 4]) -> Spot {
    let shapes = shapes(location);
    let mut spot = Spot { heading: [1.0, 0.3], ..named(location, which, aside) };
    let candidates: Vec<&Parts> = shapes.iter().filter(|parts| parts.segments().next().is_some()).collect();
    if let Some(parts) = pick(&candidates, aside) {
        let segments: Vec<_> = parts.segments().collect();
        if let Some([from, to]) = pick(&segments, which) {
            let sign = if way < 0.5 { 1.0 } else { -1.0 };
            (spot.longitude, spot.latitude) = (lerp(from[0], to[0], along), lerp(from[1], to[1], along));
            spot.heading = [sign * (to[0] - from[0]), sign * (to[1] - from[1])];
        }
    } else if let Some(parts) = pick(&shapes, aside) {
        let corners: Vec<[f64; 2]> =
            parts.points.iter().chain(parts.polygons.iter().flatten().flatten()).copied().collect();
        if let Some([a, b]) = pick(&corners, which).zip(pick(&corners, way)).map(|(a, b)| [*a, *b]) {
            (spot.longitude, spot.latitude) = (lerp(a[0], b[0], along), lerp(a[1], b[1], aside));
        }
    }
    // One in five is somewhere else.
    if along < 0.2 {
        spot.longitude += 0.5 * way + 0.01;
    }
    spot
}

/// A spot in the commune, or in the next one, on a street that may be free there.
fn named(location: &Location, which: f64, aside: f64) -> Spot {
    let LocationDescription::WholeCity { city_code, exceptions, .. } = &location.asked else {
        return Spot { city: "75104".to_owned(), ..Spot::default() };
    };
    let city = if which < 0.7 { city_code.clone() } else { "75056".to_owned() };
    let street = |exception: &WholeCityException| match exception {
        WholeCityException::NamedStreet(street) => Some((street.road_ban_id.clone(), street.road_name.clone())),
        WholeCityException::RawGeoJson { .. } => None,
    };
    let streets: Vec<_> = exceptions.iter().filter_map(street).collect();
    let elsewhere = (Some("38421_0001".to_owned()), "Rue d'ailleurs".to_owned());
    let street = if aside < 0.4 { pick(&streets, which).cloned().unwrap_or(elsewhere) } else { elsewhere };
    Spot { city, street, ..Spot::default() }
}

fn pick<T>(items: &[T], at: f64) -> Option<&T> {
    // A fraction of a small length.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "0 ≤ at ≤ 1"
    )]
    let index = (at * items.len() as f64) as usize;
    items.get(index.min(items.len().saturating_sub(1)))
}

fn lerp(from: f64, to: f64, t: f64) -> f64 {
    from + (to - from) * t
}
