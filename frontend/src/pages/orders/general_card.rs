use dialog_api_types::app::{OrderView, UpdateOrder};
use dialog_domain::OrderCategory;
use leptos::{prelude::*, task::spawn_local};

use super::general_form::{GeneralFields, provide_general_form};
use crate::{
    api::{Failure, Remote},
    browser,
    components::{ActionButton, Alert, AlertKind, Dialog, ErrorSummary},
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

    let conflict = RwSignal::new(None::<OrderView>);
    let save = move || {
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
                    if let Some(current) = error.current_order() {
                        conflict.try_set(Some(current));
                        return;
                    }
                    form.refused(error.violations());
                    failure.try_set(Some(error).filter(|error| error.violations().is_empty()));
                    refused.try_update(|count| *count += 1);
                }
            }
        });
    };
    let failure_view = move || failure.get().map(|failure| view! { <SaveFailure failure=failure/> });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let replace = move |()| {
        if let Some(current) = conflict.get_untracked() {
            revision.set(current.revision);
            save();
        }
    };
    let give_up = move |()| {
        if let Some(current) = conflict.get_untracked() {
            remote.put(current);
            on_close.run(());
        }
    };
    view! {
        <GeneralConflict conflict=conflict on_replace=replace on_give_up=give_up/>
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

/// Somebody else saved the order while this person was typing.
#[component]
fn GeneralConflict(
    /// The order as it is now.
    conflict: RwSignal<Option<OrderView>>,
    /// Saves over it.
    #[prop(into)]
    on_replace: Callback<()>,
    /// Takes it instead.
    #[prop(into)]
    on_give_up: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move || {
        if conflict.get().is_some() {
            open.set(true);
        }
    });
    let current = move || conflict.get().map(|order| view! { <p class="dl-said fr-mb-2w">{order.content.title}</p> });
    let choice = move |label: &'static str, class: &'static str, action: Option<Callback<()>>| {
        view! {
            <li>
                <button
                    type="button"
                    class=class
                    on:click=move |_| {
                        open.set(false);
                        if let Some(action) = action {
                            action.run(());
                        }
                    }
                >
                    {label}
                </button>
            </li>
        }
    };
    view! {
        <Dialog open=open id="conflit-general" title=Signal::stored("Cet arrêté a été modifié entre-temps".to_owned())>
            <p class="fr-mb-1w">"Quelqu’un d’autre l’a enregistré pendant votre saisie. Son intitulé est maintenant :"</p>
            {current}
            <ul class="fr-btns-group fr-btns-group--inline-md">
                {choice("Continuer la saisie", "fr-btn", None)}
                {choice("Enregistrer ma saisie", "fr-btn fr-btn--secondary", Some(on_replace))}
                {choice("Prendre la version enregistrée", "fr-btn fr-btn--secondary", Some(on_give_up))}
            </ul>
        </Dialog>
    }
}

/// Why a save failed.
#[component]
pub fn SaveFailure(failure: Failure) -> impl IntoView {
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
