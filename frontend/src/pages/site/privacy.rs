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
                        "Rendre compte d’un acte public",
                        "Comme l’arrêté",
                    ],
                    vec![
                        "Cookie de session (agents seulement)",
                        "Rester connecté ; il n’est ni lu par un tiers ni utilisé pour suivre",
                        "24 heures sans activité",
                    ],
                    vec![
                        "Adresse IP dans les journaux techniques",
                        "Limiter les abus, comprendre une panne",
                        "Selon l’exploitant, un an au plus",
                    ],
                ]
            />
            <h2 class="fr-h4">"Ce qui ne l’est pas"</h2>
            <p>
                "Aucune requête ne part vers un autre site : polices, cartes et icônes viennent d’ici. Il n’y a ni publicité, ni mesure "
                "d’audience à moins que l’exploitant ne l’active, ni revente."
            </p>
            <p>
                "Ce que vous tapez dans un formulaire peut être gardé dans votre navigateur, pour ne pas être perdu : cette copie ne quitte "
                "pas votre appareil."
            </p>
            <h2 class="fr-h4">"Vos droits"</h2>
            <p>
                "Vous pouvez demander à voir, corriger ou effacer ce qui vous concerne, ou vous y opposer, en écrivant à " <Operator/>
                " ; et saisir la CNIL si la réponse ne vous convient pas. Voir aussi la page "
                <A href="/contact" attr:class="fr-link">
                    "Contact"
                </A> "."
            </p>
        </Article>
    }
}
