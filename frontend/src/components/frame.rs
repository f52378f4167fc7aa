use leptos::prelude::*;

use crate::browser;

/// The main menu.
const MENU: &str = "navigation-principale";

/// Links that lead over the header, seen when they have the focus.
#[component]
pub fn SkipLinks() -> impl IntoView {
    let link = |id: &'static str, name: &'static str| {
        let go = move |event: leptos::ev::MouseEvent| {
            // The router would take the address for a page.
            event.prevent_default();
            // Where the menu is behind a button, the button is what can have the focus.
            let is_folded = id == MENU && browser::matches_media("(max-width: 61.99em)");
            browser::focus(if is_folded { "bouton-menu" } else { id });
        };
        view! {
            <li>
                <a class="fr-link" href=format!("#{id}") on:click=go>
                    {name}
                </a>
            </li>
        }
    };
    view! {
        <div class="fr-skiplinks">
            <nav class="fr-container" aria-label="Accès rapide">
                <ul class="fr-skiplinks__list">
                    {link("contenu", "Contenu")} {link(MENU, "Menu")}
                    {link("pied-de-page", "Pied de page")}
                </ul>
            </nav>
        </div>
    }
}
