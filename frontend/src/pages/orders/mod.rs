//! Orders: list, creation, page of an order, editor of a measure.

mod actions;
mod delete;
mod diffusion;
mod filters;
mod general_card;
mod general_form;
mod list;
mod measure;
mod measure_card;
mod new;
mod order;
mod publication;
mod submission;
mod unsaved;

pub use list::OrderListPage;
pub use measure::{EditMeasurePage, NewMeasurePage};
pub use new::NewOrderPage;
pub use order::OrderPage;
