//! The centre of Paris, when the shared folder is there.

use std::collections::BTreeMap;

use dialog_domain::{Confidence, LocationDescription};
use dialog_geocoder::{
    LocateError, commune_contours, crossing_streets, house_numbers, locate, search_cities, search_streets,
};
use dialog_test_support::{TestDatabase, shared_dir};
use geojson::GeometryValue;

use crate::support::{crossing, distance_m, line, load_communes, load_paris, number, section, street};

const MARAIS: &str = "75104";

#[tokio::test]
async fn rue_des_rosiers_from_2_to_20() {
    let Some(shared) = shared_dir("rue_des_rosiers_from_2_to_20") else { return };
    let database = TestDatabase::empty().await;
    let report = load_paris(&database, &shared).await;
    assert!(report.streets > 500 && report.addresses > 6400 && report.segments > 3000, "{report:?}");
    let mut connection = database.connection().await;
    let asked = section(MARAIS, "Rue des Rosiers", number("2"), number("20"));
    let found = locate(&mut connection, &asked).await.expect("a section").found;
    assert_eq!(found.confidence, Confidence::Exact);
    assert_eq!(found.edition.as_deref(), Some("osm:paris-centre:2014-01-01"));
    assert!((100.0..200.0).contains(&found.length_m), "{}", found.length_m);
    assert!(found.segments.iter().all(|segment| segment.segment_id.starts_with("osm:")), "{found:?}");
    let line = line(&found);
    assert!(line[0][0] > line[line.len() - 1][0], "numbers grow westwards: {line:?}");
    // `2 b` of the source is the 2 bis.
    let id = &search_streets(&mut connection, MARAIS, "rosiers", 1).await.expect("streets")[0].road_ban_id;
    assert!(house_numbers(&mut connection, id).await.expect("numbers").expect("a street").contains(&"2bis".to_owned()));
    let bis = section(MARAIS, "Rue des Rosiers", number("2 b"), crossing("rue pavee", None));
    assert!(locate(&mut connection, &bis).await.is_ok());
}

#[tokio::test]
async fn crossings_of_paris() {
    let Some(shared) = shared_dir("crossings_of_paris") else { return };
    let database = TestDatabase::empty().await;
    load_paris(&database, &shared).await;
    let mut connection = database.connection().await;
    let mut crossings = BTreeMap::new();
    for (street, other) in [
        ("Rue de Rivoli", "Rue du Renard"),
        ("Boulevard Henri IV", "Boulevard Morland"),
        ("Quai des Célestins", "Rue Saint-Paul"),
        ("Rue des Rosiers", "Rue Pavée"),
    ] {
        let found = search_streets(&mut connection, MARAIS, street, 1).await.expect("streets");
        let crossed = crossing_streets(&mut connection, &found[0].road_ban_id).await.expect("crossings");
        let crossed = crossed.expect("a street").into_iter().find(|crossed| crossed.road_name == other);
        crossings.insert(street, crossed.unwrap_or_else(|| panic!("{street} meets {other}")).crossings);
    }
    assert_eq!(crossings["Rue de Rivoli"].len(), 4);
    assert_eq!(crossings["Boulevard Henri IV"].len(), 3);
    assert_eq!(crossings["Quai des Célestins"].len(), 3);
    assert_eq!(crossings["Rue des Rosiers"].len(), 1);
    assert!(distance_m(crossings["Rue des Rosiers"][0].coordinates, [2.360_800, 48.856_452]) < 0.1);
}

// The last three rows of the table of expected values (§9.3): the first nine, on numbered roads, are in `roads::table`.
#[tokio::test]
async fn expected_values_of_paris() {
    let Some(shared) = shared_dir("expected_values_of_paris") else { return };
    let database = TestDatabase::empty().await;
    load_paris(&database, &shared).await;
    let mut connection = database.connection().await;
    // Rue des Rosiers × rue Pavée: one node, where a section begins.
    let asked = section(MARAIS, "Rue des Rosiers", crossing("Rue Pavée", None), number("20"));
    let found = locate(&mut connection, &asked).await.expect("a section").found;
    assert!(distance_m(line(&found)[0], [2.360_800, 48.856_452]) < 1.0, "row 11");
    // Rue de Rivoli × rue du Renard: four nodes, each of which can be chosen.
    let rivoli = search_streets(&mut connection, MARAIS, "Rue de Rivoli", 1).await.expect("streets").remove(0);
    let crossed = crossing_streets(&mut connection, &rivoli.road_ban_id).await.expect("crossings").expect("a street");
    let renard = crossed.into_iter().find(|crossed| crossed.road_name == "Rue du Renard").expect("they cross");
    assert_eq!(renard.crossings.len(), 4, "row 12");
    let to = || crossing("Rue des Archives", None);
    for wanted in &renard.crossings {
        let asked = section(MARAIS, "Rue de Rivoli", crossing("Rue du Renard", Some(wanted.number)), to());
        let found = locate(&mut connection, &asked).await.expect("a section").found;
        assert!(starts_at(&found.geometry.0.value, wanted.coordinates), "row 12: {wanted:?}");
    }
    let asked = section(MARAIS, "Rue de Rivoli", crossing("Rue du Renard", Some(5)), to());
    assert!(matches!(locate(&mut connection, &asked).await, Err(LocateError::NoIntersection { .. })), "row 12");
    // 2 b rue des Rosiers is the 2 bis.
    let id =
        search_streets(&mut connection, MARAIS, "Rue des Rosiers", 1).await.expect("streets").remove(0).road_ban_id;
    assert!(distance_m(place(&mut connection, &id, "2bis").await, [2.360_736, 48.856_552]) < 1.0, "row 13");
    for written in ["2 b", "2bis", "2 BIS"] {
        let asked = section(MARAIS, "Rue des Rosiers", number(written), number("20"));
        assert!(locate(&mut connection, &asked).await.is_ok(), "row 13: {written}");
    }
}

/// Whether a line of a geometry begins within a metre of a place.
fn starts_at(geometry: &GeometryValue, place: [f64; 2]) -> bool {
    let lines = match geometry {
        GeometryValue::LineString { coordinates } => vec![coordinates.clone()],
        GeometryValue::MultiLineString { coordinates } => coordinates.clone(),
        other => panic!("{}", other.type_name()),
    };
    lines.iter().any(|line| distance_m([line[0][0], line[0][1]], place) < 1.0)
}

#[tokio::test]
async fn random_sections_are_connected_and_begin_and_end_at_their_bounds() {
    let Some(shared) = shared_dir("random_sections_are_connected_and_begin_and_end_at_their_bounds") else { return };
    let database = TestDatabase::empty().await;
    load_paris(&database, &shared).await;
    let mut connection = database.connection().await;
    let mut seed = 7_u64;
    let mut pick = |count: usize| {
        // Knuth's MMIX generator: the same hundred pairs each time.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("31 bits") % count
    };
    let mut streets = search_streets(&mut connection, MARAIS, "rue", 400).await.expect("streets");
    streets.retain(|street| street.has_geometry);
    let (mut located, mut refused) = (0, Vec::new());
    while located + refused.len() < 100 {
        let street = &streets[pick(streets.len())];
        let numbers = house_numbers(&mut connection, &street.road_ban_id).await.expect("numbers").expect("a street");
        if numbers.len() < 4 {
            continue;
        }
        let (from, to) = (&numbers[pick(numbers.len())], &numbers[pick(numbers.len())]);
        let there = locate(&mut connection, &section(MARAIS, &street.road_name, number(from), number(to))).await;
        let back = locate(&mut connection, &section(MARAIS, &street.road_name, number(to), number(from))).await;
        match (there, back) {
            (Ok(there), Ok(back)) => {
                located += 1;
                // Both carriageways where there are two; the first line runs from bound to bound.
                let (all, back) = (lines(&there.found), lines(&back.found));
                let mut reversed: Vec<Vec<[f64; 2]>> =
                    back.iter().map(|line| line.iter().rev().copied().collect()).collect();
                reversed[1..].reverse();
                assert_eq!(all, reversed, "{} {from} {to}", street.road_name);
                let vertices = all[0].clone();
                assert!(!there.found.segments.is_empty() && there.found.length_m >= 0.1);
                let whole = locate(&mut connection, &whole(&street.road_name)).await.expect("the street").found;
                for (end, wanted) in [(vertices[0], from), (vertices[vertices.len() - 1], to)] {
                    let house = place(&mut connection, &street.road_ban_id, wanted).await;
                    let nearest = nearest_m(&whole.geometry.0.value, house);
                    let gap = distance_m(end, house) - nearest;
                    assert!(gap.abs() < 1.0, "{} {wanted}: {gap} m further than the street", street.road_name);
                }
            }
            (
                Err(LocateError::NoPath { .. } | LocateError::SamePlace),
                Err(LocateError::NoPath { .. } | LocateError::SamePlace),
            ) => {
                refused.push(format!("{} {from} {to}", street.road_name));
            }
            other => panic!("{} {from} {to}: {other:?}", street.road_name),
        }
    }
    assert!(located >= 90, "{refused:?}");
}

/// The lines of a section.
fn lines(found: &dialog_domain::Found) -> Vec<Vec<[f64; 2]>> {
    match &found.geometry.0.value {
        GeometryValue::MultiLineString { coordinates } => {
            coordinates.iter().map(|line| line.iter().map(|p| [p[0], p[1]]).collect()).collect()
        }
        _ => vec![line(found)],
    }
}

fn whole(name: &str) -> LocationDescription {
    LocationDescription::NamedStreet(street(MARAIS, name))
}

async fn place(connection: &mut dialog_db::Connection, street_id: &str, label: &str) -> [f64; 2] {
    let digits = label.trim_end_matches(|c: char| c.is_alphabetic());
    let street = dialog_db::reference::find_street(connection, street_id).await.expect("a query").expect("a street");
    let number = digits.parse().expect("a number");
    let places = dialog_db::reference::house_number_places(connection, street.edition_id, street_id, number).await;
    let suffix = &label[digits.len()..];
    let place = places.expect("places").into_iter().find(|(found, _)| found == suffix).expect("the house").1;
    [place.x, place.y]
}

/// Metres between a place and the nearest point of some lines.
fn nearest_m(geometry: &GeometryValue, place: [f64; 2]) -> f64 {
    let lines = match geometry {
        GeometryValue::LineString { coordinates } => vec![coordinates.clone()],
        GeometryValue::MultiLineString { coordinates } => coordinates.clone(),
        other => panic!("{}", other.type_name()),
    };
    let plane = dialog_geo::LocalProjection::at(dialog_geo::Coord { x: place[0], y: place[1] });
    let measured = lines.iter().filter_map(|line| {
        let line = line.iter().map(|p| (p[0], p[1])).collect::<Vec<_>>().into();
        dialog_geo::MeasuredLine::new(&line, |vertex| plane.to_metres(vertex))
    });
    let offsets = measured.map(|line| line.project(dialog_geo::Coord { x: 0.0, y: 0.0 }).offset_m);
    offsets.fold(f64::INFINITY, f64::min)
}

#[tokio::test]
async fn unknown_number_gets_its_neighbours() {
    let Some(shared) = shared_dir("unknown_number_gets_its_neighbours") else { return };
    let database = TestDatabase::empty().await;
    load_paris(&database, &shared).await;
    let mut connection = database.connection().await;
    let asked = section(MARAIS, "Rue des Rosiers", number("999"), number("20"));
    let error = locate(&mut connection, &asked).await;
    let Err(LocateError::UnknownHouseNumber { suggestions, .. }) = error else { panic!("{error:?}") };
    assert_eq!(suggestions.len(), 5);
}

#[tokio::test]
async fn communes_of_france() {
    let Some(shared) = shared_dir("communes_of_france") else { return };
    let database = TestDatabase::with_town().await;
    let report = load_communes(&database, &shared, true).await;
    assert_eq!((report.communes, report.contours), (37_590, 34_912));
    let mut connection = database.connection().await;
    for (query, code, label) in [
        ("paris 4", "75104", "Paris 4e (75004)"),
        ("75004", "75104", "Paris 4e (75004)"),
        ("paris", "75101", "Paris 1er (75001)"),
        ("lyon 3", "69383", "Lyon 3e (69003)"),
        ("st martin d'heres", "38421", "Saint-Martin-d'Hères (38400)"),
        ("le mans", "72181", "Le Mans (72000)"),
        ("72100", "72181", "Le Mans (72100)"),
        ("bordeau", "33063", "Bordeaux (33000)"),
        ("marseile", "13201", "Marseille 1er (13001)"),
        ("arbignieu", "01015", "Arbignieu – Arboys en Bugey (01300)"),
        ("demov", "00001", "Démoville (00001)"),
        ("y", "80829", "Y (80190)"),
        ("Eu", "76255", "Eu (76260)"),
        ("oô", "31404", "Oô (31110)"),
    ] {
        let cities = search_cities(&mut connection, query, 7).await.expect("cities");
        let best = cities.first().unwrap_or_else(|| panic!("nothing for {query}"));
        assert_eq!((best.code.as_str(), best.label.as_str()), (code, label), "{query}");
        assert!(
            cities.len() <= 7 && cities.iter().all(|city| !["75056", "13055", "69123"].contains(&city.code.as_str()))
        );
    }
    let codes = ["75056", "75104", "00001", "99999"].map(str::to_owned);
    let contours = commune_contours(&mut connection, &codes).await.expect("contours");
    assert_eq!(contours.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["00001", "75056", "75104"]);
}
