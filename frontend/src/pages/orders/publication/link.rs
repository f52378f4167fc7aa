use dialog_api_types::app::OrderView;
use dialog_domain::OrderStatus;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use crate::browser;

/// The address at which everybody reads a published order, to copy.
#[component]
pub fn PublicLink(order: Memo<Option<OrderView>>) -> impl IntoView {
    let said = RwSignal::new("");
    let address = Memo::new(move |_| {
        let order = order.get().filter(|order| order.status == OrderStatus::Published)?;
        Some(format!("{}/regulations/{}", browser::origin(), order.uuid))
    });
    let copy = move |_| {
        let Some(address) = address.get_untracked() else { return };
        spawn_local(async move {
            let copied = JsFuture::from(window().navigator().clipboard().write_text(&address)).await.is_ok();
            said.try_set(if copied {
                "Lien copié."
            } else {
                "Copie refusée par le navigateur : sélectionnez le lien."
            });
        });
    };
    move || {
        address.get().map(|address| {
            view! {
                <section class="dl-panel" aria-labelledby="lien-public">
                    <h2 class="fr-h6" id="lien-public" tabindex="-1">
                        "Lien public"
                    </h2>
                    <p class="fr-text--sm dl-address">
                        <a href=address.clone()>{address.clone()}</a>
                    </p>
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--secondary fr-btn--icon-left fr-icon-clipboard-line"
                        on:click=copy
                    >
                        "Copier le lien"
                    </button>
                    <p class="fr-text--sm fr-mb-0" role="status">
                        {said}
                    </p>
                </section>
            }
        })
    }
}
