//! The map: a thin module over MapLibre (`js/map.js`) and the component that holds it.

mod module;
mod stage;
mod tiled;
mod view;

pub use module::read_shapes;
pub use tiled::{Goal, TiledMap};
pub use view::{Drawing, MapView};

use dialog_api_types::map::InitialBoundingBox;
use serde_json::json;

/// A rectangle as a collection of features, to show the whole of it.
pub fn rectangle(bounds: InitialBoundingBox) -> String {
    let InitialBoundingBox { min_lon, min_lat, max_lon, max_lat } = bounds;
    let corners = json!([[min_lon, min_lat], [max_lon, max_lat]]);
    let feature =
        json!({ "type": "Feature", "geometry": { "type": "MultiPoint", "coordinates": corners }, "properties": {} });
    json!({ "type": "FeatureCollection", "features": [feature] }).to_string()
}

/// An empty collection of features.
pub const NOTHING: &str = r#"{"type":"FeatureCollection","features":[]}"#;
