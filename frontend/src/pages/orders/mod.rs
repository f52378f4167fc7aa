//! Orders: list, creation, page of an order, editor of a measure.

mod actions;
mod bound_fields;
mod drawing_fields;
mod editor;
mod filters;
mod general_card;
mod general_form;
mod list;
mod location_fields;
mod measure_card;
mod measure_form;
mod measure_map;
mod measure_page;
mod new;
mod order;
mod period_fields;
mod street_fields;
mod vehicle_fields;

pub use list::OrderListPage;
pub use measure_page::{EditMeasurePage, NewMeasurePage};
pub use new::NewOrderPage;
pub use order::OrderPage;
