use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;

use super::{
    NOTHING,
    module::{Events, Options},
    stage::{Stage, StageView},
};

/// Drawing of lines or of areas on a map.
#[derive(Clone, Copy)]
pub struct Drawing {
    /// Whether the person is drawing.
    pub active: RwSignal<bool>,
    /// What is drawn already: a FeatureCollection.
    pub current: Signal<String>,
    /// Whether an area is drawn rather than lines.
    pub area: Signal<bool>,
    /// Counts the requests to forget the last point.
    pub undo: RwSignal<u32>,
    /// Told the GeoJSON geometry at each change; `None` when nothing is left.
    pub on_change: Callback<Option<String>>,
}

/// A map of restrictions. It never holds what cannot be had elsewhere on the page: a list says the same things.
#[component]
pub fn MapView(
    /// Name for screen readers.
    #[prop(into)]
    label: String,
    /// FeatureCollection to draw.
    #[prop(into)]
    features: Signal<String>,
    /// FeatureCollection of labelled points.
    #[prop(optional, into)]
    points: Option<Signal<String>>,
    /// Location with a halo.
    #[prop(optional, into)]
    highlighted: Option<Signal<Option<String>>>,
    /// Shows the whole of what is drawn each time it changes, rather than the first time only.
    #[prop(optional)]
    follow: bool,
    /// Shows the whole of what is drawn each time this changes.
    #[prop(optional, into)]
    fit_on: Option<Signal<u32>>,
    /// What the first view shows, once it is known, instead of the whole.
    #[prop(optional, into)]
    first_fit: Option<Signal<Option<String>>>,
    /// FeatureCollection to show the whole of, each time it changes.
    #[prop(optional, into)]
    target: Option<Signal<Option<String>>>,
    /// `zoom/lat/lng` at the start.
    view: Option<String>,
    /// Told the identifiers under a click.
    #[prop(optional, into)]
    on_select: Option<Callback<Vec<String>>>,
    /// Told the identifier under the pointer.
    #[prop(optional, into)]
    on_hover: Option<Callback<Option<String>>>,
    /// Told the bounds (west, south, east, north) and the view after a move.
    #[prop(optional, into)]
    on_move: Option<Callback<([f64; 4], String)>>,
    /// Told the longitude and latitude of each click.
    #[prop(optional, into)]
    on_point: Option<Callback<[f64; 2]>>,
    /// Drawing of lines or of areas.
    #[prop(optional)]
    drawing: Option<Drawing>,
    /// The page scrolls over the map.
    #[prop(optional)]
    cooperative: bool,
    /// It is loaded once it is on the screen.
    #[prop(optional)]
    lazy: bool,
) -> impl IntoView {
    let options = Options { label, view, cooperative, tiled: false };
    let stage = Stage::new(options, move || events(on_select, on_hover, on_move, on_point, drawing));
    let shown = StoredValue::new(String::new());
    Effect::new(move || {
        if !stage.is_ready() {
            return;
        }
        let text = features.get();
        let first = shown.with_value(|shown| shown.is_empty() || shown == NOTHING);
        stage.on_map(|map| {
            drop(map.set_restrictions(&text));
            if follow || (first && first_fit.is_none()) {
                map.fit(&text, first, false);
            }
        });
        shown.set_value(text);
    });
    if let Some(first_fit) = first_fit {
        Effect::new(move || {
            if let (true, Some(target)) = (stage.is_ready(), first_fit.get()) {
                stage.on_map(|map| map.fit(&target, true, false));
            }
        });
    }
    if let Some(target) = target {
        Effect::new(move || {
            if let (true, Some(target)) = (stage.is_ready(), target.get()) {
                stage.on_map(|map| map.fit(&target, false, true));
            }
        });
    }
    if let Some(fit_on) = fit_on {
        // What was found before the map was here is shown once it is.
        Effect::new(move |shown: Option<Option<u32>>| {
            let count = fit_on.get();
            if !stage.is_ready() {
                return None;
            }
            if shown.flatten() != Some(count) {
                let text = features.get_untracked();
                stage.on_map(|map| map.fit(&text, false, false));
            }
            Some(count)
        });
    }
    if let Some(points) = points {
        Effect::new(move || {
            if stage.is_ready() {
                let text = points.get();
                stage.on_map(|map| drop(map.set_points(&text)));
            }
        });
    }
    if let Some(highlighted) = highlighted {
        Effect::new(move || {
            if stage.is_ready() {
                let id = highlighted.get();
                stage.on_map(|map| drop(map.highlight(id)));
            }
        });
    }
    if let Some(drawing) = drawing {
        Effect::new(move || {
            if !stage.is_ready() {
                return;
            }
            if drawing.active.get() {
                let current = drawing.current.get_untracked();
                let area = drawing.area.get_untracked();
                stage.on_map(|map| drop(map.start_drawing(&current, area)));
            } else {
                stage.on_map(|map| map.stop_drawing());
            }
        });
        Effect::new(move |previous: Option<u32>| {
            let count = drawing.undo.get();
            if previous.is_some_and(|previous| previous != count) {
                stage.on_map(|map| map.undo());
            }
            count
        });
    }

    view! { <StageView stage=stage lazy=lazy elsewhere="dans la page"/> }
}

fn events(
    on_select: Option<Callback<Vec<String>>>,
    on_hover: Option<Callback<Option<String>>>,
    on_move: Option<Callback<([f64; 4], String)>>,
    on_point: Option<Callback<[f64; 2]>>,
    drawing: Option<Drawing>,
) -> Events {
    Events {
        select: Closure::new(move |ids: String| {
            if let Some(callback) = on_select {
                let ids = ids.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
                callback.try_run(ids);
            }
        }),
        hover: Closure::new(move |id: String| {
            if let Some(callback) = on_hover {
                callback.try_run(Some(id).filter(|id| !id.is_empty()));
            }
        }),
        moved: Closure::new(move |west, south, east, north, view| {
            if let Some(callback) = on_move {
                callback.try_run(([west, south, east, north], view));
            }
        }),
        point: Closure::new(move |longitude, latitude| {
            if let Some(callback) = on_point {
                callback.try_run([longitude, latitude]);
            }
        }),
        draw: Closure::new(move |geometry: String| {
            if let Some(drawing) = drawing {
                drawing.on_change.try_run(Some(geometry).filter(|text| text != "null"));
            }
        }),
    }
}
