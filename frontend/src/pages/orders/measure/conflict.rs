use dialog_api_types::app::OrderView;
use dialog_domain::{Measure, MeasureId};
use leptos::prelude::*;

use super::{super::rival::Rival, saving::Saving};
use crate::components::Dialog;

/// Somebody else saved the order while this person was typing: what they did, and what to do of what is typed.
#[component]
pub fn ConflictDialog(
    saving: Saving,
    /// The measure that is edited, as it was when the person began.
    edited: Option<Measure>,
    /// Takes what the server has instead.
    #[prop(into)]
    on_give_up: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || {
        if saving.submission.conflict.with(Option::is_some) {
            open.set(true);
        }
    });
    let edited = StoredValue::new(edited);
    let state = move || {
        let current = saving.submission.conflict.get()?;
        Some(match edited.with_value(|edited| state(&current, edited.as_ref())) {
            State::New => view! { <p>"Votre mesure s’ajoutera aux siennes."</p> }.into_any(),
            State::Same => view! { <p>"La mesure que vous modifiez n’a pas changé."</p> }.into_any(),
            State::Gone => view! {
                <p>"La mesure que vous modifiez a été supprimée. L’enregistrer l’ajoutera de nouveau."</p>
            }
            .into_any(),
            State::Changed(sentence) => view! {
                <p class="fr-mb-1w">"La mesure que vous modifiez est maintenant :"</p>
                <p class="dl-said fr-mb-2w">{sentence}</p>
                <p>"L’enregistrer remplacera ces changements par votre saisie."</p>
            }
            .into_any(),
        })
    };
    let overwrite = move |_| {
        open.set(false);
        if let Some(current) = saving.submission.conflict.get_untracked() {
            saving.save_over(&current);
        }
    };
    let give_up = move |_| {
        open.set(false);
        on_give_up.run(());
    };
    view! {
        <Dialog open=open id="conflit" title=Signal::stored("Cet arrêté a été modifié entre-temps".to_owned())>
            <Rival conflict=saving.submission.conflict/>
            {state}
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <button type="button" class="fr-btn" on:click=move |_| open.set(false)>
                        "Continuer la saisie"
                    </button>
                </li>
                <li>
                    <button type="button" class="fr-btn fr-btn--secondary" on:click=overwrite>
                        "Enregistrer ma saisie"
                    </button>
                </li>
                <li>
                    <button type="button" class="fr-btn fr-btn--secondary" on:click=give_up>
                        "Prendre la version enregistrée"
                    </button>
                </li>
            </ul>
        </Dialog>
    }
}

enum State {
    New,
    Same,
    Gone,
    Changed(String),
}

fn state(current: &OrderView, edited: Option<&Measure>) -> State {
    let Some(edited) = edited else { return State::New };
    let of = |id: MeasureId| current.content.measures.iter().position(|measure| measure.id == id);
    match of(edited.id) {
        None => State::Gone,
        Some(rank) if current.content.measures.get(rank) == Some(edited) => State::Same,
        Some(rank) => State::Changed(current.texts.get(rank).map(|texts| texts.sentence.clone()).unwrap_or_default()),
    }
}
