//! One module per area; a page owns what it loads.

mod home;
mod login;
pub mod map;
mod not_found;
pub mod orders;

pub use home::HomePage;
pub use login::LoginPage;
pub use not_found::NotFoundPage;
