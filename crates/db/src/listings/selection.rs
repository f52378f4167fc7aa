use chrono::{DateTime, Utc};
use dialog_domain::{MeasureType, OrderCategory, OrderSource, OrderStatus, OrganizationId, Subject};

use crate::restrictions::BoundingBox;

/// Which orders. The default lets everything through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Those of these organizations; `None`: of all.
    pub organizations: Option<Vec<OrganizationId>>,
    /// Part of the identifier, whatever the case.
    pub identifier: Option<String>,
    /// Words, all of which are in the identifier, the title, the streets or the communes, whatever case and accents.
    pub search: Option<String>,
    /// Drafts or published orders.
    pub status: Option<OrderStatus>,
    /// Permanent or temporary orders.
    pub category: Option<OrderCategory>,
    /// For this reason.
    pub subject: Option<Subject>,
    /// From there.
    pub source: Option<OrderSource>,
    /// In this phase at this instant.
    pub phase: Option<(Phase, DateTime<Utc>)>,
    /// In this commune, or of the commune itself.
    pub city_code: Option<String>,
    /// With at least one measure of this type.
    pub measure_type: Option<MeasureType>,
    /// Without any measure that restricts heavy goods vehicles.
    pub without_heavy_goods: bool,
    /// Those that end at this instant or later, or never.
    pub ends_from: Option<DateTime<Utc>>,
    /// Those that start at this instant or earlier.
    pub starts_until: Option<DateTime<Utc>>,
    /// Those that changed at this instant or later.
    pub changed_since: Option<DateTime<Utc>>,
    /// With something in this rectangle; for [`super::Audience::Public`] only, working copies match nothing.
    pub bounding_box: Option<BoundingBox>,
}

/// Where an order stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It is a draft.
    Draft,
    /// It is published and starts later.
    Upcoming,
    /// It is published, has started and is not over.
    Current,
    /// It is published and over.
    Over,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// The greatest first.
    pub is_descending: bool,
}

/// What lists are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// Start; orders without start are the latest.
    Start,
    /// Identifier.
    Identifier,
    /// Where it comes from, then identifier.
    Source,
    /// Draft or published, then identifier.
    Status,
    /// UUID of the order: the order of creation.
    Creation,
    /// When it was changed last, for everybody: published.
    Change,
}

impl Sort {
    /// The `ORDER BY` of a query over `p`.
    pub(super) fn sql(self) -> String {
        let direction = if self.is_descending { "DESC" } else { "ASC" };
        match self.key {
            SortKey::Start => {
                let nulls = if self.is_descending { "FIRST" } else { "LAST" };
                // Whatever the direction, orders that start together are read from the first identifier on.
                format!("p.starts_at {direction} NULLS {nulls}, p.identifier, p.order_uuid")
            }
            SortKey::Identifier => format!("p.identifier {direction}, p.order_uuid {direction}"),
            SortKey::Source => format!("p.source {direction}, p.identifier {direction}, p.order_uuid {direction}"),
            SortKey::Status => format!("p.status {direction}, p.identifier {direction}, p.order_uuid {direction}"),
            SortKey::Creation => format!("p.order_uuid {direction}"),
            SortKey::Change => format!("p.changed_at {direction}, p.order_uuid {direction}"),
        }
    }
}
