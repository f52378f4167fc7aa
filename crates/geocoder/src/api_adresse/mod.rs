//! API Adresse, or an Addok of one's own, as a second source: asked only where the loaded data has no answer.
//!
//! It is somebody else's service: every call has a time-out and is made twice at most, and after some failures in a row
//! it is left alone for a while. Nothing here is needed to answer; who calls goes on without.

mod place;
mod request;

use std::time::Duration;

use failsafe::futures::CircuitBreaker;
use failsafe::{Config, StateMachine, backoff, failure_policy};
use reqwest::{Client, StatusCode, Url};
use serde::Serialize;

pub use place::{Place, PlaceKind};
pub use request::{Around, Search};

/// Longest wait for one answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Failed questions in a row after which nothing is asked for [`REST`].
const FAILURES: u32 = 3;

/// How long a service that fails is left alone.
const REST: Duration = Duration::from_secs(30);

type Breaker = StateMachine<failure_policy::ConsecutiveFailures<std::iter::Repeat<Duration>>, ()>;

/// A service with the questions of API Adresse: `search` and `reverse`, below its address.
#[derive(Debug)]
pub struct ApiAdresse {
    client: Client,
    base_url: Url,
    breaker: Breaker,
}

/// The service did not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiAdresseError {
    /// The client cannot be built.
    #[error("building the client of API Adresse")]
    Client(#[source] reqwest::Error),
    /// It failed lately, and is not asked for a while.
    #[error("API Adresse failed lately and is left alone")]
    LeftAlone,
    /// No answer in time, or one that is no answer.
    #[error("asking API Adresse")]
    Unreachable(#[source] reqwest::Error),
    /// It says that it fails.
    #[error("API Adresse fails: {0}")]
    Failing(StatusCode),
    /// It refuses the question.
    #[error("API Adresse refuses the question: {0}")]
    Refused(StatusCode),
}

impl ApiAdresseError {
    /// Whether the service is to blame, and not the question.
    fn is_failure(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

impl ApiAdresse {
    /// The service at `base_url`: `https://data.geopf.fr/geocodage`, or the address of an Addok.
    ///
    /// # Errors
    /// When the system gives no client.
    pub fn new(base_url: &Url) -> Result<Self, ApiAdresseError> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .user_agent(concat!("dialog/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(ApiAdresseError::Client)?;
        let mut base_url = base_url.clone();
        if !base_url.path().ends_with('/') {
            base_url.set_path(&format!("{}/", base_url.path()));
        }
        let policy = failure_policy::consecutive_failures(FAILURES, backoff::constant(REST));
        Ok(Self { client, base_url, breaker: Config::new().failure_policy(policy).build() })
    }

    /// Its address, with a closing slash.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }

    /// Places by their words, best first.
    ///
    /// # Errors
    /// See [`ApiAdresseError`].
    pub async fn search(&self, search: &Search<'_>) -> Result<Vec<Place>, ApiAdresseError> {
        self.ask("search", search).await
    }

    /// Places around a point, nearest first.
    ///
    /// # Errors
    /// See [`ApiAdresseError`].
    pub async fn around(&self, around: &Around) -> Result<Vec<Place>, ApiAdresseError> {
        self.ask("reverse", around).await
    }

    async fn ask(&self, path: &str, question: &(impl Serialize + Sync)) -> Result<Vec<Place>, ApiAdresseError> {
        let attempts = async {
            match self.ask_once(path, question).await {
                Err(error) if error.is_failure() => self.ask_once(path, question).await,
                answer => answer,
            }
        };
        let answer = self.breaker.call_with(ApiAdresseError::is_failure, Box::pin(attempts)).await;
        answer.map_err(|error| match error {
            failsafe::Error::Rejected => ApiAdresseError::LeftAlone,
            failsafe::Error::Inner(error) => error,
        })
    }

    async fn ask_once(&self, path: &str, question: &(impl Serialize + Sync)) -> Result<Vec<Place>, ApiAdresseError> {
        let mut url = self.base_url.clone();
        url.set_path(&format!("{}{path}", url.path()));
        let response = self.client.get(url).query(question).send().await.map_err(ApiAdresseError::Unreachable)?;
        match response.status() {
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                Err(ApiAdresseError::Failing(status))
            }
            status if !status.is_success() => Err(ApiAdresseError::Refused(status)),
            _ => {
                let answer: place::Answer = response.json().await.map_err(ApiAdresseError::Unreachable)?;
                Ok(answer.features.into_iter().filter_map(place::Feature::place).collect())
            }
        }
    }
}
