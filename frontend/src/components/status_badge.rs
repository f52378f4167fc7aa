use dialog_domain::OrderStatus;
use leptos::prelude::*;

use super::{Badge, BadgeKind};

/// Draft or published, whether changes wait, whether an end was put to it.
#[component]
pub fn StatusBadge(
    /// State of the order.
    status: OrderStatus,
    /// Whether the working copy differs from what is public.
    #[prop(optional)]
    unpublished_changes: bool,
    /// Whether it was repealed.
    #[prop(optional)]
    repealed: bool,
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
            {repealed.then(|| view! { <Badge kind=BadgeKind::Warning text="Abrogé"/> })}
        </span>
    }
}
