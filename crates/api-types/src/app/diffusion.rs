use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where everybody finds an order, and what is lost on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Diffusion {
    /// The order is a draft: this is what a publication would do.
    pub is_preview: bool,
    /// The published version that this is about; absent for a draft.
    pub version: Option<i32>,
    /// Every feed, always in the same order.
    pub feeds: Vec<FeedDiffusion>,
}

/// What one feed makes of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FeedDiffusion {
    /// Which feed.
    pub feed: Feed,
    /// Its name in French.
    pub name: String,
    /// Where it is read.
    pub url: String,
    /// Whether something of the order is in it; of a draft: whether it would be.
    pub is_in: bool,
    /// Since when it is in or out; absent when it never was in, and for a draft.
    pub since: Option<DateTime<Utc>>,
    /// When the order leaves the feed by the passage of time alone.
    pub until: Option<DateTime<Utc>>,
    /// Why it is out, in French.
    pub reason: Option<String>,
    /// What the feed cannot say of the order, in the order of its content.
    pub losses: Vec<FeedLoss>,
}

/// The public outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum Feed {
    /// DATEX II.
    Datex,
    /// DATEX II in the layout of DiaLog (PHP).
    DatexLegacy,
    /// CIFS, for Waze.
    Cifs,
    /// Restrictions as GeoJSON.
    Geojson,
    /// Restrictions as a table.
    Csv,
    /// The map.
    Tiles,
    /// The feed of changes.
    Changes,
}

/// Something that a feed cannot say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FeedLoss {
    /// Where in the order, for instance `measures[0].locations[1]`; empty for the whole order.
    pub path: String,
    /// The same in French, for instance `Mesure 1, localisation 2`.
    pub place: String,
    /// What kind of loss; the list is in docs/losses.md.
    pub code: String,
    /// The kind in French.
    pub message: String,
    /// What exactly, in the words of the order; may be empty.
    pub detail: String,
}
