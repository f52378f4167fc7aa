use leptos::prelude::*;

use super::article::Article;
use crate::components::Tabs;

/// How to read and write by machine, before the reference documentation.
#[component]
pub fn ApiPage() -> impl IntoView {
    view! {
        <Article title="Documentation de l’API">
            <p class="fr-text--lead">
                "Lire ne demande aucune inscription. Écrire demande une clé, que le propriétaire d’une organisation crée pour elle."
            </p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <a class="fr-btn" href="/api/doc" rel="external">
                        "Ouvrir la documentation interactive"
                    </a>
                </li>
                <li>
                    <a class="fr-btn fr-btn--secondary" href="/api/doc.json" rel="external">
                        "Description OpenAPI (JSON)"
                    </a>
                </li>
            </ul>
            <h2 class="fr-h4">"En trois commandes"</h2>
            <Tabs
                id="exemples"
                label="Exemples"
                tabs=vec![
                    (
                        "Lire",
                        ViewFn::from(|| {
                            view! {
                                <p>"Tout ce qui est publié, au format européen DATEX II :"</p>
                                <pre class="dl-command" tabindex="0"><code>"curl --compressed \"$SITE/api/regulations.xml\""</code></pre>
                                <p>
                                    "Redemandez avec l’en-tête " <code>"If-None-Match"</code>
                                    " : si rien n’a changé, la réponse est vide (304)."
                                </p>
                            }
                        }),
                    ),
                    (
                        "Cartographier",
                        ViewFn::from(|| {
                            view! {
                                <p>"Les restrictions en GeoJSON, avec les filtres de la carte :"</p>
                                <pre class="dl-command" tabindex="0"><code>"curl \"$SITE/api/map/locations.geojson?measureTypes=noEntry\""</code></pre>
                            }
                        }),
                    ),
                    (
                        "Écrire",
                        ViewFn::from(|| {
                            view! {
                                <p>"Un arrêté, au nom de l’organisation de la clé :"</p>
                                <pre class="dl-command" tabindex="0"><code>
                                    "curl \"$SITE/api/regulations\" \\\n  -H \"X-Client-Id: $ID\" -H \"X-Client-Secret: $SECRET\" \\\n  -H \"Content-Type: application/json\" -d @arrete.json"
                                </code></pre>
                                <p>"La réponse dit, champ par champ, ce qui ne va pas."</p>
                            }
                        }),
                    ),
                ]
            />
            <h2 class="fr-h4">"Ce qui est stable"</h2>
            <p>
                "Un membre peut s’ajouter à une réponse, jamais disparaître ni changer de nom. Les erreurs ont toutes la même forme : un code, "
                "une phrase, la liste des champs en cause et une référence à citer."
            </p>
        </Article>
    }
}
