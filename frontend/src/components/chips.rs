use leptos::prelude::*;

use super::FieldMessages;
use crate::forms::{FormState, Model, errors::field_id};

/// Several choices among a few, all seen: check boxes that look like tags.
#[component]
pub fn Chips(
    /// Path of the field.
    #[prop(into)]
    path: Signal<String>,
    /// Its name.
    label: &'static str,
    /// Values and names.
    options: Vec<(String, String)>,
    /// The chosen values.
    value: Model<Vec<String>>,
    /// Nothing need be chosen.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let form: FormState = expect_context();
    let wrong = move || form.message(&path.get()).is_some();
    let chip = move |(word, name): (String, String)| {
        let id = format!("{}-{word}", field_id(&path.get_untracked()));
        let mine = word.clone();
        let checked = Memo::new(move |_| value.get.with(|chosen| chosen.contains(&mine)));
        let toggle = move |_| {
            let mut chosen = value.get.get_untracked();
            if checked.get_untracked() {
                chosen.retain(|other| *other != word);
            } else {
                chosen.push(word.clone());
            }
            form.edited(&path.get_untracked());
            form.touch(&path.get_untracked());
            value.set.run(chosen);
        };
        view! {
            <span class="dl-chip">
                <input type="checkbox" class="dl-chip__input" id=id.clone() prop:checked=checked on:change=toggle/>
                <label class="dl-chip__label" for=id>
                    {name}
                </label>
            </span>
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
                {label} {(!optional).then(|| view! { <span class="dl-required"></span> })}
            </legend>
            <div class="fr-fieldset__element dl-chips">{options.into_iter().map(chip).collect_view()}</div>
            <FieldMessages path=path/>
        </fieldset>
    }
}
