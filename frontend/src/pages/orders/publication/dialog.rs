use dialog_api_types::app::OrderView;
use dialog_domain::OrderStatus;
use leptos::{prelude::*, task::spawn_local};

use super::{
    super::order::order_name,
    checklist::{Obstacles, obstacles},
    differences::Differences,
};
use crate::{
    api::{Failure, Remote},
    browser,
    components::{ActionButton, Alert, AlertKind, Dialog},
    state::{NoticeKind, Notices, Session},
};

/// Shows what will be public, or what will change, before it is published.
#[component]
pub fn PublishDialog(remote: Remote<OrderView>, order: Memo<Option<OrderView>>, open: RwSignal<bool>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let title = Signal::derive(move || match order.get().map(|order| order.status) {
        Some(OrderStatus::Published) => "Publier les modifications ?".to_owned(),
        _ => "Publier cet arrêté ?".to_owned(),
    });
    let publish = move |()| {
        let Some(order) = order.get_untracked() else { return };
        let (id, revision) = (order.uuid, order.revision);
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = session.call(|client| async move { client.publish_order(id, revision).await }).await;
            busy.try_set(false);
            match answer {
                Ok(order) => {
                    remote.put(order);
                    open.try_set(false);
                    // The button that asked for it is gone.
                    browser::focus_soon("details");
                    notices.show(
                        NoticeKind::Success,
                        "L’arrêté est publié : il est sur la carte et dans les données ouvertes.",
                    );
                }
                Err(error) => {
                    if error.status() == Some(412) {
                        remote.reload();
                    }
                    failure.try_set(Some(error));
                }
            }
        });
    };
    let failure_view = move || {
        failure.get().map(|failure| {
            let violations = failure.violations();
            // What somebody else saved meanwhile is what the dialog shows by now.
            let is_late = failure.status() == Some(412);
            let advice =
                is_late.then_some("Ce dialogue montre maintenant ce qui sera publié : relisez-le, puis publiez.");
            let lines = violations.into_iter().map(|error| view! { <li>{error.message}</li> }).collect_view();
            view! {
                <Alert kind=AlertKind::Error title=failure.title>
                    <p>{failure.detail} {advice.map(|advice| format!(" {advice}"))}</p>
                    <ul>{lines}</ul>
                </Alert>
            }
        })
    };
    let body = move || {
        let order = order.get()?;
        let blocked = !obstacles(&order).is_empty();
        let content = if blocked {
            view! { <Obstacles order=order.clone()/> }.into_any()
        } else if order.published.is_some() {
            view! { <Differences order=order.clone()/> }.into_any()
        } else {
            let sentences = order.texts.iter().map(|texts| view! { <li>{texts.sentence.clone()}</li> }).collect_view();
            view! {
                <p>"Voici ce que diront la carte et les services de navigation :"</p>
                <ul class="dl-sentences">{sentences}</ul>
            }
            .into_any()
        };
        Some(view! {
            <p>
                <strong>{order_name(&order)}</strong>
                " : "
                {order.content.title.clone()}
            </p>
            {content}
            <div role="alert">{failure_view}</div>
            <ul class="fr-btns-group fr-btns-group--inline-md fr-mt-3w">
                {(!blocked)
                    .then(|| {
                        view! {
                            <li>
                                <ActionButton
                                    busy=busy
                                    label=Signal::stored("Publier".to_owned())
                                    busy_label="Publication…"
                                    on_click=publish
                                />
                            </li>
                        }
                    })}
                <li>
                    <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| open.set(false)>
                        "Annuler"
                    </button>
                </li>
            </ul>
        })
    };
    view! {
        <Dialog open=open id="publier" title=title on_close=move |()| failure.set(None)>
            {body}
        </Dialog>
    }
}
