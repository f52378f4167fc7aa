use dialog_api_types::app::OrderView;
use dialog_domain::OrderStatus;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::order::order_name;
use crate::{
    api::Remote,
    components::Dialog,
    state::{ListPlace, NoticeKind, Notices, Session},
};

/// Asks before an order is deleted.
#[component]
pub fn DeleteDialog(remote: Remote<OrderView>, order: Memo<Option<OrderView>>, open: RwSignal<bool>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let place: ListPlace = expect_context();
    let navigate = use_navigate();
    let delete = StoredValue::new(move || {
        let Some(order) = order.get_untracked() else { return };
        open.set(false);
        let navigate = navigate.clone();
        spawn_local(async move {
            let (id, revision) = (order.uuid, order.revision);
            match session.call(|client| async move { client.delete_order(id, revision).await }).await {
                Ok(()) => {
                    notices.leave(NoticeKind::Success, format!("L’arrêté {} est supprimé.", order.identifier));
                    navigate(&untrack(|| place.href()), NavigateOptions::default());
                }
                Err(failure) => {
                    // Whoever deletes shall have seen what goes.
                    let is_late = failure.status() == Some(412);
                    if is_late {
                        remote.reload();
                    }
                    let advice = if is_late {
                        " Voici l’arrêté tel qu’il est maintenant : relisez-le, puis supprimez-le."
                    } else {
                        ""
                    };
                    notices.show(NoticeKind::Error, format!("{}{advice}", failure.detail));
                }
            }
        });
    });
    let name = move || order.get().map(|order| order_name(&order)).unwrap_or_default();
    let published = move || order.get().is_some_and(|order| order.status == OrderStatus::Published);
    view! {
        <Dialog open=open id="supprimer" title=Signal::stored("Supprimer cet arrêté ?".to_owned())>
            <p>
                <strong>{name}</strong>
            </p>
            <Show when=published>
                <p>"Il disparaîtra de la carte et des données ouvertes."</p>
            </Show>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <button type="button" class="fr-btn dl-danger" on:click=move |_| delete.with_value(|delete| delete())>
                        "Supprimer"
                    </button>
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
