use leptos::prelude::*;

use super::{Alert, AlertKind};
use crate::api::Failure;

/// Grey lines in place of what is being loaded.
#[component]
pub fn Skeleton(
    /// What is being loaded, for screen readers.
    #[prop(into)]
    label: String,
    /// Number of lines.
    #[prop(default = 3)]
    lines: usize,
    /// In place of a whole page: what is being loaded is its title meanwhile.
    #[prop(optional)]
    is_page: bool,
) -> impl IntoView {
    let label = if is_page {
        view! { <h1 class="fr-sr-only">{label}</h1> }.into_any()
    } else {
        view! { <span class="fr-sr-only">{label}</span> }.into_any()
    };
    view! {
        <div class="dl-skeleton" role="status">
            {label}
            {(0..lines).map(|_| view! { <span class="dl-skeleton__line"></span> }).collect_view()}
        </div>
    }
}

/// Why something could not be loaded, with a way to try again.
#[component]
pub fn FailureView(
    /// Why.
    failure: Failure,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let transient = failure.transient;
    view! {
        <div role="alert" class="fr-my-3w">
            <Alert kind=AlertKind::Error title=failure.title>
                <p>{failure.detail}</p>
                {failure
                    .reference
                    .map(|reference| view! { <p class="fr-text--sm">"Référence : " <code>{reference}</code></p> })}
                {transient
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="fr-btn fr-btn--sm fr-btn--secondary fr-mt-1w"
                                on:click=move |_| on_retry.run(())
                            >
                                "Réessayer"
                            </button>
                        }
                    })}
            </Alert>
        </div>
    }
}
