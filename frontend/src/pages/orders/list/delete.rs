use dialog_api_types::app::OrderSummary;
use dialog_domain::OrderStatus;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{ActionButton, Dialog},
    state::{NoticeKind, Notices, Session},
};

/// Asks before an order is deleted. Whoever changes their mind finds the focus where it was.
#[component]
pub fn DeleteDialog(order: RwSignal<Option<OrderSummary>>, #[prop(into)] on_deleted: Callback<()>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    Effect::new(move || open.set(order.with(Option::is_some)));
    let delete = move |()| {
        let Some(order) = order.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            // The list does not carry the revision.
            let answer = session
                .call(|client| async move {
                    let view = client.order(order.uuid).await?;
                    client.delete_order(order.uuid, view.revision).await
                })
                .await;
            busy.try_set(false);
            open.try_set(false);
            match answer {
                Ok(()) => {
                    notices.show(NoticeKind::Success, format!("L’arrêté {} est supprimé.", order.identifier));
                    on_deleted.try_run(());
                }
                Err(failure) => notices.show(NoticeKind::Error, failure.detail),
            }
        });
    };
    let name = move || order.get().map(|order| format!("{} : {}", order.identifier, order.title)).unwrap_or_default();
    let consequence = move || {
        let published = order.with(|order| order.as_ref().is_some_and(|order| order.status == OrderStatus::Published));
        if published {
            "Il disparaîtra de la carte et des données publiées."
        } else {
            "Ce brouillon n’a jamais été publié : rien ne change pour le public."
        }
    };
    view! {
        <Dialog
            open=open
            id="supprimer-arrete"
            title=Signal::stored("Supprimer cet arrêté ?".to_owned())
            on_close=move |()| order.set(None)
        >
            <p>
                <strong>{name}</strong>
            </p>
            <p>{consequence}</p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <ActionButton
                        busy=busy
                        label=Signal::stored("Supprimer".to_owned())
                        busy_label="Suppression…"
                        class="dl-danger"
                        on_click=delete
                    />
                </li>
                <li>
                    <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| open.set(false)>
                        "Ne pas supprimer"
                    </button>
                </li>
            </ul>
        </Dialog>
    }
}
