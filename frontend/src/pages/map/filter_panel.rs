use dialog_domain::MeasureType;
use leptos::prelude::*;

use super::{filters::MapFilters, presets::Presets, vehicle_panel::VehiclePanel};
use crate::{
    browser,
    components::{CheckboxGroup, LineSample, PublisherChoice},
    state::Session,
};

/// Filters, which are also the legend: each type shows its line.
#[component]
pub fn FilterPanel(filters: Memo<MapFilters>, on_change: Callback<MapFilters>) -> impl IntoView {
    let session: Session = expect_context();
    let change = move |edit: &dyn Fn(&mut MapFilters)| {
        let mut next = filters.get_untracked();
        edit(&mut next);
        on_change.run(next);
    };
    let type_box = move |kind: MeasureType| {
        let id = format!("type-{}", kind.as_str());
        view! {
            <div class="fr-checkbox-group fr-checkbox-group--sm dl-legend">
                <input
                    type="checkbox"
                    id=id.clone()
                    prop:checked=move || filters.with(|filters| filters.types.contains(&kind))
                    on:change=move |_| change(&|filters| filters.toggle(kind))
                />
                <label class="fr-label" for=id>
                    <LineSample kind=kind/>
                    {dialog_text::labels::measure_type(kind)}
                </label>
            </div>
        }
    };
    let category_box =
        move |id: &'static str, name: &'static str, read: fn(&MapFilters) -> bool, write: fn(&mut MapFilters, bool)| {
            let checked = Signal::derive(move || filters.with(read));
            (id, name, checked, Callback::new(move |shown| change(&|filters| write(filters, shown))))
        };
    let date_error = move || filters.with(|filters| filters.date_error(&browser::today()));
    // On small screens the map comes first: filters unfold on demand.
    let open = browser::matches_media("(min-width: 48em)");
    view! {
        <details class="dl-details" open=open>
            <summary>"Filtres et légende"</summary>
            <fieldset class="fr-fieldset fr-mb-1w">
                <legend class="fr-fieldset__legend fr-text--sm fr-text--bold fr-mb-0">"Types de restriction"</legend>
                <div class="fr-fieldset__element">{MeasureType::ALL.map(type_box).collect_view()}</div>
            </fieldset>
            <Signs/>
            <CheckboxGroup
                legend="Réglementation"
                options=vec![
                    category_box(
                        "permanentes",
                        "Restrictions permanentes",
                        |filters| filters.permanent,
                        |filters, shown| filters.permanent = shown,
                    ),
                    category_box(
                        "temporaires",
                        "Restrictions temporaires",
                        |filters| filters.temporary,
                        |filters, shown| filters.temporary = shown,
                    ),
                ]
            />
            <Show when=move || session.is_member()>
                <CheckboxGroup
                    legend="Mes arrêtés"
                    options=vec![
                        category_box(
                            "brouillons",
                            "Arrêtés en brouillon de mon organisation",
                            |filters| filters.drafts,
                            |filters, shown| filters.drafts = shown,
                        ),
                    ]
                />
            </Show>
            <fieldset class="fr-fieldset fr-mb-1w">
                <legend class="fr-fieldset__legend fr-text--sm fr-text--bold fr-mb-0">"Période d’application"</legend>
                <div class="fr-fieldset__element fr-pb-1v">
                    <Presets filters=filters on_change=on_change/>
                </div>
                <div class="fr-fieldset__element dl-dates">
                    <div class="fr-input-group">
                        <label class="fr-label" for="a-partir-du">
                            "À partir du"
                        </label>
                        <input
                            class="fr-input"
                            type="date"
                            id="a-partir-du"
                            aria-describedby="dates-erreur"
                            prop:value=move || {
                                let start = filters.get().start;
                                // An instant replaces the present day.
                                let is_today = start.is_empty() && filters.with(|filters| filters.at.is_empty());
                                if is_today { browser::today() } else { start }
                            }
                            on:change:target=move |event| {
                                let date = event.target().value();
                                let date = if date == browser::today() { String::new() } else { date };
                                change(&|filters| filters.start.clone_from(&date));
                            }
                        />
                    </div>
                    <div class="fr-input-group">
                        <label class="fr-label" for="jusqu-au">
                            "Jusqu’au"
                        </label>
                        <input
                            class="fr-input"
                            type="date"
                            id="jusqu-au"
                            aria-describedby="dates-erreur"
                            prop:value=move || filters.get().end
                            on:change:target=move |event| {
                                let date = event.target().value();
                                change(&|filters| filters.end.clone_from(&date));
                            }
                        />
                    </div>
                </div>
                <div class="fr-fieldset__element dl-dates">
                    <div class="fr-input-group">
                        <label class="fr-label" for="a-cet-instant">
                            "À cette date et heure"
                        </label>
                        <input
                            class="fr-input"
                            type="datetime-local"
                            id="a-cet-instant"
                            prop:value=move || filters.get().at
                            on:change:target=move |event| {
                                let at = event.target().value();
                                change(&|filters| filters.at.clone_from(&at));
                            }
                        />
                    </div>
                </div>
                <p class="fr-error-text fr-mt-0" id="dates-erreur" role="alert" hidden=move || date_error().is_none()>
                    {date_error}
                </p>
            </fieldset>
            <PublisherChoice
                id="organisation-publiante"
                label="Organisation qui publie"
                class="fr-mb-1w"
                chosen=Signal::derive(move || filters.with(|filters| filters.organization.clone()))
                on_choose=move |organization: String| change(&|filters| filters.organization.clone_from(&organization))
            />
            <VehiclePanel filters=filters on_change=on_change/>
            <Show when=move || filters.with(MapFilters::is_limiting)>
                <button
                    type="button"
                    class="fr-btn fr-btn--sm fr-btn--tertiary"
                    on:click=move |_| {
                        let MapFilters { page, drafts, .. } = filters.get_untracked();
                        on_change.run(MapFilters { page, drafts, ..MapFilters::default() });
                    }
                >
                    "Effacer les filtres"
                </button>
            </Show>
        </details>
    }
}

/// What else the map draws.
#[component]
fn Signs() -> impl IntoView {
    let sign = |class: &'static str, text: &'static str, name: &'static str| {
        view! {
            <li class="dl-sign">
                <span class=format!("dl-sign__picture {class}") aria-hidden="true">
                    {text}
                </span>
                {name}
            </li>
        }
    };
    view! {
        <ul class="dl-plain-list dl-signs fr-text--sm" aria-label="Autres signes de la carte">
            {sign("dl-sign__picture--cluster", "12", "Plusieurs restrictions : agrandir la carte pour les voir")}
            {sign("dl-sign__picture--dot", "", "Une restriction, vue de loin")}
            {sign("dl-sign__picture--arrow", "➤", "Un seul sens de circulation est concerné")}
            {sign("dl-sign__picture--area", "", "Zone entière")}
            {sign("dl-sign__picture--draft", "", "Brouillon (trait pâle)")}
        </ul>
    }
}
