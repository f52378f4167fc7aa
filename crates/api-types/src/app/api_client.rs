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
    /// Whether it may be used; see also `expiresAt`.
    pub is_active: bool,
    /// What it may do.
    #[serde(default)]
    pub scope: ApiClientScope,
    /// From when on it may not be used any more; null: never.
    #[serde(default)]
    pub expires_at: Option<DateTime<Utc>>,
    /// Until when the secret before the present one may be used too.
    #[serde(default)]
    pub previous_secret_until: Option<DateTime<Utc>>,
    /// Whether the caller may give it another secret, or delete it.
    pub can_manage: bool,
}

/// Body of `POST /api/app/organizations/{uuid}/api-clients`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct CreateApiClient {
    /// For whom: oneself or, by an owner, any member of the organization, without key there.
    pub user_uuid: Option<Uuid>,
    /// What it may do; everything by default.
    pub scope: ApiClientScope,
    /// From when on it may not be used any more; by default it may be used until it is deleted.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What a key may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub enum ApiClientScope {
    /// Read.
    Read,
    /// Read and write.
    #[default]
    Write,
}

/// Query of `POST /api/app/organizations/{uuid}/api-clients/{apiClientUuid}/regenerate`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", default)]
pub struct RegenerateQuery {
    /// For how many hours, at most 168, the present secret stays good beside the new one; 0 by default: it is refused
    /// at once.
    pub keep_previous_hours: Option<u32>,
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
