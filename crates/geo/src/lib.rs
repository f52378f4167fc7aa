//! Geometry, linear referencing, road graph and the demonstration town; pure.
//!
//! Coordinates are longitude and latitude in degrees (WGS 84), lengths and distances are metres along the ground. Work
//! in metres goes through a [`LocalProjection`].

pub mod area;
pub mod covering;
pub mod legal_projection;
pub mod length;
pub mod measured;
pub mod network;
pub mod projection;
pub mod reference_points;
pub mod road;
pub mod tile;
pub mod topology;
pub mod town;
pub mod twkb;

pub use covering::covering;
pub use geo_types::{Coord, LineString, MultiPolygon, Polygon};
pub use legal_projection::LegalProjection;
pub use length::geodesic_length_m;
pub use measured::{MeasuredLine, Projected};
pub use network::{End, Path, Place, Section, SectionError, Segment, StreetNetwork, Stretch, WholeStreet};
pub use projection::LocalProjection;
pub use reference_points::ReferencedRoad;
pub use road::RoadClass;
pub use town::{Town, TownSize};
