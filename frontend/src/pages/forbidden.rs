use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::Heading;

/// What is here exists, and is not for this person.
#[component]
pub fn ForbiddenPage() -> impl IntoView {
    view! {
        <div class="fr-container fr-my-6w">
            <Heading text=Signal::stored("Accès refusé".to_owned())/>
            <p class="fr-text--sm">"Erreur 403"</p>
            <p class="fr-text--lead">
                "Votre compte ne permet pas d’ouvrir cette page : elle appartient à une autre organisation, ou demande un autre rôle."
            </p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <A href="/regulations" attr:class="fr-btn">
                        "Liste des arrêtés"
                    </A>
                </li>
                <li>
                    <A href="/contact" attr:class="fr-btn fr-btn--secondary">
                        "Nous écrire"
                    </A>
                </li>
            </ul>
        </div>
    }
}
