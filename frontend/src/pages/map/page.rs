use dialog_api_types::map::{MapFeature, MapFeatures};
use dialog_domain::{LocationId, OrderId};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{card::SelectionCard, filter_panel::FilterPanel, filters::MapFilters, list::RestrictionList};
use crate::{
    api::{Load, client, remote},
    components::{FailureView, Heading, Skeleton},
    map::{MapView, NOTHING, rectangle},
    state::{Announcer, Session, SessionState},
};

/// The public map of what is published.
#[component]
pub fn MapPage() -> impl IntoView {
    let announcer: Announcer = expect_context();
    let query = use_query_map();
    let filters = Memo::new(move |_| query.with(|query| MapFilters::read(|name| query.get(name))));
    let client = client();
    let restrictions = remote(
        move || filters.with(MapFilters::query),
        move |query| {
            let client = client.clone();
            async move { client.map_locations(&query).await }
        },
    );
    let all = Memo::new(move |_| match restrictions.load.get() {
        Load::Ready(collection) => collection.features,
        Load::Loading | Load::Failed(_) => Vec::new(),
    });
    let features = Memo::new(move |_| all.with(|all| geojson(all)));
    let bounds = RwSignal::new(None::<[f64; 4]>);
    let highlighted = RwSignal::new(None::<String>);
    let selected = RwSignal::new(Vec::<String>::new());
    let halo = Signal::derive(move || highlighted.get().or_else(|| selected.with(|ids| ids.first().cloned())));
    Effect::new(move |previous: Option<bool>| {
        let known = previous.unwrap_or(false);
        let ready = restrictions.load.with(|load| load.ready().map(|collection| collection.features.len()));
        if let (true, Some(count)) = (known, ready) {
            announcer.say(count_text(count));
        }
        known || ready.is_some()
    });

    let navigate = use_navigate();
    let go = StoredValue::new(move |filters: &MapFilters| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&filters.href(), options);
    });
    let change = Callback::new(move |filters: MapFilters| go.with_value(|go| go(&filters)));
    let moved = move |(visible, view): ([f64; 4], String)| {
        bounds.set(Some(visible));
        // The place is in the address, so that a link or a reload leads to the same view.
        let filters = filters.get_untracked();
        if filters.view != view {
            go.with_value(|go| go(&MapFilters { view, order: String::new(), ..filters }));
        }
    };
    let start = filters.get_untracked();
    let view = Some(start.view.clone()).filter(|view| !view.is_empty());
    let fit = first_view(start.order.parse().ok().map(OrderId));
    let target = RwSignal::new(None::<String>);
    // What is chosen in the list is brought into sight.
    let choose = Callback::new(move |id: LocationId| {
        selected.set(vec![id.to_string()]);
        let feature = all.with(|all| all.iter().find(|feature| feature.properties.location_uuid == id).cloned());
        target.set(feature.map(|feature| geojson(&[feature])));
    });

    let status = move || match restrictions.load.get() {
        Load::Loading => view! { <Skeleton label="Chargement des restrictions…" lines=4/> }.into_any(),
        Load::Failed(failure) => {
            view! { <FailureView failure=failure on_retry=move |()| restrictions.reload()/> }.into_any()
        }
        Load::Ready(_) => ().into_any(),
    };
    let is_ready = Memo::new(move |_| restrictions.load.with(|load| load.ready().is_some()));
    view! {
        <div class="dl-carte">
            <div class="dl-carte__panel">
                <Heading text=Signal::stored("Carte des restrictions".to_owned()) class="fr-h4 fr-mb-2w"/>
                <FilterPanel filters=filters on_change=change/>
                <div aria-busy=move || restrictions.busy.get().to_string()>
                    {status}
                    <Show when=move || is_ready.get()>
                        <RestrictionList
                            all=all
                            bounds=bounds
                            highlighted=highlighted
                            selected=selected
                            on_choose=choose
                            limited=Signal::derive(move || filters.with(MapFilters::is_limiting))
                        />
                    </Show>
                </div>
            </div>
            <div class="dl-carte__map">
                <MapView
                    label="Carte des restrictions de circulation. La liste à côté de la carte donne les mêmes informations."
                    features=features
                    highlighted=halo
                    view=view
                    first_fit=fit
                    target=target
                    on_select=move |ids| selected.set(ids)
                    on_hover=move |id| highlighted.set(id)
                    on_move=moved
                />
                <SelectionCard selected=selected/>
            </div>
        </div>
    }
}

/// What the map opens on: an order named in the address, else where most is published, else the territory of the
/// person's organization; France when there is nothing to see.
fn first_view(order: Option<OrderId>) -> Signal<Option<String>> {
    let session: Session = expect_context();
    let client = client();
    let extent = remote(
        move || match session.state() {
            SessionState::Unknown => None,
            SessionState::Member(me) => Some(me.organizations.first().map(|member| member.uuid)),
            SessionState::Anonymous | SessionState::Unreachable(_) => Some(None),
        },
        move |organization| {
            let client = client.clone();
            async move {
                // Who uses the map is not known yet.
                let Some(organization) = organization else { return Ok(None) };
                let published = client.initial_bounding_box(order, None).await?;
                match (published, organization) {
                    (None, Some(organization)) => client.initial_bounding_box(None, Some(organization)).await,
                    (published, _) => Ok(published),
                }
            }
        },
    );
    Signal::derive(move || extent.load.with(|load| load.ready().copied().flatten()).map(rectangle))
}

fn geojson(features: &[MapFeature]) -> String {
    let collection = MapFeatures { kind: "FeatureCollection".to_owned(), features: features.to_vec() };
    serde_json::to_string(&collection).unwrap_or_else(|_| NOTHING.to_owned())
}

/// `12 restrictions`.
pub fn count_text(count: usize) -> String {
    match count {
        0 => "Aucune restriction".to_owned(),
        1 => "1 restriction".to_owned(),
        count => format!("{count} restrictions"),
    }
}
