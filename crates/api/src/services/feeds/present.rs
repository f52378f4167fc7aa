//! The state of what is public, asked of PostgreSQL once for all requests that wait for it.

use std::sync::{Arc, Mutex, PoisonError};

use dialog_db::Pool;
use dialog_db::events::{PublicState, public_state};
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use tokio::sync::Mutex as Turn;

use crate::services::streaming::ReadError;

type Answer = Result<PublicState, Arc<ReadError>>;
type Round = Shared<BoxFuture<'static, Answer>>;

/// Asks for the present state. Each answer was read after it was asked for, so that nobody is told of a state that was
/// over already; but requests that come together share one question, whatever their number.
#[derive(Clone)]
pub struct Present {
    pool: Pool,
    turn: Arc<Turn<()>>,
    next: Arc<Mutex<Option<Round>>>,
}

impl Present {
    /// Asks of this database.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { pool, turn: Arc::default(), next: Arc::default() }
    }

    /// The state of what is public.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn state(&self) -> Answer {
        self.join().await
    }

    /// The round that begins next.
    fn join(&self) -> Round {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(round) = next.as_ref() {
            return round.clone();
        }
        let this = self.clone();
        let round = async move {
            let _turn = this.turn.lock().await;
            // Whoever comes from here on is told of what is read later.
            this.next.lock().unwrap_or_else(PoisonError::into_inner).take();
            let mut connection = this.pool.get().await.map_err(|error| Arc::new(ReadError::from(error)))?;
            public_state(&mut connection).await.map_err(|error| Arc::new(ReadError::from(error)))
        }
        .boxed()
        .shared();
        *next = Some(round.clone());
        round
    }
}
