use leptos::prelude::*;

use super::article::{Article, Operator};

/// Accessibility statement.
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    view! {
        <Article title="Accessibilité">
            <p class="fr-text--lead">"Déclaration d’accessibilité : ce site est non conforme au RGAA 4.1."</p>
            <p>
                "DiaLog s’efforce d’être utilisable par tous, au clavier comme avec un lecteur d’écran. Il est déclaré "
                <strong>"non conforme"</strong>
                " parce qu’aucun audit de conformité n’a encore été mené : ce que nous vérifions nous-mêmes ne vaut pas audit."
            </p>
            <h2 class="fr-h4">"Ce qui est vérifié à chaque version"</h2>
            <ul>
                <li>"aucune erreur de l’outil axe sur les pages et leurs états (menus, dialogues, erreurs), à 1280 et 375 pixels de large ;"</li>
                <li>"un seul titre de premier niveau par page, annoncé et focalisé quand on change de page ;"</li>
                <li>"les parcours d’un agent au clavier seul ;"</li>
                <li>"aucun défilement horizontal sur un téléphone."</li>
            </ul>
            <h2 class="fr-h4">"Ce que nous savons imparfait"</h2>
            <ul>
                <li>
                    "La carte est une image pour un lecteur d’écran. La liste placée à côté dit les mêmes restrictions, dans le "
                    "même ordre et avec les mêmes filtres."
                </li>
                <li>
                    "Le jaune des limitations de vitesse se détache peu du fond de la carte ; le trait diffère aussi par sa forme, et la "
                    "liste dit la mesure en toutes lettres."
                </li>
                <li>"Aucun essai suivi avec un lecteur d’écran, ni par des personnes handicapées, n’a encore eu lieu."</li>
                <li>"Le tracé à main levée d’une zone demande une souris ou un écran tactile ; la saisie de ses points, ou un fichier, le remplace."</li>
                <li>"Les documents officiels joints aux arrêtés viennent des autorités et peuvent ne pas être accessibles."</li>
                <li>"La documentation interactive de l’API est un outil tiers, en anglais."</li>
            </ul>
            <h2 class="fr-h4">"Établissement de cette déclaration"</h2>
            <p>
                "Elle a été établie le 24 novembre 2026, pour le site que vous lisez. Il repose sur HTML, CSS, JavaScript, WebAssembly et "
                "WebGL (la carte seule) ; il est essayé avec Chromium et l’outil axe, à la souris, au doigt et au clavier."
            </p>
            <h2 class="fr-h4">"Signaler un obstacle"</h2>
            <p>
                "Vous ne pouvez pas accéder à un contenu ou à un service ? Écrivez à " <Operator/>
                " : nous vous répondrons par un autre moyen et corrigerons l’obstacle."
            </p>
            <h2 class="fr-h4">"Voies de recours"</h2>
            <p>
                "Sans réponse satisfaisante de notre part, vous pouvez vous adresser au Défenseur des droits :"
            </p>
            <ul>
                <li>
                    "par son " <a class="fr-link" href="https://formulaire.defenseurdesdroits.fr/">
                        "formulaire en ligne"
                    </a> " ;"
                </li>
                <li>
                    "par l’un de ses " <a class="fr-link" href="https://www.defenseurdesdroits.fr/saisir/delegues">
                        "délégués"
                    </a> ", près de chez vous ;"
                </li>
                <li>
                    "par courrier gratuit, sans timbre : « Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07 »."
                </li>
            </ul>
        </Article>
    }
}
