use chrono::Utc;
use dialog_api_types::app::OrderView;
use dialog_domain::{Measure, Subject};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    super::{
        submission::{SubmitButtons, SubmitForm},
        unsaved::{Keeping, KeptNotice, LeavingDialog, Start},
    },
    conflict::ConflictDialog,
    editor::Editor,
    locations::Locations,
    map::{MeasureMap, Territory},
    periods::Periods,
    restriction::Restriction,
    saving::Saving,
};
use crate::{
    browser,
    forms::{MeasureDraft, preview},
    state::{NoticeKind, Notices},
};

/// The form of a measure, with the map of its locations beside it.
#[component]
pub fn MeasureForm(
    order: OrderView,
    /// The measure that is edited, as the server has it.
    edited: Option<Measure>,
    /// What the form begins with.
    start: Start<MeasureDraft>,
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
    let revision = RwSignal::new(start.revision(order.revision));
    let initial = StoredValue::new(start.initial.input());
    let follow = move || {
        editor.head.track();
        editor.cells.with(|cells| cells.iter().for_each(|cell| cell.draft.track()));
    };
    let typed = move || Some(editor.draft()).filter(|draft| initial.with_value(|initial| *initial != draft.input()));
    let keeping = Keeping::new(start.copy.clone(), revision, follow, typed);
    let back = StoredValue::new(format!("/regulations/{}", order.uuid));
    let on_saved = Callback::new(move |()| {
        keeping.finish();
        notices.leave(NoticeKind::Success, "La mesure est enregistrée.");
        navigate(&back.get_value(), NavigateOptions::default());
    });
    let saving = Saving::new(editor, order.uuid, revision, on_saved);
    let restart = Callback::new(move |()| {
        keeping.finish();
        on_restart.run(());
    });
    let wanted = RwSignal::new(None);
    // On wide screens the map stays in sight beside the form; on small ones it follows the locations.
    let is_wide = browser::matches_media("(min-width: 62em)");
    let territory =
        Territory { organization: order.organization.uuid, found: preview::found(&order.content.measures).to_string() };
    let narrow = territory.clone();
    view! {
        <KeptNotice at=Signal::stored(start.kept_at()) on_give_up=restart/>
        <div class="fr-grid-row fr-grid-row--gutters">
            <div class="fr-col-12 fr-col-lg-7">
                <SubmitForm submission=saving.submission class="dl-panel" on_submit=move |()| saving.save()>
                    <p class="fr-text--sm">"Les champs marqués d’un astérisque sont obligatoires."</p>
                    <Restriction/>
                    <Periods/>
                    <Locations/>
                    {(!is_wide).then(|| view! { <MeasureMap territory=narrow/> })}
                    <Sentence/>
                    // A link: leaving by it is asked about as by any other.
                    <SubmitButtons
                        submission=saving.submission
                        label="Enregistrer la mesure"
                        busy_label="Enregistrement…"
                    >
                        <a class="fr-btn fr-btn--secondary" href=back.get_value()>
                            "Annuler"
                        </a>
                    </SubmitButtons>
                </SubmitForm>
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
        <LeavingDialog is_dirty=keeping.is_dirty wanted=wanted on_leave=move |_| keeping.finish()/>
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
