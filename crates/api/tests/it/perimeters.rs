//! Perimeters of organizations made of the official geography, by the command that operators have.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use dialog_api::demo::OTHER_ORGANIZATION;
use dialog_api::services::perimeters::{self, PerimeterError};
use dialog_db::locations::perimeter_shares;
use dialog_db::perimeters::DivisionKind;
use dialog_domain::OrganizationId;
use dialog_geocoder::load::{self, CommuneFiles, Options, Origin};
use dialog_test_support::{TestApp, TestDatabase, shared_dir};
use uuid::Uuid;

use crate::process::dialog;

fn origin(year: i32) -> Origin {
    let dated = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    Origin { source: "cog".to_owned(), territory: "land".to_owned(), dated }
}

/// Two communes side by side, one hundredth of a degree each, the second one as high as asked; one intercommunality, one
/// département, one region. A third commune has no outline.
async fn load_land(database: &TestDatabase, folder: &Path, year: i32, north: f64) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        Some(path)
    };
    let commune = |code: &str| {
        format!(r#"{{"code":"{code}","nom":"Commune {code}","type":"commune-actuelle","departement":"45"}}"#)
    };
    let contour = |code: &str, west: f64, north: f64| {
        let east = west + 0.01;
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},47],[{east},47],[{east},{north}],[{west},{north}],[{west},47]]]}}}}"#
        )
    };
    let files = CommuneFiles {
        origin: origin(year),
        communes: write("communes.json", &format!("[{},{},{}]", commune("45001"), commune("45002"), commune("45003"))),
        contours: write(
            "contours.geojsonl",
            &format!("{}\n{}", contour("45001", 2.0, 47.01), contour("45002", 2.01, north)),
        ),
        epci: write(
            "epci.json",
            r#"[{"code":"200000172","nom":"CC du Val","membres":[{"code":"45001"},{"code":"45002"}]}]"#,
        ),
        departments: write("departements.json", r#"[{"code":"45","region":"24","nom":"Loiret"}]"#),
        regions: write("regions.json", r#"[{"code":"24","nom":"Centre-Val de Loire"}]"#),
    };
    load::communes(database.url(), &files, Options::default(), &mut |_, _, _| {}).await.unwrap();
}

#[tokio::test]
async fn perimeter_is_the_union_of_communes_intercommunalities_departments_and_regions() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    load_land(&app.database, folder.path(), 2025, 47.01).await;
    let other = OTHER_ORGANIZATION.to_string();
    let perimeter = |arguments: &[&str]| {
        dialog(app.database.url(), &[["organization", "perimeter", &other].as_slice(), arguments].concat())
    };
    let share = async |line: &str| {
        let geometry = format!(r#"{{"type":"LineString","coordinates":{line}}}"#);
        let organization = OrganizationId(OTHER_ORGANIZATION);
        perimeter_shares(&mut app.database.connection().await, organization, &[geometry]).await.unwrap()[0]
    };
    let across = "[[2.001,47.005],[2.019,47.005]]";
    assert_eq!(share(across).await, 0.0);
    let (went_well, text) = perimeter(&["--communes", "45001"]);
    assert!(went_well && text.contains("Commune 45001 (45001)") && text.contains("cog:land:2025-01-01"), "{text}");
    assert!(text.contains("Démoville (00001)") && text.contains("tracé"), "drawn areas stay: {text}");
    // Half of the line, and the tolerance.
    assert!((share(across).await - 0.57).abs() < 0.02);
    for (arguments, label) in [
        (["--communes", "45001,45002"], "Commune 45002 (45002)"),
        (["--epci", "200000172"], "CC du Val (intercommunalité 200000172)"),
        (["--departements", "45"], "Loiret (département 45)"),
        (["--regions", "24"], "Centre-Val de Loire (région 24)"),
    ] {
        let (went_well, text) = perimeter(&arguments);
        assert!(went_well && text.contains(label), "{arguments:?}: {text}");
        assert!((share(across).await - 1.0).abs() < 1e-9, "{arguments:?}");
        assert_eq!(
            text.contains("sans contour chargé, donc en dehors : 45003"),
            text.contains("45)") || text.contains("24)")
        );
    }
    // What is unknown changes nothing.
    for arguments in [["--communes", "45001,99999"], ["--epci", "1"], ["--departements", "2A"], ["--communes", "45003"]]
    {
        let (went_well, text) = perimeter(&arguments);
        assert!(!went_well, "{arguments:?}: {text}");
        assert!((share(across).await - 1.0).abs() < 1e-9, "{arguments:?}");
    }
    let (_, text) = perimeter(&[]);
    assert!(text.contains("Centre-Val de Loire (région 24)"), "shown without a change: {text}");
    let mut connection = app.database.connection().await;
    let nobody = OrganizationId(Uuid::now_v7());
    let asked = [(DivisionKind::Commune, "45001".to_owned())];
    let error = perimeters::set(&mut connection, nobody, &asked).await;
    assert!(matches!(error, Err(PerimeterError::UnknownOrganization(id)) if id == nobody), "{error:?}");
    let error = perimeters::set(&mut connection, OrganizationId(OTHER_ORGANIZATION), &[]).await;
    assert!(matches!(error, Err(PerimeterError::Empty)), "{error:?}");
}

#[tokio::test]
async fn perimeter_follows_newer_outlines_when_it_is_drawn_again() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    load_land(&app.database, folder.path(), 2025, 47.01).await;
    let organization = OrganizationId(OTHER_ORGANIZATION);
    let mut connection = app.database.connection().await;
    let asked = [(DivisionKind::Department, "45".to_owned())];
    let before = perimeters::set(&mut connection, organization, &asked).await.unwrap();
    load_land(&app.database, folder.path(), 2026, 47.02).await;
    let unchanged = perimeters::areas(&mut connection, organization).await.unwrap();
    assert_eq!(unchanged, before.areas, "nothing changes by itself");
    let after = perimeters::refresh(&mut connection, organization).await.unwrap();
    let surface = |areas: &[dialog_db::perimeters::Area]| areas[0].surface_km2;
    assert!((surface(&after.areas) / surface(&before.areas) - 1.5).abs() < 0.01, "{after:?}");
    assert_eq!(after.areas[0].edition.as_deref(), Some("cog:land:2026-01-01"));
    assert_eq!(after.areas.len(), before.areas.len());
}

#[tokio::test]
async fn perimeters_of_france() {
    let Some(shared) = shared_dir("perimeters_of_france") else { return };
    let app = TestApp::start().await;
    let admin = |name: &str| Some(shared.join("data/admin").join(name));
    let files = CommuneFiles {
        origin: origin(2026),
        communes: admin("communes.json.gz"),
        contours: admin("communes-contours.geojsonl.gz"),
        epci: admin("epci.json.gz"),
        departments: admin("departements.json.gz"),
        regions: admin("regions.json.gz"),
    };
    load::communes(app.database.url(), &files, Options::default(), &mut |_, _, _| {}).await.unwrap();
    let mut connection = app.database.connection().await;
    let organization = OrganizationId(OTHER_ORGANIZATION);
    for (kind, code, expected_km2) in [
        (DivisionKind::Commune, "75056", 105.0),
        (DivisionKind::Commune, "38421", 9.3),
        (DivisionKind::Epci, "200040715", 546.0),
        // What the outline holds, glaciers and lakes included; the land register has 7,431.
        (DivisionKind::Department, "38", 7880.0),
        (DivisionKind::Region, "94", 8680.0),
    ] {
        let perimeter = perimeters::set(&mut connection, organization, &[(kind, code.to_owned())]).await.unwrap();
        let found = perimeter.areas[0].surface_km2;
        assert!((found / expected_km2 - 1.0).abs() < 0.05, "{code}: {found} km²");
    }
}
