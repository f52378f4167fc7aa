//! State of the running parts, for monitors and for people.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use actix_web::{HttpResponse, web};
use dialog_api_types::health::{EditionHealth, FeedHealth, Health, HealthStatus, ServiceHealth};
use dialog_db::fragments::FeedName;
use dialog_db::{Connection, fragments, jobs};
use dialog_geocoder::Edition;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::AppState;
use crate::problem::Problem;
use crate::routes::endpoint::Endpoint;

/// Longest wait for each service: a monitor must have its answer.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Orders that are set aside and named, at most.
const NAMED: i64 = 20;

/// `GET /api/health`.
pub fn configure(cfg: &mut ServiceConfig<'_>) {
    cfg.service(Endpoint::new("/api/health").get(__path_get_health, get_health));
}

/// State of the running parts: 503 only when PostgreSQL or Redis does not answer.
#[utoipa::path(
    get,
    path = "/api/health",
    operation_id = "get_health",
    tag = "Public",
    responses(
        (status = 200, description = "PostgreSQL and Redis answer", body = Health),
        (status = 503, description = "PostgreSQL or Redis does not answer", body = Health),
    ),
    security(()),
)]
async fn get_health(state: web::Data<AppState>) -> HttpResponse {
    let (content, redis, adresse, storage) = futures::join!(
        within(content(&state)),
        within(async { Ok(state.redis.ping().await?) }),
        api_adresse(&state),
        within(async { Ok(state.storage.ping().await?) }),
    );
    let health_of = |is_up| if is_up { ServiceHealth::Ok } else { ServiceHealth::Down };
    let is_up = content.is_some() && redis.is_some();
    let services = BTreeMap::from([
        ("database".to_owned(), health_of(content.is_some())),
        ("redis".to_owned(), health_of(redis.is_some())),
    ]);
    let sentry = if state.config.sentry_dsn.is_some() { ServiceHealth::Ok } else { ServiceHealth::NotConfigured };
    let content = content.unwrap_or_default();
    let health = Health {
        status: if is_up { HealthStatus::Ok } else { HealthStatus::Down },
        version: env!("CARGO_PKG_VERSION").to_owned(),
        contact: state.config.admin_email.clone(),
        services,
        optional: BTreeMap::from([
            ("apiAdresse".to_owned(), adresse),
            ("sentry".to_owned(), sentry),
            ("storage".to_owned(), health_of(storage.is_some())),
        ]),
        reference_editions: content.editions,
        failed_jobs: content.failed_jobs,
        feeds: content.feeds,
    };
    let mut response = if is_up { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    response.insert_header(("Cache-Control", "no-store")).json(health)
}

/// What PostgreSQL tells.
#[derive(Default)]
struct Content {
    editions: Vec<EditionHealth>,
    failed_jobs: u64,
    feeds: BTreeMap<String, FeedHealth>,
}

async fn content(state: &AppState) -> Result<Content, Problem> {
    let mut connection = state.connection().await?;
    let failed_jobs = jobs::failed_count(&mut connection).await?;
    let editions = dialog_geocoder::editions(&mut connection)
        .await?
        .into_iter()
        .map(|edition| EditionHealth { items: items(&edition), edition: edition.name, kind: edition.kind })
        .collect();
    let feeds = feeds(&mut connection).await?;
    Ok(Content { editions, failed_jobs, feeds })
}

/// What is set aside of each feed.
async fn feeds(connection: &mut Connection) -> Result<BTreeMap<String, FeedHealth>, Problem> {
    let mut feeds: BTreeMap<_, _> =
        FeedName::ALL.into_iter().map(|feed| (feed.as_str().to_owned(), FeedHealth::default())).collect();
    for (feed, count) in fragments::set_aside_counts(connection).await? {
        feeds.entry(feed.as_str().to_owned()).or_default().set_aside = count;
    }
    for one in fragments::set_aside(connection, NAMED).await? {
        feeds.entry(one.feed.as_str().to_owned()).or_default().orders.push(one.order);
    }
    Ok(feeds)
}

/// What an edition has most to do with: communes, streets or numbered roads.
fn items(edition: &Edition) -> u64 {
    let most = edition.communes.max(edition.contours).max(edition.streets).max(edition.numbered_roads);
    u64::try_from(most).unwrap_or_default()
}

async fn api_adresse(state: &AppState) -> ServiceHealth {
    let Some(url) = &state.config.api_adresse_base_url else { return ServiceHealth::NotConfigured };
    let answer = within(async {
        let client = reqwest::Client::builder().timeout(PATIENCE).build().map_err(Problem::internal)?;
        client.get(url.clone()).send().await.map_err(Problem::unavailable)
    });
    // Any answer that is no failure of theirs shows that they are there.
    match answer.await {
        Some(response) if !response.status().is_server_error() => ServiceHealth::Ok,
        _ => ServiceHealth::Down,
    }
}

async fn within<T>(check: impl Future<Output = Result<T, Problem>>) -> Option<T> {
    match tokio::time::timeout(PATIENCE, check).await {
        Ok(Ok(value)) => Some(value),
        Ok(Err(problem)) => {
            tracing::warn!(error.cause = %problem.cause_chain(), "a service is down");
            None
        }
        Err(_) => {
            tracing::warn!("a service does not answer in time");
            None
        }
    }
}
