//! Worked examples of streets, by number; their shape, on the data that is there. Examples 21 to 27 are in
//! `dialog_geo::network`, 20 and 61 to 69 in the tests of the API, 28 to 54 in `roads`, 55 to 62 in `areas`, 70 in those
//! of the loaders.

use dialog_domain::LocationDescription;
use dialog_geocoder::{Bound, LocateError, crossing_streets, house_numbers, locate, search_cities, search_streets};
use dialog_test_support::{TestDatabase, shared_dir};
use diesel_async::SimpleAsyncConnection;
use geojson::GeometryValue;

use crate::support::{TOWN, crossing, distance_m, load_communes, load_paris, number, section, street};

#[tokio::test]
async fn examples_1_to_3_communes() {
    let Some(shared) = shared_dir("examples_1_to_3_communes") else { return };
    let database = TestDatabase::empty().await;
    load_communes(&database, &shared, false).await;
    let mut connection = database.connection().await;
    let mesnil = search_cities(&mut connection, "Mesnil", 10).await.expect("cities");
    assert_eq!(mesnil.len(), 10);
    for city in &mesnil {
        assert!(city.label.to_lowercase().contains("mesnil") && city.label.ends_with(')'), "{city:?}");
        assert_eq!(city.code.len(), 5);
    }
    for whole in ["paris", "marseille", "lyon"] {
        let cities = search_cities(&mut connection, whole, 10).await.expect("cities");
        let hidden = ["75056", "13055", "69123"];
        assert!(!cities.is_empty() && cities.iter().all(|city| !hidden.contains(&city.code.as_str())), "{whole}");
    }
}

#[tokio::test]
async fn examples_5_to_7_and_12_and_15_streets_and_numbers() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    assert_eq!(search_streets(&mut connection, TOWN, "r", 10).await.expect("streets"), [], "5");
    let id = search_streets(&mut connection, TOWN, "rue haute", 1).await.expect("streets").remove(0).road_ban_id;
    connection
        .batch_execute(&format!(
            "DELETE FROM reference.addresses WHERE street_id = '{id}';
             INSERT INTO reference.addresses (edition_id, street_id, number, suffix, geometry)
             SELECT max(id), '{id}', number, suffix, ST_SetSRID(ST_MakePoint(2.18, 47.56), 4326)
             FROM reference.editions, (VALUES (10, ''), (2, ''), (6, 'bis'), (1, ''), (6, '')) AS n (number, suffix)
             WHERE kind = 'network' GROUP BY number, suffix"
        ))
        .await
        .expect("numbers");
    let numbers = house_numbers(&mut connection, &id).await.expect("numbers").expect("a street");
    assert_eq!(numbers, ["1", "2", "6", "6bis", "10"], "6");
    assert_eq!(house_numbers(&mut connection, "").await.expect("numbers"), None, "7");
    let unknown = LocationDescription::NamedStreet(street(TOWN, "Rue de nulle part"));
    let error = locate(&mut connection, &unknown).await;
    assert!(matches!(error, Err(LocateError::UnknownStreet { .. })), "12: {error:?}");
    assert_eq!(crossing_streets(&mut connection, "12345_6789").await.expect("crossings"), None, "15");
}

#[tokio::test]
async fn examples_11_to_18_on_the_centre_of_paris() {
    let Some(shared) = shared_dir("examples_11_to_18_on_the_centre_of_paris") else { return };
    let database = TestDatabase::empty().await;
    load_paris(&database, &shared).await;
    let mut connection = database.connection().await;
    let id = |name: &'static str| {
        let database = &database;
        async move {
            let mut connection = database.connection().await;
            let found = search_streets(&mut connection, "75104", name, 1).await.expect("streets").remove(0);
            assert_eq!(found.road_name, name);
            found.road_ban_id
        }
    };
    // 11: several parts, joined where they can be.
    let boulevard = LocationDescription::NamedStreet(street("75104", "Boulevard Henri IV"));
    let whole = locate(&mut connection, &boulevard).await.expect("a street").found;
    assert!(matches!(whole.geometry.0.value, GeometryValue::MultiLineString { .. }), "11");
    // 13: by name.
    let crossed = crossing_streets(&mut connection, &id("Rue des Rosiers").await).await.expect("crossings");
    let names: Vec<String> = crossed.expect("a street").into_iter().map(|street| street.road_name).collect();
    assert!(names.len() >= 6 && names.contains(&"Rue Pavée".to_owned()), "13: {names:?}");
    assert!(names.is_sorted_by_key(|name| dialog_geocoder::name::canonical(name)), "13: {names:?}");
    // 14: a short street between two others.
    let crossed = crossing_streets(&mut connection, &id("Rue Agrippa d'Aubigné").await).await.expect("crossings");
    let names: Vec<String> = crossed.expect("a street").into_iter().map(|street| street.road_name).collect();
    assert!(names.iter().any(|name| name == "Quai Henri IV" || name == "Boulevard Morland"), "14: {names:?}");
    // 16: the place of a crossing.
    let asked = section("75104", "Rue des Rosiers", crossing("Rue Pavée", None), number("20"));
    let found = locate(&mut connection, &asked).await.expect("a section").found;
    let GeometryValue::LineString { coordinates } = &found.geometry.0.value else { panic!("one line") };
    assert!(distance_m([coordinates[0][0], coordinates[0][1]], [2.360_800, 48.856_452]) < 0.1, "16");
    // 17: streets that do not exist, or do not meet.
    for other in ["Rue de nulle part", "Rue de Seine"] {
        let asked = section("75104", "Rue des Rosiers", number("2"), crossing(other, None));
        let error = locate(&mut connection, &asked).await;
        assert!(matches!(error, Err(LocateError::NoIntersection { bound: Bound::To, .. })), "17: {error:?}");
    }
    // 18: a number beyond the street.
    let error = locate(&mut connection, &section("75104", "Rue des Rosiers", number("2"), number("999"))).await;
    assert!(matches!(error, Err(LocateError::UnknownHouseNumber { bound: Bound::To, .. })), "18: {error:?}");
    // 19: the segments of that street and no other.
    let rosiers = LocationDescription::NamedStreet(street("75104", "Rue des Rosiers"));
    let whole = locate(&mut connection, &rosiers).await.expect("a street");
    assert!((200.0..400.0).contains(&whole.found.length_m), "19: {}", whole.found.length_m);
}
