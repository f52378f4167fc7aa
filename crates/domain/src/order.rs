//! An order and its general information.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::Measure;

/// The content of an order: what a version freezes. Keys (identifier, organization, status) live beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderContent {
    /// Permanent or temporary.
    pub category: OrderCategory,
    /// Why the order is made.
    #[serde(default)]
    pub subject: Option<Subject>,
    /// The reason in words, only with [`Subject::Other`]; at most 100 characters.
    #[serde(default)]
    pub other_category_text: Option<String>,
    /// Short reason shown to everybody; at most 255 characters.
    pub title: String,
    /// What is restricted, in the order of creation.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// That it was repealed: this is then the last version, and no period goes beyond the repeal.
    #[serde(default)]
    pub repeal: Option<Repeal>,
}

impl OrderContent {
    /// Version of the stored JSON form of this type.
    pub const SCHEMA_VERSION: i32 = 1;
}

/// The end that was put to an order before its own one (*abrogation*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Repeal {
    /// Local instant from which nothing of the order applies; 23:59 means the end of that day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-12-15T23:59:00"))]
    pub end: NaiveDateTime,
    /// Why, for everybody to read; at most 255 characters.
    pub reason: String,
}

/// Whether an order ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum OrderCategory {
    /// Applies until it is repealed.
    PermanentRegulation,
    /// Every period has an end.
    TemporaryRegulation,
}

/// Why an order is made (*objet*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// Travaux.
    RoadMaintenance,
    /// Incident ou péril.
    Incident,
    /// Évènement.
    Event,
    /// Viabilité hivernale.
    WinterMaintenance,
    /// Autre, in words beside it.
    Other,
}

/// Where an order comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderSource {
    /// Written on screen.
    Dialog,
    /// Pushed through the REST API.
    Api,
    /// Import from Eudonet Paris.
    EudonetParis,
    /// Import from BAC IDF.
    Bacidf,
    /// Import of the 2024 games.
    Jop,
    /// Import from Litteralis.
    Litteralis,
}

/// Whether an order has been published at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum OrderStatus {
    /// Seen by the members of its organization only.
    Draft,
    /// Public.
    Published,
}
