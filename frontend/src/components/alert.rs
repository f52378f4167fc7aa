use leptos::prelude::*;

/// Colour and icon of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlertKind {
    /// Something is wrong.
    Error,
    /// Something to take care of.
    Warning,
    /// Something to know.
    Info,
}

impl AlertKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Error => "fr-alert fr-alert--error",
            Self::Warning => "fr-alert fr-alert--warning",
            Self::Info => "fr-alert fr-alert--info",
        }
    }
}

/// A framed message.
#[component]
pub fn Alert(
    /// Colour and icon.
    kind: AlertKind,
    /// What happened, in a few words.
    #[prop(into)]
    title: String,
    /// The rest.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=kind.class()>
            <p class="fr-alert__title">{title}</p>
            {children()}
        </div>
    }
}
