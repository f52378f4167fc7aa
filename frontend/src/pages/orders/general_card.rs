use dialog_api_types::{
    app::{OrderView, UpdateOrder},
    problem::ProblemCode,
};
use dialog_domain::OrderCategory;
use leptos::{prelude::*, task::spawn_local};

use super::general_form::{GeneralFields, provide_general_form};
use crate::{
    api::{Failure, Remote},
    browser,
    components::{ActionButton, Alert, AlertKind, ErrorSummary},
    forms::GeneralDraft,
    state::{NoticeKind, Notices, Session},
};

/// General information of an order, and its form in the same place.
#[component]
pub fn GeneralCard(remote: Remote<OrderView>) -> impl IntoView {
    let editing = RwSignal::new(false);
    let order = Memo::new(move |_| remote.load.get().ready().cloned());
    let close = move |()| {
        editing.set(false);
        // The card comes back on the next turn; the focus goes where the form was.
        browser::focus_soon("informations-generales");
    };
    let read = move || order.get().map(|order| view! { <Facts order=order editing=editing/> });
    view! {
        <section class="dl-panel" aria-labelledby="informations-generales">
            <h2 class="fr-h5" id="informations-generales" tabindex="-1">
                "Informations générales"
            </h2>
            <Show when=move || editing.get() fallback=move || read()>
                <GeneralEditor remote=remote on_close=close/>
            </Show>
        </section>
    }
}

#[component]
fn Facts(order: OrderView, editing: RwSignal<bool>) -> impl IntoView {
    let content = &order.content;
    let category = match content.category {
        OrderCategory::PermanentRegulation => "Réglementation permanente",
        OrderCategory::TemporaryRegulation => "Réglementation temporaire",
    };
    let subject = content
        .other_category_text
        .clone()
        .or_else(|| content.subject.map(|subject| dialog_text::labels::subject(subject).to_owned()));
    let nature = subject.map_or_else(|| category.to_owned(), |subject| format!("{category} ({subject})"));
    view! {
        <dl class="dl-facts">
            <dt>"Intitulé"</dt>
            <dd>{order.content.title}</dd>
            <dt>"Nature"</dt>
            <dd>{nature}</dd>
            <dt>"Organisation"</dt>
            <dd>{order.organization.name}</dd>
            <dt>"Identifiant"</dt>
            <dd>{order.identifier}</dd>
        </dl>
        {order
            .permissions
            .can_edit
            .then(|| {
                view! {
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--secondary fr-btn--icon-left fr-icon-edit-line fr-mt-2w"
                        on:click=move |_| editing.set(true)
                    >
                        "Modifier"
                        <span class="fr-sr-only">" les informations générales"</span>
                    </button>
                }
            })}
    }
}

#[component]
fn GeneralEditor(remote: Remote<OrderView>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let start = remote.load.with_untracked(|load| load.ready().cloned());
    let frozen = start.as_ref().is_some_and(|order| order.published.is_some());
    let draft = RwSignal::new(start.as_ref().map(GeneralDraft::of).unwrap_or_default());
    let revision = RwSignal::new(start.as_ref().map(|order| order.revision).unwrap_or_default());
    let form = provide_general_form(draft);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(0_u32);
    let failure = RwSignal::new(None::<Failure>);

    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(id) = remote.load.with_untracked(|load| load.ready().map(|order| order.uuid)) else { return };
        if busy.get_untracked() {
            return;
        }
        failure.set(None);
        if !form.try_to_save() {
            refused.update(|count| *count += 1);
            return;
        }
        busy.set(true);
        let body = UpdateOrder { general: draft.with_untracked(GeneralDraft::input) };
        let revision_read = revision.get_untracked();
        spawn_local(async move {
            let answer = session
                .call(|client| {
                    let body = body.clone();
                    async move { client.update_order(id, revision_read, &body).await }
                })
                .await;
            busy.try_set(false);
            match answer {
                Ok(order) => {
                    remote.put(order);
                    notices.show(NoticeKind::Success, "Les informations générales sont enregistrées.");
                    on_close.try_run(());
                }
                Err(error) => {
                    if let Some(current) = error.current_revision() {
                        revision.try_set(current);
                    }
                    form.refused(error.violations());
                    failure.try_set(Some(error).filter(|error| error.violations().is_empty()));
                    refused.try_update(|count| *count += 1);
                }
            }
        });
    };
    let failure_view = move || failure.get().map(|failure| view! { <SaveFailure failure=failure/> });
    view! {
        <form on:submit=submit novalidate>
            <ErrorSummary asked=refused/>
            <div role="alert">{failure_view}</div>
            <GeneralFields draft=draft organizations=Signal::stored(Vec::new()) identifier_frozen=frozen/>
            <ul class="fr-btns-group fr-btns-group--inline-md fr-mt-4w">
                <li>
                    <ActionButton
                        busy=busy
                        label=Signal::stored("Valider".to_owned())
                        busy_label="Enregistrement…"
                        kind="submit"
                    />
                </li>
                <li>
                    <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| on_close.run(())>
                        "Annuler"
                    </button>
                </li>
            </ul>
        </form>
    }
}

/// Why a save failed; when somebody else saved first, what saving again would do.
#[component]
pub fn SaveFailure(failure: Failure) -> impl IntoView {
    if failure.is(ProblemCode::StaleRevision) {
        return view! {
            <Alert kind=AlertKind::Warning title="Cet arrêté a été modifié entre-temps">
                <p>
                    "Quelqu’un d’autre a enregistré une modification pendant votre saisie. Votre saisie est conservée : "
                    "enregistrez de nouveau pour qu’elle remplace la sienne, ou rechargez la page pour voir la version actuelle."
                </p>
            </Alert>
        }
        .into_any();
    }
    let detail = match failure.status() {
        Some(401) => {
            "Votre session a expiré. Votre saisie est conservée : enregistrez de nouveau pour vous reconnecter."
                .to_owned()
        }
        _ => failure.detail,
    };
    view! {
        <Alert kind=AlertKind::Error title=failure.title>
            <p>{detail}</p>
            {failure
                .reference
                .map(|reference| view! { <p class="fr-text--sm">"Référence : " <code>{reference}</code></p> })}
        </Alert>
    }
    .into_any()
}
