use chrono::Utc;
use dialog_api_types::app::OrderView;
use dialog_domain::{Measure, Subject};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    super::general_card::SaveFailure,
    conflict::ConflictDialog,
    editor::Editor,
    kept::{KeptNotice, Start, keep},
    leaving::LeavingDialog,
    locations::Locations,
    map::{MeasureMap, Territory},
    periods::Periods,
    restriction::Restriction,
    saving::Saving,
};
use crate::{
    browser,
    components::{ActionButton, ErrorSummary},
    forms::preview,
    state::{LocalCopy, NoticeKind, Notices},
};

/// The form of a measure, with the map of its locations beside it.
#[component]
pub fn MeasureForm(
    order: OrderView,
    /// The measure that is edited, as the server has it.
    edited: Option<Measure>,
    /// What the form begins with.
    start: Start,
    /// Begins again with what the server has.
    #[prop(into)]
    on_restart: Callback<()>,
) -> impl IntoView {
    let notices: Notices = expect_context();
    let navigate = use_navigate();
    let is_winter = order.content.subject == Some(Subject::WinterMaintenance);
    let editor = Editor::new(start.draft(), is_winter, Utc::now());
    provide_context(editor);
    provide_context(editor.form);
    let revision = RwSignal::new(start.revision(&order));
    let is_done = StoredValue::new(false);
    keep(editor, &start, revision, is_done);
    let copy = StoredValue::new(start.copy.clone());
    let finish = move || {
        is_done.set_value(true);
        copy.with_value(LocalCopy::clear);
    };
    let back = StoredValue::new(format!("/regulations/{}", order.uuid));
    let on_saved = Callback::new(move |()| {
        finish();
        notices.leave(NoticeKind::Success, "La mesure est enregistrée.");
        navigate(&back.get_value(), NavigateOptions::default());
    });
    let saving = Saving::new(editor, order.uuid, revision, on_saved);
    let restart = Callback::new(move |()| {
        finish();
        on_restart.run(());
    });
    let initial = StoredValue::new(start.initial.input());
    let is_dirty =
        Callback::new(move |()| !is_done.get_value() && initial.with_value(|initial| *initial != editor.input()));
    let wanted = RwSignal::new(None::<String>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        saving.save();
    };
    // On wide screens the map stays in sight beside the form; on small ones it follows the locations.
    let is_wide = browser::matches_media("(min-width: 62em)");
    let territory =
        Territory { organization: order.organization.uuid, found: preview::found(&order.content.measures).to_string() };
    let narrow = territory.clone();
    view! {
        <KeptNotice start=start on_give_up=restart/>
        <div class="fr-grid-row fr-grid-row--gutters">
            <div class="fr-col-12 fr-col-lg-7">
                <form class="dl-panel" on:submit=submit novalidate>
                    <ErrorSummary asked=saving.refused/>
                    <div role="alert">
                        {move || saving.failure.get().map(|failure| view! { <SaveFailure failure=failure/> })}
                    </div>
                    <p class="fr-text--sm">"Les champs marqués d’un astérisque sont obligatoires."</p>
                    <Restriction/>
                    <Periods/>
                    <Locations/>
                    {(!is_wide).then(|| view! { <MeasureMap territory=narrow/> })}
                    <Sentence/>
                    <Buttons saving=saving back=back/>
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
        <LeavingDialog is_dirty=is_dirty wanted=wanted on_leave=move |()| finish()/>
        <ConflictDialog saving=saving edited=edited on_give_up=restart/>
    }
}

#[component]
fn Sentence() -> impl IntoView {
    let editor: Editor = expect_context();
    let sentence = Memo::new(move |_| {
        editor.measure().map_or_else(
            || "Elle s’écrira ici dès que le formulaire sera complet.".to_owned(),
            |measure| dialog_text::measure_sentence(&measure),
        )
    });
    view! {
        <section class="dl-sentence" aria-labelledby="titre-phrase">
            <h2 class="fr-h6 fr-mb-1w" id="titre-phrase">
                "La mesure en une phrase"
            </h2>
            <p class="fr-mb-0" aria-live="polite">
                {sentence}
            </p>
        </section>
    }
}

/// « Annuler » is a link: leaving by it is asked about as by any other.
#[component]
fn Buttons(saving: Saving, back: StoredValue<String>) -> impl IntoView {
    view! {
        <ul class="fr-btns-group fr-btns-group--inline-md fr-mt-4w">
            <li>
                <ActionButton
                    busy=saving.busy
                    label=Signal::stored("Enregistrer la mesure".to_owned())
                    busy_label="Enregistrement…"
                    kind="submit"
                />
            </li>
            <li>
                <a class="fr-btn fr-btn--secondary" href=back.get_value()>
                    "Annuler"
                </a>
            </li>
        </ul>
    }
}
