//! The migrations of `migrations/`, embedded in the binary.

use diesel_async::{AsyncConnection, AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Key of the advisory lock that one migrating process holds; any constant of ours would do.
const LOCK: i64 = 0x6469_616c_6f67;

/// Why migrating failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrationError {
    /// PostgreSQL does not let us in.
    #[error("connecting to the database to migrate it")]
    Connect(#[source] diesel::ConnectionError),
    /// The lock that keeps two processes from migrating at once was not given.
    #[error("locking the database to migrate it")]
    Lock(#[source] diesel::result::Error),
    /// A migration does not run; nothing of it was kept.
    #[error("running the migrations")]
    Run(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The thread that migrates stopped.
    #[error("waiting for the migrations")]
    Interrupted(#[source] tokio::task::JoinError),
}

/// A short text that changes with the content of the migrations.
#[must_use]
pub const fn fingerprint() -> &'static str {
    env!("MIGRATIONS_FINGERPRINT")
}

/// Brings the database at `url` to the schema of this binary and says which migrations it ran, oldest first. Several
/// processes may call it at once: one works, the others wait and find nothing to do.
///
/// # Errors
/// See [`MigrationError`].
pub async fn migrate(url: &str) -> Result<Vec<String>, MigrationError> {
    let mut harness = AsyncMigrationHarness::new(open_locked(url).await?);
    // The harness blocks its thread, and refuses a current-thread runtime unless it runs on a thread of its own.
    tokio::task::spawn_blocking(move || {
        harness
            .run_pending_migrations(MIGRATIONS)
            .map(|versions| versions.iter().map(ToString::to_string).collect())
            .map_err(MigrationError::Run)
    })
    .await
    .map_err(MigrationError::Interrupted)?
}

/// Takes every migration back, newest first; what is left has none of our tables.
///
/// # Errors
/// See [`MigrationError`].
pub async fn revert_all(url: &str) -> Result<(), MigrationError> {
    let mut harness = AsyncMigrationHarness::new(open_locked(url).await?);
    tokio::task::spawn_blocking(move || {
        harness.revert_all_migrations(MIGRATIONS).map(drop).map_err(MigrationError::Run)
    })
    .await
    .map_err(MigrationError::Interrupted)?
}

/// Whether the database at `url` has the schema of this binary.
///
/// # Errors
/// See [`MigrationError`].
pub async fn is_migrated(url: &str) -> Result<bool, MigrationError> {
    let connection = AsyncPgConnection::establish(url).await.map_err(MigrationError::Connect)?;
    let mut harness = AsyncMigrationHarness::new(connection);
    tokio::task::spawn_blocking(move || {
        harness.has_pending_migration(MIGRATIONS).map(|pending| !pending).map_err(MigrationError::Run)
    })
    .await
    .map_err(MigrationError::Interrupted)?
}

async fn open_locked(url: &str) -> Result<AsyncPgConnection, MigrationError> {
    let mut connection = AsyncPgConnection::establish(url).await.map_err(MigrationError::Connect)?;
    // Held until the connection closes.
    connection.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})")).await.map_err(MigrationError::Lock)?;
    Ok(connection)
}
