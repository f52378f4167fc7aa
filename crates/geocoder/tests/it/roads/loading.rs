//! Files of roads that are not what they should be.

use std::path::Path;

use dialog_geocoder::load::{self, LoadError, Options, Report, RoadFiles};
use dialog_geocoder::roads;
use dialog_test_support::TestDatabase;

use crate::support::origin;

const POINTS: &str = "route;numero;abscisse;ordre;cote;type_de_pr;identifiant_de_section;code_insee_du_departement;gestionnaire;lon;lat\n\
                      D1;0;0;0;U;PR0;s1;45;Loiret;2.0;47.0\n";
const SECTIONS: &str = r#"{"type":"Feature","properties":{"identifiant_de_section":"s1","numero_de_route":"d 1","gestionnaire":"Loiret","code_insee_du_departement":"45","cote":"U"},"geometry":{"type":"LineString","coordinates":[[2.0,47.0],[2.1,47.0]]}}"#;

async fn load_in(database: &TestDatabase, folder: &Path, sections: &str, points: &str) -> Result<Report, LoadError> {
    let (sections_path, points_path) = (folder.join("sections.geojsonl"), folder.join("points.csv"));
    std::fs::write(&sections_path, sections).expect("a file");
    std::fs::write(&points_path, points).expect("a file");
    let files = RoadFiles {
        origin: origin("test", "loiret", 2026),
        sections: sections_path,
        points: points_path,
        roads: None,
        administrators: None,
    };
    load::roads(database.url(), &files, Options::default(), &mut |_, _, _| {}).await
}

#[tokio::test]
async fn broken_files_are_refused_and_the_edition_in_use_stays() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let first = load_in(&database, folder.path(), SECTIONS, POINTS).await.expect("a road");
    assert_eq!((first.numbered_roads, first.reference_points), (1, 1));
    for (what, sections, points) in [
        ("cut in the middle", &SECTIONS[..80], POINTS.to_owned()),
        ("no JSON", "line", POINTS.to_owned()),
        ("no column", SECTIONS, POINTS.replace("cote", "colour")),
        ("no number", SECTIONS, POINTS.replace("2.0;47.0", "east;47.0")),
        ("swapped", SECTIONS, POINTS.replace("2.0;47.0", "47.0;200.0")),
        ("a number of six characters", SECTIONS, POINTS.replace(";0;0;0;", ";123456;0;0;")),
        ("points of another road", SECTIONS, POINTS.replace("D1;", "D2;")),
        ("nothing", "", POINTS.to_owned()),
    ] {
        let refused = load_in(&database, folder.path(), sections, &points).await;
        assert!(refused.is_err(), "{what}: {refused:?}");
    }
    let points = roads::reference_points(&mut database.connection().await, "Loiret", "D1").await.expect("points");
    assert_eq!(points.map(|points| points.len()), Some(1));
    let second = load_in(&database, folder.path(), SECTIONS, POINTS).await.expect("the same again");
    assert_eq!(second.edition, format!("{}.2", first.edition));
}

#[tokio::test]
async fn what_stands_apart_is_left_out_and_counted() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let points = format!(
        "{POINTS}D1;1;1000;1;U;PR;s2;45;Loiret;2.01;47.0\nD1;2;2000;2;I;PR;s1;45;Loiret;2.02;47.0\n\
         D1;3;3000;3;U;PR;s1;45;Loiret;2.03;47.1\n"
    );
    let sections = format!("{SECTIONS}\n{SECTIONS}\n");
    let report = load_in(&database, folder.path(), &sections, &points).await.expect("a road");
    assert_eq!(report.reference_points, 2);
    let counts: Vec<u64> = report.remarks.iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, [1, 1, 1, 1], "{:?}", report.remarks);
}
