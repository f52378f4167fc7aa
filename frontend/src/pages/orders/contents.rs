use dialog_api_types::app::OrderView;
use dialog_domain::{MeasureId, OrderStatus};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::fold::{FoldTitle, Folding, glimpse, measure_anchor};
use crate::browser;

/// Measures from which a wide screen has a table of contents too.
const LONG: usize = 3;

/// What is on the page of an order, each part with its address.
#[component]
pub fn Contents(order: Memo<Option<OrderView>>, folding: Folding) -> impl IntoView {
    let open = RwSignal::new(false);
    let list = move || {
        let order = order.get()?;
        let entries = parts(&order).into_iter().map(|(id, name)| {
            let measures = (id == "dispositif" && order.texts.len() > 1).then(|| measures(&order, folding));
            view! {
                <li>
                    <a class="fr-summary__link" href=format!("#{id}") on:click=move |_| browser::focus_soon(id)>
                        {name}
                    </a>
                    {measures}
                </li>
            }
        });
        Some(view! { <ol>{entries.collect_view()}</ol> })
    };
    let is_short = move || order.with(|order| order.as_ref().is_none_or(|order| order.texts.len() < LONG));
    view! {
        <nav
            class="fr-summary dl-contents"
            class=("dl-contents--short", is_short)
            aria-labelledby="sommaire"
        >
            <h2 class="fr-summary__title" id="sommaire">
                <FoldTitle
                    is_narrow=folding.is_narrow
                    open=open
                    on_toggle=move |()| open.update(|open| *open = !*open)
                    controls="sommaire-liens"
                >
                    "Sommaire"
                </FoldTitle>
            </h2>
            <div id="sommaire-liens" class="dl-fold__panel" class=("dl-fold__panel--closed", move || !open.get())>
                {list}
            </div>
        </nav>
    }
}

fn measures(order: &OrderView, folding: Folding) -> impl IntoView + use<> {
    let entries = order.texts.iter().enumerate().map(|(rank, texts)| {
        let id = texts.uuid;
        let show = move |_| {
            folding.open(id);
            browser::focus_soon(measure_anchor(id));
        };
        view! {
            <li>
                <a class="fr-summary__link" href=format!("#{}", measure_anchor(id)) on:click=show>
                    {format!("Mesure {} : {}", rank + 1, texts.title)}
                    <span class="dl-block dl-muted">{glimpse(texts)}</span>
                </a>
            </li>
        }
    });
    view! { <ol>{entries.collect_view()}</ol> }
}

/// Parts of the page of an order: id and name. Each of them is there under the same conditions as here.
fn parts(order: &OrderView) -> Vec<(&'static str, &'static str)> {
    let may = order.permissions;
    let has_place =
        order.content.measures.iter().flat_map(|measure| &measure.locations).any(|place| place.found.is_some());
    let is_public = order.status == OrderStatus::Published;
    [
        ("informations-generales", "Informations générales", true),
        ("dispositif", "Dispositif", true),
        ("details", "Détails", true),
        ("actions", "Actions", may.can_publish || may.can_repeal || may.can_duplicate || may.can_delete),
        ("carte-arrete", "Carte", has_place),
        ("arrete-officiel", "Arrêté officiel", may.can_edit || order.document.is_some()),
        ("lien-public", "Lien public", is_public),
        ("diffusion", "Diffusion", true),
        ("historique", "Historique", may.can_see_history),
    ]
    .into_iter()
    .filter_map(|(id, name, is_there)| is_there.then_some((id, name)))
    .collect()
}

/// The part that the address names is shown and receives the focus, when the page opens and whenever the address changes.
pub fn follow_anchor(order: Memo<Option<OrderView>>, folding: Folding) {
    let hash = use_location().hash;
    Effect::new(move |seen: Option<String>| {
        let anchor = hash.get().trim_start_matches('#').to_owned();
        if !anchor.is_empty() && seen.as_ref() != Some(&anchor) {
            let measure = order.with_untracked(|order| order.as_ref().and_then(|order| anchored(order, &anchor)));
            if let Some(measure) = measure {
                folding.open(measure);
            }
            browser::focus_soon(anchor.clone());
        }
        anchor
    });
}

/// The measure of an anchor.
fn anchored(order: &OrderView, anchor: &str) -> Option<MeasureId> {
    order.content.measures.iter().map(|measure| measure.id).find(|id| measure_anchor(*id) == anchor)
}
