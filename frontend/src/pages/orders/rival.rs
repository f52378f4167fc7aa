use dialog_api_types::app::{HistoryEntry, OrderView, PageQuery};
use leptos::{prelude::*, task::spawn_local};

use crate::state::Session;

/// Who saved an order while somebody else was typing, and what they changed.
#[component]
pub fn Rival(
    /// The order as they left it.
    conflict: RwSignal<Option<OrderView>>,
) -> impl IntoView {
    let session: Session = expect_context();
    let last = RwSignal::new(None::<HistoryEntry>);
    Effect::new(move || {
        let Some(current) = conflict.get() else { return };
        last.set(None);
        spawn_local(async move {
            let id = current.uuid;
            let query = PageQuery { page: None, page_size: Some(1) };
            // Without it the dialog still says what the order has become.
            if let Ok(page) = session.call(|client| async move { client.order_history(id, &query).await }).await {
                last.try_set(page.items.into_iter().next());
            }
        });
    });
    move || {
        let entry = last.get();
        let name = entry.as_ref().and_then(|entry| entry.author.name.clone());
        let name = name.unwrap_or_else(|| "Quelqu’un d’autre".to_owned());
        let sentences = entry.map(|entry| entry.sentences).unwrap_or_default();
        view! {
            <p>{format!("{name} a enregistré cet arrêté pendant votre saisie.")}</p>
            <ul>{sentences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
        }
    }
}
