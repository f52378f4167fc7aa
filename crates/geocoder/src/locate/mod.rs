//! From a description to a geometry.

mod area;
mod bounds;
mod drawn;
mod error;
mod road;
mod street;

use dialog_db::Connection;
use dialog_domain::{Found, LocationDescription, NamedStreet};

use crate::outside::Sources;

pub use bounds::{BoundMethod, FoundBound};
pub(crate) use drawn::checked;
pub use error::{Bound, LocateError};

/// A location that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// Its geometry, and how it was obtained. The line of a section runs from its first bound to its second one,
    /// whatever the direction of traffic concerned; a second line follows the other carriageway, where there are two.
    pub found: Found,
    /// The description that was asked, with the identifiers of its streets filled in.
    pub resolved: LocationDescription,
}

/// A location with what somebody who is about to choose it wants to see.
#[derive(Clone, Debug, PartialEq)]
pub struct Detailed {
    /// What would be kept.
    pub located: Located,
    /// How each bound of a section of street was placed, and which other crossings it could be.
    pub bounds: Vec<FoundBound>,
    /// The other way round, when the street is a loop. Its geometry sent with the same bounds chooses it.
    pub others: Vec<Found>,
}

impl From<Located> for Detailed {
    fn from(located: Located) -> Self {
        Self { located, bounds: Vec::new(), others: Vec::new() }
    }
}

/// Finds a location on the network in use.
///
/// * A street without bounds is found whole, and so is a street with one bound only (its form is half filled in).
/// * A section is the path along the street from one bound to the other, on both carriageways where there are two. A
///   crossing without number is the one nearest to the other bound.
/// * A whole city is every road of the commune but what stays free, a zone every road inside its perimeter.
/// * A numbered road is followed from one place, measured from its reference points, to the other.
/// * A drawing, or a geometry sent in place of a computation, is kept as it is; the segments under it are told.
///
/// # Errors
/// See [`LocateError`].
pub async fn locate(connection: &mut Connection, asked: &LocationDescription) -> Result<Located, LocateError> {
    locate_with(connection, asked, &Sources::default()).await
}

/// [`locate`], where house numbers that the loaded data lack are placed by another source, and streets asked for lately
/// are kept.
///
/// # Errors
/// See [`locate`].
pub async fn locate_with(
    connection: &mut Connection,
    asked: &LocationDescription,
    sources: &Sources,
) -> Result<Located, LocateError> {
    Ok(locate_in_detail(connection, asked, sources).await?.located)
}

/// [`locate_with`] and what there is to choose from: the very same computation.
///
/// # Errors
/// See [`locate`].
pub async fn locate_in_detail(
    connection: &mut Connection,
    asked: &LocationDescription,
    sources: &Sources,
) -> Result<Detailed, LocateError> {
    match asked {
        LocationDescription::NamedStreet(NamedStreet { geometry: Some(geometry), .. })
        | LocationDescription::RawGeoJson { geometry, .. } => {
            let found = drawn::found(geometry)?;
            if let LocationDescription::NamedStreet(street) = asked
                && let Some(chosen) = street::chosen(connection, street, geometry, sources).await?
            {
                return Ok(chosen);
            }
            let (segments, edition) = area::under(connection, geometry).await?;
            Ok(Located { found: Found { segments, edition, ..found }, resolved: asked.clone() }.into())
        }
        LocationDescription::DepartmentalRoad(road) | LocationDescription::NationalRoad(road) => match &road.geometry {
            Some(geometry) => {
                let storage_area = road::storage_area(connection, road).await?;
                Ok(Located { found: Found { storage_area, ..drawn::found(geometry)? }, resolved: asked.clone() }.into())
            }
            None => Ok(road::locate(connection, road, asked.road_type()).await?.into()),
        },
        LocationDescription::NamedStreet(street) => street::locate(connection, street, sources).await,
        LocationDescription::WholeCity { city_code, exceptions, .. } => {
            Ok(area::whole_city(connection, (city_code, exceptions), asked, sources).await?.into())
        }
        LocationDescription::Zone { geometry, .. } => {
            drawn::found(geometry)?;
            Ok(area::zone(connection, geometry, asked).await?.into())
        }
    }
}
