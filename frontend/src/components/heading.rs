use leptos::{html, prelude::*};
use leptos_router::components::A;

use crate::{
    browser,
    state::{Announcer, Navigation},
};

/// The title of a page: the only `h1`. It receives the focus when the page was reached inside the application, so that
/// keyboard and screen reader start from the new page.
#[component]
pub fn Heading(
    /// What the page is.
    #[prop(into)]
    text: Signal<String>,
    /// Look of the title.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    let navigation: Navigation = expect_context();
    let announcer: Announcer = expect_context();
    Effect::new(move || browser::set_title(&text.get()));
    Effect::new(move || {
        let Some(heading) = node.get() else { return };
        if navigation.is_inside() {
            announcer.say(text.get_untracked());
            // A heading can always be focused; nothing is lost when the browser refuses.
            drop(heading.focus());
        }
    });
    view! {
        <h1 node_ref=node tabindex="-1" class=class>
            {text}
        </h1>
    }
}

/// The way from the home page to this one.
#[component]
pub fn Breadcrumb(
    /// Pages above this one: address and name.
    #[prop(into)]
    above: Signal<Vec<(String, String)>>,
    /// This page.
    #[prop(into)]
    here: Signal<String>,
    /// Told that the person goes up.
    #[prop(optional, into)]
    on_up: Option<Callback<()>>,
) -> impl IntoView {
    let up = move |_| {
        if let Some(on_up) = on_up {
            on_up.run(());
        }
    };
    let links = move || {
        above
            .get()
            .into_iter()
            .map(|(href, name)| {
                view! {
                    <li>
                        <A href=href exact=true attr:class="fr-breadcrumb__link" on:click=up>
                            {name}
                        </A>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <nav class="fr-breadcrumb" aria-label="vous êtes ici :">
            <ol class="fr-breadcrumb__list dl-breadcrumb">
                {links}
                <li>
                    <span class="fr-breadcrumb__link" aria-current="page">
                        {here}
                    </span>
                </li>
            </ol>
        </nav>
    }
}
