use leptos::prelude::*;

use super::article::Article;
use crate::components::DataTable;

/// What was done to weigh little, and what was not.
#[component]
pub fn EcodesignPage() -> impl IntoView {
    view! {
        <Article title="Écoconception">
            <p class="fr-text--lead">
                "Aucun score RGESN n’est affiché ici : l’évaluation n’a pas été faite. Voici ce qui est mesuré et ce qui a été choisi."
            </p>
            <h2 class="fr-h4">"Ce qui voyage à la première visite"</h2>
            <DataTable
                caption="Poids des pages, compressées"
                columns=vec!["Page", "Plafond", "Vérification"]
                rows=vec![
                    vec!["Liste des arrêtés, tout compris", "1 Mo", "À chaque version : plus lourde, elle n’est pas construite"],
                    vec!["Carte des restrictions, tout compris", "1,6 Mo", "À chaque version : plus lourde, elle n’est pas construite"],
                    vec!["Visites suivantes", "Les données seules", "Le navigateur garde les fichiers du site un an"],
                ]
            />
            <h2 class="fr-h4">"Ce qui a été choisi"</h2>
            <ul>
                <li>"L’éditeur et la carte ne sont chargés que par ceux qui les ouvrent."</li>
                <li>"La feuille de style ne garde que ce qui sert ; les fichiers sont compressés une fois, à la construction."</li>
                <li>"Ce qui est public est préparé à la publication : une lecture ne recalcule rien."</li>
                <li>"Aucun traceur, aucune vidéo, aucune police venue d’ailleurs."</li>
                <li>"Le site fonctionne avec les navigateurs des quatre dernières années."</li>
            </ul>
            <h2 class="fr-h4">"Ce qui reste à faire"</h2>
            <ul>
                <li>"Évaluer le site avec le référentiel général d’écoconception (RGESN)."</li>
                <li>"Mesurer la consommation des serveurs en service."</li>
            </ul>
        </Article>
    }
}
