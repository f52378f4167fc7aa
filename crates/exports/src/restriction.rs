//! One measure at one location, as a row: what [`crate::geojson`] and [`crate::csv`] write.

use chrono::{DateTime, SecondsFormat, Utc};
use dialog_domain::{LocationId, MeasureId, OrderId, OrganizationId};
use serde_json::Value;

use crate::published::FeedContext;

/// A measure of a published order at one of its locations.
#[derive(Clone, Debug, PartialEq)]
pub struct Restriction {
    /// The location.
    pub location: LocationId,
    /// The measure.
    pub measure: MeasureId,
    /// The order.
    pub order: OrderId,
    /// The version of the order.
    pub version: i32,
    /// The organization's own number.
    pub identifier: String,
    /// Title of the order.
    pub title: String,
    /// `permanentRegulation` or `temporaryRegulation`.
    pub category: String,
    /// `planned`, `active` or `over`.
    pub state: String,
    /// Who made the order.
    pub organization: OrganizationId,
    /// Their name.
    pub organization_name: String,
    /// `noEntry`, `speedLimitation`…
    pub measure_type: String,
    /// The measure in French.
    pub measure_label: String,
    /// Speed limit in km/h.
    pub max_speed_kmh: Option<i32>,
    /// For whom, in French.
    pub vehicles: String,
    /// For whom: restricted and exempted vehicles.
    pub vehicle_set: Value,
    /// When, in French, a sentence per period.
    pub periods: Vec<String>,
    /// When: bounds, days and hours.
    pub period_details: Value,
    /// First instant.
    pub starts_at: Option<DateTime<Utc>>,
    /// First instant at which it no longer applies; none for good.
    pub ends_at: Option<DateTime<Utc>>,
    /// Kind of location: `lane`, `departmentalRoad`…
    pub road_type: String,
    /// Name of the street, number of the road, or name of the city, zone or drawing.
    pub road_name: String,
    /// INSEE code of the commune of a street or whole city.
    pub city_code: Option<String>,
    /// Where, in French.
    pub location_label: String,
    /// Length along the ground, metres.
    pub length_m: f64,
    /// When the version was published.
    pub updated_at: DateTime<Utc>,
    /// The geometry, in the words of the format: GeoJSON or WKT, longitude before latitude.
    pub geometry: String,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field<'a> {
    Text(&'a str),
    Owned(String),
    Integer(i64),
    /// With one decimal.
    Metres(f64),
    Texts(&'a [String]),
    Json(&'a Value),
    Absent,
}

/// The names of the fields, in their order, the geometry aside.
pub const FIELDS: [&str; 27] = [
    "location_uuid",
    "measure_uuid",
    "order_uuid",
    "order_version",
    "identifier",
    "title",
    "category",
    "state",
    "organization_uuid",
    "organization_name",
    "measure_type",
    "measure_label",
    "max_speed_kmh",
    "vehicles",
    "vehicle_set",
    "periods",
    "period_details",
    "starts_at",
    "ends_at",
    "road_type",
    "road_name",
    "city_code",
    "location_label",
    "length_m",
    "updated_at",
    "url",
    "datex_url",
];

impl Restriction {
    /// The values of the fields, in the order of [`FIELDS`].
    pub(crate) fn fields(&self, context: &FeedContext) -> [Field<'_>; FIELDS.len()] {
        let uuid = |id: &dyn std::fmt::Display| Field::Owned(id.to_string());
        let instant = |at: Option<DateTime<Utc>>| {
            at.map_or(Field::Absent, |at| Field::Owned(at.to_rfc3339_opts(SecondsFormat::Secs, true)))
        };
        [
            uuid(&self.location),
            uuid(&self.measure),
            uuid(&self.order),
            Field::Integer(self.version.into()),
            Field::Text(&self.identifier),
            Field::Text(&self.title),
            Field::Text(&self.category),
            Field::Text(&self.state),
            uuid(&self.organization),
            Field::Text(&self.organization_name),
            Field::Text(&self.measure_type),
            Field::Text(&self.measure_label),
            self.max_speed_kmh.map_or(Field::Absent, |speed| Field::Integer(speed.into())),
            Field::Text(&self.vehicles),
            Field::Json(&self.vehicle_set),
            Field::Texts(&self.periods),
            Field::Json(&self.period_details),
            instant(self.starts_at),
            instant(self.ends_at),
            Field::Text(&self.road_type),
            Field::Text(&self.road_name),
            self.city_code.as_deref().map_or(Field::Absent, Field::Text),
            Field::Text(&self.location_label),
            Field::Metres(self.length_m),
            instant(Some(self.updated_at)),
            Field::Owned(context.order_url(self.order)),
            Field::Owned(context.datex_url(self.order)),
        ]
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A row with texts that nobody would like to receive.
    pub(crate) fn restriction() -> Restriction {
        let id = uuid::Uuid::from_u128;
        Restriction {
            location: LocationId(id(4)),
            measure: MeasureId(id(2)),
            order: OrderId(id(1)),
            version: 3,
            identifier: "F/CIFS/2023".to_owned(),
            title: "Travaux, \"grande\" rue\nde nuit".to_owned(),
            category: "temporaryRegulation".to_owned(),
            state: "active".to_owned(),
            organization: OrganizationId(id(9)),
            organization_name: "Ville d'Essai".to_owned(),
            measure_type: "noEntry".to_owned(),
            measure_label: "Circulation interdite".to_owned(),
            max_speed_kmh: None,
            vehicles: "pour tous les véhicules".to_owned(),
            vehicle_set: serde_json::json!({"restricted": [], "exempted": []}),
            periods: vec!["du 1er au 2 mars".to_owned(), "le 5 mars".to_owned()],
            period_details: serde_json::json!([{"start": "2026-03-01T00:00:00"}]),
            starts_at: "2026-02-28T23:00:00Z".parse().ok(),
            ends_at: None,
            road_type: "lane".to_owned(),
            road_name: "Rue de l'Élan".to_owned(),
            city_code: Some("00001".to_owned()),
            location_label: "Rue de l'Élan (Essai)".to_owned(),
            length_m: 123.456,
            updated_at: "2026-02-01T10:00:00Z".parse().expect("a date-time"),
            geometry: String::new(),
        }
    }

    #[test]
    fn documentation_has_every_field() {
        let page = include_str!("../../../docs/restrictions.md");
        let rows: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        assert_eq!(rows, [FIELDS.as_slice(), &["geometry"]].concat());
    }
}
