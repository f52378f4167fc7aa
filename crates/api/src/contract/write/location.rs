use dialog_api_types::wire::{WriteLocation, WriteNamedStreet, WriteNumberedRoad, WriteRawGeoJson, WriteWholeCity};
use dialog_domain::{
    Direction, LocationId, RoadType,
    input::{
        LocationInput, NamedStreetInput, NumberedRoadInput, RawGeoJsonInput, WholeCityExceptionInput, WholeCityInput,
        ZoneInput,
    },
};
use serde_json::Value;
use uuid::Uuid;

use super::{Mapping, known};
use crate::contract::body::wrong_type;

const ROAD_TYPES: &str = r#""lane"|"departmentalRoad"|"nationalRoad"|"rawGeoJSON"|"wholeCity"|"zone""#;
const DIRECTIONS: &str = r#""BOTH"|"A_TO_B"|"B_TO_A""#;

impl Mapping {
    pub(super) fn location(&mut self, location: &WriteLocation, path: &str) -> LocationInput {
        LocationInput {
            uuid: location.uuid.map(LocationId),
            road_type: self.word::<RoadType>(&format!("{path}.roadType"), location.road_type.as_deref(), ROAD_TYPES),
            named_street: location
                .named_street
                .as_ref()
                .map(|street| self.named_street(street, &format!("{path}.namedStreet"))),
            departmental_road: self.road(location, RoadType::DepartmentalRoad, path),
            national_road: self.road(location, RoadType::NationalRoad, path),
            raw_geo_json: location.raw_geo_json.as_ref().map(|drawing| RawGeoJsonInput {
                label: drawing.label.clone(),
                // Where it is read; that of the section counts.
                geometry: match &drawing.geometry {
                    None | Some(Value::Null) => self.geometry(path, location.geometry.as_ref()),
                    own => self.geometry(&format!("{path}.rawGeoJSON"), own.as_ref()),
                },
            }),
            whole_city: location.whole_city.as_ref().map(|city| self.whole_city(city, &format!("{path}.wholeCity"))),
            zone: location.zone.as_ref().map(|zone| ZoneInput {
                label: zone.label.clone(),
                geometry: self.geometry(&format!("{path}.zone"), zone.geometry.as_ref()),
            }),
        }
    }

    /// The section of a numbered road: under its own name, else under the one by which both kinds are read.
    fn road(&mut self, location: &WriteLocation, kind: RoadType, path: &str) -> Option<NumberedRoadInput> {
        let (name, own) = match kind {
            RoadType::NationalRoad => ("nationalRoad", location.national_road.as_ref()),
            _ => ("departmentalRoad", location.departmental_road.as_ref()),
        };
        if let Some(road) = own {
            return Some(self.numbered_road(road, kind, &format!("{path}.{name}")));
        }
        let is_meant = location.road_type.as_deref().and_then(known::<RoadType>) == Some(kind);
        let read = location.numbered_road.as_ref().filter(|_| is_meant);
        read.map(|road| self.numbered_road(road, kind, &format!("{path}.numberedRoad")))
    }

    fn whole_city(&mut self, city: &WriteWholeCity, path: &str) -> WholeCityInput {
        let exceptions = city.exceptions.iter().flatten().enumerate().map(|(rank, exception)| {
            let path = format!("{path}.exceptions[{rank}]");
            let street = exception.named_street.as_ref();
            let drawing = exception.raw_geo_json.as_ref();
            WholeCityExceptionInput {
                road_type: self.word(&format!("{path}.roadType"), exception.road_type.as_deref(), ROAD_TYPES),
                named_street: street.map(|street| self.named_street(street, &format!("{path}.namedStreet"))),
                raw_geo_json: drawing.map(|drawing| self.drawing(drawing, &format!("{path}.rawGeoJSON"))),
            }
        });
        let exceptions = exceptions.collect();
        WholeCityInput { city_code: city.city_code.clone(), city_label: city.city_label.clone(), exceptions }
    }

    /// Identifiers of streets are not read from the body: they are resolved from the names.
    fn named_street(&mut self, street: &WriteNamedStreet, path: &str) -> NamedStreetInput {
        NamedStreetInput {
            city_code: street.city_code.clone(),
            city_label: street.city_label.clone(),
            road_name: street.road_name.clone(),
            from_point_type: street.from_point_type.clone(),
            from_house_number: street.from_house_number.clone(),
            from_road_name: street.from_road_name.clone(),
            from_crossing: street.from_crossing,
            from_coordinates: street.from_coordinates,
            to_point_type: street.to_point_type.clone(),
            to_house_number: street.to_house_number.clone(),
            to_road_name: street.to_road_name.clone(),
            to_crossing: street.to_crossing,
            to_coordinates: street.to_coordinates,
            direction: self.direction(path, street.direction.as_deref()),
            geometry: self.geometry(path, street.geometry.as_ref()),
            ..NamedStreetInput::default()
        }
    }

    fn numbered_road(&mut self, road: &WriteNumberedRoad, kind: RoadType, path: &str) -> NumberedRoadInput {
        // Nothing else has one: existing clients may send anything there.
        let area = road.storage_area_uuid.as_deref().filter(|_| kind == RoadType::NationalRoad);
        NumberedRoadInput {
            administrator: road.administrator.clone(),
            road_number: road.road_number.clone(),
            from_point_number: road.from_point_number.clone(),
            from_department_code: road.from_department_code.clone(),
            from_side: road.from_side.clone(),
            from_abscissa: road.from_abscissa,
            to_point_number: road.to_point_number.clone(),
            to_department_code: road.to_department_code.clone(),
            to_side: road.to_side.clone(),
            to_abscissa: road.to_abscissa,
            storage_area_uuid: self.uuid(&format!("{path}.storageAreaUuid"), area),
            direction: self.direction(path, road.direction.as_deref()),
            geometry: self.geometry(path, road.geometry.as_ref()),
        }
    }

    fn drawing(&mut self, drawing: &WriteRawGeoJson, path: &str) -> RawGeoJsonInput {
        RawGeoJsonInput { label: drawing.label.clone(), geometry: self.geometry(path, drawing.geometry.as_ref()) }
    }

    fn direction(&mut self, path: &str, text: Option<&str>) -> Option<Direction> {
        self.word(&format!("{path}.direction"), text, DIRECTIONS)
    }

    /// A text, or the object itself.
    fn geometry(&mut self, path: &str, value: Option<&Value>) -> Option<String> {
        match value? {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            object @ Value::Object(_) => Some(object.to_string()),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                self.wrong_types.push(wrong_type(format!("{path}.geometry"), "string"));
                None
            }
        }
    }

    /// A UUID; an empty text is a missing one.
    fn uuid(&mut self, path: &str, text: Option<&str>) -> Option<Uuid> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let uuid = Uuid::try_parse(text).ok();
        if uuid.is_none() {
            self.wrong_types.push(wrong_type(path.to_owned(), "uuid"));
        }
        uuid
    }
}
