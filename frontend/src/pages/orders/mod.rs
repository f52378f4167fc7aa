//! Orders: list, creation, page of an order, editor of a measure.

mod actions;
mod contents;
mod delete;
mod diffusion;
mod filters;
mod fold;
mod general_card;
mod general_form;
mod identifier;
mod list;
mod measure;
mod measure_card;
mod measures;
mod new;
mod order;
mod publication;
mod rival;
mod submission;
mod unsaved;

pub use list::OrderListPage;
pub use measure::{EditMeasurePage, NewMeasurePage};
pub use new::NewOrderPage;
pub use order::OrderPage;
