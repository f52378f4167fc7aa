use leptos::prelude::*;

use super::filters::{CRIT_AIR, MapFilters, VEHICLES, VehicleFilter};

/// « Mon véhicule » : only what concerns it is shown.
#[component]
pub fn VehiclePanel(filters: Memo<MapFilters>, on_change: Callback<MapFilters>) -> impl IntoView {
    let change = move |edit: &dyn Fn(&mut VehicleFilter)| {
        let mut next = filters.get_untracked();
        edit(&mut next.vehicle);
        on_change.run(next);
    };
    let choice = move |id: &'static str,
                       label: &'static str,
                       nothing: &'static str,
                       words: &'static [(&'static str, &'static str)],
                       read: fn(&VehicleFilter) -> &String,
                       write: fn(&mut VehicleFilter, String)| {
        let option = move |(word, name): &(&'static str, &'static str)| {
            let word = *word;
            view! {
                <option value=word prop:selected=move || filters.with(|filters| read(&filters.vehicle) == word)>
                    {*name}
                </option>
            }
        };
        view! {
            <div class="fr-select-group fr-mb-1w">
                <label class="fr-label fr-text--sm fr-mb-0" for=id>
                    {label}
                </label>
                <select
                    class="fr-select"
                    id=id
                    on:change:target=move |event| {
                        let word = event.target().value();
                        change(&|vehicle| write(vehicle, word.clone()));
                    }
                >
                    <option value="" prop:selected=move || filters.with(|filters| read(&filters.vehicle).is_empty())>
                        {nothing}
                    </option>
                    {words.iter().map(option).collect_view()}
                </select>
            </div>
        }
    };
    let size = move |id: &'static str,
                     label: &'static str,
                     read: fn(&VehicleFilter) -> &String,
                     write: fn(&mut VehicleFilter, String)| {
        view! {
            <div class="fr-input-group fr-mb-1w">
                <label class="fr-label fr-text--sm fr-mb-0" for=id>
                    {label}
                </label>
                <input
                    class="fr-input"
                    type="number"
                    min="0"
                    max="1000"
                    step="any"
                    inputmode="decimal"
                    id=id
                    prop:value=move || filters.with(|filters| read(&filters.vehicle).clone())
                    on:change:target=move |event| {
                        // Out of bounds is said by the browser, and limits nothing.
                        let target = event.target();
                        let text = if target.check_validity() { target.value() } else { String::new() };
                        change(&|vehicle| write(vehicle, text.clone()));
                    }
                />
            </div>
        }
    };
    view! {
        <fieldset class="fr-fieldset fr-mb-1w">
            <legend class="fr-fieldset__legend fr-text--sm fr-text--bold fr-mb-0">"Mon véhicule"</legend>
            <div class="fr-fieldset__element">
                {choice(
                    "vehicule-type",
                    "Type de véhicule",
                    "Tous les véhicules",
                    &VEHICLES,
                    |vehicle| &vehicle.kind,
                    |vehicle, word| vehicle.kind = word,
                )}
                <div class="dl-sizes">
                    {size("vehicule-poids", "PTAC (tonnes)", |vehicle| &vehicle.weight, |vehicle, text| vehicle.weight = text)}
                    {size("vehicule-hauteur", "Hauteur (m)", |vehicle| &vehicle.height, |vehicle, text| vehicle.height = text)}
                    {size("vehicule-largeur", "Largeur (m)", |vehicle| &vehicle.width, |vehicle, text| vehicle.width = text)}
                    {size("vehicule-longueur", "Longueur (m)", |vehicle| &vehicle.length, |vehicle, text| vehicle.length = text)}
                </div>
                {choice(
                    "vehicule-critair",
                    "Vignette Crit’Air",
                    "Non précisée",
                    &CRIT_AIR,
                    |vehicle| &vehicle.crit_air,
                    |vehicle, word| vehicle.crit_air = word,
                )}
                <div class="fr-checkbox-group fr-checkbox-group--sm">
                    <input
                        type="checkbox"
                        id="vehicule-dangereux"
                        prop:checked=move || filters.with(|filters| filters.vehicle.hazardous)
                        on:change:target=move |event| {
                            let checked = event.target().checked();
                            change(&|vehicle| vehicle.hazardous = checked);
                        }
                    />
                    <label class="fr-label" for="vehicule-dangereux">
                        "Transporte des matières dangereuses"
                    </label>
                </div>
            </div>
        </fieldset>
    }
}
