use dialog_api_types::app::OrderView;
use dialog_domain::MeasureId;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{fold::Folding, measure_card::MeasureCard};
use crate::api::Remote;

/// The measures of an order, each on its card.
#[component]
pub fn Measures(
    /// The order.
    remote: Remote<OrderView>,
    /// The same, once it is here.
    order: Memo<Option<OrderView>>,
    /// What a phone shows.
    folding: Folding,
    /// Location with a halo on the map.
    highlighted: RwSignal<Option<String>>,
) -> impl IntoView {
    let can_edit =
        Memo::new(move |_| order.with(|order| order.as_ref().is_some_and(|order| order.permissions.can_edit)));
    let measures = move || {
        let order = order.get()?;
        let count = order.content.measures.len();
        let cards =
            order.content.measures.iter().zip(order.texts.iter()).enumerate().map(|(rank, (measure, texts))| {
                view! {
                    <MeasureCard
                        remote=remote
                        rank=rank
                        measure=measure.clone()
                        texts=texts.clone()
                        can_edit=order.permissions.can_edit
                        is_only={count == 1}
                        highlighted=highlighted
                        folding=folding
                    />
                }
            });
        let list = view! { <ol class="dl-plain-list">{cards.collect_view()}</ol> };
        let empty = (count == 0).then(|| view! { <p class="dl-empty">"Aucune mesure pour le moment."</p> });
        Some(view! { {list} {empty} })
    };
    let ids = Memo::new(move |_| {
        let measures = order.get().map(|order| order.content.measures).unwrap_or_default();
        measures.iter().map(|measure| measure.id).collect::<Vec<MeasureId>>()
    });
    let are_open = move || ids.with(|ids| folding.are_open(ids));
    let toggle_all = move |_| {
        let all = if are_open() { Vec::new() } else { ids.get() };
        folding.set(all.into_iter().collect());
    };
    let add_href = move || order.get().map(|order| format!("/regulations/{}/mesures/nouvelle", order.uuid));
    view! {
        <section aria-labelledby="dispositif">
            <div class="dl-measures__head">
                <h2 class="fr-h4 fr-mb-0" id="dispositif" tabindex="-1">
                    "Dispositif"
                </h2>
                <Show when=move || folding.is_narrow.get() && ids.with(|ids| ids.len() > 1)>
                    <button type="button" class="fr-btn fr-btn--sm fr-btn--tertiary" on:click=toggle_all>
                        {move || if are_open() { "Tout replier" } else { "Tout déplier" }}
                    </button>
                </Show>
            </div>
            {measures}
            <Show when=move || can_edit.get()>
                <A
                    href=move || add_href().unwrap_or_default()
                    attr:class="fr-btn fr-btn--secondary fr-btn--icon-left fr-icon-add-line"
                >
                    "Ajouter une mesure"
                </A>
            </Show>
        </section>
    }
}
