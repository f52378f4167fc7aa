use dialog_api_types::{app::Login, problem::ProblemCode};
use leptos::{prelude::*, task::spawn_local};

use super::{ActionButton, Alert, AlertKind};
use crate::{api::Failure, browser, state::Session};

/// E-mail address and password.
#[component]
pub fn LoginForm(
    /// Distinguishes its fields when two forms are on the page.
    id: &'static str,
    /// Address already known.
    #[prop(optional, into)]
    email: String,
    /// What comes after a login.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let session: Session = expect_context();
    let email = RwSignal::new(email);
    let password = RwSignal::new(String::new());
    let visible = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let tried = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let email_id = format!("{id}-email");
    let password_id = format!("{id}-mot-de-passe");
    let missing_email = move || tried.get() && email.with(|text| text.trim().is_empty());
    let missing_password = move || tried.get() && password.with(String::is_empty);

    let focus_email = email_id.clone();
    let focus_password = password_id.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        tried.set(true);
        if email.with_untracked(|text| text.trim().is_empty()) {
            browser::focus(&focus_email);
            return;
        }
        if password.with_untracked(String::is_empty) {
            browser::focus(&focus_password);
            return;
        }
        let login = Login { email: email.get_untracked().trim().to_owned(), password: password.get_untracked() };
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = session.log_in(&login).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    if let Some(on_done) = on_done {
                        on_done.try_run(());
                    }
                }
                Err(refused) => {
                    failure.try_set(Some(refused));
                }
            }
        });
    };
    // Over a page whose session has expired the address is known: only the password is missing.
    if !email.with_untracked(String::is_empty) {
        browser::focus_soon(password_id.clone());
    }
    let failure_view = move || {
        failure.get().map(|failure| {
            let wrong = failure.is(ProblemCode::InvalidCredentials) || failure.status() == Some(401);
            let (title, detail) = if wrong {
                (
                    "Identifiants invalides".to_owned(),
                    "L’adresse ou le mot de passe ne correspond à aucun compte. Vérifiez-les, puis réessayez."
                        .to_owned(),
                )
            } else {
                (failure.title, failure.detail)
            };
            view! {
                <Alert kind=AlertKind::Error title=title>
                    <p>{detail}</p>
                </Alert>
            }
        })
    };
    view! {
        <form on:submit=submit novalidate>
            <div role="alert" class="fr-mb-3w">
                {failure_view}
            </div>
            <p class="fr-text--sm">"Tous les champs sont obligatoires."</p>
            <div class="fr-input-group" class=("fr-input-group--error", missing_email)>
                <label class="fr-label" for=email_id.clone()>
                    "Adresse électronique"
                </label>
                <span class="fr-hint-text dl-hint" id=format!("{id}-email-aide")>
                    "Format attendu : nom@domaine.fr"
                </span>
                <input
                    class="fr-input"
                    type="email"
                    id=email_id.clone()
                    autocomplete="username"
                    required
                    aria-invalid=move || missing_email().then_some("true")
                    aria-describedby=format!("{id}-email-aide {id}-email-erreur")
                    prop:value=email
                    on:input:target=move |event| email.set(event.target().value())
                />
                <p class="fr-error-text" id=format!("{id}-email-erreur") hidden=move || !missing_email()>
                    "Indiquez votre adresse électronique."
                </p>
            </div>
            <div class="fr-password fr-input-group fr-mt-3w" class=("fr-input-group--error", missing_password)>
                <label class="fr-label" for=password_id.clone()>
                    "Mot de passe"
                </label>
                <div class="fr-input-wrap">
                    <input
                        class="fr-password__input fr-input"
                        type=move || if visible.get() { "text" } else { "password" }
                        id=password_id.clone()
                        autocomplete="current-password"
                        required
                        aria-invalid=move || missing_password().then_some("true")
                        aria-describedby=format!("{id}-mot-de-passe-erreur")
                        prop:value=password
                        on:input:target=move |event| password.set(event.target().value())
                    />
                </div>
                <p class="fr-error-text" id=format!("{id}-mot-de-passe-erreur") hidden=move || !missing_password()>
                    "Indiquez votre mot de passe."
                </p>
            </div>
            // Beside the field and its mistake, not in them.
            <div class="fr-checkbox-group fr-checkbox-group--sm fr-mt-2w">
                <input
                    type="checkbox"
                    id=format!("{id}-afficher")
                    prop:checked=visible
                    on:change:target=move |event| visible.set(event.target().checked())
                />
                <label class="fr-label" for=format!("{id}-afficher")>
                    "Afficher le mot de passe"
                </label>
            </div>
            <div class="fr-mt-4w">
                <ActionButton busy=busy label=Signal::stored("Se connecter".to_owned()) busy_label="Connexion…" kind="submit"/>
            </div>
        </form>
    }
}
