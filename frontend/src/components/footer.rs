use leptos::prelude::*;
use leptos_router::components::A;

use crate::browser;

const SITE: [(&str, &str); 4] = [
    ("/", "Accueil"),
    ("/carte", "Carte des restrictions"),
    ("/regulations", "Liste des arrêtés"),
    ("/contact", "Contact et questions fréquentes"),
];

/// Served by us, but not pages of the application.
const DATA: [(&str, &str); 3] = [
    ("/api/regulations.xml", "Données DATEX II"),
    ("/api/map/locations.geojson", "Données GeoJSON"),
    ("/api/doc", "API : documentation interactive"),
];

const STATE: [(&str, &str); 4] = [
    ("https://www.info.gouv.fr", "info.gouv.fr"),
    ("https://www.service-public.fr", "service-public.fr"),
    ("https://www.legifrance.gouv.fr", "legifrance.gouv.fr"),
    ("https://www.data.gouv.fr", "data.gouv.fr"),
];

const BOTTOM: [(&str, &str); 6] = [
    ("/accessibilite", "Accessibilité : non conforme"),
    ("/mentions-legales", "Mentions légales"),
    ("/politique-de-confidentialite", "Politique de confidentialité"),
    ("/conditions-generales-d-utilisation", "Conditions générales d’utilisation"),
    ("/ecoconception", "Écoconception"),
    ("/contact", "Contact"),
];

/// Footer of every page.
#[component]
pub fn Footer() -> impl IntoView {
    let state_brand = browser::meta("dialog-state-brand").is_none_or(|value| value == "true");
    let inside = |(href, name): (&'static str, &'static str)| {
        view! {
            <li>
                <A href=href attr:class="fr-footer__top-link">
                    {name}
                </A>
            </li>
        }
    };
    let served = |(href, name): (&'static str, &'static str)| {
        view! {
            <li>
                <a class="fr-footer__top-link" href=href rel="external">
                    {name}
                </a>
            </li>
        }
    };
    let state = |(href, name): (&'static str, &'static str)| {
        view! {
            <li class="fr-footer__content-item">
                <a class="fr-footer__content-link" href=href rel="external">
                    {name}
                </a>
            </li>
        }
    };
    let bottom = |(href, name): (&'static str, &'static str)| {
        view! {
            <li class="fr-footer__bottom-item">
                <A href=href attr:class="fr-footer__bottom-link">
                    {name}
                </A>
            </li>
        }
    };
    view! {
        <footer class="fr-footer fr-mt-6w" role="contentinfo" id="pied-de-page" tabindex="-1">
            <div class="fr-footer__top">
                <div class="fr-container">
                    <div class="fr-grid-row fr-grid-row--start fr-grid-row--gutters">
                        <div class="fr-col-12 fr-col-sm-6 fr-col-md-4">
                            <h2 class="fr-footer__top-cat">"Liens du site"</h2>
                            <ul class="fr-footer__top-list">{SITE.map(inside).collect_view()}</ul>
                        </div>
                        <div class="fr-col-12 fr-col-sm-6 fr-col-md-4">
                            <h2 class="fr-footer__top-cat">"Données"</h2>
                            <ul class="fr-footer__top-list">
                                {inside(("/documentation-api", "Réutiliser les données"))} {DATA.map(served).collect_view()}
                            </ul>
                        </div>
                    </div>
                </div>
            </div>
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
                            "des services de navigation, des chercheurs et de tous, dès leur publication."
                        </p>
                        <Show when=move || state_brand>
                            <ul class="fr-footer__content-list">{STATE.map(state).collect_view()}</ul>
                        </Show>
                    </div>
                </div>
                <div class="fr-footer__bottom">
                    <ul class="fr-footer__bottom-list">{BOTTOM.map(bottom).collect_view()}</ul>
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
