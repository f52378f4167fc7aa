use dialog_api_types::app::OrderView;
use dialog_domain::{MeasureId, OrderCategory, OrderId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    measure_form::MeasureForm,
    order::{load_order, order_id, order_name},
};
use crate::{
    api::Load,
    components::{Breadcrumb, FailureView, Heading, MembersOnly, Skeleton},
    forms::MeasureDraft,
    pages::NotFoundPage,
};

/// A new measure of an order.
#[component]
pub fn NewMeasurePage() -> impl IntoView {
    let id = order_id();
    view! {
        <MembersOnly>
            {move || match id.get() {
                Some(id) => view! { <Editor id=id/> }.into_any(),
                None => view! { <NotFoundPage/> }.into_any(),
            }}
        </MembersOnly>
    }
}

/// Edition of a measure.
#[component]
pub fn EditMeasurePage() -> impl IntoView {
    let id = order_id();
    let parameters = use_params_map();
    let measure = Memo::new(move |_| parameters.with(|map| map.get("mid")?.parse().ok()).map(MeasureId));
    view! {
        <MembersOnly>
            {move || match (id.get(), measure.get()) {
                (Some(id), Some(measure)) => view! { <Editor id=id measure=measure/> }.into_any(),
                _ => view! { <NotFoundPage/> }.into_any(),
            }}
        </MembersOnly>
    }
}

#[component]
fn Editor(id: OrderId, #[prop(optional)] measure: Option<MeasureId>) -> impl IntoView {
    let order = load_order(id);
    move || match order.load.get() {
        Load::Loading => view! {
            <div class="fr-container fr-my-4w">
                <Skeleton label="Chargement de la mesure…" lines=8/>
            </div>
        }
        .into_any(),
        Load::Failed(failure) if failure.is_not_found() => view! { <NotFoundPage/> }.into_any(),
        Load::Failed(failure) => view! {
            <div class="fr-container fr-my-4w">
                <FailureView failure=failure on_retry=move |()| order.reload()/>
            </div>
        }
        .into_any(),
        Load::Ready(order) => match start(&order, measure) {
            Some(draft) => view! { <Page order=order draft=draft/> }.into_any(),
            None => view! { <NotFoundPage/> }.into_any(),
        },
    }
}

/// What the form shows at first; nothing when the measure is gone or the person may not change it.
fn start(order: &OrderView, measure: Option<MeasureId>) -> Option<MeasureDraft> {
    let permanent = order.content.category == OrderCategory::PermanentRegulation;
    let draft = match measure {
        None => MeasureDraft::new(permanent),
        Some(id) => MeasureDraft::of(order.content.measures.iter().find(|measure| measure.id == id)?, permanent),
    };
    order.permissions.can_edit.then_some(draft)
}

#[component]
fn Page(order: OrderView, draft: MeasureDraft) -> impl IntoView {
    let title = if draft.id.is_some() { "Modifier la mesure" } else { "Nouvelle mesure" };
    let above = vec![
        ("/regulations".to_owned(), "Liste des arrêtés".to_owned()),
        (format!("/regulations/{}", order.uuid), order.identifier.clone()),
    ];
    view! {
        <div class="fr-container fr-my-4w">
            <Breadcrumb above=Signal::stored(above) here=Signal::stored(title.to_owned())/>
            <Heading text=Signal::stored(title.to_owned()) class="fr-h2 fr-mb-1w"/>
            <p class="dl-muted">{order_name(&order)} " : " {order.content.title.clone()}</p>
            <MeasureForm order=order draft=draft/>
        </div>
    }
}
