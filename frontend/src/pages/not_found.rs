use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::Heading;

/// Nothing is at this address, or nothing that this person may see.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <div class="fr-container fr-my-6w">
            <Heading text=Signal::stored("Page introuvable".to_owned())/>
            <p class="fr-text--sm">"Erreur 404"</p>
            <p class="fr-text--lead">
                "Cette page n’existe pas, ou n’existe plus. Si l’adresse mène à un brouillon, il n’est visible que par "
                "les membres de son organisation."
            </p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <A href="/" attr:class="fr-btn">
                        "Page d’accueil"
                    </A>
                </li>
                <li>
                    <A href="/regulations" attr:class="fr-btn fr-btn--secondary">
                        "Liste des arrêtés"
                    </A>
                </li>
            </ul>
        </div>
    }
}
