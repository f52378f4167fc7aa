//! Orders, measures, periods, vehicle sets and locations, and every rule about them.
//!
//! Nothing here touches a database, a clock or the network: the same code runs in the browser while a clerk types
//! and on the server when the form arrives. Two families of types live side by side:
//!
//! * [`input`]: what was typed or sent, every field optional;
//! * the types of this level ([`OrderContent`], [`Measure`], …): what passed the rule book in [`rules`], complete.
//!
//! Two questions are answered here and nowhere else: when does a period apply ([`time`]), and to which vehicles
//! ([`VehicleSet::applies_to`]).

pub mod action;
pub mod diff;
pub mod direction;
pub mod document;
pub mod found;
pub mod geometry;
pub mod identifier;
pub mod identity;
pub mod ids;
pub mod input;
pub mod location;
pub mod measure;
pub mod order;
pub mod period;
pub mod rules;
pub mod time;
pub mod vehicle;
pub mod violation;

#[cfg(test)]
mod properties;

pub use action::OrderAction;
pub use diff::{Change, ChangedMeasure, Difference, MeasureChange};
pub use direction::{Direction, PointType, RoadSide};
pub use document::DocumentKind;
pub use found::{Confidence, Found, FoundSegment, FoundStorageArea, LocatingMethod};
pub use geometry::Geometry;
pub use ids::{LocationId, MeasureId, OrderId, OrganizationId, PeriodId};
pub use location::{
    Location, LocationDescription, NamedStreet, NumberedRoad, ReferencePointBound, RoadType, StreetBound,
    WholeCityException,
};
pub use measure::{Measure, MeasureType};
pub use order::{OrderCategory, OrderContent, OrderSource, OrderStatus, Repeal, Subject};
pub use period::{Day, Period, Recurrence, TimeSlot};
pub use vehicle::{
    CritAir, ExemptedVehicles, RestrictedVehicles, VehicleKind, VehicleProfile, VehicleSet, VehicleUsage,
};
pub use violation::{Violation, ViolationCode};
