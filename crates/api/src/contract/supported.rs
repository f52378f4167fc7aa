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
