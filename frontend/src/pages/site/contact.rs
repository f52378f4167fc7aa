use leptos::prelude::*;
use leptos_router::components::A;

use super::article::{Article, Operator};
use crate::components::Accordion;

/// How to reach whoever runs this installation, and what to say.
#[component]
pub fn ContactPage() -> impl IntoView {
    view! {
        <Article title="Contact">
            <p class="fr-text--lead">"Une question, un problème, une idée : écrivez-nous."</p>
            <p>"Adresse : " <Operator/></p>
            <h2 class="fr-h4">"Pour que la réponse vienne vite"</h2>
            <ul>
                <li>"Dites quel arrêté ou quelle voie est en cause : son identifiant, ou l’adresse de la page."</li>
                <li>"Si un message d’erreur donne une référence, recopiez-la : elle nous mène droit à ce qui s’est passé."</li>
                <li>"N’envoyez jamais votre mot de passe ni le secret d’une clé d’API."</li>
            </ul>
            <h2 class="fr-h4">"Questions fréquentes"</h2>
            <Accordion id="question-rue" title="Ma rue n’est pas proposée, que faire ?">
                <p>
                    "Vérifiez d’abord la commune : seules ses voies sont proposées. Une voie récente peut manquer aux données "
                    "de référence ; tracez-la alors sur la carte, puis signalez-la-nous."
                </p>
            </Accordion>
            <Accordion id="question-gps" title="Quand les GPS connaîtront-ils mon arrêté ?">
                <p>
                    "Les données sont à jour dès la publication. Chaque service de navigation les relit ensuite à son rythme, "
                    "que nous ne fixons pas."
                </p>
            </Accordion>
            <Accordion id="question-erreur" title="Un arrêté publié est faux, qui le corrige ?">
                <p>
                    "L’autorité qui l’a pris. Son nom est dans la "
                    <A href="/regulations" attr:class="fr-link">
                        "liste des arrêtés"
                    </A> ". Écrivez-nous si elle ne répond pas."
                </p>
            </Accordion>
        </Article>
    }
}
