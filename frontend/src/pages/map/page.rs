use dialog_api_types::{
    app::Me,
    map::{InitialBoundingBox, MapDrafts},
};
use dialog_client::ClientError;
use dialog_domain::{LocationId, OrderId, OrganizationId};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    card::SelectionCard,
    drafts::{DraftsLeftOut, collection},
    filter_panel::FilterPanel,
    filters::{MapFilters, PageState},
    list::{RestrictionList, STEP, count_text, draft_lines, public_line},
    search::PlaceSearch,
    share::Share,
};
use crate::{
    api::{Load, client, remote},
    browser,
    components::{FailureView, Heading, Skeleton},
    map::{Goal, NOTHING, TiledMap, rectangle},
    state::{Announcer, Session, SessionState},
};

/// The public map of what is published.
#[component]
pub fn MapPage() -> impl IntoView {
    let announcer: Announcer = expect_context();
    let session: Session = expect_context();
    let query = use_query_map();
    let filters = Memo::new(move |_| query.with(|query| MapFilters::read(|name| query.get(name))));
    let narrowed = Memo::new(move |_| filters.with(MapFilters::query));
    let bounds = RwSignal::new(None::<[f64; 4]>);
    let limit = RwSignal::new(STEP);
    let list_client = client();
    let restrictions = remote(
        move || {
            let mut query = narrowed.get();
            query.bbox = bounds.get().map(|edges| edges.map(|edge| format!("{edge:.6}")).join(","));
            query.limit = Some(limit.get());
            query
        },
        move |query| {
            let client = list_client.clone();
            async move { client.map_restrictions(&query).await.map(|found| (query, found)) }
        },
    );
    let draft_client = client();
    let known_drafts = remote(
        move || (filters.with(|filters| filters.drafts) && session.is_member()).then(|| narrowed.get()),
        move |query| {
            let client = draft_client.clone();
            async move {
                match query {
                    Some(query) => client.map_drafts(&query).await,
                    None => Ok::<_, ClientError>(MapDrafts { items: Vec::new(), is_cut: false }),
                }
            }
        },
    );
    let drafts = Memo::new(move |_| {
        known_drafts.load.with(|load| load.ready().map(|found| found.items.clone()).unwrap_or_default())
    });
    let has_more_drafts =
        Memo::new(move |_| known_drafts.load.with(|load| load.ready().is_some_and(|found| found.is_cut)));
    let lines = Memo::new(move |_| {
        let mut lines = drafts.with(|drafts| draft_lines(drafts, bounds.get()));
        restrictions.load.with(|load| {
            lines.extend(load.ready().iter().flat_map(|(_, found)| found.items.iter().map(public_line)));
        });
        lines
    });
    let total = Memo::new(move |_| {
        let public = restrictions.load.with(|load| load.ready().map_or(0, |(_, found)| found.total));
        let drafts = drafts.with(|drafts| draft_lines(drafts, bounds.get()).len());
        public.saturating_add(u64::try_from(drafts).unwrap_or_default())
    });
    // The list knows the present revision; tiles are asked to show at least that.
    let revision = Memo::new(move |_| restrictions.load.with(|load| load.ready().map(|(_, found)| found.revision)));
    let tiles = Memo::new(move |_| revision.get().map(|revision| filters.with(|filters| filters.tiles(revision))));
    let draft_text = Memo::new(move |_| {
        drafts.with(|drafts| if drafts.is_empty() { NOTHING.to_owned() } else { collection(drafts) })
    });

    let highlighted = RwSignal::new(None::<String>);
    let selected = RwSignal::new(Vec::<String>::new());
    // Which of the selected ones the card tells.
    let rank = RwSignal::new(0_usize);
    let told = Memo::new(move |_| selected.with(|ids| ids.get(rank.get()).cloned()));
    let halo = Signal::derive(move || highlighted.get().or_else(|| told.get()));
    // Moving the map says nothing aloud; changing a filter does.
    Effect::new(move |said: Option<Option<_>>| {
        let answered = restrictions.load.with(|load| {
            load.ready().map(|(query, _)| {
                (query.bbox.is_some(), dialog_api_types::map::MapQuery { bbox: None, limit: None, ..query.clone() })
            })
        });
        let Some((in_sight, query)) = answered else { return said.flatten() };
        if said.flatten().is_some_and(|said| said != query) && in_sight {
            announcer.say(format!("{} sur la carte", count_text(total.get_untracked())));
        }
        Some(query)
    });

    let navigate = use_navigate();
    let go = StoredValue::new(move |filters: &MapFilters| {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&filters.href(), options);
    });
    let change = Callback::new(move |filters: MapFilters| {
        limit.set(STEP);
        go.with_value(|go| go(&filters));
    });
    let moved = Callback::new(move |(visible, view): ([f64; 4], String)| {
        limit.set(STEP);
        bounds.set(Some(visible));
        // The place is in the address, so that a link or a reload leads to the same view.
        let filters = filters.get_untracked();
        if filters.page.view != view {
            let page = PageState { view, order: String::new(), organization: String::new(), ..filters.page.clone() };
            go.with_value(|go| go(&MapFilters { page, ..filters }));
        }
    });
    let start = filters.get_untracked().page;
    let view = Some(start.view.clone()).filter(|view| !view.is_empty());
    let territory = start.organization.parse().ok().map(OrganizationId);
    let publisher = filters.with_untracked(MapFilters::publisher);
    let fit = first_view(start.order.parse().ok().map(OrderId), territory.or(publisher));
    let target = RwSignal::new(None::<String>);
    let goal = RwSignal::new(None::<Goal>);
    // What is chosen in the list is brought into sight.
    let choose = Callback::new(move |id: LocationId| {
        selected.set(vec![id.to_string()]);
        let line = lines.with(|lines| lines.iter().find(|line| line.id == id).map(|line| line.bounds));
        target.set(line.map(|[min_lon, min_lat, max_lon, max_lat]| {
            rectangle(InitialBoundingBox { min_lon, min_lat, max_lon, max_lat })
        }));
    });

    let waiting = move || {
        restrictions
            .load
            .with(|load| matches!(load, Load::Loading))
            .then(|| view! { <Skeleton label="Chargement des restrictions…" lines=4/> })
    };
    let failure = move || match restrictions.load.get() {
        Load::Failed(failure) => {
            view! { <FailureView failure=failure on_retry=move |()| restrictions.reload()/> }.into_any()
        }
        Load::Loading | Load::Ready(_) => ().into_any(),
    };
    let draft_failure = move || match known_drafts.load.get() {
        Load::Failed(failure) => {
            view! { <FailureView failure=failure on_retry=move |()| known_drafts.reload()/> }.into_any()
        }
        Load::Loading | Load::Ready(_) => ().into_any(),
    };
    let is_ready = Memo::new(move |_| restrictions.load.with(|load| load.ready().is_some()));
    let to_list = |_| {
        browser::focus("titre-liste");
    };
    let embedded = Signal::derive(move || filters.with(|filters| filters.page.embedded));
    view! {
        <div class="dl-carte" class=("dl-carte--embedded", embedded)>
            <div class="dl-carte__panel">
                <Heading text=Signal::stored("Carte des restrictions".to_owned()) class="fr-h4 fr-mb-2w"/>
                <PlaceSearch goal=goal/>
                <Show when=move || !embedded.get()>
                    <Share filters=filters/>
                </Show>
                // Filters, when they are open, are longer than a screen: a map that lacks something says so above them.
                {failure} {draft_failure}
                <Show when=move || is_ready.get() && total.get() != 0>
                    <button type="button" class="fr-link fr-link--sm dl-carte__to-list" on:click=to_list>
                        "Lire la liste : " {move || count_text(total.get())}
                    </button>
                </Show>
                <FilterPanel filters=filters on_change=change/>
                <div aria-busy=move || restrictions.busy.get().to_string()>
                    {waiting}
                    // A live region is there before it has something to say.
                    <div role="status">
                        <Show when=move || has_more_drafts.get()>
                            <DraftsLeftOut/>
                        </Show>
                    </div>
                    <Show when=move || is_ready.get()>
                        <RestrictionList
                            lines=lines
                            total=total
                            limit=limit
                            highlighted=highlighted
                            selected=selected
                            on_choose=choose
                            limited=Signal::derive(move || filters.with(MapFilters::is_limiting))
                        />
                    </Show>
                </div>
            </div>
            <div class="dl-carte__map">
                <TiledMap
                    label="Carte des restrictions de circulation. La liste à côté de la carte donne les mêmes informations."
                    tiles=tiles.into()
                    drafts=draft_text.into()
                    highlighted=halo
                    view=view
                    first_fit=fit
                    target=target.into()
                    goal=goal.into()
                    on_select=Callback::new(move |ids| selected.set(ids))
                    on_hover=Callback::new(move |id| highlighted.set(id))
                    on_move=moved
                />
                <SelectionCard selected=selected rank=rank told=told drafts=drafts embedded=embedded/>
            </div>
        </div>
    }
}

/// What the map opens on: an order or an organization named in the address, else where most is published, else the
/// territory of the person's organization; France when there is nothing to see.
fn first_view(order: Option<OrderId>, named: Option<OrganizationId>) -> Signal<Option<String>> {
    let session: Session = expect_context();
    let client = client();
    let first = |me: Me| me.organizations.first().map(|member| member.uuid);
    let extent = remote(
        move || match session.state() {
            SessionState::Unknown => None,
            SessionState::Member(me) => Some(first(me)),
            SessionState::Anonymous | SessionState::Unreachable(_) => Some(None),
        },
        move |organization| {
            let client = client.clone();
            async move {
                // Who uses the map is not known yet.
                let Some(organization) = organization else { return Ok(None) };
                let published = client.initial_bounding_box(order, named).await?;
                match (published, organization) {
                    (None, Some(organization)) => client.initial_bounding_box(None, Some(organization)).await,
                    (published, _) => Ok(published),
                }
            }
        },
    );
    Signal::derive(move || extent.load.with(|load| load.ready().copied().flatten()).map(rectangle))
}
