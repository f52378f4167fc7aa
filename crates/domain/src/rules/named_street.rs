//! Rules of a named street and of the bounds of its section.

use super::{
    Face,
    city::{self, City},
    geometry::{self, Accepted},
    report::{Report, trimmed, word},
};
use crate::{NamedStreet, PointType, StreetBound, ViolationCode, input::NamedStreetInput};

/// Longest name of a street, in characters.
pub const ROAD_NAME_MAX: usize = 255;
/// Longest identifier of a street, in characters.
pub const ROAD_BAN_ID_MAX: usize = 20;
/// Longest house number, in characters.
pub const HOUSE_NUMBER_MAX: usize = 8;

/// `parent` is the city of a whole-city location, which its exceptions take over.
pub(super) fn check(
    input: &NamedStreetInput,
    parent: Option<&City>,
    face: Face,
    report: &mut Report,
) -> Option<NamedStreet> {
    let city = match parent {
        Some(city) => Some(city.clone()),
        None => city::check(input.city_code.as_deref(), input.city_label.as_deref(), face, report),
    };
    let (road_ban_id, road_name) = chosen_street(
        ["roadBanId", "roadName"],
        input.road_ban_id.as_deref(),
        input.road_name.as_deref(),
        face,
        report,
    );
    let section = section(input, face, report);
    let geometry = geometry::optional("geometry", input.geometry.as_deref(), Accepted::Lines, report);

    let City { code, label } = city?;
    let (from, to) = section?;
    Some(NamedStreet {
        city_code: code,
        city_label: label,
        road_ban_id,
        road_name: road_name?,
        from,
        to,
        direction: input.direction.unwrap_or_default(),
        geometry: geometry?,
    })
}

/// A street: chosen from the list in a form, which gives its identifier; by name on the wire.
fn chosen_street(
    [id_path, name_path]: [&str; 2],
    id: Option<&str>,
    name: Option<&str>,
    face: Face,
    report: &mut Report,
) -> (Option<String>, Option<String>) {
    let not_chosen = face == Face::Form && trimmed(id).is_none();
    if not_chosen {
        report.add(id_path, ViolationCode::StreetNotChosen);
    }
    let id = report.at_most(id_path, id, ROAD_BAN_ID_MAX);
    let name = if not_chosen {
        report.at_most(name_path, name, ROAD_NAME_MAX)
    } else {
        report.required(name_path, name, ROAD_NAME_MAX)
    };
    (id, name)
}

/// Both bounds, or none for the whole street; `None` when a rule is broken.
fn section(
    input: &NamedStreetInput,
    face: Face,
    report: &mut Report,
) -> Option<(Option<StreetBound>, Option<StreetBound>)> {
    let (from, to) = (Side::from(input), Side::to(input));
    let whole = match (face, input.is_entire_street) {
        (Face::Form, Some(whole)) => whole,
        // The contract computes it; so does a form that does not say.
        _ => from.is_blank() && to.is_blank(),
    };
    if whole {
        return Some((None, None));
    }
    let checked_from = from.check(&to, face, report);
    let checked_to = to.check(&from, face, report);
    Some((Some(checked_from?), Some(checked_to?)))
}

/// What was typed for one bound, with the paths of its fields.
struct Side<'a> {
    paths: &'a SidePaths,
    point_type: Option<&'a str>,
    house_number: Option<&'a str>,
    road_name: Option<&'a str>,
    road_ban_id: Option<&'a str>,
    crossing: Option<u16>,
    coordinates: Option<[f64; 2]>,
}

struct SidePaths {
    point_type: &'static str,
    house_number: &'static str,
    road_name: &'static str,
    road_ban_id: &'static str,
    coordinates: &'static str,
}

const FROM: SidePaths = SidePaths {
    point_type: "fromPointType",
    house_number: "fromHouseNumber",
    road_name: "fromRoadName",
    road_ban_id: "fromRoadBanId",
    coordinates: "fromCoordinates",
};

const TO: SidePaths = SidePaths {
    point_type: "toPointType",
    house_number: "toHouseNumber",
    road_name: "toRoadName",
    road_ban_id: "toRoadBanId",
    coordinates: "toCoordinates",
};

impl<'a> Side<'a> {
    fn from(input: &'a NamedStreetInput) -> Self {
        Self {
            paths: &FROM,
            point_type: trimmed(input.from_point_type.as_deref()),
            house_number: trimmed(input.from_house_number.as_deref()),
            road_name: trimmed(input.from_road_name.as_deref()),
            road_ban_id: trimmed(input.from_road_ban_id.as_deref()),
            crossing: input.from_crossing,
            coordinates: input.from_coordinates,
        }
    }

    fn to(input: &'a NamedStreetInput) -> Self {
        Self {
            paths: &TO,
            point_type: trimmed(input.to_point_type.as_deref()),
            house_number: trimmed(input.to_house_number.as_deref()),
            road_name: trimmed(input.to_road_name.as_deref()),
            road_ban_id: trimmed(input.to_road_ban_id.as_deref()),
            crossing: input.to_crossing,
            coordinates: input.to_coordinates,
        }
    }

    /// Whether neither a number nor a street nor a point was given.
    fn is_blank(&self) -> bool {
        self.house_number.is_none() && self.road_name.is_none() && self.coordinates.is_none()
    }

    fn check(&self, opposite: &Self, face: Face, report: &mut Report) -> Option<StreetBound> {
        let paths = self.paths;
        let point_type = match self.point_type {
            Some(text) => report.choice(paths.point_type, text, word::<PointType>)?,
            None if self.house_number.is_some() => PointType::HouseNumber,
            None if self.road_name.is_some() => PointType::Intersection,
            None if self.coordinates.is_some() => PointType::Point,
            None => {
                let alone = !opposite.is_blank();
                report.add(paths.point_type, if alone { ViolationCode::MissingBound } else { ViolationCode::Required });
                return None;
            }
        };
        match point_type {
            PointType::HouseNumber => report
                .required(paths.house_number, self.house_number, HOUSE_NUMBER_MAX)
                .map(|number| StreetBound::HouseNumber { number }),
            PointType::Intersection => {
                let (road_ban_id, road_name) =
                    chosen_street([paths.road_ban_id, paths.road_name], self.road_ban_id, self.road_name, face, report);
                Some(StreetBound::Intersection { road_name: road_name?, road_ban_id, crossing: self.crossing })
            }
            PointType::Point => {
                let Some(coordinates) = self.coordinates else {
                    report.add(paths.coordinates, ViolationCode::Required);
                    return None;
                };
                geometry::place(paths.coordinates, coordinates, report)
                    .map(|coordinates| StreetBound::Point { coordinates })
            }
        }
    }
}
