use dialog_api_types::app::OrderView;
use leptos::prelude::*;

use crate::{
    api::{Load, client, remote},
    components::{FailureView, Skeleton},
};

/// What the publication will change, compared with what everybody reads now.
#[component]
pub fn Differences(order: OrderView) -> impl IntoView {
    let client = client();
    let id = order.uuid;
    let number = order.published.map(|version| version.number).unwrap_or_default();
    let difference = remote(
        || (),
        move |()| {
            let client = client.clone();
            async move { client.version_difference(id, number, "working-copy").await }
        },
    );
    move || match difference.load.get() {
        Load::Loading => view! { <Skeleton label="Comparaison avec la version publiée…" lines=3/> }.into_any(),
        Load::Failed(failure) => {
            view! { <FailureView failure=failure on_retry=move |()| difference.reload()/> }.into_any()
        }
        Load::Ready(found) => {
            let sentences = found.sentences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
            view! {
                <p>{format!("Voici ce qui change par rapport à la version {number}, que tous lisent aujourd’hui :")}</p>
                <ul class="dl-sentences">{sentences}</ul>
            }
            .into_any()
        }
    }
}
