//! Why a location cannot be found.

use dialog_domain::RoadType;

/// One end of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The first bound, A.
    From,
    /// The second bound, B.
    To,
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::From => "from",
            Self::To => "to",
        })
    }
}

/// Why a location cannot be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LocateError {
    /// No loaded commune has this code.
    #[error("the commune is unknown")]
    UnknownCity,
    /// The commune has no street of this identifier or name.
    #[error("the street is unknown")]
    UnknownStreet,
    /// The street has no such house number.
    #[error("house number {number:?} of bound {bound} is unknown")]
    UnknownHouseNumber {
        /// Which bound.
        bound: Bound,
        /// What was asked.
        number: String,
        /// The closest valid numbers, in natural order; empty when the street has none.
        suggestions: Vec<String>,
    },
    /// The two streets do not cross, or not so many times.
    #[error("the streets of bound {bound} do not cross")]
    NoIntersection {
        /// Which bound.
        bound: Bound,
    },
    /// The network joins the two bounds nowhere, or they are one and the same place.
    #[error("there is no path between the two bounds")]
    NoPath,
    /// The geometry is empty, or its coordinates are no longitudes and latitudes.
    #[error("the geometry is invalid")]
    InvalidGeometry,
    /// This kind of location cannot be computed yet; it can be given with its geometry.
    #[error("locations of type {0:?} are not computed yet")]
    NotSupportedYet(RoadType),
    /// The database did not answer.
    #[error("querying the reference data")]
    Database(#[from] diesel::result::Error),
}
