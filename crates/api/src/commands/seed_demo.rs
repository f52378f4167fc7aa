//! `dialog seed-demo`.

use anyhow::{Context, bail};
use diesel_async::AsyncConnection;

use crate::config::Config;
use crate::demo;
use crate::secrets::Keys;

/// Writes the demonstration accounts, organizations and keys, again and again with the same result.
///
/// # Errors
/// Where `APP_ENV` is `prod`, and when PostgreSQL does not answer.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    if !config.env.allows_demonstration() {
        bail!("the demonstration accounts have public passwords: they exist only where APP_ENV is dev or test");
    }
    let mut connection =
        dialog_db::Connection::establish(config.database_url.expose()).await.context("connecting to the database")?;
    let territories = demo::seed(&mut connection, &Keys::derive(config.app_secret.expose())).await?;
    tracing::info!(territories = territories.join(", "), "the demonstration accounts are there");
    if territories.is_empty() {
        tracing::warn!("no territory of the demonstration is loaded: run `dialog reference load town` then this again");
    }
    Ok(())
}
