use std::collections::BTreeSet;

use dialog_domain::Day;
use leptos::prelude::*;

use super::FieldMessages;
use crate::forms::{FormState, Model, errors::field_id, labels};

/// Days of the week: check boxes that look like tags.
#[component]
pub fn DayChips(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
    /// The chosen days.
    value: Model<BTreeSet<Day>>,
) -> impl IntoView {
    let form: FormState = expect_context();
    let wrong = move || form.message(&path.get()).is_some();
    let write = move |days: BTreeSet<Day>| {
        form.edited(&path.get_untracked());
        form.touch(&path.get_untracked());
        value.set.run(days);
    };
    let chip = move |(day, name): (Day, String)| {
        let id = move || format!("{}-{}", field_id(&path.get()), day.as_str());
        let checked = Memo::new(move |_| value.get.with(|days| days.contains(&day)));
        let toggle = move |_| {
            let mut days = value.get.get_untracked();
            if !days.remove(&day) {
                days.insert(day);
            }
            write(days);
        };
        view! {
            <span class="dl-chip">
                <input type="checkbox" class="dl-chip__input" id=id prop:checked=checked on:change=toggle/>
                <label class="dl-chip__label" for=id>
                    {name}
                </label>
            </span>
        }
    };
    let preset = move |name: &'static str, days: &'static [Day]| {
        view! {
            <button
                type="button"
                class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline"
                on:click=move |_| write(days.iter().copied().collect())
            >
                {name}
            </button>
        }
    };
    view! {
        <fieldset
            class="fr-fieldset dl-days"
            class=("fr-fieldset--error", wrong)
            id=move || field_id(&path.get())
            tabindex="-1"
        >
            <legend class="fr-fieldset__legend fr-fieldset__legend--regular">
                "Jours de la semaine" <span class="dl-required"></span>
            </legend>
            <div class="fr-fieldset__element dl-chips">{labels::days().into_iter().map(chip).collect_view()}</div>
            <div class="fr-fieldset__element dl-chips">
                {preset("Du lundi au vendredi", &WORKING_DAYS)} {preset("Samedi et dimanche", &WEEK_END)}
            </div>
            <FieldMessages path=path/>
        </fieldset>
    }
}

const WORKING_DAYS: [Day; 5] = [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday];
const WEEK_END: [Day; 2] = [Day::Saturday, Day::Sunday];
