use dialog_domain::RoadType;
use leptos::{ev, prelude::*};

use super::{
    editor::{Cell, Editor},
    following::{Follow, follow},
    periods::focus_soon,
    removed::PutBack,
    road::RoadFields,
    shape::ShapeFields,
    street::StreetFields,
    whole_city::WholeCityFields,
};
use crate::{
    api::client,
    browser,
    components::{FieldMessages, SelectField},
    forms::{
        BoundDraft, labels,
        preview::{self, Preview},
    },
};

/// Where: the locations of the measure.
#[component]
pub fn Locations() -> impl IntoView {
    let editor: Editor = expect_context();
    let cells = Memo::new(move |_| editor.locations());
    let add = move |_| {
        let cell = editor.add_location();
        let field = cell.draft.with_untracked(|draft| match draft.kind {
            RoadType::Lane if draft.street.city_code.is_empty() => "namedStreet.cityLabel",
            RoadType::Lane => "namedStreet.roadName",
            _ => "roadType",
        });
        focus_soon(&format!("{}.{field}", cell.path()));
    };
    view! {
        <section class="dl-form-section" aria-labelledby="champ-locations">
            <h2 class="fr-h5" id="champ-locations" tabindex="-1">
                "Localisations"
            </h2>
            <FieldMessages path=Signal::stored("locations".to_owned())/>
            <PutBack list="locations"/>
            <For
                each=move || cells.get()
                key=|cell| cell.key
                children=move |cell| view! { <Location cell=cell cells=cells/> }.into_any()
            />
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
fn Location(cell: Cell, cells: Memo<Vec<Cell>>) -> impl IntoView {
    let editor: Editor = expect_context();
    provide_context(cell.form);
    follow(Follow { editor, cell, client: client() });
    let number =
        move || cells.with(|cells| cells.iter().position(|other| other.key == cell.key).map_or(1, |rank| rank + 1));
    let several = Memo::new(move |_| cells.with(|cells| cells.len() > 1));
    let kind = cell.text(
        |location| labels::road_type_word(location.kind).to_owned(),
        |location, word| location.choose_kind(labels::road_type(&word)),
    );
    let remove = move |_| {
        editor.remove(cell.key, "locations", format!("La localisation {}", untrack(number)));
        browser::focus("champ-locations");
    };
    let mistakes = Memo::new(move |_| cell.form.count());
    let is_wrong = move || {
        (mistakes.get() > 0).then(|| view! { <span class="fr-badge fr-badge--error fr-badge--sm">"À corriger"</span> })
    };
    view! {
        <div
            class="dl-card"
            role="group"
            aria-label=move || format!("Localisation {}", number())
            on:focusin=move |_: ev::FocusEvent| editor.current.set(Some(cell.key))
        >
            <div class="dl-card__header">
                <h3 class="fr-h6 fr-mb-0">"Localisation " {number} " " {is_wrong}</h3>
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
            <SelectField
                path=cell.at("roadType")
                label=Signal::stored("Type de localisation".to_owned())
                value=kind
                options=Signal::stored(labels::road_types())
            />
            {move || fields(cell, &kind.get.get())}
            <PreviewLine cell=cell/>
        </div>
    }
}

/// The fields of a kind of location.
fn fields(cell: Cell, kind: &str) -> AnyView {
    match labels::road_type(kind) {
        RoadType::Lane => view! { <StreetFields cell=cell/> }.into_any(),
        RoadType::DepartmentalRoad => view! { <RoadFields cell=cell kind="departmentalRoad"/> }.into_any(),
        RoadType::NationalRoad => view! { <RoadFields cell=cell kind="nationalRoad"/> }.into_any(),
        RoadType::RawGeoJson => view! { <ShapeFields cell=cell section="rawGeoJSON"/> }.into_any(),
        RoadType::WholeCity => view! { <WholeCityFields cell=cell/> }.into_any(),
        RoadType::Zone => view! { <ShapeFields cell=cell section="zone"/> }.into_any(),
    }
}

/// What the map shows of this location, in words.
#[component]
pub fn PreviewLine(cell: Cell) -> impl IntoView {
    let line = |class: &'static str, icon: &'static str, text: String| {
        view! {
            <p class=format!("dl-preview {class}")>
                {(!icon.is_empty()).then(|| view! { <span class=icon aria-hidden="true"></span> })} <span>{text}</span>
            </p>
        }
    };
    let plain = move |text: &str| line("dl-muted", "", text.to_owned()).into_any();
    let way = cell.text(|location| location.street.way.clone(), |_, _| ()).get;
    let content = move || match cell.preview.get() {
        Preview::Incomplete => plain("Le tracé apparaîtra sur la carte dès que la localisation sera indiquée."),
        Preview::Searching => plain("Recherche du tracé…"),
        Preview::Found { complete: false, .. } => {
            plain("La voie entière est affichée sur la carte : indiquez les points A et B de la section.")
        }
        Preview::Found { text, bounds, .. } => {
            let chosen = cell.preview.with_untracked(|preview| way.with(|written| preview.sentence(written)));
            let text = chosen.unwrap_or(text);
            let numbers =
                cell.draft.with_untracked(|draft| draft.street.bounds.clone().map(|bound: BoundDraft| bound.number));
            let [from, to] = &numbers;
            let placed: Vec<_> = bounds
                .iter()
                .filter_map(|bound| preview::placed_otherwise(bound, [from.as_str(), to.as_str()]))
                .collect();
            view! {
                {line("dl-preview--found", "fr-icon-road-map-line", text)}
                {placed.into_iter().map(|text| line("dl-preview--warning", "fr-icon-information-line", text)).collect_view()}
            }
            .into_any()
        }
        Preview::Failed(failure) => {
            let title = if failure.transient { failure.title } else { "Tracé non trouvé".to_owned() };
            line("dl-preview--failed", "fr-icon-warning-line", format!("{title} : {}", failure.detail)).into_any()
        }
    };
    view! {
        <div aria-live="polite">{content}</div>
    }
}
