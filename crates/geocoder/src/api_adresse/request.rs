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
    /// Most places.
    pub limit: usize,
    /// Whether the last word may be unfinished.
    #[serde(serialize_with = "as_number")]
    pub autocomplete: bool,
}

/// The service reads 0 and 1, and takes any word for true.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn as_number<S: serde::Serializer>(value: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8((*value).into())
}
