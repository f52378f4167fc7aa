//! One module per area; a page owns what it loads.

mod chunks;
mod home;
mod login;
mod map;
mod not_found;
mod orders;

pub use chunks::{EditMeasurePage, NewMeasurePage, NewOrderPage, OrderPage, RestrictionMapPage};
pub use home::HomePage;
pub use login::LoginPage;
pub use not_found::NotFoundPage;
pub use orders::OrderListPage;
