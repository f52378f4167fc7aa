use leptos::prelude::*;
use leptos_router::components::A;

use crate::browser;

/// Footer of every page.
#[component]
pub fn Footer() -> impl IntoView {
    let state_brand = browser::meta("dialog-state-brand").is_none_or(|value| value == "true");
    view! {
        <footer class="fr-footer fr-mt-6w" role="contentinfo" id="pied-de-page" tabindex="-1">
            <div class="fr-container">
                <div class="fr-footer__body">
                    <Show when=move || state_brand>
                        <div class="fr-footer__brand">
                            <p class="fr-logo">"République" <br/> "Française"</p>
                        </div>
                    </Show>
                    <div class="fr-footer__content">
                        <p class="fr-footer__content-desc">
                            "DiaLog met les arrêtés de circulation des collectivités et de l’État à la disposition "
                            "des services de navigation, des chercheurs et de tous, dès leur signature."
                        </p>
                        <ul class="fr-footer__content-list">
                            <li class="fr-footer__content-item">
                                <a class="fr-footer__content-link" href="/api/regulations.xml" rel="external">
                                    "Données DATEX II"
                                </a>
                            </li>
                            <li class="fr-footer__content-item">
                                <a class="fr-footer__content-link" href="/api/doc" rel="external">
                                    "Documentation de l’API"
                                </a>
                            </li>
                        </ul>
                    </div>
                </div>
                <div class="fr-footer__bottom">
                    <ul class="fr-footer__bottom-list">
                        <li class="fr-footer__bottom-item">
                            <A href="/" attr:class="fr-footer__bottom-link">
                                "Accueil"
                            </A>
                        </li>
                        <li class="fr-footer__bottom-item">
                            <A href="/regulations" attr:class="fr-footer__bottom-link">
                                "Liste des arrêtés"
                            </A>
                        </li>
                        <li class="fr-footer__bottom-item">
                            <A href="/carte" attr:class="fr-footer__bottom-link">
                                "Carte des restrictions"
                            </A>
                        </li>
                        <li class="fr-footer__bottom-item">
                            <span class="fr-footer__bottom-link">"Accessibilité : non conforme"</span>
                        </li>
                    </ul>
                    <div class="fr-footer__bottom-copy">
                        <p>
                            "Les données publiées sont sous licence ouverte etalab-2.0, sauf mention contraire."
                        </p>
                    </div>
                </div>
            </div>
        </footer>
    }
}
