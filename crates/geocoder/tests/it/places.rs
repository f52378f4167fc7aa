//! Places by text and by point, with what API Adresse tells of them.

use dialog_geocoder::completion::Completion;
use dialog_geocoder::load::{self, CommuneFiles, Options};
use dialog_geocoder::places::{AroundQuery, Contexts, Place, PlaceKind, PlacesQuery, places_around, search_places};
use dialog_test_support::{TestDatabase, shared_dir};

use crate::support::{distance_m, load_paris, origin};

fn query(text: &str) -> PlacesQuery<'_> {
    PlacesQuery { text, city_code: None, postcode: None, kind: None, near: None, is_typing: true, limit: 5 }
}

async fn search(database: &TestDatabase, asked: PlacesQuery<'_>) -> Vec<Place> {
    let mut connection = database.connection().await;
    let mut found = search_places(&mut connection, &Completion::default(), asked).await.expect("places");
    Contexts::default().tell(&mut connection, &mut found).await.expect("names of départements");
    found
}

#[tokio::test]
async fn place_of_paris_has_its_city_its_district_its_region_and_its_metres() {
    let Some(shared) = shared_dir("place_of_paris_has_its_city_its_district_its_region_and_its_metres") else { return };
    let database = TestDatabase::empty().await;
    load_paris(&database, &shared).await;
    let admin = |name: &str| Some(shared.join("data/admin").join(name));
    let files = CommuneFiles {
        origin: origin("cog", "france", 2026),
        communes: admin("communes.json.gz"),
        contours: admin("communes-contours.geojsonl.gz"),
        epci: None,
        departments: admin("departements.json.gz"),
        regions: admin("regions.json.gz"),
    };
    load::communes(database.url(), &files, Options::default(), &mut |_, _, _| {}).await.expect("the communes");
    let found = search(&database, query("2 bis rue des rosiers 75004 paris")).await.remove(0);
    assert_eq!(found.label(), "2bis Rue des Rosiers 75004 Paris");
    assert_eq!((found.city.as_str(), found.city_code.as_str()), ("Paris", "75104"));
    assert_eq!(found.district.as_deref(), Some("Paris 4e Arrondissement"));
    assert_eq!(found.context, "75, Paris, Île-de-France");
    // 2.360736° E, 48.856552° N, in Lambert-93 by PROJ.
    let [x, y] = found.metric().expect("metres");
    assert!((x - 653_095.2).abs() < 1.0 && (y - 6_862_024.8).abs() < 1.0, "{x} {y}");
    // The same by its point.
    let asked = AroundQuery { coordinates: found.coordinates, kind: None, limit: 1 };
    let around = places_around(&mut database.connection().await, asked).await.expect("places").remove(0);
    assert_eq!((around.label(), around.district), (found.label(), found.district));
    // Overseas, in its own projection; a former commune, by its own name.
    let commune = |text: &'static str| {
        let database = &database;
        async move { search(database, PlacesQuery { kind: Some(PlaceKind::Municipality), ..query(text) }).await.remove(0) }
    };
    let overseas = commune("saint-denis 97400").await;
    assert_eq!((overseas.city_code.as_str(), overseas.context.as_str()), ("97411", "974, La Réunion, La Réunion"));
    let [x, y] = overseas.metric().expect("metres");
    assert!((320_000.0..360_000.0).contains(&x) && (7_670_000.0..7_700_000.0).contains(&y), "{x} {y}");
    let former = commune("arbignieu").await;
    assert_eq!(former.city, "Arboys en Bugey");
    assert_eq!(former.former_city, Some(("01015".to_owned(), "Arbignieu".to_owned())));
}

#[tokio::test]
async fn places_around_somebody_come_first() {
    let database = TestDatabase::with_town().await;
    let streets = PlacesQuery { kind: Some(PlaceKind::Street), limit: 3, ..query("rue") };
    let corner = search(&database, PlacesQuery { limit: 1, ..query("rue du viaduc demoville") }).await.remove(0);
    let near = search(&database, PlacesQuery { near: Some(corner.coordinates), ..streets }).await;
    assert_eq!(near[0].street, corner.street, "{near:?}");
    let far =
        |places: &[Place]| places.iter().map(|place| distance_m(place.coordinates, corner.coordinates)).sum::<f64>();
    let anywhere = search(&database, PlacesQuery { text: "rue demoville", ..streets }).await;
    assert!(far(&near) < far(&anywhere), "{near:?} {anywhere:?}");
    assert!(
        near.iter().all(|place| (0.0..=1.0).contains(&place.score)) && near.is_sorted_by(|a, b| a.score >= b.score)
    );
}

#[tokio::test]
async fn last_word_may_be_unfinished_unless_it_is_said_to_be_whole() {
    let database = TestDatabase::with_town().await;
    for (text, is_typing, expected) in [
        ("demoville rue de la repub", true, true),
        ("demoville rue de la repub", false, false),
        ("demoville rue de la republique", false, true),
    ] {
        let found = search(&database, PlacesQuery { is_typing, ..query(text) }).await;
        let is_found = found.iter().any(|place| place.street.as_deref() == Some("Rue de la République"));
        assert_eq!(is_found, expected, "{text} {is_typing}: {found:?}");
    }
}
