use std::rc::Rc;

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::HtmlElement;

use super::module::{self, Events, MapHandle, Options};
use crate::{
    browser::{self, Sighting},
    components::{Alert, AlertKind},
};

struct Live {
    handle: MapHandle,
    _events: Events,
    _trouble: Closure<dyn FnMut(String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Ready,
    Failed,
}

/// Where a map is drawn, from the moment it is asked for until the page goes.
#[derive(Clone, Copy)]
pub struct Stage {
    container: NodeRef<html::Div>,
    live: StoredValue<Option<Live>, LocalStorage>,
    state: RwSignal<State>,
    /// Sources whose tiles cannot be had.
    trouble: RwSignal<String>,
    options: StoredValue<Options>,
    events: StoredValue<Rc<dyn Fn() -> Events>, LocalStorage>,
}

impl Stage {
    /// A map that is not loaded yet; `events` makes what it tells.
    pub fn new(options: Options, events: impl Fn() -> Events + 'static) -> Self {
        let live = StoredValue::new_local(None::<Live>);
        on_cleanup(move || {
            if let Some(live) = live.try_update_value(Option::take).flatten() {
                live.handle.destroy();
            }
        });
        Self {
            container: NodeRef::new(),
            live,
            state: RwSignal::new(State::Loading),
            trouble: RwSignal::new(String::new()),
            options: StoredValue::new(options),
            events: StoredValue::new_local(Rc::new(events)),
        }
    }

    /// Whether it can be drawn on.
    pub fn is_ready(self) -> bool {
        self.state.get() == State::Ready
    }

    /// Does something to the map, once it is there.
    pub fn on_map(self, action: impl FnOnce(&MapHandle)) {
        self.live.with_value(|live| {
            if let Some(live) = live {
                action(&live.handle);
            }
        });
    }

    fn load(self) {
        let Some(container) = self.container.get_untracked() else { return };
        self.state.set(State::Loading);
        let events = self.events.with_value(|events| events());
        let options = self.options.get_value();
        spawn_local(async move {
            let trouble = Closure::new(move |sources| {
                self.trouble.try_set(sources);
            });
            match module::create(&container, &options, &events, &trouble).await {
                // The page may have gone while the module was loading.
                Ok(handle) if self.state.try_get_untracked().is_none() => handle.destroy(),
                Ok(handle) => {
                    self.live.set_value(Some(Live { handle, _events: events, _trouble: trouble }));
                    self.state.set(State::Ready);
                }
                Err(_) => {
                    self.state.try_set(State::Failed);
                }
            }
        });
    }
}

/// The map itself; what is said while it is not there, or when it does not come.
#[component]
pub fn StageView(
    /// The map.
    stage: Stage,
    /// It is loaded once it is on the screen.
    #[prop(optional)]
    lazy: bool,
    /// Where the same things are said: « dans la liste ».
    elsewhere: &'static str,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    // Whoever asked for it again stays on the map: on what came, or on the button that asks once more.
    let asked_again = StoredValue::new(false);
    let load_again = move |_| {
        asked_again.set_value(true);
        keep_focus(frame);
        stage.load();
    };
    Effect::new(move || {
        let state = stage.state.get();
        if state == State::Loading || !asked_again.get_value() {
            return;
        }
        asked_again.set_value(false);
        let wanted = if state == State::Ready { ".maplibregl-canvas" } else { ".dl-map__message button" };
        request_animation_frame(move || focus_within(frame, wanted));
    });
    let sighting = StoredValue::new_local(None::<Sighting>);
    Effect::new(move || {
        let Some(container) = stage.container.get() else { return };
        if lazy {
            sighting.set_value(browser::once_seen(&container, move || stage.load()));
        } else {
            stage.load();
        }
    });
    let message = move || {
        match stage.state.get() {
        State::Ready => ().into_any(),
        State::Loading => view! {
            <p class="dl-map__message" role="status">
                "Chargement de la carte…"
            </p>
        }
        .into_any(),
        State::Failed => view! {
            <div class="dl-map__message" role="alert">
                <Alert kind=AlertKind::Warning title="La carte ne peut pas être affichée">
                    <p>
                        "Votre navigateur ne sait pas l’afficher, ou la connexion est interrompue. Les mêmes informations \
                         figurent "
                        {elsewhere} "."
                    </p>
                    <button type="button" class="fr-btn fr-btn--sm fr-btn--secondary" on:click=load_again>
                        "Réessayer"
                    </button>
                </Alert>
            </div>
        }
        .into_any(),
    }
    };
    let missing = Memo::new(move |_| stage.trouble.with(|sources| missing_text(sources)));
    let notice = move || {
        missing.get().map(|text| {
            view! {
                <p class="dl-map__missing fr-text--sm">
                    {text}
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary"
                        on:click=move |_| {
                            stage.on_map(MapHandle::retry);
                            // The button goes with what it says.
                            focus_within(frame, ".maplibregl-canvas");
                        }
                    >
                        "Réessayer"
                    </button>
                </p>
            }
        })
    };
    view! {
        <div class="dl-map" node_ref=frame tabindex="-1">
            <div class="dl-map__canvas" node_ref=stage.container></div>
            {message}
            <div class="dl-map__notice" role="status">{notice}</div>
        </div>
    }
}

/// Gives the keyboard to the map as a whole.
fn keep_focus(frame: NodeRef<html::Div>) {
    if let Some(frame) = frame.get_untracked() {
        // Where it cannot go, it is where it was.
        drop(frame.focus());
    }
}

/// Gives the keyboard to what is on the map, unless it went elsewhere.
fn focus_within(frame: NodeRef<html::Div>, wanted: &str) {
    let Some(frame) = frame.try_get_untracked().flatten() else { return };
    let focused = document().active_element();
    let is_here = focused.is_none_or(|focused| focused.tag_name() == "BODY" || frame.contains(Some(&focused)));
    let target = frame.query_selector(wanted).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let (true, Some(target)) = (is_here, target) {
        drop(target.focus());
    }
}

/// What is said when the tiles of these sources cannot be had.
fn missing_text(sources: &str) -> Option<&'static str> {
    match sources {
        "" => None,
        "base" => Some("Le fond de carte ne répond pas : les restrictions sont dessinées sans lui."),
        _ => Some("Une partie des restrictions n’a pas pu être dessinée."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restrictions_that_are_not_drawn_are_said_before_the_base_map() {
        assert_eq!(missing_text(""), None);
        assert!(missing_text("base").is_some_and(|text| text.contains("fond de carte")));
        assert!(missing_text("base,restrictions").is_some_and(|text| text.contains("restrictions n’a pas")));
    }
}
