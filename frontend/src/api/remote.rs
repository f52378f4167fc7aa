use dialog_client::ClientError;
use futures::future::{AbortHandle, abortable};
use leptos::{prelude::*, task::spawn_local};

use super::Failure;
use crate::state::Connection;

/// State of a value that comes from the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    /// Asked for the first time.
    Loading,
    /// Here.
    Ready(T),
    /// Could not be had.
    Failed(Failure),
}

impl<T> Load<T> {
    /// The value, once it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// A value that comes from the server and follows its key. The last value stays while the next one is awaited.
pub struct Remote<T: 'static> {
    /// The value.
    pub load: RwSignal<Load<T>>,
    /// Whether a request is under way.
    pub busy: RwSignal<bool>,
    again: Trigger,
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Remote<T> {}

impl<T: Clone + Send + Sync + 'static> Remote<T> {
    /// Asks again.
    pub fn reload(self) {
        self.again.notify();
    }

    /// Replaces the value by one that the server just gave.
    pub fn put(self, value: T) {
        self.load.set(Load::Ready(value));
    }
}

/// Loads a value each time `key` changes, and again when the network is back. A request that is no longer wanted is
/// aborted.
pub fn remote<K, T, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    fetch: impl Fn(K) -> F + Send + 'static,
) -> Remote<T>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, ClientError>> + 'static,
{
    let key = Memo::new(move |_| key());
    let remote = Remote { load: RwSignal::new(Load::Loading), busy: RwSignal::new(false), again: Trigger::new() };
    let running = StoredValue::new(None::<AbortHandle>);
    Effect::new(move || {
        remote.again.track();
        let (request, handle) = abortable(fetch(key.get()));
        if let Some(previous) = running.try_update_value(|slot| slot.replace(handle)).flatten() {
            previous.abort();
        }
        remote.busy.set(true);
        spawn_local(async move {
            let Ok(answer) = request.await else { return };
            remote.busy.try_set(false);
            match answer {
                Ok(value) => remote.load.try_set(Load::Ready(value)),
                Err(error) => remote.load.try_set(Load::Failed(error.into())),
            };
        });
    });
    let connection: Connection = expect_context();
    Effect::new(move |was_online: Option<bool>| {
        let online = connection.is_online();
        let failed = remote.load.with_untracked(|load| matches!(load, Load::Failed(failure) if failure.transient));
        if online && was_online == Some(false) && failed {
            remote.reload();
        }
        online
    });
    on_cleanup(move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    });
    remote
}
