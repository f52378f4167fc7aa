use dialog_domain::RoadType;
use leptos::prelude::*;

use super::{
    drawing_fields::DrawingFields,
    editor::{Editor, below},
    period_fields::focus_soon,
    street_fields::StreetFields,
};
use crate::{
    browser,
    components::{FieldMessages, RadioField},
    forms::{FormState, preview::Preview},
};

/// Where: the locations of the measure.
#[component]
pub fn Locations() -> impl IntoView {
    let editor: Editor = expect_context();
    let keys = Memo::new(move |_| {
        editor.draft.with(|draft| draft.locations.iter().map(|location| location.key).collect::<Vec<_>>())
    });
    let add = move |_| {
        let mut path = String::new();
        editor.draft.update(|draft| {
            draft.add_location();
            let field = match draft.locations.last() {
                Some(location) if location.kind == RoadType::RawGeoJson => "rawGeoJSON.label",
                Some(location) if !location.street.city_code.is_empty() => "namedStreet.roadName",
                _ => "namedStreet.cityLabel",
            };
            path = format!("locations[{}].{field}", draft.locations.len() - 1);
        });
        focus_soon(path);
    };
    view! {
        <section class="dl-form-section" aria-labelledby="champ-locations">
            <h2 class="fr-h5" id="champ-locations" tabindex="-1">
                "Localisations"
            </h2>
            <FieldMessages path=Signal::stored("locations".to_owned())/>
            <For each=move || keys.get() key=|key| *key children=|key| view! { <Location key=key/> }/>
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-add-line"
                on:click=add
            >
                "Ajouter une localisation"
            </button>
        </section>
    }
}

#[component]
fn Location(key: u32) -> impl IntoView {
    let editor: Editor = expect_context();
    let form: FormState = expect_context();
    let path = editor.location_path(key);
    let index = move || editor.draft.with(|draft| draft.locations.iter().position(|location| location.key == key));
    let number = move || index().map_or(1, |index| index + 1);
    let several = Memo::new(move |_| editor.draft.with(|draft| draft.locations.len() > 1));
    let kind = editor.location(
        key,
        |location| if location.kind == RoadType::RawGeoJson { "rawGeoJSON".to_owned() } else { "lane".to_owned() },
        |location, word| location.kind = if word == "rawGeoJSON" { RoadType::RawGeoJson } else { RoadType::Lane },
    );
    let is_drawing = Memo::new(move |_| kind.get.with(|word| word == "rawGeoJSON"));
    let kinds = vec![("lane".to_owned(), "Voie".to_owned()), ("rawGeoJSON".to_owned(), "Tracé libre".to_owned())];
    let remove = move |_| {
        let Some(at) = index() else { return };
        if editor.drawing.get_untracked() == Some(key) {
            editor.drawing.set(None);
        }
        editor.draft.update(|draft| drop(draft.locations.remove(at)));
        editor.geometries.update(|geometries| drop(geometries.remove(&key)));
        editor.previews.update(|previews| drop(previews.remove(&key)));
        form.removed("locations", at);
        browser::focus("champ-locations");
    };
    let enter = move |_| editor.current.set(several.get_untracked().then(|| key.to_string()));
    view! {
        <div
            class="dl-card"
            role="group"
            aria-label=move || format!("Localisation {}", number())
            on:focusin=enter
        >
            <div class="dl-card__header">
                <h3 class="fr-h6 fr-mb-0">"Localisation " {number}</h3>
                <Show when=move || several.get()>
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-delete-line"
                        title=move || format!("Supprimer la localisation {}", number())
                        on:click=remove
                    >
                        {move || format!("Supprimer la localisation {}", number())}
                    </button>
                </Show>
            </div>
            <RadioField
                path=below(path, "roadType")
                label=Signal::stored("Type de localisation".to_owned())
                value=kind
                options=Signal::stored(kinds)
            />
            <Show
                when=move || is_drawing.get()
                fallback=move || view! { <StreetFields location=key path=below(path, "namedStreet")/> }
            >
                <DrawingFields location=key path=below(path, "rawGeoJSON")/>
            </Show>
            <PreviewLine location=key/>
        </div>
    }
}

/// What the map shows of this location, in words.
#[component]
fn PreviewLine(location: u32) -> impl IntoView {
    let editor: Editor = expect_context();
    let content = move || {
        let preview = editor.previews.with(|previews| previews.get(&location).cloned());
        match preview.unwrap_or(Preview::Incomplete) {
            Preview::Incomplete => view! {
                <p class="dl-preview dl-muted">"Le tracé apparaîtra sur la carte dès que la localisation sera indiquée."</p>
            }
            .into_any(),
            Preview::Searching => view! { <p class="dl-preview dl-muted">"Recherche du tracé…"</p> }.into_any(),
            Preview::Found { text, complete: true, .. } => view! {
                <p class="dl-preview dl-preview--found">
                    <span class="fr-icon-road-map-line" aria-hidden="true"></span>
                    {text}
                </p>
            }
            .into_any(),
            Preview::Found { .. } => view! {
                <p class="dl-preview dl-muted">
                    "La voie entière est affichée sur la carte : indiquez les points A et B de la section."
                </p>
            }
            .into_any(),
            Preview::Failed(failure) => view! {
                <p class="dl-preview dl-preview--failed">
                    <span class="fr-icon-warning-line" aria-hidden="true"></span>
                    {if failure.transient { failure.title.clone() } else { "Tracé non trouvé".to_owned() }}
                    " : "
                    {failure.detail}
                </p>
            }
            .into_any(),
        }
    };
    view! {
        <div aria-live="polite">{content}</div>
    }
}
