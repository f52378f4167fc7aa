//! The worked examples of numbered roads, by number, on roads laid out for them.

use std::fmt::Write as _;

use dialog_domain::RoadSide::{self, D, G, U};
use dialog_domain::RoadType::{self, DepartmentalRoad, NationalRoad};
use dialog_geocoder::load::{self, Options, RoadFiles};
use dialog_geocoder::{Bound, LocateError, roads};
use dialog_test_support::TestDatabase;

use super::{bound, find, road};
use crate::support::{distance_m, line, origin};

/// Manager, number, département, side, and numbers of reference points 900 m apart, the first one 200 m from the start.
const SECTIONS: [(&str, &str, &str, &str, &[u32]); 9] = [
    ("Ardèche", "D906", "07", "U", &[33, 34, 35, 36]),
    ("DIR Ouest", "N12", "22", "U", &[0, 1, 2, 12, 120, 121, 123]),
    ("DIR Ouest", "N12", "22", "D", &[122]),
    ("DIR Ouest", "N12", "22", "G", &[122]),
    ("DIR Ouest", "N12", "29", "D", &[1, 12]),
    ("DIR Ouest", "N12", "35", "U", &[0, 12]),
    ("DIR Ouest", "N12", "53", "U", &[12]),
    ("DIR Ouest", "N176", "22", "U", &[1, 2]),
    ("DIR Centre Est", "N79", "71", "U", &[21, 22]),
];
/// Roads without reference points.
const ROADS: [(&str, &str, &str); 17] = [
    ("Ardèche", "Départementale", "D901"),
    ("Ardèche", "Départementale", "D902"),
    ("Ardèche", "Départementale", "D110"),
    ("DIR Île-de-France", "Nationale", "N10"),
    ("DIR Île-de-France", "Nationale", "N1013"),
    ("DIR Île-de-France", "Nationale", "N1014"),
    ("DIR Île-de-France", "Nationale", "N104"),
    ("DIR Île-de-France", "Nationale", "N105"),
    ("DIR Île-de-France", "Nationale", "N1104"),
    ("Ardennes", "Départementale", "D32"),
    ("Ardennes", "Départementale", "D322"),
    ("Ardennes", "Départementale", "D322A"),
    ("Ardennes", "Départementale", "D324"),
    ("DIR Ouest", "Nationale", "N171"),
    ("Aisne", "Départementale", "D60"),
    ("Aisne", "Départementale", "D60"),
    ("APRR", "Autoroute", "A406"),
];

fn files() -> (tempfile::TempDir, RoadFiles) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut sections, mut points, mut roads) = (String::new(), String::new(), String::new());
    points.push_str(
        "route;numero;abscisse;ordre;cote;type_de_pr;identifiant_de_section;code_insee_du_departement;gestionnaire;lon;lat\n",
    );
    // 900 m along the parallel 46, in degrees.
    let step = 900.0 / distance_m([2.0, 46.0], [3.0, 46.0]);
    for (rank, (administrator, number, department, side, numbers)) in (0_u32..).zip(SECTIONS) {
        let (id, lat) = (format!("{department}-{number}-{side}-1"), 46.0 + 0.001 * f64::from(rank));
        let end = 2.0 + step * f64::from(u32::try_from(numbers.len()).expect("few"));
        let start = 2.0 - step * 200.0 / 900.0;
        writeln!(sections, r#"{{"type":"Feature","properties":{{"identifiant_de_section":"{id}","numero_de_route":"{number}","gestionnaire":"{administrator}","code_insee_du_departement":"{department}","cote":"{side}"}},"geometry":{{"type":"LineString","coordinates":[[{start},{lat}],[{end},{lat}]]}}}}"#).expect("memory");
        let row = |point: u32, kind: &str, rank: f64, lon: f64| {
            format!("{number};{point};;{rank};{side};{kind};{id};{department};{administrator};{lon};{lat}\n")
        };
        points.push_str(&row(numbers[0], "DS", -1.0, start));
        for (rank, point) in (0_u32..).zip(numbers) {
            points.push_str(&row(*point, "PR", f64::from(rank), 2.0 + step * f64::from(rank)));
        }
        points.push_str(&row(numbers[numbers.len() - 1], "FS", -2.0, end));
    }
    for (rank, (administrator, kind, number)) in (0_u32..).zip(ROADS) {
        let lat = 47.0 + 0.001 * f64::from(rank);
        writeln!(roads, r#"{{"type":"Feature","properties":{{"cleabs":null,"numero":"{number}","gestionnaire":"{administrator}","type_de_route":"{kind}"}},"geometry":{{"type":"MultiLineString","coordinates":[[[2.0,{lat},-1000.0],[2.1,{lat},-1000.0]]]}}}}"#).expect("memory");
    }
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    };
    let files = RoadFiles {
        origin: origin("test", "examples", 2026),
        sections: write("sections.geojsonl", sections),
        points: write("points.csv", points),
        roads: Some(write("roads.geojsonl", roads)),
        administrators: None,
    };
    (folder, files)
}

async fn database() -> TestDatabase {
    let database = TestDatabase::empty().await;
    let (_folder, files) = files();
    load::roads(database.url(), &files, Options::default(), &mut |_, _, _| {}).await.expect("the roads");
    database
}

async fn search(database: &TestDatabase, query: &str, road_type: RoadType, administrator: &str) -> Vec<String> {
    let found = roads::search_roads(&mut database.connection().await, administrator, road_type, query, 10).await;
    found.expect("roads").into_iter().map(|road| road.road_number).collect()
}

#[tokio::test]
async fn examples_28_to_35_roads_by_the_beginning_of_their_number() {
    let database = database().await;
    let ile_de_france = "DIR Île-de-France";
    for (example, query, road_type, administrator, expected) in [
        (28, "D90", DepartmentalRoad, "Ardèche", &["D901", "D902", "D906"][..]),
        (29, "RD90", DepartmentalRoad, "Ardèche", &["D901", "D902", "D906"]),
        // Ours: a bare number is accepted.
        (30, "90", DepartmentalRoad, "Ardèche", &["D901", "D902", "D906"]),
        (31, "D90", DepartmentalRoad, "DIR Ouest", &[]),
        (32, "N10", NationalRoad, ile_de_france, &["N10", "N1013", "N1014", "N104", "N105"]),
        (33, "N110", NationalRoad, ile_de_france, &["N1104"]),
        (34, "rd32", DepartmentalRoad, "Ardennes", &["D32", "D322", "D322A", "D324"]),
        (35, "n17", NationalRoad, "DIR Ouest", &["N171", "N176"]),
    ] {
        assert_eq!(search(&database, query, road_type, administrator).await, expected, "{example}");
    }
    assert_eq!(search(&database, "N10", NationalRoad, "dir ile de france").await.len(), 5, "accents do not count");
    assert_eq!(search(&database, "a4", NationalRoad, "APRR").await, ["A406"], "motorways too");
    let long = "D".repeat(10_000);
    for nothing in ["", "%", "_", "😀", "\u{0}", long.as_str()] {
        assert!(search(&database, nothing, DepartmentalRoad, "Ardèche").await.is_empty());
    }
}

#[tokio::test]
async fn examples_37_and_38_roads_that_do_not_exist_or_are_in_several_pieces() {
    let database = database().await;
    let whole = async |administrator: &str, number: &str| {
        roads::whole_road(&mut database.connection().await, DepartmentalRoad, administrator, number).await
    };
    assert!(matches!(whole("Ardèche", "D9000").await, Err(LocateError::UnknownRoad)));
    assert!(matches!(whole("Inconnu", "D906").await, Err(LocateError::UnknownRoad)));
    let pieces = whole("Aisne", "D60").await.expect("one road").geometry;
    let geojson::GeometryValue::MultiLineString { coordinates } = pieces.0.value else { panic!("several lines") };
    assert_eq!(coordinates.len(), 2);
}

#[tokio::test]
async fn examples_39_to_41_reference_points_and_their_sides() {
    let database = database().await;
    let mut connection = database.connection().await;
    let points = roads::reference_points(&mut connection, "DIR Ouest", "N12").await.expect("points").expect("a road");
    let told: Vec<_> = points.iter().map(|point| format!("{}##{}", point.department, point.number)).collect();
    assert_eq!(told[0], "22##0");
    let twelve: Vec<_> = points.iter().filter(|point| point.number.starts_with("12")).collect();
    assert_eq!(twelve.len(), 8);
    assert_eq!(twelve[..4].iter().map(|p| p.department.as_str()).collect::<Vec<_>>(), ["22", "29", "35", "53"]);
    assert_eq!(twelve[4..].iter().map(|p| p.number.as_str()).collect::<Vec<_>>(), ["120", "121", "122", "123"]);
    let mut sides = async |number, point, department| {
        roads::sides(
            &mut connection,
            if number == "N79" { "DIR Centre Est" } else { "DIR Ouest" },
            number,
            (point, department),
        )
        .await
        .expect("sides")
    };
    assert_eq!(sides("N79", "21", Some("71")).await, Some(vec![U]));
    assert_eq!(sides("N12", "122", Some("22")).await, Some(vec![D, G]));
}

#[tokio::test]
async fn examples_42_to_51_places_and_sections_of_roads() {
    let database = database().await;
    let start = async |administrator: &str, number: &str, point: &str, side: RoadSide, abscissa: i32| {
        let asked = road(administrator, number, bound(point, side, abscissa), bound(point, side, abscissa + 100));
        find(&database, &asked).await.map(|located| line(&located.found)[0])
    };
    let pr34 = start("Ardèche", "D906", "34", U, 0).await.expect("42");
    let beyond = start("Ardèche", "D906", "34", U, 500).await.expect("43");
    assert!((distance_m(pr34, beyond) - 500.0).abs() < 1.0, "43");
    let pr1 = start("DIR Ouest", "N12", "22##1", U, 0).await.expect("44");
    assert!((pr1[1] - 46.001).abs() < 1e-6, "44: not the one of the other département");
    let error = start("Ardèche", "D906", "1", U, 0).await;
    assert!(matches!(&error, Err(LocateError::UnknownReferencePoint { bound: Bound::From, .. })), "47: {error:?}");
    let error = find(&database, &road("Ardèche", "D906", bound("34", D, 0), bound("35", D, 0))).await;
    assert!(matches!(&error, Err(LocateError::UnknownSide { sides, .. }) if *sides == [U]), "49: {error:?}");
    let located =
        find(&database, &road("Ardèche", "D906", bound("34", U, 100), bound("35", U, 650))).await.expect("50");
    assert!((located.found.length_m - 1450.0).abs() < 1.0, "50: {}", located.found.length_m);
    let located = find(&database, &road("DIR Ouest", "N176", bound("1", U, 0), bound("2", U, 50))).await.expect("51");
    assert!((located.found.length_m - 950.0).abs() < 1.0, "51: {}", located.found.length_m);
}
