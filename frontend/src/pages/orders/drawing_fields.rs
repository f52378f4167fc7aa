use dialog_domain::rules::limits;
use leptos::prelude::*;

use super::editor::{Editor, below};
use crate::{
    browser,
    components::{TextAreaField, TextField},
    forms::{drawing::length_m, location::drawn_geometry, preview::Preview},
};

/// A drawing: what it is, and its line drawn on the map or written as GeoJSON.
#[component]
pub fn DrawingFields(
    /// Key of the location.
    location: u32,
    /// Path of the drawing.
    path: Signal<String>,
) -> impl IntoView {
    let editor: Editor = expect_context();
    let label = editor.location(
        location,
        |location| location.drawing.label.clone(),
        |location, label| location.drawing.label = label,
    );
    let geometry = editor.location(
        location,
        |location| location.drawing.geometry.clone(),
        |location, geometry| location.drawing.geometry = geometry,
    );
    let drawing = Memo::new(move |_| editor.drawing.get() == Some(location));
    let drawn = editor.location(location, |location| drawn_geometry(&location.drawing), |_, _| ()).get;
    Effect::new(move || {
        let preview = match drawn.get() {
            None => Preview::Incomplete,
            Some(geometry) => {
                let length = length_m(&geometry);
                let text = if length > 0.0 {
                    format!("Tracé de {}.", dialog_text::length(length))
                } else {
                    "Géométrie reconnue.".to_owned()
                };
                Preview::Found { geometry: Box::new(geometry), text, complete: true }
            }
        };
        editor.previews.update(|previews| drop(previews.insert(location, preview)));
        // What is written is shown whole; what is being drawn stays where it is.
        if editor.drawing.get_untracked() != Some(location) {
            editor.found.update(|count| *count += 1);
        }
    });
    on_cleanup(move || {
        if editor.drawing.try_get_untracked().flatten() == Some(location) {
            editor.drawing.set(None);
        }
    });
    let toggle = move |_| {
        if drawing.get_untracked() {
            editor.drawing.set(None);
        } else {
            editor.drawing.set(Some(location));
            browser::focus("carte-mesure");
        }
    };
    let clearing = RwSignal::new(false);
    let clear = move |_| {
        if clearing.get_untracked() {
            editor.drawing.set(None);
            geometry.set.run(String::new());
        }
        clearing.update(|clearing| *clearing = !*clearing);
    };
    view! {
        <TextField
            path=below(path, "label")
            label=Signal::stored("Descriptif".to_owned())
            hint="Ce que les usagers liront : « Parking de la mairie, côté nord »."
            value=label
            max_length=limits::RAW_LABEL_MAX
        />
        <div class="dl-draw">
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--secondary fr-btn--icon-left fr-icon-edit-line"
                aria-pressed=move || drawing.get().to_string()
                on:click=toggle
            >
                {move || if drawing.get() { "Terminer le tracé" } else { "Tracer sur la carte" }}
            </button>
            <Show when=move || drawing.get()>
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary"
                    on:click=move |_| editor.undo.update(|count| *count += 1)
                >
                    "Annuler le dernier point"
                </button>
            </Show>
            <Show when=move || !geometry.get.with(String::is_empty)>
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary"
                    on:click=clear
                    on:blur=move |_| clearing.set(false)
                >
                    {move || if clearing.get() { "Confirmer l’effacement" } else { "Effacer le tracé" }}
                </button>
            </Show>
        </div>
        <Show when=move || drawing.get()>
            <p class="fr-text--sm dl-muted">
                "Cliquez sur la carte pour poser des points ; cliquez sur le dernier point, ou appuyez sur Entrée, pour finir une ligne."
            </p>
        </Show>
        <TextAreaField
            path=below(path, "geometry")
            label=Signal::stored("Géométrie GeoJSON".to_owned())
            hint="Se remplit en traçant ; vous pouvez aussi y coller une géométrie (longitude puis latitude)."
            value=geometry
            rows=4
            code=true
        />
    }
}
