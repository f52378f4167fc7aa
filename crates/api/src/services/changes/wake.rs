use std::sync::{Arc, OnceLock};
use std::time::Duration;

use dialog_db::changes;
use tokio::sync::watch;

use crate::config::Secret;

/// Pause before PostgreSQL is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Wakes those who wait for something to become public. One connection per process listens for all of them, from the
/// first one on.
#[derive(Clone)]
pub struct Wake {
    database_url: Secret,
    told: watch::Sender<u64>,
    listener: Arc<OnceLock<()>>,
}

impl Wake {
    /// Listens to this database, once somebody waits.
    #[must_use]
    pub fn new(database_url: Secret) -> Self {
        Self { database_url, told: watch::Sender::new(0), listener: Arc::default() }
    }

    /// To be asked for before looking, so that nothing is missed in between.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        let receiver = self.told.subscribe();
        self.listener.get_or_init(|| {
            let (url, told) = (self.database_url.clone(), self.told.clone());
            tokio::spawn(async move {
                loop {
                    let ended = changes::listen(url.expose(), || told.send_modify(|count| *count += 1)).await;
                    if let Err(error) = ended {
                        tracing::debug!(error.cause = %error, "nobody is told of changes; they are looked for meanwhile");
                    }
                    tokio::time::sleep(RETRY).await;
                }
            });
        });
        receiver
    }
}
