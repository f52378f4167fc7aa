//! From what was asked to what is found, and whether the organization may act there.

use dialog_db::Connection;
use dialog_db::locations::perimeter_shares;
use dialog_db::orders::OrganizationKeys;
use dialog_domain::{Location, LocationDescription, Measure, Violation, ViolationCode, WholeCityException};
use dialog_geocoder::{Bound, LocateError, Sources, locate_with};

use super::error::{OrderError, Result};
use super::labels;
use crate::app::AppState;
use crate::services::remote_addresses;

/// Below this share of a location inside the perimeter, the caller is warned.
const MOSTLY_INSIDE: f64 = 0.95;

/// Where the paths of the violations begin: at the order, or at the only measure of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathRoot {
    /// `measures[0].locations[0]…`
    Order,
    /// `locations[0]…`
    Measure,
}

/// What the locations to be found are found with; house numbers that only API Adresse has are asked before the transaction
/// in which they are.
pub async fn sources(state: &AppState, measures: &[Measure]) -> Sources {
    let locations = measures.iter().flat_map(|measure| &measure.locations);
    let to_find = locations.filter(|location| location.found.is_none()).map(|location| &location.asked);
    remote_addresses::sources(state, to_find).await
}

/// Finds the locations of `measures` that are not found yet, and checks that every one is inside the perimeter.
pub(super) async fn locate(
    connection: &mut Connection,
    organization: &OrganizationKeys,
    measures: &mut [Measure],
    sources: &Sources,
    root: PathRoot,
) -> Result<()> {
    let mut refused = Vec::new();
    for (measure_index, measure) in measures.iter_mut().enumerate() {
        for (index, location) in measure.locations.iter_mut().enumerate() {
            if location.found.is_some() {
                continue;
            }
            match locate_with(connection, &location.asked, sources).await {
                Ok(located) => {
                    let chosen = labels::chosen_streets(&location.asked);
                    location.asked = located.resolved;
                    location.found = Some(located.found);
                    labels::follow_codes(connection, &mut location.asked, &chosen).await?;
                }
                Err(LocateError::Database(error)) => return Err(OrderError::Query(error)),
                Err(error) => refused.push(violation(&error, &location.asked).under(&path(root, measure_index, index))),
            }
        }
    }
    refused.extend(outside_perimeter(connection, organization, measures, root).await?);
    if refused.is_empty() { Ok(()) } else { Err(OrderError::NotLocated(refused)) }
}

/// A violation for each location that has nothing inside the perimeter.
pub(super) async fn outside_perimeter(
    connection: &mut Connection,
    organization: &OrganizationKeys,
    measures: &[Measure],
    root: PathRoot,
) -> Result<Vec<Violation>> {
    Ok(shares(connection, organization, measures)
        .await?
        .into_iter()
        .filter(|placed| placed.share <= 0.0)
        .map(|placed| {
            Violation::new(location_field(&placed.location.asked), ViolationCode::OutsidePerimeter)
                .with("organization", &organization.name)
                .under(&path(root, placed.measure_index, placed.index))
        })
        .collect())
}

/// A French sentence for each location that lies partly outside the perimeter.
pub(super) async fn warnings(
    connection: &mut Connection,
    organization: &OrganizationKeys,
    measures: &[Measure],
) -> Result<Vec<String>> {
    Ok(shares(connection, organization, measures)
        .await?
        .into_iter()
        .filter(|placed| placed.share < MOSTLY_INSIDE)
        .map(|placed| dialog_text::partly_outside(&placed.location.asked, &organization.name, placed.share))
        .collect())
}

struct Placed<'a> {
    measure_index: usize,
    index: usize,
    location: &'a Location,
    share: f64,
}

async fn shares<'a>(
    connection: &mut Connection,
    organization: &OrganizationKeys,
    measures: &'a [Measure],
) -> Result<Vec<Placed<'a>>> {
    let mut located = Vec::new();
    let mut geometries = Vec::new();
    for (measure_index, measure) in measures.iter().enumerate() {
        for (index, location) in measure.locations.iter().enumerate() {
            if let Some(found) = &location.found {
                located.push((measure_index, index, location));
                geometries.push(found.geometry.to_string());
            }
        }
    }
    let shares = perimeter_shares(connection, organization.id, &geometries).await?;
    Ok(located
        .into_iter()
        .zip(shares)
        .map(|((measure_index, index, location), share)| Placed { measure_index, index, location, share })
        .collect())
}

fn path(root: PathRoot, measure_index: usize, index: usize) -> String {
    match root {
        PathRoot::Order => format!("measures[{measure_index}].locations[{index}]"),
        PathRoot::Measure => format!("locations[{index}]"),
    }
}

/// The broken rule on the field that the writer can correct.
fn violation(error: &LocateError, asked: &LocationDescription) -> Violation {
    match error {
        LocateError::UnknownCity => Violation::new(city_field(asked), ViolationCode::UnknownCity),
        LocateError::UnknownStreet { suggestions } => {
            suggested(Violation::new("namedStreet.roadName", ViolationCode::UnknownStreet), suggestions)
        }
        LocateError::UndrawnStreet => {
            Violation::new("namedStreet.roadName", ViolationCode::UnknownStreet).with("reason", "undrawn")
        }
        LocateError::UnknownHouseNumber { bound, number, suggestions } => {
            let violation = Violation::new(house_number_field(*bound), ViolationCode::UnknownHouseNumber);
            suggested(violation.with("number", number), suggestions)
        }
        LocateError::NoIntersection { bound, suggestions } => {
            suggested(Violation::new(crossing_field(*bound), ViolationCode::NoIntersection), suggestions)
        }
        LocateError::NoPath { bound, suggestions } => {
            suggested(Violation::new(bound_field(bound.unwrap_or(Bound::From)), ViolationCode::NoPath), suggestions)
        }
        LocateError::SamePlace => Violation::new(bound_field(Bound::From), ViolationCode::NoPath),
        LocateError::FarFromStreet { bound, .. } => {
            Violation::new(point_field(*bound), ViolationCode::InvalidGeometry).with("reason", "far_from_street")
        }
        LocateError::SelfCrossing => refused_geometry(asked, "self_crossing"),
        LocateError::NoRoad => refused_geometry(asked, "no_road"),
        LocateError::TooManyRoads => refused_geometry(asked, "too_large"),
        LocateError::Exception { rank, source } => violation_of_exception(*rank, source, asked),
        LocateError::UnknownRoad
        | LocateError::UnknownReferencePoint { .. }
        | LocateError::UnknownSide { .. }
        | LocateError::AmbiguousReferencePoint { .. }
        | LocateError::AbscissaOutOfRange { .. }
        | LocateError::NoRoadPath
        | LocateError::UnknownStorageArea => super::road_bound::violation(error, asked),
        _ => Violation::new(geometry_field(asked), ViolationCode::InvalidGeometry).with("reason", "unreadable"),
    }
}

/// What is wrong with what stays free in a whole city.
fn violation_of_exception(rank: usize, error: &LocateError, asked: &LocationDescription) -> Violation {
    let LocationDescription::WholeCity { exceptions, .. } = asked else { return violation(error, asked) };
    let exception = match exceptions.get(rank) {
        Some(WholeCityException::NamedStreet(street)) => LocationDescription::NamedStreet(street.clone()),
        Some(WholeCityException::RawGeoJson { label, geometry }) => {
            LocationDescription::RawGeoJson { label: label.clone(), geometry: geometry.clone() }
        }
        None => return violation(error, asked),
    };
    violation(error, &exception).under(&format!("wholeCity.exceptions[{rank}]"))
}

fn suggested(violation: Violation, suggestions: &[String]) -> Violation {
    if suggestions.is_empty() { violation } else { violation.with("suggestions", suggestions.join(",")) }
}

fn refused_geometry(asked: &LocationDescription, reason: &str) -> Violation {
    let field = if matches!(asked, LocationDescription::WholeCity { .. }) {
        location_field(asked)
    } else {
        geometry_field(asked)
    };
    Violation::new(field, ViolationCode::InvalidGeometry).with("reason", reason)
}

const fn bound_field(bound: Bound) -> &'static str {
    match bound {
        Bound::From => "namedStreet.fromPointType",
        Bound::To => "namedStreet.toPointType",
    }
}

const fn point_field(bound: Bound) -> &'static str {
    match bound {
        Bound::From => "namedStreet.fromCoordinates",
        Bound::To => "namedStreet.toCoordinates",
    }
}

const fn house_number_field(bound: Bound) -> &'static str {
    match bound {
        Bound::From => "namedStreet.fromHouseNumber",
        Bound::To => "namedStreet.toHouseNumber",
    }
}

const fn crossing_field(bound: Bound) -> &'static str {
    match bound {
        Bound::From => "namedStreet.fromRoadName",
        Bound::To => "namedStreet.toRoadName",
    }
}

/// The field of the commune.
const fn city_field(asked: &LocationDescription) -> &'static str {
    match asked {
        LocationDescription::WholeCity { .. } => "wholeCity.cityCode",
        _ => "namedStreet.cityCode",
    }
}

/// The field that says where.
const fn location_field(asked: &LocationDescription) -> &'static str {
    match asked {
        LocationDescription::NamedStreet(_) => "namedStreet.roadName",
        LocationDescription::DepartmentalRoad(_) => "departmentalRoad.roadNumber",
        LocationDescription::NationalRoad(_) => "nationalRoad.roadNumber",
        LocationDescription::RawGeoJson { .. } => "rawGeoJSON.geometry",
        LocationDescription::WholeCity { .. } => "wholeCity.cityLabel",
        LocationDescription::Zone { .. } => "zone.geometry",
    }
}

/// The field of the geometry that was sent.
const fn geometry_field(asked: &LocationDescription) -> &'static str {
    match asked {
        LocationDescription::NamedStreet(_) => "namedStreet.geometry",
        LocationDescription::DepartmentalRoad(_) => "departmentalRoad.geometry",
        LocationDescription::NationalRoad(_) => "nationalRoad.geometry",
        LocationDescription::RawGeoJson { .. } | LocationDescription::WholeCity { .. } => "rawGeoJSON.geometry",
        LocationDescription::Zone { .. } => "zone.geometry",
    }
}
