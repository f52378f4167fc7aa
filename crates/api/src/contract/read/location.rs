//! From a location to the answers of the contract.

use dialog_api_types::wire::{
    DrawingView, ExceptionView, LocationView, NamedStreetView, NumberedRoadView, RawGeoJsonView, StorageAreaView,
    WholeCityView,
};
use dialog_domain::{
    Geometry, Location, LocationDescription, NamedStreet, NumberedRoad, PointType, RoadType, StreetBound,
    WholeCityException,
};
use geojson::{GeometryValue, Position};

pub(super) fn location_view(location: &Location) -> LocationView {
    let mut view = LocationView {
        uuid: location.id.0,
        road_type: location.asked.road_type(),
        named_street: None,
        numbered_road: None,
        raw_geo_json: None,
        storage_area: location.found.as_ref().and_then(|found| {
            let description = Some(found.storage_area.as_ref()?.description.clone());
            Some(StorageAreaView { description })
        }),
        zone: None,
        geometry: location.found.as_ref().map(|found| geometry_text(&found.geometry)),
        whole_city: None,
    };
    match &location.asked {
        LocationDescription::NamedStreet(street) => view.named_street = Some(named_street_view(street)),
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            view.numbered_road = Some(numbered_road_view(road));
        }
        LocationDescription::RawGeoJson { label, .. } => {
            view.raw_geo_json = Some(RawGeoJsonView { label: label.clone() });
        }
        LocationDescription::WholeCity { city_code, city_label, exceptions } => {
            view.whole_city = Some(WholeCityView {
                city_code: city_code.clone(),
                city_label: city_label.clone(),
                exceptions: exceptions.iter().map(exception_view).collect(),
            });
        }
        LocationDescription::Zone { label, geometry } => view.zone = Some(drawing_view(label, geometry)),
    }
    view
}

fn exception_view(exception: &WholeCityException) -> ExceptionView {
    let (named_street, raw_geo_json) = match exception {
        WholeCityException::NamedStreet(street) => (Some(named_street_view(street)), None),
        WholeCityException::RawGeoJson { label, geometry } => (None, Some(drawing_view(label, geometry))),
    };
    let road_type = if named_street.is_some() { RoadType::Lane } else { RoadType::RawGeoJson };
    ExceptionView { road_type, named_street, raw_geo_json }
}

fn drawing_view(label: &str, geometry: &Geometry) -> DrawingView {
    DrawingView { label: label.to_owned(), geometry: geometry_text(geometry) }
}

fn named_street_view(street: &NamedStreet) -> NamedStreetView {
    let from = bound_view(street.from.as_ref());
    let to = bound_view(street.to.as_ref());
    NamedStreetView {
        city_label: Some(street.city_label.clone()),
        road_name: Some(street.road_name.clone()),
        from_house_number: from.house_number,
        from_road_name: from.road_name,
        to_house_number: to.house_number,
        to_road_name: to.road_name,
        city_code: street.city_code.clone(),
        road_ban_id: street.road_ban_id.clone(),
        direction: street.direction,
        from_point_type: from.point_type,
        to_point_type: to.point_type,
        from_crossing: from.crossing,
        to_crossing: to.crossing,
        from_coordinates: from.coordinates,
        to_coordinates: to.coordinates,
        geometry: street.geometry.as_ref().map(geometry_text),
    }
}

#[derive(Default)]
struct BoundView {
    point_type: Option<PointType>,
    house_number: Option<String>,
    road_name: Option<String>,
    crossing: Option<u16>,
    coordinates: Option<[f64; 2]>,
}

fn bound_view(bound: Option<&StreetBound>) -> BoundView {
    match bound {
        None => BoundView::default(),
        Some(StreetBound::HouseNumber { number }) => BoundView {
            point_type: Some(PointType::HouseNumber),
            house_number: Some(number.clone()),
            ..BoundView::default()
        },
        Some(StreetBound::Intersection { road_name, crossing, .. }) => BoundView {
            point_type: Some(PointType::Intersection),
            road_name: Some(road_name.clone()),
            crossing: *crossing,
            ..BoundView::default()
        },
        Some(StreetBound::Point { coordinates }) => {
            BoundView { point_type: Some(PointType::Point), coordinates: Some(*coordinates), ..BoundView::default() }
        }
    }
}

fn numbered_road_view(road: &NumberedRoad) -> NumberedRoadView {
    NumberedRoadView {
        administrator: road.administrator.clone(),
        road_number: road.road_number.clone(),
        from_point_number: road.from.point_number.clone(),
        from_abscissa: road.from.abscissa_m,
        from_side: road.from.side,
        to_point_number: road.to.point_number.clone(),
        to_abscissa: road.to.abscissa_m,
        to_side: road.to.side,
        from_department_code: road.from.department_code.clone(),
        to_department_code: road.to.department_code.clone(),
        direction: road.direction,
        storage_area_uuid: road.storage_area_id,
        geometry: road.geometry.as_ref().map(geometry_text),
    }
}

/// The geometry as a text, nine decimals at most.
fn geometry_text(Geometry(geometry): &Geometry) -> String {
    let mut geometry = geometry.clone();
    round(&mut geometry.value);
    geometry.to_string()
}

fn round(value: &mut GeometryValue) {
    match value {
        GeometryValue::Point { coordinates } => round_position(coordinates),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            coordinates.iter_mut().for_each(round_position);
        }
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            coordinates.iter_mut().flatten().for_each(round_position);
        }
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter_mut().flatten().flatten().for_each(round_position);
        }
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter_mut().for_each(|geometry| round(&mut geometry.value));
        }
    }
}

fn round_position(position: &mut Position) {
    let rounded: Vec<f64> = position.as_slice().iter().map(|degrees| (degrees * 1e9).round() / 1e9).collect();
    *position = Position::from(rounded);
}
