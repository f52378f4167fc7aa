use dialog_api_types::map::MapLocation;
use dialog_db::orders::Order;
use dialog_domain::{Location, Measure};

/// What a popup tells of a measure at a location.
#[must_use]
pub fn card(order: &Order, measure: &Measure, location: &Location) -> MapLocation {
    MapLocation {
        uuid: location.id,
        order_uuid: order.id,
        identifier: order.identifier.clone(),
        title: order.content.title.clone(),
        organization_name: order.organization.name.clone(),
        measure_type: measure.kind,
        measure_label: dialog_text::measure_title(measure),
        vehicles: dialog_text::vehicles(&measure.vehicle_set),
        periods: measure.periods.iter().map(dialog_text::period).collect(),
        location_label: dialog_text::location(&location.asked),
    }
}
