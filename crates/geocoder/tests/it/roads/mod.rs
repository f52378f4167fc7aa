//! Numbered roads and their reference points.

mod areas;
mod examples;
mod loading;
mod plans;
mod properties;
mod table;
mod town;

use std::path::Path;

use dialog_domain::{Direction, LocationDescription, NumberedRoad, ReferencePointBound, RoadSide};
use dialog_geocoder::load::{self, Options, Report, RoadFiles};
use dialog_geocoder::{LocateError, Located, locate};
use dialog_test_support::TestDatabase;

use crate::support::origin;

/// The synthetic roads, the real roads that have no reference points, and every manager.
pub async fn load_synthetic(database: &TestDatabase, shared: &Path) -> Report {
    let folder = shared.join("data/bdtopo");
    let files = RoadFiles {
        origin: origin("bdtopo", "synthetic", 2023),
        sections: folder.join("synthetic-section_de_points_de_repere.geojson"),
        points: folder.join("synthetic-point_de_repere.csv"),
        roads: Some(folder.join("derived-route_numerotee_ou_nommee.geojsonl.gz")),
        administrators: Some(folder.join("gestionnaires.csv")),
    };
    load::roads(database.url(), &files, Options::default(), &mut |_, _, _| {}).await.expect("the synthetic roads")
}

/// `22##12` of a side, and metres from there.
pub fn bound(point: &str, side: RoadSide, abscissa_m: i32) -> ReferencePointBound {
    let (department, number) = match point.split_once("##") {
        Some((department, number)) => (Some(department.to_owned()), number),
        None => (None, point),
    };
    ReferencePointBound { point_number: number.to_owned(), department_code: department, side, abscissa_m }
}

pub fn road(
    administrator: &str,
    road_number: &str,
    from: ReferencePointBound,
    to: ReferencePointBound,
) -> LocationDescription {
    let road = NumberedRoad {
        administrator: administrator.to_owned(),
        road_number: road_number.to_owned(),
        from,
        to,
        storage_area_id: None,
        direction: Direction::Both,
        geometry: None,
    };
    if road_number.starts_with('N') {
        LocationDescription::NationalRoad(road)
    } else {
        LocationDescription::DepartmentalRoad(road)
    }
}

pub async fn find(database: &TestDatabase, asked: &LocationDescription) -> Result<Located, LocateError> {
    locate(&mut database.connection().await, asked).await
}
