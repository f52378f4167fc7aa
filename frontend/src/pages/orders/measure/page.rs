use dialog_api_types::app::OrderView;
use dialog_domain::{Measure, MeasureId, OrderCategory, OrderId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    super::{
        order::{list_above, load_order, order_id, order_name},
        unsaved::Start,
    },
    form::MeasureForm,
};
use crate::{
    api::{Load, Remote},
    components::{Breadcrumb, FailureView, Heading, MembersOnly, Skeleton},
    forms::MeasureDraft,
    pages::{ForbiddenPage, NotFoundPage},
    state::{LocalCopy, Session},
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
                <Skeleton label="Chargement de la mesure…" lines=8 is_page=true/>
            </div>
        }
        .into_any(),
        Load::Failed(failure) if failure.is_not_found() => view! { <NotFoundPage/> }.into_any(),
        Load::Failed(failure) => view! {
            <div class="fr-container fr-my-4w">
                <Heading text=Signal::stored("Mesure indisponible".to_owned()) class="fr-h2"/>
                <FailureView failure=failure on_retry=move |()| order.reload()/>
            </div>
        }
        .into_any(),
        // A published order is read by everybody, and changed by its organization alone.
        Load::Ready(view) if !view.permissions.can_edit => view! { <ForbiddenPage/> }.into_any(),
        Load::Ready(view) => match edited(&view, measure) {
            Some(edited) => view! { <Page remote=order order=view edited=edited/> }.into_any(),
            None => view! { <NotFoundPage/> }.into_any(),
        },
    }
}

/// The measure that is edited, if any; nothing at all when it is gone or the person may not change it.
#[expect(clippy::option_option, reason = "no page, or the page of a new measure")]
fn edited(order: &OrderView, measure: Option<MeasureId>) -> Option<Option<Measure>> {
    let found = match measure {
        None => None,
        Some(id) => Some(order.content.measures.iter().find(|measure| measure.id == id)?.clone()),
    };
    order.permissions.can_edit.then_some(found)
}

#[component]
fn Page(remote: Remote<OrderView>, order: OrderView, edited: Option<Measure>) -> impl IntoView {
    let session: Session = expect_context();
    let user = untrack(|| session.me()).map(|me| me.user.uuid);
    let permanent = order.content.category == OrderCategory::PermanentRegulation;
    let initial =
        edited.as_ref().map_or_else(|| MeasureDraft::new(permanent), |measure| MeasureDraft::of(measure, permanent));
    let copy = LocalCopy::of_measure(user, order.uuid, edited.as_ref().map(|measure| measure.id));
    let mut start = Start::new(initial, copy, |kept, initial| kept.input() != initial.input());
    if let Some(kept) = &mut start.kept {
        // The order may have become permanent since.
        kept.draft.head.permanent = permanent;
    }
    let title = if edited.is_some() { "Modifier la mesure" } else { "Nouvelle mesure" };
    let above = vec![list_above(), (format!("/regulations/{}", order.uuid), order.identifier.clone())];
    let restart = move |()| {
        remote.load.set(Load::Loading);
        remote.reload();
    };
    view! {
        <div class="fr-container fr-my-4w">
            <Breadcrumb above=Signal::stored(above) here=Signal::stored(title.to_owned())/>
            <Heading text=Signal::stored(title.to_owned()) class="fr-h2 fr-mb-1w"/>
            <p class="dl-muted">{order_name(&order)} " : " {order.content.title.clone()}</p>
            <MeasureForm order=order edited=edited start=start on_restart=restart/>
        </div>
    }
}
