use leptos::prelude::*;

/// A list of which a line is chosen, and takes effect at once: nothing is sent with a form.
#[component]
pub fn InstantSelect(
    /// Its id.
    id: &'static str,
    /// Its name.
    label: &'static str,
    /// The name is for screen readers alone.
    #[prop(optional)]
    is_label_hidden: bool,
    /// Look of the whole.
    class: &'static str,
    /// Values and names.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// What is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Told what is chosen.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let line = move |(word, name): (String, String)| {
        let mine = word.clone();
        view! {
            <option value=word prop:selected=move || value.with(|value| *value == mine)>
                {name}
            </option>
        }
    };
    view! {
        <div class=format!("fr-select-group {class}")>
            <label class=if is_label_hidden { "fr-sr-only" } else { "fr-label" } for=id>
                {label}
            </label>
            <select class="fr-select" id=id on:change:target=move |event| on_choose.run(event.target().value())>
                {move || options.get().into_iter().map(line).collect_view()}
            </select>
        </div>
    }
}
