use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;

use super::{
    module::{Events, Options},
    stage::{Stage, StageView},
};

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
    let options = Options { label, view, cooperative: false, tiled: true };
    let stage = Stage::new(options, move || events(on_select, on_hover, on_move));
    Effect::new(move || {
        if let (true, Some(path)) = (stage.is_ready(), tiles.get()) {
            stage.on_map(|map| drop(map.set_tiles(&path)));
        }
    });
    Effect::new(move || {
        if stage.is_ready() {
            let text = drafts.get();
            stage.on_map(|map| drop(map.set_drafts(&text)));
        }
    });
    Effect::new(move || {
        if stage.is_ready() {
            let id = highlighted.get();
            stage.on_map(|map| drop(map.highlight(id)));
        }
    });
    Effect::new(move || {
        if let (true, Some(target)) = (stage.is_ready(), first_fit.get()) {
            stage.on_map(|map| map.fit(&target, true, false));
        }
    });
    Effect::new(move || {
        if let (true, Some(target)) = (stage.is_ready(), target.get()) {
            stage.on_map(|map| map.fit(&target, false, true));
        }
    });
    Effect::new(move || {
        if let (true, Some(Goal { place: [longitude, latitude], zoom })) = (stage.is_ready(), goal.get()) {
            stage.on_map(|map| map.go_to(longitude, latitude, zoom));
        }
    });

    view! { <StageView stage=stage elsewhere="dans la liste"/> }
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
