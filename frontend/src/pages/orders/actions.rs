use dialog_api_types::app::OrderView;
use dialog_domain::OrderStatus;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    delete::DeleteDialog,
    publication::{Checklist, PublishDialog, RepealDialog},
};
use crate::{
    api::Remote,
    components::ActionButton,
    state::{NoticeKind, Notices, Session},
};

/// What can be done with an order: publish it or its changes, put an end to it, copy it, delete it.
#[component]
pub fn Actions(remote: Remote<OrderView>) -> impl IntoView {
    let order = Memo::new(move |_| remote.load.get().ready().cloned());
    let publishing = RwSignal::new(false);
    let repealing = RwSignal::new(false);
    let deleting = RwSignal::new(false);
    let publish = move || {
        // What keeps a draft from being published is told by the dialog.
        let is_asked = |order: &OrderView| order.permissions.can_publish || order.permissions.can_edit;
        let order = order.get().filter(is_asked)?;
        let label = match (order.status, order.has_unpublished_changes) {
            (OrderStatus::Draft, _) => "Publier",
            (OrderStatus::Published, true) => "Publier les modifications",
            (OrderStatus::Published, false) => return None,
        };
        Some(button(label, "fr-icon-send-plane-line", "", publishing))
    };
    let may =
        move |read: fn(&OrderView) -> bool| Memo::new(move |_| order.with(|order| order.as_ref().is_some_and(read)));
    let can_repeal = may(|order| order.permissions.can_repeal);
    let can_duplicate = may(|order| order.permissions.can_duplicate);
    let can_delete = may(|order| order.permissions.can_delete);
    let any = may(|order| {
        let permissions = order.permissions;
        permissions.can_publish || permissions.can_repeal || permissions.can_duplicate || permissions.can_delete
    });
    view! {
        <Show when=move || any.get()>
            <section class="dl-panel dl-screen-only" aria-labelledby="actions">
                <h2 class="fr-h6" id="actions" tabindex="-1">
                    "Actions"
                </h2>
                <Checklist order=order/>
                <ul class="fr-btns-group fr-btns-group--icon-left dl-actions">
                    {publish}
                    <Show when=move || can_duplicate.get()>
                        <li>
                            <Duplicate order=order/>
                        </li>
                    </Show>
                    <Show when=move || can_repeal.get()>
                        {button("Abroger", "fr-icon-close-circle-line", "fr-btn--tertiary", repealing)}
                    </Show>
                    <Show when=move || can_delete.get()>
                        {button("Supprimer l’arrêté", "fr-icon-delete-line", "fr-btn--tertiary", deleting)}
                    </Show>
                </ul>
            </section>
        </Show>
        <PublishDialog remote=remote order=order open=publishing/>
        <RepealDialog remote=remote order=order open=repealing/>
        <DeleteDialog remote=remote order=order open=deleting/>
    }
}

fn button(label: &'static str, icon: &'static str, class: &'static str, open: RwSignal<bool>) -> AnyView {
    view! {
        <li>
            <button
                type="button"
                class=format!("fr-btn fr-btn--icon-left {icon} {class}")
                on:click=move |_| open.set(true)
            >
                {label}
            </button>
        </li>
    }
    .into_any()
}

/// A draft that says the same.
#[component]
fn Duplicate(order: Memo<Option<OrderView>>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let navigate = use_navigate();
    let busy = RwSignal::new(false);
    let duplicate = move |()| {
        let Some(id) = order.with_untracked(|order| order.as_ref().map(|order| order.uuid)) else { return };
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = session.call(|client| async move { client.duplicate_order(id).await }).await;
            busy.try_set(false);
            match answer {
                Ok(copy) => {
                    let text = format!("L’arrêté est copié : voici le brouillon {}.", copy.identifier);
                    notices.leave(NoticeKind::Success, text);
                    navigate(&format!("/regulations/{}", copy.uuid), NavigateOptions::default());
                }
                Err(failure) => {
                    let refused = failure.violations().into_iter().next().map(|error| error.message);
                    notices.show(NoticeKind::Error, refused.unwrap_or(failure.detail));
                }
            }
        });
    };
    view! {
        <ActionButton
            busy=busy
            label=Signal::stored("Dupliquer".to_owned())
            busy_label="Copie…"
            class="fr-btn--tertiary fr-btn--icon-left fr-icon-stack-line"
            on_click=duplicate
        />
    }
}
