//! What API Adresse knows and the loaded data do not: asked through a cache in Redis, and never a reason to fail.

use deadpool_redis::redis::AsyncCommands;
use dialog_domain::LocationDescription;
use dialog_geocoder::api_adresse::{ApiAdresse, ApiAdresseError, Around, Place, PlaceKind, Search};
use dialog_geocoder::{MissingNumber, OutsideNumbers, Sources, missing_numbers};
use futures::StreamExt;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::app::AppState;
use crate::problem::Problem;
use crate::redis::RedisError;
use crate::secrets::hex;

/// How long an answer is kept, in seconds: streets change a few times a year.
const KEPT: u64 = 24 * 3600;
/// How many questions of one request are asked at the same time.
const AT_ONCE: usize = 4;
/// Most house numbers asked for one request: what an order has more is placed between its neighbours.
const NUMBERS: usize = 20;
/// Answers to a question about one house number: the right one is rarely the last.
const ANSWERS: usize = 5;

/// Communes that the loaded data do not know, best first; none when nothing is configured or the service fails.
pub async fn cities(state: &AppState, text: &str, limit: usize) -> Vec<Place> {
    let asked = Search { kind: Some(PlaceKind::Municipality), autocomplete: true, ..Search::of(text, limit) };
    search(state, &asked).await
}

/// Streets of a commune that the loaded data do not know, best first.
pub async fn streets(state: &AppState, city_code: &str, text: &str, limit: usize) -> Vec<Place> {
    let (kind, city_code) = (Some(PlaceKind::Street), Some(city_code));
    let asked = Search { kind, city_code, autocomplete: true, ..Search::of(text, limit) };
    let mut found = search(state, &asked).await;
    // Not every service can look in one commune alone.
    found.retain(|place| place.kind == PlaceKind::Street && place.city_code.as_deref() == city_code);
    found
}

/// What `asked` is located with: the house numbers that bound its sections and that the loaded data lack, where API Adresse
/// has them. To be asked before a transaction begins: a slow service outside holds no connection.
pub async fn sources<'a>(state: &AppState, asked: impl IntoIterator<Item = &'a LocationDescription>) -> Sources {
    let mut sources = state.sources();
    if state.api_adresse.is_none() {
        return sources;
    }
    let missing = match missing(state, asked).await {
        Ok(missing) => missing,
        Err(problem) => {
            // What comes next needs PostgreSQL too, and says that it is down.
            tracing::warn!(error = %problem.cause_chain(), "going on without API Adresse");
            return sources;
        }
    };
    let questions = missing.iter().map(async |missing| (missing, search_number(state, missing).await));
    let answers: Vec<_> = futures::stream::iter(questions).buffer_unordered(AT_ONCE).collect().await;
    for (missing, places) in answers {
        sources.numbers.keep(missing, &places);
    }
    sources
}

async fn missing<'a>(
    state: &AppState,
    asked: impl IntoIterator<Item = &'a LocationDescription>,
) -> Result<Vec<MissingNumber>, Problem> {
    let mut connection = state.connection().await?;
    let mut missing = Vec::new();
    for asked in asked {
        for number in missing_numbers(&mut connection, &state.streets, asked).await? {
            if missing.len() < NUMBERS && !missing.contains(&number) {
                missing.push(number);
            }
        }
    }
    Ok(missing)
}

/// Where API Adresse has one house number that the loaded data lack.
pub async fn number(state: &AppState, missing: &MissingNumber) -> OutsideNumbers {
    let mut numbers = OutsideNumbers::default();
    numbers.keep(missing, &search_number(state, missing).await);
    numbers
}

async fn search_number(state: &AppState, missing: &MissingNumber) -> Vec<Place> {
    let (address, city_code) = (missing.address(), Some(missing.city_code.as_str()));
    let kind = Some(PlaceKind::HouseNumber);
    search(state, &Search { kind, city_code, ..Search::of(&address, ANSWERS) }).await
}

/// Places for a text: none when nothing is configured or the service fails.
pub async fn search(state: &AppState, search: &Search<'_>) -> Vec<Place> {
    answer(state, search, |source| source.search(search)).await
}

/// Places around a point: none when nothing is configured or the service fails.
pub async fn around(state: &AppState, around: &Around) -> Vec<Place> {
    answer(state, around, |source| source.around(around)).await
}

async fn answer<'a, Answer>(
    state: &'a AppState,
    question: &impl Serialize,
    ask: impl FnOnce(&'a ApiAdresse) -> Answer,
) -> Vec<Place>
where
    Answer: Future<Output = Result<Vec<Place>, ApiAdresseError>>,
{
    let Some(source) = &state.api_adresse else { return Vec::new() };
    // Another service gives other answers.
    let Ok(question) = serde_json::to_vec(&(source.base_url().as_str(), question)) else { return Vec::new() };
    let key = state.redis.key(&format!("api-adresse:{}", hex(&Sha256::digest(&question)[..16])));
    match kept(state, &key).await {
        Ok(Some(places)) => return places,
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "answers of API Adresse are not kept"),
    }
    match ask(source).await {
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
