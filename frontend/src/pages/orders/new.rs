use dialog_api_types::app::{CreateOrder, OrderView};
use dialog_domain::{OrganizationId, input::OrderInput};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};

use super::{
    general_form::{GeneralFields, provide_general_form},
    order::list_above,
    submission::{Submission, SubmitButtons, SubmitForm},
    unsaved::{Keeping, KeptNotice, LeavingDialog, Start},
};
use crate::{
    api::client,
    components::{Alert, AlertKind, Breadcrumb, Heading, MembersOnly},
    forms::GeneralDraft,
    state::{LocalCopy, NoticeKind, Notices, Session},
};

/// Creation of a draft.
#[component]
pub fn NewOrderPage() -> impl IntoView {
    view! {
        <MembersOnly>
            <div class="fr-container fr-my-4w">
                <Breadcrumb
                    above=Signal::stored(vec![list_above()])
                    here=Signal::stored("Nouvel arrêté".to_owned())
                />
                <Heading text=Signal::stored("Nouvel arrêté".to_owned()) class="fr-h2"/>
                <NewOrder/>
            </div>
        </MembersOnly>
    }
}

#[component]
fn NewOrder() -> impl IntoView {
    let session: Session = expect_context();
    let organizations = Memo::new(move |_| {
        let member_of = session.me().map(|me| me.organizations).unwrap_or_default();
        member_of.into_iter().map(|member| (member.uuid, member.name)).collect::<Vec<_>>()
    });
    move || {
        if organizations.with(Vec::is_empty) {
            view! {
                <Alert kind=AlertKind::Info title="Vous n’appartenez à aucune organisation">
                    <p>
                        "Un arrêté est pris par une organisation. Demandez à un membre de la vôtre de vous inviter."
                    </p>
                </Alert>
            }
            .into_any()
        } else {
            view! { <NewOrderForm organizations=organizations/> }.into_any()
        }
    }
}

#[component]
fn NewOrderForm(organizations: Memo<Vec<(OrganizationId, String)>>) -> impl IntoView {
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let navigate = use_navigate();
    let only = organizations.with_untracked(|list| if let [(id, _)] = list.as_slice() { Some(*id) } else { None });
    let initial = GeneralDraft { organization: only, ..GeneralDraft::default() };
    let user = untrack(|| session.me()).map(|me| me.user.uuid);
    let start = Start::new(initial, LocalCopy::of_general(user, None), PartialEq::ne);
    let draft = RwSignal::new(start.draft());
    let initial = StoredValue::new(start.initial.clone());
    let kept_at = RwSignal::new(start.kept_at());
    let submission = Submission::new(provide_general_form(draft, None));
    let suggested = suggest_identifier(draft);
    // An identifier that was proposed is nobody's work.
    let typed = move || {
        let mut typed = draft.get();
        if typed.identifier == suggested.get() {
            typed.identifier.clear();
        }
        Some(typed).filter(|typed| initial.with_value(|initial| initial != typed))
    };
    let keeping = Keeping::new(start.copy, RwSignal::new(0), move || draft.track(), typed);
    let give_up = move |()| {
        keeping.forget();
        kept_at.set(None);
        draft.set(GeneralDraft { identifier: suggested.get_untracked(), ..initial.get_value() });
    };
    let save = move |()| {
        let typed = draft.get_untracked();
        let body = CreateOrder {
            organization_uuid: typed.organization,
            order: OrderInput { general: typed.input(), ..OrderInput::default() },
        };
        let navigate = navigate.clone();
        submission.send(
            move |client| {
                let body = body.clone();
                async move { client.create_order(&body).await }
            },
            move |order: OrderView| {
                keeping.finish();
                notices.leave(NoticeKind::Success, "Le brouillon est créé. Ajoutez-lui une première mesure.");
                navigate(&format!("/regulations/{}/mesures/nouvelle", order.uuid), NavigateOptions::default());
            },
        );
    };
    view! {
        <KeptNotice at=kept_at on_give_up=give_up/>
        <div class="fr-grid-row fr-grid-row--gutters">
            <div class="fr-col-12 fr-col-lg-8">
                <SubmitForm submission=submission class="dl-panel" on_submit=save>
                    <h2 class="fr-h5">"Informations générales"</h2>
                    <p class="fr-text--sm">"Les champs marqués d’un astérisque sont obligatoires."</p>
                    <GeneralFields draft=draft organizations=organizations/>
                    <SubmitButtons submission=submission label="Continuer" busy_label="Création…">
                        <A href=list_above().0 attr:class="fr-btn fr-btn--secondary">
                            "Annuler"
                        </A>
                    </SubmitButtons>
                </SubmitForm>
            </div>
            <div class="fr-col-12 fr-col-lg-4">
                <div class="dl-panel">
                    <p class="fr-badge fr-badge--info fr-badge--sm fr-mb-1w">"Brouillon"</p>
                    <p class="fr-text--sm fr-mb-0">
                        "Un brouillon n’est visible que par les membres de votre organisation. Vous ajouterez les "
                        "mesures, puis vous le publierez."
                    </p>
                </div>
            </div>
        </div>
        <LeavingDialog is_dirty=keeping.is_dirty wanted=RwSignal::new(None) on_leave=move |_| keeping.finish()/>
    }
}

/// Proposes an identifier for the chosen organization; one that was typed by hand is kept. Answers what was proposed.
fn suggest_identifier(draft: RwSignal<GeneralDraft>) -> RwSignal<String> {
    let client = client();
    let suggested = RwSignal::new(String::new());
    let organization = Memo::new(move |_| draft.with(|draft| draft.organization));
    Effect::new(move || {
        let Some(organization) = organization.get() else { return };
        let client = client.clone();
        spawn_local(async move {
            // Without a suggestion the clerk writes one: nothing is lost.
            let Ok(answer) = client.next_identifier(organization).await else { return };
            let Some(previous) = suggested.try_get_untracked() else { return };
            suggested.set(answer.identifier.clone());
            draft.update(|draft| {
                if is_proposal(&draft.identifier, &previous) {
                    draft.identifier = answer.identifier;
                }
            });
        });
    });
    suggested
}

/// Whether nobody wrote this identifier by hand.
fn is_proposal(typed: &str, proposed: &str) -> bool {
    typed.trim().is_empty() || typed == proposed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_replaces_only_a_proposal() {
        assert!(is_proposal("", "2026-11-0001"));
        assert!(is_proposal("2026-11-0001", "2026-11-0001"));
        assert!(!is_proposal("ARR-12", "2026-11-0001"));
    }
}
