use dialog_api_types::app::OrderView;
use dialog_client::{Client, ClientError};
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    api::{Failure, Remote},
    components::{ActionButton, Alert, AlertKind, ErrorSummary},
    forms::{FieldError, FormState},
    state::Session,
};

/// The sending of a form: one at a time, none while a rule is broken; what the server refuses goes on its fields.
#[derive(Clone, Copy)]
pub struct Submission {
    form: FormState,
    session: Session,
    /// Whether a send is under way.
    pub busy: RwSignal<bool>,
    /// Counts the refusals.
    refused: RwSignal<u32>,
    /// Why it failed, when no field says it.
    failure: RwSignal<Option<Failure>>,
    /// The order as somebody else saved it meanwhile.
    pub conflict: RwSignal<Option<OrderView>>,
    page: Option<Remote<OrderView>>,
    place: fn(FieldError) -> FieldError,
}

impl Submission {
    /// Nothing is sent yet.
    pub fn new(form: FormState) -> Self {
        Self {
            form,
            session: expect_context(),
            busy: RwSignal::new(false),
            refused: RwSignal::new(0),
            failure: RwSignal::new(None),
            conflict: RwSignal::new(None),
            page: None,
            place: |error| error,
        }
    }

    /// What somebody else saved meanwhile is shown by the page at once, and told, rather than asked about.
    pub fn showing_conflicts_on(self, page: Remote<OrderView>) -> Self {
        Self { page: Some(page), ..self }
    }

    /// Moves what the server says to the field that shows it.
    pub fn placing(self, place: fn(FieldError) -> FieldError) -> Self {
        Self { place, ..self }
    }

    /// Sends, when the rules have nothing against it.
    pub fn send<T, C, F>(self, call: C, on_done: impl FnOnce(T) + 'static)
    where
        T: 'static,
        C: Fn(Client) -> F + 'static,
        F: Future<Output = Result<T, ClientError>> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.failure.set(None);
        if !self.form.try_to_save() {
            self.refused.update(|count| *count += 1);
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = self.session.call(call).await;
            let is_gone = self.busy.try_set(false).is_some();
            match answer {
                Ok(value) => on_done(value),
                Err(_) if is_gone => {}
                Err(failure) => self.refuse(failure),
            }
        });
    }

    fn refuse(self, failure: Failure) {
        if let Some(current) = failure.current_order() {
            let Some(page) = self.page else {
                self.conflict.set(Some(current));
                return;
            };
            page.put(current);
            // Its remarks and its validity are not in what was refused.
            page.reload();
        }
        let errors: Vec<_> = failure.violations().into_iter().map(self.place).collect();
        self.failure.set(Some(failure).filter(|_| errors.is_empty()));
        self.form.refused(errors);
        self.refused.update(|count| *count += 1);
    }
}

/// A form with everything to correct above it, and why its last sending failed.
#[component]
pub fn SubmitForm(
    /// Its sending.
    submission: Submission,
    /// Look.
    #[prop(default = "")]
    class: &'static str,
    /// The person asks to send it.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let failure = move || submission.failure.get().map(|failure| view! { <SaveFailure failure=failure/> });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <form class=class on:submit=submit novalidate>
            <ErrorSummary asked=submission.refused/>
            <div role="alert">{failure}</div>
            {children()}
        </form>
    }
}

/// The buttons that end a form.
#[component]
pub fn SubmitButtons(
    /// Its sending.
    submission: Submission,
    /// What sending does.
    label: &'static str,
    /// What the button says meanwhile.
    busy_label: &'static str,
    /// Look of the button that sends, beside that of a primary one.
    #[prop(default = "")]
    class: &'static str,
    /// The way out: a link or a button.
    children: Children,
) -> impl IntoView {
    view! {
        <ul class="fr-btns-group fr-btns-group--inline-md fr-mt-4w">
            <li>
                <ActionButton
                    busy=submission.busy
                    label=Signal::stored(label.to_owned())
                    busy_label=busy_label
                    class=class
                    kind="submit"
                />
            </li>
            <li>{children()}</li>
        </ul>
    }
}

/// The way out of a form that has no page of its own.
#[component]
pub fn CancelButton(
    /// The person gives the form up.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| on_click.run(())>
            "Annuler"
        </button>
    }
}

/// Why a save failed.
#[component]
fn SaveFailure(failure: Failure) -> impl IntoView {
    let detail = match failure.status() {
        Some(401) => {
            "Votre session a expiré. Votre saisie est conservée : enregistrez de nouveau pour vous reconnecter."
                .to_owned()
        }
        _ => failure.detail,
    };
    view! {
        <Alert kind=AlertKind::Error title=failure.title>
            <p>{detail}</p>
            {failure
                .reference
                .map(|reference| view! { <p class="fr-text--sm">"Référence : " <code>{reference}</code></p> })}
        </Alert>
    }
}
