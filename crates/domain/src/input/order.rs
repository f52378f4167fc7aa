use serde::{Deserialize, Serialize};

use super::MeasureInput;

/// General information of an order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct GeneralInfoInput {
    /// The organization's own number; at most 60 characters.
    pub identifier: Option<String>,
    /// `permanentRegulation` or `temporaryRegulation`.
    pub category: Option<String>,
    /// One of the five subjects.
    pub subject: Option<String>,
    /// With `other`; at most 100 characters.
    pub other_category_text: Option<String>,
    /// At most 255 characters.
    pub title: Option<String>,
}

/// A whole order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct OrderInput {
    /// General information.
    #[serde(flatten)]
    pub general: GeneralInfoInput,
    /// Measures; may be absent in a draft written on screen.
    pub measures: Vec<MeasureInput>,
    /// Whether an empty `measures` was sent as such, rather than left out: the integrators' contract answers these
    /// differently.
    #[serde(skip)]
    pub measures_sent_empty: bool,
}
