//! What the rule book answers when something is wrong.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    /// Where, as a path in the input, for instance `measures[0].periods[1].endDate`; empty for the whole.
    pub path: String,
    /// Which rule.
    pub code: ViolationCode,
    /// What the rule allows, for instance `max` → `255`.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
}

impl Violation {
    /// A violation without parameters.
    pub fn new(path: impl Into<String>, code: ViolationCode) -> Self {
        Self { path: path.into(), code, parameters: BTreeMap::new() }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.parameters.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same violation below `prefix`: `periods[0].endDate` under `measures[2]` becomes
    /// `measures[2].periods[0].endDate`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        self.path = match (prefix.is_empty(), self.path.is_empty()) {
            (true, _) => self.path,
            (false, true) => prefix.to_owned(),
            (false, false) => format!("{prefix}.{}", self.path),
        };
        self
    }
}

/// Every rule of the book. The serialized word is the stable code for machines; `dialog-text` has the French sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ViolationCode {
    /// A value is required.
    Required,
    /// The value is none of the allowed ones.
    NotAChoice,
    /// At least one of the values is none of the allowed ones.
    NotChoices,
    /// More than `max` characters.
    TooLong,
    /// Not exactly `length` characters.
    WrongLength,
    /// A list needs at least `min` elements.
    TooFewItems,
    /// Not strictly positive.
    NotPositive,
    /// Below zero.
    Negative,
    /// Above `max`.
    TooLarge,
    /// The text cannot be read as what the field expects.
    Malformed,
    /// The identifier is used by another order of the organization.
    IdentifierTaken,
    /// The identifier of an order that has been published cannot change.
    IdentifierFrozen,
    /// The measure has no period.
    NoPeriod,
    /// The end date is before the start date.
    EndDateBeforeStart,
    /// Same day, the end time is not after the start time.
    EndTimeBeforeStart,
    /// The year is not between `min` and `max`.
    DateOutOfRange,
    /// Some vehicles are concerned, but none was chosen.
    NoVehicle,
    /// A size limit was chosen without any size.
    NoDimension,
    /// The city was not chosen from the list.
    CityNotChosen,
    /// The street was not chosen from the list.
    StreetNotChosen,
    /// The reference point was not chosen from the list.
    ReferencePointNotChosen,
    /// Only one of the two bounds of the section is given.
    MissingBound,
    /// Not exactly one kind of location is filled.
    LocationNotExclusive,
    /// The filled kind of location does not match `roadType`.
    LocationMismatch,
    /// Not a GeoJSON geometry, or one that cannot be used here. `reason` is `unreadable`, `empty`, `out_of_range`,
    /// `swapped` (latitude before longitude), `too_few_points`, `open_ring`, `not_a_line` or `not_a_polygon`.
    InvalidGeometry,
    /// The official document: both a file and a link.
    FileAndLink,
    /// The official document: neither a file nor a link.
    FileOrLinkRequired,
    /// The file has no content.
    EmptyFile,
    /// The file has `size` bytes, more than `limit`.
    FileTooLarge,
    /// The name of the file ends by `extension`, none of `extensions`.
    FileExtension,
    /// The content of the file is of media type `type`, not one of `types` that its name announces.
    FileType,
    /// Not an `https` address.
    InvalidUrl,
    /// The address names no domain that the Internet knows.
    UrlWithoutTopLevelDomain,
    /// Publication: the order has no measure.
    NoMeasure,
    /// Publication: the measure has no location.
    NoLocation,
    /// Publication: the location has no geometry.
    NotLocated,
    /// Publication: a temporary order needs an end for each period.
    NoEnd,
    /// Publication: a period of a repealed order goes beyond the repeal.
    BeyondRepeal,
    /// Repeal: the order is repealed already, and what is repealed does not come back.
    AlreadyRepealed,
    /// Repeal: nothing of the order has begun by then; `start` is when it begins, as a local date and time.
    RepealBeforeStart,
    /// Repeal: nothing of the order is left by then; `end` is when it ends, as a local date and time.
    RepealAfterEnd,
    /// Locating: no commune has this code.
    UnknownCity,
    /// Locating: the commune has no such street.
    UnknownStreet,
    /// Locating: the street has no such house number. `number` is what was asked, `suggestions` the nearest ones that
    /// exist, separated by commas; absent when there are none.
    UnknownHouseNumber,
    /// Locating: the two streets do not cross, or not so many times.
    NoIntersection,
    /// Locating: the street does not lead from one bound to the other.
    NoPath,
    /// Locating: the manager has no such road.
    UnknownRoad,
    /// Locating: the road has no such reference point. `number` is what was asked, `suggestions` the nearest ones that
    /// exist, separated by commas; absent when there are none.
    UnknownReferencePoint,
    /// Locating: the reference point is not on this side of the road; `sides` are those it is on, separated by commas.
    UnknownSide,
    /// Locating: the reference point exists in several départements, `departments`, separated by commas.
    AmbiguousReferencePoint,
    /// Locating: the road has less than this abscissa; it has from `min` to `max` metres of the reference point `number`.
    AbscissaOutOfRange,
    /// Locating: the road does not lead from one bound to the other on the same carriageway.
    NoRoadPath,
    /// Locating: nothing of it is inside the perimeter of the organization, named by `organization`.
    OutsidePerimeter,
}
