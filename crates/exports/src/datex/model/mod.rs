//! The part of DATEX II v3.3 that an order needs, as types that can only be written in the order of the schema.

mod condition;
mod linear;
mod location;
mod order;
mod quantity;
mod validity;
mod vehicle;

pub(crate) use condition::{BoundNote, Condition, LocationNote};
pub(crate) use linear::{Linear, LinearSection, MarkerPoint, MarkerSection};
pub(crate) use location::{Area, Description, ExternalReference, Line, Location, Point, Polygon, Ring, SingleLocation};
pub(crate) use order::{DocumentLink, Implementation, Order, Regulation, RegulationType};
pub(crate) use quantity::Quantity;
pub(crate) use validity::{MinuteOfDay, ValidPeriod, Validity, date_time};
pub(crate) use vehicle::{Dimension, VehicleCharacteristics};

use super::{text::Text, xml::Xml};

/// A list that the schema wants to have at least one element.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NonEmpty<T>(Vec<T>);

impl<T> NonEmpty<T> {
    /// `None` when there is nothing.
    pub(crate) fn from_vec(items: Vec<T>) -> Option<Self> {
        (!items.is_empty()).then_some(Self(items))
    }

    /// Exactly one element.
    pub(crate) fn one(item: T) -> Self {
        Self(vec![item])
    }

    /// Every element.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// Whether there are several elements.
    pub(crate) fn is_plural(&self) -> bool {
        self.0.len() > 1
    }
}

/// `com:MultilingualString` in French.
fn write_french(xml: &mut Xml, name: &str, text: &Text) {
    xml.element(name, &[], |xml| {
        xml.element("com:values", &[], |xml| xml.leaf_with("com:value", &[("lang", "fr")], text.as_str()));
    });
}
