use serde::{Deserialize, Serialize};

/// A vehicle set as typed; the members of the wire contract.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct VehicleSetInput {
    /// `true`: everybody; `false`: at least one restricted type; absent: take the other fields literally.
    pub all_vehicles: Option<bool>,
    /// `heavyGoodsVehicle`, `dimensions`, `critair`, `hazardousMaterials`, `other`.
    pub restricted_types: Vec<String>,
    /// With restricted `other`; at most 100 characters.
    pub other_restricted_type_text: Option<String>,
    /// With `critair`: `critair0` … `critair5`, `critairWithout`.
    pub critair_types: Vec<String>,
    /// With `heavyGoodsVehicle`: tonnes, 0 to 44.
    pub heavyweight_max_weight: Option<f64>,
    /// Metres, 0 to 10.
    pub max_width: Option<f64>,
    /// Metres, 0 to 50.
    pub max_length: Option<f64>,
    /// Metres, 0 to 10.
    pub max_height: Option<f64>,
    /// The twelve exemptions.
    pub exempted_types: Vec<String>,
    /// With exempted `other`; at most 300 characters.
    pub other_exempted_type_text: Option<String>,
}
