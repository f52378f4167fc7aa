//! One module per area; a page owns what it loads.

mod chunks;
#[cfg(debug_assertions)]
mod dev;
mod forbidden;
mod home;
mod login;
mod map;
mod not_found;
mod orders;
mod site;

pub use chunks::{
    AccessibilityPage, ApiPage, ContactPage, EcodesignPage, EditMeasurePage, LegalPage, NewMeasurePage, NewOrderPage,
    OrderPage, PrivacyPage, RestrictionMapPage, TermsPage,
};
#[cfg(debug_assertions)]
pub use dev::ComponentsPage;
pub use forbidden::ForbiddenPage;
pub use home::HomePage;
pub use login::LoginPage;
pub use not_found::NotFoundPage;
pub use orders::OrderListPage;
