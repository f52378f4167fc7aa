//! Orders as the browser application reads them.

use chrono::{DateTime, Utc};
use dialog_api_types::app::{
    DocumentFile, DocumentView, LocationTexts, MeasureTexts, OrderMeasureView, OrderPhase, OrderSummary, OrderView,
    OrganizationRef, Permissions, PublishedVersion,
};
use dialog_db::documents::{Document, Place};
use dialog_db::orders::Order;
use dialog_domain::document::media_type_label;
use dialog_domain::{Location, LocationDescription, Measure, MeasureId, OrderId, OrderSource};
use dialog_exports::Loss;
use dialog_text::Stage;

use super::error::Result;
use super::{is_published, listing, locating, zone_of};
use crate::app::AppState;

/// An order and what was remarked while it was written.
#[derive(Clone, Debug)]
pub struct Viewed {
    /// The order.
    pub order: Order,
    /// What DATEX II cannot say of it, when it was just published.
    pub losses: Vec<Loss>,
}

/// Whether a member may change the order on screen: a published order of another source changes where it came from.
#[must_use]
pub fn is_editable_on_screen(order: &Order) -> bool {
    !is_published(order) || order.source == OrderSource::Dialog
}

fn permissions(order: &Order) -> Permissions {
    let is_theirs = order.is_member && is_editable_on_screen(order);
    let can_edit = is_theirs && order.content.repeal.is_none();
    let has_something_new = !is_published(order) || order.has_unpublished_changes;
    Permissions {
        can_edit,
        can_publish: can_edit && has_something_new && !order.content.measures.is_empty(),
        can_delete: is_theirs,
        can_repeal: can_edit && is_published(order),
        can_duplicate: order.is_member,
        can_see_history: order.is_member,
    }
}

/// The order in full, with its sentences and remarks. Members are warned of what lies partly outside the perimeter.
///
/// # Errors
/// When PostgreSQL fails.
pub async fn view(state: &AppState, viewed: Viewed) -> Result<OrderView> {
    let Viewed { order, losses } = viewed;
    let mut warnings = Vec::new();
    if order.is_member && order.content.measures.iter().any(|measure| !measure.locations.is_empty()) {
        let mut connection = state.database.get().await?;
        warnings = locating::warnings(&mut connection, &order.organization, &order.content.measures).await?;
    }
    warnings.extend(losses.iter().map(|loss| format!("DATEX II : {loss}.")));
    let Standing { period, phase, next_change } = standing(&order, state.clock.now());
    Ok(OrderView { warnings, period, phase, next_change, ..plain_view(order) })
}

/// The order in full, with its sentences, without remarks nor what the present moment makes of it.
#[must_use]
pub fn plain_view(order: Order) -> OrderView {
    OrderView {
        uuid: order.id,
        status: order.status,
        source: order.source,
        organization: organization(&order),
        revision: order.revision,
        texts: order.content.measures.iter().map(texts).collect(),
        period: None,
        phase: None,
        next_change: None,
        has_unpublished_changes: order.has_unpublished_changes,
        published: order
            .published
            .map(|published| PublishedVersion { number: published.number, published_at: published.at }),
        created_at: order.created_at,
        updated_at: order.updated_at,
        permissions: permissions(&order),
        identifier: order.identifier,
        time_zone: order.organization.time_zone,
        content: order.content,
        warnings: Vec::new(),
        document: order.document.map(|document| document_view(order.id, document)),
        publication: None,
    }
}

/// A measure of the order, with its sentences; `None` when the order has no such measure.
#[must_use]
pub fn measure_view(order: &Order, id: MeasureId) -> Option<OrderMeasureView> {
    let measure = order.content.measures.iter().find(|measure| measure.id == id)?;
    Some(OrderMeasureView { measure: measure.clone(), texts: texts(measure), permissions: permissions(order) })
}

fn document_view(order: OrderId, document: Document) -> DocumentView {
    let Document { title, place, .. } = document;
    match place {
        Place::Link { url } => DocumentView { title, url, file: None },
        Place::File(file) => DocumentView {
            title,
            url: format!("/api/app/regulation-records/{order}/storage/file"),
            file: Some(DocumentFile {
                name: file.file_name,
                label: media_type_label(&file.media_type).to_owned(),
                media_type: file.media_type,
                size_bytes: file.size,
            }),
        },
    }
}

/// The order as a line of a list.
#[must_use]
pub fn summary(order: &Order, now: DateTime<Utc>) -> OrderSummary {
    let locations: Vec<&Location> = order.content.measures.iter().flat_map(|measure| &measure.locations).collect();
    let first = locations.iter().min_by_key(|location| rank(&location.asked));
    let Standing { period, phase, next_change } = standing(order, now);
    OrderSummary {
        uuid: order.id,
        identifier: order.identifier.clone(),
        title: order.content.title.clone(),
        category: order.content.category,
        status: order.status,
        source: order.source,
        organization: organization(order),
        first_location: first.map(|location| dialog_text::location(&location.asked)),
        location_count: u32::try_from(locations.len()).unwrap_or(u32::MAX),
        period,
        phase,
        next_change,
        has_unpublished_changes: order.has_unpublished_changes,
        repeal: order.content.repeal.clone(),
        permissions: permissions(order),
    }
}

/// Where an order stands in time.
struct Standing {
    period: Option<String>,
    phase: Option<OrderPhase>,
    next_change: Option<String>,
}

fn standing(order: &Order, now: DateTime<Utc>) -> Standing {
    let today = now.with_timezone(&zone_of(&order.organization)).date_naive();
    let phase = phase(order, now);
    let stage = match phase {
        Some(OrderPhase::Upcoming) => Some(Stage::Upcoming),
        Some(OrderPhase::Current) => Some(Stage::Current),
        Some(OrderPhase::Past) => Some(Stage::Over),
        Some(OrderPhase::Draft) | None => None,
    };
    Standing {
        period: dialog_text::order_period(&order.content, today),
        phase,
        next_change: stage.and_then(|stage| dialog_text::order_next_change(&order.content, stage, today)),
    }
}

/// What an order does now, as the filter of lists has it.
fn phase(order: &Order, now: DateTime<Utc>) -> Option<OrderPhase> {
    if !is_published(order) {
        return Some(OrderPhase::Draft);
    }
    let validity = listing::validity(order);
    let start = validity.starts_at?;
    Some(match validity.ends_at {
        _ if start > now => OrderPhase::Upcoming,
        Some(end) if end < now => OrderPhase::Past,
        _ => OrderPhase::Current,
    })
}

fn organization(order: &Order) -> OrganizationRef {
    OrganizationRef { uuid: order.organization.id, name: order.organization.name.clone() }
}

pub(super) fn texts(measure: &Measure) -> MeasureTexts {
    MeasureTexts {
        uuid: measure.id,
        title: dialog_text::measure_title(measure),
        vehicles: dialog_text::vehicles(&measure.vehicle_set),
        periods: measure.periods.iter().map(dialog_text::period).collect(),
        locations: measure
            .locations
            .iter()
            .map(|location| LocationTexts {
                uuid: location.id,
                text: dialog_text::location(&location.asked),
                length: location.found.as_ref().map(|found| dialog_text::length(found.length_m)),
            })
            .collect(),
        sentence: dialog_text::measure_sentence(measure),
    }
}

/// Which kind of location a list shows first.
const fn rank(asked: &LocationDescription) -> u8 {
    match asked {
        LocationDescription::NamedStreet(_) => 0,
        LocationDescription::DepartmentalRoad(_) | LocationDescription::NationalRoad(_) => 1,
        LocationDescription::RawGeoJson { .. } => 2,
        LocationDescription::WholeCity { .. } => 3,
        LocationDescription::Zone { .. } => 4,
    }
}
