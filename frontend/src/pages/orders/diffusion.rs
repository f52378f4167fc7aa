use chrono::{DateTime, Local, Utc};
use dialog_api_types::app::{Diffusion as Told, FeedDiffusion, FeedLoss, OrderView};
use dialog_domain::OrderStatus;
use leptos::prelude::*;

use crate::{
    api::{Load, client, remote},
    components::{FailureView, Skeleton},
};

/// Where everybody finds an order, and what each feed cannot say of it; of a draft, what a publication would do.
#[component]
pub fn Diffusion(order: Memo<Option<OrderView>>) -> impl IntoView {
    let client = client();
    let asked = Memo::new(move |_| {
        let order = order.get()?;
        Some((order.uuid, order.revision))
    });
    let diffusion = remote(
        move || asked.get(),
        move |asked| {
            let client = client.clone();
            async move {
                match asked {
                    Some((id, _)) => client.order_diffusion(id).await.map(Some),
                    None => Ok(None),
                }
            }
        },
    );
    let hint = move || {
        let order = order.get()?;
        let hint = match (order.status, order.has_unpublished_changes) {
            (OrderStatus::Draft, _) => "Aperçu : ce que la publication donnera.",
            (OrderStatus::Published, true) => "La dernière version publiée, sans les modifications en attente.",
            (OrderStatus::Published, false) => "La version publiée.",
        };
        Some(view! { <p class="fr-text--sm">{hint}</p> })
    };
    let content = move || match diffusion.load.get() {
        Load::Loading => Some(view! { <Skeleton label="Chargement de la diffusion…" lines=4/> }.into_any()),
        Load::Failed(failure) => {
            Some(view! { <FailureView failure=failure on_retry=move |()| diffusion.reload()/> }.into_any())
        }
        Load::Ready(told) => told.map(list),
    };
    view! {
        <section class="dl-panel dl-screen-only" aria-labelledby="diffusion">
            <h2 class="fr-h6" id="diffusion" tabindex="-1">
                "Diffusion"
            </h2>
            {hint}
            {content}
        </section>
    }
}

fn list(told: Told) -> AnyView {
    let is_preview = told.is_preview;
    let feeds = told.feeds.into_iter().map(|one| feed(one, is_preview)).collect_view();
    view! { <ul class="dl-plain-list">{feeds}</ul> }.into_any()
}

fn feed(told: FeedDiffusion, is_preview: bool) -> AnyView {
    let (class, state) = if told.is_in {
        ("fr-badge fr-badge--sm fr-badge--success", if is_preview { "Y sera" } else { "Y est" })
    } else {
        ("fr-badge fr-badge--sm", if is_preview { "N’y sera pas" } else { "N’y est pas" })
    };
    let dates =
        [told.since.map(|at| format!("depuis le {}", date(at))), told.until.map(|at| format!("jusqu’au {}", date(at)))];
    let dates = dates.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let count = told.losses.len();
    let losses = (count > 0).then(|| {
        let summary =
            if count == 1 { "1 élément non transmis".to_owned() } else { format!("{count} éléments non transmis") };
        view! {
            <details class="fr-text--sm fr-mb-0">
                <summary>{summary} <span class="fr-sr-only">{format!(" ({})", told.name)}</span></summary>
                <ul>{told.losses.into_iter().map(loss).collect_view()}</ul>
            </details>
        }
    });
    view! {
        <li class="fr-mb-2w">
            <p class="fr-mb-0">
                <a class="fr-link" href=told.url>
                    {told.name}
                </a>
                " "
                <span class=class>{state}</span>
            </p>
            {(!dates.is_empty()).then(|| view! { <p class="fr-text--sm fr-mb-0 dl-muted">{dates}</p> })}
            {told.reason.map(|reason| view! { <p class="fr-text--sm fr-mb-0">{reason}</p> })}
            {losses}
        </li>
    }
    .into_any()
}

fn loss(loss: FeedLoss) -> AnyView {
    let detail = if loss.detail.is_empty() { ".".to_owned() } else { format!(" : {}.", loss.detail) };
    view! { <li>{format!("{} – {}{detail}", loss.place, loss.message)}</li> }.into_any()
}

fn date(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%d/%m/%Y à %Hh%M").to_string()
}
