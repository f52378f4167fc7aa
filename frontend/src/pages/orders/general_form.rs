use dialog_domain::{OrganizationId, Subject, rules::limits};
use leptos::prelude::*;

use super::identifier::{IdentifierCheck, IdentifierNote};
use crate::{
    api::client,
    components::{SelectField, TextAreaField, TextField},
    forms::{FormState, GeneralDraft, model},
};

/// Fields of the general information. The form around them is the page's.
#[component]
pub fn GeneralFields(
    /// What is typed.
    draft: RwSignal<GeneralDraft>,
    /// Organizations to choose from; none when the order exists.
    #[prop(into)]
    organizations: Signal<Vec<(OrganizationId, String)>>,
    /// Whether the identifier can no longer change.
    #[prop(optional)]
    identifier_frozen: bool,
) -> impl IntoView {
    let has_subject = Memo::new(move |_| draft.with(GeneralDraft::has_subject));
    let has_other = Memo::new(move |_| draft.with(GeneralDraft::has_other_text));
    let categories = vec![
        ("permanentRegulation".to_owned(), "Réglementation permanente".to_owned()),
        ("temporaryRegulation".to_owned(), "Réglementation temporaire".to_owned()),
    ];
    let organization = model(
        draft,
        |draft| draft.organization.map(|id| id.to_string()).unwrap_or_default(),
        |draft, id: String| draft.organization = id.parse().ok().map(OrganizationId),
    );
    let organization_options =
        move || organizations.get().into_iter().map(|(id, name)| (id.to_string(), name)).collect::<Vec<_>>();
    let identifier = model(draft, |draft| draft.identifier.clone(), |draft, identifier| draft.identifier = identifier);
    view! {
        <Show when=move || { organizations.with(|list| list.len() > 1) }>
            <SelectField
                path=Signal::stored("organizationUuid".to_owned())
                label=Signal::stored("Organisation compétente".to_owned())
                placeholder="Choisir une organisation"
                value=organization
                options=Signal::derive(organization_options)
            />
        </Show>
        {if identifier_frozen {
            view! {
                <p>
                    <strong>"Identifiant : "</strong>
                    {identifier.get}
                    <span class="fr-hint-text">"Il ne change plus depuis la première publication."</span>
                </p>
            }
                .into_any()
        } else {
            view! {
                <TextField
                    path=Signal::stored("identifier".to_owned())
                    label=Signal::stored("Identifiant".to_owned())
                    hint="Numéro de l’arrêté, unique dans votre organisation."
                    value=identifier
                    max_length=limits::IDENTIFIER_MAX
                />
                <IdentifierNote draft=draft/>
            }
                .into_any()
        }}
        <SelectField
            path=Signal::stored("category".to_owned())
            label=Signal::stored("Nature de l’arrêté".to_owned())
            placeholder="Choisir la nature"
            value=model(draft, |draft| draft.category.clone(), |draft, category| draft.category = category)
            options=Signal::stored(categories)
        />
        <Show when=move || has_subject.get()>
            <SelectField
                path=Signal::stored("subject".to_owned())
                label=Signal::stored("Objet de l’arrêté (facultatif)".to_owned())
                placeholder="Aucun"
                optional=true
                value=model(draft, |draft| draft.subject.clone(), |draft, subject| draft.subject = subject)
                options=Signal::stored(subjects())
            />
        </Show>
        <Show when=move || has_other.get()>
            <TextField
                path=Signal::stored("otherCategoryText".to_owned())
                label=Signal::stored("Préciser l’objet de l’arrêté".to_owned())
                value=model(
                    draft,
                    |draft| draft.other_category_text.clone(),
                    |draft, text| draft.other_category_text = text,
                )
                max_length=limits::OTHER_CATEGORY_TEXT_MAX
            />
        </Show>
        <TextAreaField
            path=Signal::stored("title".to_owned())
            label=Signal::stored("Intitulé".to_owned())
            hint="En quelques mots, le motif de l’arrêté. Il est visible par tous."
            value=model(draft, |draft| draft.title.clone(), |draft, title| draft.title = title)
            max_length=limits::TITLE_MAX
        />
    }
}

/// Gives a form of general information its mistakes. `own` is the identifier that the order has.
pub fn provide_general_form(draft: RwSignal<GeneralDraft>, own: Option<String>) -> FormState {
    let check = IdentifierCheck::new(client(), draft, own);
    let errors = Memo::new(move |_| {
        draft.with(|draft| {
            let mut errors = draft.errors();
            errors.extend(check.error(draft));
            errors
        })
    });
    provide_context(check);
    let form = FormState::new(errors.into());
    provide_context(form);
    form
}

fn subjects() -> Vec<(String, String)> {
    let words = [
        ("roadMaintenance", Subject::RoadMaintenance),
        ("incident", Subject::Incident),
        ("event", Subject::Event),
        ("winterMaintenance", Subject::WinterMaintenance),
        ("other", Subject::Other),
    ];
    words.map(|(word, subject)| (word.to_owned(), dialog_text::labels::subject(subject).to_owned())).to_vec()
}
