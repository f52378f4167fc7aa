//! Hard sections of the demonstration town: missing numbers, points, numbered roads, loops, two carriageways.

use dialog_domain::{Confidence, Found, Geometry, LocatingMethod, LocationDescription, NamedStreet, StreetBound};
use dialog_geocoder::locate::{BoundMethod, Detailed, locate_in_detail};
use dialog_geocoder::{
    Bound, KeptStreets, LocateError, Sources, crossing_streets, house_numbers, locate, locate_with, search_streets,
};
use dialog_test_support::TestDatabase;
use diesel_async::SimpleAsyncConnection;
use geojson::GeometryValue;

use crate::support::{TOWN, crossing, distance_m, line, number, section};

const MAIN_STREET: &str = "Rue de la République";

async fn detail(database: &TestDatabase, asked: &LocationDescription) -> Result<Detailed, LocateError> {
    locate_in_detail(&mut database.connection().await, asked, &Sources::default()).await
}

fn point(coordinates: [f64; 2]) -> StreetBound {
    StreetBound::Point { coordinates }
}

/// The lines of what was found.
fn lines(found: &Found) -> Vec<Vec<[f64; 2]>> {
    let pairs = |line: &Vec<geojson::Position>| line.iter().map(|p| [p[0], p[1]]).collect();
    match &found.geometry.0.value {
        GeometryValue::LineString { .. } => vec![line(found)],
        GeometryValue::MultiLineString { coordinates } => coordinates.iter().map(pairs).collect(),
        other => panic!("{}", other.type_name()),
    }
}

#[tokio::test]
async fn number_that_does_not_exist_is_placed_between_its_neighbours_and_said_so() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let street = search_streets(&mut connection, TOWN, MAIN_STREET, 1).await.expect("streets").remove(0);
    let numbers = house_numbers(&mut connection, &street.road_ban_id).await.expect("numbers").expect("a street");
    let exists = |n: u32| numbers.contains(&n.to_string());
    let missing = (6..400).find(|n| exists(n - 2) && exists(*n) && exists(n + 2)).expect("three numbers in a row");
    connection
        .batch_execute(&format!(
            "DELETE FROM reference.addresses WHERE street_id = '{}' AND number = {missing}",
            street.road_ban_id
        ))
        .await
        .expect("a house less");
    let found = detail(&database, &section(TOWN, MAIN_STREET, number("2"), number(&missing.to_string()))).await;
    let found = found.expect("a section");
    assert_eq!(found.located.found.method, LocatingMethod::InterpolatedSection);
    assert_eq!(found.located.found.confidence, Confidence::Approximate);
    let BoundMethod::Interpolated { between: said } = &found.bounds[1].method else { panic!("{:?}", found.bounds) };
    assert!(said[0].starts_with(&(missing - 2).to_string()) && said[1] == (missing + 2).to_string(), "{said:?}");
    assert_eq!(found.bounds[0].method, BoundMethod::HouseNumber);
    let end = |asked: u32| {
        let asked = section(TOWN, MAIN_STREET, number("2"), number(&asked.to_string()));
        let database = &database;
        async move { *line(&detail(database, &asked).await.expect("a section").located.found).last().expect("an end") }
    };
    let (before, here, after) = (end(missing - 2).await, end(missing).await, end(missing + 2).await);
    let around = distance_m(before, after);
    assert!(distance_m(before, here) < around && distance_m(here, after) < around);
}

#[tokio::test]
async fn point_of_the_map_is_a_bound_when_it_is_on_the_street() {
    let database = TestDatabase::with_town().await;
    let whole = detail(&database, &section(TOWN, MAIN_STREET, number("2"), number("40"))).await.expect("a section");
    let vertices = line(&whole.located.found);
    let (a, b) = (vertices[0], vertices[vertices.len() - 1]);
    let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let half = detail(&database, &section(TOWN, MAIN_STREET, number("2"), point(middle))).await.expect("a section");
    assert_eq!(half.bounds[1].method, BoundMethod::Point);
    assert_eq!(half.located.found.confidence, Confidence::Exact);
    assert!((half.located.found.length_m - whole.located.found.length_m / 2.0).abs() < 2.0);
    let away = [middle[0], middle[1] + 0.01];
    let error = detail(&database, &section(TOWN, MAIN_STREET, point(away), number("2"))).await;
    assert!(matches!(error, Err(LocateError::FarFromStreet { bound: Bound::From, .. })), "{error:?}");
}

#[tokio::test]
async fn numbered_road_is_a_bound_of_a_street() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let mut crossed = Vec::new();
    for street in search_streets(&mut connection, TOWN, "rue", 100).await.expect("streets") {
        let crossings = crossing_streets(&mut connection, &street.road_ban_id).await.expect("crossings");
        let road = crossings.expect("a street").into_iter().find(|crossing| crossing.road_ban_id == "D31");
        crossed.extend(road.map(|road| (street, road)));
    }
    let (street, road) = crossed.first().expect("a street that the D31 crosses");
    assert_eq!(road.road_name, "D31");
    let numbers = house_numbers(&mut connection, &street.road_ban_id).await.expect("numbers").expect("a street");
    let mut ends = Vec::new();
    for name in ["D31", "RD 31", "d31"] {
        for other in [numbers.first(), numbers.last()].into_iter().flatten() {
            let asked = section(TOWN, &street.road_name, number(other), crossing(name, None));
            match detail(&database, &asked).await {
                Ok(found) => {
                    assert_eq!(found.bounds[1].method, BoundMethod::Crossing);
                    ends.push(found.bounds[1].coordinates);
                }
                Err(error) => {
                    assert!(matches!(error, LocateError::NoPath { .. } | LocateError::SamePlace), "{error:?}")
                }
            }
        }
    }
    assert!(
        ends.len() >= 3 && ends.iter().all(|end| road.crossings.iter().any(|c| distance_m(c.coordinates, *end) < 0.5))
    );
}

#[tokio::test]
async fn street_that_leads_back_to_itself_offers_both_ways_round_and_either_can_be_chosen() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let close = "Allée des Tilleuls";
    let street = search_streets(&mut connection, TOWN, close, 1).await.expect("streets").remove(0);
    let numbers = house_numbers(&mut connection, &street.road_ban_id).await.expect("numbers").expect("a street");
    let first = numbers.first().expect("a number");
    let mut offered = None;
    for last in numbers.iter().rev() {
        let asked = section(TOWN, close, number(first), number(last));
        if let Ok(found) = detail(&database, &asked).await
            && !found.others.is_empty()
        {
            offered = Some((asked, found));
            break;
        }
    }
    let (asked, found) = offered.expect("two ways round");
    let other = &found.others[0];
    assert!(found.located.found.length_m < other.length_m);
    let (short, long) = (line(&found.located.found), line(other));
    assert_eq!((short.first(), short.last()), (long.first(), long.last()));
    // The long way round is chosen by sending its geometry with the same bounds.
    let LocationDescription::NamedStreet(asked) = asked else { panic!("a street") };
    let asked = NamedStreet { geometry: Some(other.geometry.clone()), ..asked };
    let chosen = locate(&mut connection, &LocationDescription::NamedStreet(asked.clone())).await.expect("the long way");
    assert_eq!(&chosen.found, other);
    assert_eq!(chosen.found.method, LocatingMethod::StreetSection);
    let drawn = Geometry::from_text(r#"{"type":"LineString","coordinates":[[2.18,47.56],[2.181,47.56]]}"#);
    let asked = NamedStreet { geometry: drawn.ok(), ..asked };
    let drawn = locate(&mut connection, &LocationDescription::NamedStreet(asked)).await.expect("a drawing");
    assert_eq!(drawn.found.method, LocatingMethod::Drawn);
}

#[tokio::test]
async fn both_carriageways_of_a_boulevard_belong_to_its_section() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let boulevard = "Boulevard de l'Europe";
    let street = search_streets(&mut connection, TOWN, boulevard, 1).await.expect("streets").remove(0);
    let crossings = crossing_streets(&mut connection, &street.road_ban_id).await.expect("crossings").expect("a street");
    let names: Vec<&str> = crossings.iter().map(|crossing| crossing.road_name.as_str()).collect();
    let (mut doubled, mut alone) = (0, Vec::new());
    for (rank, from) in names.iter().enumerate() {
        for to in &names[rank + 1..] {
            let Ok(there) =
                detail(&database, &section(TOWN, boulevard, crossing(from, None), crossing(to, None))).await
            else {
                continue;
            };
            let back = detail(&database, &section(TOWN, boulevard, crossing(to, None), crossing(from, None))).await;
            let (there, back) = (lines(&there.located.found), lines(&back.expect("a section").located.found));
            let reversed = |lines: &[Vec<[f64; 2]>]| {
                let mut lines: Vec<Vec<[f64; 2]>> =
                    lines.iter().map(|line| line.iter().rev().copied().collect()).collect();
                lines[1..].reverse();
                lines
            };
            assert_eq!(there, reversed(&back), "{from} {to}");
            if there.len() == 2 { doubled += 1 } else { alone.push((from, to)) }
        }
    }
    // Every one of these streets crosses both.
    assert!(doubled > 10 && alone.is_empty(), "{doubled} {alone:?}");
}

#[tokio::test]
async fn street_that_was_read_is_kept_and_answers_for_its_own_edition_alone() {
    let database = TestDatabase::with_town().await;
    let mut connection = database.connection().await;
    let sources = Sources { streets: KeptStreets::new(), ..Sources::default() };
    let numbers = section(TOWN, MAIN_STREET, number("2"), number("20"));
    let first = locate_with(&mut connection, &numbers, &sources).await.expect("the section");
    assert_eq!(first, locate(&mut connection, &numbers).await.expect("the section"), "kept or not");
    connection.batch_execute("DELETE FROM reference.addresses").await.expect("no numbers any more");
    assert!(matches!(locate(&mut connection, &numbers).await, Err(LocateError::UnknownHouseNumber { .. })));
    assert_eq!(locate_with(&mut connection, &numbers, &sources).await.expect("the section"), first);

    let statement = "UPDATE reference.editions SET is_active = false WHERE kind = 'network'";
    connection.batch_execute(statement).await.expect("no edition");
    assert!(matches!(locate_with(&mut connection, &numbers, &sources).await, Err(LocateError::UnknownCity)));
}

#[tokio::test]
async fn crossing_that_does_not_exist_says_what_does() {
    let database = TestDatabase::with_town().await;
    let error = detail(&database, &section(TOWN, MAIN_STREET, number("2"), crossing("Rue du Peuplier", None))).await;
    let Err(LocateError::NoIntersection { bound: Bound::To, suggestions }) = error else { panic!("{error:?}") };
    assert_eq!(suggestions.first().map(String::as_str), Some("Rue des Peupliers"));
    let asked =
        section(TOWN, "Quai de la Bionne", crossing("Rue de l'Église", None), crossing("Rue Victor-Hugo", None));
    let several = detail(&database, &asked);
    let several = several.await.expect("a section");
    assert_eq!(several.bounds[1].candidates.iter().map(|c| c.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(several.bounds[0].candidates, []);
}
