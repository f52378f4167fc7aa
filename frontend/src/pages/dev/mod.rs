//! Every component in each of its states, in development builds only.

mod fields;
mod layout;
mod messages;

use leptos::prelude::*;

use self::{fields::Fields, layout::Layout, messages::Messages};
use crate::components::{Breadcrumb, Heading};

/// `/dev/components`.
#[component]
pub fn ComponentsPage() -> impl IntoView {
    view! {
        <div class="fr-container fr-my-4w">
            <Breadcrumb
                above=Signal::stored(vec![("/".to_owned(), "Accueil".to_owned())])
                here=Signal::stored("Composants".to_owned())
            />
            <Heading text=Signal::stored("Composants".to_owned())/>
            <Fields/>
            <Messages/>
            <Layout/>
        </div>
    }
}
