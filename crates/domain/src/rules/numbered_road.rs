//! Rules of a numbered road between two reference points.

use super::{
    geometry::{self, Accepted},
    report::{Report, trimmed, word},
};
use crate::{NumberedRoad, ReferencePointBound, RoadSide, ViolationCode, input::NumberedRoadInput};

/// Longest name of a road manager, in characters.
pub const ADMINISTRATOR_MAX: usize = 255;
/// Longest road number, in characters.
pub const ROAD_NUMBER_MAX: usize = 50;
/// Longest number of a reference point, in characters.
pub const POINT_NUMBER_MAX: usize = 5;
/// Longest code of a département, in characters.
pub const DEPARTMENT_CODE_MAX: usize = 5;

pub(super) fn check(input: &NumberedRoadInput, is_national: bool, report: &mut Report) -> Option<NumberedRoad> {
    // What is missing comes first, then what is wrong: the order of the contract.
    for (path, value, code) in [
        ("administrator", &input.administrator, ViolationCode::Required),
        ("roadNumber", &input.road_number, ViolationCode::Required),
        ("fromPointNumber", &input.from_point_number, ViolationCode::ReferencePointNotChosen),
        ("toPointNumber", &input.to_point_number, ViolationCode::ReferencePointNotChosen),
    ] {
        if trimmed(value.as_deref()).is_none() {
            report.add(path, code);
        }
    }

    let administrator = report.at_most("administrator", input.administrator.as_deref(), ADMINISTRATOR_MAX);
    let road_number = report.at_most("roadNumber", input.road_number.as_deref(), ROAD_NUMBER_MAX);
    let from = bound(
        ["fromPointNumber", "fromDepartmentCode", "fromSide"],
        [&input.from_point_number, &input.from_department_code, &input.from_side],
        input.from_abscissa,
        report,
    );
    let to = bound(
        ["toPointNumber", "toDepartmentCode", "toSide"],
        [&input.to_point_number, &input.to_department_code, &input.to_side],
        input.to_abscissa,
        report,
    );
    let geometry = geometry::optional("geometry", input.geometry.as_deref(), Accepted::Lines, report);

    Some(NumberedRoad {
        administrator: administrator?,
        road_number: road_number?.to_uppercase(),
        from: from?,
        to: to?,
        storage_area_id: input.storage_area_uuid.filter(|_| is_national),
        direction: input.direction.unwrap_or_default(),
        geometry: geometry?,
    })
}

fn bound(
    [point_path, department_path, side_path]: [&str; 3],
    [point, department, side]: [&Option<String>; 3],
    abscissa: Option<i32>,
    report: &mut Report,
) -> Option<ReferencePointBound> {
    let point_number = report.at_most(point_path, point.as_deref(), POINT_NUMBER_MAX);
    let department_code = report.at_most(department_path, department.as_deref(), DEPARTMENT_CODE_MAX);
    let side = match trimmed(side.as_deref()) {
        None => {
            report.add(side_path, ViolationCode::Required);
            None
        }
        Some(text) => report.choice(side_path, text, word::<RoadSide>),
    };
    Some(ReferencePointBound {
        point_number: point_number?,
        department_code,
        side: side?,
        abscissa_m: abscissa.unwrap_or(0),
    })
}
