//! Why a location cannot be found.

use dialog_domain::RoadSide;

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
    UnknownStreet {
        /// Names of streets of the commune that look alike, best first.
        suggestions: Vec<String>,
    },
    /// The street is known by its house numbers only: it has no line.
    #[error("the street has no line")]
    UndrawnStreet,
    /// The street has no such house number, and no neighbours to place it between.
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
        /// Names of what does cross the street, the most alike first.
        suggestions: Vec<String>,
    },
    /// The point is no place of the street.
    #[error("the point of bound {bound} is {distance_m:.0} m from the street")]
    FarFromStreet {
        /// Which bound.
        bound: Bound,
        /// How far it is, metres.
        distance_m: f64,
    },
    /// The network joins the two bounds nowhere.
    #[error("there is no path between the two bounds")]
    NoPath {
        /// The bound that stands apart, when it is known.
        bound: Option<Bound>,
        /// Names of crossings that are joined to the other bound.
        suggestions: Vec<String>,
    },
    /// Both bounds are one and the same place.
    #[error("the two bounds are the same place")]
    SamePlace,
    /// The manager has no such numbered road.
    #[error("the numbered road is unknown")]
    UnknownRoad,
    /// The road has no such reference point.
    #[error("reference point {number:?} of bound {bound} is unknown")]
    UnknownReferencePoint {
        /// Which bound.
        bound: Bound,
        /// What was asked.
        number: String,
        /// The closest numbers that exist, in order.
        suggestions: Vec<String>,
    },
    /// The reference point is on other sides of the road only.
    #[error("the reference point of bound {bound} has no such side")]
    UnknownSide {
        /// Which bound.
        bound: Bound,
        /// The sides it is on.
        sides: Vec<RoadSide>,
    },
    /// Several départements have a reference point of this number, and none was named.
    #[error("the reference point of bound {bound} exists in several départements")]
    AmbiguousReferencePoint {
        /// Which bound.
        bound: Bound,
        /// Codes of the départements.
        departments: Vec<String>,
    },
    /// The road ends before that distance from the reference point.
    #[error("the road goes from {min_m} m to {max_m} m of reference point {number:?} of bound {bound}")]
    AbscissaOutOfRange {
        /// Which bound.
        bound: Bound,
        /// Number of the reference point.
        number: String,
        /// Smallest abscissa of the point.
        min_m: i32,
        /// Largest abscissa of the point.
        max_m: i32,
    },
    /// The road joins the two bounds nowhere on the same carriageway, or they are one and the same place.
    #[error("there is no road between the two bounds on the same carriageway")]
    NoRoadPath,
    /// The road has no such waiting area.
    #[error("the waiting area is unknown on this road")]
    UnknownStorageArea,
    /// The geometry is empty, or its coordinates are no longitudes and latitudes.
    #[error("the geometry is invalid")]
    InvalidGeometry,
    /// The outline of a zone crosses itself.
    #[error("the outline crosses itself")]
    SelfCrossing,
    /// No known road lies there.
    #[error("there is no road")]
    NoRoad,
    /// More roads lie there than one location may have.
    #[error("there are too many roads")]
    TooManyRoads,
    /// What stays free in a whole city cannot be found.
    #[error("exception {rank} cannot be found")]
    Exception {
        /// Which one, 0 first.
        rank: usize,
        /// Why.
        source: Box<LocateError>,
    },
    /// The database did not answer.
    #[error("querying the reference data")]
    Database(#[from] diesel::result::Error),
}
