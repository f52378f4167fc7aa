//! BD TOPO.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dialog_db::reference::Statement;
use dialog_domain::{Confidence, LocatingMethod, LocationDescription, RoadSide};
use dialog_geocoder::load::{self, BdTopoFiles, LoadError, NetworkFiles, Options, Report};
use dialog_geocoder::{LocateError, locate};
use dialog_test_support::{TestDatabase, shared_dir};
use diesel::sql_types::{Nullable, SmallInt, Text};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use super::tools::{cut, has, run};
use super::{count, load_files, load_town, town_files};
use crate::roads::{bound, road};
use crate::support::{TOWN, line, number, origin, section};

type Row = (String, Option<String>, Option<String>, Option<String>, String, i16, i16, String);
type RowSql = (Text, Nullable<Text>, Nullable<Text>, Nullable<Text>, Text, SmallInt, SmallInt, Text);

/// The segments of the town with the layers and columns of BD TOPO, as two files of GeoJSON lines.
async fn town_layers(database: &TestDatabase, folder: &Path) {
    let rows: Vec<Row> = Statement::<RowSql>::new(
        "SELECT g.segment_id, s.street_id, s.name, g.road_number, g.class, g.level, g.oneway, ST_AsGeoJSON(g.geometry, 15) \
         FROM reference.segments g LEFT JOIN reference.streets s ON s.edition_id = g.edition_id AND s.street_id = g.street_left \
         ORDER BY g.segment_id",
        [],
    )
    .load(&mut database.connection().await)
    .await
    .expect("segments");
    let (mut segments, mut streets) =
        (String::new(), std::collections::BTreeMap::<String, (String, Vec<String>)>::new());
    for (rank, (id, street, name, road, class, level, oneway, geometry)) in rows.into_iter().enumerate() {
        let geometry: Value = serde_json::from_str(&geometry).expect("a geometry");
        let nature = match class.as_str() {
            "track" => "Chemin",
            "path" => "Sentier",
            "steps" => "Escalier",
            _ => "Route à 1 chaussée",
        };
        // Half of the segments leave it to their street to name them.
        let own = street.as_ref().filter(|_| rank % 2 == 0);
        let properties = json!({
            "cleabs": id, "nature": nature, "importance": "5", "etat_de_l_objet": "En service",
            "position_par_rapport_au_sol": level.to_string(),
            "sens_de_circulation": if oneway == 1 { "Sens direct" } else { "Double sens" },
            "insee_commune_gauche": TOWN, "insee_commune_droite": TOWN,
            "identifiant_voie_ban_gauche": own, "identifiant_voie_ban_droite": own,
            "nom_voie_ban_gauche": own.and(name.as_ref()), "nom_voie_ban_droite": own.and(name.as_ref()),
            "nom_collaboratif_gauche": null, "nom_collaboratif_droite": null,
            "cpx_numero": road, "urbain": true,
        });
        let _ = writeln!(segments, "{}", json!({ "type": "Feature", "properties": properties, "geometry": geometry }));
        if let (Some(street), Some(name)) = (street, name) {
            streets.entry(street).or_insert_with(|| (name, Vec::new())).1.push(id);
        }
    }
    let streets: String = streets
        .into_iter()
        .map(|(id, (name, supports))| {
            let properties = json!({
                "cleabs": format!("VOIE_{id}"), "identifiant_voie_ban": id, "nom_voie_ban": name, "insee_commune": TOWN,
                "liens_vers_supports": supports.join("/"),
            });
            let line = json!({ "type": "MultiLineString", "coordinates": [[[2.18, 47.56], [2.19, 47.56]]] });
            format!("{}\n", json!({ "type": "Feature", "properties": properties, "geometry": line }))
        })
        .collect();
    fs::write(folder.join("troncon_de_route.geojsonl"), segments).expect("a file");
    fs::write(folder.join("voie_nommee.geojsonl"), streets).expect("a file");
}

/// A GeoPackage in Lambert-93, as IGN delivers it, without one column when asked.
fn geopackage(folder: &Path, name: &str, layers: &[&str], without: Option<&str>) -> PathBuf {
    for (rank, layer) in layers.iter().enumerate() {
        let source = folder.join(format!("{layer}.geojsonl"));
        let text = fs::read_to_string(&source).expect("a file");
        let text = without.map_or(text.clone(), |column| text.replace(&format!("\"{column}\""), "\"autre\""));
        fs::write(folder.join("part.geojsonl"), text).expect("a file");
        let mut arguments = vec!["-f", "GPKG", name, "GeoJSONSeq:part.geojsonl", "-nln", layer, "-t_srs", "EPSG:2154"];
        arguments.extend(if rank == 0 {
            ["-lco", "GEOMETRY_NAME=geometrie"].as_slice()
        } else {
            ["-update"].as_slice()
        });
        run("ogr2ogr", folder, &arguments);
    }
    folder.join(name)
}

async fn load_bdtopo(
    database: &TestDatabase,
    geopackage: PathBuf,
    addresses: Option<PathBuf>,
) -> Result<Report, LoadError> {
    let files = BdTopoFiles { origin: origin("bdtopo", "town", 2026), geopackage, addresses, department: None };
    load::bdtopo(database.url(), &files, Options::default(), &mut |_, _, _| {}).await
}

#[tokio::test]
async fn geopackage_of_the_town_gives_what_the_town_gives() {
    if !has("ogr2ogr", "geopackage_of_the_town_gives_what_the_town_gives") {
        return;
    }
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let direct = load_town(&database).await;
    let section = section(TOWN, "Rue de la République", number("4"), number("40"));
    let mut connection = database.connection().await;
    let before = locate(&mut connection, &section).await.expect("a section").found;

    town_layers(&database, folder.path()).await;
    let file = geopackage(folder.path(), "town.gpkg", &["troncon_de_route", "voie_nommee"], None);
    let addresses = town_files(folder.path()).addresses;
    let report = load_bdtopo(&database, file, addresses).await.expect("the GeoPackage");
    assert_eq!(
        (report.streets, report.addresses, report.segments),
        (direct.streets, direct.addresses, direct.segments),
        "{report:?}"
    );
    let after = locate(&mut connection, &section).await.expect("a section").found;
    assert_eq!(after.edition.as_deref(), Some(report.edition.as_str()), "the most recent one answers");
    assert!((before.length_m - after.length_m).abs() < 0.1, "{} and {}", before.length_m, after.length_m);
    assert_eq!(before.segments.len(), after.segments.len());
    let nodes = "SELECT count(*) FROM (SELECT edition_id, count(*) AS nodes FROM (
                     SELECT edition_id, node_from FROM reference.segments UNION SELECT edition_id, node_to FROM reference.segments) AS n
                 GROUP BY edition_id) AS counted GROUP BY nodes";
    assert_eq!(count(&database, nodes).await, 2, "both editions have as many nodes");
}

#[tokio::test]
async fn geopackages_without_a_layer_or_column_and_cut_short_are_refused_by_name() {
    if !has("ogr2ogr", "geopackages_without_a_layer_or_column_and_cut_short_are_refused_by_name") {
        return;
    }
    let database = TestDatabase::with_town().await;
    let folder = tempfile::tempdir().expect("a folder");
    town_layers(&database, folder.path()).await;
    let whole = geopackage(folder.path(), "whole.gpkg", &["troncon_de_route", "voie_nommee"], None);
    let used = load_bdtopo(&database, whole.clone(), None).await.expect("the GeoPackage").edition;
    let streets = geopackage(folder.path(), "streets.gpkg", &["voie_nommee"], None);
    let nature = geopackage(folder.path(), "nature.gpkg", &["troncon_de_route"], Some("nature"));
    let name = geopackage(folder.path(), "name.gpkg", &["troncon_de_route"], Some("nom_voie_ban_gauche"));
    let links =
        geopackage(folder.path(), "links.gpkg", &["troncon_de_route", "voie_nommee"], Some("liens_vers_supports"));
    let text = folder.path().join("text.gpkg");
    fs::write(&text, "no GeoPackage").expect("a file");
    for (file, expected) in [
        (streets, "layer troncon_de_route is missing"),
        (nature, "nature is missing"),
        (name, "nom_voie_ban_gauche is missing"),
        (links, "liens_vers_supports is missing"),
        (cut(&whole, 0.6), "cut-whole.gpkg: "),
        (text, "text.gpkg: "),
        (folder.path().join("absent.gpkg"), "absent.gpkg"),
    ] {
        let error = load_bdtopo(&database, file, None).await.expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
    let editions = dialog_geocoder::editions(&mut database.connection().await).await.expect("editions");
    assert!(editions.iter().any(|edition| edition.name == used), "{editions:?}");
    assert_eq!(count(&database, super::NETWORKS).await, 2);
}

#[tokio::test]
async fn real_segments_of_bd_topo_load_as_geojson_with_their_names_in_full() {
    let Some(shared) = shared_dir("real_segments_of_bd_topo_load_as_geojson_with_their_names_in_full") else { return };
    let database = TestDatabase::empty().await;
    let data = |name: &str| shared.join("data/bdtopo").join(name);
    for (area, insee, street, streets) in [
        ("marseille10-2023", "13210", "Boulevard de Saint-Loup", 300),
        ("saint-martin-d-heres-v2", "38421", "Avenue Ambroise Croizat", 600),
        ("la-fleche-2011", "72154", "Rue aux Boeufs", 150),
    ] {
        let files = NetworkFiles {
            origin: origin("bdtopo", area, 2023),
            streets: data(&format!("troncon_de_route-{area}.geojsonl.gz")),
            named_streets: Some(data(&format!("derived-voie_nommee-{area}.geojsonl.gz"))),
            addresses: None,
            default_insee: None,
            department: None,
        };
        let report = load_files(&database, &files, Options::default()).await.expect(area);
        assert!(report.streets > streets, "{report:?}");
        let mut connection = database.connection().await;
        let whole = LocationDescription::NamedStreet(crate::support::street(insee, street));
        let found = locate(&mut connection, &whole).await;
        assert!(found.is_ok(), "{street}: {found:?}");
    }
}

/// The numbered roads of the town with the layers and columns of BD TOPO.
fn road_layers(folder: &Path) {
    let town = dialog_geo::Town::demonstration();
    let (mut sections, mut points, mut roads) = (Vec::new(), String::new(), String::new());
    town.write_road_sections(&mut sections).expect("sections");
    fs::write(folder.join("section_de_points_de_repere.geojsonl"), sections).expect("a file");
    for road in town.roads() {
        for point in &road.points {
            let properties = json!({
                "cleabs": format!("PR{}{}", road.number, point.number), "route": road.number, "numero": point.number,
                "abscisse": point.abscissa_m, "ordre": point.rank, "cote": format!("{:?}", point.side),
                "type_de_pr": point.kind.as_str(), "identifiant_de_section": point.section_id,
                "code_insee_du_departement": point.department, "gestionnaire": road.administrator,
            });
            let place = json!({ "type": "Point", "coordinates": [point.place.x, point.place.y] });
            let _ = writeln!(points, "{}", json!({ "type": "Feature", "properties": properties, "geometry": place }));
        }
        let lines: Vec<Vec<[f64; 2]>> =
            road.sections.iter().map(|section| section.line.0.iter().map(|v| [v.x, v.y]).collect()).collect();
        for (number, name) in [(Some(road.number), None), (None, Some("Voie verte de la Bionne"))] {
            let properties = json!({ "cleabs": "R", "numero": number, "toponyme": name,
                "gestionnaire": road.administrator, "type_de_route": "Départementale" });
            let line = json!({ "type": "MultiLineString", "coordinates": lines });
            let _ = writeln!(roads, "{}", json!({ "type": "Feature", "properties": properties, "geometry": line }));
        }
    }
    fs::write(folder.join("point_de_repere.geojsonl"), points).expect("a file");
    fs::write(folder.join("route_numerotee_ou_nommee.geojsonl"), roads).expect("a file");
}

const ROAD_LAYERS: [&str; 3] = ["section_de_points_de_repere", "point_de_repere", "route_numerotee_ou_nommee"];

#[tokio::test]
async fn reference_points_come_from_the_same_geopackage() {
    if !has("ogr2ogr", "reference_points_come_from_the_same_geopackage") {
        return;
    }
    let database = TestDatabase::with_town().await;
    let folder = tempfile::tempdir().expect("a folder");
    town_layers(&database, folder.path()).await;
    road_layers(folder.path());
    let asked = road("Démonstration", "D31", bound("1", RoadSide::U, 700), bound("3", RoadSide::U, 250));
    let before = locate(&mut database.connection().await, &asked).await.expect("a road").found;
    let layers = [["troncon_de_route", "voie_nommee"].as_slice(), &ROAD_LAYERS].concat();
    let files = |geopackage: PathBuf| BdTopoFiles {
        origin: origin("bdtopo", "town", 2027),
        geopackage,
        addresses: None,
        department: None,
    };
    let whole = files(geopackage(folder.path(), "whole.gpkg", &layers, None));
    load::bdtopo(database.url(), &whole, Options::default(), &mut |_, _, _| {}).await.expect("the network");
    let report = load::bdtopo_roads(database.url(), &whole, Options::default(), &mut |_, _, _| {}).await;
    let report = report.expect("the roads").expect("there are some");
    let points: usize = dialog_geo::Town::demonstration().roads().iter().map(|road| road.points.len()).sum();
    assert_eq!((report.numbered_roads, report.reference_points), (2, points as u64), "{report:?}");
    let after = locate(&mut database.connection().await, &asked).await.expect("a road").found;
    assert_eq!(after.edition.as_deref(), Some(report.edition.as_str()));
    assert!((before.length_m - after.length_m).abs() < 0.1, "{} and {}", before.length_m, after.length_m);
    assert_eq!(before.segments.len(), after.segments.len());
    // A file without reference points has a network only; a layer that lacks a column stops everything.
    let network = files(geopackage(folder.path(), "network.gpkg", &layers[..2], None));
    let none = load::bdtopo_roads(database.url(), &network, Options::default(), &mut |_, _, _| {}).await;
    assert!(none.expect("no failure").is_none());
    let without = files(geopackage(folder.path(), "without.gpkg", &layers, Some("identifiant_de_section")));
    let error = load::bdtopo(database.url(), &without, Options::default(), &mut |_, _, _| {}).await;
    let error = error.expect_err("before anything is written").to_string();
    assert!(error.contains("identifiant_de_section is missing"), "{error}");
}

#[tokio::test]
async fn ranges_of_house_numbers_place_numbers_where_no_address_is_loaded() {
    if !has("ogr2ogr", "ranges_of_house_numbers_place_numbers_where_no_address_is_loaded") {
        return;
    }
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    // Two segments of 300 m or so, the second one drawn backwards, and one that has a single number.
    let segment = |id: &str, from: f64, to: f64, left: [&str; 2], right: [&str; 2]| {
        let properties = json!({
            "cleabs": id, "nature": "Route à 1 chaussée", "importance": "5", "etat_de_l_objet": "En service",
            "position_par_rapport_au_sol": "0", "sens_de_circulation": "Double sens",
            "insee_commune_gauche": "38421", "insee_commune_droite": "38421",
            "identifiant_voie_ban_gauche": "38421_0010", "identifiant_voie_ban_droite": "38421_0010",
            "nom_voie_ban_gauche": "Rue du Lavoir", "nom_voie_ban_droite": "Rue du Lavoir",
            "borne_debut_gauche": left[0], "borne_fin_gauche": left[1],
            "borne_debut_droite": right[0], "borne_fin_droite": right[1],
        });
        let line = json!({ "type": "LineString", "coordinates": [[from, 45.17], [to, 45.17]] });
        format!("{}\n", json!({ "type": "Feature", "properties": properties, "geometry": line }))
    };
    let text = [
        segment("T1", 5.760, 5.764, ["1", "21"], ["2", "20BIS"]),
        segment("T2", 5.768, 5.764, ["40", "22"], ["41", "23"]),
        segment("T3", 5.768, 5.772, ["0", "0"], ["50", "50"]),
    ]
    .concat();
    fs::write(folder.path().join("troncon_de_route.geojsonl"), text).expect("a file");
    let file = geopackage(folder.path(), "ranges.gpkg", &["troncon_de_route"], None);
    load_bdtopo(&database, file, None).await.expect("the GeoPackage");
    assert_eq!(count(&database, "SELECT count(*) FROM reference.number_ranges").await, 5);
    let ends = async |from: &str, to: &str| {
        let asked = section("38421", "Rue du Lavoir", number(from), number(to));
        let found = locate(&mut database.connection().await, &asked).await?.found;
        assert_eq!((found.method, found.confidence), (LocatingMethod::InterpolatedSection, Confidence::Approximate));
        let vertices = line(&found);
        Ok::<_, LocateError>([vertices[0][0], vertices[vertices.len() - 1][0]])
    };
    for (from, to, expected) in [
        ("1", "21", [5.760, 5.764]),
        ("11", "31", [5.762, 5.764 + 0.004 * 8.0 / 18.0]),
        ("11", "22", [5.762, 5.764]),
        ("2", "50", [5.760, 5.770]),
        ("40", "12", [5.768, 5.760 + 0.004 * 10.0 / 18.0]),
    ] {
        let found = ends(from, to).await.expect("a section");
        let off = found.iter().zip(expected).map(|(found, expected)| (found - expected).abs()).fold(0.0, f64::max);
        assert!(off < 1e-5, "{from} {to}: {found:?} instead of {expected:?}");
    }
    // Beyond every range, or on no side.
    for missing in ["42", "60", "999"] {
        let error = ends("1", missing).await;
        assert!(matches!(error, Err(LocateError::UnknownHouseNumber { .. })), "{missing}: {error:?}");
    }
}

#[tokio::test]
async fn real_ranges_of_bd_topo_place_house_numbers() {
    let Some(shared) = shared_dir("real_ranges_of_bd_topo_place_house_numbers") else { return };
    let database = TestDatabase::empty().await;
    let data = |name: &str| shared.join("data/bdtopo").join(name);
    let files = NetworkFiles {
        origin: origin("bdtopo", "marseille10", 2023),
        streets: data("troncon_de_route-marseille10-2023.geojsonl.gz"),
        named_streets: Some(data("derived-voie_nommee-marseille10-2023.geojsonl.gz")),
        addresses: None,
        default_insee: None,
        department: None,
    };
    load_files(&database, &files, Options::default()).await.expect("Marseille");
    assert!(count(&database, "SELECT count(*) FROM reference.number_ranges").await > 1000);
    let asked = section("13210", "Boulevard de Saint-Loup", number("4"), number("50"));
    let found = locate(&mut database.connection().await, &asked).await.expect("a section").found;
    assert_eq!(found.method, LocatingMethod::InterpolatedSection);
    assert!((100.0..1500.0).contains(&found.length_m), "{}", found.length_m);
}
