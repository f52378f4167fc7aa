use chrono::{DateTime, Local, Utc};
use dialog_api_types::app::{Diffusion as Told, Feed, FeedDiffusion, FeedLoss, OrderView};
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
    let files = move || {
        let told = diffusion.load.with(|load| load.ready().cloned()).flatten()?;
        let order = order.get()?;
        let files = files(&told, &order);
        (!files.is_empty()).then(|| downloads(files))
    };
    view! {
        <section class="dl-panel dl-screen-only" aria-labelledby="diffusion">
            <h2 class="fr-h6" id="diffusion" tabindex="-1">
                "Diffusion"
            </h2>
            {hint}
            {content}
            {files}
        </section>
    }
}

/// This order alone, in a format.
#[derive(Debug, PartialEq, Eq)]
struct Download {
    name: &'static str,
    href: String,
    /// Name of the file.
    file: String,
}

/// What can be downloaded of an order: its public version, in the formats that have something of it.
fn files(told: &Told, order: &OrderView) -> Vec<Download> {
    let Some(version) = told.version else { return Vec::new() };
    let id = order.uuid;
    let stem: String =
        order.identifier.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let known = |feed: Feed| match feed {
        Feed::Datex => Some(("DATEX II", format!("/api/datex/{id}.xml"), "datex.xml")),
        Feed::Geojson => {
            Some(("GeoJSON", format!("/api/restrictions.geojson?order={id}&includeExpired=true"), "geojson"))
        }
        Feed::Csv => Some(("CSV", format!("/api/restrictions.csv?order={id}&includeExpired=true"), "csv")),
        Feed::Cifs => Some(("CIFS (Waze)", format!("/api/regulations/cifs.xml?order={id}"), "cifs.xml")),
        Feed::DatexLegacy | Feed::Tiles | Feed::Changes => None,
    };
    let json = ("JSON", format!("/api/app/regulation-records/{id}/versions/{version}"), "json");
    let is_there = |feed: &&FeedDiffusion| feed.is_in;
    let of_feeds = told.feeds.iter().filter(is_there).filter_map(|feed| known(feed.feed));
    [json]
        .into_iter()
        .chain(of_feeds)
        .map(|(name, href, extension)| Download { name, href, file: format!("{stem}.{extension}") })
        .collect()
}

fn downloads(files: Vec<Download>) -> AnyView {
    let link = |download: Download| {
        view! {
            <li>
                <a class="fr-link fr-link--sm fr-link--download" href=download.href download=download.file>
                    {download.name}
                    <span class="fr-sr-only">" : télécharger cet arrêté seul"</span>
                </a>
            </li>
        }
    };
    view! {
        <h3 class="fr-text--md fr-mb-1w">"Télécharger cet arrêté"</h3>
        <ul class="dl-plain-list dl-downloads">{files.into_iter().map(link).collect_view()}</ul>
    }
    .into_any()
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
