use leptos::prelude::*;

/// Links of which one is where we are: quick choices that can be kept or sent.
#[component]
pub fn Tags(children: Children) -> impl IntoView {
    view! { <ul class="fr-tags-group dl-plain-list dl-tags">{children()}</ul> }
}

/// One of [`Tags`].
#[component]
pub fn TagLink(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// Whether that is here.
    #[prop(into)]
    current: Signal<bool>,
    /// Its name.
    name: &'static str,
) -> impl IntoView {
    view! {
        <li>
            // The router's own link would say "page" of each that leads to this path.
            <a class="fr-tag dl-tags__tag" href=href aria-current=move || current.get().then_some("true")>
                {name}
            </a>
        </li>
    }
}
