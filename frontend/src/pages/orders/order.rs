use dialog_api_types::app::{OrderPhase, OrderView};
use dialog_domain::{Measure, OrderCategory, OrderId, OrderStatus};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;

use super::{
    actions::Actions,
    contents::{Contents, follow_anchor},
    diffusion::Diffusion,
    fold::Folding,
    general_card::GeneralCard,
    measures::Measures,
    publication::{History, OfficialDocument, PublicLink},
};
use crate::{
    api::{Load, Remote, client, remote},
    browser,
    components::{ActionButton, Breadcrumb, FailureView, Heading, Skeleton, StatusBadge},
    forms::preview,
    map::MapView,
    pages::NotFoundPage,
    state::{ListPlace, Session},
};

/// Id of the title above the map.
const MAP_TITLE: &str = "carte-arrete";

/// Tenths of a second after which an order is printed without its map.
const PATIENCE: u32 = 60;

/// The identifier in the address of the page, when it is one.
pub fn order_id() -> Signal<Option<OrderId>> {
    let parameters = use_params_map();
    Signal::derive(move || parameters.with(|map| map.get("uuid")?.parse().ok()).map(OrderId))
}

/// The order of the page's address, as this person may see it.
pub fn load_order(id: OrderId) -> Remote<OrderView> {
    let session: Session = expect_context();
    let client = client();
    remote(
        move || session.me().map(|me| me.user.uuid),
        move |_| {
            let client = client.clone();
            async move { client.order(id).await }
        },
    )
}

/// `Arrêté temporaire 2026-11-0001`.
pub fn order_name(order: &OrderView) -> String {
    let category = match order.content.category {
        OrderCategory::PermanentRegulation => "permanent",
        OrderCategory::TemporaryRegulation => "temporaire",
    };
    format!("Arrêté {category} {}", order.identifier)
}

/// The list of orders as the person left it, above a page: its address and name.
pub fn list_above() -> (String, String) {
    let place: ListPlace = expect_context();
    (untrack(|| place.href()), "Liste des arrêtés".to_owned())
}

/// Page of an order: for everybody once published; members of its organization see the working copy and change it.
#[component]
pub fn OrderPage() -> impl IntoView {
    let id = order_id();
    move || match id.get() {
        Some(id) => view! { <Order id=id/> }.into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    }
}

#[component]
fn Order(id: OrderId) -> impl IntoView {
    let place: ListPlace = expect_context();
    place.opens(id);
    let order = load_order(id);
    // A new version of the same order refreshes the parts that changed, not the page.
    let kind = Memo::new(move |_| match order.load.get() {
        Load::Loading => Load::Loading,
        Load::Failed(failure) => Load::Failed(failure),
        Load::Ready(_) => Load::Ready(()),
    });
    move || match kind.get() {
        Load::Loading => view! {
            <div class="fr-container fr-my-4w">
                <Skeleton label="Chargement de l’arrêté…" lines=8 is_page=true/>
            </div>
        }
        .into_any(),
        Load::Failed(failure) if failure.is_not_found() || failure.status() == Some(400) => {
            view! { <NotFoundPage/> }.into_any()
        }
        Load::Failed(failure) => view! {
            <div class="fr-container fr-my-4w">
                <Heading text=Signal::stored("Arrêté indisponible".to_owned()) class="fr-h2"/>
                <FailureView failure=failure on_retry=move |()| order.reload()/>
            </div>
        }
        .into_any(),
        Load::Ready(()) => view! { <OrderContent remote=order/> }.into_any(),
    }
}

#[component]
fn OrderContent(remote: Remote<OrderView>) -> impl IntoView {
    let place: ListPlace = expect_context();
    let order = Memo::new(move |_| remote.load.get().ready().cloned());
    let name = Memo::new(move |_| order.get().as_ref().map(order_name).unwrap_or_default());
    let highlighted = RwSignal::new(None::<String>);
    let folding = Folding::new(order.get_untracked().as_ref());
    follow_anchor(order, folding);
    let warnings = move || {
        let warnings = order.get().map(|order| order.warnings).unwrap_or_default();
        warnings
            .into_iter()
            .map(|text| {
                view! {
                    <div class="fr-alert fr-alert--sm fr-alert--warning fr-mb-2w">
                        <p>{text}</p>
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="fr-container fr-my-4w">
            <Breadcrumb
                above=Signal::stored(vec![list_above()])
                on_up=move |()| place.returns()
                here=Signal::derive(move || order.get().map(|order| order.identifier).unwrap_or_default())
            />
            <div class="dl-title-row">
                <Heading text=name class="fr-h2 fr-mb-0"/>
                {move || {
                    order
                        .get()
                        .map(|order| {
                            view! {
                                <StatusBadge
                                    status=order.status
                                    unpublished_changes=order.has_unpublished_changes
                                    repealed=order.content.repeal.is_some()
                                />
                            }
                        })
                }}
            </div>
            {warnings}
            <Contents order=order folding=folding/>
            <div class="dl-order">
                <div class="dl-order__main">
                    <GeneralCard remote=remote/>
                    <Measures remote=remote order=order folding=folding highlighted=highlighted/>
                </div>
                <div class="dl-order__aside">
                    <Details order=order/>
                    <Actions remote=remote/>
                    <OrderMap order=order folding=folding highlighted=highlighted/>
                    <OfficialDocument remote=remote order=order/>
                    <PublicLink order=order/>
                </div>
                <div class="dl-order__more">
                    <Diffusion order=order/>
                    <History order=order/>
                </div>
            </div>
            <p class="fr-mt-4w dl-screen-only">
                <a
                    href=move || place.href()
                    class="fr-link fr-icon-arrow-left-line fr-link--icon-left"
                    on:click=move |_| place.returns()
                >
                    "Revenir aux arrêtés"
                </a>
            </p>
        </div>
    }
}

/// What a published order does now: look and name.
const fn phase_name(phase: OrderPhase) -> Option<(&'static str, &'static str)> {
    match phase {
        OrderPhase::Upcoming => Some(("fr-badge--info", "À venir")),
        OrderPhase::Current => Some(("fr-badge--success", "En cours")),
        OrderPhase::Past => Some(("", "Passé")),
        OrderPhase::Draft => None,
    }
}

#[component]
fn Details(order: Memo<Option<OrderView>>) -> impl IntoView {
    let session: Session = expect_context();
    let content = move || {
        let order = order.get()?;
        let hint = match (order.status, order.has_unpublished_changes) {
            (OrderStatus::Draft, _) => "Visible par les membres de l’organisation seulement.",
            (OrderStatus::Published, true) => "Des modifications attendent d’être publiées.",
            (OrderStatus::Published, false) => "Visible par tous, sur la carte et dans les données ouvertes.",
        };
        let published = order.published.as_ref().map(|version| {
            let at = version.published_at.with_timezone(&chrono::Local).format("%d/%m/%Y à %Hh%M");
            view! {
                <dt>"Publié le"</dt>
                <dd>{at.to_string()} <span class="dl-block fr-text--sm fr-mb-0">"Version " {version.number}</span></dd>
            }
        });
        let validity = order.period.as_ref().map(|period| {
            let phase = order.phase.and_then(phase_name);
            let next = order.next_change.clone();
            view! {
                <dt>"Validité"</dt>
                <dd>
                    {phase.map(|(class, name)| view! { <span class=format!("fr-badge fr-badge--sm fr-badge--no-icon {class}")>{name}</span> })}
                    <span class="dl-block">{period.clone()}</span>
                    {next.map(|next| view! { <span class="dl-block fr-text--sm fr-mb-0">{next}</span> })}
                </dd>
            }
        });
        let is_repealed = order.content.repeal.is_some();
        let read_only = session.belongs_to(order.organization.uuid)
            && order.status == OrderStatus::Published
            && !order.permissions.can_edit;
        Some(view! {
            <section class="dl-panel" aria-labelledby="details">
                <h2 class="fr-h6" id="details" tabindex="-1">
                    "Détails"
                </h2>
                <p class="fr-text--sm">{hint}</p>
                {order.content.repeal.as_ref().map(|repeal| view! { <p class="fr-text--bold">{dialog_text::repeal(repeal)}</p> })}
                <dl class="dl-facts">
                    {validity}
                    <dt>"Source"</dt>
                    <dd>{dialog_text::labels::source(order.source)}</dd>
                    {published}
                </dl>
                {read_only
                    .then(|| {
                        view! {
                            <p class="fr-text--sm fr-mt-2w fr-mb-0">
                                {if is_repealed {
                                "Cet arrêté est abrogé : il ne se modifie plus."
                            } else {
                                "Cet arrêté vient d’un autre logiciel : il se modifie là où il a été écrit."
                            }}
                            </p>
                        }
                    })}
                <Print/>
            </section>
        })
    };
    view! { {content} }
}

/// Prints the order with its map, which is loaded first.
#[component]
fn Print() -> impl IntoView {
    let busy = RwSignal::new(false);
    let print = move |()| {
        busy.set(true);
        spawn_local(async move {
            let place = browser::scroll_to(MAP_TITLE);
            for _ in 0..PATIENCE {
                if !browser::is_there(".dl-order-map") || browser::is_there(".dl-order-map [data-drawn]") {
                    break;
                }
                TimeoutFuture::new(100).await;
            }
            busy.try_set(false);
            // Where the person was; a browser that cannot print says so itself.
            window().scroll_to_with_x_and_y(0.0, place);
            drop(window().print());
        });
    };
    view! {
        <p class="fr-mt-2w fr-mb-0 dl-screen-only">
            <ActionButton
                busy=busy
                label=Signal::stored("Imprimer".to_owned())
                busy_label="Préparation…"
                class="fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-printer-line"
                on_click=print
            />
        </p>
    }
}

#[component]
fn OrderMap(order: Memo<Option<OrderView>>, folding: Folding, highlighted: RwSignal<Option<String>>) -> impl IntoView {
    let features = Memo::new(move |_| {
        let measures = order.get().map(|order| order.content.measures).unwrap_or_default();
        preview::found(&measures).to_string()
    });
    let has_geometry = Memo::new(move |_| {
        order.get().is_some_and(|order| {
            order
                .content
                .measures
                .iter()
                .flat_map(|measure| &measure.locations)
                .any(|location| location.found.is_some())
        })
    });
    let map_href = move || {
        let order = order.get().filter(|order| order.status == OrderStatus::Published)?;
        Some(format!("/carte?regulationOrderRecordUuid={}", order.uuid))
    };
    let on_select = move |ids: Vec<String>| {
        let Some(id) = ids.into_iter().next() else { return };
        let measures = order.get_untracked().map(|order| order.content.measures).unwrap_or_default();
        let is_there = |measure: &&Measure| measure.locations.iter().any(|location| location.id.to_string() == id);
        if let Some(measure) = measures.iter().find(is_there) {
            folding.open(measure.id);
        }
        browser::focus_soon(format!("localisation-{id}"));
    };
    view! {
        <Show when=move || has_geometry.get()>
            <section class="dl-panel dl-paper-map" aria-labelledby=MAP_TITLE>
                <h2 class="fr-h6" id=MAP_TITLE tabindex="-1">
                    "Carte"
                </h2>
                <div class="dl-order-map">
                    <MapView
                        label="Carte des localisations de l’arrêté"
                        features=features
                        highlighted=highlighted
                        on_select=on_select
                        on_hover=move |id| highlighted.set(id)
                        cooperative=true
                        follow=true
                        lazy=true
                        view=None
                    />
                </div>
                {move || {
                    map_href()
                        .map(|href| {
                            view! {
                                <p class="fr-mt-2w fr-mb-0 dl-screen-only">
                                    <a class="fr-link" href=href>
                                        "Voir sur la carte des restrictions"
                                    </a>
                                </p>
                            }
                        })
                }}
            </section>
        </Show>
    }
}
