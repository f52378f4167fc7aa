use dialog_domain::OrganizationId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Body of `POST /api/login`.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Login {
    /// E-mail address, trimmed and compared in lower case.
    pub email: String,
    /// Password.
    pub password: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("email", &self.email).finish_non_exhaustive()
    }
}

/// Who is logged in: answer of `POST /api/login` and `GET /api/app/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// To send back as `X-CSRF-Token` on every unsafe call.
    pub csrf_token: String,
    /// The person.
    pub user: Profile,
    /// Where the person may write orders.
    pub organizations: Vec<MemberOf>,
}

/// Whether somebody is logged in: answer of `GET /api/app/session`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CurrentSession {
    /// Who, if anybody.
    pub me: Option<Me>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Identifier.
    pub uuid: Uuid,
    /// Full name.
    pub full_name: String,
    /// E-mail address.
    pub email: String,
    /// Whether the person administers the whole platform.
    pub is_super_admin: bool,
}

/// Membership of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MemberOf {
    /// The organization.
    pub uuid: OrganizationId,
    /// Its name.
    pub name: String,
    /// Whether the person owns it.
    pub is_owner: bool,
    /// IANA name of the zone of its territory, in which periods are written.
    pub time_zone: String,
}
