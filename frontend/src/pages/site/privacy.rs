use leptos::prelude::*;
use leptos_router::components::A;

use super::article::{Article, Operator};
use crate::components::DataTable;

/// What is kept of people, why, and for how long.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <Article title="Politique de confidentialité">
            <p class="fr-text--lead">"Consulter la carte, la liste et les données ne demande ni compte, ni nom, ni cookie."</p>
            <h2 class="fr-h4">"Ce qui est enregistré"</h2>
            <DataTable
                caption="Données enregistrées, raison et durée"
                columns=vec!["Donnée", "Pourquoi", "Durée"]
                rows=vec![
                    vec![
                        "Nom et adresse électronique des agents",
                        "Ouvrir une session, savoir qui a fait quoi dans un arrêté",
                        "Tant que le compte existe",
                    ],
                    vec!["Empreinte du mot de passe", "Vérifier le mot de passe, que nous ne connaissons pas", "Tant que le compte existe"],
                    vec![
                        "Historique d’un arrêté, avec ses auteurs",
                        "Rendre compte d’un acte public ; seuls les membres de l’organisation lisent les noms",
                        "Comme l’arrêté",
                    ],
                    vec![
                        "Cookie de session (agents seulement)",
                        "Rester connecté ; il n’est ni lu par un tiers ni utilisé pour suivre",
                        "24 heures sans activité",
                    ],
                    vec![
                        "Adresse IP, gardée brièvement",
                        "Limiter les lectures trop nombreuses et les essais de mots de passe",
                        "Une demi-heure",
                    ],
                    vec![
                        "Adresse IP dans les journaux de l’hébergeur",
                        "Comprendre une panne ou une attaque ; nos propres journaux ne l’ont pas",
                        "Selon l’hébergeur, un an au plus",
                    ],
                ]
            />
            <p>
                "L’organisme qui exploite ce site est responsable de ces traitements : il les mène pour sa mission d’intérêt public et, pour "
                "la sécurité du site, dans son intérêt légitime. Il est joignable à l’adresse " <Operator/> "."
            </p>
            <h2 class="fr-h4">"Ce qui reste dans votre navigateur"</h2>
            <ul>
                <li>
                    <strong>"Votre saisie."</strong>
                    " Ce qu’un agent tape dans le formulaire d’un arrêté y est copié à mesure, pour survivre à une panne ou à un onglet "
                    "fermé. La copie est effacée quand la saisie est enregistrée ou abandonnée ; sinon elle reste jusqu’à ce que vous "
                    "effaciez les données du site. Sur un ordinateur partagé, enregistrez ou abandonnez avant de partir."
                </li>
                <li>
                    <strong>"Votre position."</strong>
                    " Sur la carte, le bouton « Aller où je suis » la demande au navigateur, qui vous demande votre accord. Elle sert à "
                    "déplacer la carte et n’est ni envoyée telle quelle, ni gardée. Comme pour tout déplacement, le serveur reçoit la "
                    "demande de la partie de carte affichée, dont le centre figure aussi dans l’adresse de la page : pensez-y avant de la "
                    "partager."
                </li>
            </ul>
            <h2 class="fr-h4">"Ce qui n’existe pas ici"</h2>
            <p>
                "Votre navigateur n’envoie rien à un autre site : polices, cartes et icônes viennent d’ici. Il n’y a ni publicité, ni "
                "revente, ni mesure d’audience."
            </p>
            <p>
                "Le serveur, lui, peut demander à l’API Adresse de l’État les adresses qu’il ne connaît pas : elle reçoit le texte cherché, "
                "rien de qui le cherche."
            </p>
            <h2 class="fr-h4">"Vos droits"</h2>
            <p>
                "Vous pouvez demander à voir, corriger, effacer ou limiter ce qui vous concerne, ou vous y opposer, en écrivant à " <Operator/>
                " ; et saisir la " <a class="fr-link" href="https://www.cnil.fr/fr/plaintes">
                    "CNIL"
                </a> " si la réponse ne vous convient pas. Voir aussi la page "
                <A href="/contact" attr:class="fr-link">
                    "Contact"
                </A> "."
            </p>
        </Article>
    }
}
