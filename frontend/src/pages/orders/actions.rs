use dialog_api_types::app::OrderView;
use dialog_domain::{OrderStatus, rules};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::order::order_name;
use crate::{
    api::{Failure, Remote},
    components::{ActionButton, Alert, AlertKind, Dialog},
    forms::{FieldError, labels::field_label},
    state::{NoticeKind, Notices, Session},
};

/// What can be done with an order: publish it or its changes, delete it.
#[component]
pub fn Actions(remote: Remote<OrderView>) -> impl IntoView {
    let order = Memo::new(move |_| remote.load.get().ready().cloned());
    let publishing = RwSignal::new(false);
    let deleting = RwSignal::new(false);
    let publish = move || {
        let order = order.get().filter(|order| order.permissions.can_publish)?;
        let changed = order.has_unpublished_changes;
        let label = match (order.status, changed) {
            (OrderStatus::Draft, _) => "Publier",
            (OrderStatus::Published, true) => "Publier les modifications",
            (OrderStatus::Published, false) => return None,
        };
        Some(view! {
            <li>
                <button
                    type="button"
                    class="fr-btn fr-btn--icon-left fr-icon-send-plane-line"
                    on:click=move |_| publishing.set(true)
                >
                    {label}
                </button>
            </li>
        })
    };
    let can_publish = move || order.get().is_some_and(|order| order.permissions.can_publish);
    let can_delete = move || order.get().is_some_and(|order| order.permissions.can_delete);
    view! {
        <Show when=move || can_publish() || can_delete()>
            <section class="dl-panel" aria-labelledby="actions">
                <h2 class="fr-h6" id="actions">
                    "Actions"
                </h2>
                <ul class="fr-btns-group fr-btns-group--icon-left dl-actions">
                    {publish}
                    <Show when=can_delete>
                        <li>
                            <button
                                type="button"
                                class="fr-btn fr-btn--tertiary fr-btn--icon-left fr-icon-delete-line"
                                on:click=move |_| deleting.set(true)
                            >
                                "Supprimer l’arrêté"
                            </button>
                        </li>
                    </Show>
                </ul>
            </section>
        </Show>
        <PublishDialog remote=remote order=order open=publishing/>
        <DeleteDialog order=order open=deleting/>
    }
}

/// What keeps an order from being published, in French with its place.
pub fn obstacles(order: &OrderView) -> Vec<String> {
    rules::publication(&order.content)
        .iter()
        .map(|violation| {
            // Here the measure counts: the path is kept whole.
            let place = field_label(&violation.path);
            let message = FieldError::from_violation(violation).message;
            if place.is_empty() { message } else { format!("{place} : {message}") }
        })
        .collect()
}

#[component]
fn PublishDialog(remote: Remote<OrderView>, order: Memo<Option<OrderView>>, open: RwSignal<bool>) -> impl IntoView {
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
            let lines = violations.into_iter().map(|error| view! { <li>{error.message}</li> }).collect_view();
            view! {
                <Alert kind=AlertKind::Error title=failure.title>
                    <p>{failure.detail}</p>
                    <ul>{lines}</ul>
                </Alert>
            }
        })
    };
    let body = move || {
        let order = order.get()?;
        let obstacles = obstacles(&order);
        let blocked = !obstacles.is_empty();
        let content = if blocked {
            view! {
                <Alert kind=AlertKind::Warning title="Il manque quelque chose pour publier">
                    <ul>{obstacles.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul>
                </Alert>
            }
            .into_any()
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

#[component]
fn DeleteDialog(order: Memo<Option<OrderView>>, open: RwSignal<bool>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
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
                    navigate("/regulations", NavigateOptions::default());
                }
                Err(failure) => notices.show(NoticeKind::Error, failure.detail),
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
