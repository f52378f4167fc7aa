//! The list of orders: what it is limited to stands in the address, and nowhere else.

mod delete;
mod form;
mod organization;
mod refined;
mod table;

use dialog_api_types::app::OrderSummary;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_query_map},
};

use self::{
    delete::DeleteDialog,
    form::FilterForm,
    table::{OrderTable, line_id},
};
use super::filters::Filters;
use crate::{
    api::{Load, client, remote},
    browser,
    components::{FailureView, Heading, Skeleton},
    state::{Announcer, ListPlace, Session},
};

/// The orders that this person may see.
#[component]
pub fn OrderListPage() -> impl IntoView {
    let session: Session = expect_context();
    let announcer: Announcer = expect_context();
    let navigate = use_navigate();
    let query = use_query_map();
    let filters = Memo::new(move |_| query.with(|query| Filters::read(|name| query.get(name))));
    let place: ListPlace = expect_context();
    Effect::new(move || place.is_at(filters.with(Filters::href)));
    let client = client();
    // Who is logged in changes what is listed.
    let orders = remote(
        move || (filters.get(), session.me().map(|me| me.user.uuid)),
        move |(filters, person)| {
            let client = client.clone();
            async move { client.list_orders(&filters.query(person.is_some())).await }
        },
    );
    let deleted = StoredValue::new(false);
    Effect::new(move |previous: Option<bool>| {
        let known = previous.unwrap_or(false);
        let Some(metadata) = orders.load.with(|load| load.ready().map(|page| page.metadata)) else { return known };
        // The last element of the last page was deleted, or the address is an old one.
        if metadata.page > metadata.last_page {
            let href = Filters { page: metadata.last_page, ..filters.get_untracked() }.href();
            navigate(&href, NavigateOptions { replace: true, ..NavigateOptions::default() });
            return known;
        }
        if known {
            announcer.say(count_text(metadata.total_items));
        } else if let Some(order) = place.take() {
            // Whoever comes back from an order is on its line again.
            browser::focus_soon(line_id(order));
        }
        // The button that had the focus went with its line.
        if deleted.try_update_value(std::mem::take).unwrap_or(false) {
            browser::focus_soon("resultats");
        }
        true
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
            <DeleteDialog
                order=deleting
                on_deleted=move |()| {
                    deleted.set_value(true);
                    orders.reload();
                }
            />
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
