//! Where a measure applies.

use dialog_domain::{
    Confidence, Found, Location as DomainLocation, LocationDescription, NamedStreet, StreetBound, WholeCityException,
};

use super::{
    geometry::{geo_json, polygons},
    place::{Place, insee},
};
use crate::{
    datex::{
        model::{Area, BoundNote, Condition, Description, Location, LocationNote, NonEmpty, SingleLocation},
        text::Text,
    },
    loss::{LossCode, Losses},
};

/// The condition of one location; `None` when nothing of it can be said.
pub(super) fn condition(location: &DomainLocation, path: &str, losses: &mut Losses) -> Option<Condition> {
    let Some(found) = &location.found else {
        losses.add(path, LossCode::NotLocated, dialog_text::location(&location.asked));
        return None;
    };
    let note = Some(note(location, found, path, losses));
    let place = match &location.asked {
        LocationDescription::NamedStreet(street) => {
            let mut place = Place::street(street, path, losses);
            place.describe(&dialog_text::location(&location.asked), path, losses);
            place
        }
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            let mut place = Place::road(road, found, path, losses);
            place.describe(&dialog_text::location(&location.asked), path, losses);
            place
        }
        LocationDescription::RawGeoJson { label, .. } => Place::drawing(label, path, losses),
        LocationDescription::WholeCity { city_code, city_label, exceptions } => {
            let area = Area {
                references: vec![insee(city_code, path, losses)],
                name: Text::new(city_label, path, losses),
                is_municipality: true,
                polygons: polygons(found.contour.as_ref().unwrap_or(&found.geometry), path, losses),
                geo_json: geo_json(&found.geometry, path, losses),
            };
            return Some(whole_city(note, area, exceptions, path, losses));
        }
        LocationDescription::Zone { label, geometry } => {
            let area = Area {
                references: Vec::new(),
                name: Text::new(label, path, losses),
                is_municipality: false,
                polygons: polygons(geometry, path, losses),
                geo_json: geo_json(&found.geometry, path, losses),
            };
            let area = Location(NonEmpty::one(SingleLocation::Area(area)));
            return Some(Condition::Location { note, location: area });
        }
    };
    let location = place.found_on(found, path, losses).locate(&found.geometry, path, losses)?;
    Some(Condition::Location { note, location })
}

/// Where lorries wait, when the location asks for it; it has no identifier of ours.
pub(super) fn storage_area(location: &DomainLocation, path: &str, losses: &mut Losses) -> Option<Condition> {
    let LocationDescription::NationalRoad(road) = &location.asked else { return None };
    road.storage_area_id?;
    let area = location.found.as_ref().and_then(|found| found.storage_area.as_ref());
    let place = area.and_then(|area| {
        let text = Some(Text::new(&area.description, path, losses));
        let road_number = Some(Text::new(&area.road_number, path, losses));
        let description = Description { text, road_number, ..Description::default() };
        Place::described(description).locate(&area.geometry, path, losses)
    });
    if place.is_none() {
        losses.add(path, LossCode::StorageAreaLeftOut, road.road_number.clone());
    }
    Some(Condition::any(NonEmpty::one(Condition::Location { note: None, location: place? })))
}

/// The commune without what stays free.
fn whole_city(
    note: Option<LocationNote>,
    area: Area,
    exceptions: &[WholeCityException],
    path: &str,
    losses: &mut Losses,
) -> Condition {
    let city = Condition::Location { note, location: Location(NonEmpty::one(SingleLocation::Area(area))) };
    let free = exceptions
        .iter()
        .enumerate()
        .filter_map(|(i, exception)| exception_condition(exception, &format!("{path}.exceptions[{i}]"), losses))
        .collect();
    match NonEmpty::from_vec(free) {
        None => city,
        Some(free) => match NonEmpty::from_vec(vec![city.clone(), Condition::none(free)]) {
            Some(both) => Condition::all(both),
            None => city,
        },
    }
}

fn exception_condition(exception: &WholeCityException, path: &str, losses: &mut Losses) -> Option<Condition> {
    let (place, geometry) = match exception {
        WholeCityException::NamedStreet(street) => {
            let mut place = Place::street(street, path, losses);
            let asked = LocationDescription::NamedStreet(street.clone());
            place.describe(&dialog_text::location(&asked), path, losses);
            (place, street.geometry.as_ref())
        }
        WholeCityException::RawGeoJson { label, geometry } => (Place::drawing(label, path, losses), Some(geometry)),
    };
    let location = match geometry {
        Some(geometry) => place.locate(geometry, path, losses)?,
        None => {
            let linear = place.named_only();
            let name = linear.description.road_name.as_ref().map(|name| name.as_str().to_owned());
            losses.add(path, LossCode::ExceptionNotLocated, name.unwrap_or_default());
            Location(NonEmpty::one(SingleLocation::Linear(linear)))
        }
    };
    Some(Condition::Location { note: None, location })
}

/// What our own extension tells of a location that was found.
fn note(location: &DomainLocation, found: &Found, path: &str, losses: &mut Losses) -> LocationNote {
    LocationNote {
        id: location.id,
        edition: found.edition.as_deref().map(|edition| Text::new(edition, path, losses)),
        confidence: match found.confidence {
            Confidence::Exact => "exact",
            Confidence::Approximate => "approximate",
        },
        bounds: match &location.asked {
            LocationDescription::NamedStreet(NamedStreet { from: Some(from), to: Some(to), .. }) => {
                Some([from, to].map(|bound| bound_note(bound, path, losses)))
            }
            _ => None,
        },
    }
}

fn bound_note(bound: &StreetBound, path: &str, losses: &mut Losses) -> BoundNote {
    let (kind, text) = match bound {
        StreetBound::HouseNumber { number } => ("houseNumber", number.clone()),
        StreetBound::Intersection { road_name, .. } => ("intersection", road_name.clone()),
        // As everywhere in DATEX II.
        StreetBound::Point { coordinates: [longitude, latitude] } => ("point", format!("{latitude} {longitude}")),
    };
    BoundNote { kind, text: Text::new(&text, path, losses) }
}
