use leptos::prelude::*;

/// Some of a few things, all seen.
#[component]
pub fn CheckboxGroup(
    /// What is chosen.
    legend: &'static str,
    /// Id, name, whether it is chosen and what choosing does.
    options: Vec<(&'static str, &'static str, Signal<bool>, Callback<bool>)>,
) -> impl IntoView {
    let option = |(id, name, checked, set): (&'static str, &'static str, Signal<bool>, Callback<bool>)| {
        view! {
            <div class="fr-checkbox-group fr-checkbox-group--sm">
                <input
                    type="checkbox"
                    id=id
                    prop:checked=checked
                    on:change:target=move |event| set.run(event.target().checked())
                />
                <label class="fr-label" for=id>
                    {name}
                </label>
            </div>
        }
    };
    view! {
        <fieldset class="fr-fieldset fr-mb-1w">
            <legend class="fr-fieldset__legend fr-text--sm fr-text--bold fr-mb-0">{legend}</legend>
            <div class="fr-fieldset__element">{options.into_iter().map(option).collect_view()}</div>
        </fieldset>
    }
}
