//! Whole cities, zones and drawings of the demonstration town, as segments of its network.

use std::collections::BTreeSet;

use dialog_domain::{
    Found, Geometry, LocatingMethod, LocationDescription, NamedStreet, StreetBound, WholeCityException,
};
use dialog_geo::{Coord, LocalProjection};
use dialog_geocoder::{LocateError, locate};
use dialog_test_support::TestDatabase;
use diesel_async::SimpleAsyncConnection;
use geojson::GeometryValue;

use crate::support::{TOWN, distance_m, line, number, section, street};

async fn find(database: &TestDatabase, asked: &LocationDescription) -> Result<Found, LocateError> {
    locate(&mut database.connection().await, asked).await.map(|located| located.found)
}

fn city(exceptions: Vec<WholeCityException>) -> LocationDescription {
    LocationDescription::WholeCity { city_code: TOWN.to_owned(), city_label: "Démoville".to_owned(), exceptions }
}

fn zone(text: &str) -> LocationDescription {
    let geometry = Geometry::from_text(text).expect("a geometry");
    LocationDescription::Zone { label: "Centre".to_owned(), geometry }
}

/// A polygon whose corners are given in metres from the town hall.
fn polygon(corners: &[(f64, f64)]) -> String {
    let hall = dialog_geo::Town::demonstration();
    let plane = LocalProjection::at(origin(&hall));
    let ring: Vec<String> = corners
        .iter()
        .chain(corners.first())
        .map(|(x, y)| plane.to_degrees(Coord { x: *x, y: *y }))
        .map(|place| format!("[{:.7},{:.7}]", place.x, place.y))
        .collect();
    format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, ring.join(","))
}

/// The middle of the square of the town hall.
fn origin(town: &dialog_geo::Town) -> Coord {
    let square: Vec<Coord> = town
        .ways
        .iter()
        .filter(|way| way.name.as_deref() == Some("Place de la Mairie"))
        .flat_map(|way| way.line.0.clone())
        .collect();
    let middle = |axis: fn(&Coord) -> f64| {
        let (low, high) =
            square.iter().map(axis).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        f64::midpoint(low, high)
    };
    Coord { x: middle(|c| c.x), y: middle(|c| c.y) }
}

fn lines(found: &Found) -> Vec<Vec<[f64; 2]>> {
    match &found.geometry.0.value {
        GeometryValue::LineString { .. } => vec![line(found)],
        GeometryValue::MultiLineString { coordinates } => {
            coordinates.iter().map(|line| line.iter().map(|p| [p[0], p[1]]).collect()).collect()
        }
        other => panic!("{}", other.type_name()),
    }
}

fn length_m(found: &Found) -> f64 {
    lines(found).iter().flat_map(|line| line.windows(2)).map(|ends| distance_m(ends[0], ends[1])).sum()
}

fn ids(found: &Found) -> BTreeSet<&str> {
    found.segments.iter().map(|segment| segment.segment_id.as_str()).collect()
}

#[tokio::test]
async fn whole_city_is_every_road_of_its_commune() {
    let database = TestDatabase::with_town().await;
    let found = find(&database, &city(Vec::new())).await.expect("the town");
    assert_eq!((found.method, found.edition.as_deref()), (LocatingMethod::WholeCity, Some("town:00001:2026-01-01")));
    assert!(found.segments.len() > 200 && found.length_m > 20_000.0, "{} {}", found.segments.len(), found.length_m);
    assert!((length_m(&found) - found.length_m).abs() < 1.0);
    // Roads without a name are roads of the town too; steps and paths are not for vehicles.
    let all = |sql: &'static str| {
        let database = &database;
        async move {
            use diesel_async::RunQueryDsl;
            let ids: Vec<String> = dialog_db::reference::Statement::<diesel::sql_types::Text>::new(sql, [])
                .load(&mut database.connection().await)
                .await
                .expect("segments");
            ids.into_iter().collect::<BTreeSet<String>>()
        }
    };
    let unnamed =
        all("SELECT segment_id FROM reference.segments WHERE street_left IS NULL AND class = 'secondary'").await;
    let steps = all("SELECT segment_id FROM reference.segments WHERE class IN ('steps', 'path')").await;
    assert!(!unnamed.is_empty() && unnamed.iter().all(|id| ids(&found).contains(id.as_str())));
    assert!(!steps.is_empty() && steps.iter().all(|id| !ids(&found).contains(id.as_str())));
    let unknown = LocationDescription::WholeCity {
        city_code: "99999".to_owned(),
        city_label: "Nulle part".to_owned(),
        exceptions: Vec::new(),
    };
    assert!(matches!(find(&database, &unknown).await, Err(LocateError::UnknownCity)));
}

#[tokio::test]
async fn examples_59_and_60_streets_sections_and_drawings_stay_free() {
    let database = TestDatabase::with_town().await;
    let whole = find(&database, &city(Vec::new())).await.expect("the town");
    let named = |asked: LocationDescription| {
        let LocationDescription::NamedStreet(street) = asked else { panic!("a street") };
        street
    };
    let free = street(TOWN, "Rue Haute");
    let alone = find(&database, &LocationDescription::NamedStreet(free.clone())).await.expect("a street");
    let without = find(&database, &city(vec![WholeCityException::NamedStreet(free)])).await.expect("the town");
    assert!((whole.length_m - without.length_m - alone.length_m).abs() < 1.0);
    assert!(ids(&alone).is_disjoint(&ids(&without)), "by identifier");

    let part = section(TOWN, "Rue des Lilas", number("2"), number("20"));
    let alone = find(&database, &part).await.expect("a section");
    let without = find(&database, &city(vec![WholeCityException::NamedStreet(named(part))])).await.expect("the town");
    assert!((whole.length_m - without.length_m - alone.length_m).abs() < 2.0);
    assert!((length_m(&without) - without.length_m).abs() < 1.0);

    let square = polygon(&[(-250.0, 450.0), (250.0, 450.0), (250.0, 650.0), (-250.0, 650.0)]);
    let inside = find(&database, &zone(&square)).await.expect("a zone");
    let drawing = WholeCityException::RawGeoJson {
        label: "Hauts".to_owned(),
        geometry: Geometry::from_text(&square).expect("a polygon"),
    };
    let without = find(&database, &city(vec![drawing])).await.expect("the town");
    assert!((whole.length_m - without.length_m - inside.length_m).abs() < 2.0);

    let missing = WholeCityException::NamedStreet(street(TOWN, "Rue de l'Inconnue"));
    let error = find(&database, &city(vec![missing])).await;
    let Err(LocateError::Exception { rank: 0, source }) = error else { panic!("{error:?}") };
    assert!(matches!(*source, LocateError::UnknownStreet { .. }));
}

#[tokio::test]
async fn zone_is_cut_at_its_edges() {
    let database = TestDatabase::with_town().await;
    let square = polygon(&[(-120.0, -120.0), (120.0, -120.0), (120.0, 120.0), (-120.0, 120.0)]);
    let found = find(&database, &zone(&square)).await.expect("a zone");
    assert_eq!(found.method, LocatingMethod::Zone);
    assert!((length_m(&found) - found.length_m).abs() < 1.0);
    let town = dialog_geo::Town::demonstration();
    let plane = LocalProjection::at(origin(&town));
    for vertex in lines(&found).concat() {
        let metres = plane.to_metres(Coord { x: vertex[0], y: vertex[1] });
        assert!(metres.x.abs() < 120.1 && metres.y.abs() < 120.1, "{metres:?}");
    }
    assert!(found.segments.iter().any(|segment| segment.to_fraction - segment.from_fraction < 0.99), "some are cut");
    assert!(found.segments.iter().all(|segment| segment.from_fraction < segment.to_fraction));
}

#[tokio::test]
async fn examples_55_to_57_motorways_are_left_out_and_a_zone_without_road_is_refused() {
    let database = TestDatabase::with_town().await;
    let square = polygon(&[(-120.0, -120.0), (120.0, -120.0), (120.0, 120.0), (-120.0, 120.0)]);
    let before = find(&database, &zone(&square)).await.expect("a zone");
    let motorway = before.segments[0].segment_id.clone();
    let update = format!("UPDATE reference.segments SET class = 'motorway' WHERE segment_id = '{motorway}'");
    database.connection().await.batch_execute(&update).await.expect("a motorway");
    let after = find(&database, &zone(&square)).await.expect("a zone");
    assert!(ids(&before).contains(motorway.as_str()) && !ids(&after).contains(motorway.as_str()));
    assert_eq!(ids(&after).len() + 1, ids(&before).len());

    let nowhere = polygon(&[(9000.0, 9000.0), (9100.0, 9000.0), (9100.0, 9100.0)]);
    assert!(matches!(find(&database, &zone(&nowhere)).await, Err(LocateError::NoRoad)));
    let bow = polygon(&[(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0)]);
    assert!(matches!(find(&database, &zone(&bow)).await, Err(LocateError::SelfCrossing)));
    let line = r#"{"type":"LineString","coordinates":[[2,47],[2.1,47]]}"#;
    assert!(matches!(find(&database, &zone(line)).await, Err(LocateError::NoRoad)));
}

#[tokio::test]
async fn example_62_drawing_keeps_its_geometry_and_names_the_segments_under_it() {
    let database = TestDatabase::with_town().await;
    let part = section(TOWN, "Rue des Lilas", number("2"), number("20"));
    let street = find(&database, &part).await.expect("a section");
    let raw = |geometry: Geometry| LocationDescription::RawGeoJson { label: "Tracé".to_owned(), geometry };
    let drawn = find(&database, &raw(street.geometry.clone())).await.expect("a drawing");
    assert_eq!((drawn.method, &drawn.geometry), (LocatingMethod::Drawn, &street.geometry));
    assert_eq!((ids(&drawn), &drawn.edition), (ids(&street), &street.edition));
    let point = Geometry::from_text(r#"{"type":"Point","coordinates":[2.18,47.56]}"#).expect("a point");
    let drawn = find(&database, &raw(point)).await.expect("a point");
    assert!(drawn.segments.is_empty() && drawn.edition.is_none());
    let bow = Geometry::from_text(&polygon(&[(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0)]));
    let error = find(&database, &raw(bow.expect("a polygon"))).await;
    assert!(matches!(error, Err(LocateError::SelfCrossing)), "{error:?}");
}

#[tokio::test]
async fn supplied_geometry_of_an_exception_is_what_stays_free() {
    let database = TestDatabase::with_town().await;
    let whole = find(&database, &city(Vec::new())).await.expect("the town");
    let part = find(&database, &section(TOWN, "Rue des Lilas", number("2"), number("20"))).await.expect("a section");
    let free = NamedStreet {
        geometry: Some(part.geometry.clone()),
        from: Some(StreetBound::HouseNumber { number: "2".to_owned() }),
        ..street(TOWN, "Rue des Lilas")
    };
    let without = find(&database, &city(vec![WholeCityException::NamedStreet(free)])).await.expect("the town");
    assert!((whole.length_m - without.length_m - part.length_m).abs() < 2.0);
}
