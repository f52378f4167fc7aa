//! What the contract allows but this version cannot do yet. Nothing of it is stored.

use dialog_api_types::problem::ViolationView;
use dialog_domain::{LocationDescription, OrderContent, Violation, ViolationCode};

use super::violations;

/// The locations that cannot be found on the network yet: numbered roads, unless their geometry was sent, whole
/// cities and zones. Empty: everything is supported.
#[must_use]
pub fn unsupported(content: &OrderContent) -> Vec<ViolationView> {
    let mut violations = Vec::new();
    for (m, measure) in content.measures.iter().enumerate() {
        for (l, location) in measure.locations.iter().enumerate() {
            if !is_supported(&location.asked) {
                let path = format!("measures[{m}].locations[{l}].roadType");
                violations.push(Violation::new(path, ViolationCode::NotSupportedYet));
            }
        }
    }
    violations::on_the_wire(&violations)
}

const fn is_supported(asked: &LocationDescription) -> bool {
    match asked {
        LocationDescription::NamedStreet(_) | LocationDescription::RawGeoJson { .. } => true,
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            road.geometry.is_some()
        }
        LocationDescription::WholeCity { .. } | LocationDescription::Zone { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use dialog_domain::{
        Direction, Geometry, Location, LocationId, Measure, MeasureId, MeasureType, NumberedRoad, OrderCategory,
        ReferencePointBound, RoadSide, VehicleSet,
    };
    use uuid::Uuid;

    use super::*;

    fn content(geometry: Option<Geometry>) -> OrderContent {
        let bound = || ReferencePointBound {
            point_number: "1".to_owned(),
            department_code: None,
            side: RoadSide::U,
            abscissa_m: 0,
        };
        let road = NumberedRoad {
            administrator: "Isère".to_owned(),
            road_number: "D160".to_owned(),
            from: bound(),
            to: bound(),
            storage_area_id: None,
            direction: Direction::Both,
            geometry,
        };
        let asked = LocationDescription::DepartmentalRoad(road);
        OrderContent {
            category: OrderCategory::PermanentRegulation,
            subject: None,
            other_category_text: None,
            title: "Titre".to_owned(),
            measures: vec![Measure {
                id: MeasureId(Uuid::nil()),
                kind: MeasureType::NoEntry,
                max_speed_kmh: None,
                vehicle_set: VehicleSet::default(),
                periods: Vec::new(),
                locations: vec![Location { id: LocationId(Uuid::nil()), asked, found: None }],
                created_at: chrono::DateTime::UNIX_EPOCH,
            }],
            repeal: None,
        }
    }

    #[test]
    fn numbered_road_is_supported_only_with_its_geometry() {
        let refused = unsupported(&content(None));
        assert_eq!(refused.len(), 1);
        assert_eq!((refused[0].property_path.as_str(), refused[0].measure_index), ("locations[0].roadType", Some(0)));
        assert_eq!(refused[0].code, "not_supported_yet");

        let line = r#"{"type":"LineString","coordinates":[[2.3,48.9],[2.31,48.9]]}"#;
        assert_eq!(unsupported(&content(Geometry::from_text(line).ok())), []);
    }
}
