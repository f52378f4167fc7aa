//! Published locations when the reference data change.

use std::fs::{self, File};
use std::path::Path;

use chrono::NaiveDate;
use dialog_api::commands::reference::diff::{Difference, compare};
use dialog_geo::Town;
use dialog_geocoder::load::{self, NetworkFiles, Options, Origin};
use dialog_test_support::{TestApp, TestDatabase};
use serde_json::{Value, json};

use crate::orders::bodies::{IN_TOWN, drawn, regulation};

/// The town a few months later: Rue Haute is drawn 3 m farther north, Rue Neuve 20 m, and Chemin des Vignes is gone.
fn later(folder: &Path) -> NetworkFiles {
    let create = |name: &str| File::create(folder.join(name)).expect("a file");
    let mut streets = Vec::new();
    Town::demonstration().write_streets(&mut streets).expect("streets");
    Town::demonstration().write_addresses(&mut create("addresses.csv")).expect("addresses");
    let redrawn = String::from_utf8(streets).expect("text");
    let redrawn = redrawn.lines().filter_map(|line| {
        let mut feature: Value = serde_json::from_str(line).expect("a feature");
        let north = match feature["properties"]["name"].as_str() {
            Some("Rue Haute") => 0.000_027,
            Some("Rue Neuve") => 0.000_18,
            Some("Chemin des Vignes") => return None,
            _ => return Some(format!("{line}\n")),
        };
        for node in feature["properties"]["nodes"].as_array_mut().expect("nodes") {
            *node = json!(node.as_i64().expect("a node") + 1_000_000_000);
        }
        for place in feature["geometry"]["coordinates"].as_array_mut().expect("places") {
            place[1] = json!(place[1].as_f64().expect("a latitude") + north);
        }
        Some(format!("{feature}\n"))
    });
    fs::write(folder.join("streets.geojsonl"), redrawn.collect::<String>()).expect("a file");
    NetworkFiles {
        origin: Origin {
            source: "town".to_owned(),
            territory: "00001".to_owned(),
            dated: NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date"),
        },
        streets: folder.join("streets.geojsonl"),
        named_streets: None,
        addresses: Some(folder.join("addresses.csv")),
        default_insee: None,
        department: None,
    }
}

/// Publishes an order on the whole of a street, or on what is given.
async fn publish(app: &TestApp, identifier: &str, location: Value) {
    let mut body = regulation(identifier, "published");
    body["measures"][0]["locations"] = json!([location]);
    app.api_client().post("/api/regulations", &body).await.expect(201);
}

fn whole(street: &str) -> Value {
    let named = json!({ "cityCode": "00001", "cityLabel": "Démoville (00001)", "roadName": street });
    json!({ "roadType": "lane", "namedStreet": named })
}

fn outcomes(difference: &Difference) -> Vec<(&str, &str)> {
    difference.locations.iter().map(|change| (change.identifier.as_str(), change.outcome.as_str())).collect()
}

#[tokio::test]
async fn diff_says_which_published_locations_move_and_changes_nothing_public() {
    let app = TestApp::start().await;
    app.api_client().post("/api/regulations", &regulation("SECTION", "published")).await.expect(201);
    publish(&app, "HAUTE", whole("Rue Haute")).await;
    publish(&app, "NEUVE", whole("Rue Neuve")).await;
    publish(&app, "VIGNES", whole("Chemin des Vignes")).await;
    publish(&app, "DESSIN", drawn("Le marché", IN_TOWN)).await;

    let url = app.database.url();
    let same = compare(url, None).await.expect("a comparison with what is in use");
    assert_eq!((same.orders, same.unchanged, same.drawn, same.locations.len()), (5, 4, 1, 0), "{same:?}");

    let folder = tempfile::tempdir().expect("a folder");
    // The commune itself is not in these files.
    let aside = Options { aside: true, accept_less: true };
    let edition =
        load::network(url, &later(folder.path()), aside, &mut |_, _, _| {}).await.expect("an edition").edition;
    let public = |path: &'static str| {
        let caller = app.anonymous();
        async move { caller.get(path).await.expect(200).text() }
    };
    let before = (public("/api/map/locations.geojson").await, public("/api/regulations.xml").await);
    let difference = compare(url, Some(&edition)).await.expect("a comparison");
    assert_eq!(outcomes(&difference), [("VIGNES", "lost"), ("NEUVE", "changed"), ("HAUTE", "moved")]);
    assert_eq!((difference.unchanged, difference.drawn), (1, 1));
    let metres: Vec<_> = difference.locations.iter().filter_map(|change| change.moved_m).collect();
    assert!((metres[0] - 20.0).abs() < 0.2 && (metres[1] - 3.0).abs() < 0.1, "{metres:?}");
    assert_eq!(difference.locations[0].reason.as_deref(), Some("the street has no line"), "its numbers are left");
    assert_eq!(difference.locations[1].edition_after.as_deref(), Some(edition.as_str()));

    let after = (public("/api/map/locations.geojson").await, public("/api/regulations.xml").await);
    assert_eq!(before, after, "nothing public changes");
    let unknown = compare(url, Some("town:00001:1999-01-01")).await.expect_err("no such edition").to_string();
    assert!(unknown.contains("1999-01-01"), "{unknown}");
    load::activate(url, &edition).await.expect("the edition that was compared");
    assert_eq!(outcomes(&compare(url, None).await.expect("a comparison")), outcomes(&difference));
}

/// What `dialog reference …` answers: whether it went well, and what it wrote.
fn dialog(database_url: &str, arguments: &[&str]) -> (bool, String) {
    crate::process::dialog(database_url, &[["reference"].as_slice(), arguments].concat())
}

#[tokio::test]
async fn operator_loads_looks_goes_back_and_is_told_what_is_wrong() {
    let database = TestDatabase::empty().await;
    let run = |arguments: &[&str]| dialog(database.url(), arguments);
    let (went_well, text) = run(&["status"]);
    assert!(!went_well && text.contains("nothing is loaded"), "{text}");
    assert!(run(&["load", "town"]).0);
    let (_, text) = run(&["rollback", "town:00001"]);
    assert!(text.contains("no edition of town:00001 is kept to go back to"), "{text}");
    assert!(run(&["load", "town"]).0);
    let (_, text) = run(&["rollback", "town:00001"]);
    assert!(text.contains("town:00001:2026-01-01 reprend la place de town:00001:2026-01-01.2"), "{text}");
    let (_, text) = run(&["status"]);
    for expected in ["* town:00001:2026-01-01 ", "en service", "précédente", "✓ voies : ", "✓ tronçons isolés : "]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let editions: Value = serde_json::from_str(&run(&["status", "--json"]).1).expect("JSON");
    let edition = |name: &str| {
        let named = editions.as_array().expect("a list").iter().find(|edition| edition["name"] == name);
        named.unwrap_or_else(|| panic!("{name}: {editions}"))
    };
    let (used, before) = (edition("town:00001:2026-01-01"), edition("town:00001:2026-01-01.2"));
    assert_eq!((&used["state"], &before["state"]), (&json!("in-use"), &json!("previous")));
    assert_eq!(used["checks"][0]["what"], "communes");
    let (_, text) = run(&["diff"]);
    assert!(text.contains("0 arrêtés publiés"), "{text}");
    let (went_well, text) = run(&["rollback", "town"]);
    assert!(!went_well && text.contains("no source and territory"), "{text}");
    let absent = ["--source", "osm", "--territory", "x", "--date", "2026-01-01", "--pbf", "absent.osm.pbf"];
    let (went_well, text) = run(&[&["load", "osm"], absent.as_slice()].concat());
    assert!(!went_well && text.contains("absent.osm.pbf"), "{text}");
}
