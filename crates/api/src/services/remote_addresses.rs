//! What API Adresse knows and the loaded data do not: asked through a cache in Redis, and never a reason to fail.

use deadpool_redis::redis::AsyncCommands;
use dialog_geocoder::api_adresse::{Place, PlaceKind, Search};
use sha2::{Digest, Sha256};

use crate::app::AppState;
use crate::redis::RedisError;
use crate::secrets::hex;

/// How long an answer is kept, in seconds: streets change a few times a year.
const KEPT: u64 = 24 * 3600;

/// Communes that the loaded data do not know, best first; none when nothing is configured or the service fails.
pub async fn cities(state: &AppState, text: &str, limit: usize) -> Vec<Place> {
    let kind = Some(PlaceKind::Municipality);
    search(state, &Search { text, kind, city_code: None, limit, autocomplete: true }).await
}

async fn search(state: &AppState, search: &Search<'_>) -> Vec<Place> {
    let Some(source) = &state.api_adresse else { return Vec::new() };
    // Another service gives other answers.
    let Ok(question) = serde_json::to_vec(&(source.base_url().as_str(), search)) else { return Vec::new() };
    let key = state.redis.key(&format!("api-adresse:{}", hex(&Sha256::digest(&question)[..16])));
    match kept(state, &key).await {
        Ok(Some(places)) => return places,
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "answers of API Adresse are not kept"),
    }
    match source.search(search).await {
        Ok(places) => {
            if let Err(error) = keep(state, &key, &places).await {
                tracing::warn!(%error, "an answer of API Adresse is not kept");
            }
            places
        }
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "going on without API Adresse");
            Vec::new()
        }
    }
}

async fn kept(state: &AppState, key: &str) -> Result<Option<Vec<Place>>, RedisError> {
    let text: Option<String> = state.redis.connection().await?.get(key).await?;
    // What another release wrote and this one cannot read is asked again.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

async fn keep(state: &AppState, key: &str, places: &[Place]) -> Result<(), RedisError> {
    let Ok(text) = serde_json::to_string(places) else { return Ok(()) };
    Ok(state.redis.connection().await?.set_ex(key, text, KEPT).await?)
}
