//! The layout of DiaLog (PHP), for readers that have not moved to the current one.
//!
//! It says what that feed said, at the same places and with its flaws: constant version and states, limits as
//! `lessThanOrEqualTo`, exemptions in the same set as restrictions, dimensions that add up, times of day in UTC with the
//! winter offset, an end at 23:59 that is a minute short, one `loc:LinearLocation` with GeoJSON for every kind of place,
//! no direction. What that feed said **against the schema** is not said: alternate traffic, overtaking bans, the
//! exemptions without a word of their own (public transport, taxis, car sharing, deliveries) and vehicles without Crit'Air
//! class. A measure that needs one of them is left out, and an order whose measures all are; both are reported.
//!
//! Nothing of it is stored: [`order()`] is called for each order when somebody asks. A publication is [`opening`], the
//! orders, [`closing`]; or [`empty`] when there is none.

mod location;
mod order;
mod validity;
mod vehicles;

pub use super::envelope::{closing, document, empty, opening};

use crate::{Exported, FeedContext, PublishedOrder, loss::Losses, xml::Xml};

/// One whole `trafficRegulationOrder` element in the old layout; `None` when no measure can be said in it.
#[must_use]
pub fn order(order: &PublishedOrder, context: &FeedContext) -> Exported<Option<String>> {
    let mut losses = Losses::default();
    let value = order::Order::of(order, context, &mut losses).map(|order| {
        let mut xml = Xml::new();
        order.write(&mut xml);
        xml.into_string()
    });
    Exported { value, losses: losses.0 }
}
