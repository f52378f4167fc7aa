use leptos::prelude::*;

use crate::state::Connection;

/// Says that the network is gone, for as long as it is, and that it is back. The region is always there, so that
/// screen readers hear what comes into it.
#[component]
pub fn OfflineNotice() -> impl IntoView {
    let connection: Connection = expect_context();
    let was_lost = RwSignal::new(false);
    Effect::new(move || {
        if !connection.is_online() {
            was_lost.set(true);
        }
    });
    let content = move || {
        if connection.is_online() {
            was_lost.get().then(|| view! { <p class="fr-sr-only">"La connexion est rétablie."</p> }.into_any())
        } else {
            Some(
                view! {
                    <div class="dl-offline">
                        <div class="fr-container">
                            <p class="fr-mb-0 dl-offline__text">
                                <span class="fr-icon-wifi-line" aria-hidden="true"></span>
                                "Vous êtes hors connexion. Ce que vous avez saisi reste dans la page ; l’enregistrement et le chargement reprendront avec le réseau."
                            </p>
                        </div>
                    </div>
                }
                .into_any(),
            )
        }
    };
    view! {
        <div role="status" aria-live="polite">
            {content}
        </div>
    }
}
