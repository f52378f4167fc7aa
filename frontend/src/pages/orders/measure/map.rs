use dialog_domain::{OrganizationId, RoadType};
use leptos::prelude::*;

use super::editor::{Cell, Editor};
use crate::{
    api::{client, remote},
    forms::{
        preview::{self, collection, feature},
        shape::degrees,
    },
    map::{Drawing, MapView, NOTHING, rectangle},
};

/// Where the map stands before anything is found.
#[derive(Clone)]
pub struct Territory {
    /// Who makes the order.
    pub organization: OrganizationId,
    /// What the other measures of the order cover.
    pub found: String,
}

/// The map of the form: what was found, what is being drawn.
#[component]
pub fn MeasureMap(
    /// Where it stands at first.
    territory: Territory,
    /// Beside the form, rather than in it.
    #[prop(optional)]
    aside: bool,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let client = client();
    let Territory { organization, found } = territory;
    let near = found.contains("coordinates").then_some(found);
    let extent = remote(
        || (),
        move |()| {
            let client = client.clone();
            async move { client.initial_bounding_box(None, Some(organization)).await }
        },
    );
    let first_fit = Signal::derive(move || {
        near.clone().or_else(|| extent.load.with(|load| load.ready().copied().flatten()).map(rectangle))
    });
    let kind = Memo::new(move |_| editor.head.with(|head| head.kind.clone()));
    let features = Memo::new(move |_| {
        let kind = kind.get();
        let shown = |cell: Cell| Some(feature(cell.geometry.get()?, &kind, &cell.key.to_string()));
        collection(editor.locations().into_iter().filter_map(shown).collect()).to_string()
    });
    let points = Memo::new(move |_| {
        let shown = |cell: Cell| {
            let is_current = editor.current.get() == Some(cell.key);
            cell.draft.with(|draft| {
                cell.known.with(|known| {
                    cell.points.with(|marks| {
                        // The reference points of every road at once would hide what they are for.
                        let marks = if is_current { marks.as_slice() } else { &[] };
                        preview::points(draft, known, marks, cell.geometry.get().as_ref())
                    })
                })
            })
        };
        collection(editor.locations().into_iter().flat_map(shown).collect()).to_string()
    });
    let active = RwSignal::new(false);
    Effect::new(move || {
        let drawing = editor.drawing.get();
        if drawing.is_some() {
            editor.drawn.set_value(drawing);
        }
        active.set(drawing.is_some());
    });
    let current = Signal::derive(move || {
        let drawn = editor.drawing.get().and_then(|key| editor.find(key)).and_then(|cell| {
            let geometry = cell.draft.with_untracked(|draft| draft.shape().geometry())?;
            Some(collection(vec![feature(geometry, &kind.get_untracked(), "")]).to_string())
        });
        drawn.unwrap_or_else(|| NOTHING.to_owned())
    });
    let area = Signal::derive(move || {
        let cell = editor.drawing.get().and_then(|key| editor.find(key));
        cell.is_some_and(|cell| cell.draft.with_untracked(|draft| draft.kind == RoadType::Zone))
    });
    let on_change = Callback::new(move |geometry: Option<String>| {
        let cell = editor.drawn.get_value().and_then(|key| editor.find(key));
        if let Some(cell) = cell {
            cell.draft.update(|draft| draft.shape_mut().geometry = geometry.unwrap_or_default());
        }
    });
    let on_point = Callback::new(move |place: [f64; 2]| {
        let Some((key, side)) = editor.picking.get_untracked() else { return };
        if let Some(cell) = editor.find(key) {
            editor.picking.set(None);
            cell.draft.update(|draft| draft.street.set_bound(side, |bound| bound.place = place.map(degrees)));
        }
    });
    let highlighted = Signal::derive(move || {
        let several = editor.cells.with(|cells| cells.len() > 1);
        editor.current.get().filter(|_| several).map(|key| key.to_string())
    });
    let drawing = Drawing { active, current, area, undo: editor.undo, on_change };
    view! {
        <section
            class="dl-editor__map"
            class=("dl-editor__map--aside", aside)
            class=("dl-editor__map--picking", move || editor.picking.get().is_some())
            aria-label="Carte de la mesure"
            id="carte-mesure"
            tabindex="-1"
        >
            <MapView
                label="Carte des localisations de la mesure"
                features=features
                points=points
                highlighted=highlighted
                fit_on=editor.found
                first_fit=first_fit
                drawing=drawing
                on_point=on_point
                cooperative=true
                view=None
            />
        </section>
    }
}
