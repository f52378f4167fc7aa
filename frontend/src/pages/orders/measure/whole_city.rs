use dialog_domain::RoadType;
use leptos::prelude::*;

use super::{
    editor::{Cell, Editor},
    following::{Follow, follow},
    locations::PreviewLine,
    periods::focus_soon,
    removed::PutBack,
    shape::ShapeFields,
    street::{CityField, StreetFields},
};
use crate::{
    api::client,
    browser,
    components::RadioField,
    forms::{errors::field_id, labels},
};

/// A whole commune, and what stays free in it.
#[component]
pub fn WholeCityFields(cell: Cell) -> impl IntoView {
    let editor: Editor = expect_context();
    let free = Memo::new(move |_| editor.free_in(cell.key));
    let city =
        Memo::new(move |_| cell.draft.with(|draft| (draft.street.city_code.clone(), draft.street.city_label.clone())));
    // What stays free is in the same commune.
    Effect::new(move || {
        let (code, label) = city.get();
        for free in free.get() {
            if free.draft.with_untracked(|draft| draft.street.city_code != code) {
                free.draft.update(|draft| draft.street.choose_city(code.clone(), label.clone()));
            }
        }
    });
    let list_id = field_id(&format!("{}.wholeCity.exceptions", cell.path()));
    let heading = StoredValue::new(list_id.clone());
    let add = move |_| {
        let added = editor.add_free(cell);
        focus_soon(&format!("{}.namedStreet.roadName", added.path()));
    };
    let line = move |added: Cell| {
        let rank =
            move || free.with(|free| free.iter().position(|other| other.key == added.key).map_or(1, |rank| rank + 1));
        view! { <Exception cell=added rank=Signal::derive(rank) heading=heading/> }.into_any()
    };
    view! {
        <CityField cell=cell section="wholeCity"/>
        <div class="dl-slots">
            <p class="fr-label fr-mb-1v" id=list_id tabindex="-1">
                "Sauf…"
                <span class="fr-hint-text">"Voies et tracés qui restent libres dans cette ville."</span>
            </p>
            <PutBack list=heading.get_value()/>
            <For each=move || free.get() key=|cell| cell.key children=line/>
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-add-line"
                on:click=add
            >
                "Ajouter une exception"
            </button>
        </div>
    }
}

#[component]
fn Exception(cell: Cell, rank: Signal<usize>, heading: StoredValue<String>) -> impl IntoView {
    let editor: Editor = expect_context();
    provide_context(cell.form);
    follow(Follow { editor, cell, client: client() });
    let kind = cell.text(
        |location| labels::road_type_word(location.kind).to_owned(),
        |location, word| location.choose_kind(labels::road_type(&word)),
    );
    let kinds = labels::road_types()
        .into_iter()
        .filter(|(word, _)| matches!(labels::road_type(word), RoadType::Lane | RoadType::RawGeoJson))
        .collect::<Vec<_>>();
    let fields = move || match labels::road_type(&kind.get.get()) {
        RoadType::RawGeoJson => view! { <ShapeFields cell=cell section="rawGeoJSON"/> }.into_any(),
        _ => view! { <StreetFields cell=cell/> }.into_any(),
    };
    let remove = move |_| {
        editor.remove(cell.key, &heading.get_value(), format!("L’exception {}", rank.get_untracked()));
        browser::focus(&heading.get_value());
    };
    view! {
        <div class="dl-card dl-card--inner" role="group" aria-label=move || format!("Exception {}", rank.get())>
            <div class="dl-card__header">
                <p class="fr-text--bold fr-mb-0">"Exception " {rank}</p>
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-delete-line"
                    title=move || format!("Supprimer l’exception {}", rank.get())
                    on:click=remove
                >
                    {move || format!("Supprimer l’exception {}", rank.get())}
                </button>
            </div>
            <RadioField
                path=cell.at("roadType")
                label=Signal::stored("Nature de l’exception".to_owned())
                value=kind
                options=Signal::stored(kinds)
            />
            {fields}
            <PreviewLine cell=cell/>
        </div>
    }
}
