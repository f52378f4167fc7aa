//! The pages of text: who is behind this, what they promise, how to reach them.

mod accessibility;
mod api;
mod article;
mod contact;
mod ecodesign;
mod legal;
mod privacy;
mod terms;

pub use accessibility::AccessibilityPage;
pub use api::ApiPage;
pub use contact::ContactPage;
pub use ecodesign::EcodesignPage;
pub use legal::LegalPage;
pub use privacy::PrivacyPage;
pub use terms::TermsPage;
