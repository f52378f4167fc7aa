use leptos::prelude::*;

use super::article::{Article, Operator};

/// Who publishes and hosts.
#[component]
pub fn LegalPage() -> impl IntoView {
    view! {
        <Article title="Mentions légales">
            <h2 class="fr-h4">"Éditeur"</h2>
            <p>
                "Ce site est publié par l’organisme qui exploite cette installation de DiaLog, joignable à l’adresse " <Operator/>
                ". Son représentant légal en dirige la publication."
            </p>
            <h2 class="fr-h4">"Hébergement"</h2>
            <p>
                "Chaque organisme choisit son hébergeur. Le nom, l’adresse et le numéro de téléphone du sien sont donnés à qui les "
                "demande à cette même adresse."
            </p>
            <h2 class="fr-h4">"Ce que vous lisez"</h2>
            <p>
                "Un arrêté publié ici est la version numérique d’un acte pris par une autorité. En cas de différence, l’acte signé par "
                "l’autorité fait foi, ainsi que la signalisation en place sur la voie."
            </p>
            <h2 class="fr-h4">"Logiciel et données"</h2>
            <p>
                "Le logiciel est libre, sous licence MIT. Les données publiées sont réutilisables sous licence ouverte etalab-2.0. "
                "Les fonds de carte et les voies viennent de sources dont chacune garde sa licence : IGN BD TOPO et Base Adresse Nationale "
                "(etalab-2.0), OpenStreetMap (ODbL), selon ce que l’exploitant a chargé."
            </p>
        </Article>
    }
}
