use dialog_api_types::places::PlaceFeature;
use futures::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    api::{Failure, client},
    map::Goal,
};

/// Long enough not to ask at each key, short enough not to be noticed.
const PAUSE_MS: u32 = 250;
/// Fewest characters that are searched.
const SHORTEST: usize = 3;
const INPUT: &str = "rechercher-un-lieu";
const LIST: &str = "rechercher-un-lieu-liste";

#[derive(Clone, PartialEq)]
enum Answer {
    Nothing,
    TooShort,
    Searching,
    Here(Vec<PlaceFeature>),
    Failed(Failure),
}

/// Search of an address, a street or a commune, to which the map goes (ARIA 1.2 combobox).
#[component]
pub fn PlaceSearch(
    /// Told where to go.
    goal: RwSignal<Option<Goal>>,
) -> impl IntoView {
    let client = StoredValue::new(client());
    let text = RwSignal::new(String::new());
    let answer = RwSignal::new(Answer::Nothing);
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let running = StoredValue::new(None::<AbortHandle>);
    let stop = move || {
        if let Some(handle) = running.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    };
    on_cleanup(stop);
    let ask = move || {
        stop();
        active.set(None);
        open.set(true);
        let typed = text.get_untracked().trim().to_owned();
        if typed.chars().count() < SHORTEST {
            answer.set(if typed.is_empty() { Answer::Nothing } else { Answer::TooShort });
            return;
        }
        if !matches!(answer.get_untracked(), Answer::Here(_)) {
            answer.set(Answer::Searching);
        }
        let client = client.get_value();
        let (request, handle) = abortable(async move {
            TimeoutFuture::new(PAUSE_MS).await;
            client.search_places(&typed).await
        });
        running.set_value(Some(handle));
        spawn_local(async move {
            let Ok(found) = request.await else { return };
            answer.try_set(match found {
                Ok(places) => Answer::Here(places.features),
                Err(error) => Answer::Failed(error.into()),
            });
        });
    };
    let close = move || {
        open.set(false);
        active.set(None);
    };
    let places = move || match answer.get() {
        Answer::Here(places) => places,
        _ => Vec::new(),
    };
    let go = move |place: PlaceFeature| {
        stop();
        close();
        text.set(place.properties.label.clone());
        goal.set(Some(Goal { place: place.geometry.coordinates, zoom: zoom_of(&place.properties.kind) }));
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        key @ ("ArrowDown" | "ArrowUp") => {
            event.prevent_default();
            let count = places().len();
            if count > 0 {
                open.set(true);
                let down = key == "ArrowDown";
                active.update(|active| {
                    *active = Some(match *active {
                        None if down => 0,
                        None => count - 1,
                        Some(rank) if down => (rank + 1) % count,
                        Some(rank) => (rank + count - 1) % count,
                    });
                });
            }
        }
        "Enter" => {
            event.prevent_default();
            // The first place is the best one.
            if let Some(place) = places().into_iter().nth(active.get_untracked().unwrap_or_default())
                && open.get_untracked()
            {
                go(place);
            }
        }
        "Escape" if open.get_untracked() => {
            // What else Escape closes stays open.
            event.prevent_default();
            close();
        }
        _ => {}
    };
    let option_id = |rank: usize| format!("{LIST}-{rank}");
    let option = move |(rank, place): (usize, PlaceFeature)| {
        let is_active = move || active.get() == Some(rank);
        let label = place.properties.label.clone();
        let kind = kind_name(&place.properties.kind);
        view! {
            <li
                role="option"
                id=option_id(rank)
                class="dl-combobox__option"
                class=("dl-combobox__option--active", is_active)
                aria-selected=move || is_active().to_string()
                on:pointerdown=|event| event.prevent_default()
                on:click=move |_| go(place.clone())
            >
                {label} <span class="fr-text--xs">" " {kind}</span>
            </li>
        }
    };
    let status = move || {
        if !open.get() {
            return String::new();
        }
        match answer.get() {
            Answer::Nothing => String::new(),
            Answer::TooShort => format!("Écrivez au moins {SHORTEST} caractères."),
            Answer::Searching => "Recherche…".to_owned(),
            Answer::Here(places) if places.is_empty() => "Aucun lieu trouvé. Vérifiez l’orthographe.".to_owned(),
            Answer::Here(places) if places.len() == 1 => "1 lieu trouvé.".to_owned(),
            Answer::Here(places) => format!("{} lieux trouvés.", places.len()),
            Answer::Failed(failure) => format!("{} : {}", failure.title, failure.detail),
        }
    };
    let expanded = move || open.get() && !places().is_empty();
    view! {
        <div class="fr-input-group fr-mb-2w" role="search">
            <label class="fr-label" for=INPUT>
                "Rechercher un lieu"
            </label>
            <div class="dl-combobox">
                <input
                    class="fr-input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    id=INPUT
                    placeholder="Adresse, rue ou commune"
                    aria-autocomplete="list"
                    aria-expanded=move || expanded().to_string()
                    aria-controls=LIST
                    aria-activedescendant=move || active.get().map(option_id)
                    prop:value=text
                    on:input:target=move |event| {
                        text.set(event.target().value());
                        ask();
                    }
                    on:keydown=on_key
                    on:blur=move |_| close()
                />
                <ul class="dl-combobox__list" role="listbox" id=LIST aria-label="Lieux" hidden=move || !expanded()>
                    {move || places().into_iter().enumerate().map(option).collect_view()}
                </ul>
                <p class="dl-combobox__status" role="status">
                    {status}
                </p>
            </div>
        </div>
    }
}

/// How near the map goes to a place of this kind.
fn zoom_of(kind: &str) -> f64 {
    match kind {
        "housenumber" => 18.0,
        "street" => 17.0,
        _ => 14.0,
    }
}

fn kind_name(kind: &str) -> &'static str {
    match kind {
        "housenumber" => "adresse",
        "street" => "rue",
        "municipality" => "commune",
        _ => "lieu",
    }
}
