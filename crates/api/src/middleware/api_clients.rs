//! Credentials of integrators: `X-Client-Id` and `X-Client-Secret`.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use chrono::{DateTime, TimeDelta, Utc};
use dialog_db::api_clients::{self, ApiClient as Key, Secrets};
use dialog_domain::OrganizationId;

use super::headers::is_personal;
use super::{address, rate_limit};
use crate::app::AppState;
use crate::extract::ApiClient;
use crate::problem::Problem;
use crate::secrets::constant_time_eq;
use crate::throttle::{self, Allowance};

/// The last use of a key is noted no more often than this.
const TOUCH: TimeDelta = TimeDelta::minutes(1);

/// Checks credentials whenever both headers are there, on public routes too: wrong ones are a 401 everywhere. With one
/// header or none the request is anonymous.
pub async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let credentials = match (header("X-Client-Id"), header("X-Client-Secret")) {
        (Some(id), Some(secret)) if !is_personal(request.path()) => Some((id, secret)),
        _ => None,
    };
    if let (Some((id, secret)), Some(state)) = (credentials, super::state(&request)) {
        match check(&state, &address::of_service_request(&request), &id, &secret).await {
            Ok(client) => {
                request.extensions_mut().insert(client);
            }
            Err(problem) => return Ok(request.error_response(problem).map_into_boxed_body()),
        }
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

async fn check(state: &AppState, address: &str, id: &str, secret: &str) -> Result<ApiClient, Problem> {
    let limits = &state.config.limits;
    let allowance = Allowance { limit: limits.failures_per_address, window: limits.failures_window };
    let name = format!("client:{address}:{}", state.keys.throttle_name(id));
    // A dead Redis must not close the public feeds to those who send credentials.
    let usage = throttle::look(&state.redis, &name, allowance, state.clock.now()).await.ok();
    if let Some(usage) = usage.filter(|usage| usage.remaining == 0) {
        return Err(Problem::too_many_requests(usage.reset_s));
    }

    let mut connection = state.connection().await?;
    let found = api_clients::find_by_client_id(&mut connection, id).await?;
    let Some(client) = found.filter(|client| is_alive(client, state.clock.now())) else {
        return Err(refuse(state, address, &name, allowance).await);
    };
    let hash = state.keys.api_client_hash(secret);
    let is_theirs = match &client.secrets {
        Secrets::Current { hash: current, previous } => {
            let before = previous.as_ref().filter(|(_, until)| state.clock.now() < *until).map(|(hash, _)| hash);
            // Both are compared, whichever fits.
            constant_time_eq(current, &hash) | before.is_some_and(|before| constant_time_eq(before, &hash))
        }
        Secrets::Legacy(legacy) => is_legacy(secret, legacy).await?,
    };
    if !is_theirs {
        return Err(refuse(state, address, &name, allowance).await);
    }
    if matches!(client.secrets, Secrets::Legacy(_)) {
        api_clients::upgrade(&mut connection, client.uuid, &hash).await?;
    }
    if client.last_used_at.is_none_or(|last| Utc::now() - last >= TOUCH) {
        api_clients::touch(&mut connection, client.uuid).await?;
    }
    Ok(ApiClient {
        uuid: client.uuid,
        user_uuid: client.user_uuid,
        organization_id: OrganizationId(client.organization_uuid),
        organization_name: client.organization_name,
        time_zone: client.time_zone,
        scope: client.scope,
    })
}

fn is_alive(client: &Key, now: DateTime<Utc>) -> bool {
    client.is_active && client.expires_at.is_none_or(|end| now < end)
}

/// Whether a secret is the one of a bcrypt hash, which takes tens of milliseconds or more: once per key, after which
/// the secret is kept as ours are.
async fn is_legacy(secret: &str, hash: &str) -> Result<bool, Problem> {
    let (secret, hash) = (secret.to_owned(), hash.to_owned());
    tokio::task::spawn_blocking(move || bcrypt::verify(secret, &hash).unwrap_or(false)).await.map_err(Problem::internal)
}

/// Counts refused credentials, and the request itself for its address: what is refused is no way around the limit.
async fn refuse(state: &AppState, address: &str, name: &str, allowance: Allowance) -> Problem {
    let now = state.clock.now();
    let counted = async {
        throttle::count(&state.redis, name, allowance, now).await?;
        throttle::count(&state.redis, &rate_limit::address_counter(address), rate_limit::allowance(state), now).await
    };
    let told = |problem, usage| rate_limit::told(problem, rate_limit::allowance(state), usage);
    match counted.await {
        Ok(usage) if usage.is_exceeded => told(Problem::too_many_requests(usage.reset_s), usage),
        Ok(usage) => told(Problem::unauthorized(), usage),
        Err(error) => {
            tracing::warn!(error.cause = %error, "refused credentials could not be counted");
            Problem::unauthorized()
        }
    }
}
