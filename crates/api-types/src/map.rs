//! The public map.

use dialog_domain::{LocationId, MeasureType, OrderId, OrganizationId};
use serde::{Deserialize, Serialize};

/// Filters of everything that the map shows. Each has its own default: every measure type and every vehicle, from today
/// on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct MapQuery {
    /// `minLon,minLat,maxLon,maxLat`.
    pub bbox: Option<String>,
    /// Only what this organization published, by its UUID; any by default.
    pub organization: Option<OrganizationId>,
    /// Comma-separated measure types; all by default.
    pub measure_types: Option<String>,
    /// Permanent orders; true by default.
    pub include_permanent: Option<bool>,
    /// Temporary orders; true by default.
    pub include_temporary: Option<bool>,
    /// Measures that restrict heavy goods vehicles; true by default.
    pub include_heavy_goods_vehicles: Option<bool>,
    /// `YYYY-MM-DD`; today by default unless `at` is given, empty for no limit.
    pub start_date: Option<String>,
    /// `YYYY-MM-DD`, that day included; none by default.
    pub end_date: Option<String>,
    /// Only what applies at this instant, days and hours included: `YYYY-MM-DDTHH:MM` in the time of Paris, or an instant
    /// with its offset (RFC 3339).
    pub at: Option<String>,
    /// Only what concerns a vehicle: `car`, `goods`, `bus`, `motorcycle`, `bicycle` or `pedestrian`. A car when only
    /// another of its parameters is given.
    pub vehicle: Option<String>,
    /// Its maximum permitted weight, tonnes. Unknown, a goods vehicle is above every limit.
    pub vehicle_weight: Option<f64>,
    /// Its height, metres. An unknown size exceeds nothing.
    pub vehicle_height: Option<f64>,
    /// Its width, metres.
    pub vehicle_width: Option<f64>,
    /// Its length, metres.
    pub vehicle_length: Option<f64>,
    /// Its Crit'Air class: `critair0` to `critair5`, or `critairWithout`.
    pub crit_air: Option<String>,
    /// Whether it carries dangerous goods; false by default.
    pub hazardous: Option<bool>,
    /// Zoom of the map, 0 to 24: lines are as precise as it needs. Without it they are true to about 3 m.
    pub zoom: Option<f64>,
    /// How many restrictions of the list, 1 to 500; 30 by default.
    pub limit: Option<u32>,
}

/// Answer of `GET /api/map/locations.geojson`: a GeoJSON feature collection, in drawing order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MapFeatures {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The locations.
    pub features: Vec<MapFeature>,
}

/// A location on the map: a GeoJSON feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MapFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where.
    pub geometry: dialog_domain::Geometry,
    /// What.
    pub properties: MapProperties,
}

/// Answer of `GET /api/map/restrictions`: what a map of the rectangle shows, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MapRestrictions {
    /// How many there are, whatever the page.
    pub total: u64,
    /// Grows with every change of what is public; given to tiles as `v`, they show at least this.
    pub revision: i64,
    /// Those of the page, the latest first.
    pub items: Vec<MapRestriction>,
}

/// A restriction of the list beside the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MapRestriction {
    /// The location.
    pub location_uuid: LocationId,
    /// The order, for the link.
    pub order_uuid: OrderId,
    /// What is restricted.
    pub measure_type: MeasureType,
    /// `permanentRegulation` or `temporaryRegulation`.
    pub regulation_category: String,
    /// What and for whom, in French.
    pub measure_label: String,
    /// Where, in French.
    pub location_label: String,
    /// The rectangle around it.
    pub bounds: InitialBoundingBox,
}

/// Answer of `GET /api/app/map/drafts`: the drafts of the organizations of the person, at each of their locations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MapDrafts {
    /// Those that pass the filters.
    pub items: Vec<MapDraft>,
    /// Whether there are more drafts than are read: the latest ones are.
    pub is_cut: bool,
}

/// A draft at one of its locations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MapDraft {
    /// `permanentRegulation` or `temporaryRegulation`.
    pub regulation_category: String,
    /// Which direction of traffic it binds.
    pub direction: dialog_domain::Direction,
    /// Where.
    pub geometry: dialog_domain::Geometry,
    /// What the map tells about it.
    pub location: MapLocation,
}

/// Answer of `GET /api/map/initial-bbox`: a rectangle in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct InitialBoundingBox {
    /// Western edge.
    pub min_lon: f64,
    /// Southern edge.
    pub min_lat: f64,
    /// Eastern edge.
    pub max_lon: f64,
    /// Northern edge.
    pub max_lat: f64,
}

/// Properties of one feature of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MapProperties {
    /// The location.
    pub location_uuid: LocationId,
    /// What is restricted.
    pub measure_type: MeasureType,
    /// `permanentRegulation` or `temporaryRegulation`.
    pub regulation_category: String,
    /// The order, for the link.
    pub order_uuid: OrderId,
    /// Where, in French.
    pub location_label: String,
    /// What and for whom, in French.
    pub measure_label: String,
}

/// What the map tells about one location.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MapLocation {
    /// The location.
    pub uuid: LocationId,
    /// Its order.
    pub order_uuid: OrderId,
    /// The order's number.
    pub identifier: String,
    /// The order's title.
    pub title: String,
    /// Who made it.
    pub organization_name: String,
    /// What is restricted.
    pub measure_type: MeasureType,
    /// `Circulation interdite`, `Vitesse limitée à 30 km/h`…
    pub measure_label: String,
    /// For whom, in French.
    pub vehicles: String,
    /// When, in French; one sentence per period.
    pub periods: Vec<String>,
    /// Where, in French.
    pub location_label: String,
}

/// Answer of `GET /api/map/base.json`: what a map library needs to draw the base map (TileJSON 3.0.0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BaseMap {
    /// Version of TileJSON: `3.0.0`.
    pub tilejson: String,
    /// Name of the base map.
    pub name: String,
    /// Credits of the road networks on show, in HTML; empty when none is loaded.
    pub attribution: String,
    /// Address of the tiles, with `{z}`, `{x}` and `{y}`.
    pub tiles: Vec<String>,
    /// Shallowest zoom.
    pub minzoom: u8,
    /// Deepest zoom.
    pub maxzoom: u8,
    /// What the tiles hold.
    pub vector_layers: Vec<BaseMapLayer>,
}

/// A layer of the base map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BaseMapLayer {
    /// Name of the layer.
    pub id: String,
    /// Kind of each attribute: `String`, `Number` or `Boolean`.
    pub fields: std::collections::BTreeMap<String, String>,
}
