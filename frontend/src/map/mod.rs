//! The map: a thin module over MapLibre (`js/map.js`) and the component that holds it.

mod module;
mod view;

pub use view::{Drawing, MapView};

/// An empty collection of features.
pub const NOTHING: &str = r#"{"type":"FeatureCollection","features":[]}"#;
