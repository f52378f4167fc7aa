use chrono::{DateTime, Utc};
use dialog_domain::{MeasureType, OrderId, OrganizationId};
use diesel::pg::Pg;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};

use super::clauses::{Clauses, Value};
use crate::fragments::FeedName;
use crate::restrictions::BoundingBox;

/// Which orders are asked of a feed; the same filter for every format. An order passes all of it. The conditions on
/// place, time, type and vehicle are passed by one location of one measure together.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedFilter {
    /// A single order.
    pub order: Option<OrderId>,
    /// Permanent orders.
    pub permanent: bool,
    /// Temporary orders.
    pub temporary: bool,
    /// Orders that are over.
    pub over: bool,
    /// Orders of one organization.
    pub organization: Option<OrganizationKey>,
    /// What reaches into a rectangle.
    pub bounding_box: Option<BoundingBox>,
    /// INSEE code of a commune in which it lies, or of the organization.
    pub city_code: Option<String>,
    /// What applies at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// What applies before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Types of measure; `None`: all.
    pub measure_types: Option<Vec<MeasureType>>,
    /// What concerns vehicles of this word: it restricts them or everybody, and does not exempt them.
    pub vehicle: Option<String>,
    /// Orders whose present version was published at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
    /// What the operator lets in.
    pub admitted: Admitted,
}

/// An organization, as readers name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganizationKey {
    /// By its identifier.
    Id(OrganizationId),
    /// By its SIRET number.
    Siret(String),
}

/// What the operator of the server lets into a feed. Empty lists let everything in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admitted {
    /// Sources of orders, by their words.
    pub sources: Vec<String>,
    /// Identifiers of orders that stay out.
    pub without_identifiers: Vec<String>,
    /// Organizations that stay out.
    pub without_organizations: Vec<OrganizationId>,
}

impl Default for FeedFilter {
    /// What is asked for without any parameter: all that is not over.
    fn default() -> Self {
        Self {
            order: None,
            permanent: true,
            temporary: true,
            over: false,
            organization: None,
            bounding_box: None,
            city_code: None,
            from: None,
            until: None,
            measure_types: None,
            vehicle: None,
            updated_since: None,
            admitted: Admitted::default(),
        }
    }
}

impl FeedFilter {
    /// Whether it is what is asked for without any parameter.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The conditions of a filter as SQL, with their values.
#[derive(Debug)]
pub struct Matching(Clauses);

impl Matching {
    /// The orders `c` of `current_feed_fragments` in a feed that pass.
    #[must_use]
    pub fn orders(feed: FeedName, filter: &FeedFilter) -> Self {
        let mut clauses = Clauses::default();
        clauses.and("c.feed = ?", [Value::Text(feed.as_str().to_owned())]);
        of_order(&mut clauses, filter);
        let before = clauses.len();
        of_row(&mut clauses, filter);
        if let Some(rows) = clauses.take_from(before) {
            let exists = "EXISTS (SELECT FROM public_restrictions r WHERE r.order_uuid = c.order_uuid AND ";
            clauses.and(&format!("{exists}{rows})"), []);
        }
        Self(clauses)
    }

    /// The rows `r` of `public_restrictions` that pass, joined with the rows `c` of `current_feed_fragments` of their
    /// orders in a feed.
    #[must_use]
    pub fn rows(feed: FeedName, filter: &FeedFilter) -> Self {
        let mut clauses = Clauses::default();
        clauses.and("c.feed = ? AND c.order_uuid = r.order_uuid", [Value::Text(feed.as_str().to_owned())]);
        of_order(&mut clauses, filter);
        of_row(&mut clauses, filter);
        Self(clauses)
    }

    /// The text of the conditions; `$1`… are taken.
    #[must_use]
    pub fn sql(&self) -> String {
        self.0.sql()
    }

    /// Gives a query that holds the text its values.
    pub fn bind(&self, query: SqlQuery) -> BoxedSqlQuery<'static, Pg, SqlQuery> {
        self.0.bind(query)
    }
}

/// On the order `c`.
fn of_order(clauses: &mut Clauses, filter: &FeedFilter) {
    if let Some(order) = filter.order {
        clauses.and("c.order_uuid = ?", [Value::Uuid(order.0)]);
    }
    let categories = [(filter.permanent, "permanentRegulation"), (filter.temporary, "temporaryRegulation")];
    let wanted = categories.into_iter().filter(|(wanted, _)| *wanted).map(|(_, word)| word.to_owned()).collect();
    if !(filter.permanent && filter.temporary) {
        clauses.and("c.category = ANY(?)", [Value::Texts(wanted)]);
    }
    if !filter.over {
        clauses.and("c.state <> 'over'", []);
    }
    let before = clauses.len();
    match &filter.organization {
        Some(OrganizationKey::Id(id)) => clauses.and("p.organization_uuid = ?", [Value::Uuid(id.0)]),
        Some(OrganizationKey::Siret(siret)) => clauses.and(
            "p.organization_uuid = (SELECT uuid FROM organizations WHERE siret = ?)",
            [Value::Text(siret.clone())],
        ),
        None => {}
    }
    if let Some(at) = filter.updated_since {
        clauses.and("p.changed_at >= ?", [Value::Instant(Some(at))]);
    }
    let Admitted { sources, without_identifiers, without_organizations } = &filter.admitted;
    if !sources.is_empty() {
        clauses.and("p.source = ANY(?)", [Value::Texts(sources.clone())]);
    }
    if !without_identifiers.is_empty() {
        clauses.and("p.identifier <> ALL(?)", [Value::Texts(without_identifiers.clone())]);
    }
    if !without_organizations.is_empty() {
        let uuids = without_organizations.iter().map(|organization| organization.0).collect();
        clauses.and("p.organization_uuid <> ALL(?)", [Value::Uuids(uuids)]);
    }
    if let Some(listed) = clauses.take_from(before) {
        let exists = "EXISTS (SELECT FROM public_orders p WHERE p.order_uuid = c.order_uuid AND ";
        clauses.and(&format!("{exists}{listed})"), []);
    }
}

/// On one measure at one location, `r`.
fn of_row(clauses: &mut Clauses, filter: &FeedFilter) {
    if let Some(area) = filter.bounding_box {
        let [west, south, east, north] = [area.min_lon, area.min_lat, area.max_lon, area.max_lat];
        clauses.and(
            "(ST_Intersects(r.geometry, ST_MakeEnvelope(?, ?, ?, ?, 4326)) \
                OR ST_Intersects(r.area, ST_MakeEnvelope(?, ?, ?, ?, 4326)))",
            [west, south, east, north, west, south, east, north].map(Value::Number),
        );
    }
    if let Some(code) = &filter.city_code {
        clauses.and(
            "(r.city_codes && (ARRAY[?] || reference.arrondissements_of(?)) OR r.organization_uuid = ANY(ARRAY( \
                SELECT uuid FROM organizations WHERE code_type = 'insee' AND code = ?)))",
            [code, code, code].map(|code| Value::Text(code.clone())),
        );
    }
    if filter.from.is_some() || filter.until.is_some() {
        // Empty when the bounds are the wrong way round, which PostgreSQL refuses as a range: nothing matches then.
        let is_empty = filter.from.zip(filter.until).is_some_and(|(from, until)| from >= until);
        let (from, until) = if is_empty { (None, None) } else { (filter.from, filter.until) };
        clauses.and(
            "NOT ? AND r.validity && tstzrange(?, ?, '[)')",
            [Value::Bool(is_empty), Value::Instant(from), Value::Instant(until)],
        );
    }
    if let Some(types) = &filter.measure_types {
        let words = types.iter().map(|kind| kind.as_str().to_owned()).collect();
        clauses.and("r.measure_type = ANY(?)", [Value::Texts(words)]);
    }
    if let Some(vehicle) = &filter.vehicle {
        let of_type = |list: &str| serde_json::json!({ list: [{ "type": vehicle }] }).to_string();
        clauses.and(
            "(r.vehicle_set -> 'restricted' = '[]' OR r.vehicle_set @> ?::jsonb) AND NOT r.vehicle_set @> ?::jsonb",
            [Value::Text(of_type("restricted")), Value::Text(of_type("exempted"))],
        );
    }
}
