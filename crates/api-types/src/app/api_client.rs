use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A key of an organization for the integrators' API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiClientView {
    /// The key.
    pub uuid: Uuid,
    /// What is sent as `X-Client-Id`.
    pub client_id: String,
    /// The person behind the key, if known.
    pub user_uuid: Option<Uuid>,
    /// Name of that person.
    pub user_full_name: Option<String>,
    /// E-mail address of that person.
    pub user_email: Option<String>,
    /// Whether that person owns the organization: only an owner may then change the key.
    pub is_owner: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, within a minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Whether it may be used.
    pub is_active: bool,
    /// Whether the caller may give it another secret, or delete it.
    pub can_manage: bool,
}

/// Body of `POST /api/app/organizations/{uuid}/api-clients`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct CreateApiClient {
    /// For whom: a member of the organization, without key there.
    pub user_uuid: Option<Uuid>,
}

/// A key that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedApiClient {
    /// The key.
    pub uuid: Uuid,
    /// What is sent as `X-Client-Id`.
    pub client_id: String,
    /// What is sent as `X-Client-Secret`. It is shown this once.
    pub client_secret: String,
}

/// A key that was just given another secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RegeneratedApiClient {
    /// What is sent as `X-Client-Id`, the same as before.
    pub client_id: String,
    /// What is sent as `X-Client-Secret`. It is shown this once.
    pub client_secret: String,
}

// A secret may not reach a log.
impl std::fmt::Debug for CreatedApiClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedApiClient").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for RegeneratedApiClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RegeneratedApiClient").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
