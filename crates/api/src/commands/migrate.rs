//! `dialog migrate`.

use crate::config::Config;

/// Brings the database to the schema of this binary; says what it did.
///
/// # Errors
/// When PostgreSQL does not answer, or a migration does not run.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let versions = dialog_db::migrate(config.database_url.expose()).await?;
    if versions.is_empty() {
        tracing::info!("the database is up to date");
    }
    for version in versions {
        tracing::info!(migration.version = version, "migrated");
    }
    Ok(())
}
