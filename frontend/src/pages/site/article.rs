use leptos::prelude::*;

use crate::{
    api::{client, remote},
    components::{Breadcrumb, Heading},
};

/// A page of text: way, title, content of a width that reads well.
#[component]
pub fn Article(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="fr-container fr-my-4w">
            <Breadcrumb
                above=Signal::stored(vec![("/".to_owned(), "Accueil".to_owned())])
                here=Signal::stored(title.to_owned())
            />
            <div class="dl-article">
                <Heading text=Signal::stored(title.to_owned())/>
                {children()}
            </div>
        </div>
    }
}

/// Where to write to whoever runs this installation.
#[component]
pub fn Operator() -> impl IntoView {
    let client = client();
    let health = remote(
        || (),
        move |()| {
            let client = client.clone();
            async move { client.health().await }
        },
    );
    let address = move || health.load.with(|load| load.ready().and_then(|health| health.contact.clone()));
    move || match address() {
        Some(address) => {
            let href = format!("mailto:{address}");
            view! {
                <a class="fr-link" href=href>
                    {address}
                </a>
            }
            .into_any()
        }
        None => view! { <span>"l’exploitant de cette installation"</span> }.into_any(),
    }
}
