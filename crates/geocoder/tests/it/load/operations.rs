//! What an operator does with editions: going back, putting aside, reading on while it happens.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dialog_db::reference::{EditionKind, EditionState, all_editions};
use dialog_geo::Town;
use dialog_geo::town::TownSize;
use dialog_geocoder::load::{self, LoadError, NetworkFiles, Options};
use dialog_geocoder::{editions, search_streets};
use dialog_test_support::TestDatabase;

use super::{count, load_files, load_town, town_files};
use crate::support::TOWN;

/// The names of the editions in use.
async fn in_use(database: &TestDatabase) -> Vec<String> {
    let editions = editions(&mut database.connection().await).await.expect("editions");
    let networks = editions.into_iter().filter(|edition| edition.kind == "network");
    networks.map(|edition| edition.name).collect()
}

#[tokio::test]
async fn rollback_leads_to_the_edition_before_and_back_again() {
    let database = TestDatabase::empty().await;
    let first = load_town(&database).await.edition;
    let alone = load::roll_back(database.url(), "town", TOWN, None).await;
    assert!(matches!(alone, Err(LoadError::NothingBefore(_))), "{alone:?}");
    let second = load_town(&database).await.edition;
    let switched = load::roll_back(database.url(), "town", TOWN, None).await.expect("an edition before");
    assert_eq!(switched.len(), 1);
    assert_eq!((&switched[0].to, switched[0].from.as_ref()), (&first, Some(&second)));
    assert_eq!(in_use(&database).await, [first.as_str()]);
    load::roll_back(database.url(), "town", TOWN, Some(EditionKind::Network)).await.expect("forward");
    assert_eq!(in_use(&database).await, [second.as_str()]);
    let none = load::roll_back(database.url(), "town", TOWN, Some(EditionKind::Communes)).await;
    assert!(matches!(none, Err(LoadError::NothingBefore(_))), "{none:?}");
    assert_eq!(in_use(&database).await, [second], "a refusal switches nothing");
}

#[tokio::test]
async fn edition_put_aside_is_checked_but_not_used_until_it_is_activated() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let files = town_files(folder.path());
    let used = load_files(&database, &files, Options::default()).await.expect("the town").edition;
    let aside = Options { aside: true, ..Options::default() };
    let waiting = load_files(&database, &files, aside).await.expect("the town again");
    assert_eq!(in_use(&database).await, [used.as_str()]);
    let mut connection = database.connection().await;
    let states = |editions: Vec<dialog_db::reference::Edition>| {
        editions.into_iter().map(|edition| (edition.name, edition.state)).collect::<Vec<_>>()
    };
    let before = states(all_editions(&mut connection).await.expect("editions"));
    assert_eq!(before, [(used.clone(), EditionState::InUse), (waiting.edition.clone(), EditionState::Aside)]);
    load::activate(database.url(), &waiting.edition).await.expect("an edition");
    let after = states(all_editions(&mut connection).await.expect("editions"));
    assert_eq!(after, [(waiting.edition, EditionState::InUse), (used, EditionState::Previous)]);
}

#[tokio::test]
async fn status_tells_what_was_checked_and_what_there_was_before() {
    let database = TestDatabase::empty().await;
    let first = load_town(&database).await;
    load_town(&database).await;
    let mut editions = all_editions(&mut database.connection().await).await.expect("editions");
    editions.retain(|edition| edition.kind == "network");
    let check = |rank: usize, what: &str| {
        let checks = &editions[rank].checks;
        checks.iter().find(|check| check.what == what).unwrap_or_else(|| panic!("{what} in {checks:?}")).clone()
    };
    let streets = i64::try_from(first.streets).expect("a count");
    assert_eq!((check(0, "streets").found, check(0, "streets").before), (streets, Some(streets)));
    assert_eq!(check(1, "streets").before, None, "there was nothing before the first one");
    for nothing in [
        "house numbers have no street",
        "sides of segments have no street",
        "ends of segments lie elsewhere than their node",
        "segments lie outside the territory of their commune",
        "communes have no street any more",
    ] {
        assert_eq!(check(0, nothing).found, 0, "{nothing}");
    }
    assert!(editions[0].activated_at > editions[1].activated_at && editions[0].segments > 100);
}

#[tokio::test]
async fn segments_torn_apart_scattered_or_elsewhere_are_refused() {
    let database = TestDatabase::empty().await;
    let folder = tempfile::tempdir().expect("a folder");
    let files = town_files(folder.path());
    load_files(&database, &files, Options::default()).await.expect("the town");
    let text = fs::read_to_string(&files.streets).expect("streets");
    // One node in two places.
    let way = |id: &str, lon: f64| {
        let geometry = format!(r#"{{"type":"LineString","coordinates":[[{lon},47.5],[{lon},47.6]]}}"#);
        let properties = format!(r#"{{"id":"{id}","highway":"local","insee":"00001","nodes":[77000001,{lon}00001]}}"#);
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
    };
    let torn = format!("{text}{}\n{}\n", way("a", 2.0), way("b", 3.0));
    // Every way with nodes of its own, in a town large enough to say so.
    let mut large = Vec::new();
    Town::of_size(TownSize::Streets(200)).write_streets(&mut large).expect("streets");
    let large = String::from_utf8(large).expect("text");
    let scattered: String = (1_i64..)
        .zip(large.lines())
        .map(|(rank, line)| {
            let (start, rest) = line.split_once("\"nodes\":[").expect("nodes");
            let (nodes, end) = rest.split_once(']').expect("the end of the nodes");
            let own: Vec<String> =
                (0..nodes.split(',').count()).map(|k| format!("{}", rank * 1_000_000 + k as i64)).collect();
            format!("{start}\"nodes\":[{}]{end}\n", own.join(","))
        })
        .collect();
    // The commune of La Réunion, the places of Sologne.
    let elsewhere = text.replace("00001", "97411");
    for (text, expected) in [(torn, "elsewhere than their node"), (scattered, "meet no other"), (elsewhere, "outside")]
    {
        let streets = folder.path().join("wrong.geojsonl");
        fs::write(&streets, text).expect("a file");
        let files = NetworkFiles { streets, addresses: None, ..files.clone() };
        let error = load_files(&database, &files, Options { accept_less: true, aside: false }).await;
        let error = error.expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(count(&database, "SELECT count(*) FROM reference.editions").await, 1, "{expected}");
    }
}

#[tokio::test]
async fn readers_never_wait_nor_see_a_mixture_while_editions_are_loaded_and_switched() {
    let database = TestDatabase::with_town().await;
    let done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (done, url) = (Arc::clone(&done), database.url().to_owned());
            tokio::spawn(async move {
                use diesel_async::AsyncConnection;
                let mut connection = dialog_db::Connection::establish(&url).await.expect("a reader");
                let (mut reads, mut slowest) = (0_u32, Duration::ZERO);
                while !done.load(Ordering::Relaxed) {
                    let start = Instant::now();
                    let found = search_streets(&mut connection, TOWN, "rue haute", 10).await.expect("streets");
                    assert_eq!(found.len(), 1, "one edition at a time answers");
                    slowest = slowest.max(start.elapsed());
                    reads += 1;
                }
                (reads, slowest)
            })
        })
        .collect();
    let began = Instant::now();
    for _ in 0..2 {
        load::town(database.url(), TownSize::Streets(400), &mut |_, _, _| {}).await.expect("a larger town");
        load::roll_back(database.url(), "town", TOWN, None).await.expect("the edition before");
    }
    let took = began.elapsed();
    done.store(true, Ordering::Relaxed);
    for reader in readers {
        let (reads, slowest) = reader.await.expect("a reader");
        // A lock would have held a reader up for as long as one of the two loads takes.
        assert!(reads > 20 && slowest < took / 4, "{reads} reads, the slowest in {slowest:?} of {took:?}");
    }
}
