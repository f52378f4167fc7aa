use dialog_api_types::app::CreateOrder;
use dialog_domain::{OrganizationId, input::OrderInput};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate};

use super::general_form::{GeneralFields, provide_general_form};
use crate::{
    api::{Failure, client},
    components::{ActionButton, Alert, AlertKind, Breadcrumb, ErrorSummary, Heading, MembersOnly},
    forms::GeneralDraft,
    state::{NoticeKind, Notices, Session},
};

/// Creation of a draft.
#[component]
pub fn NewOrderPage() -> impl IntoView {
    view! {
        <MembersOnly>
            <div class="fr-container fr-my-4w">
                <Breadcrumb
                    above=Signal::stored(vec![("/regulations".to_owned(), "Liste des arrêtés".to_owned())])
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
    let draft = RwSignal::new(GeneralDraft { organization: only, ..GeneralDraft::default() });
    let form = provide_general_form(draft);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(0_u32);
    let failure = RwSignal::new(None::<Failure>);
    suggest_identifier(draft);

    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        failure.set(None);
        if !form.try_to_save() {
            refused.update(|count| *count += 1);
            return;
        }
        busy.set(true);
        let typed = draft.get_untracked();
        let body = CreateOrder {
            organization_uuid: typed.organization,
            order: OrderInput { general: typed.input(), ..OrderInput::default() },
        };
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = session
                .call(|client| {
                    let body = body.clone();
                    async move { client.create_order(&body).await }
                })
                .await;
            busy.try_set(false);
            match answer {
                Ok(order) => {
                    notices.leave(NoticeKind::Success, "Le brouillon est créé. Ajoutez-lui une première mesure.");
                    navigate(&format!("/regulations/{}/mesures/nouvelle", order.uuid), NavigateOptions::default());
                }
                Err(error) => {
                    form.refused(error.violations());
                    failure.try_set(Some(error).filter(|error| error.violations().is_empty()));
                    refused.try_update(|count| *count += 1);
                }
            }
        });
    };
    let failure_view = move || {
        failure.get().map(|failure| {
            view! {
                <Alert kind=AlertKind::Error title=failure.title>
                    <p>{failure.detail}</p>
                </Alert>
            }
        })
    };
    view! {
        <div class="fr-grid-row fr-grid-row--gutters">
            <div class="fr-col-12 fr-col-lg-8">
                <form class="dl-panel" on:submit=submit novalidate>
                    <ErrorSummary asked=refused/>
                    <div role="alert">{failure_view}</div>
                    <h2 class="fr-h5">"Informations générales"</h2>
                    <p class="fr-text--sm">"Les champs marqués d’un astérisque sont obligatoires."</p>
                    <GeneralFields draft=draft organizations=organizations/>
                    <ul class="fr-btns-group fr-btns-group--inline-md fr-mt-4w">
                        <li>
                            <ActionButton
                                busy=busy
                                label=Signal::stored("Continuer".to_owned())
                                busy_label="Création…"
                                kind="submit"
                            />
                        </li>
                        <li>
                            <A href="/regulations" attr:class="fr-btn fr-btn--secondary">
                                "Annuler"
                            </A>
                        </li>
                    </ul>
                </form>
            </div>
            <div class="fr-col-12 fr-col-lg-4">
                <div class="dl-panel">
                    <p class="fr-badge fr-badge--info fr-badge--sm">"Brouillon"</p>
                    <p class="fr-text--sm fr-mb-0">
                        "Un brouillon n’est visible que par les membres de votre organisation. Vous ajouterez les "
                        "mesures, puis vous le publierez."
                    </p>
                </div>
            </div>
        </div>
    }
}

/// Proposes an identifier for the chosen organization; one that was typed by hand is kept.
fn suggest_identifier(draft: RwSignal<GeneralDraft>) {
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
                if draft.identifier.trim().is_empty() || draft.identifier == previous {
                    draft.identifier = answer.identifier;
                }
            });
        });
    });
}
