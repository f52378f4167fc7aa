//! Loading, replacing and going back.

mod bdtopo;
mod formats;
mod operations;
mod osm;
mod tools;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use dialog_db::reference::load::{Loader, NewEdition};
use dialog_db::reference::{EditionKind, all_editions};
use dialog_geo::Town;
use dialog_geo::town::TownSize;
use dialog_geocoder::load::{self, CommuneFiles, LoadError, NetworkFiles, Options, Report};
use dialog_geocoder::{editions, search_streets};
use dialog_test_support::TestDatabase;
use diesel_async::SimpleAsyncConnection;

use crate::support::{TOWN, origin};

/// How many editions of networks there are; the town has one of numbered roads too.
pub const NETWORKS: &str = "SELECT count(*) FROM reference.editions WHERE kind = 'network'";

pub async fn load_town(database: &TestDatabase) -> Report {
    load::town(database.url(), TownSize::Demonstration, &mut |_, _, _| {}).await.expect("the town")
}

pub async fn load_files(database: &TestDatabase, files: &NetworkFiles, options: Options) -> Result<Report, LoadError> {
    load::network(database.url(), files, options, &mut |_, _, _| {}).await
}

/// The town in the exchange format.
pub fn town_files(folder: &Path) -> NetworkFiles {
    let town = Town::demonstration();
    let create = |name: &str| File::create(folder.join(name)).expect("a file");
    town.write_streets(&mut create("streets.geojsonl")).expect("streets");
    town.write_addresses(&mut create("addresses.csv")).expect("addresses");
    NetworkFiles {
        origin: origin("exchange", "town", 2026),
        streets: folder.join("streets.geojsonl"),
        named_streets: None,
        addresses: Some(folder.join("addresses.csv")),
        default_insee: None,
        department: None,
    }
}

pub async fn count(database: &TestDatabase, query: &'static str) -> i64 {
    use diesel_async::RunQueryDsl;
    let statement = dialog_db::reference::Statement::<diesel::sql_types::BigInt>::new(query, []);
    statement.get_result(&mut database.connection().await).await.expect("a count")
}

#[tokio::test]
async fn files_of_the_town_give_what_the_town_gives() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let direct = load_town(&database).await;
    let mut heard = Vec::new();
    let from_files =
        load::network(database.url(), &town_files(folder.path()), Options::default(), &mut |stage, _, _| {
            heard.push(stage)
        })
        .await
        .expect("the files of the town");
    assert_eq!(
        (from_files.streets, from_files.addresses, from_files.segments),
        (direct.streets, direct.addresses, direct.segments)
    );
    assert!(heard.contains(&load::Stage::ReadingAddresses) && heard.contains(&load::Stage::Activating));
    let different = "SELECT count(*) FROM (
         (SELECT segment_id, street_left, street_right, class, level, oneway, node_from, node_to, geometry::text
          FROM reference.segments WHERE edition_id = (SELECT min(id) FROM reference.editions)
          EXCEPT
          SELECT segment_id, street_left, street_right, class, level, oneway, node_from, node_to, geometry::text
          FROM reference.segments WHERE edition_id = (SELECT max(id) FROM reference.editions))) AS different";
    assert_eq!(count(&database, different).await, 0);

    let commune_files = CommuneFiles {
        origin: origin("exchange", "town", 2026),
        communes: Some(folder.path().join("communes.json")),
        contours: Some(folder.path().join("contours.geojsonl")),
        epci: None,
        departments: None,
        regions: None,
    };
    let create = |name: &str| File::create(folder.path().join(name)).expect("a file");
    Town::demonstration().write_communes(&mut create("communes.json")).expect("communes");
    Town::demonstration().write_contours(&mut create("contours.geojsonl")).expect("contours");
    let report = load::communes(database.url(), &commune_files, Options::default(), &mut |_, _, _| {}).await;
    let report = report.expect("the commune of the town");
    assert_eq!((report.communes, report.contours), (1, 1));
}

#[tokio::test]
async fn new_edition_replaces_the_one_before_which_stays_to_go_back_to() {
    let database = TestDatabase::empty().await;
    let mut names = Vec::new();
    for _ in 0..3 {
        names.push(load_town(&database).await.edition);
    }
    assert_eq!(names, ["town:00001:2026-01-01", "town:00001:2026-01-01.2", "town:00001:2026-01-01.3"]);
    let mut connection = database.connection().await;
    let loaded = all_editions(&mut connection).await.expect("editions");
    let states: Vec<_> = loaded
        .iter()
        .filter(|edition| edition.kind == "network")
        .map(|edition| (edition.name.as_str(), edition.is_active))
        .collect();
    assert_eq!(states, [(names[2].as_str(), true), (names[1].as_str(), false)], "the first one is gone");
    assert_eq!(count(&database, "SELECT count(DISTINCT edition_id) FROM reference.segments").await, 2);

    load::activate(database.url(), &names[1]).await.expect("the edition before");
    let mut active = editions(&mut connection).await.expect("editions");
    active.retain(|edition| edition.kind == "network");
    assert_eq!(active.iter().map(|edition| edition.name.as_str()).collect::<Vec<_>>(), [names[1].as_str()]);
    assert!(active[0].streets > 40 && active[0].communes == 1 && active[0].contours == 1);
    assert_eq!(search_streets(&mut connection, TOWN, "rue haute", 10).await.expect("streets").len(), 1);
    let unknown = load::activate(database.url(), "osm:nowhere:2000-01-01").await;
    assert!(matches!(unknown, Err(LoadError::UnknownEdition(_))), "{unknown:?}");
}

#[tokio::test]
async fn load_neither_waits_for_a_reader_nor_holds_one_up() {
    let database = TestDatabase::with_town().await;
    let mut reader = database.connection().await;
    // A transaction that has read every table, and reads again once the load is over.
    reader
        .batch_execute("BEGIN; SELECT count(*) FROM reference.segments; SELECT count(*) FROM reference.streets")
        .await
        .expect("a reader");
    load_town(&database).await;
    assert_eq!(search_streets(&mut reader, TOWN, "rue haute", 10).await.expect("streets").len(), 1);
    reader.batch_execute("COMMIT").await.expect("the end of the reader");
}

#[tokio::test]
async fn outdated_edition_goes_once_nobody_reads_it() {
    let database = TestDatabase::empty().await;
    let first = load_town(&database).await.edition;
    load_town(&database).await;
    let mut loader = Loader::connect(database.url()).await.expect("a connection");
    let edition = NewEdition {
        kind: EditionKind::Network,
        source: "town".to_owned(),
        territory: TOWN.to_owned(),
        dated: origin("town", TOWN, 2026).dated,
    };
    loader.begin(&edition).await.expect("an edition").finish(true).await.expect("an empty edition");
    let mut reader = database.connection().await;
    reader.batch_execute("BEGIN; SELECT count(*) FROM reference.addresses").await.expect("a reader");
    loader.prune(Duration::from_millis(50)).await.expect_err("it is being read");
    assert_eq!(count(&database, NETWORKS).await, 3);
    reader.batch_execute("COMMIT").await.expect("the end of the reader");
    assert_eq!(loader.prune(Duration::from_secs(10)).await.expect("nobody reads it"), [first]);
    let tables =
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'reference'::regnamespace AND relname LIKE '%\\_1'";
    assert_eq!(count(&database, tables).await, 0);
}

#[tokio::test]
async fn bad_files_are_refused_by_name_and_leave_nothing() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let files = town_files(folder.path());
    let write = |name: &str, text: &str| -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    };
    let feature = |properties: &str, geometry: &str| {
        format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{{geometry}}}}}"#)
    };
    let line = r#""type":"LineString","coordinates":[[2,47],[2.1,47]]"#;
    for (text, expected) in [
        (feature(r#""osm_id":1"#, line), "\"highway\" is missing"),
        (feature(r#""highway":"primary""#, line), "\"id\" or \"osm_id\" is missing"),
        (feature(r#""osm_id":1,"highway":"primary","name":"Rue""#, line), "\"insee\" of a named way is missing"),
        (
            feature(r#""osm_id":1,"highway":"primary","insee":"Paris""#, line),
            "line 1: \"insee\" is no code of a commune",
        ),
        (feature(r#""osm_id":1,"highway":"primary","nodes":[1]"#, line), "line 1: \"nodes\" has not one node for each"),
        (feature(r#""osm_id":1,"highway":"primary""#, r#""type":"Point","coordinates":[[2,47]]"#), "no LineString"),
        (
            feature(
                r#""osm_id":1,"highway":"primary""#,
                r#""type":"LineString","coordinates":[[652000,6862000],[2,47]]"#,
            ),
            "no longitude",
        ),
        ("{".to_owned(), "line 1: EOF"),
        (String::new(), "there is no road to load"),
    ] {
        let streets = write("bad.geojsonl", &text);
        let error = load_files(&database, &NetworkFiles { streets, ..files.clone() }, Options::default()).await;
        let error = error.expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
    for (text, expected) in [
        ("numero;rep;nom_voie;lon;lat\n", "code_insee is missing"),
        ("numero;rep;nom_voie;code_insee;lon;lat\n2;;Rue Haute;00001;est;47\n", "line 2: \"est\" is no coordinate"),
        ("numero;rep;nom_voie;code_insee;lon;lat\n2;;Rue Haute;1;2;47\n", "line 2: code_insee \"1\""),
    ] {
        let addresses = Some(write("bad.csv", text));
        let error = load_files(&database, &NetworkFiles { addresses, ..files.clone() }, Options::default()).await;
        let error = error.expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
    let absent = NetworkFiles { streets: folder.path().join("absent.geojsonl.gz"), ..files.clone() };
    let error = load_files(&database, &absent, Options::default()).await.expect_err("no such file").to_string();
    assert!(error.contains("absent.geojsonl.gz"), "{error}");
    let misnamed = NetworkFiles { origin: origin("O S M", "town", 2026), ..files };
    assert!(matches!(load_files(&database, &misnamed, Options::default()).await, Err(LoadError::Name(_))));
}

#[tokio::test]
async fn edition_with_much_less_is_refused_unless_accepted() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let files = town_files(folder.path());
    load_files(&database, &files, Options::default()).await.expect("the town");
    let text = fs::read_to_string(&files.streets).expect("streets");
    let few = folder.path().join("few.geojsonl");
    let kept = text.lines().filter(|line| line.contains("Rue Haute")).collect::<Vec<_>>().join("\n");
    fs::write(&few, kept).expect("a file");
    let fewer = NetworkFiles { streets: few, addresses: None, ..files };
    let error = load_files(&database, &fewer, Options::default()).await;
    assert!(matches!(error, Err(LoadError::Shrunk { what: "streets", after: 1, .. })), "{error:?}");
    assert_eq!(count(&database, "SELECT count(*) FROM reference.editions").await, 1);
    load_files(&database, &fewer, Options { accept_less: true, aside: false }).await.expect("one street");
}
