//! The national address base, communes and their groups, and files that are cut short.

use std::fs::{self, File};
use std::path::Path;

use dialog_domain::LocationDescription;
use dialog_geo::Town;
use dialog_geocoder::load::{self, CommuneFiles, LoadError, NetworkFiles, Options, Territory};
use dialog_geocoder::{crossing_streets, locate, search_streets};
use dialog_test_support::{TestDatabase, shared_dir};

use super::tools::{compress, cut};
use super::{count, load_files, town_files};
use crate::support::{TOWN, origin, street};

/// The columns of the national export, in its order.
const BAN: &str = "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;\
                   nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;\
                   source_position;source_nom_voie;certification_commune;cad_parcelles";

fn ban_line(id: &str, number: &str, suffix: &str, street: &str, insee: &str, lon: f64, lat: f64) -> String {
    format!(
        "{id};;{number};{suffix};{street};00001;{insee};Démoville;;;641000;6720000;{lon};{lat};entrée;;;DEMOVILLE;\
         RUE;commune;commune;1;00001000ZN0162\n"
    )
}

#[tokio::test]
async fn national_address_base_is_read_compressed_with_its_own_columns_and_for_one_department() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = town_files(folder.path());
    let town = Town::demonstration();
    let mut text = format!("{BAN}\n");
    for (rank, address) in town.addresses.iter().enumerate() {
        let id = if address.street == "Rue Haute" { format!("00001_0042_{rank:05}") } else { String::new() };
        let (lon, lat) = (address.place.x, address.place.y);
        text += &ban_line(&id, &address.number.to_string(), address.suffix, &address.street, TOWN, lon, lat);
    }
    // A place without numbers, and another département.
    text += &ban_line("", "99999", "", "Lieu-dit du Bout", TOWN, 2.18, 47.56);
    text += &ban_line("", "1", "", "Rue Haute", "41001", 2.18, 47.56);
    let path = folder.path().join("adresses-france.csv");
    fs::write(&path, text).expect("a file");
    files.addresses = Some(compress(&path));
    files.department = Some("00".to_owned());
    let report = load_files(&database, &files, Options::default()).await.expect("the town");
    assert_eq!(report.addresses, u64::try_from(town.addresses.len()).expect("a count"));
    assert!(report.remarks.iter().any(|(what, count)| what.contains("sans numéro") && *count == 1), "{report:?}");
    let mut connection = database.connection().await;
    let street = &search_streets(&mut connection, TOWN, "rue haute", 1).await.expect("streets")[0];
    assert_eq!(street.road_ban_id, "00001_0042", "the identifier of the address base");

    // The columns of a local address base.
    let bal = "cle_interop;commune_insee;voie_nom;numero;suffixe;long;lat\n00001_0042_00002_bis;00001;Rue Haute;2;bis;2.1800;47.5600\n";
    let path = folder.path().join("bal.csv");
    fs::write(&path, bal).expect("a file");
    let local = NetworkFiles { addresses: Some(path), department: None, ..files };
    let report = load_files(&database, &local, Options { accept_less: true, aside: false }).await.expect("the town");
    assert_eq!(report.addresses, 1);
}

#[tokio::test]
async fn communal_road_without_a_name_is_called_by_its_number() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let way = |id: &str, number: &str, name: &str, x: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{id}","highway":"local","ref":"{number}",{name}"insee":"00002"}},"geometry":{{"type":"LineString","coordinates":[[{x},47.5],[{},47.5]]}}}}"#,
            x + 0.01
        )
    };
    let ways = [
        way("a", "VC 12", "", 2.0),
        way("b", "VC12", "", 2.01),
        way("c", "C74", "", 2.02),
        way("d", "D31", "", 2.03),
        way("e", "C8", r#""name":"Rue Haute","#, 2.04),
    ];
    let streets = folder.path().join("ways.geojsonl");
    fs::write(&streets, ways.join("\n")).expect("a file");
    let files = NetworkFiles {
        origin: origin("exchange", "roads", 2026),
        streets,
        named_streets: None,
        addresses: None,
        default_insee: None,
        department: None,
    };
    load_files(&database, &files, Options::default()).await.expect("the roads");
    let mut connection = database.connection().await;
    for (query, name) in
        [("VC 12", "VC 12"), ("vc12", "VC 12"), ("C74", "C 74"), ("c 74", "C 74"), ("rue haute", "Rue Haute")]
    {
        let found = search_streets(&mut connection, "00002", query, 10).await.expect("streets");
        assert_eq!(found.iter().map(|street| street.road_name.as_str()).collect::<Vec<_>>(), [name], "{query}");
    }
    for query in ["D31", "C8"] {
        assert_eq!(search_streets(&mut connection, "00002", query, 10).await.expect("streets"), [], "{query}");
    }
    let asked = LocationDescription::NamedStreet(street("00002", "VC12"));
    let found = locate(&mut connection, &asked).await.expect("the road").found;
    assert_eq!(found.segments.iter().map(|segment| segment.segment_id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let id = &search_streets(&mut connection, "00002", "VC 12", 1).await.expect("streets")[0].road_ban_id;
    let crossed = crossing_streets(&mut connection, id).await.expect("crossings").expect("a street");
    assert_eq!(crossed.iter().map(|street| street.road_name.as_str()).collect::<Vec<_>>(), ["C 74"], "once");
}

/// Communes, outlines and groups of a small land.
fn commune_files(folder: &Path) -> CommuneFiles {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("a file");
        Some(compress(&path))
    };
    let commune = |code: &str, department: &str, extra: &str| {
        format!(r#"{{"code":"{code}","nom":"C{code}","type":"commune-actuelle","departement":"{department}"{extra}}}"#)
    };
    let delegated = r#"{"code":"38002","nom":"Vieux Bourg","type":"commune-deleguee","departement":"38","chefLieu":"38001","codesPostaux":["38120"]}"#;
    let communes = [
        commune("38001", "38", r#","codesPostaux":["38100","38110"],"population":1200"#),
        delegated.to_owned(),
        commune("26001", "26", ""),
        commune("97411", "974", ""),
    ];
    let contours: Vec<String> = ["38001", "26001"]
        .iter()
        .map(|code| {
            let ring = "[[5,45],[5.1,45],[5.1,45.1],[5,45]]";
            format!(r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#)
        })
        .collect();
    CommuneFiles {
        origin: origin("cog", "land", 2026),
        communes: write("communes.json", &format!("[\n{}\n]", communes.join(",\n"))),
        contours: write("contours.geojsonl", &contours.join("\n")),
        epci: write(
            "epci.json",
            r#"[{"code":"200000172","nom":"CC des Deux Rives","membres":[{"code":"38001"},{"code":"26001"}]}]"#,
        ),
        departments: write(
            "departements.json",
            r#"[{"code":"38","region":"84","nom":"Isère"},{"code":"26","region":"84","nom":"Drôme"},{"code":"974","region":"04","nom":"La Réunion"}]"#,
        ),
        regions: write("regions.json", r#"[{"code":"84","nom":"Auvergne-Rhône-Alpes"},{"code":"94","nom":"Corse"}]"#),
    }
}

async fn load_communes(database: &TestDatabase, files: &CommuneFiles) -> Result<load::Report, LoadError> {
    load::communes(database.url(), files, Options::default(), &mut |_, _, _| {}).await
}

#[tokio::test]
async fn communes_come_with_their_outlines_and_groups() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let files = commune_files(folder.path());
    let report = load_communes(&database, &files).await.expect("communes");
    // One intercommunality, three départements, one region: Corse has no commune here.
    assert_eq!((report.communes, report.contours, report.divisions), (4, 2, 5));
    let region = "SELECT count(*) FROM reference.divisions WHERE kind = 'region' AND communes = '{26001,38001}'";
    assert_eq!(count(&database, region).await, 1);
    let delegated = "SELECT count(*) FROM reference.communes WHERE kind = 'delegated' AND parent = '38001' AND postcodes = '{38120}'";
    assert_eq!(count(&database, delegated).await, 1);
    let wrong = folder.path().join("wrong.json");
    fs::write(&wrong, r#"[{"code":"1","nom":"X","membres":[{"code":"abc"}]}]"#).expect("a file");
    let error = load_communes(&database, &CommuneFiles { epci: Some(wrong.clone()), ..files.clone() }).await;
    assert!(error.expect_err("a wrong member").to_string().contains("\"abc\""));
    fs::write(&wrong, r#"[{"code":"1","nom":"X"}]"#).expect("a file");
    let error = load_communes(&database, &CommuneFiles { epci: Some(wrong), ..files }).await;
    assert!(error.expect_err("no members").to_string().contains("missing field `membres`"));
    assert_eq!(count(&database, "SELECT count(*) FROM reference.editions").await, 1);
}

#[tokio::test]
async fn communes_of_france_come_with_their_intercommunalities_departments_and_regions() {
    let Some(shared) = shared_dir("communes_of_france_come_with_their_intercommunalities_departments_and_regions")
    else {
        return;
    };
    let database = TestDatabase::empty().await;
    let admin = |name: &str| Some(shared.join("data/admin").join(name));
    let files = CommuneFiles {
        origin: origin("cog", "france", 2026),
        communes: admin("communes.json.gz"),
        contours: None,
        epci: admin("epci.json.gz"),
        departments: admin("departements.json.gz"),
        regions: admin("regions.json.gz"),
    };
    let report = load_communes(&database, &files).await.expect("the communes of France");
    assert!(report.communes > 37_000, "{report:?}");
    let kinds = |kind: &str| format!("SELECT count(*) FROM reference.divisions WHERE kind = '{kind}'");
    for (kind, expected) in [("epci", 1255), ("department", 101), ("region", 18)] {
        let found = count(&database, Box::leak(kinds(kind).into_boxed_str())).await;
        assert!(found >= expected, "{found} of {kind}");
    }
    let isere =
        "SELECT cardinality(communes)::bigint FROM reference.divisions WHERE kind = 'department' AND code = '38'";
    assert!(count(&database, isere).await > 500);
}

#[tokio::test]
async fn files_cut_short_are_refused_and_the_edition_in_use_stays() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let files = town_files(folder.path());
    let streets = compress(&files.streets);
    let addresses = compress(files.addresses.as_deref().expect("addresses"));
    let used = load_files(&database, &files, Options::default()).await.expect("the town").edition;
    for (streets, addresses) in [
        (cut(&streets, 0.9), files.addresses.clone()),
        (cut(&files.streets, 0.9), files.addresses.clone()),
        (files.streets.clone(), Some(cut(&addresses, 0.9))),
        (files.streets.clone(), Some(cut(files.addresses.as_deref().expect("addresses"), 0.9))),
    ] {
        let broken = NetworkFiles { streets: streets.clone(), addresses: addresses.clone(), ..files.clone() };
        load_files(&database, &broken, Options::default()).await.expect_err(&format!("{streets:?} {addresses:?}"));
    }
    let communes = commune_files(folder.path());
    let used_communes = load_communes(&database, &communes).await.expect("communes").edition;
    let short = |path: &Option<std::path::PathBuf>| path.as_deref().map(|path| cut(path, 0.8));
    for broken in [
        CommuneFiles { communes: short(&communes.communes), ..communes.clone() },
        CommuneFiles { contours: short(&communes.contours), ..communes.clone() },
        CommuneFiles { epci: short(&communes.epci), ..communes.clone() },
        CommuneFiles { departments: short(&communes.departments), ..communes.clone() },
        CommuneFiles { regions: short(&communes.regions), ..communes.clone() },
    ] {
        load_communes(&database, &broken).await.expect_err(&format!("{broken:?}"));
    }
    let editions = dialog_geocoder::editions(&mut database.connection().await).await.expect("editions");
    let names: Vec<_> = editions.iter().map(|edition| edition.name.as_str()).collect();
    assert_eq!(names, [used_communes.as_str(), used.as_str()]);
    assert_eq!(count(&database, "SELECT count(*) FROM reference.editions").await, 2);
    let left = "SELECT count(*) FROM pg_class WHERE relnamespace = 'reference'::regnamespace AND relkind = 'r' \
                AND relname ~ '_[0-9]' AND NOT relispartition";
    assert_eq!(count(&database, left).await, 0, "no table is left behind");
}

#[tokio::test]
async fn overseas_departments_are_measured_as_in_their_own_projection() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    // A street of about a kilometre in each territory.
    for (insee, lon, lat) in [
        ("75104", 2.35, 48.85),
        ("97105", -61.7, 16.0),
        ("97209", -61.05, 14.6),
        ("97302", -52.3, 4.9),
        ("97411", 55.45, -20.9),
        ("97502", -56.2, 46.8),
        ("97608", 45.2, -12.8),
    ] {
        let streets = folder.path().join("streets.geojsonl");
        let mut out = File::create(&streets).expect("a file");
        use std::io::Write;
        let (east, north) = (lon + 0.006, lat + 0.006);
        let line = format!(r#"{{"type":"LineString","coordinates":[[{lon},{lat}],[{east},{north}]]}}"#);
        let properties = format!(r#"{{"id":"s","highway":"local","name":"Rue Longue","insee":"{insee}"}}"#);
        writeln!(out, r#"{{"type":"Feature","properties":{properties},"geometry":{line}}}"#).expect("a street");
        let files = NetworkFiles {
            origin: origin("trial", &insee.to_lowercase(), 2026),
            streets,
            named_streets: None,
            addresses: None,
            default_insee: None,
            department: None,
        };
        load_files(&database, &files, Options::default()).await.expect(insee);
        let epsg = Territory::of(insee).expect("a territory").epsg;
        // Projections stretch by less than half a thousandth where they are used.
        let close = format!(
            "SELECT count(*) FROM reference.segments WHERE insee_left = '{insee}' \
             AND abs(length_m / ST_Length(ST_Transform(geometry, {epsg})) - 1) < 0.0006"
        );
        assert_eq!(count(&database, Box::leak(close.into_boxed_str())).await, 1, "{insee} in EPSG:{epsg}");
    }
}
