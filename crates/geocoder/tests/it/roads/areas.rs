//! Lorry waiting areas of the national road of the town.

use dialog_domain::RoadSide::D;
use dialog_domain::{LocationDescription, NumberedRoad};
use dialog_geo::town::NATIONAL_MANAGER;
use dialog_geocoder::load::{self, StorageAreaReport};
use dialog_geocoder::{LocateError, roads};
use dialog_test_support::TestDatabase;

use super::{bound, find, road};

const HEADER: &str = "id;description;gestionnaire;route;pr_debut;abscisse_debut;pr_fin;abscisse_fin;longueur\n";

async fn load_rows(database: &TestDatabase, rows: &str) -> StorageAreaReport {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("areas.csv");
    std::fs::write(&path, format!("{HEADER}{rows}")).expect("a file");
    let mut connection = database.connection().await;
    load::storage_areas(&mut connection, &path, &mut |_, _, _| {}).await.expect("waiting areas")
}

#[tokio::test]
async fn waiting_areas_are_located_by_the_road_and_keep_their_identifier() {
    let database = TestDatabase::with_town().await;
    let rows = "A;Aire de l'Europe;;N0007;00PR12D;100;00PR13D;-200;\nB;Aire de la Gare;;N0007;00PR12G;0;;;150\n\
                C;Perdue;;N0007;00PR99D;0;;;100\nD;Ailleurs;;N0008;00PR1D;0;;;100\n";
    let report = load_rows(&database, rows).await;
    assert_eq!((report.listed, report.no_longer_listed), (2, 0));
    assert_eq!(report.not_located.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["C", "D"]);
    let areas = roads::storage_areas(&mut database.connection().await, "n7").await.expect("areas");
    assert_eq!(
        areas.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(),
        ["Aire de l'Europe", "Aire de la Gare"]
    );

    let LocationDescription::NationalRoad(asked) = road(NATIONAL_MANAGER, "N7", bound("12", D, 0), bound("13", D, 0))
    else {
        panic!("a national road")
    };
    let with = |id| LocationDescription::NationalRoad(NumberedRoad { storage_area_id: Some(id), ..asked.clone() });
    let found = find(&database, &with(areas[1].0)).await.expect("a road").found.storage_area.expect("its area");
    assert_eq!(
        (found.id, found.description.as_str(), found.road_number.as_str()),
        (areas[1].0, "Aire de la Gare", "N7")
    );
    let unknown = find(&database, &with(uuid::Uuid::nil())).await;
    assert!(matches!(unknown, Err(LocateError::UnknownStorageArea)), "{unknown:?}");

    // The next file lists one only, under another name: the same area.
    let report = load_rows(&database, "A;Aire renommée;DIR Démonstration;N7;00PR12D;100;;;300\n").await;
    assert_eq!((report.listed, report.no_longer_listed), (1, 1));
    let again = roads::storage_areas(&mut database.connection().await, "N7").await.expect("areas");
    assert_eq!(again, [(areas[0].0, "Aire renommée".to_owned())]);
    assert!(find(&database, &with(areas[1].0)).await.is_ok(), "an order that names it still finds it");
}
