use dialog_api_types::{
    app::{OrderPhase, OrderSummary},
    page::Page,
};
use dialog_domain::{OrderCategory, OrderId};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};

use super::{
    super::filters::{EVERYBODY, Filters},
    count_text,
};
use crate::{
    components::{InstantSelect, Pagination, StatusBadge},
    state::Session,
};

/// The orders of a page: a table, which is a list of cards on a phone.
#[component]
pub fn OrderTable(
    page: Page<OrderSummary>,
    filters: Filters,
    deleting: RwSignal<Option<OrderSummary>>,
) -> impl IntoView {
    let metadata = page.metadata;
    if page.items.is_empty() {
        return view! { <Nothing filters=filters/> }.into_any();
    }
    let first = u64::from(metadata.page.saturating_sub(1)) * u64::from(metadata.page_size) + 1;
    let shown = u64::try_from(page.items.len()).unwrap_or(u64::MAX);
    let count = if metadata.last_page > 1 {
        format!("{} à {} sur {}", first, first + shown - 1, count_text(metadata.total_items))
    } else {
        count_text(metadata.total_items)
    };
    let organization = (!filters.organization.is_empty() && filters.organization != EVERYBODY)
        .then(|| page.items.first().map(|order| order.organization.name.clone()))
        .flatten();
    let sizes = filters.clone();
    let map_href = filters.map_href();
    let sortable = filters.clone();
    let rows_filters = filters.clone();
    let column = move |word: &'static str, name: &'static str| {
        let sorted = sortable.sort == word;
        let state = match (sorted, sortable.is_descending) {
            (false, _) => None,
            (true, false) => Some("ascending"),
            (true, true) => Some("descending"),
        };
        let next = sortable.sorted_by(word);
        let title = format!(
            "Trier par {} {}",
            name.to_lowercase(),
            if next.is_descending { "décroissant" } else { "croissant" }
        );
        view! {
            <th role="columnheader" scope="col" aria-sort=state>
                <a href=next.href() class="dl-table__sort" title=title>
                    {name}
                </a>
            </th>
        }
    };
    let href = move |page: u32| Filters { page, ..filters.clone() }.href();
    view! {
        <div class="dl-list__head">
            <p class="fr-text--sm fr-mb-0" id="resultats" tabindex="-1">
                {count} {organization.map(|name| format!(", {name}"))}
            </p>
            <a href=map_href class="fr-link fr-link--sm fr-icon-road-map-line fr-link--icon-left dl-list__map">
                "Voir sur la carte"
            </a>
            <PageSize filters=sizes total=metadata.total_items/>
        </div>
        <table class="dl-table" role="table">
            <caption class="fr-sr-only">"Arrêtés de circulation"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {column("identifier", "Arrêté")}
                    <th role="columnheader" scope="col">
                        "Localisations"
                    </th>
                    {column("period", "Période")} {column("source", "Source")} {column("status", "Statut")}
                    <th role="columnheader" scope="col">
                        <span class="fr-sr-only">"Actions"</span>
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                {page
                    .items
                    .into_iter()
                    .map(|order| view! { <OrderRow order=order filters=rows_filters.clone() deleting=deleting/> })
                    .collect_view()}
            </tbody>
        </table>
        <Pagination page=metadata.page last=metadata.last_page href=href/>
    }
    .into_any()
}

#[component]
fn Nothing(filters: Filters) -> impl IntoView {
    let session: Session = expect_context();
    let limited = filters.is_limiting();
    let text = if limited { "Aucun arrêté ne correspond à ces filtres." } else { "Aucun arrêté pour le moment." };
    view! {
        <div class="dl-empty">
            <p class="fr-text--lead fr-mb-2w" id="resultats" tabindex="-1">
                "Aucun arrêté"
            </p>
            <p>{text}</p>
            {limited
                .then(|| {
                    view! {
                        <a href=filters.cleared().href() class="fr-btn fr-btn--secondary">
                            "Voir tous les arrêtés"
                        </a>
                    }
                })}
            <Show when=move || !limited && session.is_member()>
                <A href="/regulations/add" attr:class="fr-btn">
                    "Ajouter un premier arrêté"
                </A>
            </Show>
        </div>
    }
}

/// How many orders on a page; nothing when they all fit on the smallest.
#[component]
fn PageSize(filters: Filters, total: u64) -> impl IntoView {
    let navigate = use_navigate();
    let current = filters.page_size;
    let options = [20, 50, 100].map(|size: u32| (size.to_string(), format!("{size} par page"))).to_vec();
    (total > 20).then(|| {
        view! {
            <InstantSelect
                id="taille"
                label="Nombre d’arrêtés par page"
                is_label_hidden=true
                class="dl-list__size"
                options=Signal::stored(options)
                value=Signal::stored(current.to_string())
                on_choose=move |size: String| {
                    let size = size.parse().unwrap_or(current);
                    navigate(&filters.with(|next| next.page_size = size).href(), NavigateOptions::default());
                }
            />
        }
    })
}

/// Id of the link to an order.
pub fn line_id(order: OrderId) -> String {
    format!("arrete-{order}")
}

#[component]
fn OrderRow(order: OrderSummary, filters: Filters, deleting: RwSignal<Option<OrderSummary>>) -> impl IntoView {
    let href = format!("/regulations/{}", order.uuid);
    let id = line_id(order.uuid);
    let action_href = href.clone();
    let category = match order.category {
        OrderCategory::PermanentRegulation => "Permanent",
        OrderCategory::TemporaryRegulation => "Temporaire",
    };
    let more = match order.location_count.saturating_sub(1) {
        0 => None,
        1 => Some("+ 1 localisation".to_owned()),
        more => Some(format!("+ {more} localisations")),
    };
    let phase = match order.phase {
        Some(OrderPhase::Upcoming) => Some("à venir"),
        Some(OrderPhase::Current) => Some("en cours"),
        Some(OrderPhase::Past) => Some("passé"),
        Some(OrderPhase::Draft) | None => None,
    };
    let (action, icon) = if order.permissions.can_edit {
        ("Modifier l’arrêté", "fr-icon-edit-line")
    } else {
        ("Voir l’arrêté", "fr-icon-eye-line")
    };
    let action = format!("{action} {}", order.identifier);
    let action_title = action.clone();
    let organization = filters.with(|next| next.organization = order.organization.uuid.to_string());
    let all_of_it = format!("Voir les arrêtés de {}", order.organization.name);
    let name = format!("Supprimer l’arrêté {}", order.identifier);
    let tooltip = name.clone();
    let summary = order.clone();
    view! {
        <tr role="row">
            <td role="cell" data-label="Arrêté">
                <A href=href attr:id=id attr:class="dl-table__link">
                    {order.identifier}
                </A>
                <span class="dl-table__title">{order.title}</span>
                <span class="fr-text--xs fr-mb-0 dl-muted dl-block">{category}</span>
            </td>
            <td role="cell" data-label="Localisations">
                <span>{order.first_location.unwrap_or_else(|| "Aucune".to_owned())}</span>
                {more.map(|more| view! { <em class="dl-muted fr-text--sm fr-mb-0 dl-block">{more}</em> })}
            </td>
            <td role="cell" data-label="Période">
                <span>{order.period.unwrap_or_else(|| "–".to_owned())}</span>
                {phase.map(|phase| view! { <strong class="dl-block">{phase}</strong> })}
                {order
                    .next_change
                    .map(|next| view! { <span class="fr-text--xs fr-mb-0 dl-muted dl-block">{next}</span> })}
            </td>
            <td role="cell" data-label="Source">
                <a href=organization.href() title=all_of_it>
                    {order.organization.name}
                </a>
                <span class="fr-text--xs fr-mb-0 dl-muted dl-block">{dialog_text::labels::source(order.source)}</span>
            </td>
            <td role="cell" data-label="Statut">
                <StatusBadge
                    status=order.status
                    unpublished_changes=order.has_unpublished_changes
                    repealed=order.repeal.is_some()
                />
            </td>
            <td role="cell" class="dl-table__actions">
                <A
                    href=action_href
                    attr:class=format!("fr-btn fr-btn--sm fr-btn--tertiary-no-outline {icon}")
                    attr:title=action_title
                >
                    {action}
                </A>
                {order
                    .permissions
                    .can_delete
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="fr-btn fr-btn--sm fr-btn--tertiary-no-outline fr-icon-delete-line"
                                title=tooltip
                                on:click=move |_| deleting.set(Some(summary.clone()))
                            >
                                {name}
                            </button>
                        }
                    })}
            </td>
        </tr>
    }
}
