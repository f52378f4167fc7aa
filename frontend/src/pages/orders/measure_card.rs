use dialog_api_types::app::{LocationTexts, MeasureTexts, OrderView};
use dialog_domain::{Direction, Location, Measure, MeasureId};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::A;

use super::fold::{FoldTitle, Folding, glimpse, measure_anchor};
use crate::{
    api::Remote,
    browser,
    components::{Dialog, LineSample},
    state::{NoticeKind, Notices, Session},
};

/// A measure in French, with what can be done with it.
#[component]
pub fn MeasureCard(
    /// The order.
    remote: Remote<OrderView>,
    /// Its place, 0 first.
    rank: usize,
    /// The measure.
    measure: Measure,
    /// Its sentences.
    texts: MeasureTexts,
    /// Whether this person may change it.
    can_edit: bool,
    /// Whether the order has no other: it needs no number, and stays.
    is_only: bool,
    /// Location with a halo on the map.
    highlighted: RwSignal<Option<String>>,
    /// What a phone shows.
    folding: Folding,
) -> impl IntoView {
    let id = measure.id;
    let title_id = measure_anchor(id);
    let heading_id = title_id.clone();
    let panel_id = format!("{title_id}-contenu");
    let controls = panel_id.clone();
    let title = texts.title.clone();
    let heading = StoredValue::new((texts.title.clone(), glimpse(&texts)));
    let number_class = if is_only { "fr-sr-only" } else { "" };
    let is_folded = move || folding.is_narrow.get() && !folding.is_open(id);
    let locations = measure.locations.iter().zip(texts.locations.iter()).map(|(location, texts)| {
        view! { <LocationLine location=location.clone() texts=texts.clone() highlighted=highlighted/> }
    });
    let order_id = remote.load.with_untracked(|load| load.ready().map(|order| order.uuid));
    let edit = order_id.map(|id| format!("/regulations/{id}/mesures/{}", measure.id)).unwrap_or_default();
    let periods = texts.periods.iter().map(|period| view! { <li>{period.clone()}</li> }).collect_view();
    view! {
        <li class=format!("dl-measure dl-measure--{}", measure.kind.as_str())>
            <article aria-labelledby=title_id>
                <header class="dl-measure__header">
                    <LineSample kind=measure.kind/>
                    <h3 class="fr-h6 fr-mb-0" id=heading_id tabindex="-1">
                        <FoldTitle
                            is_narrow=folding.is_narrow
                            open=Signal::derive(move || folding.is_open(id))
                            on_toggle=move |()| folding.toggle(id)
                            controls=controls
                        >
                            <span class=number_class>{format!("Mesure {} : ", rank + 1)}</span>
                            {heading.with_value(|(title, _)| title.clone())}
                            {move || {
                                let glimpse = is_folded().then(|| heading.with_value(|(_, glimpse)| glimpse.clone()));
                                glimpse.map(|text| view! { <span class="dl-measure__glimpse">{text}</span> })
                            }}
                        </FoldTitle>
                    </h3>
                </header>
                <div
                    id=panel_id
                    class="dl-fold__panel"
                    class=("dl-fold__panel--closed", move || !folding.is_open(id))
                >
                <div class="dl-measure__body">
                    <p class="fr-mb-1w">{texts.vehicles.clone()}</p>
                    <ul class="fr-mb-1w">{periods}</ul>
                    <ul class="fr-mb-0">{locations.collect_view()}</ul>
                </div>
                {can_edit
                    .then(|| {
                        view! {
                            <div class="dl-measure__actions">
                                <A
                                    href=edit
                                    attr:class="fr-btn fr-btn--sm fr-btn--secondary fr-btn--icon-left fr-icon-edit-line"
                                >
                                    "Modifier"
                                    <span class="fr-sr-only">{format!(" la mesure {}", rank + 1)}</span>
                                </A>
                                <DuplicateMeasure remote=remote measure=id rank=rank folding=folding/>
                                {(!is_only).then(|| view! { <DeleteMeasure remote=remote measure=measure.clone() title=title/> })}
                            </div>
                        }
                    })}
                </div>
            </article>
        </li>
    }
}

#[component]
fn LocationLine(location: Location, texts: LocationTexts, highlighted: RwSignal<Option<String>>) -> impl IntoView {
    let id = location.id.to_string();
    let pointed = id.clone();
    let focused = id.clone();
    let direction = location.asked.direction();
    // Between two bounds the sentence names them; along a whole street nothing else tells the direction.
    let is_told = direction == Direction::Both || texts.text.contains("(sens ");
    let area = location.found.and_then(|found| found.storage_area).map(|area| area.description);
    view! {
        <li
            id=format!("localisation-{id}")
            tabindex="-1"
            on:pointerenter=move |_| highlighted.set(Some(pointed.clone()))
            on:pointerleave=move |_| highlighted.set(None)
            on:focus=move |_| highlighted.set(Some(focused.clone()))
            on:blur=move |_| highlighted.set(None)
        >
            {texts.text}
            {texts.length.map(|length| view! { <span class="dl-muted">" (" {length} ")"</span> })}
            {area.map(|name| view! { <span class="dl-block fr-text--sm">{format!("Aire de stockage : {name}")}</span> })}
            {(!is_told)
                .then(|| view! { <span class="dl-block fr-text--sm">{dialog_text::labels::direction(direction)}</span> })}
        </li>
    }
}

/// One more measure that says the same.
#[component]
fn DuplicateMeasure(remote: Remote<OrderView>, measure: MeasureId, rank: usize, folding: Folding) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let busy = RwSignal::new(false);
    let duplicate = move |_| {
        let order = remote.load.with_untracked(|load| load.ready().map(|order| (order.uuid, order.revision)));
        let Some((order, revision)) = order.filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            match session.call(|client| async move { client.duplicate_measure(order, measure, revision).await }).await {
                Ok(order) => {
                    let copy = order.content.measures.last().map(|measure| measure.id);
                    if let Some(copy) = copy {
                        folding.open(copy);
                    }
                    remote.put(order);
                    notices.show(NoticeKind::Success, "La mesure est copiée : vérifiez la copie.");
                    browser::focus_soon(copy.map(measure_anchor).unwrap_or_default());
                }
                Err(failure) => {
                    busy.try_set(false);
                    let text = failure.violations().into_iter().next().map(|error| error.message);
                    notices.show(NoticeKind::Error, text.unwrap_or_else(|| failure.detail.clone()));
                    if failure.status() == Some(412) {
                        remote.reload();
                    }
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-stack-line"
            on:click=duplicate
        >
            "Dupliquer"
            <span class="fr-sr-only">{format!(" la mesure {}", rank + 1)}</span>
        </button>
    }
}

#[component]
fn DeleteMeasure(remote: Remote<OrderView>, measure: Measure, title: String) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let open = RwSignal::new(false);
    let id = measure.id;
    let delete = move |_| {
        let order = remote.load.with_untracked(|load| load.ready().map(|order| (order.uuid, order.revision)));
        let Some((order, revision)) = order else { return };
        open.set(false);
        spawn_local(async move {
            match session.call(|client| async move { client.delete_measure(order, id, revision).await }).await {
                Ok(order) => {
                    remote.put(order);
                    notices.show(NoticeKind::Success, "La mesure est supprimée.");
                    // The card that held the focus is gone.
                    browser::focus_soon("dispositif");
                }
                Err(failure) => {
                    let is_late = failure.status() == Some(412);
                    if is_late {
                        remote.reload();
                    }
                    let advice = if is_late { " Voici les mesures telles qu’elles sont maintenant." } else { "" };
                    notices.show(NoticeKind::Error, format!("{}{advice}", failure.detail));
                }
            }
        });
    };
    let name = StoredValue::new(title);
    view! {
        <button
            type="button"
            class="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-delete-line"
            on:click=move |_| open.set(true)
        >
            "Supprimer"
            <span class="fr-sr-only">" la mesure"</span>
        </button>
        <Dialog open=open id="supprimer-mesure" title=Signal::stored("Supprimer cette mesure ?".to_owned())>
            <p>{name.get_value()}</p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <button type="button" class="fr-btn dl-danger" on:click=delete>
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
