//! Directions, kinds of bounds and sides of a road.

use serde::{Deserialize, Serialize};

/// Which direction of traffic a measure binds, relative to the order of its bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Direction {
    /// Both directions.
    #[default]
    #[serde(rename = "BOTH")]
    Both,
    /// From the first bound to the second one.
    #[serde(rename = "A_TO_B")]
    AToB,
    /// From the second bound to the first one.
    #[serde(rename = "B_TO_A")]
    BToA,
}

/// How a bound of a street section is expressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum PointType {
    /// A house number of the street.
    HouseNumber,
    /// The crossing with another street.
    Intersection,
    /// A place chosen on the street.
    Point,
}

/// Carriageway on which a reference point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RoadSide {
    /// Single carriageway (*chaussée unique*).
    U,
    /// Right carriageway (*chaussée droite*).
    D,
    /// Left carriageway (*chaussée gauche*).
    G,
}
