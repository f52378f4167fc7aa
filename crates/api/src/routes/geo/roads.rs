//! Numbered roads: their managers, their reference points, the sides of these.

use actix_web::{HttpResponse, web};
use dialog_api_types::page::Items;
use dialog_api_types::problem::Problem as ProblemBody;
use dialog_api_types::roads::{
    NumberedRoadMatch, ReferencePointFeature, ReferencePointGeometry, ReferencePointItem, ReferencePointMap,
    ReferencePointMark, ReferencePointMarksQuery, ReferencePointsQuery, RoadAdministrators, RoadsQuery, SidesQuery,
    StorageAreaItem,
};
use dialog_db::reference::RoadKind;
use dialog_domain::{RoadSide, RoadType};
use dialog_geo::reference_points::ListedPoint;
use dialog_geocoder::roads;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{kept_a_minute, required};
use crate::app::AppState;
use crate::extract::{PathText, Query};
use crate::problem::Problem;
use crate::routes::endpoint::Endpoint;

/// Most propositions while somebody types.
const SHOWN: usize = 10;
/// Longer texts name no road and nobody.
const LONGEST: usize = 255;

/// Everything about numbered roads.
pub(super) fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(
        Endpoint::new("/api/geo/administrators").get(__path_list_road_administrators, list_road_administrators),
    )
    .service(Endpoint::new("/api/geo/roads").get(__path_search_roads, search_roads))
    .service(
        Endpoint::new("/api/geo/roads/{roadNumber}/reference-points")
            .get(__path_list_reference_points, list_reference_points),
    )
    .service(
        Endpoint::new("/api/geo/roads/{roadNumber}/reference-points.geojson")
            .get(__path_get_reference_point_map, get_reference_point_map),
    )
    .service(Endpoint::new("/api/geo/roads/{roadNumber}/sides").get(__path_list_sides, list_sides))
    .service(
        Endpoint::new("/api/geo/roads/{roadNumber}/storage-areas").get(__path_list_storage_areas, list_storage_areas),
    );
}

/// Those who manage numbered roads, by type of location.
#[utoipa::path(
    get,
    path = "/api/geo/administrators",
    operation_id = "list_road_administrators",
    tag = "Geo",
    responses((status = 200, description = "Names, in alphabetical order", body = RoadAdministrators)),
    security(()),
)]
async fn list_road_administrators(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let mut connection = state.connection().await?;
    let mut administrators = roads::administrators(&mut connection).await?;
    let mut of = |kind: RoadKind| administrators.remove(&kind).unwrap_or_default();
    Ok(kept_a_minute(RoadAdministrators {
        departmental_road: of(RoadKind::Departmental),
        national_road: of(RoadKind::National),
        motorway: of(RoadKind::Motorway),
        intercommunal_road: of(RoadKind::Intercommunal),
    }))
}

/// Numbered roads of a manager, by number.
///
/// `D9`, `RD 9` and `9` find the roads whose number begins so.
#[utoipa::path(
    get,
    path = "/api/geo/roads",
    operation_id = "search_roads",
    tag = "Geo",
    params(RoadsQuery),
    responses(
        (status = 200, description = "At most ten roads", body = Items<NumberedRoadMatch>),
        (status = 400, description = "`administrator` or `roadType` is missing, or unknown", body = ProblemBody),
    ),
    security(()),
)]
async fn search_roads(state: web::Data<AppState>, query: Query<RoadsQuery>) -> Result<HttpResponse, Problem> {
    let RoadsQuery { search, administrator, road_type } = query.into_inner();
    let administrator = named(administrator, "administrator")?;
    let road_type = match required(road_type, "roadType")?.as_str() {
        "departmentalRoad" => RoadType::DepartmentalRoad,
        "nationalRoad" => RoadType::NationalRoad,
        _ => return Err(Problem::invalid_parameter("Le paramètre « roadType » a une valeur inconnue.")),
    };
    let search = search.unwrap_or_default();
    check_length(&search, "search")?;
    let mut connection = state.connection().await?;
    let found = roads::search_roads(&mut connection, &administrator, road_type, &search, SHOWN).await?;
    let told = |road: roads::NumberedRoadMatch| NumberedRoadMatch {
        road_number: road.road_number,
        administrator: road.administrator,
    };
    Ok(kept_a_minute(Items { items: found.into_iter().map(told).collect::<Vec<_>>() }))
}

/// Reference points (PR) of a road, by number then département.
#[utoipa::path(
    get,
    path = "/api/geo/roads/{roadNumber}/reference-points",
    operation_id = "list_reference_points",
    tag = "Geo",
    params(("roadNumber" = String, Path, description = "Number of the road, for instance `D31`"), ReferencePointsQuery),
    responses(
        (status = 200, description = "Those whose number begins with `search`", body = Items<ReferencePointItem>),
        (status = 400, description = "`administrator` is missing", body = ProblemBody),
        (status = 404, description = "The road is unknown", body = ProblemBody),
    ),
    security(()),
)]
async fn list_reference_points(
    state: web::Data<AppState>,
    road: PathText,
    query: Query<ReferencePointsQuery>,
) -> Result<HttpResponse, Problem> {
    let ReferencePointsQuery { administrator, search } = query.into_inner();
    let points = points(&state, &road, administrator).await?;
    let search = search.unwrap_or_default();
    let departments = |number: &str| points.iter().filter(|point| point.number == number).count();
    let item = |point: &ListedPoint| {
        let num_departments = departments(&point.number);
        ReferencePointItem {
            point_number: point.number.clone(),
            department_code: point.department.clone(),
            num_departments: u32::try_from(num_departments).unwrap_or(u32::MAX),
            value: format!("{}##{}", point.department, point.number),
            label: label(point, num_departments > 1),
            sides: point.sides.clone(),
            coordinates: [point.place.x, point.place.y],
        }
    };
    let items: Vec<_> = points.iter().filter(|point| point.number.starts_with(search.trim())).map(item).collect();
    Ok(kept_a_minute(Items { items }))
}

/// Reference points (PR) of a road as GeoJSON, for the map; each once, whatever its sides.
#[utoipa::path(
    get,
    path = "/api/geo/roads/{roadNumber}/reference-points.geojson",
    operation_id = "get_reference_point_map",
    tag = "Geo",
    params(
        ("roadNumber" = String, Path, description = "Number of the road, for instance `D31`"),
        ReferencePointMarksQuery,
    ),
    responses(
        (status = 200, description = "The points", body = ReferencePointMap),
        (status = 400, description = "`administrator` is missing", body = ProblemBody),
        (status = 404, description = "The road is unknown", body = ProblemBody),
    ),
    security(()),
)]
async fn get_reference_point_map(
    state: web::Data<AppState>,
    road: PathText,
    query: Query<ReferencePointMarksQuery>,
) -> Result<HttpResponse, Problem> {
    let points = points(&state, &road, query.into_inner().administrator).await?;
    let is_in_several = points.windows(2).any(|pair| matches!(pair, [a, b] if a.department != b.department));
    let feature = |point: &ListedPoint| ReferencePointFeature {
        kind: "Feature".to_owned(),
        geometry: ReferencePointGeometry { kind: "Point".to_owned(), coordinates: [point.place.x, point.place.y] },
        properties: ReferencePointMark {
            point_number: point.number.clone(),
            department_code: point.department.clone(),
            label: label(point, is_in_several),
        },
    };
    let features = points.iter().map(feature).collect();
    Ok(kept_a_minute(ReferencePointMap { kind: "FeatureCollection".to_owned(), features }))
}

/// Sides of a reference point (PR): `U`, `D`, `G`.
#[utoipa::path(
    get,
    path = "/api/geo/roads/{roadNumber}/sides",
    operation_id = "list_sides",
    tag = "Geo",
    params(("roadNumber" = String, Path, description = "Number of the road, for instance `D31`"), SidesQuery),
    responses(
        (status = 200, description = "Single, right-hand and left-hand carriageway", body = Items<RoadSide>),
        (status = 400, description = "`administrator` or `pointNumber` is missing", body = ProblemBody),
        (status = 404, description = "The road or the reference point is unknown", body = ProblemBody),
    ),
    security(()),
)]
async fn list_sides(
    state: web::Data<AppState>,
    road: PathText,
    query: Query<SidesQuery>,
) -> Result<HttpResponse, Problem> {
    let SidesQuery { administrator, point_number, department_code } = query.into_inner();
    let administrator = named(administrator, "administrator")?;
    let written = named(point_number, "pointNumber")?;
    let (department, number) = split_point(&written);
    let department = department_code.filter(|code| !code.trim().is_empty()).or(department);
    let mut connection = state.connection().await?;
    let point = (number.as_str(), department.as_deref().map(str::trim));
    let items = roads::sides(&mut connection, &administrator, &road, point).await?.ok_or_else(unknown_road)?;
    if items.is_empty() {
        return Err(Problem::not_found().detail("Ce point de repère est inconnu sur cette route."));
    }
    Ok(kept_a_minute(Items { items }))
}

/// Lorry waiting areas used in winter, on the roads of this number.
#[utoipa::path(
    get,
    path = "/api/geo/roads/{roadNumber}/storage-areas",
    operation_id = "list_storage_areas",
    tag = "Geo",
    params(("roadNumber" = String, Path, description = "Number of the road, for instance `N79`")),
    responses((status = 200, description = "By name; none on a road without any", body = Items<StorageAreaItem>)),
    security(()),
)]
async fn list_storage_areas(state: web::Data<AppState>, road: PathText) -> Result<HttpResponse, Problem> {
    check_length(&road, "roadNumber")?;
    let mut connection = state.connection().await?;
    let areas = roads::storage_areas(&mut connection, &road).await?;
    let item = |(uuid, description)| StorageAreaItem { uuid, description };
    Ok(kept_a_minute(Items { items: areas.into_iter().map(item).collect::<Vec<_>>() }))
}

/// The reference points of the road of an address.
async fn points(state: &AppState, road: &str, administrator: Option<String>) -> Result<Vec<ListedPoint>, Problem> {
    let administrator = named(administrator, "administrator")?;
    let mut connection = state.connection().await?;
    roads::reference_points(&mut connection, &administrator, road).await?.ok_or_else(unknown_road)
}

fn unknown_road() -> Problem {
    Problem::not_found().detail("Cette route est inconnue chez ce gestionnaire.")
}

/// `12`, or `12 (dép 22)` where it has to be told.
fn label(point: &ListedPoint, with_department: bool) -> String {
    if with_department { format!("{} (dép {})", point.number, point.department) } else { point.number.clone() }
}

/// `22##12` is point 12 of département 22.
pub(super) fn split_point(written: &str) -> (Option<String>, String) {
    match written.split_once("##") {
        Some((department, number)) => {
            let department = department.trim();
            ((!department.is_empty()).then(|| department.to_owned()), number.trim().to_owned())
        }
        None => (None, written.trim().to_owned()),
    }
}

/// A parameter that must be there, neither empty nor endless.
fn named(value: Option<String>, name: &str) -> Result<String, Problem> {
    let value = required(value, name)?;
    check_length(&value, name)?;
    Ok(value)
}

fn check_length(value: &str, name: &str) -> Result<(), Problem> {
    if value.chars().count() > LONGEST {
        return Err(Problem::invalid_parameter(format!("Le paramètre « {name} » a {LONGEST} caractères au maximum.")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Worked example 48.
    #[test]
    fn point_is_written_with_its_departement_or_without() {
        let split = |text| split_point(text);
        assert_eq!(split("07##12"), (Some("07".to_owned()), "12".to_owned()));
        assert_eq!(split("11##123"), (Some("11".to_owned()), "123".to_owned()));
        assert_eq!(split("0"), (None, "0".to_owned()));
        assert_eq!(split(""), (None, String::new()));
        let point = ListedPoint {
            number: "12".to_owned(),
            department: "07".to_owned(),
            sides: vec![RoadSide::U],
            place: dialog_geo::Coord::default(),
        };
        assert_eq!((label(&point, true), label(&point, false)), ("12 (dép 07)".to_owned(), "12".to_owned()));
    }
}
