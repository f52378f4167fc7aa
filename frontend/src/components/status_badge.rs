use dialog_domain::OrderStatus;
use leptos::prelude::*;

use super::{Badge, BadgeKind};

/// Draft or published, and whether changes wait.
#[component]
pub fn StatusBadge(
    /// State of the order.
    status: OrderStatus,
    /// Whether the working copy differs from what is public.
    #[prop(optional)]
    unpublished_changes: bool,
) -> impl IntoView {
    let kind = match status {
        OrderStatus::Draft => BadgeKind::Info,
        OrderStatus::Published => BadgeKind::Success,
    };
    view! {
        <span class="dl-badges">
            <Badge kind=kind text=dialog_text::labels::status(status)/>
            {(status == OrderStatus::Published && unpublished_changes)
                .then(|| view! { <Badge kind=BadgeKind::Warning text="Modifié"/> })}
        </span>
    }
}
