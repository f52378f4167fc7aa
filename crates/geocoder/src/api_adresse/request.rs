use serde::Serialize;

use super::PlaceKind;

/// A search by words.
#[derive(Clone, Debug, Serialize)]
pub struct Search<'a> {
    /// What is looked for.
    #[serde(rename = "q")]
    pub text: &'a str,
    /// Kind of the places; any without.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PlaceKind>,
    /// INSEE code of their commune; any without.
    #[serde(rename = "citycode", skip_serializing_if = "Option::is_none")]
    pub city_code: Option<&'a str>,
    /// Postcode; any without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<&'a str>,
    /// Longitude and latitude around which places come first.
    #[serde(flatten, serialize_with = "as_parameters")]
    pub near: Option<[f64; 2]>,
    /// Most places.
    pub limit: usize,
    /// Whether the last word may be unfinished.
    #[serde(serialize_with = "as_number")]
    pub autocomplete: bool,
}

impl<'a> Search<'a> {
    /// A text that is finished, anywhere.
    #[must_use]
    pub const fn of(text: &'a str, limit: usize) -> Self {
        Self { text, kind: None, city_code: None, postcode: None, near: None, limit, autocomplete: false }
    }
}

/// A look around a point.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Around {
    /// Longitude, degrees.
    pub lon: f64,
    /// Latitude, degrees.
    pub lat: f64,
    /// Kind of the places; any without.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PlaceKind>,
    /// Most places.
    pub limit: usize,
}

#[derive(Serialize)]
struct Near {
    lon: f64,
    lat: f64,
}

#[expect(clippy::ref_option, reason = "as serde calls it")]
fn as_parameters<S: serde::Serializer>(near: &Option<[f64; 2]>, serializer: S) -> Result<S::Ok, S::Error> {
    near.map(|[lon, lat]| Near { lon, lat }).serialize(serializer)
}

/// The service reads 0 and 1, and takes any word for true.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn as_number<S: serde::Serializer>(value: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8((*value).into())
}
