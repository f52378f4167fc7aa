use dialog_domain::OrderStatus;
use leptos::prelude::*;

/// Draft or published, and whether changes wait.
#[component]
pub fn StatusBadge(
    /// State of the order.
    status: OrderStatus,
    /// Whether the working copy differs from what is public.
    #[prop(optional)]
    unpublished_changes: bool,
) -> impl IntoView {
    let class = match status {
        OrderStatus::Draft => "fr-badge fr-badge--info fr-badge--sm",
        OrderStatus::Published => "fr-badge fr-badge--success fr-badge--sm",
    };
    view! {
        <span class="dl-badges">
            <span class=class>{dialog_text::labels::status(status)}</span>
            {(status == OrderStatus::Published && unpublished_changes)
                .then(|| view! { <span class="fr-badge fr-badge--warning fr-badge--sm">"Modifié"</span> })}
        </span>
    }
}
