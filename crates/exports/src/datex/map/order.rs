//! The head of an order.

use chrono::{DateTime, Utc};
use dialog_domain::{OrderCategory, Subject};

use super::measure;
pub(crate) use crate::published::source_word;
use crate::{
    PublishedOrder,
    datex::{
        model::{DocumentLink, NonEmpty, Order, Validity, date_time},
        text::Text,
        words::Reason,
    },
    loss::{LossCode, Losses},
    published::FeedContext,
};

/// When an order applies, from first to last: half-open, without end when it has none.
pub(crate) type Bounds = (DateTime<Utc>, Option<DateTime<Utc>>);

/// Overall start and end of an order.
///
/// A permanent order has no end, whatever its periods say, until it is repealed; an order without any period applies
/// from its publication.
pub(crate) fn bounds(order: &PublishedOrder) -> Bounds {
    let (start, end) =
        dialog_domain::time::order_bounds(&order.content, &order.time_zone).unwrap_or((order.published_at, None));
    match (order.content.category, &order.content.repeal) {
        (OrderCategory::PermanentRegulation, None) => (start, None),
        _ => (start, end),
    }
}

/// The document of an order, whatever the time; `None` when no measure of it can be said.
pub(crate) fn order(order: &PublishedOrder, context: &FeedContext, losses: &mut Losses) -> Option<Order> {
    let zone = order.time_zone;
    let content = &order.content;
    let regulations = content
        .measures
        .iter()
        .enumerate()
        .flat_map(|(i, measure)| measure::regulations(measure, order, &format!("measures[{i}]"), losses))
        .collect();
    let regulations = NonEmpty::from_vec(regulations)?;
    let (start, end) = bounds(order);
    let subject_text = match (content.subject, &content.other_category_text) {
        (Some(Subject::Other), Some(text)) => {
            losses.add("otherCategoryText", LossCode::ReasonInWords, text);
            Some(Text::new(text, "otherCategoryText", losses))
        }
        _ => None,
    };
    if let Some(repeal) = &content.repeal {
        losses.add("repeal.reason", LossCode::RepealInWords, &repeal.reason);
    }
    Some(Order {
        id: order.id,
        version: order.version,
        description: Text::new(&content.title, "title", losses),
        issuing_authority: Text::new(&order.organization_name, "organization", losses),
        reason: content.subject.map(reason),
        regulation_id: Text::new(&format!("{}#{}", order.identifier, order.organization_id), "identifier", losses),
        validity: Validity {
            start: start.with_timezone(&zone),
            end: end.map(|end| end.with_timezone(&zone)),
            valid_periods: Vec::new(),
        },
        regulations,
        source: source_word(order.source),
        document: order.document.as_ref().map(|document| DocumentLink {
            url: Text::unlimited(&document.url, "document", losses),
            title: document.title.as_deref().map(|title| Text::new(title, "document", losses)),
        }),
        identifier: Text::new(&order.identifier, "identifier", losses),
        public_url: Text::unlimited(&context.order_url(order.id), "", losses),
        organization: order.organization_id,
        category: match content.category {
            OrderCategory::PermanentRegulation => "permanentRegulation",
            OrderCategory::TemporaryRegulation => "temporaryRegulation",
        },
        subject: content.subject.map(subject_word),
        subject_text,
        time_zone: zone.name(),
        updated_at: date_time(&order.updated_at.with_timezone(&zone)),
    })
}

const fn reason(subject: Subject) -> Reason {
    match subject {
        Subject::RoadMaintenance => Reason::Roadworks,
        Subject::Incident | Subject::WinterMaintenance => Reason::TrafficSafety,
        Subject::Event => Reason::PublicSafety,
        Subject::Other => Reason::Other,
    }
}

const fn subject_word(subject: Subject) -> &'static str {
    match subject {
        Subject::RoadMaintenance => "roadMaintenance",
        Subject::Incident => "incident",
        Subject::Event => "event",
        Subject::WinterMaintenance => "winterMaintenance",
        Subject::Other => "other",
    }
}
