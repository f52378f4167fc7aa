use dialog_domain::rules::limits;
use leptos::prelude::*;

use super::editor::Editor;
use crate::{
    components::{RadioField, TextField},
    forms::{FormState, model, numbers::decimal_text},
};

/// Weights that orders name most often, tonnes.
const WEIGHTS: [f64; 8] = [3.5, 7.5, 12.0, 15.0, 19.0, 26.0, 32.0, 44.0];
const WEIGHT: &str = "vehicleSet.heavyweightMaxWeight";

/// Who is concerned: everybody, or goods vehicles above a weight.
#[component]
pub fn VehicleFields() -> impl IntoView {
    let editor: Editor = expect_context();
    let form: FormState = expect_context();
    let who = model(
        editor.draft,
        |draft| match draft.everybody {
            None => String::new(),
            Some(true) => "all".to_owned(),
            Some(false) => "some".to_owned(),
        },
        |draft, word: String| draft.everybody = Some(word == "all"),
    );
    let weight = model(editor.draft, |draft| draft.weight.clone(), |draft, weight| draft.weight = weight);
    let some = Memo::new(move |_| who.get.with(|word| word == "some"));
    let options = vec![
        ("all".to_owned(), "Tous les véhicules".to_owned()),
        ("some".to_owned(), "Les poids lourds au-dessus d’un poids".to_owned()),
    ];
    let preset = move |tonnes: f64| {
        let text = decimal_text(tonnes);
        let mine = text.clone();
        let name = format!("{text} t");
        let pressed = Memo::new(move |_| weight.get.with(|weight| *weight == mine));
        view! {
            <li>
                <button
                    type="button"
                    class="fr-tag fr-tag--sm"
                    aria-pressed=move || pressed.get().to_string()
                    on:click=move |_| {
                        form.edited(WEIGHT);
                        weight.set.run(text.clone());
                    }
                >
                    {name}
                </button>
            </li>
        }
    };
    view! {
        <RadioField
            path=Signal::stored("vehicleSet.allVehicles".to_owned())
            label=Signal::stored("Véhicules concernés".to_owned())
            value=who
            options=Signal::stored(options)
        />
        <Show when=move || some.get()>
            <TextField
                path=Signal::stored(WEIGHT.to_owned())
                label=Signal::stored("Poids total autorisé en charge, en tonnes".to_owned())
                hint=format!(
                    "Sont concernés les véhicules de transport de marchandises de plus de ce poids (au plus {} t).",
                    limits::WEIGHT_MAX_T,
                )
                input_mode="decimal"
                value=weight
            />
            <ul class="fr-tags-group dl-presets" aria-label="Poids courants">
                {WEIGHTS.map(preset).collect_view()}
            </ul>
        </Show>
    }
}
