//! No look-up scans a table, however large the country.
//!
//! PostgreSQL counts, in the transaction that asks, how each table was read: that is what every statement of a look-up
//! really did, whatever its plan, the one that serves any parameters included.

use std::collections::BTreeMap;

use dialog_db::Connection;
use dialog_db::reference::load::DivisionKind;
use dialog_db::reference::{self as look_up, RoadKind, RoadRow, Roads, Statement};
use dialog_geo::Coord;
use dialog_test_support::TestDatabase;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

/// After five executions PostgreSQL may take a plan for any parameters.
const TIMES: usize = 7;

struct Country {
    connection: Connection,
    /// How many rows the large tables have.
    rows: BTreeMap<String, i64>,
    network: i32,
    /// Look-ups that read too much.
    found: Vec<String>,
}

impl Country {
    async fn new(database: &TestDatabase) -> Self {
        let mut connection = database.connection().await;
        connection.batch_execute(include_str!("country.sql")).await.expect("a country");
        // Each statement is a transaction of its own. The work of other processes would be counted elsewhere.
        for statement in ["VACUUM ANALYZE", "SET max_parallel_workers_per_gather = 0"] {
            connection.batch_execute(statement).await.expect("statistics");
        }
        let rows: Vec<(String, i64)> = Statement::<(Text, BigInt)>::new(
            "SELECT relname::text, reltuples::bigint FROM pg_class \
             WHERE relnamespace = 'reference'::regnamespace AND relkind = 'r' AND reltuples > 1000 \
               AND NOT EXISTS (SELECT FROM reference.editions WHERE source = 'town' AND relname LIKE '%\\_' || id)",
            [],
        )
        .load(&mut connection)
        .await
        .expect("tables");
        let rows: BTreeMap<_, _> = rows.into_iter().collect();
        assert_eq!(rows.len(), 11, "the large tables: {rows:?}");
        let network = look_up::edition_of_commune(&mut connection, "20007").await.expect("an answer");
        Self { network: network.expect("an edition"), connection, rows, found: Vec::new() }
    }

    /// Looks something up several times; each time it must find something, and read little of the large tables.
    async fn reads_little(&mut self, what: &str, mut look_up: impl AsyncFnMut(&mut Connection) -> bool) {
        for time in 1..=TIMES {
            self.connection.batch_execute("BEGIN").await.expect("a transaction");
            let before = counters(&mut self.connection).await;
            assert!(look_up(&mut self.connection).await, "{what}: nothing is found");
            let after = counters(&mut self.connection).await;
            self.connection.batch_execute("ROLLBACK").await.expect("an end");
            for (table, rows) in &self.rows {
                let (scans, read) = difference(table, &before, &after);
                if scans > 0 || read * 8 > *rows {
                    let found = format!("{what}, time {time}: {read} of the {rows} rows of {table}, {scans} scans");
                    self.found.push(found);
                }
            }
        }
    }
}

/// For each table, how many times it was scanned and how many rows were read. What the transactions before this one
/// read may be among it.
type Counters = BTreeMap<String, (i64, i64)>;

async fn counters(connection: &mut Connection) -> Counters {
    let rows: Vec<(String, i64, i64)> = Statement::<(Text, BigInt, BigInt)>::new(
        "SELECT relname::text, seq_scan, seq_tup_read + coalesce(idx_tup_fetch, 0) \
         FROM pg_stat_xact_user_tables WHERE schemaname = 'reference'",
        [],
    )
    .load(connection)
    .await
    .expect("counters");
    rows.into_iter().map(|(table, scans, read)| (table, (scans, read))).collect()
}

/// Scans of a table, and rows read, between two moments of a transaction.
fn difference(table: &str, before: &Counters, after: &Counters) -> (i64, i64) {
    let of = |counters: &Counters| counters.get(table).copied().unwrap_or_default();
    (of(after).0 - of(before).0, of(after).1 - of(before).1)
}

#[tokio::test]
async fn no_look_up_scans_a_table() {
    let database = TestDatabase::with_town().await;
    let mut country = Country::new(&database).await;
    counters_tell_a_scan(&mut country).await;
    streets(&mut country).await;
    places(&mut country).await;
    areas(&mut country).await;
    roads(&mut country).await;
    assert!(country.found.is_empty(), "{:#?}", country.found);
}

/// What loads, compares or administers, and is allowed to read what it needs; and what reads no table, or the few rows that
/// say which editions there are.
const NO_LOOK_UPS: [&str; 8] = [
    "active_editions",
    "all_editions",
    "is_valid",
    "keep",
    "list_storage_areas",
    "national_administrators",
    "published_orders",
    "suppose_in_use",
];

#[test]
fn every_look_up_is_tried_here() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../db/src/reference");
    let mut missing = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the queries") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a file");
        let names = text.split("pub async fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
        let is_missing =
            |name: &&str| !NO_LOOK_UPS.contains(name) && !include_str!("mod.rs").contains(&format!("::{name}("));
        missing.extend(names.filter(is_missing).map(str::to_owned));
    }
    assert!(missing.is_empty(), "not tried: {missing:?}");
}

async fn counters_tell_a_scan(Country { connection, network, .. }: &mut Country) {
    let table = format!("streets_{network}");
    let count: &'static str = format!("SELECT count(*) FROM reference.{table} WHERE length_m < 0").leak();
    connection.batch_execute("BEGIN").await.expect("a transaction");
    let before = counters(connection).await;
    let _: i64 = Statement::<BigInt>::new(count, []).get_result(connection).await.expect("a count");
    let after = counters(connection).await;
    connection.batch_execute("ROLLBACK").await.expect("an end");
    assert_eq!(difference(&table, &before, &after), (1, 20_000));
}

async fn streets(country: &mut Country) {
    let network = country.network;
    let street = "20007_712";
    let names = look_up::street_names(&mut country.connection, network, &[street.to_owned()]).await.expect("names");
    let (_, _, norm_name) = names.into_iter().next().expect("a street");
    let word = norm_name.trim_start_matches("rue ").to_owned();
    let words = [word.clone(), "rue".to_owned()];

    let c = country;
    c.reads_little("a street by its identifier", async |db| {
        look_up::find_street(db, street).await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("a street by its name", async |db| {
        look_up::find_street_by_name(db, "20007", &norm_name).await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("the streets of a commune", async |db| {
        look_up::street_names_of_commune(db, network, "20007").await.expect("streets").len() == 100
    })
    .await;
    c.reads_little("names of streets", async |db| {
        !look_up::street_names(db, network, &[street.to_owned()]).await.expect("names").is_empty()
    })
    .await;
    c.reads_little("the house numbers of a street", async |db| {
        look_up::house_numbers(db, network, street).await.expect("numbers").len() == 5
    })
    .await;
    c.reads_little("the house numbers of a street and their places", async |db| {
        look_up::placed_house_numbers(db, network, street).await.expect("numbers").len() == 5
    })
    .await;
    c.reads_little("the place of a house number", async |db| {
        !look_up::house_number_places(db, network, street, 4).await.expect("places").is_empty()
    })
    .await;
    c.reads_little("the house numbers of the sides of a street", async |db| {
        look_up::number_ranges(db, network, street).await.expect("ranges").len() == 3
    })
    .await;
    c.reads_little("the middle of the house numbers of a street", async |db| {
        look_up::places::place_of_house_numbers(db, network, street).await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("the network of a street: crossings, sections", async |db| {
        look_up::street_network(db, network, street).await.expect("segments").len() >= 5
    })
    .await;
    c.reads_little("a place on a street", async |db| {
        look_up::places::place_of_street(db, network, street).await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("streets of the country by words", async |db| {
        !look_up::places::streets_named(db, &norm_name, &words, 10).await.expect("streets").is_empty()
    })
    .await;
}

async fn places(country: &mut Country) {
    // Commune 20007, beside its street 712.
    let place = Coord { x: 2.735, y: 43.0068 };
    let names = [("20042".to_owned(), "20043".to_owned())];
    let [(code, postcode)] = &names;
    let (codes, postcodes) = (vec![code.clone()], vec![postcode.clone()]);
    let known = look_up::commune_names(&mut country.connection, &codes).await.expect("names");
    let (_, name) = known.into_iter().next().expect("a commune");
    let name = name.to_lowercase();
    let words: Vec<String> = name.split(' ').rev().map(str::to_owned).collect();
    let misspelt = name.replacen("ville", "vile", 1);

    let c = country;
    c.reads_little("communes by the beginnings of words", async |db| {
        !look_up::search_communes(db, &name, &words, 10).await.expect("communes").is_empty()
    })
    .await;
    c.reads_little("communes spelt otherwise", async |db| {
        !look_up::search_communes_loosely(db, &misspelt, 10).await.expect("communes").is_empty()
    })
    .await;
    c.reads_little("whether there is a commune", async |db| {
        look_up::commune_exists(db, code).await.expect("an answer")
    })
    .await;
    c.reads_little("names of communes", async |db| {
        !look_up::commune_names(db, &codes).await.expect("names").is_empty()
    })
    .await;
    c.reads_little("outlines of communes", async |db| {
        !look_up::commune_contours(db, &codes).await.expect("outlines").is_empty()
    })
    .await;
    c.reads_little("the middle of a commune", async |db| {
        look_up::places::place_of_commune(db, code).await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("the commune of a place", async |db| {
        !look_up::places::communes_at(db, place).await.expect("communes").is_empty()
    })
    .await;
    c.reads_little("the communes around a place", async |db| {
        let near = look_up::places::communes_near(db, place, 0.1, 10).await.expect("communes");
        near.len() >= 5 && near[0] == "20007"
    })
    .await;
    c.reads_little("communes by code, name and postcode", async |db| {
        look_up::places::communes_named(db, &codes, std::slice::from_ref(&name), &postcodes).await.expect("some").len()
            == 2
    })
    .await;
    c.reads_little("house numbers around a place", async |db| {
        !look_up::places::addresses_around(db, place, 500.0, 5).await.expect("addresses").is_empty()
    })
    .await;
    c.reads_little("streets around a place", async |db| {
        !look_up::places::streets_around(db, place, 500.0, 5).await.expect("streets").is_empty()
    })
    .await;
    c.reads_little("the edition of a commune", async |db| {
        look_up::edition_of_commune(db, "20007").await.expect("an answer").is_some()
    })
    .await;
}

async fn areas(country: &mut Country) {
    let classes = ["local".to_owned()];
    let roads = Roads { classes: &classes, limit: 2_000 };
    let codes = ["20007".to_owned()];
    let area =
        r#"{"type":"Polygon","coordinates":[[[2.71,43.001],[2.75,43.001],[2.75,43.01],[2.71,43.01],[2.71,43.001]]]}"#;
    let drawing = r#"{"type":"LineString","coordinates":[[2.71,43.0068],[2.75,43.0069]]}"#;
    // Zoom 14, around 2.73 east, 43.006 north.
    let tile = (8_316, 6_012);

    let c = country;
    c.reads_little("the roads of a commune", async |db| {
        look_up::segments_of_communes(db, &codes, roads).await.expect("segments").len() == 300
    })
    .await;
    c.reads_little("the roads of an area", async |db| {
        !look_up::segments_of_area(db, area, roads).await.expect("segments").is_empty()
    })
    .await;
    c.reads_little("the roads around a drawing", async |db| {
        !look_up::segments_near(db, drawing, 20.0, roads).await.expect("segments").is_empty()
    })
    .await;
    c.reads_little("the streets nearest to a drawing", async |db| {
        !look_up::nearby_streets(db, drawing, 100, 10).await.expect("streets").is_empty()
    })
    .await;
    c.reads_little("the arrondissements of a city", async |db| {
        look_up::parts_of_city(db, "31000").await.expect("parts").len() == 20
    })
    .await;
    c.reads_little("a tile", async |db| !look_up::base_tile(db, 14, tile.0, tile.1).await.expect("a tile").is_empty())
        .await;
    c.reads_little("a département and its region", async |db| {
        look_up::divisions::department(db, "1250").await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("a group of communes", async |db| {
        look_up::divisions::division(db, DivisionKind::Epci, "7").await.expect("an answer").is_some()
    })
    .await;
}

async fn roads(country: &mut Country) {
    let kinds = [RoadKind::Departmental];
    let (manager, number) = ("Manager 7", "D31");
    let road =
        RoadRow { administrator: manager.to_owned(), number: number.to_owned(), kind: kinds[0].as_str().to_owned() };
    let network = [country.network];
    let known = look_up::storage_areas::storage_areas_of(&mut country.connection, "N20").await.expect("areas");
    let area = known.into_iter().next().expect("an area").id;

    let c = country;
    c.reads_little("who manages roads, all of them", async |db| {
        look_up::road_administrators(db).await.expect("names").len() >= 100
    })
    .await;
    c.reads_little("who manages roads", async |db| {
        look_up::find_road_administrator(db, "manager 7").await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("roads by the beginning of a number", async |db| {
        let numbers = (Some("D3"), Some("3"));
        !look_up::search_roads(db, manager, &kinds, numbers, 10).await.expect("roads").is_empty()
    })
    .await;
    c.reads_little("a road", async |db| {
        look_up::find_road(db, manager, number, &kinds).await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("the whole of a road", async |db| {
        look_up::whole_road(db, &road).await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("the sections and points of a road", async |db| {
        !look_up::road_material(db, manager, number).await.expect("material").points.is_empty()
    })
    .await;
    c.reads_little("the segments under a road", async |db| {
        let around = [2.0, 43.0, 2.1, 43.1];
        !look_up::road_segments(db, &network, "D20", around).await.expect("segments").is_empty()
    })
    .await;
    c.reads_little("a waiting area", async |db| {
        look_up::storage_areas::find_storage_area(db, area).await.expect("an answer").is_some()
    })
    .await;
    c.reads_little("waiting areas of a road", async |db| {
        !look_up::storage_areas::storage_areas_of(db, "N20").await.expect("areas").is_empty()
    })
    .await;
}
