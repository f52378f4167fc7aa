use dialog_client::Client;
use dialog_domain::OrganizationId;
use futures::future::{AbortHandle, abortable};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser,
    forms::{FieldError, FormState, GeneralDraft, errors::field_id},
};

/// Long enough not to ask at each key.
const PAUSE_MS: u32 = 400;

/// Path of the identifier.
const PATH: &str = "identifier";

/// Whether the identifier that is typed is free, asked of the server while it is typed.
#[derive(Clone, Copy)]
pub struct IdentifierCheck {
    answer: RwSignal<Option<Answer>>,
}

#[derive(Clone, PartialEq)]
struct Answer {
    wanted: String,
    is_free: bool,
    /// An identifier that is free.
    next: String,
}

impl IdentifierCheck {
    /// Follows what is typed. `own` is that of the order, which is not taken by others.
    pub fn new(client: Client, draft: RwSignal<GeneralDraft>, own: Option<String>) -> Self {
        let answer = RwSignal::new(None::<Answer>);
        let running = StoredValue::new(None::<AbortHandle>);
        let wanted = Memo::new(move |_| wanted(&draft.read(), own.as_deref()));
        let stop = move || {
            if let Some(handle) = running.try_update_value(Option::take).flatten() {
                handle.abort();
            }
        };
        on_cleanup(stop);
        Effect::new(move || {
            stop();
            let Some((organization, wanted)) = wanted.get() else { return };
            let client = client.clone();
            let (request, handle) = abortable(async move {
                TimeoutFuture::new(PAUSE_MS).await;
                let answer = client.is_identifier_free(organization, &wanted).await;
                (wanted, answer)
            });
            running.set_value(Some(handle));
            spawn_local(async move {
                // Without an answer it is the saving that tells.
                let Ok((wanted, Ok(told))) = request.await else { return };
                let is_free = told.is_wanted_free != Some(false);
                answer.try_set(Some(Answer { wanted, is_free, next: told.identifier }));
            });
        });
        Self { answer }
    }

    /// That it is taken, when it is.
    pub fn error(self, draft: &GeneralDraft) -> Option<FieldError> {
        let is_taken = self.told(draft).is_some_and(|answer| !answer.is_free);
        is_taken.then(|| FieldError::new(PATH, "Un autre arrêté de votre organisation a déjà cet identifiant."))
    }

    fn told(self, draft: &GeneralDraft) -> Option<Answer> {
        self.answer.get().filter(|answer| answer.wanted == draft.identifier.trim())
    }
}

/// What the server is asked about.
fn wanted(draft: &GeneralDraft, own: Option<&str>) -> Option<(OrganizationId, String)> {
    let typed = draft.identifier.trim();
    let is_new = !typed.is_empty() && own != Some(typed);
    Some((draft.organization.filter(|_| is_new)?, typed.to_owned()))
}

/// Says whether the identifier is free, and offers one that is.
#[component]
pub fn IdentifierNote(draft: RwSignal<GeneralDraft>) -> impl IntoView {
    let check: IdentifierCheck = expect_context();
    let form: FormState = expect_context();
    let note = move || {
        let answer = check.told(&draft.read())?;
        if answer.is_free {
            return Some(view! { <p class="fr-valid-text fr-mt-0">"Cet identifiant est libre."</p> }.into_any());
        }
        let name = format!("Prendre l’identifiant libre {}", answer.next);
        let take = move |_| {
            form.edited(PATH);
            draft.update(|draft| draft.identifier.clone_from(&answer.next));
            // The button goes with what it was about.
            browser::focus(&field_id(PATH));
        };
        Some(
            view! {
                <p class="fr-text--sm fr-mb-1w">"Un autre arrêté a déjà cet identifiant."</p>
                <button type="button" class="fr-btn fr-btn--sm fr-btn--tertiary" on:click=take>
                    {name}
                </button>
            }
            .into_any(),
        )
    };
    view! {
        <div class="dl-identifier" role="status">
            {note}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_identifier_is_asked_about_when_it_is_new_and_somebody_s() {
        let draft = |identifier: &str, has_organization: bool| GeneralDraft {
            identifier: identifier.to_owned(),
            organization: has_organization.then_some(OrganizationId(Uuid::nil())),
            ..GeneralDraft::default()
        };
        let text = |draft, own| wanted(&draft, own).map(|(_, text)| text);
        assert_eq!(text(draft(" A1 ", true), None).as_deref(), Some("A1"));
        assert_eq!(text(draft("A1", true), Some("A1")), None);
        assert_eq!(text(draft(" ", true), None), None);
        assert_eq!(text(draft("A1", false), None), None);
    }
}
