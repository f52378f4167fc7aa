use dialog_api_types::map::{MapDraft, MapLocation};
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
    /// Which of them is told.
    rank: RwSignal<usize>,
    /// The one that is told.
    told: Memo<Option<String>>,
    /// What is known without asking.
    drafts: Memo<Vec<MapDraft>>,
    /// Links open elsewhere: the page is within another site.
    embedded: Signal<bool>,
) -> impl IntoView {
    let opener = StoredValue::new_local(None);
    Effect::new(move || {
        selected.track();
        rank.set(0);
        // The card takes the focus later, once it has something to tell.
        if let Some(element) = browser::focused_outside("dl-popup") {
            opener.set_value(Some(element));
        }
    });
    let close = move || {
        let Some(id) = told.get_untracked() else { return };
        selected.set(Vec::new());
        // The map or the line of the list from which it was opened; a page may also begin with a card.
        if !opener.with_value(|opener| opener.as_ref().is_some_and(browser::focus_again)) {
            browser::focus(&format!("restriction-{id}"));
        }
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
                    <span aria-live="polite">{move || rank.get() + 1} " sur " {count} " à cet endroit"</span>
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
        <Show when=move || told.get().is_some()>
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
                <div class="dl-popup__content">
                    <Details id=told drafts=drafts embedded=embedded/>
                </div>
            </section>
        </Show>
    }
}

#[component]
fn Details(id: Memo<Option<String>>, drafts: Memo<Vec<MapDraft>>, embedded: Signal<bool>) -> impl IntoView {
    let client = client();
    let draft = Memo::new(move |_| {
        let id = id.get()?;
        drafts.with(|drafts| drafts.iter().find(|draft| draft.location.uuid.to_string() == id).cloned())
    });
    let location = remote(
        move || id.get().filter(|_| draft.with(Option::is_none)),
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
    let public = move || match location.load.get() {
        Load::Loading => view! { <Skeleton label="Chargement de la restriction…" lines=3/> }.into_any(),
        Load::Failed(failure) => {
            view! { <FailureView failure=failure on_retry=move |()| location.reload()/> }.into_any()
        }
        Load::Ready(None) => ().into_any(),
        Load::Ready(Some(location)) => {
            view! { <Restriction location=location is_draft=false embedded=embedded/> }.into_any()
        }
    };
    move || match draft.get() {
        Some(draft) => view! { <Restriction location=draft.location is_draft=true embedded=embedded/> }.into_any(),
        None => public(),
    }
}

#[component]
fn Restriction(location: MapLocation, is_draft: bool, embedded: Signal<bool>) -> impl IntoView {
    let title = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(title) = title.get() {
            drop(title.focus());
        }
    });
    let periods = location.periods.into_iter().map(|period| view! { <li>{period}</li> }).collect_view();
    let href = format!("/regulations/{}", location.order_uuid);
    let link = if embedded.get_untracked() {
        // Only the map may be shown within another site.
        view! {
            <a href=href class="fr-link fr-link--sm" target="_blank" rel="noopener" title="Voir l’arrêté - nouvelle fenêtre">
                "Voir l’arrêté"
            </a>
        }
        .into_any()
    } else {
        view! {
            <A href=href attr:class="fr-link fr-link--sm">
                "Voir l’arrêté"
            </A>
        }
        .into_any()
    };
    view! {
        <h2 class="fr-h6 fr-mb-1w dl-popup__title" node_ref=title tabindex="-1">
            <LineSample kind=location.measure_type/>
            {location.measure_label}
        </h2>
        {is_draft.then(|| view! { <p class="fr-badge fr-badge--sm fr-badge--no-icon fr-mb-1w">"Brouillon"</p> })}
        <p class="fr-mb-1w">{location.location_label}</p>
        <p class="fr-mb-1w fr-text--sm">{location.vehicles}</p>
        <ul class="fr-mb-1w fr-text--sm">{periods}</ul>
        <p class="fr-mb-1w fr-text--sm dl-muted">
            {location.organization_name} ", arrêté " {location.identifier} " : " {location.title}
        </p>
        <p class="fr-mb-0 dl-popup__link">{link}</p>
    }
}
