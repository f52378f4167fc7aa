//! Organizations and orders for the tests of the tables.

use chrono::{DateTime, Utc};
use dialog_db::listings::{Audience, Validity, write};
use dialog_db::orders::{NewOrder, Order, insert};
use dialog_db::organizations::{NewOrganization, upsert, upsert_area};
use dialog_db::restrictions::NewRestriction;
use dialog_db::{Caller, Connection, orders};
use dialog_domain::{
    Confidence, Found, Geometry, LocatingMethod, Location, LocationDescription, LocationId, Measure, MeasureId,
    MeasureType, OrderCategory, OrderContent, OrderId, OrderSource, OrganizationId, Period, PeriodId, Recurrence,
    VehicleSet, time,
};
use uuid::Uuid;

/// A square of about 1.1 km at the equator, where a degree is a degree.
pub const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[0,0],[0.01,0],[0.01,0.01],[0,0.01],[0,0]]]}"#;

/// A line inside [`SQUARE`].
pub const LINE: &str = r#"{"type":"LineString","coordinates":[[0.001,0.001],[0.005,0.005]]}"#;

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// An organization whose perimeter is [`SQUARE`].
pub async fn organization(connection: &mut Connection, name: &str) -> OrganizationId {
    let uuid = Uuid::now_v7();
    let organization = NewOrganization {
        uuid,
        name: name.to_owned(),
        siret: None,
        code: None,
        code_type: None,
        time_zone: "Europe/Paris".to_owned(),
    };
    upsert(connection, &organization).await.expect("an organization");
    upsert_area(connection, uuid, "carré", SQUARE).await.expect("an area");
    OrganizationId(uuid)
}

pub fn member(organization: OrganizationId) -> Caller {
    Caller { organizations: vec![organization], ..Caller::anonymous() }
}

/// A measure on a drawn line, from `start` to `end` (local).
pub fn measure(kind: MeasureType, start: &str, end: Option<&str>, geometry: &str) -> Measure {
    let geometry = Geometry::from_text(geometry).expect("a geometry");
    Measure {
        id: MeasureId(Uuid::now_v7()),
        kind,
        max_speed_kmh: None,
        vehicle_set: VehicleSet::default(),
        periods: vec![Period {
            id: PeriodId(Uuid::now_v7()),
            start: start.parse().expect("a local time"),
            end: end.map(|end| end.parse().expect("a local time")),
            recurrence: Recurrence::EveryDay,
            time_slots: Vec::new(),
        }],
        locations: vec![Location {
            id: LocationId(Uuid::now_v7()),
            asked: LocationDescription::RawGeoJson { label: "Tracé".to_owned(), geometry: geometry.clone() },
            found: Some(Found {
                geometry,
                length_m: 100.0,
                segments: Vec::new(),
                method: LocatingMethod::Drawn,
                confidence: Confidence::Exact,
                edition: None,
                contour: None,
                storage_area: None,
            }),
        }],
        created_at: at("2026-11-01T00:00:00Z"),
    }
}

pub fn content(title: &str, measures: Vec<Measure>) -> OrderContent {
    OrderContent {
        category: OrderCategory::TemporaryRegulation,
        subject: None,
        other_category_text: None,
        title: title.to_owned(),
        measures,
        repeal: None,
    }
}

/// A draft.
pub async fn draft(
    connection: &mut Connection,
    organization: OrganizationId,
    identifier: &str,
    content: &OrderContent,
) -> OrderId {
    let id = OrderId(Uuid::now_v7());
    let new = NewOrder {
        id,
        organization,
        identifier,
        source: OrderSource::Dialog,
        content,
        created_by: None,
        now: at("2026-11-23T08:00:00Z"),
    };
    insert(connection, &new).await.expect("a draft");
    let order = find(connection, &member(organization), id).await.expect("the draft");
    list(connection, Audience::Members, &order, order.updated_at).await;
    id
}

/// Puts an order on a list, as saving it does.
pub async fn list(connection: &mut Connection, audience: Audience, order: &Order, changed_at: DateTime<Utc>) {
    let bounds = time::order_bounds(&order.content, &Utc);
    let (starts_at, ends_at) = (bounds.map(|(start, _)| start), bounds.and_then(|(_, end)| end));
    let validity = Validity { starts_at, ends_at };
    write(connection, audience, order, validity, changed_at).await.expect("a row of a list");
}

pub async fn find(connection: &mut Connection, caller: &Caller, id: OrderId) -> Option<Order> {
    orders::find(connection, caller, id).await.expect("a query")
}

/// Publishes the working copy as version `number`: version and map, without fragments.
pub async fn publish(connection: &mut Connection, caller: &Caller, id: OrderId, number: i32) {
    let order = find(connection, caller, id).await.expect("the order");
    let now = at("2026-11-23T09:00:00Z");
    dialog_db::versions::insert(connection, &order, number, None, now).await.expect("a version");
    let restrictions: Vec<NewRestriction<'_>> = order
        .content
        .measures
        .iter()
        .flat_map(|measure| measure.locations.iter().map(move |location| (measure, location)))
        .filter_map(|(measure, location)| {
            Some(NewRestriction {
                measure,
                location,
                found: location.found.as_ref()?,
                validity: measure.periods.iter().map(|period| time::bounds(period, &Utc)).collect(),
                card: serde_json::json!({ "locationLabel": "Tracé" }),
            })
        })
        .collect();
    dialog_db::restrictions::replace(connection, &order, number, &restrictions).await.expect("restrictions");
    orders::mark_published(connection, id, number, now).await.expect("a publication");
    let order = find(connection, caller, id).await.expect("the order");
    list(connection, Audience::Members, &order, now).await;
    list(connection, Audience::Public, &order, now).await;
}
