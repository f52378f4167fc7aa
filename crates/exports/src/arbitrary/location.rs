use dialog_domain::{
    Confidence, Direction, Found, FoundSegment, FoundStorageArea, Geometry, LocatingMethod, Location,
    LocationDescription, LocationId, NamedStreet, NumberedRoad, ReferencePointBound, RoadSide, StreetBound,
    WholeCityException,
};
use geojson::{GeometryValue, Position};
use proptest::{collection::vec, prelude::*, sample::select};

use super::{maybe, text, uuid};

/// A located location of every kind.
pub fn location() -> BoxedStrategy<Location> {
    let lines = || prop_oneof![line(), lines()].prop_map(geometry_of);
    let street =
        (named_street(), lines()).prop_map(|(street, found)| (LocationDescription::NamedStreet(street), found));
    let road = (numbered_road(), lines(), any::<bool>()).prop_map(|(road, found, is_national)| {
        let road = NumberedRoad { geometry: Some(found.clone()), ..road };
        let asked = match is_national {
            true => LocationDescription::NationalRoad(road),
            false => LocationDescription::DepartmentalRoad(NumberedRoad { storage_area_id: None, ..road }),
        };
        (asked, found)
    });
    let drawing = (text(2000), geometry()).prop_map(|(label, geometry)| {
        let found = geometry.clone();
        (LocationDescription::RawGeoJson { label, geometry }, found)
    });
    let city = (text(200), vec(exception(), 0..3), prop_oneof![polygon(), lines_of_city()]);
    let city = city.prop_map(|(city_label, exceptions, found)| {
        let asked = LocationDescription::WholeCity { city_code: "38421".to_owned(), city_label, exceptions };
        (asked, geometry_of(found))
    });
    let zone = (text(200), prop_oneof![polygon(), polygons()], lines()).prop_map(|(label, perimeter, found)| {
        (LocationDescription::Zone { label, geometry: geometry_of(perimeter) }, found)
    });
    let how = (network(), any::<bool>(), any::<bool>(), polygons());
    (uuid(), prop_oneof![4 => street, 2 => road, 2 => drawing, 1 => city, 1 => zone], how)
        .prop_map(|(id, (asked, geometry), ((edition, segments), is_exact, is_interpolated, contour))| {
            let storage_area = match &asked {
                LocationDescription::NationalRoad(road) => road.storage_area_id.map(|id| FoundStorageArea {
                    id,
                    description: "Aire de la Touche <nord>".to_owned(),
                    road_number: road.road_number.clone(),
                    geometry: geometry.clone(),
                }),
                _ => None,
            };
            let method = match &asked {
                LocationDescription::NamedStreet(street) if street.geometry.is_some() => LocatingMethod::Drawn,
                LocationDescription::NamedStreet(street) if street.is_whole() => LocatingMethod::WholeStreet,
                LocationDescription::NamedStreet(_) if is_interpolated => LocatingMethod::InterpolatedSection,
                LocationDescription::NamedStreet(_) => LocatingMethod::StreetSection,
                LocationDescription::DepartmentalRoad(_) | LocationDescription::NationalRoad(_) => {
                    LocatingMethod::RoadSection
                }
                LocationDescription::WholeCity { .. } => LocatingMethod::WholeCity,
                LocationDescription::Zone { .. } => LocatingMethod::Zone,
                LocationDescription::RawGeoJson { .. } => LocatingMethod::Drawn,
            };
            let contour = match &asked {
                LocationDescription::WholeCity { .. } if is_exact => Some(geometry_of(contour)),
                _ => None,
            };
            let found = Found {
                geometry,
                contour,
                length_m: 100.0,
                segments,
                method,
                confidence: if is_exact { Confidence::Exact } else { Confidence::Approximate },
                edition,
                storage_area,
            };
            Location { id: LocationId(id), asked, found: Some(found) }
        })
        .boxed()
}

/// A geometry of every kind, as the rules let it through.
pub fn geometry() -> BoxedStrategy<Geometry> {
    let collection = (line(), polygon(), point()).prop_map(|(line, polygon, point)| {
        GeometryValue::GeometryCollection { geometries: [line, polygon, point].map(geojson::Geometry::new).to_vec() }
    });
    prop_oneof![4 => line(), 2 => lines(), 1 => point(), 1 => points(), 1 => polygon(), 1 => polygons(), 1 => collection]
        .prop_map(geometry_of)
        .boxed()
}

/// An edition of a network, and some of its segments; neither for a drawing away from every road.
fn network() -> BoxedStrategy<(Option<String>, Vec<FoundSegment>)> {
    let sources =
        vec![("bdtopo:038:2026-09-15", "TRONROUT"), ("osm:75104:2014-11-23", "osm:"), ("town:00001:2026-01-01", "r")];
    let segments = vec((1_u32..90_000, 0_u8..3, 0.0_f64..=1.0, 0.0_f64..=1.0), 1..5);
    let found = (select(sources), segments).prop_map(|((edition, prefix), segments)| {
        let segment = |(way, rank, from_fraction, to_fraction)| FoundSegment {
            segment_id: format!("{prefix}{way}:{rank}"),
            from_fraction,
            to_fraction,
        };
        (Some(edition.to_owned()), segments.into_iter().map(segment).collect())
    });
    prop_oneof![1 => Just((None, Vec::new())), 6 => found].boxed()
}

fn geometry_of(value: GeometryValue) -> Geometry {
    Geometry(geojson::Geometry::new(value))
}

fn named_street() -> BoxedStrategy<NamedStreet> {
    let bounds =
        prop_oneof![1 => Just((None, None)), 4 => (bound(), bound()).prop_map(|(from, to)| (Some(from), Some(to)))];
    let ids = select(vec![None, Some("75104_8331"), Some("94028_ptbd0w"), Some("00001_x3f9a7c21d04b")]);
    (text(200), ids, bounds, direction())
        .prop_map(|(road_name, id, (from, to), direction)| NamedStreet {
            city_code: "75104".to_owned(),
            city_label: "Paris 4e Arrondissement".to_owned(),
            road_ban_id: id.map(str::to_owned),
            road_name,
            from,
            to,
            direction,
            geometry: None,
        })
        .boxed()
}

fn bound() -> BoxedStrategy<StreetBound> {
    let number = "[1-9][0-9]{0,2}(bis|ter)?".prop_map(|number| StreetBound::HouseNumber { number });
    let crossing = (text(100), maybe(1_u16..4)).prop_map(|(road_name, crossing)| StreetBound::Intersection {
        road_name,
        road_ban_id: None,
        crossing,
    });
    let point = (2.3_f64..2.4, 48.8_f64..48.9)
        .prop_map(|(longitude, latitude)| StreetBound::Point { coordinates: [longitude, latitude] });
    prop_oneof![2 => number, 2 => crossing, 1 => point].boxed()
}

fn numbered_road() -> BoxedStrategy<NumberedRoad> {
    (reference_point(), reference_point(), direction(), maybe(uuid()))
        .prop_map(|(from, to, direction, storage_area_id)| NumberedRoad {
            administrator: "Isère".to_owned(),
            road_number: "D160".to_owned(),
            from,
            to,
            storage_area_id,
            direction,
            geometry: None,
        })
        .boxed()
}

fn reference_point() -> BoxedStrategy<ReferencePointBound> {
    let numbers = prop_oneof![9 => (0_u32..200).prop_map(|number| number.to_string()), 1 => Just("12A".to_owned())];
    let sides = select(vec![RoadSide::U, RoadSide::D, RoadSide::G]);
    (numbers, select(vec![None, Some("38")]), sides, -200_i32..2000)
        .prop_map(|(point_number, department, side, abscissa_m)| ReferencePointBound {
            point_number,
            department_code: department.map(str::to_owned),
            side,
            abscissa_m,
        })
        .boxed()
}

fn exception() -> BoxedStrategy<WholeCityException> {
    let street = (named_street(), maybe(prop_oneof![line(), lines()].prop_map(geometry_of)))
        .prop_map(|(street, geometry)| WholeCityException::NamedStreet(NamedStreet { geometry, ..street }));
    let drawing =
        (text(200), geometry()).prop_map(|(label, geometry)| WholeCityException::RawGeoJson { label, geometry });
    prop_oneof![street, drawing].boxed()
}

fn direction() -> impl Strategy<Value = Direction> {
    select(vec![Direction::Both, Direction::AToB, Direction::BToA])
}

fn position() -> impl Strategy<Value = Position> {
    (-61.5_f64..166.0, -22.0_f64..51.0).prop_map(|(longitude, latitude)| Position::from([longitude, latitude]))
}

fn line_string() -> impl Strategy<Value = Vec<Position>> {
    vec(position(), 2..12)
}

/// A rectangle, drawn anticlockwise and closed.
fn ring() -> impl Strategy<Value = Vec<Position>> {
    (-5.0_f64..8.0, 42.0_f64..51.0, 0.001_f64..0.5, 0.001_f64..0.5).prop_map(|(west, south, width, height)| {
        let (east, north) = (west + width, south + height);
        [[west, south], [east, south], [east, north], [west, north], [west, south]].map(Position::from).to_vec()
    })
}

fn point() -> impl Strategy<Value = GeometryValue> {
    position().prop_map(|coordinates| GeometryValue::Point { coordinates })
}

fn points() -> impl Strategy<Value = GeometryValue> {
    vec(position(), 1..4).prop_map(|coordinates| GeometryValue::MultiPoint { coordinates })
}

fn line() -> impl Strategy<Value = GeometryValue> {
    line_string().prop_map(|coordinates| GeometryValue::LineString { coordinates })
}

fn lines() -> impl Strategy<Value = GeometryValue> {
    vec(line_string(), 1..4).prop_map(|coordinates| GeometryValue::MultiLineString { coordinates })
}

fn lines_of_city() -> impl Strategy<Value = GeometryValue> {
    vec(line_string(), 5..30).prop_map(|coordinates| GeometryValue::MultiLineString { coordinates })
}

fn polygon() -> impl Strategy<Value = GeometryValue> {
    vec(ring(), 1..3).prop_map(|coordinates| GeometryValue::Polygon { coordinates })
}

fn polygons() -> impl Strategy<Value = GeometryValue> {
    vec(vec(ring(), 1..3), 1..3).prop_map(|coordinates| GeometryValue::MultiPolygon { coordinates })
}
