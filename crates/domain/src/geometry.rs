//! GeoJSON geometry as a value of the domain.

use serde::{Deserialize, Serialize};

/// A GeoJSON geometry in WGS 84, longitude before latitude, in degrees.
///
/// Only the shape is guaranteed (it parses as a GeoJSON *geometry*, not a feature); whether a rule accepts its kind,
/// size and coordinates is decided by [`crate::rules`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Geometry(pub geojson::Geometry);

impl Geometry {
    /// Reads the text of a GeoJSON geometry.
    ///
    /// # Errors
    /// The parser's message when the text is not JSON or not a geometry.
    pub fn from_text(text: &str) -> Result<Self, String> {
        text.parse::<geojson::Geometry>().map(Self).map_err(|error| error.to_string())
    }
}

impl std::fmt::Display for Geometry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Geometry {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .description(Some("GeoJSON geometry (RFC 7946), WGS 84, longitude before latitude"))
            .property("type", utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String))
            .required("type")
            .build()
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Geometry {}
