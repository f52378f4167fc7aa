//! Sections that end at the limit of their commune.

use dialog_domain::LocationDescription;
use dialog_geocoder::locate::{BoundMethod, Detailed, locate_in_detail};
use dialog_geocoder::{Bound, LocateError, Sources, crossing_streets, search_streets};
use dialog_test_support::TestDatabase;
use diesel_async::SimpleAsyncConnection;

use crate::support::{TOWN, crossing, distance_m, line, section};

/// Gives the east of rue Haute, and what is further, to another commune, where the street goes on under its name.
pub async fn next_commune(database: &TestDatabase) {
    let sql = "
        INSERT INTO reference.communes (edition_id, insee, kind, name, norm_name, postcodes, department, population, search_text)
        SELECT edition_id, '00002', kind, 'Voisinville', 'voisinville', postcodes, department, 100, ' voisinville'
        FROM reference.communes WHERE insee = '00001';
        INSERT INTO reference.network_communes (insee, edition_id, streets, addresses)
        SELECT '00002', edition_id, 1, 0 FROM reference.network_communes WHERE insee = '00001';
        INSERT INTO reference.streets (edition_id, street_id, insee, name, norm_name, length_m)
        SELECT edition_id, '00002_haute', '00002', name, norm_name, 200
        FROM reference.streets WHERE name = 'Rue Haute';
        UPDATE reference.segments AS s
        SET street_left = '00002_haute', street_right = '00002_haute', insee_left = '00002', insee_right = '00002'
        FROM reference.streets AS t
        WHERE t.name = 'Rue Haute' AND t.insee = '00001' AND s.street_left = t.street_id
          AND ST_X(ST_LineInterpolatePoint(s.geometry, 0.5)) > 2.1852";
    database.connection().await.batch_execute(sql).await.expect("another commune");
}

async fn detail(database: &TestDatabase, asked: &LocationDescription) -> Result<Detailed, LocateError> {
    locate_in_detail(&mut database.connection().await, asked, &Sources::default()).await
}

#[tokio::test]
async fn section_ends_at_the_limit_of_its_commune() {
    let database = TestDatabase::with_town().await;
    next_commune(&database).await;
    let street =
        search_streets(&mut database.connection().await, TOWN, "Rue Haute", 1).await.expect("streets").remove(0);
    let crossed = crossing_streets(&mut database.connection().await, &street.road_ban_id).await.expect("crossings");
    let crossed = crossed.expect("a street");
    let limit = crossed.last().expect("limits come last");
    assert_eq!((limit.road_name.as_str(), limit.crossings.len()), ("Limite de commune avec Voisinville", 1));
    let place = limit.crossings[0].coordinates;
    // By the name of the limit, by its identifier, or as any limit.
    for name in ["Limite de commune", "limite de commune avec VOISINVILLE"] {
        let asked = section(TOWN, "Rue Haute", crossing("Rue des Carmes", None), crossing(name, None));
        let found = detail(&database, &asked).await.expect("a section");
        assert_eq!((found.bounds[1].bound, &found.bounds[1].method), (Bound::To, &BoundMethod::CommuneLimit), "{name}");
        let vertices = line(&found.located.found);
        assert!(distance_m(vertices[vertices.len() - 1], place) < 1.0, "{name}");
        // On the streets of the commune alone, as far as the limit and no further.
        assert!((300.0..450.0).contains(&found.located.found.length_m), "{}", found.located.found.length_m);
        assert!(vertices.iter().all(|vertex| vertex[0] <= place[0] + 1e-6));
        let back = section(TOWN, "Rue Haute", crossing(name, None), crossing("Rue des Carmes", None));
        let mut back = line(&detail(&database, &back).await.expect("a section").located.found);
        back.reverse();
        assert_eq!(back, vertices, "{name}");
    }
    // A street that ends inside its commune has no limit.
    let inside = section(TOWN, "Rue du Marché", crossing("Rue du Viaduc", None), crossing("Limite de commune", None));
    let error = detail(&database, &inside).await;
    assert!(matches!(error, Err(LocateError::NoIntersection { bound: Bound::To, .. })), "{error:?}");
    // From the other side the limit is the same place, with this commune.
    let crossed = crossing_streets(&mut database.connection().await, "00002_haute").await.expect("crossings");
    let limit = crossed.expect("a street").into_iter().find(|other| other.road_ban_id == "limite:00001");
    let limit = limit.expect("the limit of the next commune");
    assert_eq!((limit.road_name.as_str(), limit.crossings[0].coordinates), ("Limite de commune avec Démoville", place));
}
