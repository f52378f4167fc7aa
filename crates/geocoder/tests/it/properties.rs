//! What holds for every section, on every extract: a hundred random pairs of crossings and house numbers each, a
//! thousand in a soak.

use std::collections::BTreeSet;
use std::path::PathBuf;

use dialog_db::reference::{Bind, Statement};
use dialog_domain::{Confidence, Found, StreetBound};
use dialog_geocoder::load::{self, NetworkFiles, Options};
use dialog_geocoder::locate::locate_in_detail;
use dialog_geocoder::{LocateError, Sources, crossing_streets, house_numbers};
use dialog_test_support::{TestDatabase, shared_dir};
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use geojson::GeometryValue;

use crate::support::{distance_m, load_paris, number, origin, section};

/// A bound, and where it must be when it is a crossing.
type End = (StreetBound, Option<[f64; 2]>);

/// Knuth's MMIX generator: the same pairs each time.
struct Pick(u64);

impl Pick {
    fn of(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % count
    }
}

fn cases() -> usize {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse::<usize>().ok());
    asked.map_or(100, |asked| asked.clamp(100, 1000))
}

fn lines(found: &Found) -> Vec<Vec<[f64; 2]>> {
    let pairs = |line: &Vec<geojson::Position>| line.iter().map(|p| [p[0], p[1]]).collect::<Vec<_>>();
    match &found.geometry.0.value {
        GeometryValue::LineString { coordinates } => vec![pairs(coordinates)],
        GeometryValue::MultiLineString { coordinates } => coordinates.iter().map(pairs).collect(),
        other => panic!("{}", other.type_name()),
    }
}

async fn texts(connection: &mut dialog_db::Connection, sql: &'static str, bind: &str) -> Vec<String> {
    let binds = if sql.contains("$1") { vec![Bind::Text(bind)] } else { Vec::new() };
    Statement::<Text>::new(sql, binds).load(connection).await.expect("texts")
}

#[expect(clippy::print_stdout, reason = "how many sections there were")]
/// Sections between random bounds of random streets of the only edition.
async fn holds_on(database: &TestDatabase) {
    let mut connection = database.connection().await;
    let streets = "SELECT street_id FROM reference.streets WHERE length_m > 50 ORDER BY street_id";
    let streets = texts(&mut connection, streets, "").await;
    let mut pick = Pick(7);
    let (mut located, mut refused, mut doubled) = (0, 0, 0);
    while located < cases() {
        assert!(refused < 20 * cases(), "hardly any section is found");
        let id = &streets[pick.of(streets.len())];
        let street = dialog_db::reference::find_street(&mut connection, id).await.expect("a query").expect("a street");
        let mut ends: Vec<End> = Vec::new();
        for crossed in crossing_streets(&mut connection, id).await.expect("crossings").expect("a street") {
            ends.extend(crossed.crossings.iter().map(|crossing| {
                let bound = StreetBound::Intersection {
                    road_name: crossed.road_name.clone(),
                    road_ban_id: Some(crossed.road_ban_id.clone()),
                    crossing: Some(crossing.number),
                };
                (bound, Some(crossing.coordinates))
            }));
        }
        let numbers = house_numbers(&mut connection, id).await.expect("numbers").expect("a street");
        ends.extend(numbers.iter().map(|text| (number(text), None)));
        if ends.len() < 2 {
            refused += 1;
            continue;
        }
        let (from, to) = (ends[pick.of(ends.len())].clone(), ends[pick.of(ends.len())].clone());
        let there = section(&street.insee, &street.name, from.0.clone(), to.0.clone());
        let back = section(&street.insee, &street.name, to.0.clone(), from.0.clone());
        let told = format!("{} ({id}) from {from:?} to {to:?}", street.name);
        let there = locate_in_detail(&mut connection, &there, &Sources::default()).await;
        let back = locate_in_detail(&mut connection, &back, &Sources::default()).await;
        let (there, back) = match (there, back) {
            (Ok(there), Ok(back)) => (there.located.found, back.located.found),
            (
                Err(LocateError::NoPath { .. } | LocateError::SamePlace),
                Err(LocateError::NoPath { .. } | LocateError::SamePlace),
            ) => {
                refused += 1;
                continue;
            }
            other => panic!("{told}: {other:?}"),
        };
        located += 1;
        let (lines, back) = (lines(&there), lines(&back));
        // The line reversed, and so is the other carriageway.
        let reversed = |line: &Vec<[f64; 2]>| line.iter().rev().copied().collect::<Vec<_>>();
        assert_eq!(lines[0], reversed(&back[0]), "{told}");
        let beside: BTreeSet<String> = lines[1..].iter().map(|line| format!("{line:?}")).collect();
        assert_eq!(beside, back[1..].iter().map(|line| format!("{:?}", reversed(line))).collect(), "{told}");
        doubled += usize::from(!beside.is_empty());
        // Connected: its parts are as long as it is said to be, nothing missing between two of them.
        let drawn: f64 = lines.iter().flat_map(|line| line.windows(2)).map(|ends| distance_m(ends[0], ends[1])).sum();
        assert!((drawn - there.length_m).abs() < 0.5 + 1e-3 * drawn, "{told}: {drawn} {}", there.length_m);
        // It begins and ends where it was asked to.
        for (place, end) in [(from.1, lines[0][0]), (to.1, lines[0][lines[0].len() - 1])] {
            if let Some(place) = place {
                assert!(distance_m(place, end) < 1.0, "{told}: {place:?} {end:?}");
            }
        }
        // On the street that was asked, but where a gap is crossed.
        let sql = "SELECT segment_id FROM reference.segments WHERE street_left = $1 OR street_right = $1";
        let own: BTreeSet<String> = texts(&mut connection, sql, id).await.into_iter().collect();
        let is_own = there.segments.iter().all(|segment| own.contains(&segment.segment_id));
        assert!(is_own || there.confidence == Confidence::Approximate, "{told}");
    }
    println!("{located} sections, {doubled} on two carriageways; {refused} pairs without one");
}

async fn load_extract(database: &TestDatabase, files: NetworkFiles) {
    load::network(database.url(), &files, Options::default(), &mut |_, _, _| {}).await.expect("the extract");
}

fn bdtopo(shared: &std::path::Path, area: &str) -> NetworkFiles {
    let data = |name: String| -> PathBuf { shared.join("data/bdtopo").join(name) };
    NetworkFiles {
        origin: origin("bdtopo", area, 2023),
        streets: data(format!("troncon_de_route-{area}.geojsonl.gz")),
        named_streets: Some(data(format!("derived-voie_nommee-{area}.geojsonl.gz"))),
        addresses: None,
        default_insee: None,
        department: None,
    }
}

#[tokio::test]
async fn sections_of_the_town() {
    holds_on(&TestDatabase::with_town().await).await;
}

#[tokio::test]
async fn sections_of_paris() {
    let Some(shared) = shared_dir("sections_of_paris") else { return };
    let database = TestDatabase::empty().await;
    load_paris(&database, &shared).await;
    holds_on(&database).await;
}

#[tokio::test]
async fn sections_of_monaco() {
    let Some(shared) = shared_dir("sections_of_monaco") else { return };
    let database = TestDatabase::empty().await;
    let files = NetworkFiles {
        origin: origin("osm", "monaco", 2025),
        streets: shared.join("data/osm/monaco-2025-streets.geojsonl.gz"),
        named_streets: None,
        addresses: None,
        default_insee: Some("99138".to_owned()),
        department: None,
    };
    load_extract(&database, files).await;
    holds_on(&database).await;
}

#[tokio::test]
async fn sections_of_marseille() {
    let Some(shared) = shared_dir("sections_of_marseille") else { return };
    let database = TestDatabase::empty().await;
    load_extract(&database, bdtopo(&shared, "marseille10-2023")).await;
    holds_on(&database).await;
}

#[tokio::test]
async fn sections_of_saint_martin_d_heres() {
    let Some(shared) = shared_dir("sections_of_saint_martin_d_heres") else { return };
    let database = TestDatabase::empty().await;
    load_extract(&database, bdtopo(&shared, "saint-martin-d-heres-v2")).await;
    holds_on(&database).await;
}

#[tokio::test]
async fn sections_of_la_fleche() {
    let Some(shared) = shared_dir("sections_of_la_fleche") else { return };
    let database = TestDatabase::empty().await;
    load_extract(&database, bdtopo(&shared, "la-fleche-2011")).await;
    holds_on(&database).await;
}
