//! Where a measure applies.

use dialog_domain::{
    Direction, Geometry, Location as DomainLocation, LocationDescription, NamedStreet, NumberedRoad,
    ReferencePointBound, RoadSide, WholeCityException,
};

use super::geometry::{Part, parts, polygons};
use crate::{
    datex::{
        model::{
            Area, Condition, Description, ExternalReference, Linear, LinearSection, Location, MarkerPoint, NonEmpty,
            Point, SingleLocation,
        },
        text::Text,
        words::LinearDirection,
    },
    loss::{LossCode, Losses},
};

/// The condition of one location; `None` when nothing of it can be said.
pub(super) fn condition(location: &DomainLocation, path: &str, losses: &mut Losses) -> Option<Condition> {
    let Some(found) = &location.found else {
        losses.add(path, LossCode::NotLocated, dialog_text::location(&location.asked));
        return None;
    };
    let place = match &location.asked {
        LocationDescription::NamedStreet(street) => {
            let mut place = Place::street(street, path, losses);
            place.description.text = Some(Text::new(&dialog_text::location(&location.asked), path, losses));
            place
        }
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            let mut place = Place::road(road, path, losses);
            place.description.text = Some(Text::new(&dialog_text::location(&location.asked), path, losses));
            place
        }
        LocationDescription::RawGeoJson { label, .. } => Place::drawing(label, path, losses),
        LocationDescription::WholeCity { city_code, city_label, exceptions } => {
            let area = Area {
                references: vec![insee(city_code, path, losses)],
                name: Text::new(city_label, path, losses),
                is_municipality: true,
                polygons: polygons(&found.geometry, path, losses),
                geo_json: Some(found.geometry.to_string()),
            };
            return Some(whole_city(location, area, exceptions, path, losses));
        }
        LocationDescription::Zone { label, geometry } => {
            let area = Area {
                references: Vec::new(),
                name: Text::new(label, path, losses),
                is_municipality: false,
                polygons: polygons(geometry, path, losses),
                geo_json: Some(found.geometry.to_string()),
            };
            let area = Location(NonEmpty::one(SingleLocation::Area(area)));
            return Some(Condition::Location { id: Some(location.id), location: area });
        }
    };
    let location_of_parts = place.locate(&found.geometry, path, losses)?;
    Some(Condition::Location { id: Some(location.id), location: location_of_parts })
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
        let place = Place { references: Vec::new(), description, direction: Direction::Both, markers: None };
        place.locate(&area.geometry, path, losses)
    });
    if place.is_none() {
        losses.add(path, LossCode::StorageAreaLeftOut, road.road_number.clone());
    }
    Some(Condition::any(NonEmpty::one(Condition::Location { id: None, location: place? })))
}

/// The commune without what stays free.
fn whole_city(
    location: &DomainLocation,
    area: Area,
    exceptions: &[WholeCityException],
    path: &str,
    losses: &mut Losses,
) -> Condition {
    let city =
        Condition::Location { id: Some(location.id), location: Location(NonEmpty::one(SingleLocation::Area(area))) };
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
            place.description.text = Some(Text::new(&dialog_text::location(&asked), path, losses));
            (place, street.geometry.as_ref())
        }
        WholeCityException::RawGeoJson { label, geometry } => (Place::drawing(label, path, losses), Some(geometry)),
    };
    let location = match geometry {
        Some(geometry) => place.locate(geometry, path, losses)?,
        None => {
            let name = place.description.road_name.as_ref().map(|name| name.as_str().to_owned());
            losses.add(path, LossCode::ExceptionNotLocated, name.unwrap_or_default());
            let Place { references, description, .. } = place;
            let linear = Linear { references, description, line: None, section: None };
            Location(NonEmpty::one(SingleLocation::Linear(linear)))
        }
    };
    Some(Condition::Location { id: None, location })
}

/// What is known of a location beside its geometry.
struct Place {
    references: Vec<ExternalReference>,
    description: Description,
    direction: Direction,
    /// For a numbered road whose line is in one piece.
    markers: Option<LinearSection>,
}

impl Place {
    fn street(street: &NamedStreet, path: &str, losses: &mut Losses) -> Self {
        let mut references = vec![insee(&street.city_code, path, losses)];
        if let Some(id) = &street.road_ban_id {
            references.push(ExternalReference { system: street_system(id), code: Text::new(id, path, losses) });
        }
        // The segments of a whole street are drawn in any order: "from A to B" means nothing on them.
        let is_undirected = street.is_whole() && street.geometry.is_none();
        let direction = if is_undirected { Direction::Both } else { street.direction };
        if direction != street.direction {
            losses.add(path, LossCode::DirectionUnknown, street.road_name.clone());
        }
        let road_name = Some(Text::new(&street.road_name, path, losses));
        Self { references, description: Description { road_name, ..Description::default() }, direction, markers: None }
    }

    fn road(road: &NumberedRoad, path: &str, losses: &mut Losses) -> Self {
        let road_number = Text::new(&road.road_number, path, losses);
        let markers = relative_direction(road).map(|direction| LinearSection::Markers {
            direction,
            road_number: road_number.clone(),
            from: marker(&road.from, path, losses),
            to: marker(&road.to, path, losses),
        });
        let description = Description { road_number: Some(road_number), ..Description::default() };
        Self { references: Vec::new(), description, direction: road.direction, markers }
    }

    fn drawing(label: &str, path: &str, losses: &mut Losses) -> Self {
        let text = Some(Text::new(label, path, losses));
        let description = Description { text, ..Description::default() };
        Self { references: Vec::new(), description, direction: Direction::Both, markers: None }
    }

    /// The place on `geometry`, lines in the direction of travel.
    fn locate(mut self, geometry: &Geometry, path: &str, losses: &mut Losses) -> Option<Location> {
        let mut parts = parts(geometry, path, losses);
        if self.direction == Direction::BToA {
            parts.reverse();
        }
        if parts.len() > 1 {
            self.markers = None;
        }
        let located = parts.into_iter().map(|part| self.part(part)).collect();
        NonEmpty::from_vec(located).map(Location)
    }

    fn part(&self, part: Part) -> SingleLocation {
        let (references, description) = (self.references.clone(), self.description.clone());
        match part {
            Part::Line(line) => {
                let one_way = (self.direction != Direction::Both).then_some(LinearSection::AlongLine);
                let line = if self.direction == Direction::BToA { line.reversed() } else { line };
                let section = self.markers.clone().or(one_way);
                SingleLocation::Linear(Linear { references, description, line: Some(line), section })
            }
            Part::Point(position) => SingleLocation::Point(Point { references, description, position }),
            Part::Polygon(polygon) => {
                let Description { text, road_name, road_number } = description;
                let name = text.or(road_name).or(road_number).unwrap_or_default();
                let geo_json = Some(polygon.to_geo_json());
                let polygons = vec![polygon];
                SingleLocation::Area(Area { references, name, is_municipality: false, polygons, geo_json })
            }
        }
    }
}

/// The direction of traffic against that of growing reference points; `None` when their numbers cannot be compared.
fn relative_direction(road: &NumberedRoad) -> Option<LinearDirection> {
    let rank = |bound: &ReferencePointBound| Some((bound.point_number.parse::<u32>().ok()?, bound.abscissa_m));
    let is_growing = rank(&road.from)? <= rank(&road.to)?;
    Some(match (road.direction, is_growing) {
        (Direction::Both, _) => LinearDirection::Both,
        (Direction::AToB, true) | (Direction::BToA, false) => LinearDirection::Aligned,
        (Direction::AToB, false) | (Direction::BToA, true) => LinearDirection::Opposite,
    })
}

/// A reference point as road managers name it: `46PR1D` is PR 1 of département 46, right carriageway.
fn marker(bound: &ReferencePointBound, path: &str, losses: &mut Losses) -> MarkerPoint {
    let side = match bound.side {
        RoadSide::U => "U",
        RoadSide::D => "D",
        RoadSide::G => "G",
    };
    let department = bound.department_code.as_deref().unwrap_or_default();
    let name = format!("{department}PR{}{side}", bound.point_number);
    MarkerPoint { marker: Text::new(&name, path, losses), distance_m: bound.abscissa_m }
}

fn insee(city_code: &str, path: &str, losses: &mut Losses) -> ExternalReference {
    ExternalReference { system: "INSEE:commune", code: Text::new(city_code, path, losses) }
}

/// Streets that the national address base does not know get an identifier of ours: `<commune>_x<hash>`, longer than
/// those of the base, which have four digits or six characters after the commune.
fn street_system(id: &str) -> &'static str {
    let is_ours = id.split_once('_').is_some_and(|(_, rest)| rest.starts_with('x') && rest.len() > 6);
    if is_ours { "DiaLog:voie" } else { "BAN:voie" }
}
