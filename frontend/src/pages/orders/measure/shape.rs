use dialog_domain::rules::limits;
use leptos::{html, prelude::*, task::spawn_local};

use super::{
    editor::{Cell, Editor},
    vertices::Vertices,
};
use crate::{
    browser,
    components::{TextAreaField, TextField},
    forms::{FormState, errors::field_id},
    map::read_shapes,
};

/// A drawing or a zone: what it is, and its shape drawn on the map, imported from a file, or written.
#[component]
pub fn ShapeFields(
    cell: Cell,
    /// `rawGeoJSON` or `zone`.
    section: &'static str,
) -> impl IntoView {
    let is_zone = section == "zone";
    let label =
        cell.text(|location| location.shape().label.clone(), |location, label| location.shape_mut().label = label);
    let geometry = cell.text(
        |location| location.shape().geometry.clone(),
        |location, geometry| location.shape_mut().geometry = geometry,
    );
    let (name, hint, max) = if is_zone {
        ("Nom de la zone", "Ce que les usagers liront : « Centre ancien ».", limits::ZONE_LABEL_MAX)
    } else {
        ("Descriptif", "Ce que les usagers liront : « Parking de la mairie, côté nord ».", limits::RAW_LABEL_MAX)
    };
    let (written, explained) = if is_zone {
        (
            "Périmètre de la zone (GeoJSON)",
            "Se remplit en traçant. La mesure s’applique aux voies qui s’y trouvent, autoroutes exceptées.",
        )
    } else {
        (
            "Géométrie GeoJSON",
            "Se remplit en traçant ; vous pouvez aussi y coller une géométrie (longitude puis latitude).",
        )
    };
    view! {
        <TextField
            path=cell.at(&format!("{section}.label"))
            label=Signal::stored(name.to_owned())
            hint=hint
            value=label
            max_length=max
        />
        <DrawTools cell=cell is_zone=is_zone/>
        <Import cell=cell section=section/>
        <Vertices cell=cell is_zone=is_zone/>
        <TextAreaField
            path=cell.at(&format!("{section}.geometry"))
            label=Signal::stored(written.to_owned())
            hint=explained
            value=geometry
            rows=4
            code=true
        />
    }
}

#[component]
fn DrawTools(cell: Cell, is_zone: bool) -> impl IntoView {
    let editor: Editor = expect_context();
    let drawing = Memo::new(move |_| editor.drawing.get() == Some(cell.key));
    let is_drawn = Memo::new(move |_| cell.draft.with(|draft| !draft.shape().geometry.trim().is_empty()));
    on_cleanup(move || {
        if editor.drawing.try_get_untracked().flatten() == Some(cell.key) {
            editor.drawing.set(None);
        }
    });
    let toggle = move |_| {
        let start = !drawing.get_untracked();
        editor.picking.set(None);
        editor.drawing.set(start.then_some(cell.key));
        if start {
            browser::focus("carte-mesure");
        }
    };
    let clearing = RwSignal::new(false);
    let clear = move |_| {
        if clearing.get_untracked() {
            editor.forget_drawing();
            cell.draft.update(|draft| draft.shape_mut().geometry.clear());
        }
        clearing.update(|clearing| *clearing = !*clearing);
    };
    let start = move || match (is_zone, is_drawn.get()) {
        (_, true) => "Modifier le tracé",
        (true, false) => "Tracer le périmètre",
        (false, false) => "Tracer une ligne",
    };
    let advice = if is_zone {
        "Cliquez sur la carte pour poser au moins trois points ; cliquez sur le premier, ou appuyez sur Entrée, pour fermer la zone."
    } else {
        "Cliquez sur la carte pour poser des points : ils s’accrochent aux voies. Cliquez sur le dernier, ou appuyez sur Entrée, pour finir la ligne."
    };
    view! {
        <div class="dl-draw">
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--secondary fr-btn--icon-left fr-icon-edit-line"
                aria-pressed=move || drawing.get().to_string()
                on:click=toggle
            >
                {move || if drawing.get() { "Terminer le tracé" } else { start() }}
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
            <Show when=move || is_drawn.get()>
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
            <p class="fr-text--sm dl-muted">{advice}</p>
        </Show>
    }
}

/// A shape that was drawn elsewhere.
#[component]
fn Import(cell: Cell, section: &'static str) -> impl IntoView {
    let editor: Editor = expect_context();
    let form: FormState = expect_context();
    let path = format!("{}.{section}.geometry", cell.path());
    let id = format!("{}-fichier", field_id(&path));
    let input = NodeRef::<html::Input>::new();
    let said = RwSignal::new(None::<Result<String, String>>);
    let path = StoredValue::new(path);
    let read = move |_| {
        let Some(input) = input.get_untracked() else { return };
        spawn_local(async move {
            let answer = read_shapes(&input, section == "zone").await;
            if let Ok(geometry) = &answer {
                editor.forget_drawing();
                form.edited(&path.get_value());
                cell.draft.try_update(|draft| draft.shape_mut().geometry.clone_from(geometry));
            }
            said.try_set(Some(answer.map(|_| "Le tracé du fichier est repris.".to_owned())));
            // The same file can be chosen again.
            input.set_value("");
        });
    };
    let message = move || {
        said.get().map(|said| match said {
            Ok(text) => view! { <p class="fr-valid-text">{text}</p> }.into_any(),
            Err(text) => view! { <p class="fr-error-text">{text}</p> }.into_any(),
        })
    };
    view! {
        <div class="fr-upload-group fr-mb-2w">
            <label class="fr-label" for=id.clone()>
                "Importer un tracé"
                <span class="fr-hint-text">"Fichier GeoJSON, GPX ou KML."</span>
            </label>
            <input
                class="fr-upload"
                type="file"
                id=id
                accept=".geojson,.json,.gpx,.kml"
                node_ref=input
                on:change=read
            />
            <div aria-live="polite">{message}</div>
        </div>
    }
}
