use dialog_api_types::map::MapLocation;
use dialog_client::ClientError;
use dialog_domain::LocationId;
use leptos::{ev, html, prelude::*};
use leptos_router::components::A;

use crate::{
    api::{Load, client, remote},
    browser,
    components::{FailureView, LineSample, Skeleton},
};

/// What the map tells about the chosen restrictions, one at a time, over the map.
#[component]
pub fn SelectionCard(
    /// Locations that were chosen; none: no card.
    selected: RwSignal<Vec<String>>,
) -> impl IntoView {
    let rank = RwSignal::new(0_usize);
    Effect::new(move || {
        selected.track();
        rank.set(0);
    });
    let id = Memo::new(move |_| selected.with(|ids| ids.get(rank.get()).cloned()));
    let close = move || {
        let Some(id) = id.get_untracked() else { return };
        selected.set(Vec::new());
        browser::focus(&format!("restriction-{id}"));
    };
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && !event.default_prevented() {
            close();
        }
    });
    on_cleanup(move || escape.remove());
    let pager = move || {
        let count = selected.with(Vec::len);
        (count > 1).then(|| {
            view! {
                <div class="dl-popup__pager">
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-arrow-left-s-line"
                        title="Restriction précédente"
                        on:click=move |_| rank.update(|rank| *rank = (*rank + count - 1) % count)
                    >
                        "Restriction précédente"
                    </button>
                    <span>{move || rank.get() + 1} " sur " {count}</span>
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-arrow-right-s-line"
                        title="Restriction suivante"
                        on:click=move |_| rank.update(|rank| *rank = (*rank + 1) % count)
                    >
                        "Restriction suivante"
                    </button>
                </div>
            }
        })
    };
    view! {
        <Show when=move || id.get().is_some()>
            <section class="dl-popup" aria-label="Restriction choisie">
                <div class="dl-popup__header">
                    {pager}
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-btn--icon-right fr-icon-close-line dl-popup__close"
                        on:click=move |_| close()
                    >
                        "Fermer"
                    </button>
                </div>
                <Details id=id/>
            </section>
        </Show>
    }
}

#[component]
fn Details(id: Memo<Option<String>>) -> impl IntoView {
    let client = client();
    let location = remote(
        move || id.get(),
        move |id| {
            let client = client.clone();
            async move {
                match id.and_then(|id| id.parse().ok()).map(LocationId) {
                    Some(id) => client.map_location(id).await.map(Some),
                    None => Ok::<_, ClientError>(None),
                }
            }
        },
    );
    move || match location.load.get() {
        Load::Loading => view! { <Skeleton label="Chargement de la restriction…" lines=3/> }.into_any(),
        Load::Failed(failure) => {
            view! { <FailureView failure=failure on_retry=move |()| location.reload()/> }.into_any()
        }
        Load::Ready(None) => ().into_any(),
        Load::Ready(Some(location)) => view! { <Restriction location=location/> }.into_any(),
    }
}

#[component]
fn Restriction(location: MapLocation) -> impl IntoView {
    let title = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(title) = title.get() {
            drop(title.focus());
        }
    });
    let periods = location.periods.into_iter().map(|period| view! { <li>{period}</li> }).collect_view();
    view! {
        <h2 class="fr-h6 fr-mb-1w dl-popup__title" node_ref=title tabindex="-1">
            <LineSample kind=location.measure_type/>
            {location.measure_label}
        </h2>
        <p class="fr-mb-1w">{location.location_label}</p>
        <p class="fr-mb-1w fr-text--sm">{location.vehicles}</p>
        <ul class="fr-mb-1w fr-text--sm">{periods}</ul>
        <p class="fr-mb-1w fr-text--sm dl-muted">
            {location.organization_name} ", arrêté " {location.identifier} " : " {location.title}
        </p>
        <A href=format!("/regulations/{}", location.order_uuid) attr:class="fr-link fr-link--sm">
            "Voir l’arrêté"
        </A>
    }
}
