//! The geometry of a numbered road, whole or between two places.

use dialog_api_types::roads::RoadGeometryQuery;
use dialog_domain::{Direction, Found, LocationDescription, NumberedRoad, ReferencePointBound, RoadSide, RoadType};

use super::roads::split_point;
use crate::app::AppState;
use crate::problem::Problem;

/// What was found and its text; `None` while the road is not filled in.
pub(super) async fn found(
    state: &AppState,
    road_type: RoadType,
    query: RoadGeometryQuery,
    direction: Direction,
) -> Result<Option<(Found, String)>, Problem> {
    let filled = |value: Option<String>| value.map(|v| v.trim().to_owned()).filter(|value| !value.is_empty());
    let (Some(administrator), Some(road_number)) = (filled(query.administrator), filled(query.road_number)) else {
        return Ok(None);
    };
    let from = bound("fromSide", filled(query.from_point_number), filled(query.from_side), query.from_abscissa)?;
    let to = bound("toSide", filled(query.to_point_number), filled(query.to_side), query.to_abscissa)?;
    let mut connection = state.connection().await?;
    let (Some(from), Some(to)) = (from, to) else {
        let whole = dialog_geocoder::roads::whole_road(&mut connection, road_type, &administrator, &road_number);
        return Ok(Some((whole.await?, format!("{road_number} ({administrator})"))));
    };
    let road = NumberedRoad { administrator, road_number, from, to, storage_area_id: None, direction, geometry: None };
    let asked = match road_type {
        RoadType::NationalRoad => LocationDescription::NationalRoad(road),
        _ => LocationDescription::DepartmentalRoad(road),
    };
    let located = dialog_geocoder::locate(&mut connection, &asked).await?;
    let text = dialog_text::location(&located.resolved);
    Ok(Some((located.found, text)))
}

/// A bound; `None` while its point or its side is not chosen.
fn bound(
    side_name: &str,
    point: Option<String>,
    side: Option<String>,
    abscissa_m: Option<i32>,
) -> Result<Option<ReferencePointBound>, Problem> {
    let (Some(point), Some(side)) = (point, side) else { return Ok(None) };
    let side = match side.as_str() {
        "U" => RoadSide::U,
        "D" => RoadSide::D,
        "G" => RoadSide::G,
        _ => {
            let detail = format!("Le paramètre « {side_name} » a une valeur inconnue.");
            return Err(Problem::invalid_parameter(detail));
        }
    };
    let (department_code, point_number) = split_point(&point);
    Ok(Some(ReferencePointBound { point_number, department_code, side, abscissa_m: abscissa_m.unwrap_or_default() }))
}
