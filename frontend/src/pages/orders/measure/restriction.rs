use dialog_domain::rules::limits;
use leptos::prelude::*;

use super::{editor::Editor, vehicles::VehicleFields};
use crate::{
    components::{SelectField, TextField},
    forms::{HeadDraft, labels, text},
};

/// What is restricted, and for whom.
#[component]
pub fn Restriction() -> impl IntoView {
    let editor: Editor = expect_context();
    let has_speed = Memo::new(move |_| editor.head.with(HeadDraft::has_speed));
    let types = labels::measure_types().into_iter().map(|(word, name)| (word.to_owned(), name)).collect::<Vec<_>>();
    view! {
        <section class="dl-form-section" aria-labelledby="titre-restriction">
            <h2 class="fr-h5" id="titre-restriction">
                "Restriction"
            </h2>
            <SelectField
                path=Signal::stored("type".to_owned())
                label=Signal::stored("Type de restriction".to_owned())
                placeholder="Choisir un type"
                value=text(editor.head, |head| head.kind.clone(), |head, kind| head.kind = kind)
                options=Signal::stored(types)
            />
            <Show when=move || has_speed.get()>
                <TextField
                    path=Signal::stored("maxSpeed".to_owned())
                    label=Signal::stored("Vitesse maximale autorisée (km/h)".to_owned())
                    hint=format!("De 1 à {}.", limits::SPEED_MAX_KMH)
                    input_mode="numeric"
                    value=text(editor.head, |head| head.max_speed.clone(), |head, speed| head.max_speed = speed)
                />
            </Show>
            <VehicleFields/>
        </section>
    }
}
