//! Where a measure applies: what was asked, and what was found.

use serde::{Deserialize, Serialize};

use crate::{Direction, Found, Geometry, LocationId, RoadSide};

/// One location of a measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Location {
    /// Stable over versions.
    pub id: LocationId,
    /// What was asked.
    pub asked: LocationDescription,
    /// What was found, once located.
    #[serde(default)]
    pub found: Option<Found>,
}

/// What was asked, typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "roadType")]
pub enum LocationDescription {
    /// A named street or a section of it.
    #[serde(rename = "lane")]
    NamedStreet(NamedStreet),
    /// A département road between two reference points.
    DepartmentalRoad(NumberedRoad),
    /// A national road between two reference points.
    NationalRoad(NumberedRoad),
    /// A drawn geometry.
    #[serde(rename = "rawGeoJSON")]
    RawGeoJson {
        /// What the drawing is; at most 5000 characters.
        label: String,
        /// The drawing itself.
        geometry: Geometry,
    },
    /// All streets of a commune.
    #[serde(rename_all = "camelCase")]
    WholeCity {
        /// INSEE code, five characters.
        city_code: String,
        /// Name shown, at most 255 characters.
        city_label: String,
        /// What stays free.
        #[serde(default)]
        exceptions: Vec<WholeCityException>,
    },
    /// All streets inside a drawn perimeter.
    Zone {
        /// Name of the zone, at most 255 characters.
        label: String,
        /// Perimeter.
        geometry: Geometry,
    },
}

/// Part of a whole city that stays free.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "roadType")]
pub enum WholeCityException {
    /// A street of the city, or a section of it.
    #[serde(rename = "lane")]
    NamedStreet(NamedStreet),
    /// A drawing.
    #[serde(rename = "rawGeoJSON")]
    RawGeoJson {
        /// What the drawing is; at most 255 characters.
        label: String,
        /// The drawing itself.
        geometry: Geometry,
    },
}

/// Kind of location, as the wire names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum RoadType {
    /// Voie.
    Lane,
    /// Route départementale.
    DepartmentalRoad,
    /// Route nationale.
    NationalRoad,
    /// Tracé libre.
    #[serde(rename = "rawGeoJSON")]
    RawGeoJson,
    /// Ville entière.
    WholeCity,
    /// Zone.
    Zone,
}

impl LocationDescription {
    /// The kind of location.
    #[must_use]
    pub const fn road_type(&self) -> RoadType {
        match self {
            Self::NamedStreet(_) => RoadType::Lane,
            Self::DepartmentalRoad(_) => RoadType::DepartmentalRoad,
            Self::NationalRoad(_) => RoadType::NationalRoad,
            Self::RawGeoJson { .. } => RoadType::RawGeoJson,
            Self::WholeCity { .. } => RoadType::WholeCity,
            Self::Zone { .. } => RoadType::Zone,
        }
    }

    /// The direction of traffic concerned; both when the kind of location has none.
    #[must_use]
    pub const fn direction(&self) -> Direction {
        match self {
            Self::NamedStreet(street) => street.direction,
            Self::DepartmentalRoad(road) | Self::NationalRoad(road) => road.direction,
            Self::RawGeoJson { .. } | Self::WholeCity { .. } | Self::Zone { .. } => Direction::Both,
        }
    }
}

impl LocationDescription {
    /// Whether both ask for the same place, so that what was found for one holds for the other. The direction of traffic
    /// and the names shown beside identifiers do not matter; an identifier that `self` leaves out is told by the name.
    #[must_use]
    pub fn is_same_place_as(&self, located: &Self) -> bool {
        match (self, located) {
            (Self::NamedStreet(new), Self::NamedStreet(old)) => new.is_same_place_as(old),
            (Self::DepartmentalRoad(new), Self::DepartmentalRoad(old))
            | (Self::NationalRoad(new), Self::NationalRoad(old)) => {
                NumberedRoad { direction: old.direction, ..new.clone() } == *old
            }
            (Self::RawGeoJson { geometry: new, .. }, Self::RawGeoJson { geometry: old, .. }) => new == old,
            (
                Self::WholeCity { city_code: new, exceptions: new_exceptions, .. },
                Self::WholeCity { city_code: old, exceptions: old_exceptions, .. },
            ) => new == old && same_exceptions(new_exceptions, old_exceptions),
            (Self::Zone { geometry: new, .. }, Self::Zone { geometry: old, .. }) => new == old,
            _ => false,
        }
    }

    /// Takes over the identifiers of streets from a description of the same place that has them.
    pub fn take_ids_from(&mut self, located: &Self) {
        match (self, located) {
            (Self::NamedStreet(new), Self::NamedStreet(old)) => new.take_ids_from(old),
            (Self::WholeCity { exceptions: new, .. }, Self::WholeCity { exceptions: old, .. }) => {
                for pair in new.iter_mut().zip(old) {
                    if let (WholeCityException::NamedStreet(new), WholeCityException::NamedStreet(old)) = pair {
                        new.take_ids_from(old);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether the same places stay free, in the same order.
fn same_exceptions(new: &[WholeCityException], old: &[WholeCityException]) -> bool {
    let same = |(new, old): (&WholeCityException, &WholeCityException)| match (new, old) {
        (WholeCityException::NamedStreet(new), WholeCityException::NamedStreet(old)) => new.is_same_place_as(old),
        (
            WholeCityException::RawGeoJson { geometry: new, .. },
            WholeCityException::RawGeoJson { geometry: old, .. },
        ) => new == old,
        _ => false,
    };
    new.len() == old.len() && new.iter().zip(old).all(same)
}

fn take_id(id: &mut Option<String>, known: Option<&str>) {
    if id.is_none() {
        *id = known.map(str::to_owned);
    }
}

/// Whether a street is the known one: by identifier when there is one, else by name.
fn is_same_street(new: (Option<&str>, &str), known: (Option<&str>, &str)) -> bool {
    match new.0 {
        Some(id) => known.0 == Some(id),
        None => new.1 == known.1,
    }
}

/// A named street, whole or between two bounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NamedStreet {
    /// INSEE code of the commune, five characters.
    pub city_code: String,
    /// Name of the commune as shown, at most 255 characters.
    pub city_label: String,
    /// Identifier of the street in the reference data, at most 20 characters; resolved from the name when absent.
    #[serde(default)]
    pub road_ban_id: Option<String>,
    /// Name of the street, at most 255 characters.
    pub road_name: String,
    /// First bound; `None` together with `to` means the whole street.
    #[serde(default)]
    pub from: Option<StreetBound>,
    /// Second bound.
    #[serde(default)]
    pub to: Option<StreetBound>,
    /// Direction of traffic concerned.
    #[serde(default)]
    pub direction: Direction,
    /// Geometry sent in place of a computation.
    #[serde(default)]
    pub geometry: Option<Geometry>,
}

impl NamedStreet {
    /// Whether the whole street is meant.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    fn is_same_place_as(&self, located: &Self) -> bool {
        self.city_code == located.city_code
            && is_same_street(
                (self.road_ban_id.as_deref(), &self.road_name),
                (located.road_ban_id.as_deref(), &located.road_name),
            )
            && self.geometry == located.geometry
            && [(&self.from, &located.from), (&self.to, &located.to)].into_iter().all(|(new, old)| match (new, old) {
                (None, None) => true,
                (Some(new), Some(old)) => new.is_same_place_as(old),
                _ => false,
            })
    }
}

/// A bound of a street section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum StreetBound {
    /// A house number.
    #[serde(rename_all = "camelCase")]
    HouseNumber {
        /// As written, for instance `37bis`; at most 8 characters.
        number: String,
    },
    /// The crossing with another street.
    #[serde(rename_all = "camelCase")]
    Intersection {
        /// Name of the crossing street.
        road_name: String,
        /// Its identifier, resolved from the name when absent.
        #[serde(default)]
        road_ban_id: Option<String>,
        /// Which crossing when the two streets meet several times, 1 first; `None`: the nearest to the other bound.
        #[serde(default)]
        crossing: Option<u16>,
    },
    /// The place of the street that is nearest to a point of the map.
    #[serde(rename_all = "camelCase")]
    Point {
        /// Longitude and latitude, degrees.
        coordinates: [f64; 2],
    },
}

impl NamedStreet {
    fn take_ids_from(&mut self, located: &Self) {
        take_id(&mut self.road_ban_id, located.road_ban_id.as_deref());
        for pair in [(&mut self.from, &located.from), (&mut self.to, &located.to)] {
            if let (
                Some(StreetBound::Intersection { road_ban_id, .. }),
                Some(StreetBound::Intersection { road_ban_id: known, .. }),
            ) = pair
            {
                take_id(road_ban_id, known.as_deref());
            }
        }
    }
}

impl StreetBound {
    fn is_same_place_as(&self, located: &Self) -> bool {
        match (self, located) {
            (Self::HouseNumber { number: new }, Self::HouseNumber { number: old }) => new == old,
            (Self::Point { coordinates: new }, Self::Point { coordinates: old }) => new == old,
            (
                Self::Intersection { road_name, road_ban_id, crossing },
                Self::Intersection { road_name: old_name, road_ban_id: old_id, crossing: old_crossing },
            ) => {
                crossing == old_crossing
                    && is_same_street((road_ban_id.as_deref(), road_name), (old_id.as_deref(), old_name))
            }
            _ => false,
        }
    }
}

/// A numbered road between two reference points (PR).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NumberedRoad {
    /// Road manager (*gestionnaire*), at most 255 characters.
    pub administrator: String,
    /// Number of the road in capitals, for instance `D160`; at most 50 characters.
    pub road_number: String,
    /// First bound.
    pub from: ReferencePointBound,
    /// Second bound.
    pub to: ReferencePointBound,
    /// Lorry waiting area used in winter, national roads only.
    #[serde(default)]
    pub storage_area_id: Option<uuid::Uuid>,
    /// Direction of traffic concerned.
    #[serde(default)]
    pub direction: Direction,
    /// Geometry sent in place of a computation.
    #[serde(default)]
    pub geometry: Option<Geometry>,
}

/// A reference point and a distance from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReferencePointBound {
    /// Number of the reference point, at most 5 characters.
    pub point_number: String,
    /// Département in which the point stands, when its number exists in several.
    #[serde(default)]
    pub department_code: Option<String>,
    /// Carriageway.
    pub side: RoadSide,
    /// Distance from the point in metres, negative backwards.
    #[serde(default)]
    pub abscissa_m: i32,
}
