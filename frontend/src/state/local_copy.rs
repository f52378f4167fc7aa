//! What is typed, kept by the browser until it is saved: a crash or a closed tab loses nothing.

use dialog_domain::{MeasureId, OrderId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;
use web_sys::Storage;

/// Where the copy of one form is kept. Another person on the same browser has another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalCopy(String);

/// What was typed, and on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept<D> {
    /// Revision of the order that was being changed.
    pub revision: i64,
    /// When, for the person: `23/11/2026 à 13h05`.
    pub at: String,
    /// What was typed.
    pub draft: D,
}

impl LocalCopy {
    /// That of a measure; without `measure`, of a new one.
    pub fn of_measure(user: Option<Uuid>, order: OrderId, measure: Option<MeasureId>) -> Self {
        let measure = measure.map_or_else(|| "nouvelle".to_owned(), |id| id.to_string());
        Self::of(user, &format!("{order}:{measure}"))
    }

    /// That of the general information of an order; without `order`, of a new one.
    pub fn of_general(user: Option<Uuid>, order: Option<OrderId>) -> Self {
        let order = order.map_or_else(|| "nouveau".to_owned(), |id| id.to_string());
        Self::of(user, &format!("{order}:general"))
    }

    fn of(user: Option<Uuid>, form: &str) -> Self {
        let user = user.map(|id| id.to_string()).unwrap_or_default();
        Self(format!("dialog:saisie:{user}:{form}"))
    }

    /// What is kept, if anything that can be read.
    pub fn read<D: DeserializeOwned>(&self) -> Option<Kept<D>> {
        serde_json::from_str(&storage()?.get_item(&self.0).ok()??).ok()
    }

    /// Keeps what is typed. A browser that refuses (full, private) keeps nothing: the warning before leaving stays.
    pub fn write<D: Serialize>(&self, revision: i64, draft: &D) {
        let at = chrono::Local::now().format("%d/%m/%Y à %Hh%M").to_string();
        if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&Kept { revision, at, draft })) {
            drop(storage.set_item(&self.0, &text));
        }
    }

    /// Forgets it.
    pub fn clear(&self) {
        if let Some(storage) = storage() {
            drop(storage.remove_item(&self.0));
        }
    }
}

fn storage() -> Option<Storage> {
    leptos::prelude::window().local_storage().ok().flatten()
}
