//! Rules of a location: which section is filled, then that section.

use super::{
    Context, Face,
    city::{self, City},
    geometry::{self, Accepted},
    named_street, numbered_road,
    report::Report,
};
use crate::{
    Location, LocationDescription, LocationId, RoadType, ViolationCode, WholeCityException,
    input::{LocationInput, RawGeoJsonInput, WholeCityExceptionInput, WholeCityInput, ZoneInput},
};

/// Longest description of a drawing, in characters.
pub const RAW_LABEL_MAX: usize = 5000;
/// Longest name of a zone or of a drawn exception, in characters.
pub const ZONE_LABEL_MAX: usize = 255;

pub(super) fn check(input: &LocationInput, context: &mut Context<'_>, report: &mut Report) -> Option<Location> {
    let face = context.face;
    if face == Face::Integrator && filled_sections(input) != 1 {
        report.add("", ViolationCode::LocationNotExclusive);
    }
    let Some(road_type) = input.road_type else {
        report.add("roadType", ViolationCode::Required);
        return None;
    };
    let asked = match road_type {
        RoadType::Lane => section(input.named_street.as_ref(), "namedStreet", face, report, |section, report| {
            named_street::check(section, None, face, report).map(LocationDescription::NamedStreet)
        }),
        RoadType::DepartmentalRoad => {
            section(input.departmental_road.as_ref(), "departmentalRoad", face, report, |section, report| {
                numbered_road::check(section, false, report).map(LocationDescription::DepartmentalRoad)
            })
        }
        RoadType::NationalRoad => {
            section(input.national_road.as_ref(), "nationalRoad", face, report, |section, report| {
                numbered_road::check(section, true, report).map(LocationDescription::NationalRoad)
            })
        }
        RoadType::RawGeoJson => section(input.raw_geo_json.as_ref(), "rawGeoJSON", face, report, |section, report| {
            let (label, geometry) = drawing(section, RAW_LABEL_MAX, report)?;
            Some(LocationDescription::RawGeoJson { label, geometry })
        }),
        RoadType::WholeCity => section(input.whole_city.as_ref(), "wholeCity", face, report, |section, report| {
            whole_city(section, face, report)
        }),
        RoadType::Zone => section(input.zone.as_ref(), "zone", face, report, zone),
    };
    Some(Location { id: input.uuid.unwrap_or_else(|| LocationId((context.new_id)())), asked: asked?, found: None })
}

/// Number of sections whose marker field was sent, be it empty.
fn filled_sections(input: &LocationInput) -> usize {
    [
        input.named_street.as_ref().is_some_and(|section| section.road_name.is_some()),
        input.departmental_road.as_ref().is_some_and(|section| section.road_number.is_some()),
        input.national_road.as_ref().is_some_and(|section| section.road_number.is_some()),
        input.raw_geo_json.as_ref().is_some_and(|section| section.label.is_some()),
        input.whole_city.as_ref().is_some_and(|section| section.city_code.is_some()),
        input.zone.as_ref().is_some_and(|section| section.label.is_some()),
    ]
    .into_iter()
    .filter(|filled| *filled)
    .count()
}

/// Checks the section that `roadType` names. An integrator must send it; a form that has not filled it yet is told
/// which fields to fill.
fn section<I: Default, T>(
    given: Option<&I>,
    name: &str,
    face: Face,
    report: &mut Report,
    check: impl FnOnce(&I, &mut Report) -> Option<T>,
) -> Option<T> {
    if given.is_none() && face == Face::Integrator {
        report.add("roadType", ViolationCode::LocationMismatch);
        return None;
    }
    let empty = I::default();
    report.under(name, |report| check(given.unwrap_or(&empty), report))
}

fn drawing(input: &RawGeoJsonInput, label_max: usize, report: &mut Report) -> Option<(String, crate::Geometry)> {
    let label = report.required("label", input.label.as_deref(), label_max);
    let geometry = geometry::required("geometry", input.geometry.as_deref(), Accepted::Any, report);
    label.zip(geometry)
}

fn zone(input: &ZoneInput, report: &mut Report) -> Option<LocationDescription> {
    let label = report.required("label", input.label.as_deref(), ZONE_LABEL_MAX);
    let geometry = geometry::required("geometry", input.geometry.as_deref(), Accepted::Polygons, report);
    Some(LocationDescription::Zone { label: label?, geometry: geometry? })
}

fn whole_city(input: &WholeCityInput, face: Face, report: &mut Report) -> Option<LocationDescription> {
    let city = city::check(input.city_code.as_deref(), input.city_label.as_deref(), face, report);
    // Without a city the exceptions are checked all the same, for the rest of their fields.
    let parent = city.clone().unwrap_or_default();
    let exceptions = report.each("exceptions", &input.exceptions, |report, exception| {
        whole_city_exception(exception, &parent, face, report)
    });
    let City { code, label } = city?;
    Some(LocationDescription::WholeCity { city_code: code, city_label: label, exceptions: exceptions? })
}

fn whole_city_exception(
    input: &WholeCityExceptionInput,
    city: &City,
    face: Face,
    report: &mut Report,
) -> Option<WholeCityException> {
    match input.road_type {
        None | Some(RoadType::Lane) => {
            section(input.named_street.as_ref(), "namedStreet", face, report, |section, report| {
                named_street::check(section, Some(city), face, report).map(WholeCityException::NamedStreet)
            })
        }
        Some(RoadType::RawGeoJson) => {
            section(input.raw_geo_json.as_ref(), "rawGeoJSON", face, report, |section, report| {
                let (label, geometry) = drawing(section, ZONE_LABEL_MAX, report)?;
                Some(WholeCityException::RawGeoJson { label, geometry })
            })
        }
        Some(_) => {
            report.add("roadType", ViolationCode::NotAChoice);
            None
        }
    }
}
