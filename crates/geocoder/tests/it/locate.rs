//! Sections of streets of the demonstration town.

use dialog_domain::{Confidence, Direction, Geometry, LocatingMethod, LocationDescription, NamedStreet};
use dialog_geo::Town;
use dialog_geocoder::{Bound, LocateError, Located, locate};
use dialog_test_support::TestDatabase;
use geojson::GeometryValue;

use crate::support::{TOWN, crossing, distance_m, line, number, section, street};

const MAIN_STREET: &str = "Rue de la République";
const QUAY: &str = "Quai de la Bionne";

async fn find(database: &TestDatabase, asked: &LocationDescription) -> Result<Located, LocateError> {
    locate(&mut database.connection().await, asked).await
}

#[tokio::test]
async fn section_runs_from_a_to_b_whatever_the_direction_of_traffic() {
    let database = TestDatabase::with_town().await;
    let there = find(&database, &section(TOWN, MAIN_STREET, number("2"), number("20"))).await.expect("a section").found;
    let back = find(&database, &section(TOWN, MAIN_STREET, number("20"), number("2"))).await.expect("a section").found;
    let mut reversed = line(&back);
    reversed.reverse();
    assert_eq!(line(&there), reversed);
    assert_eq!((there.method, there.confidence), (LocatingMethod::StreetSection, Confidence::Exact));
    assert_eq!(there.edition.as_deref(), Some("town:00001:2026-01-01"));
    assert!(there.segments.iter().all(|segment| segment.segment_id.starts_with("town:")));
    let town = Town::demonstration();
    let door = |wanted: i32| {
        town.addresses.iter().find(|a| a.street == MAIN_STREET && a.number == wanted && a.suffix.is_empty())
    };
    for (end, wanted) in [(line(&there)[0], 2), (line(&there)[line(&there).len() - 1], 20)] {
        let place = door(wanted).expect("a house").place;
        assert!((distance_m(end, [place.x, place.y]) - 9.0).abs() < 1.0, "doors are 9 m from the middle");
    }
    for direction in [Direction::AToB, Direction::BToA] {
        let LocationDescription::NamedStreet(asked) = section(TOWN, MAIN_STREET, number("2"), number("20")) else {
            panic!("a street")
        };
        let asked = LocationDescription::NamedStreet(NamedStreet { direction, ..asked });
        assert_eq!(find(&database, &asked).await.expect("a section").found, there);
    }
}

#[tokio::test]
async fn whole_street_is_found_by_identifier_and_by_name() {
    let database = TestDatabase::with_town().await;
    let asked = LocationDescription::NamedStreet(street(TOWN, "rue de la REPUBLIQUE"));
    let by_name = find(&database, &asked).await.expect("a street");
    assert_eq!(by_name.found.method, LocatingMethod::WholeStreet);
    assert!((600.0..700.0).contains(&by_name.found.length_m), "{}", by_name.found.length_m);
    let LocationDescription::NamedStreet(resolved) = &by_name.resolved else { panic!("a street") };
    assert!(resolved.road_ban_id.as_deref().is_some_and(|id| id.starts_with("00001_x")));
    assert_eq!(resolved.road_name, "rue de la REPUBLIQUE", "what was asked stays as it was");
    let by_id = NamedStreet { road_name: "peu importe".to_owned(), ..resolved.clone() };
    let by_id = find(&database, &LocationDescription::NamedStreet(by_id)).await.expect("a street");
    assert_eq!(by_id.found, by_name.found);
    let nameless = NamedStreet { road_name: String::new(), ..resolved.clone() };
    let nameless = find(&database, &LocationDescription::NamedStreet(nameless)).await.expect("a street").resolved;
    let LocationDescription::NamedStreet(nameless) = nameless else { panic!("a street") };
    assert_eq!(nameless.road_name, "Rue de la République");
    // The identifier of another data set, with a name that we know.
    let other = NamedStreet { road_ban_id: Some("00001_0042".to_owned()), ..resolved.clone() };
    assert_eq!(find(&database, &LocationDescription::NamedStreet(other)).await.expect("a street"), by_name);
    let boulevard = LocationDescription::NamedStreet(street(TOWN, "Boulevard de l'Europe"));
    let boulevard = find(&database, &boulevard).await.expect("a street").found;
    assert!(matches!(boulevard.geometry.0.value, GeometryValue::MultiLineString { .. }), "two carriageways");
}

#[tokio::test]
async fn crossing_without_number_is_the_one_nearest_to_the_other_bound() {
    let database = TestDatabase::with_town().await;
    let end = |located: Located| *line(&located.found).last().expect("an end");
    let to = |rank| section(TOWN, QUAY, crossing("rue de l'eglise", None), crossing("Rue Victor-Hugo", rank));
    let nearest = end(find(&database, &to(None)).await.expect("a section"));
    let mut ends = Vec::new();
    for rank in 1..=3 {
        ends.push(find(&database, &to(Some(rank))).await.map(end));
    }
    // The church stands at the first crossing, some metres aside.
    assert_eq!(nearest, ends.remove(0).expect("a section"));
    for end in ends {
        assert_ne!(end.expect("a section"), nearest);
    }
    for rank in [0, 4] {
        let error = find(&database, &to(Some(rank))).await.expect_err("there are three crossings");
        assert!(matches!(error, LocateError::NoIntersection { bound: Bound::To, .. }), "{error:?}");
    }
    let LocationDescription::NamedStreet(resolved) = find(&database, &to(None)).await.expect("a section").resolved
    else {
        panic!("a street")
    };
    let json = format!("{:?}", resolved.to);
    assert!(json.contains("00001_x") && json.contains("crossing: None"), "{json}");
}

#[tokio::test]
async fn gap_of_45_m_is_crossed_and_one_of_180_m_is_not() {
    let database = TestDatabase::with_town().await;
    let mill = find(&database, &section(TOWN, "Rue du Moulin", number("1"), number("51"))).await.expect("a section");
    assert_eq!(mill.found.confidence, Confidence::Approximate);
    assert!(mill.found.segments.iter().any(|segment| segment.segment_id.starts_with("town:")));
    let error = find(&database, &section(TOWN, "Chemin des Vignes", number("1"), number("31"))).await;
    assert!(matches!(error, Err(LocateError::NoPath { bound: Some(Bound::To), .. })), "the shorter part: {error:?}");
    let error = find(&database, &section(TOWN, MAIN_STREET, number("2"), number("2"))).await;
    assert!(matches!(error, Err(LocateError::SamePlace)), "{error:?}");
}

#[tokio::test]
async fn unknown_things_are_named() {
    let database = TestDatabase::with_town().await;
    let unknown = find(&database, &LocationDescription::NamedStreet(street("99999", MAIN_STREET))).await;
    assert!(matches!(unknown, Err(LocateError::UnknownCity)), "{unknown:?}");
    let unknown = find(&database, &LocationDescription::NamedStreet(street(TOWN, "Rue de l'Inconnue"))).await;
    assert!(matches!(unknown, Err(LocateError::UnknownStreet { .. })), "{unknown:?}");
    for (text, has_suggestions) in [("999", true), ("4 quinquies", true), ("nulle part", false)] {
        let error = find(&database, &section(TOWN, MAIN_STREET, number("2"), number(text))).await;
        let Err(LocateError::UnknownHouseNumber { bound: Bound::To, number, suggestions }) = error else {
            panic!("{error:?}")
        };
        assert_eq!((number.as_str(), !suggestions.is_empty()), (text, has_suggestions));
        assert!(suggestions.len() <= 5, "{suggestions:?}");
    }
    let error = find(&database, &section(TOWN, MAIN_STREET, crossing("Rue Haute", None), number("2"))).await;
    assert!(matches!(error, Err(LocateError::NoIntersection { bound: Bound::From, .. })), "{error:?}");
}

#[tokio::test]
async fn drawn_and_supplied_geometries_are_kept() {
    let database = TestDatabase::with_town().await;
    let text = r#"{"type":"LineString","coordinates":[[2.18,47.56],[2.181,47.56]]}"#;
    let geometry = Geometry::from_text(text).expect("a geometry");
    let drawn = LocationDescription::RawGeoJson { label: "Tracé".to_owned(), geometry: geometry.clone() };
    let supplied = NamedStreet { geometry: Some(geometry.clone()), ..street("99999", "Rue d'Ailleurs") };
    for asked in [drawn, LocationDescription::NamedStreet(supplied)] {
        let located = find(&database, &asked).await.expect("a drawing");
        assert_eq!((&located.found.geometry, &located.resolved), (&geometry, &asked));
        assert_eq!(located.found.method, LocatingMethod::Drawn);
        assert!((located.found.length_m - 75.2).abs() < 0.2, "{}", located.found.length_m);
    }
    for text in [
        r#"{"type":"LineString","coordinates":[]}"#,
        r#"{"type":"LineString","coordinates":[[2,47]]}"#,
        r#"{"type":"LineString","coordinates":[[2,47],[652000,6862000]]}"#,
        r#"{"type":"MultiLineString","coordinates":[]}"#,
        r#"{"type":"GeometryCollection","geometries":[]}"#,
        r#"{"type":"Polygon","coordinates":[[[2,47],[3,47],[3,48]]]}"#,
    ] {
        let geometry = Geometry::from_text(text).expect("a geometry");
        let error = find(&database, &LocationDescription::RawGeoJson { label: String::new(), geometry }).await;
        assert!(matches!(error, Err(LocateError::InvalidGeometry)), "{text}: {error:?}");
    }
}
