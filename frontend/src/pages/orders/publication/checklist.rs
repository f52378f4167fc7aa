use dialog_api_types::app::OrderView;
use dialog_domain::{OrderStatus, rules};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::{
    components::{Alert, AlertKind},
    forms::{FieldError, labels::field_label},
};

/// Something that keeps an order from being published, and where it can be mended.
#[derive(Clone, PartialEq)]
pub struct Obstacle {
    /// In French, with its place.
    pub text: String,
    /// The page on which it can be mended.
    pub href: String,
}

/// What keeps an order from being published.
pub fn obstacles(order: &OrderView) -> Vec<Obstacle> {
    let base = format!("/regulations/{}", order.uuid);
    rules::publication(&order.content)
        .iter()
        .map(|violation| {
            // Here the measure counts: the path is kept whole.
            let place = field_label(&violation.path);
            let message = FieldError::from_violation(violation).message;
            let text = if place.is_empty() { message } else { format!("{place} : {message}") };
            let rank = violation.path.strip_prefix("measures[").and_then(|rest| rest.split(']').next()?.parse().ok());
            let measure = rank.and_then(|rank: usize| order.content.measures.get(rank));
            let href = match measure {
                Some(measure) => format!("{base}/mesures/{}", measure.id),
                None if violation.path == "measures" => format!("{base}/mesures/nouvelle"),
                None => format!("{base}#informations-generales"),
            };
            Obstacle { text, href }
        })
        .collect()
}

/// What is missing, each with a link to where it can be mended.
#[component]
pub fn Obstacles(order: OrderView) -> impl IntoView {
    let line = |obstacle: Obstacle| {
        view! {
            <li>
                <A href=obstacle.href>{obstacle.text}</A>
            </li>
        }
    };
    view! {
        <Alert kind=AlertKind::Warning title="Il manque quelque chose pour publier">
            <ul>{obstacles(&order).into_iter().map(line).collect_view()}</ul>
        </Alert>
    }
}

/// Whether the order can be published, beside it while it is written.
#[component]
pub fn Checklist(order: Memo<Option<OrderView>>) -> impl IntoView {
    move || {
        let order = order.get().filter(|order| order.permissions.can_edit)?;
        let waits = order.status == OrderStatus::Draft || order.has_unpublished_changes;
        let content = if obstacles(&order).is_empty() {
            view! {
                <p class="dl-preview dl-preview--found fr-mt-0 fr-mb-2w">
                    <span class="fr-icon-checkbox-circle-line" aria-hidden="true"></span>
                    "Rien ne manque pour publier."
                </p>
            }
            .into_any()
        } else {
            view! { <Obstacles order=order/> }.into_any()
        };
        waits.then_some(content)
    }
}
