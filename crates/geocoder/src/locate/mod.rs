//! From a description to a geometry.

mod bounds;
mod drawn;
mod error;
mod street;

use dialog_db::Connection;
use dialog_domain::{Found, LocationDescription, NamedStreet};

pub use error::{Bound, LocateError};

/// A location that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// Its geometry, and how it was obtained. The line of a section runs from its first bound to its second one,
    /// whatever the direction of traffic concerned.
    pub found: Found,
    /// The description that was asked, with the identifiers of its streets filled in.
    pub resolved: LocationDescription,
}

/// Finds a location on the network in use.
///
/// * A street without bounds is found whole, and so is a street with one bound only (its form is half filled in).
/// * A section is the path along the street from one bound to the other. A crossing without number is the one nearest
///   to the other bound.
/// * A drawing, or a geometry sent in place of a computation, is kept as it is.
///
/// # Errors
/// See [`LocateError`]. Numbered roads, whole cities and zones are found only with a geometry of their own.
pub async fn locate(connection: &mut Connection, asked: &LocationDescription) -> Result<Located, LocateError> {
    match asked {
        LocationDescription::NamedStreet(NamedStreet { geometry: Some(geometry), .. })
        | LocationDescription::RawGeoJson { geometry, .. } => {
            Ok(Located { found: drawn::found(geometry)?, resolved: asked.clone() })
        }
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => {
            let geometry = road.geometry.as_ref().ok_or(LocateError::NotSupportedYet(asked.road_type()))?;
            Ok(Located { found: drawn::found(geometry)?, resolved: asked.clone() })
        }
        LocationDescription::NamedStreet(street) => street::locate(connection, street).await,
        LocationDescription::WholeCity { .. } | LocationDescription::Zone { .. } => {
            Err(LocateError::NotSupportedYet(asked.road_type()))
        }
    }
}
