//! The connection pool.

use std::time::Duration;

use ::deadpool::Runtime;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures::FutureExt;

/// What every query function takes.
pub type Connection = AsyncPgConnection;

/// Connections shared by all requests of a process.
pub type Pool = deadpool::Pool<AsyncPgConnection>;

/// A connection that goes back to its pool when dropped.
pub type PooledConnection = deadpool::Object<AsyncPgConnection>;

/// Longest wait for a free connection, for a new one, and for the check of a used one. A request that meets a dead
/// PostgreSQL must answer 503 while its caller still listens.
const PATIENCE: Duration = Duration::from_secs(3);

/// A few failures are known by their text alone ([`is_unavailable`], [`is_unstorable`]), so a server that translates its
/// messages is asked not to. It refuses that to an ordinary role: such a server must be set to `lc_messages = 'C'`, or
/// the role be granted `SET ON PARAMETER lc_messages`.
const UNTRANSLATED: &str = "DO $$ BEGIN PERFORM set_config('lc_messages', 'C', false); \
    EXCEPTION WHEN insufficient_privilege THEN NULL; END $$";

/// How a pool behaves.
#[derive(Clone, Copy, Debug)]
pub struct PoolSettings {
    /// Most connections open at once.
    pub max_size: usize,
    /// PostgreSQL cancels a statement that runs longer; `None`: never.
    pub statement_timeout: Option<Duration>,
}

/// A pool of at most `max_size` connections to `url`, without limit on the length of statements.
///
/// Nothing is opened yet: a process starts while PostgreSQL is down.
///
/// # Errors
/// When the pool cannot be built, which only wrong settings cause.
pub fn connect(url: &str, max_size: usize) -> Result<Pool, deadpool::BuildError> {
    connect_with(url, PoolSettings { max_size, statement_timeout: None })
}

/// Same as [`connect`], with settings.
///
/// # Errors
/// When the pool cannot be built, which only wrong settings cause.
pub fn connect_with(url: &str, settings: PoolSettings) -> Result<Pool, deadpool::BuildError> {
    let timeout_ms = settings.statement_timeout.map_or(0, |timeout| timeout.as_millis());
    // Statements read a few rows by indexes. On a large country their estimated cost is above the one from which
    // PostgreSQL compiles them first, which then takes a second or two where reading takes milliseconds.
    let setup = format!("SET TIME ZONE 'UTC'; SET jit = off; SET statement_timeout = {timeout_ms}; {UNTRANSLATED}");
    let mut config = ManagerConfig::default();
    // A closed connection is noticed without asking: one round trip less per request.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |url| {
        let url = url.to_owned();
        let setup = setup.clone();
        async move {
            let mut connection = AsyncPgConnection::establish(&url).await?;
            connection.batch_execute(&setup).await.map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
            Ok(connection)
        }
        .boxed()
    });
    let manager = AsyncDieselConnectionManager::new_with_config(url, config);
    deadpool::Pool::builder(manager)
        .max_size(settings.max_size)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .runtime(Runtime::Tokio1)
        .build()
}

/// Whether a query failed because of a text that PostgreSQL cannot keep: it holds the character U+0000.
#[must_use]
pub fn is_unstorable(error: &QueryError) -> bool {
    const SIGNS: [&str; 2] = ["invalid byte sequence for encoding", "unsupported Unicode escape sequence"];
    matches!(error, QueryError::DatabaseError(_, information)
        if SIGNS.iter().any(|sign| information.message().contains(sign)))
}

/// Whether a query failed because PostgreSQL went away, rather than because the query is wrong.
#[must_use]
pub fn is_unavailable(error: &QueryError) -> bool {
    // diesel-async keeps the kind of a few SQLSTATE codes only; the shutdown ones (57P01 to 57P03) and the lack of
    // connections (53300) are known by their text.
    const SIGNS: [&str; 4] = [
        "terminating connection",
        "the database system is",
        "too many clients already",
        "remaining connection slots are reserved",
    ];
    match error {
        QueryError::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand, _)
        | QueryError::BrokenTransactionManager => true,
        QueryError::DatabaseError(DatabaseErrorKind::Unknown, information) => {
            SIGNS.iter().any(|sign| information.message().contains(sign))
        }
        _ => false,
    }
}
