use chrono::Local;
use dialog_api_types::{
    app::{AuthorKind, HistoryEntry, OrderView, PageQuery},
    page::Page,
};
use leptos::prelude::*;

use crate::{
    api::{Load, client, remote},
    components::{FailureView, Skeleton},
};

/// Entries shown at first, and added by each press.
const STEP: u32 = 10;

/// Who did what to an order, latest first.
#[component]
pub fn History(order: Memo<Option<OrderView>>) -> impl IntoView {
    let client = client();
    let shown = RwSignal::new(STEP);
    let asked = Memo::new(move |_| {
        let order = order.get().filter(|order| order.permissions.can_see_history)?;
        Some((order.uuid, order.revision, shown.get()))
    });
    let history = remote(
        move || asked.get(),
        move |asked| {
            let client = client.clone();
            async move {
                match asked {
                    Some((id, _, count)) => {
                        let query = PageQuery { page: None, page_size: Some(count.min(100)) };
                        client.order_history(id, &query).await.map(Some)
                    }
                    None => Ok(None),
                }
            }
        },
    );
    let content = move || match history.load.get() {
        Load::Loading => Some(view! { <Skeleton label="Chargement de l’historique…" lines=3/> }.into_any()),
        Load::Failed(failure) => {
            Some(view! { <FailureView failure=failure on_retry=move |()| history.reload()/> }.into_any())
        }
        Load::Ready(page) => page.map(|page| list(page, shown)),
    };
    let visible = Memo::new(move |_| asked.get().is_some());
    view! {
        <Show when=move || visible.get()>
            <section class="dl-panel dl-screen-only" aria-labelledby="historique">
                <h2 class="fr-h6" id="historique" tabindex="-1">
                    "Historique"
                </h2>
                {content}
            </section>
        </Show>
    }
}

fn list(page: Page<HistoryEntry>, shown: RwSignal<u32>) -> AnyView {
    let more = page.metadata.total_items > u64::from(shown.get_untracked()) && shown.get_untracked() < 100;
    view! {
        <ol class="dl-plain-list dl-timeline">{page.items.into_iter().map(entry).collect_view()}</ol>
        {more
            .then(|| {
                view! {
                    <button
                        type="button"
                        class="fr-btn fr-btn--sm fr-btn--tertiary"
                        on:click=move |_| shown.update(|count| *count += STEP)
                    >
                        "Afficher la suite"
                    </button>
                }
            })}
    }
    .into_any()
}

fn entry(entry: HistoryEntry) -> AnyView {
    let name = match (entry.author.kind, entry.author.name) {
        (AuthorKind::ApiClient, Some(name)) => format!("la clé d’API {name}"),
        (_, Some(name)) => name,
        (AuthorKind::User, None) => "un compte supprimé".to_owned(),
        (AuthorKind::ApiClient, None) => "une clé supprimée".to_owned(),
        (AuthorKind::Program, None) => "DiaLog".to_owned(),
    };
    let at = entry.occurred_at.with_timezone(&Local).format("%d/%m/%Y à %Hh%M").to_string();
    let changes = entry.sentences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    view! {
        <li class="dl-timeline__entry">
            <p class="fr-mb-0 fr-text--bold">{entry.summary}</p>
            <p class="fr-text--sm fr-mb-0 dl-muted">
                <time datetime=entry.occurred_at.to_rfc3339()>{at}</time>
                {format!(", par {name}")}
            </p>
            <ul class="fr-text--sm fr-mb-0">{changes}</ul>
        </li>
    }
    .into_any()
}
