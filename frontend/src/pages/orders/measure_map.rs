use dialog_domain::OrganizationId;
use leptos::prelude::*;

use super::editor::Editor;
use crate::{
    api::{client, remote},
    forms::{
        location::drawn_geometry,
        preview::{self, collection, feature},
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
    let features = Memo::new(move |_| {
        editor.draft.with(|draft| editor.geometries.with(|geometries| preview::features(draft, geometries))).to_string()
    });
    let points = Memo::new(move |_| {
        editor.draft.with(|draft| editor.geometries.with(|geometries| preview::points(draft, geometries))).to_string()
    });
    let active = RwSignal::new(false);
    Effect::new(move || active.set(editor.drawing.get().is_some()));
    let current = Signal::derive(move || {
        let key = editor.drawing.get();
        editor.draft.with(|draft| {
            let location = draft.locations.iter().find(|location| Some(location.key) == key);
            location.and_then(|location| drawn_geometry(&location.drawing)).map_or_else(
                || NOTHING.to_owned(),
                |geometry| collection(vec![feature(geometry, &draft.kind, "")]).to_string(),
            )
        })
    });
    let on_change = Callback::new(move |geometry: Option<String>| {
        let Some(key) = editor.drawing.get_untracked() else { return };
        editor.draft.update(|draft| {
            if let Some(location) = draft.locations.iter_mut().find(|location| location.key == key) {
                location.drawing.geometry = geometry.unwrap_or_default();
            }
        });
    });
    let drawing = Drawing { active, current, undo: editor.undo, on_change };
    view! {
        <section
            class="dl-editor__map"
            class=("dl-editor__map--aside", aside)
            aria-label="Carte de la mesure" id="carte-mesure" tabindex="-1">
            <MapView
                label="Carte des localisations de la mesure"
                features=features
                points=points
                highlighted=editor.current
                fit_on=editor.found
                first_fit=first_fit
                drawing=drawing
                cooperative=true
                view=None
            />
        </section>
    }
}
