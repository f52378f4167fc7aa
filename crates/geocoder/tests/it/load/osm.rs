//! OpenStreetMap.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dialog_geo::Town;
use dialog_geocoder::load::{self, LoadError, Options, OsmFiles, Report};
use dialog_test_support::{TestDatabase, shared_dir};

use super::tools::{cut, has, run};
use super::{count, load_town};
use crate::support::origin;

/// The town as an extract of OpenStreetMap: house numbers are nodes, buildings, and members of relations in turn.
fn town_pbf(folder: &Path) -> PathBuf {
    let town = Town::demonstration();
    let mut nodes = BTreeMap::new();
    let mut ways = String::new();
    for way in &town.ways {
        nodes.extend(way.nodes.iter().copied().zip(way.line.0.iter().copied()));
        let _ = write!(ways, "<way id=\"{}\" version=\"1\">", way.id);
        for node in &way.nodes {
            let _ = write!(ways, "<nd ref=\"{node}\"/>");
        }
        let mut tag = |key: &str, value: &str| {
            let _ = write!(ways, "<tag k=\"{key}\" v=\"{}\"/>", value.replace('\'', "&apos;"));
        };
        tag("highway", way.class.as_str());
        if let Some(name) = &way.name {
            tag("name", name);
        }
        if let Some(number) = way.road_number {
            tag("ref", number);
        }
        if way.oneway != 0 {
            tag("oneway", "yes");
        }
        if way.level != 0 {
            tag("bridge", "yes");
        }
        ways += "</way>\n";
    }
    let (mut houses, mut relations) = (String::new(), BTreeMap::<&str, String>::new());
    for (id, address) in (500_000_000_i64..).zip(&town.addresses) {
        let number =
            format!("{}{}{}", address.number, if address.suffix.is_empty() { "" } else { " " }, address.suffix);
        let street = address.street.replace('\'', "&apos;");
        let (number, name) = (
            format!("<tag k=\"addr:housenumber\" v=\"{number}\"/>"),
            format!("<tag k=\"addr:street\" v=\"{street}\"/>"),
        );
        let node = |tags: &str| {
            format!(
                "<node id=\"{id}\" version=\"1\" lat=\"{}\" lon=\"{}\">{tags}</node>\n",
                address.place.y, address.place.x
            )
        };
        match id % 3 {
            0 => houses += &node(&format!("{number}{name}")),
            1 => {
                houses += &node(&number);
                let members = relations.entry(&address.street).or_default();
                let _ = write!(members, "<member type=\"node\" ref=\"{id}\" role=\"house\"/>");
            }
            _ => {
                houses += &node("");
                let _ = writeln!(
                    ways,
                    "<way id=\"{id}\" version=\"1\"><nd ref=\"{id}\"/><nd ref=\"{id}\"/>{number}{name}<tag k=\"building\" v=\"yes\"/></way>"
                );
            }
        }
    }
    let mut text = "<osm version=\"0.6\" generator=\"a test\">\n".to_owned();
    for (id, place) in &nodes {
        let _ = writeln!(text, "<node id=\"{id}\" version=\"1\" lat=\"{}\" lon=\"{}\"/>", place.y, place.x);
    }
    text += &houses;
    text += &ways;
    for (id, (street, members)) in (1..).zip(&relations) {
        let name = street.replace('\'', "&apos;");
        let _ = writeln!(
            text,
            "<relation id=\"{id}\" version=\"1\">{members}<tag k=\"type\" v=\"associatedStreet\"/><tag k=\"name\" v=\"{name}\"/></relation>"
        );
    }
    text += "</osm>\n";
    fs::write(folder.join("town.osm"), text).expect("a file");
    run("osmium", folder, &["sort", "town.osm", "-o", "town.osm.pbf", "-f", "pbf", "--overwrite"]);
    folder.join("town.osm.pbf")
}

async fn load_osm(database: &TestDatabase, files: &OsmFiles) -> Result<Report, LoadError> {
    load::osm(database.url(), files, Options::default(), &mut |_, _, _| {}).await
}

fn files(pbf: PathBuf) -> OsmFiles {
    OsmFiles {
        origin: origin("osm", "town", 2026),
        pbf,
        contours: None,
        addresses: None,
        default_insee: None,
        department: None,
    }
}

#[tokio::test]
async fn extract_of_the_town_gives_what_the_town_gives() {
    if !has("osmium", "extract_of_the_town_gives_what_the_town_gives") {
        return;
    }
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let pbf = town_pbf(folder.path());
    let without = load_osm(&database, &files(pbf.clone())).await.expect_err("no outline is known yet").to_string();
    assert!(without.contains("outline"), "{without}");
    // Its outline says which commune the roads are in.
    let direct = load_town(&database).await;
    let report = load_osm(&database, &files(pbf)).await.expect("the extract");
    assert_eq!(
        (report.streets, report.addresses, report.segments),
        (direct.streets, direct.addresses, direct.segments),
        "{report:?}"
    );
    let different = "SELECT count(*) FROM (
         (SELECT street_left, street_right, road_number, class, level, oneway, node_from, node_to, geometry::text
          FROM reference.segments WHERE edition_id = (SELECT min(id) FROM reference.editions)
          EXCEPT
          SELECT street_left, street_right, road_number, class, level, oneway, node_from, node_to, geometry::text
          FROM reference.segments WHERE edition_id = (SELECT max(id) FROM reference.editions))) AS different";
    assert_eq!(count(&database, different).await, 0);
    let numbers = "SELECT count(*) FROM (
         (SELECT street_id, number, suffix, geometry::text FROM reference.addresses WHERE edition_id = (SELECT min(id) FROM reference.editions)
          EXCEPT
          SELECT street_id, number, suffix, geometry::text FROM reference.addresses WHERE edition_id = (SELECT max(id) FROM reference.editions))) AS different";
    assert_eq!(count(&database, numbers).await, 0);
}

#[tokio::test]
async fn extract_cut_short_is_refused_and_the_edition_in_use_stays() {
    if !has("osmium", "extract_cut_short_is_refused_and_the_edition_in_use_stays") {
        return;
    }
    let database = TestDatabase::with_town().await;
    let folder = tempfile::tempdir().expect("a folder");
    let pbf = town_pbf(folder.path());
    let used = load_osm(&database, &files(pbf.clone())).await.expect("the extract").edition;
    let text = folder.path().join("text.osm.pbf");
    fs::write(&text, "no extract").expect("a file");
    for broken in [cut(&pbf, 0.95), cut(&pbf, 0.5), text] {
        let error = load_osm(&database, &files(broken)).await.expect_err("a broken file");
        assert!(matches!(error, LoadError::Broken { .. }), "{error}");
    }
    let editions = dialog_geocoder::editions(&mut database.connection().await).await.expect("editions");
    assert!(editions.iter().any(|edition| edition.name == used), "{editions:?}");
    assert_eq!(count(&database, super::NETWORKS).await, 2);
}

#[tokio::test]
async fn monaco_and_the_french_communes_around_it_come_from_their_extract() {
    let Some(shared) = shared_dir("monaco_and_the_french_communes_around_it_come_from_their_extract") else { return };
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let all = fs::File::open(shared.join("data/admin/communes-contours.geojsonl.gz")).expect("outlines");
    let all = std::io::read_to_string(flate2::read::GzDecoder::new(all)).expect("text");
    let near: Vec<&str> = all.lines().filter(|line| line.contains(r#""departement":"06""#)).collect();
    let contours = folder.path().join("contours.geojsonl");
    fs::write(&contours, near.join("\n")).expect("a file");
    let files = OsmFiles {
        contours: Some(contours),
        // Monaco, in the code of foreign countries.
        default_insee: Some("99138".to_owned()),
        ..files(shared.join("data/osm/monaco-2025-02-11.osm.pbf"))
    };
    let report = load_osm(&database, &files).await.expect("Monaco");
    assert!(report.streets > 250 && report.segments > 3000 && report.addresses > 280, "{report:?}");
    let communes =
        "SELECT count(*) FROM reference.network_communes WHERE insee IN ('99138', '06012', '06032') AND streets > 10";
    assert_eq!(count(&database, communes).await, 3, "Monaco, Beausoleil, Cap-d'Ail");
}
