use chrono::{DateTime, Utc};
use dialog_domain::OrganizationId;
use serde::{Deserialize, Serialize};

/// An organization of the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Identifier.
    pub uuid: OrganizationId,
    /// Name.
    pub name: String,
    /// SIRET number, fourteen digits.
    pub siret: Option<String>,
    /// Code of its territory in the official geography.
    pub code: Option<String>,
    /// What `code` is: `insee`, `epci`, `departement` or `region`.
    pub code_type: Option<String>,
    /// IANA name of the zone in which its orders are written.
    pub time_zone: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Whether the caller owns it.
    pub is_owner: bool,
}

/// Parameters of `GET /api/publishers`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(default)]
pub struct PublishersQuery {
    /// Part of the name, whatever case and accents.
    pub search: Option<String>,
    /// A single organization.
    pub uuid: Option<OrganizationId>,
}
