use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::prelude::Closure;

use super::module::{self, Events, MapHandle, Options};
use crate::components::{Alert, AlertKind};

/// A place to go to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// Longitude and latitude.
    pub place: [f64; 2],
    /// How near.
    pub zoom: f64,
}

/// Where the map stands: west, south, east and north of what it shows, and `zoom/lat/lng`.
pub type Standing = ([f64; 4], String);

struct Live {
    handle: MapHandle,
    _events: Events,
}

/// The map of everything that is public, as vector tiles. It never holds what cannot be had elsewhere on the page: a list
/// says the same things.
#[component]
pub fn TiledMap(
    /// Name for screen readers.
    #[prop(into)]
    label: String,
    /// Address of the tiles, once it is known.
    tiles: Signal<Option<String>>,
    /// FeatureCollection of drafts.
    drafts: Signal<String>,
    /// Location with a halo.
    highlighted: Signal<Option<String>>,
    /// What the first view shows, once it is known.
    first_fit: Signal<Option<String>>,
    /// FeatureCollection to show the whole of, each time it changes.
    target: Signal<Option<String>>,
    /// Place to go to, each time it changes.
    goal: Signal<Option<Goal>>,
    /// `zoom/lat/lng` at the start.
    view: Option<String>,
    /// Told the identifiers under a click.
    on_select: Callback<Vec<String>>,
    /// Told the identifier under the pointer.
    on_hover: Callback<Option<String>>,
    /// Told where the map stands after a move.
    on_move: Callback<Standing>,
) -> impl IntoView {
    let container = NodeRef::<html::Div>::new();
    let live = StoredValue::new_local(None::<Live>);
    let ready = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let options = StoredValue::new((label, view));

    let start = move || {
        let Some(container) = container.get_untracked() else { return };
        failed.set(false);
        spawn_local(async move {
            let events = events(on_select, on_hover, on_move);
            let (label, view) = options.get_value();
            let options = Options { label, view, cooperative: false, tiled: true };
            match module::create(&container, &options, &events).await {
                Ok(handle) => {
                    // The page may have gone while the module was loading.
                    if ready.try_get_untracked().is_none() {
                        handle.destroy();
                        return;
                    }
                    live.set_value(Some(Live { handle, _events: events }));
                    ready.set(true);
                }
                Err(_) => {
                    failed.try_set(true);
                }
            }
        });
    };
    Effect::new(move || {
        if container.get().is_some() {
            start();
        }
    });
    on_cleanup(move || {
        if let Some(live) = live.try_update_value(Option::take).flatten() {
            live.handle.destroy();
        }
    });

    let on_map = move |action: &dyn Fn(&MapHandle)| {
        live.with_value(|live| {
            if let Some(live) = live {
                action(&live.handle);
            }
        });
    };
    Effect::new(move || {
        if let (true, Some(path)) = (ready.get(), tiles.get()) {
            on_map(&|map| drop(map.set_tiles(&path)));
        }
    });
    Effect::new(move || {
        if ready.get() {
            let text = drafts.get();
            on_map(&|map| drop(map.set_drafts(&text)));
        }
    });
    Effect::new(move || {
        if ready.get() {
            let id = highlighted.get();
            on_map(&|map| drop(map.highlight(id.clone())));
        }
    });
    Effect::new(move || {
        if let (true, Some(target)) = (ready.get(), first_fit.get()) {
            on_map(&|map| map.fit(&target, true, false));
        }
    });
    Effect::new(move || {
        if let (true, Some(target)) = (ready.get(), target.get()) {
            on_map(&|map| map.fit(&target, false, true));
        }
    });
    Effect::new(move || {
        if let (true, Some(Goal { place: [longitude, latitude], zoom })) = (ready.get(), goal.get()) {
            on_map(&|map| map.go_to(longitude, latitude, zoom));
        }
    });

    view! {
        <div class="dl-map">
            <div class="dl-map__canvas" node_ref=container></div>
            <Show when=move || !ready.get() && !failed.get()>
                <p class="dl-map__message" role="status">"Chargement de la carte…"</p>
            </Show>
            <Show when=move || failed.get()>
                <div class="dl-map__message">
                    <Alert kind=AlertKind::Warning title="La carte ne peut pas être affichée">
                        <p>
                            "Votre navigateur ne sait pas l’afficher, ou la connexion est interrompue. "
                            "Les mêmes informations figurent dans la liste."
                        </p>
                        <button type="button" class="fr-btn fr-btn--sm fr-btn--secondary" on:click=move |_| start()>
                            "Réessayer"
                        </button>
                    </Alert>
                </div>
            </Show>
        </div>
    }
}

fn events(on_select: Callback<Vec<String>>, on_hover: Callback<Option<String>>, on_move: Callback<Standing>) -> Events {
    Events {
        select: Closure::new(move |ids: String| {
            on_select.try_run(ids.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect());
        }),
        hover: Closure::new(move |id: String| {
            on_hover.try_run(Some(id).filter(|id| !id.is_empty()));
        }),
        moved: Closure::new(move |west, south, east, north, view| {
            on_move.try_run(([west, south, east, north], view));
        }),
        point: Closure::new(|_, _| {}),
        draw: Closure::new(|_| {}),
    }
}
