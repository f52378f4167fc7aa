//! `dialog api`.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::Context;

use crate::app::AppState;
use crate::clock::Clock;
use crate::config::{AppEnv, Config, StorageSettings};
use crate::server::{self, Signals};

/// Serves the API on 127.0.0.1 until SIGTERM, then finishes the requests under way.
///
/// # Errors
/// When the port is taken or the server fails.
pub async fn run(config: Config) -> anyhow::Result<()> {
    let port = config.api_port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("port {port} of 127.0.0.1 (API_PORT) cannot be used"))?;
    if let (AppEnv::Prod, StorageSettings::Folder(folder)) = (config.env, &config.storage) {
        tracing::warn!(folder = %folder.display(), "files are kept in a folder: name a bucket where disks are not kept");
    }
    let state = AppState::new(config, Clock::system())?;
    tracing::info!(port, version = env!("CARGO_PKG_VERSION"), "the API is listening");
    server::start(state.clone(), listener, Signals::Handled)?.await.context("the server stopped")?;
    state.usage.flush(&state.database).await;
    tracing::info!("the API has stopped");
    Ok(())
}
