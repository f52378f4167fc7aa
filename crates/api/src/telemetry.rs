//! Logs on standard error, and Sentry when it is configured.

use std::borrow::Cow;
use std::io::IsTerminal;

use sentry::ClientInitGuard;
use sentry::integrations::tracing::{BreadcrumbLayer, ErrorLayer};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::prelude::*;
use tracing_subscriber::{EnvFilter, fmt};

use crate::config::{AppEnv, Config};

/// Starts the logs: JSON lines in `prod`, plain text elsewhere. `RUST_LOG` chooses what is logged; `info` by default.
/// Errors also go to Sentry when `SENTRY_DSN` is set, until the guard is dropped.
#[must_use]
pub fn start(config: &Config) -> Option<ClientInitGuard> {
    let guard = config.sentry_dsn.as_ref().map(|dsn| {
        sentry::init(
            sentry::ClientOptions::new()
                .dsn(dsn.expose())
                .environment(match config.env {
                    AppEnv::Prod => "prod",
                    AppEnv::Dev => "dev",
                    AppEnv::Test => "test",
                })
                .release(Cow::Borrowed(concat!("dialog@", env!("CARGO_PKG_VERSION"))))
                // No bodies, addresses or cookies.
                .send_default_pii(false),
        )
    });
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let (json, plain) = match config.env {
        AppEnv::Prod => (Some(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)), None),
        AppEnv::Dev | AppEnv::Test => {
            (None, Some(fmt::layer().compact().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr)))
        }
    };
    let sentry = guard.as_ref().map(|_| {
        ErrorLayer::new()
            .with_filter(LevelFilter::ERROR)
            .and_then(BreadcrumbLayer::new().with_filter(LevelFilter::INFO))
    });
    // A second start, as in a test, keeps the first one.
    let _ = tracing_subscriber::registry().with(filter).with(json).with(plain).with(sentry).try_init();
    guard
}
