use leptos::prelude::*;

use super::article::Article;

/// What users and re-users may expect and owe.
#[component]
pub fn TermsPage() -> impl IntoView {
    view! {
        <Article title="Conditions générales d’utilisation">
            <h2 class="fr-h4">"Objet"</h2>
            <p>
                "DiaLog aide les autorités à rédiger leurs arrêtés de circulation sous une forme que les machines comprennent, et met ces "
                "données à la disposition de tous."
            </p>
            <h2 class="fr-h4">"Autorités et agents"</h2>
            <ul>
                <li>"Une organisation n’écrit que dans le périmètre qui est le sien ; la plateforme le vérifie."</li>
                <li>"L’organisation répond de ce qu’elle publie, et de qui agit en son nom."</li>
                <li>"Publier est immédiat et public. Chaque version publiée est conservée, même après une suppression."</li>
                <li>"Un compte et une clé d’API sont personnels : ils ne se prêtent pas."</li>
            </ul>
            <h2 class="fr-h4">"Réutilisateurs"</h2>
            <ul>
                <li>"Les données sont sous licence ouverte etalab-2.0 : citez la source et la date de mise à jour."</li>
                <li>"L’absence de restriction dans les données ne prouve pas qu’il n’y en ait aucune : toutes les autorités n’utilisent pas DiaLog."</li>
                <li>"Les lectures sont limitées en nombre pour rester possibles à tous ; les réponses disent quand revenir."</li>
            </ul>
            <h2 class="fr-h4">"Accès"</h2>
            <p>
                "Lire ne demande rien. Le compte d’un agent et la clé d’un logiciel sont ouverts par leur organisation, qui les ferme quand "
                "ils ne servent plus. Un usage qui met le service en danger est interrompu."
            </p>
            <h2 class="fr-h4">"Responsabilité"</h2>
            <p>
                "Le service est rendu au mieux, sans garantie de continuité. Sur la route, la signalisation en place et les indications des "
                "agents l’emportent toujours."
            </p>
            <p>"Ces conditions relèvent du droit français. Celles qui s’appliquent sont celles qui se lisent ici à la date de l’usage."</p>
        </Article>
    }
}
