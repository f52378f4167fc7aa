use chrono::Utc;
use dialog_api_types::app::OrderView;
use dialog_domain::rules::limits;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    editor::Editor,
    general_card::SaveFailure,
    location_fields::Locations,
    measure_map::{MeasureMap, Territory},
    period_fields::Periods,
    vehicle_fields::VehicleFields,
};
use crate::{
    api::Failure,
    browser,
    components::{ActionButton, Dialog, ErrorSummary, SelectField, TextField},
    forms::{FieldError, FormState, MeasureDraft, labels, model, preview},
    state::{NoticeKind, Notices, Session},
};

/// The form of a measure, with the map of its locations beside it.
#[component]
pub fn MeasureForm(order: OrderView, draft: MeasureDraft) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let navigate = use_navigate();
    let initial = StoredValue::new(draft.input());
    let editor = Editor::new(draft);
    provide_context(editor);
    let now = Utc::now();
    let checked = Memo::new(move |_| editor.draft.with(|draft| draft.check(now)));
    let errors = Memo::new(move |_| checked.with(|checked| checked.as_ref().err().cloned().unwrap_or_default()));
    let form = FormState::new(errors.into());
    provide_context(form);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(0_u32);
    let failure = RwSignal::new(None::<Failure>);
    let revision = RwSignal::new(order.revision);
    let saved = StoredValue::new(false);
    let is_dirty = move || {
        !saved.get_value()
            && editor.draft.with_untracked(|draft| initial.with_value(|initial| *initial != draft.input()))
    };
    warn_before_leaving(is_dirty);

    let back = format!("/regulations/{}", order.uuid);
    let order_id = order.uuid;
    let go = StoredValue::new(move || {
        saved.set_value(true);
        navigate(&back, NavigateOptions::default());
    });
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        failure.set(None);
        editor.drawing.set(None);
        if !form.try_to_save() {
            refused.update(|count| *count += 1);
            return;
        }
        busy.set(true);
        let input = editor.draft.with_untracked(MeasureDraft::input);
        let revision_read = revision.get_untracked();
        spawn_local(async move {
            let answer = session
                .call(|client| {
                    let input = input.clone();
                    async move {
                        match input.uuid {
                            Some(id) => client.update_measure(order_id, id, revision_read, &input).await,
                            None => client.add_measure(order_id, revision_read, &input).await,
                        }
                    }
                })
                .await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    notices.leave(NoticeKind::Success, "La mesure est enregistrée.");
                    go.try_with_value(|go| go());
                }
                Err(error) => {
                    if let Some(current) = error.current_revision() {
                        revision.try_set(current);
                    }
                    let errors = on_fields(error.violations(), editor);
                    failure.try_set(Some(error).filter(|_| errors.is_empty()));
                    form.refused(errors);
                    refused.try_update(|count| *count += 1);
                }
            }
        });
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let leaving = RwSignal::new(false);
    let cancel = move |_| {
        if is_dirty() {
            leaving.set(true);
        } else {
            go.with_value(|go| go());
        }
    };
    let has_speed = Memo::new(move |_| editor.draft.with(MeasureDraft::has_speed));
    let types = labels::measure_types().into_iter().map(|(word, name)| (word.to_owned(), name)).collect::<Vec<_>>();
    let sentence = move || {
        checked.with(|checked| match checked {
            Ok(measure) => dialog_text::measure_sentence(measure),
            Err(_) => "Elle s’écrira ici dès que le formulaire sera complet.".to_owned(),
        })
    };
    // On wide screens the map stays in sight beside the form; on small ones it follows the locations.
    let is_wide = browser::matches_media("(min-width: 62em)");
    let territory =
        Territory { organization: order.organization.uuid, found: preview::found(&order.content.measures).to_string() };
    let narrow = territory.clone();
    view! {
        <div class="fr-grid-row fr-grid-row--gutters">
            <div class="fr-col-12 fr-col-lg-7">
                <form class="dl-panel" on:submit=submit novalidate>
                    <ErrorSummary asked=refused/>
                    <div role="alert">
                        {move || failure.get().map(|failure| view! { <SaveFailure failure=failure/> })}
                    </div>
                    <p class="fr-text--sm">"Les champs marqués d’un astérisque sont obligatoires."</p>
                    <section class="dl-form-section" aria-labelledby="titre-restriction">
                        <h2 class="fr-h5" id="titre-restriction">
                            "Restriction"
                        </h2>
                        <SelectField
                            path=Signal::stored("type".to_owned())
                            label=Signal::stored("Type de restriction".to_owned())
                            placeholder="Choisir un type"
                            value=model(editor.draft, |draft| draft.kind.clone(), |draft, kind| draft.kind = kind)
                            options=Signal::stored(types)
                        />
                        <Show when=move || has_speed.get()>
                            <TextField
                                path=Signal::stored("maxSpeed".to_owned())
                                label=Signal::stored("Vitesse maximale autorisée (km/h)".to_owned())
                                hint=format!("De 1 à {}.", limits::SPEED_MAX_KMH)
                                input_mode="numeric"
                                value=model(
                                    editor.draft,
                                    |draft| draft.max_speed.clone(),
                                    |draft, speed| draft.max_speed = speed,
                                )
                            />
                        </Show>
                        <VehicleFields/>
                    </section>
                    <Periods/>
                    <Locations/>
                    {(!is_wide).then(|| view! { <MeasureMap territory=narrow/> })}
                    <section class="dl-sentence" aria-labelledby="titre-phrase">
                        <h2 class="fr-h6 fr-mb-1w" id="titre-phrase">
                            "La mesure en une phrase"
                        </h2>
                        <p class="fr-mb-0" aria-live="polite">
                            {sentence}
                        </p>
                    </section>
                    <ul class="fr-btns-group fr-btns-group--inline-md fr-mt-4w">
                        <li>
                            <ActionButton
                                busy=busy
                                label=Signal::stored("Enregistrer la mesure".to_owned())
                                busy_label="Enregistrement…"
                                kind="submit"
                            />
                        </li>
                        <li>
                            <button type="button" class="fr-btn fr-btn--secondary" on:click=cancel>
                                "Annuler"
                            </button>
                        </li>
                    </ul>
                </form>
            </div>
            {is_wide
                .then(|| {
                    view! {
                        <div class="fr-col-12 fr-col-lg-5">
                            <MeasureMap territory=territory aside=true/>
                        </div>
                    }
                })}
        </div>
        <Dialog open=leaving id="quitter" title=Signal::stored("Quitter sans enregistrer ?".to_owned())>
            <p>"Ce que vous avez saisi sera perdu."</p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <button type="button" class="fr-btn" on:click=move |_| leaving.set(false)>
                        "Continuer la saisie"
                    </button>
                </li>
                <li>
                    <button
                        type="button"
                        class="fr-btn fr-btn--secondary"
                        on:click=move |_| go.with_value(|go| go())
                    >
                        "Quitter"
                    </button>
                </li>
            </ul>
        </Dialog>
    }
}

/// What the server said, on fields that are shown; what it said of the whole goes on the first location.
fn on_fields(errors: Vec<FieldError>, editor: Editor) -> Vec<FieldError> {
    let only = editor.draft.with_untracked(|draft| draft.locations.len() == 1);
    errors
        .into_iter()
        .map(|error| match error.path.as_str() {
            "" | "locations" if only => FieldError::new("locations[0].roadType", &error.message),
            path if path.starts_with("locations[") && path.ends_with(']') => {
                FieldError::new(&format!("{path}.roadType"), &error.message)
            }
            _ => error,
        })
        .collect()
}

/// The browser asks before the page is closed or left for another site.
fn warn_before_leaving(is_dirty: impl Fn() -> bool + 'static) {
    let listener = window_event_listener(ev::beforeunload, move |event| {
        if is_dirty() {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}
