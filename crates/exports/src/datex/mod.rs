//! DATEX II v3.3, `TrafficRegulationPublication`.
//!
//! A feed is [`opening`], the bodies of the fragments that hold now, [`closing`]; or [`empty`] when there is none.
//!
//! ## Which schema
//! Every document is valid against the v3.3 schemas **with the DiaLog extension** (the ones that `xsi:schemaLocation`
//! names). It is also valid against the unmodified v3.3 schemas, except when a set of vehicles is described in words:
//! `dx:otherVehicleType` sits in a hook that the standard types otherwise, and existing readers look for it there.
//!
//! ## Which layout
//! One `trafficRegulationOrder` per order, one `trafficRegulation` per measure, and per measure one condition:
//!
//! ```text
//! and
//! ├ or   one ValidityCondition or more per period            (absent without period: always)
//! ├ or   one LocationCondition per location
//! ├ or   one condition per way of being restricted           (absent: everybody)
//! └ not or   one condition per exemption                     (absent: nobody)
//! ```
//!
//! Readers of the feed of DiaLog (PHP) find their members at the same places (`dx:source`, `dx:publicUrl`,
//! `dx:geoJsonGeometry`, `dx:otherVehicleType`, `regulationId`); what is different is what was wrong: comparison
//! operators, exemptions, dimensions, time zone, direction, version. Members that only we have are in a namespace of
//! our own ([`EXTENSION_NAMESPACE`]); `docs/feeds.md` tells what each means. The layout of DiaLog (PHP) itself is
//! [`legacy`].
//!
//! | measure | `typeOfRegulation` |
//! | --- | --- |
//! | circulation interdite | `AccessRestriction` `noEntry` |
//! | limitation de vitesse | `SpeedLimit` |
//! | stationnement interdit | `StandingOrParkingRestriction` `parkingProhibited` |
//! | circulation alternée | `PriorityRule` `giveWayToOncomingVehicles`, told apart by `dlg:measureType` |
//! | interdiction de dépasser | `OvertakingBan` |
//! | aire de stockage of a national road | `MandatoryRoadOrCarriagewayOrLaneUsage`, in a regulation of its own |
//!
//! ## Valid by construction
//! The types of `model` are written in the order of the schema and nowhere else, enumerations are Rust enums, lists
//! that need an element are `NonEmpty`, lines have two positions on Earth, numbers are finite and above zero, and a
//! text can only enter a document through `Text`, which removes what XML forbids and cuts at 1024 characters. What cannot be said is a [`crate::Loss`].

mod envelope;
pub mod legacy;
mod map;
mod model;
mod state;
mod words;

pub use crate::fragment::{EVER, FOREVER, Fragment, TimeState};
pub use envelope::{EXTENSION_NAMESPACE, closing, document, empty, opening};
pub use state::{fragments, withdrawn};

use crate::{text, xml};
