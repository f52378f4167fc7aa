//! Who is concerned: a set of restricted vehicles minus a set of exempted ones.

use serde::{Deserialize, Serialize};

mod profile;

pub use profile::{VehicleKind, VehicleProfile, VehicleUsage};

/// Restricted minus exempted. An empty `restricted` list means every vehicle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VehicleSet {
    /// A vehicle in any of these is restricted.
    #[serde(default)]
    pub restricted: Vec<RestrictedVehicles>,
    /// A vehicle in any of these is not, whatever `restricted` says.
    #[serde(default)]
    pub exempted: Vec<ExemptedVehicles>,
}

/// One way of being restricted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum RestrictedVehicles {
    /// Vehicles for the carriage of goods.
    #[serde(rename_all = "camelCase")]
    HeavyGoodsVehicle {
        /// Concerned when the maximum permitted weight is **above** this, in tonnes; `None`: whatever the weight.
        max_weight_t: Option<f64>,
    },
    /// Vehicles exceeding at least one of these sizes, in metres; at least one is present.
    #[serde(rename_all = "camelCase")]
    Dimensions {
        /// Concerned when wider than this.
        max_width_m: Option<f64>,
        /// Concerned when longer than this.
        max_length_m: Option<f64>,
        /// Concerned when higher than this.
        max_height_m: Option<f64>,
    },
    /// Vehicles of one of these Crit'Air classes.
    #[serde(rename_all = "camelCase")]
    CritAir {
        /// At least one.
        classes: Vec<CritAir>,
    },
    /// Vehicles carrying dangerous goods.
    HazardousMaterials,
    /// In words, at most 100 characters.
    Other {
        /// What the clerk wrote.
        text: String,
    },
}

/// Crit'Air class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(missing_docs, reason = "the classes are numbers")]
pub enum CritAir {
    #[serde(rename = "critair0")]
    Class0,
    #[serde(rename = "critair1")]
    Class1,
    #[serde(rename = "critair2")]
    Class2,
    #[serde(rename = "critair3")]
    Class3,
    #[serde(rename = "critair4")]
    Class4,
    #[serde(rename = "critair5")]
    Class5,
    #[serde(rename = "critairWithout")]
    Without,
}

/// One way of being exempted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum ExemptedVehicles {
    /// Transports en commun.
    Commercial,
    /// Véhicules d'urgence.
    EmergencyServices,
    /// Vélos.
    Bicycle,
    /// Piétons.
    Pedestrians,
    /// Taxis / VTC.
    Taxi,
    /// Covoiturage.
    CarSharing,
    /// Véhicules de chantier.
    RoadMaintenanceOrConstruction,
    /// Véhicules de livraison.
    CityLogistics,
    /// Police.
    Police,
    /// Desserte locale.
    DesserteLocale,
    /// Riverains.
    LocalResident,
    /// In words, at most 300 characters.
    Other {
        /// What the clerk wrote.
        text: String,
    },
}
