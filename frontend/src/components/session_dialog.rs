use leptos::prelude::*;

use super::{Dialog, LoginForm};
use crate::state::Session;

/// Asks to log in over the page when the session has expired, so that what was typed stays.
#[component]
pub fn SessionDialog() -> impl IntoView {
    let session: Session = expect_context();
    let open = RwSignal::new(false);
    Effect::new(move || open.set(session.is_expired()));
    let closed = move |()| {
        // Closed by Escape or by its button rather than by a login.
        if session.is_expired() {
            session.give_up();
        }
    };
    view! {
        <Dialog
            open=open
            id="session-expiree"
            title=Signal::stored("Votre session a expiré".to_owned())
            on_close=closed
        >
            <p>
                "Reconnectez-vous pour continuer : ce que vous avez saisi reste dans la page et sera enregistré aussitôt."
            </p>
            <LoginForm
                id="reconnexion"
                email=session.me().map(|me| me.user.email).unwrap_or_default()
            />
        </Dialog>
    }
}
