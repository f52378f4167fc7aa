use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::Heading;

/// What DiaLog is, for somebody who arrives.
#[component]
pub fn HomePage() -> impl IntoView {
    let point = |icon: &'static str, title: &'static str, text: &'static str| {
        view! {
            <li class="fr-col-12 fr-col-md-4">
                <div class="dl-point">
                    <span class=format!("dl-point__icon {icon}") aria-hidden="true"></span>
                    <h3 class="fr-h5 fr-mb-1w">{title}</h3>
                    <p>{text}</p>
                </div>
            </li>
        }
    };
    view! {
        <section class="dl-hero">
            <div class="fr-container">
                <Heading text=Signal::stored("Les arrêtés de circulation, là où on en a besoin".to_owned())/>
                <p class="fr-text--lead">
                    "Rédigez un arrêté en quelques minutes : les GPS, les transporteurs et les habitants en disposent "
                    "dès sa publication."
                </p>
                <ul class="fr-btns-group fr-btns-group--inline-md fr-btns-group--icon-left">
                    <li>
                        <A href="/carte" attr:class="fr-btn fr-btn--icon-left fr-icon-road-map-line">
                            "Voir la carte des restrictions"
                        </A>
                    </li>
                    <li>
                        <A href="/regulations" attr:class="fr-btn fr-btn--secondary">
                            "Consulter les arrêtés"
                        </A>
                    </li>
                </ul>
            </div>
        </section>
        <section class="fr-container fr-my-6w">
            <h2 class="fr-h3">"Comment ça marche"</h2>
            <ul class="fr-grid-row fr-grid-row--gutters dl-plain-list dl-points">
                {point(
                    "fr-icon-edit-line",
                    "Saisir",
                    "Rue, numéros, véhicules, dates : le tracé s’affiche sur la carte pendant la saisie, et chaque mesure se relit en une phrase.",
                )}
                {point(
                    "fr-icon-send-plane-line",
                    "Publier",
                    "Un clic suffit. Chaque publication est conservée telle quelle ; les modifications suivantes en font une nouvelle version.",
                )}
                {point(
                    "fr-icon-signal-tower-line",
                    "Diffuser",
                    "Les restrictions paraissent aussitôt sur la carte et dans les données ouvertes au format européen DATEX II.",
                )}
            </ul>
        </section>
        <section class="dl-band">
            <div class="fr-container fr-py-4w">
                <h2 class="fr-h3">"Trois façons d’entrer un arrêté"</h2>
                <ul class="fr-grid-row fr-grid-row--gutters dl-plain-list dl-points">
                    {point(
                        "fr-icon-survey-line",
                        "Par le formulaire",
                        "Pour un agent, depuis un navigateur : les adresses se complètent, les règles se vérifient pendant la saisie.",
                    )}
                    {point(
                        "fr-icon-code-s-slash-line",
                        "Par l’API",
                        "Pour un logiciel métier : une clé par organisation, et des refus qui disent le champ en cause.",
                    )}
                    {point(
                        "fr-icon-team-line",
                        "Par un éditeur",
                        "Pour qui a déjà un outil : son éditeur s’y raccorde une fois pour toutes ses collectivités.",
                    )}
                </ul>
                <p class="fr-mb-0">
                    <A href="/contact" attr:class="fr-link">
                        "Poser une question"
                    </A>
                </p>
            </div>
        </section>
        <section class="fr-container fr-my-6w">
            <h2 class="fr-h3">"Réutiliser les données"</h2>
            <p>
                "Toutes les restrictions publiées sont disponibles sans inscription : "
                <a class="fr-link" href="/api/regulations.xml" rel="external">"au format DATEX II"</a> ", "
                <a class="fr-link" href="/api/map/locations.geojson" rel="external">"au format GeoJSON"</a>
                ", et par une API décrite dans sa "
                <A href="/documentation-api" attr:class="fr-link">
                    "documentation"
                </A> "."
            </p>
        </section>
    }
}
