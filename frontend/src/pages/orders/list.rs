use dialog_api_types::{app::OrderSummary, page::Page};
use dialog_domain::OrderCategory;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_query_map},
};

use super::filters::Filters;
use crate::{
    api::{Load, client, remote},
    components::{Dialog, FailureView, Heading, Pagination, Skeleton, StatusBadge},
    state::{Announcer, NoticeKind, Notices, Session},
};

/// The orders that this person may see.
#[component]
pub fn OrderListPage() -> impl IntoView {
    let session: Session = expect_context();
    let announcer: Announcer = expect_context();
    let query = use_query_map();
    let filters = Memo::new(move |_| query.with(|query| Filters::read(|name| query.get(name))));
    let client = client();
    // Who is logged in changes what is listed.
    let orders = remote(
        move || (filters.get(), session.me().map(|me| me.user.uuid)),
        move |(filters, person)| {
            let client = client.clone();
            async move { client.list_orders(&filters.query(person.is_some())).await }
        },
    );
    Effect::new(move |previous: Option<bool>| {
        let known = previous.unwrap_or(false);
        let count = orders.load.with(|load| load.ready().map(|page| page.metadata.total_items));
        if let (true, Some(count)) = (known, count) {
            announcer.say(count_text(count));
        }
        known || count.is_some()
    });
    let deleting = RwSignal::new(None::<OrderSummary>);

    let content = move || match orders.load.get() {
        Load::Loading => view! { <Skeleton label="Chargement des arrêtés…" lines=6/> }.into_any(),
        Load::Failed(failure) => view! { <FailureView failure=failure on_retry=move |()| orders.reload()/> }.into_any(),
        Load::Ready(page) => {
            view! { <OrderTable page=page filters=filters.get_untracked() deleting=deleting/> }.into_any()
        }
    };
    view! {
        <div class="fr-container fr-my-4w">
            <div class="dl-title-row">
                <Heading text=Signal::stored("Arrêtés de circulation".to_owned()) class="fr-h2 fr-mb-0"/>
                <Show when=move || session.is_member()>
                    <A href="/regulations/add" attr:class="fr-btn fr-btn--icon-left fr-icon-add-line">
                        "Ajouter un arrêté"
                    </A>
                </Show>
            </div>
            <FilterForm filters=filters/>
            <div aria-busy=move || orders.busy.get().to_string() class="dl-list">
                {content}
            </div>
            <DeleteDialog order=deleting on_deleted=move |()| orders.reload()/>
        </div>
    }
}

fn count_text(count: u64) -> String {
    match count {
        0 => "Aucun arrêté".to_owned(),
        1 => "1 arrêté".to_owned(),
        count => format!("{count} arrêtés"),
    }
}

#[component]
fn FilterForm(filters: Memo<Filters>) -> impl IntoView {
    let session: Session = expect_context();
    let navigate = use_navigate();
    let search = RwSignal::new(filters.get_untracked().search);
    Effect::new(move || search.set(filters.get().search));
    let go = StoredValue::new(move |filters: Filters| navigate(&filters.href(), NavigateOptions::default()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        go.with_value(|go| go(Filters { search: search.get_untracked(), page: 1, ..filters.get_untracked() }));
    };
    let choose = move |edit: &dyn Fn(&mut Filters)| {
        let mut next = Filters { search: search.get_untracked(), page: 1, ..filters.get_untracked() };
        edit(&mut next);
        go.with_value(|go| go(next));
    };
    let option = move |word: &'static str, name: &'static str, read: fn(&Filters) -> &str| {
        view! {
            <option value=word prop:selected=move || filters.with(|filters| read(filters) == word)>
                {name}
            </option>
        }
    };
    view! {
        <form role="search" aria-label="Arrêtés" class="dl-filters" on:submit=submit>
            <div class="dl-filters__search">
                <label class="fr-label" for="recherche">
                    "Identifiant ou intitulé"
                </label>
                <div class="fr-search-bar">
                    <input
                        class="fr-input"
                        type="search"
                        id="recherche"
                        name="search"
                        prop:value=search
                        on:input:target=move |event| search.set(event.target().value())
                    />
                    <button type="submit" class="fr-btn" title="Rechercher">
                        "Rechercher"
                    </button>
                </div>
            </div>
            <div class="fr-select-group dl-filters__status">
                <label class="fr-label" for="nature">
                    "Nature"
                </label>
                <select
                    class="fr-select"
                    id="nature"
                    on:change:target=move |event| {
                        let category = event.target().value();
                        choose(&|filters| filters.category.clone_from(&category));
                    }
                >
                    {option("", "Tous les arrêtés", |filters| &filters.category)}
                    {option("permanentRegulation", "Permanents", |filters| &filters.category)}
                    {option("temporaryRegulation", "Temporaires", |filters| &filters.category)}
                </select>
            </div>
            <Show when=move || session.is_member()>
                <div class="fr-select-group dl-filters__status">
                    <label class="fr-label" for="statut">
                        "Statut"
                    </label>
                    <select
                        class="fr-select"
                        id="statut"
                        on:change:target=move |event| {
                            let status = event.target().value();
                            choose(&|filters| filters.status.clone_from(&status));
                        }
                    >
                        {option("", "Tous les statuts", |filters| &filters.status)}
                        {option("draft", "Brouillon", |filters| &filters.status)}
                        {option("published", "Publié", |filters| &filters.status)}
                    </select>
                </div>
            </Show>
            <Show when=move || filters.get().is_limiting()>
                <A href="/regulations" attr:class="fr-btn fr-btn--tertiary-no-outline dl-filters__reset">
                    "Effacer les filtres"
                </A>
            </Show>
        </form>
    }
}

#[component]
fn OrderTable(page: Page<OrderSummary>, filters: Filters, deleting: RwSignal<Option<OrderSummary>>) -> impl IntoView {
    let metadata = page.metadata;
    if page.items.is_empty() {
        let text = if filters.is_limiting() {
            "Aucun arrêté ne correspond à ces filtres."
        } else {
            "Aucun arrêté pour le moment."
        };
        return view! { <p class="fr-my-6w dl-empty">{text}</p> }.into_any();
    }
    let href = move |page: u32| Filters { page, ..filters.clone() }.href();
    view! {
        <p class="fr-text--sm fr-mb-1w">{count_text(metadata.total_items)}</p>
        <table class="dl-table" role="table">
            <caption class="fr-sr-only">"Arrêtés de circulation"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">
                        "Arrêté"
                    </th>
                    <th role="columnheader" scope="col">
                        "Localisations"
                    </th>
                    <th role="columnheader" scope="col">
                        "Période"
                    </th>
                    <th role="columnheader" scope="col">
                        "Organisation"
                    </th>
                    <th role="columnheader" scope="col">
                        "Statut"
                    </th>
                    <th role="columnheader" scope="col">
                        <span class="fr-sr-only">"Actions"</span>
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                {page.items.into_iter().map(|order| view! { <OrderRow order=order deleting=deleting/> }).collect_view()}
            </tbody>
        </table>
        <Pagination page=metadata.page last=metadata.last_page href=href/>
    }
    .into_any()
}

#[component]
fn OrderRow(order: OrderSummary, deleting: RwSignal<Option<OrderSummary>>) -> impl IntoView {
    let href = format!("/regulations/{}", order.uuid);
    let category = match order.category {
        OrderCategory::PermanentRegulation => "Permanent",
        OrderCategory::TemporaryRegulation => "Temporaire",
    };
    let more = order.location_count.saturating_sub(1);
    let more = match more {
        0 => None,
        1 => Some("+ 1 localisation".to_owned()),
        more => Some(format!("+ {more} localisations")),
    };
    let name = format!("Supprimer l’arrêté {}", order.identifier);
    let tooltip = name.clone();
    let summary = order.clone();
    view! {
        <tr role="row">
            <td role="cell" data-label="Arrêté">
                <A href=href attr:class="dl-table__link">
                    {order.identifier}
                </A>
                <span class="dl-table__title">{order.title}</span>
                <span class="fr-text--xs fr-mb-0 dl-muted dl-block">{category}</span>
            </td>
            <td role="cell" data-label="Localisations">
                {order.first_location.unwrap_or_else(|| "Aucune".to_owned())}
                {more.map(|more| view! { <span class="dl-muted fr-text--sm fr-mb-0 dl-block">{more}</span> })}
            </td>
            <td role="cell" data-label="Période">
                {order.period.unwrap_or_else(|| "–".to_owned())}
            </td>
            <td role="cell" data-label="Organisation">
                {order.organization.name} <span class="fr-text--xs fr-mb-0 dl-muted dl-block">{dialog_text::labels::source(order.source)}</span>
            </td>
            <td role="cell" data-label="Statut">
                <StatusBadge status=order.status unpublished_changes=order.has_unpublished_changes/>
            </td>
            <td role="cell" class="dl-table__actions">
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

#[component]
fn DeleteDialog(order: RwSignal<Option<OrderSummary>>, #[prop(into)] on_deleted: Callback<()>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let open = RwSignal::new(false);
    Effect::new(move || open.set(order.with(Option::is_some)));
    let delete = move |_| {
        let Some(order) = order.get_untracked() else { return };
        open.set(false);
        spawn_local(async move {
            // The list does not carry the revision.
            let answer = session
                .call(|client| async move {
                    let view = client.order(order.uuid).await?;
                    client.delete_order(order.uuid, view.revision).await
                })
                .await;
            match answer {
                Ok(()) => {
                    notices.show(NoticeKind::Success, format!("L’arrêté {} est supprimé.", order.identifier));
                    on_deleted.try_run(());
                }
                Err(failure) => notices.show(NoticeKind::Error, failure.detail),
            }
        });
    };
    let name = move || order.get().map(|order| format!("{} : {}", order.identifier, order.title)).unwrap_or_default();
    view! {
        <Dialog
            open=open
            id="supprimer-arrete"
            title=Signal::stored("Supprimer cet arrêté ?".to_owned())
            on_close=move |()| order.set(None)
        >
            <p>{name}</p>
            <p>"Il disparaîtra de la carte et des données publiées."</p>
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
