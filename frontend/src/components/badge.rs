use leptos::prelude::*;

/// Colour of a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadgeKind {
    /// Under way.
    Info,
    /// Done.
    Success,
    /// To take care of.
    Warning,
}

impl BadgeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "fr-badge fr-badge--sm fr-badge--info",
            Self::Success => "fr-badge fr-badge--sm fr-badge--success",
            Self::Warning => "fr-badge fr-badge--sm fr-badge--warning",
        }
    }
}

/// A state in one word.
#[component]
pub fn Badge(
    /// Colour and icon.
    kind: BadgeKind,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class=kind.class()>{text}</span> }
}
